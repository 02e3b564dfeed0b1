using System.Text.RegularExpressions;
using MesoLiMg.IO;

namespace MesoLiMg.Tests.Program;

/// <summary>
/// What is wrong is said in one line, with exit code 2, before anything is written; a run that fails keeps what it had.
/// </summary>
public class BadInputTests
{
    [Theory]
    [InlineData("strength", "strenght",
        "plate.yaml:5: unknown key 'strenght' in interfaces.se; did you mean 'strength'?")]
    [InlineData("0.43 GPa", "0.43 mA", "plate.yaml:5: interfaces.se.strength: 0.43 mA is no ")]
    [InlineData("140 nm", "-140 nm", "plate.yaml:2: domain.height: must be above 0, read '-140 nm'")]
    [InlineData("1e-11 cm^2/s", "[1e-11 cm^2/s", "plate.yaml:")]
    [InlineData("quantity: x_se", "quantity: x_sse",
        "published.0: no history column is called 'x_sse'; did you mean 'x_se'?")]
    [InlineData("value: 0.17", "value: 0.17 V", "published.0: x_se: ")]
    [InlineData("quantity: x_se, value: 0.17", "field: strss, at: [0 nm, 0 nm], value: 1 GPa",
        "published.0: no field is called 'strss'")]
    public void A_wrong_case_file_is_refused(string good, string bad, string expected)
    {
        using var run = new ProgramRun();
        AssertRefused(run, ProgramRun.Plate.Replace(good, bad), expected);
    }

    [Theory]
    [InlineData("the value of -o is empty; is a variable not set?", "run", "plate.yaml", "-o", "")]
    [InlineData("the value of -o is empty; is a variable not set?", "converge", "plate.yaml", "-o", " ")]
    [InlineData("the value of --append is empty; is a variable not set?", "bench", "stream", "--append", "")]
    [InlineData("word 2 of the command line is empty; is a variable not set?", "info", "")]
    public void An_empty_name_is_no_name(string expected, params string[] arguments) =>
        AssertOneLine(ProgramRun.Call(arguments), expected);

    [Fact]
    public void A_case_that_does_not_fit_into_memory_is_refused_before_it_is_allocated()
    {
        using var run = new ProgramRun();
        var allocated = GC.GetTotalAllocatedBytes();
        AssertRefused(run, ProgramRun.Plate.Replace(
            "kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [10, 14]",
            "kind: 3d, size: [1 um, 1 um, 140 nm], cells: [2000, 2000, 500]"), "the case needs about ");
        Assert.InRange(GC.GetTotalAllocatedBytes() - allocated, 0, 100 << 20);
    }

    [Fact]
    public void A_missing_case_file_is_refused()
    {
        using var run = new ProgramRun();
        AssertOneLine(ProgramRun.Call("run", run["no.yaml"], "-o", run["out"]),
            $"{run["no.yaml"]}: there is no such file");
        Assert.Empty(run.Contents);
    }

    [Fact]
    public void A_folder_below_a_file_is_refused()
    {
        using var run = new ProgramRun();
        var file = run.Write("plate.yaml", ProgramRun.Plate);
        AssertOneLine(ProgramRun.Call("run", file, "-o", Path.Combine(file, "out")),
            $"the folder '{Path.Combine(file, "out")}' cannot be made: '{file}' is a file");
        Assert.Equal(["plate.yaml"], run.Contents);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_refused()
    {
        using var run = new ProgramRun();
        var file = run.Write("plate.yaml", ProgramRun.Plate);
        AssertOneLine(ProgramRun.Call("run", file, "-o", run.Write("out", "mine")),
            $"'{run["out"]}' is a file; give the name of a folder");
        Assert.Equal("mine", File.ReadAllText(run["out"]));
    }

    [Fact]
    public void The_folder_of_another_case_is_left_alone()
    {
        using var run = new ProgramRun();
        Assert.Equal(0, ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"]).Exit);
        var before = run.Contents.Where(name => File.Exists(run[name]))
            .ToDictionary(name => name, name => File.ReadAllBytes(run[name]));
        AssertOneLine(ProgramRun.Call("run", run["plate.yaml"], "-o", run["out"], "--set",
            "interfaces.se.strength=0.5GPa"), $"the folder '{run["out"]}' holds the run of another case ");
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(run[file.Key])));
    }

