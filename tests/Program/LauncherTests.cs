using MesoLiMg.Cli;
using System.Diagnostics;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Files;

namespace MesoLiMg.Tests.Program;

/// <summary>
/// The script <c>mesolimg</c> in a tree that is built already, with a <c>dotnet</c> that prints how it was called.
/// </summary>
public sealed class LauncherTests : IDisposable
{
    private readonly Scratch folder = new();

    public LauncherTests()
    {
        Directory.CreateDirectory(folder["src/Cli/bin/Release/net10.0"]);
        Directory.CreateDirectory(folder[".build"]);
        Directory.CreateDirectory(folder["bin"]);
        File.WriteAllText(folder["src/Cli/bin/Release/net10.0/mesolimg.dll"], "");
        File.Copy(Path.Combine(CaseText.Root(), "mesolimg"), folder["mesolimg"]);
        File.WriteAllText(folder["bin/dotnet"], $"#!/bin/sh\nprintf '%s|' \"${ShellCommand.NameVariable}\" \"$@\"\n");
        if (OperatingSystem.IsWindows())
            return;
        InShell("chmod +x mesolimg bin/dotnet; ln -s ../mesolimg bin/mesolimg");
        // It takes what it knows of its sources when they were built for that of a build.
        InShell("find src -name bin -prune -o -type f -exec cksum {} + | sort > .build/built");
    }

    [Theory]
    [InlineData("./mesolimg", "./mesolimg")]
    [InlineData("bin/mesolimg", "bin/mesolimg")]
    [InlineData("mesolimg", "mesolimg")]
    [InlineData("bash mesolimg", "./mesolimg")]
    public void The_program_is_told_the_name_by_which_it_was_called(string call, string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal($"{name}|{folder["src/Cli/bin/Release/net10.0/mesolimg.dll"]}|info|a b|",
            InShell($"{call} info 'a b'").Output);
    }

    [Fact]
    public void All_commands_but_those_that_list_and_help_get_the_HDF5_library()
    {
        if (OperatingSystem.IsWindows())
            return;
        string[] without = ["devices", "help", "help-case"];
        foreach (var command in CommandLine.Create().Subcommands.Select(command => command.Name))
        {
            Assert.True(NeedsHdf5(command) == !without.Contains(command), command);
            Assert.False(NeedsHdf5($"{command} --help"));
        }
        Assert.False(NeedsHdf5(""));
        Assert.False(NeedsHdf5("--version"));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>From the script's own account of what it does.</summary>
    private bool NeedsHdf5(string arguments) =>
        InShell($"bash -x ./mesolimg {arguments}").Errors.Split('\n').Contains("+ need_hdf5");

    private (string Output, string Errors) InShell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", command])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = folder.Path },
        })!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return (output.Result, errors);
    }
}
