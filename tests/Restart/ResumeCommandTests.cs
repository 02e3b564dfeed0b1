using MesoLiMg.IO;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Restart;

/// <summary>What <c>mesolimg run</c> does with a folder in which something is already.</summary>
public class ResumeCommandTests
{
    private static readonly string Plate = ProgramRun.Plate.Replace("cells: [10, 14]", "cells: [5, 7]")
        .Replace("coupling", "coupling");

    [Fact]
    public void A_run_without_its_end_is_gone_on_with_by_the_same_command()
    {
        using var run = Finished();
        var (history, last) = (File.ReadAllText(run["out/history.csv"]),
            File.ReadAllBytes(RunFolder.Snapshots(run["out"])[^1]));
        CutBack(run);
        var (exit, output, errors) = ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("note: goes on from step ", output);
        Assert.Contains("t = 1 s", output);
        Assert.Contains("von_mises at (r, z) = (0, 0) nm", output);
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
        AssertSameFields(last, RunFolder.Snapshots(run["out"])[^1], run);
        Assert.Equal(3, RunFolder.Snapshots(run["out"]).Count);
    }

    [Fact]
    public void Resume_needs_the_folder_alone()
    {
        using var run = Finished();
        var history = File.ReadAllText(run["out/history.csv"]);
        CutBack(run);
        File.Delete(run["plate.yaml"]);
        Assert.Equal(0, ProgramRun.Call("run", "--resume", run["out"]).Exit);
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
    }

    [Fact]
    public void A_finished_run_is_left_as_it_is_unless_it_is_to_be_run_again()
    {
        using var run = Finished();
        var before = File.GetLastWriteTimeUtc(run["out/history.csv"]);
        foreach (string[] arguments in (string[][])[["run", run["plate.yaml"], "-o", run["out"]],
            ["run", "--resume", run["out"]]])
        {
            var (exit, output, _) = ProgramRun.Call(arguments);
            Assert.Equal((0, $"the run in {run["out"]} is finished; --fresh runs it again"), (exit, output.Trim()));
        }
        Assert.Equal(before, File.GetLastWriteTimeUtc(run["out/history.csv"]));
        var again = ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"], "--fresh");
        Assert.Equal(0, again.Exit);
        Assert.DoesNotContain("goes on", again.Output);
    }

    [Fact]
    public void A_damaged_snapshot_is_passed_over_for_the_one_before()
    {
        using var run = Finished();
        var (history, last) = (File.ReadAllText(run["out/history.csv"]),
            File.ReadAllBytes(RunFolder.Snapshots(run["out"])[^1]));
        CutBack(run);
        var newest = RunFolder.Snapshots(run["out"])[^1];
        var bytes = File.ReadAllBytes(newest);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(newest, bytes);
        var (exit, output, _) = ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"]);
        Assert.Equal(0, exit);
        Assert.Contains("is damaged: its checksum is not that of what it holds; passed over", output);
        Assert.Contains("note: goes on from step 0, t = 0 s", output);
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
        AssertSameFields(last, RunFolder.Snapshots(run["out"])[^1], run);
    }

    [Fact]
    public void A_snapshot_that_the_history_does_not_reach_is_passed_over()
    {
        using var run = Finished();
        var history = File.ReadAllText(run["out/history.csv"]);
        File.Delete(run["out/run.json"]);
        File.WriteAllText(run["out/history.csv"], history[..(history.Length / 2)]);
        var (exit, output, _) = ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"]);
        Assert.Equal(0, exit);
        Assert.Contains("the rows of history.csv that belong to it are not there as they were written", output);
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
    }

    [Fact]
    public void A_digit_that_was_changed_in_the_history_is_found()
    {
        using var run = Finished();
        CutBack(run);
        var lines = File.ReadAllLines(run["out/history.csv"]);
        lines[2] = lines[2].Replace(lines[2].Split(',')[1], lines[2].Split(',')[1] + "1");
        File.WriteAllText(run["out/history.csv"], string.Join('\n', lines));
        var (exit, output, _) = ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"]);
        Assert.Equal(0, exit);
        Assert.Contains("are not there as they were written", output);
        Assert.Contains("goes on from step 0", output);
    }

    [Fact]
    public void Snapshots_of_which_none_can_be_used_are_not_replaced_unasked()
    {
        using var run = Finished();
        CutBack(run);
        foreach (var snapshot in RunFolder.Snapshots(run["out"]))
            File.WriteAllBytes(snapshot, File.ReadAllBytes(snapshot)[..^1]);
        var (exit, _, errors) = ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"]);
        Assert.Equal(2, exit);
        Assert.Contains("--fresh runs from the beginning and replaces them", errors);
        Assert.Equal(2, RunFolder.Snapshots(run["out"]).Count);
        Assert.Equal(0, ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"], "--fresh").Exit);
    }

    [Fact]
    public void A_new_run_starts_from_a_state_with_another_case()
    {
        using var run = Finished();
        var last = RunFolder.Snapshots(run["out"])[^1];
        var (exit, _, errors) = ProgramRun.Call("run", "--from", last, "-o", run["more"], "--set",
            "protocol=[ { rest: { time: 0.5 s } } ]", "--set", "published=[]");
        Assert.Equal((0, ""), (exit, errors));
        var start = SnapshotReader.Read(RunFolder.Snapshots(run["more"])[0]);
        Assert.Equal(0, start.Time);
        Assert.Equal(SnapshotReader.Read(last).Cells.Single(f => f.Name == "x").Data,
            start.Cells.Single(f => f.Name == "x").Data);
        Assert.Contains($"state: ", File.ReadAllText(run["more/case.yaml"]));
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "--resume", "nowhere")]
    [InlineData("run", "a.yaml", "--resume", "nowhere")]
    [InlineData("run", "--resume", "nowhere", "--set", "temperature=300 K")]
    [InlineData("run", "-o", "nowhere")]
    [InlineData("run", "--from", "nowhere.h5", "-o", "nowhere")]
    public void Arguments_that_do_not_fit_are_refused(params string[] arguments)
    {
        var (exit, _, errors) = ProgramRun.Call(arguments);
        Assert.Equal(2, exit);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.DoesNotContain("internal", errors);
        Assert.False(Directory.Exists("nowhere"));
    }

