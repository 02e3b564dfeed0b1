using System.Text.Json;
using System.Text.RegularExpressions;
using MesoLiMg.IO;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// What has not begun can be changed when a run is taken up; what has been computed does not come to depend on another
/// case.
/// </summary>
public class ChangedCaseTests
{
    private const string Plate = """
        title: Plate
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [5, 7] }
        interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa } }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.2 s } } ]
        output: { every: 0.1 s }
        """;

    private const string Same = "what is computed has the bits of a run that had this case from the start";

    public static TheoryData<string, string[]> Longer => new()
    {
        { "a longer step", ["protocol.0.plate.time=0.4s"] },
        { "a further step", ["protocol.1={ rest: { time: 0.1 s } }"] },
        { "a longer step and a further one",
            ["protocol.0.plate.time=0.3s", "protocol.1={ strip: { current: 1 mA/cm^2, time: 0.1 s } }"] },
        { "a charge in place of a time",
            ["protocol=[ { plate: { current: 1 mA/cm^2, capacity: 0.0001 mAh/cm^2 } } ]"] },
    };

    [Theory, MemberData(nameof(Longer))]
    public void A_finished_run_that_is_lengthened_has_the_bits_of_one_that_was_long_from_the_start(
        string what, string[] changes)
    {
        using var run = new ProgramRun();
        var sets = Sets(changes);
        Assert.Equal(0, Call("run", run.Write("plate.yaml", Plate), "-o", run["out"]).Exit);
        Assert.Equal(0, Call(["run", run["plate.yaml"], "-o", run["long"], .. sets]).Exit);
        var (exit, output, errors) = Call(["run", "--resume", run["out"], .. sets]);
        Assert.True((exit, errors) == (0, ""), $"{what}: {errors}");
        Assert.Contains($"note: {Same}", output);
        AssertSameRun(run["long"], run["out"]);
        Assert.Equal(File.ReadAllText(run["long/case.yaml"]), File.ReadAllText(run["out/case.yaml"]));
        Assert.Contains("is finished", Call("run", "--resume", run["out"]).Output);
    }

    [Fact]
    public void A_run_that_was_stopped_in_a_step_is_lengthened_and_shortened_to_the_same_bits()
    {
        using var run = new ProgramRun();
        var text = Plate.Replace("time: 0.2 s", "time: 2 s");
        Assert.Equal(0, Call("run", run.Write("plate.yaml", text), "-o", run["whole"]).Exit);
        foreach (var time in new[] { "3s", "0.7s" })
        {
            Stop(run, time);
            Assert.Equal(0, Call("run", run["plate.yaml"], "-o", run["other" + time], "--set",
                $"protocol.0.plate.time={time}").Exit);
            var (exit, output, errors) = Call(
                "run", run["plate.yaml"], "-o", run["out" + time], "--set", $"protocol.0.plate.time={time}");
            Assert.Equal((0, ""), (exit, errors));
            Assert.Contains(Same, output);
            AssertSameRun(run["other" + time], run["out" + time]);
        }
    }

    [Fact]
    public void Steps_that_were_cut_to_meet_the_end_are_said_to_be_and_the_run_goes_on()
    {
        using var run = new ProgramRun();
        Assert.Equal(0, Call("run", run.Write("plate.yaml", Plate.Replace("every: 0.1 s", "every_steps: 3")), "-o",
            run["out"]).Exit);
        var rows = File.ReadAllLines(run["out/history.csv"]);
        var (exit, output, errors) = Call("run", "--resume", run["out"], "--set", "protocol.0.plate.time=0.4s");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("time steps were cut to meet the end at t = 0.2 s that the protocol step had: the last digits "
            + "may differ", output);
        Assert.Equal(rows, File.ReadAllLines(run["out/history.csv"]).Take(rows.Length));
        Assert.Equal("0.4", RunFolder.LastRow(run["out"])["time [s]"]);
    }

