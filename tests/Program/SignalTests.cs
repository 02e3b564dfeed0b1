using System.Diagnostics;
using MesoLiMg.IO;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Program;

/// <summary>
/// Lost lines, closed terminals and batch systems end a computation in good order; signals that were ignored stay
/// ignored.
/// </summary>
public class SignalTests
{
    /// <summary>So many steps that a run lasts a while after the first ones.</summary>
    private static readonly string Long = ProgramRun.Plate.Replace("[10, 14]", "[4, 6]")
        .Replace("every: 1 s", "at_end_of: run") + "\nsolver: { time_step: 1 ms }\n";

    private const int Interrupted = 3;

    [Theory]
    [InlineData("HUP")]
    [InlineData("USR1")]
    [InlineData("USR2")]
    [InlineData("XCPU")]
    // As when a terminal closes, which the system and the shell both tell.
    [InlineData("HUP", "HUP", "HUP")]
    // As services are ended whose processes may have a terminal, and by batch systems that warn first.
    [InlineData("TERM", "HUP")]
    [InlineData("USR1", "TERM")]
    public void A_run_writes_its_state_and_the_same_command_goes_on(params string[] signals)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        using var process = ProgramProcess.Start("run", run.Write("case.yaml", Long), "-o", run["out"]);
        WaitForSteps(process, run["out/history.csv"]);
        foreach (var signal in signals)
            Send(process, signal);
        var errors = End(process);
        Assert.Equal(Interrupted, process.ExitCode);
        Assert.Matches(
            $@"^interrupted after step \d+, t = \S+ s; its state is written, "
            + $@"and `mesolimg run --resume {run["out"]}` goes on from there\n$", errors);
        Assert.Contains("\"interrupted\"", File.ReadAllText(run["out/run.json"]));
        Assert.Equal(2, RunFolder.Snapshots(run["out"]).Count);
        Assert.InRange(RunFolder.StepOf(RunFolder.Snapshots(run["out"])[^1])!.Value, 1, 1999);
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("USR1")]
    public void A_run_under_nohup_goes_on_to_its_end(string signal)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        var text = Long.Replace("time: 2 s", "time: 0.3 s");
        using var process = ProgramProcess.StartAfter($"trap '' {signal}", "run", run.Write("case.yaml", text), "-o",
            run["out"]);
        WaitForSteps(process, run["out/history.csv"]);
        Send(process, signal);
        var errors = End(process);
        Assert.Equal((0, ""), (process.ExitCode, errors));
        Assert.True(RunFolder.IsFinished(run["out"]));
    }

    [Theory]
    [InlineData("HUP", "sweep", "runs/0001_temperature=300K/history.csv",
        @"^interrupted when 0 of 2 points had finished; the same command goes on from there\n$", "--vary",
            "temperature=300 K,310 K")]
    [InlineData("USR1", "converge", "level_1/history.csv",
        @"^interrupted after step \d+, .*`mesolimg run --resume .*level_1` goes on from there\n$")]
    public void Sweeps_and_studies_end_in_the_same_way(string signal, string command, string history, string message,
        params string[] options)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        using var process = ProgramProcess.Start([command, run.Write("case.yaml", Long), "-o", run["out"], .. options]);
        WaitForSteps(process, Path.Combine(run["out"], history));
        Send(process, signal);
        var errors = End(process);
        Assert.Equal(Interrupted, process.ExitCode);
        Assert.Matches(message, errors);
        Assert.Contains("\"interrupted\"",
            File.ReadAllText(RunFolder.SummaryPath(Path.GetDirectoryName(Path.Combine(run["out"], history))!)));
    }

    private static void Send(Process process, string signal) =>
        Process.Start("kill", [$"-{signal}", $"{process.Id}"])!.WaitForExit();

    /// <summary>Waits for the first rows of a history, which come to the disk from time to time.</summary>
    private static void WaitForSteps(Process process, string history)
    {
        for (var i = 0; i < 1200 && !(File.Exists(history) && File.ReadLines(history).Count() > 3); i++)
        {
            Assert.False(process.HasExited, process.HasExited ? process.StandardError.ReadToEnd() : "");
            Thread.Sleep(50);
        }
        Assert.True(File.Exists(history));
    }

    /// <summary>What a process says on its error stream until it ends.</summary>
    private static string End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.Wait();
        return errors;
    }
}