    [Fact]
    public void The_series_links_all_snapshots_also_after_a_restart_and_in_another_place()
    {
        using var run = Finished();
        CutBack(run);
        Assert.Equal(0, ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"]).Exit);
        Directory.Move(run["out"], run["moved"]);
        if (Tool.Run("/usr/bin/python3", "-c", "import h5py").Exit != 0)
            return;
        const string script = """
            import h5py, sys
            f = h5py.File(sys.argv[1], 'r')
            steps = sorted(k for k in f if k.startswith('step_'))
            print(list(f['time'][:]) == [f[k].attrs['time'] for k in steps], list(f['step'][:]) == [f[k].attrs['step'] for k in steps], len(steps), f[steps[-1]]['cells/x'].shape, f['time'].attrs['unit'])
            """;
        Assert.Equal((0, "True True 3 (7, 1, 5) s"), Tool.Run("/usr/bin/python3", "-c", script, run["moved/series.h5"])
            is var (exit, output) ? (exit, output.Trim()) : default);
    }

    [Fact]
    public void Chosen_fields_and_single_precision_leave_the_state_whole()
    {
        using var run = new ProgramRun();
        var text = Plate.Replace("output: { every: 1 s }",
            "output: { every: 1 s, fields: [x, von_mises], precision: single }").Replace("value: 0.17", "value: 0.17");
        Assert.Equal((0, ""), ProgramRun.Call("run", run.Write("plate.yaml", text), "-o", run["out"])
            is var (exit, _, errors) ? (exit, errors) : default);
        var snapshot = SnapshotReader.Read(RunFolder.Snapshots(run["out"])[^1]);
        Assert.Equal(["x", "von_mises"], snapshot.Cells.Select(f => f.Name));
        Assert.Empty(snapshot.Nodes);
        Assert.All((double[])snapshot.Cells[1].Data, v => Assert.Equal(v, (float)v));
        Assert.Contains((double[])snapshot.State.Single(f => f.Name == "x").Data, v => v != (float)v);

        var history = File.ReadAllText(run["out/history.csv"]);
        CutBack(run);
        Assert.Equal(0, ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"]).Exit);
        Assert.Equal(history, File.ReadAllText(run["out/history.csv"]));
    }

    [Theory]
    [InlineData("output.fields=[x, von_misses]",
        "output.fields.1: no field is called 'von_misses'; did you mean 'von_mises'?")]
    [InlineData("output.fields=[x]", "published.0: the field 'von_mises' is not among output.fields")]
    public void A_field_that_is_not_written_is_refused(string assignment, string expected)
    {
        using var run = new ProgramRun();
        var text = Plate.Replace("quantity: x_se, value: 0.17", "field: von_mises, at: [0 nm, 0 nm], value: 1 GPa");
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", text), "-o", run["out"], "--set",
            assignment);
        Assert.Equal(2, exit);
        Assert.Contains(expected, errors);
    }

    private static ProgramRun Finished()
    {
        var run = new ProgramRun();
        var text = Plate.Replace(
            "published: [ {", "published: [ { field: von_mises, at: [0 nm, 0 nm], value: 0.02 GPa }, {");
        Assert.Equal(0, ProgramRun.Call("run", run.Write("plate.yaml", text), "-o", run["out"]).Exit);
        return run;
    }

    /// <summary>Makes a finished run one that was killed between its second and its last snapshot.</summary>
    private static void CutBack(ProgramRun run)
    {
        File.Delete(RunFolder.Snapshots(run["out"])[^1]);
        File.WriteAllText(run["out/run.json"], File.ReadAllText(run["out/run.json"]).Replace("finished", "running"));
        var lines = File.ReadAllLines(run["out/history.csv"]);
        File.WriteAllText(run["out/history.csv"], string.Join('\n', lines.SkipLast(1)) + "\n" + lines[^1][..10]);
        File.WriteAllText(run["out/snapshots/.step_00000099.h5.1.tmp"], "half");
    }

    private static void AssertSameFields(byte[] expected, string snapshot, ProgramRun run)
    {
        File.WriteAllBytes(run["expected.h5"], expected);
        var (one, two) = (SnapshotReader.Read(run["expected.h5"]), SnapshotReader.Read(snapshot));
        Assert.Equal(one.Scalars, two.Scalars);
        foreach (var (a, b) in one.Cells.Concat(one.Nodes).Concat(one.Boundary).Concat(one.State)
            .Zip(two.Cells.Concat(two.Nodes).Concat(two.Boundary).Concat(two.State)))
            Assert.Equal(a.Data, b.Data);
    }
}
