using MesoLiMg.Cli;
using MesoLiMg.IO;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Program;

/// <summary>
/// A computation outlives what reads its output; a command whose output is all that there is fails without it.
/// </summary>
public class UnwritableOutputTests
{
    private static readonly string Small = ProgramRun.Plate.Replace("[10, 14]", "[4, 6]");

    /// <summary>
    /// Where a stream was closed the runtime opens something of its own under its number, and nothing may come into
    /// that.
    /// </summary>
    [Theory]
    [InlineData("exec >/dev/full",
        "note: standard output cannot be written: No space left on device; the command goes on without it\n")]
    [InlineData("exec >&-", "note: standard output cannot be written: it is closed; the command goes on without it\n")]
    [InlineData("exec >/dev/full 2>/dev/full", "")]
    [InlineData("exec >&- 2>&-", "")]
    [InlineData("exec <&- >&- 2>&-", "")]
    public void A_run_goes_on_to_its_end(string streams, string message)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var run = new ProgramRun();
        using var process = ProgramProcess.StartAfter(streams, "run", run.Write("case.yaml", Small), "-o", run["out"]);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, message), (process.ExitCode, errors));
        Assert.Equal(0, ProgramRun.Call("run", run["case.yaml"], "-o", run["whole"]).Exit);
        Assert.Equal(File.ReadAllText(run["whole/history.csv"]), File.ReadAllText(run["out/history.csv"]));
        Assert.True(RunFolder.IsFinished(run["out"]));
        Assert.Equal(3,
            RunFolder.Snapshots(run["out"]).Select(path => SnapshotReader.Read(path).Step).Distinct().Count());
    }

    [Fact]
    public void A_run_whose_reader_has_gone_goes_on_to_its_end()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        using var process = ProgramProcess.StartAfter(
            $"mkfifo '{run["pipe"]}'; head -c 1 '{run["pipe"]}' >/dev/null & exec >'{run["pipe"]}'", "run",
                run.Write("case.yaml", Small), "-o", run["out"]);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, errors));
        Assert.True(RunFolder.IsFinished(run["out"]));
    }

    [Theory]
    [InlineData("info", "{0}")]
    [InlineData("probe", "{0}/snapshots/step_00000001.h5", "--points", "0,70")]
    [InlineData("help-case")]
    [InlineData("devices")]
    [InlineData("run", "--help")]
    [InlineData("microstructure", "{0}/grains.yaml")]
    public void A_command_that_prints_fails_in_one_line(params string[] arguments)
    {
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        File.WriteAllText(Path.Combine(run, "grains.yaml"), """
            domain: { kind: plane-strain, size: [200 nm, 140 nm], cells: [20, 14] }
            microstructure: { kind: columnar, grains: 3, seed: 1 }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 1 s } } ]
            """);
        var errors = new StringWriter();
        var exit = Call([.. arguments.Select(argument => argument.Replace("{0}", run))], new FullWriter(), errors);
        Assert.Equal((1, "standard output cannot be written: the disk is full"), (exit, errors.ToString().Trim()));
    }

    [Fact]
    public void A_command_that_writes_files_does_without_its_output()
    {
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        var errors = new StringWriter();
        var exit = Call(["export", run], new FullWriter(), errors);
        Assert.Equal((0, "note: standard output cannot be written: the disk is full; the command goes on without it"),
            (exit, errors.ToString().Trim()));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(run, "vtk")).Length);
    }

    [Fact]
    public void An_error_that_cannot_be_printed_keeps_its_exit_code() =>
        Assert.Equal(2, Call(["info", "nowhere"], new FullWriter(), new FullWriter()));

    private static int Call(string[] arguments, TextWriter output, TextWriter errors) =>
        CommandLine.Run(arguments, output, errors).GetAwaiter().GetResult();

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("the disk is full");

        public override void Write(string? value) => throw new IOException("the disk is full");

        public override void Flush() => throw new IOException("the disk is full");
    }
}
