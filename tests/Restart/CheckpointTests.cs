using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Restart;

/// <summary>The state kept by the clock.</summary>
public class CheckpointTests
{
    private const string Slab = """
        domain: { kind: slab, height: 140 nm, cells: [10] }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.8 s } } ]
        solver: { time_step: 0.1 s }
        output: { every_steps: 6, checkpoint: 10 min }
        """;

    [Fact]
    public void The_state_is_kept_when_the_clock_has_gone_on_so_far_since_it_was_last_written()
    {
        using var folder = new Scratch();
        var (clock, kept) = (new Clock(), new List<long>());
        // Four minutes a step: due after step 3 and, since the state is written after step 6 anyway, not again before
        // the end.
        Run(folder.Path, clock, minutes: 4, step =>
        {
            if (step > 3)
                AwaitCheckpoint(folder.Path);
            if (!File.Exists(RunFolder.CheckpointPath(folder.Path)))
                return;
            using var checkpoint = SnapshotFile.Open(RunFolder.CheckpointPath(folder.Path));
            kept.Add(checkpoint.Step);
        });
        Assert.Equal([3L, 3, 3, 3, 3], kept);
        Assert.False(File.Exists(RunFolder.CheckpointPath(folder.Path)));
        Assert.Equal([0, 6, 8], RunFolder.Snapshots(folder.Path).Select(path => RunFolder.StepOf(path)!.Value));
    }

    [Fact]
    public void Zero_keeps_none()
    {
        using var folder = new Scratch();
        Run(folder.Path, new(), minutes: 1e6, _ => Assert.False(File.Exists(RunFolder.CheckpointPath(folder.Path))),
            Slab.Replace("10 min", "0 s"));
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 0)]
    public void A_run_goes_on_from_its_checkpoint_and_from_the_snapshot_before_when_that_is_damaged(
        bool damaged, int step)
    {
        using var folder = new Scratch();
        var text = Slab.Replace("every_steps: 6, ", "");
        File.WriteAllText(folder["case.yaml"], text);
        Assert.Equal(0, ProgramRun.Call("run", folder["case.yaml"], "-o", folder["whole"]).Exit);
        var checkpoint = RunFolder.CheckpointPath(folder["killed"]);
        Killed(folder["killed"], text, atStep: 5);
        if (damaged)
            File.WriteAllBytes(checkpoint, File.ReadAllBytes(checkpoint)[..^1]);
        var (exit, output, errors) = ProgramRun.Call("run", "--resume", folder["killed"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains($"goes on from step {step}, ", output);
        Assert.Equal(damaged, output.Contains("passed over"));
        Assert.Equal(File.ReadAllText(RunFolder.HistoryPath(folder["whole"])),
            File.ReadAllText(RunFolder.HistoryPath(folder["killed"])));
    }

    [Fact]
    public void A_run_that_is_interrupted_before_its_first_step_from_a_checkpoint_keeps_it()
    {
        using var folder = new Scratch();
        var text = Slab.Replace("every_steps: 6, ", "");
        Killed(folder["killed"], text, atStep: 5);
        Assert.ThrowsAny<OperationCanceledException>(
            () => Run(folder["killed"], new(), minutes: 0, _ => { }, text, new(canceled: true)));
        var (exit, output, errors) = ProgramRun.Call("run", "--resume", folder["killed"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("goes on from step 3, ", output);
    }

    /// <summary>A run with a checkpoint after step 3 whose process ended at a later step.</summary>
    private static void Killed(string folder, string text, int atStep)
    {
        var copy = folder + "-copy";
        Run(copy, new(), minutes: 4, step =>
        {
            if (step != atStep)
                return;
            AwaitCheckpoint(copy);
            Copy(copy, folder);
        }, text);
    }

    /// <summary>The writer works beside the run.</summary>
    private static void AwaitCheckpoint(string folder) =>
        Assert.True(SpinWait.SpinUntil(() => File.Exists(RunFolder.CheckpointPath(folder)), TimeSpan.FromMinutes(1)));

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith('.')))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = File.Create(target);
            source.CopyTo(copy);
        }
    }

    private static void Run(string folder, Clock clock, double minutes, Action<long> after, string text = Slab,
        CancellationToken cancel = default)
    {
        var document = CaseText.Parse(text);
        using var device = new HostDevice(1);
        var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
        using var recorder = new RunRecorder(folder, document.Case,
            CaseRun.Nobody with { CaseText = CaseWriter.Write(document.Case) }, clock);
        recorder.Start(simulation, fresh: false, _ => { });
        var watching = new Watching(recorder, step =>
        {
            clock.Advance(TimeSpan.FromMinutes(minutes));
            after(step);
        });
        try
        {
            simulation.Run(watching, cancel);
            recorder.End(RunFolder.Finished, simulation);
        }
        catch (OperationCanceledException)
        {
            recorder.End("interrupted", simulation);
            throw;
        }
    }

    private sealed class Watching(RunRecorder recorder, Action<long> stepped) : ISimulationObserver
    {
        public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
        {
            recorder.Stepped(simulation, row);
            if (simulation.Step > 0)
                stepped(simulation.Step);
        }

        public void Reached(Simulation simulation) => recorder.Reached(simulation);

        public void StepEnded(Simulation simulation) => recorder.StepEnded(simulation);
    }

    /// <summary>A clock that goes when it is told to.</summary>
    private sealed class Clock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan by) => ticks += by.Ticks;
    }
}