    [Theory]
    [InlineData("gpu", "'gpu' is no device; devices are host, ")]
    [InlineData("cuda:77", "device")]
    public void An_unknown_device_is_refused(string device, string expected)
    {
        using var run = new ProgramRun();
        AssertOneLine(ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"], "--device",
            device), expected);
        Assert.Equal(["plate.yaml"], run.Contents);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("run", "plate.yaml")]
    [InlineData("rnu", "plate.yaml")]
    [InlineData("run", "plate.yaml", "-o", "out", "--treads", "2")]
    [InlineData("run", "plate.yaml", "-o", "out", "--threads", "two")]
    public void A_command_that_is_none_is_refused(params string[] arguments) =>
        AssertOneLine(ProgramRun.Call(arguments), "");

    [Theory]
    [InlineData("interfaces.se.strenght=1 GPa", "strenght")]
    [InlineData("interfaces.se.strength", "interfaces.se.strength")]
    [InlineData("protocol.7.plate.time=1 s", "protocol.7")]
    [InlineData("output.compression=10", "output.compression")]
    public void A_wrong_override_is_refused(string assignment, string expected)
    {
        using var run = new ProgramRun();
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"],
            "--set", assignment);
        AssertOneLine((exit, "", errors), "");
        Assert.Contains(expected, errors);
        Assert.Equal(["plate.yaml"], run.Contents);
    }

    [Fact]
    public void Files_that_are_no_snapshots_are_refused()
    {
        using var run = new ProgramRun();
        var text = run.Write("a.h5", "nothing");
        AssertOneLine(ProgramRun.Call("probe", text, "--points", "0,0"), $"'{text}' is no");
        AssertOneLine(ProgramRun.Call("info", run["none.h5"]), "");
        AssertOneLine(ProgramRun.Call("export", run.Folder), "");
        Assert.Equal(["a.h5"], run.Contents);
    }

    [Fact]
    public void A_solver_that_stalls_ends_the_run_with_the_step_and_keeps_what_was_written()
    {
        using var run = new ProgramRun();
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"],
            "--set", "solver.max_iterations=1");
        Assert.Equal(1, exit);
        Assert.Matches(@"^step 0 \(t = 0 s\): the elasticity solver stalls: relative residual [^\n]*\n$",
            errors.ReplaceLineEndings("\n"));
        Assert.Contains("failed: step 0", File.ReadAllText(run["out/run.json"]));
    }

    [Fact]
    public void The_last_snapshot_before_a_failure_can_be_read()
    {
        using var run = new ProgramRun();
        // Without lithium and pressure the start needs no iteration, the first step does.
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"],
            "--set", "solver.max_iterations=1", "--set", "interfaces.se.pressure=0");
        Assert.Equal(1, exit);
        Assert.Matches(@"^step 1 \(t = [^)]+ s\): the elasticity solver stalls: [^\n]*\n$",
            errors.ReplaceLineEndings("\n"));
        Assert.Equal(2, File.ReadAllLines(run["out/history.csv"]).Length);
        Assert.Equal(0, SnapshotReader.Read(Assert.Single(RunFolder.Snapshots(run["out"]))).Step);
        Assert.DoesNotContain(run.Contents, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static void AssertRefused(ProgramRun run, string text, string expected)
    {
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", text), "-o", run["out"]);
        AssertOneLine((exit, "", errors), "");
        Assert.Contains(expected, errors);
        Assert.Equal(["plate.yaml"], run.Contents);
    }

    private static void AssertOneLine((int Exit, string Output, string Errors) result, string start)
    {
        Assert.Equal(2, result.Exit);
        Assert.StartsWith(start, result.Errors);
        Assert.Single(Regex.Split(result.Errors.TrimEnd(), "\r?\n"));
        Assert.DoesNotContain("   at ", result.Errors);
        Assert.DoesNotContain("internal error", result.Errors);
    }

    [Fact]
    public void A_folder_in_which_another_run_is_at_work_is_refused()
    {
        using var run = new ProgramRun();
        using var other = RunFolder.Claim(run["out"]);
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"]);
        Assert.Equal(2, exit);
        Assert.StartsWith($"the folder '{run["out"]}' cannot be claimed, probably another run or sweep is at work in "
            + $"it", errors);
        Assert.Equal(["out", "out/.lock", "plate.yaml"], run.Contents);
    }

    [Fact]
    public void A_run_does_not_go_into_the_folder_of_a_sweep()
    {
        using var run = new ProgramRun();
        Directory.CreateDirectory(run["out"]);
        run.Write("out/sweep.csv", "run\n");
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"]);
        Assert.Equal((2, $"the folder '{run["out"]}' holds a sweep; choose another folder for the "
            + $"run{Environment.NewLine}"), (exit, errors));
    }
}