    [Fact]
    public void Output_title_and_published_values_are_changed_and_the_run_keeps_an_honest_record()
    {
        using var run = new ProgramRun();
        Assert.Equal(0, Call("run", run.Write("plate.yaml", Plate.Replace("0.2 s", "2 s")), "-o", run["whole"]).Exit);
        Stop(run, "");
        var step = RunFolder.StepOf(RunFolder.Snapshots(run["out"])[^1]);
        string[] changes = ["output.fields=[x]", "title=Another", "published=[ { quantity: x_se, value: 0.17 } ]",
            "output.compression=3"];
        var (exit, output, errors) = Call(["run", "--resume", run["out"], .. Sets(changes)]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains($"note: from step {step}, t = 0.5 s, on title is Another (was Plate), output.fields is [x] "
            + $"(was []), output.compression is 3 (was 1), published.0 is ", output);
        Assert.Equal(File.ReadAllText(run["whole/history.csv"]), File.ReadAllText(run["out/history.csv"]));
        Assert.Equal(["x"], SnapshotReader.Read(RunFolder.Snapshots(run["out"])[^1]).Cells.Select(field => field.Name));
        Assert.Contains("title: Another", File.ReadAllText(run["out/case.yaml"]));

        using var json = JsonDocument.Parse(File.ReadAllText(run["out/run.json"]));
        var recorded = json.RootElement.GetProperty("changes").EnumerateArray().ToList();
        Assert.Equal(["title", "output.fields", "output.compression", "published.0"],
            recorded.Select(change => change.GetProperty("entry").GetString()));
        Assert.All(recorded, change =>
            Assert.Equal((step, 0.5),
            (change.GetProperty("step").GetInt64(), change.GetProperty("time_s").GetDouble())));
        Assert.Equal(("Plate", "Another"),
            (recorded[0].GetProperty("before").GetString(), recorded[0].GetProperty("now").GetString()));
        Assert.Contains("entry title, before Plate, now Another", Call("info", run["out"]).Output);
    }

    [Fact]
    public void Changes_of_before_stay_in_the_record_and_those_that_no_step_followed_do_not()
    {
        using var run = new ProgramRun();
        Assert.Equal(0, Call("run", run.Write("plate.yaml", Plate), "-o", run["out"]).Exit);
        foreach (var time in new[] { "0.3s", "0.4s" })
            Assert.Equal(0, Call("run", "--resume", run["out"], "--set", $"protocol.0.plate.time={time}").Exit);
        Assert.Equal(0, Call("run", "--resume", run["out"], "--set", "title=One").Exit);
        Assert.Equal(0, Call("run", "--resume", run["out"], "--set", "title=Two").Exit);
        Assert.Equal(
            [(0.2, "0.2 s", "0.3 s"), (0.3, "0.3 s", "0.4 s"), (0.4, "Plate", "Two")],
            RunChanges.Recorded(run["out"]).Select(change => (change.Time, change.Change.Before!, change.Change.Now!)));
    }

    [Fact]
    public void Other_instants_of_output_are_met_from_where_the_run_goes_on()
    {
        using var run = new ProgramRun();
        Assert.Equal(0, Call("run", run.Write("plate.yaml", Plate), "-o", run["out"]).Exit);
        var (exit, output, errors) = Call(
            "run", "--resume", run["out"], "--set", "protocol.0.plate.time=0.5s", "--set", "output.every=0.15s",
            "--set", "output.at=[0.1 s, 0.42 s]");
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("time steps are cut to meet the instants of output.every and output.at: the last digits may "
            + "differ", output);
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.42, 0.45, 0.5],
            RunFolder.Snapshots(run["out"]).Select(path => Math.Round(SnapshotReader.Read(path).Time, 12)));
    }

    [Theory]
    [InlineData("material.diffusivity", "material.diffusivity=3e-11cm^2/s")]
    [InlineData("solver.time_tolerance", "solver.time_tolerance=1e-4")]
    [InlineData("protocol.0.plate.current", "protocol.0.plate.current=2mA/cm^2")]
    [InlineData("protocol.0.plate.time", "protocol.0.plate.time=0.1s")]
    [InlineData("protocol.0.plate", "protocol=[ { rest: { time: 3 s } } ]")]
    [InlineData("protocol.0", "protocol=[]")]
    public void What_has_been_computed_depends_on_is_refused_with_the_entry_and_a_command_that_works(
        string entry, string change)
    {
        using var run = new ProgramRun();
        Assert.Equal(0, Call("run", run.Write("plate.yaml", Plate), "-o", run["out"]).Exit);
        var (text, history) = (File.ReadAllText(run["out/case.yaml"]), File.ReadAllText(run["out/history.csv"]));
        foreach (string[] how in (string[][])[["--resume", run["out"]], [run["plate.yaml"], "-o", run["out"]]])
        {
            var (exit, _, errors) = Call(["run", .. how, "--set", change]);
            Assert.Equal(2, exit);
            var line = Assert.Single(errors.Trim().Split('\n'));
            Assert.StartsWith($"the folder '{run["out"]}' holds the run of another case ({entry}: ", line);
            var command = Regex.Match(line, "mesolimg (run .*--from .*) -o NEW$");
            Assert.True(command.Success, line);
            var words = Regex.Matches(command.Groups[1].Value, @"'([^']*)'|(\S+)")
                .Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Groups[2].Value);
            Assert.Equal(0, Call([.. words, "-o", run["new"], "--fresh"]).Exit);
            Directory.Delete(run["new"], recursive: true);
        }
        Assert.Equal((text, history),
            (File.ReadAllText(run["out/case.yaml"]), File.ReadAllText(run["out/history.csv"])));
    }

    [Fact]
    public void Another_grid_is_refused_without_a_command_that_would_not_work()
    {
        using var run = new ProgramRun();
        Assert.Equal(0, Call("run", run.Write("plate.yaml", Plate), "-o", run["out"]).Exit);
        var (exit, _, errors) = Call("run", "--resume", run["out"], "--set", "domain.cells=[6, 7]");
        Assert.Equal(2, exit);
        Assert.EndsWith("t = 0.2 s, depends on it; choose another folder", Assert.Single(errors.Trim().Split('\n')));
    }

    [Fact]
    public void A_step_that_ended_before_another_began_is_left_as_it_is()
    {
        using var run = new ProgramRun();
        var text = Plate.Replace("time: 0.2 s } }", "time: 0.1 s } }, { rest: { time: 0.1 s } }");
        Assert.Equal(0, Call("run", run.Write("plate.yaml", text), "-o", run["out"]).Exit);
        var (exit, _, errors) = Call("run", "--resume", run["out"], "--set", "protocol.0.plate.time=0.15s");
        Assert.Equal(2, exit);
        Assert.Contains("(protocol.0.plate.time: 0.1 s there, 0.15 s here): protocol step 1 has ended, so that nothing "
            + "of it can be changed; choose another folder", errors);
        Assert.Equal(0, Call("run", "--resume", run["out"], "--set", "protocol.1.rest.time=0.2s").Exit);
    }

    [Fact]
    public void A_step_that_an_event_has_ended_is_left_as_it_is()
    {
        using var run = new ProgramRun();
        const string text = "domain: { kind: slab, height: 140 nm, cells: [20] }\ncoupling: none\ninitial: { x: 0.05 "
            + "}\nprotocol: [ { plate: { current: 1 mA/cm^2, potential: 0.32 V } } ]";
        Assert.Equal(0, Call("run", run.Write("slab.yaml", text), "-o", run["out"]).Exit);
        var refused = Call("run", "--resume", run["out"], "--set", "protocol.0.plate.potential=0.31V");
        Assert.Equal(2, refused.Exit);
        Assert.Contains("protocol step 1 has ended by an event at t = ", refused.Errors);
        var added = Call("run", "--resume", run["out"], "--set",
            "protocol.1={ plate: { current: 1 mA/cm^2, potential: 0.31 V } }");
        Assert.Equal((0, ""), (added.Exit, added.Errors));
    }

    [Fact]
    public void A_study_is_not_changed_level_by_level()
    {
        using var run = new ProgramRun();
        const string text = "domain: { kind: slab, height: 140 nm, cells: [4] }\ncoupling: none\nsolver: { time_step: "
            + "0.01 s }\nprotocol: [ { plate: { current: 1 mA/cm^2, time: 0.01 s } } ]";
        Assert.Equal(0, Call("converge", run.Write("slab.yaml", text), "--time", "-o", run["study"]).Exit);
        var refused = Call("converge", run["slab.yaml"], "--time", "-o", run["study"], "--set",
            "protocol.0.plate.time=0.02s");
        Assert.Equal(2, refused.Exit);
        Assert.Contains("holds the run of another case", refused.Errors);
    }

    private static (int Exit, string Output, string Errors) Call(params string[] arguments) =>
        ProgramRun.Call([.. arguments, .. arguments[0] == "info" ? Array.Empty<string>() : ["--threads", "1"]]);

    private static string[] Sets(string[] changes) => [.. changes.SelectMany(change => new[] { "--set", change })];

    /// <summary>Makes of the run in <c>whole</c> one in <c>out</c> that was killed after t = 0.5 s.</summary>
    private static void Stop(ProgramRun run, string name)
    {
        var (whole, stopped) = (run["whole"], run["out" + name]);
        Directory.CreateDirectory(Path.Combine(stopped, "snapshots"));
        foreach (var file in new[] { "case.yaml", "history.csv", "series.h5" })
            File.Copy(Path.Combine(whole, file), Path.Combine(stopped, file));
        File.WriteAllText(RunFolder.SummaryPath(stopped),
            File.ReadAllText(RunFolder.SummaryPath(whole)).Replace("finished", "running"));
        foreach (var path in RunFolder.Snapshots(whole).Where(path => SnapshotReader.Read(path).Time < 0.55))
            File.Copy(path, Path.Combine(stopped, "snapshots", Path.GetFileName(path)));
    }

    /// <summary>
    /// Asserts that two runs have the same history, and the same fields and state in the last snapshot, to the bit.
    /// </summary>
    private static void AssertSameRun(string expected, string actual)
    {
        Assert.Equal(File.ReadAllText(RunFolder.HistoryPath(expected)),
            File.ReadAllText(RunFolder.HistoryPath(actual)));
        var (one, two) = (SnapshotReader.Read(RunFolder.Snapshots(expected)[^1]),
            SnapshotReader.Read(RunFolder.Snapshots(actual)[^1]));
        Assert.Equal(one.Scalars, two.Scalars);
        Assert.All(one.Cells.Concat(one.Nodes).Concat(one.Boundary).Concat(one.State)
            .Zip(two.Cells.Concat(two.Nodes).Concat(two.Boundary).Concat(two.State)),
            pair => Assert.Equal(pair.First.Data, pair.Second.Data));
    }
}
