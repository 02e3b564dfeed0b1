using System.ComponentModel;
using System.Diagnostics;

namespace MesoLiMg.Tests.Files;

/// <summary>Programs of the machine that read our files.</summary>
internal static class Tool
{
    /// <summary>The exit code of a program that is not there, as in a shell.</summary>
    public const int Missing = 127;

    /// <summary>Runs a program and returns its exit code and output, with its errors when it failed.</summary>
    public static (int Exit, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, process.ExitCode == 0 ? output : output + errors.Result);
        }
        catch (Win32Exception)
        {
            return (Missing, "");
        }
    }
}
