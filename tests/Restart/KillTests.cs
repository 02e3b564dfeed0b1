using System.Diagnostics;
using MesoLiMg.IO;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// Runs in processes of their own that are killed or interrupted. MESOLIMG_KILLS sets the number of kills
/// (docs/robustness.md).
/// </summary>
public class KillTests
{
    private const string TwoWay = """
        title: Small plate, two-way, much written
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [4, 6] }
        coupling: two-way
        initial: { x: 0.02 }
        interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa } }
        protocol: [ { repeat: { times: 1, steps: [ { plate: { current: 1 mA/cm^2, time: 0.3 s } },
          { strip: { current: 1 mA/cm^2, time: 0.1 s } } ] } } ]
        output: { every_steps: 2, checkpoint: 1 ms }
        """;

    private static readonly int Kills = Counts.Of("MESOLIMG_KILLS", 3);

    [Fact, Trait("Category", "Slow")]
    public void A_run_that_is_killed_again_and_again_ends_with_the_bits_of_one_that_never_was()
    {
        using var folder = new Scratch();
        File.WriteAllText(folder["case.yaml"], TwoWay);
        var whole = folder["whole"];
        var watch = Stopwatch.StartNew();
        Finish(folder, whole);
        // A process that is killed within this time has begun, and may have gone on for some steps.
        var life = watch.Elapsed;

        var (random, killed, number) = (new System.Random(7), 0, 0);
        while (killed < Kills)
        {
            var one = folder[$"run{number++}"];
            while (killed < Kills && Kill(folder, one, life * random.NextDouble(),
                inWrite: random.Next(2) == 0, random))
            {
                killed++;
                AssertReadable(one);
            }
            Finish(folder, one);
            AssertSame(whole, one);
            Directory.Delete(one, recursive: true);
        }
    }

