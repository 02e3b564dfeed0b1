@echo off
rem Runs the program of this source tree: restores and builds it when a source has changed, and hands over all arguments.
rem     mesolimg run CASE -o DIR      mesolimg help
rem Runs the tests:     mesolimg test [--fast] [arguments of dotnet test]
setlocal
set "root=%~dp0"
set "state=%root%.build"
set "program=%root%src\Cli\bin\Release\net10.0\mesolimg.dll"
set "DOTNET_NOLOGO=1"
rem For the commands that the program prints.
set "MESOLIMG_CALLED_AS=%~0"

where dotnet >nul 2>nul || (
  echo mesolimg: the .NET SDK 10 is not installed ^(https://dotnet.microsoft.com/download^) 1>&2
  exit /b 1
)
if not exist "%state%" mkdir "%state%" || exit /b 1
if /i "%~1"=="test" goto test

call :sources "%state%\sources"
if exist "%program%" fc /b "%state%\sources" "%state%\built" >nul 2>nul && goto run
echo mesolimg: building program ... 1>&2
call :build src\Cli || exit /b 1
call :sources "%state%\built"
:run
dotnet "%program%" %*
exit /b %errorlevel%

:test
set "filter="
set "arguments="
:argument
shift
if "%~1"=="" goto tests
if /i "%~1"=="--fast" (set "filter=--filter Category!=Slow") else set arguments=%arguments% %1
goto argument
:tests
echo mesolimg: building the program and its tests ... 1>&2
call :build MesoLiMg.sln || (
  echo 0 passed, 0 failed
  exit /b 1
)
set "results=%state%\results%random%"
dotnet test "%root%MesoLiMg.sln" -c Release --no-build --logger trx --results-directory "%results%" %filter% %arguments%
set "status=%errorlevel%"
rem The results file has: Counters total="5" executed="4" passed="4" failed="0" ...
set "passed=0"
set "failed=0"
for /f tokens^=6^,8^ delims^=^" %%a in ('findstr /c:"<Counters " "%results%\*.trx"') do (
  set "passed=%%a"
  set "failed=%%b"
)
rmdir /s /q "%results%" 2>nul
if "%passed%%failed%"=="00" set "status=1"
echo %passed% passed, %failed% failed
exit /b %status%

rem Builds %1; says nothing unless it fails.
:build
dotnet build "%root%%1" -c Release -v:m -tl:off -nodeReuse:false >"%state%\build.log" 2>&1 && exit /b 0
findstr /c:" error " "%state%\build.log" 1>&2 || type "%state%\build.log" 1>&2
echo mesolimg: the build failed 1>&2
exit /b 1

rem Lists the sources, and what a build generates beside them, with size and time into the file %1.
:sources
(
  for %%f in ("%root%Directory.Build.*" "%root%global.json") do @echo %%f %%~zf %%~tf
  for %%d in (build kernels src tools) do @for /r "%root%%%d" %%f in (*.cs *.csproj *.props *.targets) do @echo %%f %%~zf %%~tf
) >%1
exit /b 0
