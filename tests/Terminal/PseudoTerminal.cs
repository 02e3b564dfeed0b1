using MesoLiMg.Model;
using MesoLiMg.Cli;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace MesoLiMg.Tests.Terminal;

/// <summary>The program on a pseudo-terminal, which util-linux's <c>script</c> makes.</summary>
internal static partial class PseudoTerminal
{
    private const string Begins = "@@ begins ";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    /// <summary>Calls the program several times in one session.</summary>
    /// <param name="columns">Width of the terminal; 0 for one that does not say it.</param>
    /// <param name="folder">Working directory.</param>
    /// <param name="calls">The arguments of each call.</param>
    /// <param name="environment">Variables as NAME=VALUE, or NAME alone for one that is not set.</param>
    /// <returns>What the terminal received of each call, with its control characters.</returns>
    public static async Task<string[]> Run(
        int columns, string folder, IReadOnlyList<string[]> calls, params string[] environment)
    {
        var session = Path.Combine(folder, $"session-{Guid.NewGuid():N}.sh");
        string[] lines =
        [
            $"stty cols {columns} rows 50",
            .. environment.Select(variable => variable.Contains('=') ? $"export {variable}" : $"unset {variable}"),
            // A start takes half as long with code that is not compiled to full speed.
            "export DOTNET_TC_QuickJit=1 DOTNET_TieredPGO=0",
            .. calls.Select((call, i) => $"echo '{Begins}{i}'; {Line(call)}"),
        ];
        await File.WriteAllLinesAsync(session, lines);
        using var process = Process.Start(new ProcessStartInfo("script", ["-qec", $"sh {session}", "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TERM"] = "xterm-256color", [ShellCommand.NameVariable] = "./mesolimg" },
        })!;
        using var patience = new CancellationTokenSource(Longest);
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(patience.Token),
            process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal("", await errors);
        string[] parts = [.. Mark().Split(await output).Skip(1)];
        Assert.Equal(calls.Count, parts.Length);
        return parts;
    }

    private static string Line(string[] call) =>
        string.Join(' ',
        call.Prepend(typeof(CommandLine).Assembly.Location).Prepend(Runtime).Select(word => $"'{word}'"));

    /// <summary>Lines as they stand at the end: of a line that was written several times the last text.</summary>
    public static string[] Lines(string received) =>
        [.. Plain(received).Split('\n').Select(line => line.TrimEnd('\r').Split('\r')[^1])];

    /// <summary>Everything that ever stood on a line, each time it was written anew.</summary>
    public static string[] Texts(string received) =>
        [.. Plain(received).Split('\n').SelectMany(line => line.TrimEnd('\r').Split('\r'))];

    private static string Plain(string received) => Escape().Replace(received, "");

    private static string Runtime =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    [GeneratedRegex(@"@@ begins \d+\r?\n")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\e(\[[0-9;?]*[A-Za-z]|[=>78])")]
    private static partial Regex Escape();
}
