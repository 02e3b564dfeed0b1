using MesoLiMg.Cli;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Support;

/// <summary>The program as a process, with its streams redirected.</summary>
internal static class ProgramProcess
{
    public static readonly string Runtime =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static Process Start(params string[] arguments) =>
        Start(Runtime, [typeof(CommandLine).Assembly.Location, .. arguments]);

    /// <summary>Under a shell that first does something to the process, such as <c>ulimit -f 100</c>.</summary>
    public static Process StartAfter(string first, params string[] arguments) =>
        Start("/bin/sh", ["-c", $"{first}; exec \"$0\" \"$@\"", Runtime, typeof(CommandLine).Assembly.Location,
            .. arguments]);

    /// <summary>The program calls itself <c>mesolimg</c> in what it prints.</summary>
    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [ShellCommand.NameVariable] = "mesolimg" },
        })!;
}