    [Fact, Trait("Category", "Slow")]
    public void A_signal_lets_the_step_end_and_the_state_be_written_and_the_run_goes_on_to_the_same_bits()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new Scratch();
        // So many steps that the run lasts a while after the first ones, also where the signal is slow to come.
        File.WriteAllText(folder["case.yaml"], TwoWay.Replace("every_steps: 2, checkpoint: 1 ms", "at_end_of: run")
            .Replace("0.3 s", "3 s") + "\nsolver: { time_step: 10 ms }\n");
        Finish(folder, folder["whole"]);
        foreach (var signal in new[] { "-INT", "-TERM" })
        {
            var one = folder[$"run{signal}"];
            using var process = Start(folder, one);
            WaitForRows(one, 6, process);
            Assert.Equal(0, Tool.Run("kill", signal, $"{process.Id}").Exit);
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(3, process.ExitCode);
            Assert.Matches($@"^interrupted after step \d+, t = \S+ s; its state is written, and `mesolimg run --resume \S+` goes on from there\n$", errors);
            Assert.Equal(2, RunFolder.Snapshots(one).Count);
            Assert.Contains("\"interrupted\"", File.ReadAllText(RunFolder.SummaryPath(one)));
            Finish(folder, one);
            AssertSame(folder["whole"], one);
        }
    }

    [Fact, Trait("Category", "Slow")]
    public void A_run_that_is_killed_between_its_snapshots_goes_on_from_its_checkpoint()
    {
        using var folder = new Scratch();
        File.WriteAllText(folder["case.yaml"], TwoWay.Replace("every_steps: 2", "at_end_of: run")
            .Replace("0.3 s", "3 s"));
        Finish(folder, folder["whole"]);
        Assert.False(File.Exists(RunFolder.CheckpointPath(folder["whole"])));
        var one = folder["run"];
        using (var process = Start(folder, one))
        {
            WaitForRows(one, 6, process);
            process.Kill();
            process.WaitForExit();
        }
        Assert.Equal(0, RunFolder.StepOf(Assert.Single(RunFolder.Snapshots(one))));
        using (var checkpoint = SnapshotFile.Open(RunFolder.CheckpointPath(one)))
            Assert.InRange(checkpoint.Step, 1, long.MaxValue);
        AssertOthersRead(RunFolder.CheckpointPath(one));
        Finish(folder, one);
        Assert.False(File.Exists(RunFolder.CheckpointPath(one)));
        AssertSame(folder["whole"], one);
    }

    /// <summary>A film whose equilibrium takes long.</summary>
    private const string Film = """
        domain: { kind: 3d, size: [64 nm, 64 nm, 64 nm], cells: [64, 64, 64] }
        interfaces: { se: { law: bonded, pressure: 0 MPa } }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 1 s } } ]
        solver: { tolerance: 1e-14 }
        """;

    [Fact, Trait("Category", "Slow")]
    public void A_signal_during_the_first_equilibrium_ends_it_and_the_same_command_begins_again()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new Scratch();
        File.WriteAllText(folder["case.yaml"],
            $"{Film}\ninitial: {{ x: {{ linear: {{ axis: z, from: 0.05, to: 0.15 }} }} }}");
        using var process = Start(folder, folder["run"]);
        WaitFor(RunFolder.SummaryPath(folder["run"]), process);
        Assert.Equal(0, Tool.Run("kill", "-TERM", $"{process.Id}").Exit);
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((3, $"interrupted before the first equilibrium was found; there is no state yet, and `mesolimg "
            + $"run --resume {folder["run"]}` begins again\n"), (process.ExitCode, errors));
        Assert.Empty(RunFolder.SnapshotsOrNone(folder["run"]));
        using var again = Start(folder, folder["run"]);
        WaitForRows(folder["run"], 0, again);
        Assert.False(again.HasExited);
        again.Kill();
        again.WaitForExit();
    }

    [Theory, Trait("Category", "Slow")]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    public void A_second_signal_ends_a_run_within_its_step_and_what_was_written_is_whole(string signal, int number)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var folder = new Scratch();
        File.WriteAllText(folder["case.yaml"], Film);
        using var process = Start(folder, folder["run"]);
        // Without load the first equilibrium is there at once, and a step takes long.
        WaitFor(RunFolder.SnapshotPath(folder["run"], 0), process);
        Assert.Equal(0, Tool.Run(
            "sh", "-c", $"kill -{signal} {process.Id}; sleep 0.2; kill -{signal} {process.Id}").Exit);
        process.WaitForExit();
        Assert.Equal(128 + number, process.ExitCode);
        AssertReadable(folder["run"]);
        Assert.Contains("\"running\"", File.ReadAllText(RunFolder.SummaryPath(folder["run"])));
        Assert.False(RunFolder.IsClaimed(folder["run"]));
        Assert.Contains("ended without a word", MesoLiMg.Tests.Program.ProgramRun.Call("info", folder["run"]).Output);
    }

    /// <summary>Runs for some time and kills.</summary>
    /// <param name="inWrite">Whether to wait after that for a snapshot that is just being written.</param>
    /// <returns>False when the run came to its end before.</returns>
    private static bool Kill(Scratch folder, string one, TimeSpan after, bool inWrite, System.Random random)
    {
        string[] Written() => Directory.Exists(one)
            ? [.. Directory.GetFiles(one, ".step*.tmp", SearchOption.AllDirectories),
            .. Directory.GetFiles(one, ".checkpoint*.tmp")] : [];
        var leftOver = Written();
        using var process = Start(folder, one);
        if (process.WaitForExit(after))
            return false;
        while (inWrite && !process.HasExited && !Written().Except(leftOver).Any())
            Thread.SpinWait(1000);
        Thread.SpinWait(random.Next(200_000));
        process.Kill();
        process.WaitForExit();
        return process.ExitCode != 0;
    }

    private static void Finish(Scratch folder, string one)
    {
        using var process = Start(folder, one);
        var errors = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)));
        Assert.True(process.ExitCode == 0, errors.Result);
    }

    private static Process Start(Scratch folder, string one)
    {
        var process = ProgramProcess.Start("run", folder["case.yaml"], "-o", one, "--threads", "1");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static void WaitFor(string file, Process process)
    {
        while (!process.HasExited && !File.Exists(file))
            Thread.Sleep(5);
        Assert.False(process.HasExited);
    }

    private static void WaitForRows(string one, int rows, Process process)
    {
        var history = RunFolder.HistoryPath(one);
        while (!process.HasExited && !(File.Exists(history) && File.ReadAllText(history).Count(c => c == '\n') > rows))
            Thread.Sleep(5);
    }

    /// <summary>Nothing that has its final name is broken, and the newest snapshot's row is in the history.</summary>
    private static void AssertReadable(string one)
    {
        foreach (var snapshot in RunFolder.SnapshotsOrNone(one).Append(RunFolder.CheckpointPath(one))
            .Where(File.Exists))
        {
            var read = SnapshotReader.Read(snapshot);
            Assert.Equal(RunFolder.StepOf(snapshot) ?? read.Step, read.Step);
            Assert.Contains(File.ReadLines(RunFolder.HistoryPath(one)), line =>
                line.StartsWith($"{read.Step},", StringComparison.Ordinal));
        }
    }

    private static void AssertSame(string whole, string one)
    {
        Assert.Equal(File.ReadAllText(RunFolder.HistoryPath(whole)), File.ReadAllText(RunFolder.HistoryPath(one)));
        var (expected, actual) = (SnapshotReader.Read(RunFolder.Snapshots(whole)[^1]),
            SnapshotReader.Read(RunFolder.Snapshots(one)[^1]));
        Assert.Equal(expected.Scalars, actual.Scalars);
        foreach (var (a, b) in expected.Cells.Concat(expected.Nodes).Concat(expected.Boundary).Concat(expected.State)
            .Zip(actual.Cells.Concat(actual.Nodes).Concat(actual.Boundary).Concat(actual.State)))
            Assert.True(a.Name == b.Name && a.Data is double[] x && b.Data is double[] y
                ? x.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(y.Select(BitConverter.DoubleToInt64Bits))
                : ((int[])a.Data).SequenceEqual((int[])b.Data), a.Name);
        AssertOthersRead(RunFolder.SeriesPath(one));
        AssertOthersRead(RunFolder.Snapshots(one)[^1]);
    }

    /// <summary>HDF5's own tool and h5py read a file to its end, where they are installed.</summary>
    private static void AssertOthersRead(string path)
    {
        Assert.Contains(Tool.Run("h5dump", "-o", "/dev/null", path).Exit, new[] { 0, Tool.Missing });
        if (Tool.Run("/usr/bin/python3", "-c", "import h5py").Exit == 0)
            Assert.Equal((0, "read\n"),
                Tool.Run("/usr/bin/python3", "-c",
                "import h5py, sys\nf = h5py.File(sys.argv[1])\nf.visititems(lambda n, o: o[()] is None if hasattr(o, "
                + "'shape') else None)\nprint('read')", path));
    }
}
