using MesoLiMg.Cli;
using System.Diagnostics;
using System.Text.RegularExpressions;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Program;

/// <summary>Commands that the program prints work when they are pasted into a shell in the same folder.</summary>
public partial class PastedCommandTests
{
    private const string Awkward = "it's a \"run\" of $HOME; (1) & `2` 😀";

    private static readonly string Film =
        "domain: { kind: slab, height: 20 nm, cells: [4] }\n"
        + "protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]";

    [Fact]
    public void Those_of_a_run_in_a_folder_with_blanks_and_quotes_in_its_name()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        run.Write($"{Awkward}.yaml", Film);
        var (exit, output, errors) = Call(run, "run", $"{Awkward}.yaml");
        Assert.Equal((0, ""), (exit, errors));
        var commands = Commands(output);
        Assert.Equal(["report", "export", "info"], commands.Select(Verb));
        AssertAllWork(run, commands);
        Assert.Contains("report.html", string.Join(' ', run.Contents));

        // A run that was killed, and one for which an export waits.
        var folder = run[$"{Awkward}.out"];
        var summary = File.ReadAllText(RunFolder.SummaryPath(folder));
        File.WriteAllText(RunFolder.SummaryPath(folder), summary.Replace("\"finished\"", "\"running\""));
        foreach (string[] arguments in (string[][])[["info", $"{Awkward}.out"],
            ["export", $"{Awkward}.out", "--watch"]])
        {
            (exit, output, errors) = Call(run, arguments);
            Assert.Equal(0, exit);
            var command = Assert.Single(Commands(output + errors));
            Assert.EndsWith($"run --resume {ShellCommand.Quote($"{Awkward}.out")}", command);
            if (arguments[0] == "export")
                AssertAllWork(run, [command]);
        }

        // What a run says of how it was called can be given again as well.
        AssertAllWork(run, [$"{SnapshotReader.Read(RunFolder.Snapshots(folder)[^1]).Command} --fresh"]);
        // And what stands in place of a command that is not there, and of a picture that is none.
        Assert.Equal("run",
            Verb(Assert.Single(Commands(Call(run, $"{Awkward}.yaml").Errors), command => !command.EndsWith("--help"))));
        AssertAllWork(run, Commands(Call(run, "render", $"{Awkward}.out").Errors));
    }

    [Fact]
    public void Those_of_a_sweep()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        run.Write("case.yaml", Film);
        var (exit, output, _) = Call(run, "sweep", "case.yaml", "-o", Awkward, "--vary", "initial.x=0.1,0.2");
        Assert.Equal(0, exit);
        var commands = Commands(output);
        Assert.Equal(["plot", "info"], commands.Select(Verb));
        AssertAllWork(run, commands);
    }

    [Fact]
    public void Those_of_a_program_by_a_name_of_its_own()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        run.Write("my launcher",
            $"#!/bin/sh\nexec env {ShellCommand.NameVariable}=\"$0\" {ShellCommand.Join(Program)} \"$@\"\n");
        Process.Start("chmod", ["+x", run["my launcher"]])!.WaitForExit();
        run.Write("case.yaml", Film);
        var (exit, output, _) = InShell(run, "'./my launcher' run case.yaml");
        Assert.Equal(0, exit);
        Assert.Contains("  './my launcher' info case.out ", output);
        AssertAllWork(run, Commands(output));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("/a/b-c_d.e:f,g=h+i@j%", "/a/b-c_d.e:f,g=h+i@j%")]
    [InlineData("größe", "größe")]
    [InlineData("", "''")]
    [InlineData("~/x", "'~/x'")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("a\nb'c\\", @"$'a\012b\'c\\'")]
    [InlineData("a\u00ADb", @"$'a\302\255b'")]
    [InlineData("*?[]{}!#|<>", "'*?[]{}!#|<>'")]
    public void Words_are_quoted_where_a_shell_needs_it(string word, string quoted)
    {
        Assert.Equal(quoted, ShellCommand.Quote(word));
        // No blank in place of what messages cannot hold.
        Assert.Equal(quoted, Words.OneLine(quoted));
        if (OperatingSystem.IsWindows())
            return;
        using var shell = Process.Start(new ProcessStartInfo("bash",
            ["-c", $"printf '%s|' {quoted}"])
        { RedirectStandardOutput = true })!;
        Assert.Equal($"{word}|", shell.StandardOutput.ReadToEnd());
    }

    private static string[] Program => [ProgramProcess.Runtime, typeof(CommandLine).Assembly.Location];

    private static (int Exit, string Output, string Errors) Call(ProgramRun run, params string[] arguments) =>
        InShell(run, ShellCommand.Join([.. Program, .. arguments]));

    private static (int Exit, string Output, string Errors) InShell(ProgramRun run, string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            WorkingDirectory = run.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = shell.StandardOutput.ReadToEndAsync();
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, output.Result, errors);
    }

    private static void AssertAllWork(ProgramRun run, IReadOnlyList<string> commands) => Assert.All(commands, command =>
    {
        var (exit, _, errors) = InShell(run, command);
        Assert.True(exit == 0, $"{command}\n{errors}");
    });

    /// <summary>Commands on lines of their own behind <c>next:</c>, and those in backquotes.</summary>
    private static IReadOnlyList<string> Commands(string text) =>
        [.. NextLine().Matches(text).Concat(Quoted().Matches(text)).Select(match => match.Groups[1].Value)];

    /// <summary>The command of this program in a command line.</summary>
    private static string Verb(string command) => VerbWord().Match(command).Groups[1].Value;

    [GeneratedRegex(@"^  (/.*mesolimg.*|'\./my launcher' .*)$", RegexOptions.Multiline)]
    private static partial Regex NextLine();

    // A name may have backquotes itself, within quotes.
    [GeneratedRegex(@"`(/(?:\\.|'[^']*'|[^'`\\])*)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\.dll'? (\S+)")]
    private static partial Regex VerbWord();
}
