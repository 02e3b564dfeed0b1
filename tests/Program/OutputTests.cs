using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tools;

namespace MesoLiMg.Tests.Program;

/// <summary>
/// Names, folders and files that cannot be used are refused in one and the same way by every command.
/// </summary>
public class OutputTests
{
    [Theory]
    [InlineData("export")]
    [InlineData("render")]
    [InlineData("plot")]
    [InlineData("report")]
    [InlineData("info")]
    [InlineData("export", "--watch")]
    [InlineData("export", "--format", "vtkhdf")]
    public void A_missing_folder_has_one_text(string command, params string[] options)
    {
        using var run = new ProgramRun();
        AssertRefused($"there is no folder '{run["none"]}'", [command, run["none"], .. options]);
        Assert.Empty(run.Contents);
    }

    [Theory]
    [InlineData("plot", "")]
    [InlineData("render", ".png")]
    [InlineData("report", ".html")]
    [InlineData("microstructure", "")]
    [InlineData("converge", "")]
    [InlineData("sweep", "", "--vary", "temperature=300 K,310 K")]
    public void What_lies_below_a_file_is_refused_before_anything_is_computed(string command, string ending,
        params string[] options)
    {
        using var run = new ProgramRun();
        var (file, input) = (run.Write("file", "mine"), Input(run, command));
        var before = run.Contents;
        var output = Path.Combine(file, "x" + ending);
        AssertRefused($"{(ending == "" ? $"the folder '{output}' cannot be made" : $"cannot write '{output}'")}: "
            + $"'{file}' is a file", [command, input, "-o", output, .. options]);
        Assert.Equal(before, run.Contents);
    }

    [Theory]
    [InlineData("plot")]
    [InlineData("microstructure")]
    [InlineData("converge")]
    [InlineData("sweep", "--vary", "temperature=300 K,310 K")]
    [InlineData("run")]
    public void A_file_in_place_of_the_folder_is_named_once(string command, params string[] options)
    {
        using var run = new ProgramRun();
        var (file, input) = (run.Write("file", "mine"), Input(run, command));
        Assert.Equal($"'{file}' is a file; give the name of a folder",
            Refused([command, input, "-o", file, .. options]));
    }

    /// <summary>.NET says of /proc that it could not find the folder that is to be made.</summary>
    [Theory]
    [InlineData("the folder '/proc/none' cannot be made: nothing can be made there", "plot", "/proc/none")]
    [InlineData("the folder '/proc/none' cannot be made: nothing can be made there", "run", "/proc/none")]
    [InlineData("the folder '/proc/none' cannot be made: nothing can be made there", "sweep", "/proc/none", "--vary",
        "temperature=300 K,310 K")]
    [InlineData("the folder '/proc/none/level_1' cannot be made: nothing can be made there", "converge", "/proc/none")]
    [InlineData("cannot write into the folder '/proc': nothing can be made there", "run", "/proc")]
    public void A_system_that_lets_nothing_be_made_is_told_from_a_file_that_is_missing(string message, string command,
        string output, params string[] options)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var run = new ProgramRun();
        Assert.Equal(message, Refused([command, Input(run, command), "-o", output, .. options]));
        Assert.Equal("cannot write into the folder '/proc': nothing can be made there",
            Assert.Throws<InputException>(() => AtomicFile.WriteText("/proc/none", "")).Message);
    }

    [Fact]
    public void Verify_looks_at_its_folder_before_it_computes()
    {
        using var run = new ProgramRun();
        AssertRefused($"'{run.Write("file", "mine")}' is a file; give the name of a folder",
            "verify", "--only", "bimetal", "--references", Path.Combine(CaseText.Root(), "tests", "Reference", "data"),
                "-o", run["file"]);
    }

    [Theory]
    [InlineData("render")]
    [InlineData("report")]
    public void A_folder_in_place_of_the_file_is_refused(string command)
    {
        using var run = new ProgramRun();
        var input = Input(run, command);
        Directory.CreateDirectory(run["there"]);
        AssertRefused($"'{run["there"]}' is a folder; give a file name", command, input, "-o", run["there"]);
    }

    [Theory]
    [InlineData("microstructure", "the grains")]
    [InlineData("converge", "the study")]
    public void The_folder_of_a_run_or_of_a_sweep_is_left_alone(string command, string what)
    {
        using var run = new ProgramRun();
        var file = Input(run, command);
        Directory.CreateDirectory(run["a"]);
        run.Write("a/case.yaml", "");
        run.Write("a/history.csv", "");
        Directory.CreateDirectory(run["b"]);
        run.Write("b/sweep.csv", "");
        AssertRefused($"the folder '{run["a"]}' holds a run; choose another folder for {what}", command, file,
            "-o", run["a"]);
        AssertRefused($"the folder '{run["b"]}' holds a sweep; choose another folder for {what}", command, file,
            "-o", run["b"]);
    }

    [Theory]
    [InlineData("picture.jpg", "x", ": expected a name that ends in .png, the only kind of picture that is made")]
    [InlineData("picture.png", "von_mise",
        "--fields: no field that can be shown is called 'von_mise'; did you mean 'von_mises'? Known are x, "
        + "concentration, von_mises, ")]
    [InlineData("picture.png", "slip",
        "--fields: no field that can be shown is called 'slip'; known are x, concentration, von_mises, ")]
    [InlineData("picture.png", "energy_density", "has no field 'energy_density'; it has x, von_mises")]
    public void A_picture_that_cannot_be_made_is_refused(string name, string fields, string message)
    {
        using var run = new ProgramRun();
        AssertRefused(message, "render", Input(run, "render"), "-o", run[name], "--fields", fields);
        Assert.DoesNotContain(name, run.Contents);
    }

    [Fact]
    public void The_help_of_render_names_the_fields()
    {
        Assert.Equal(["x", "concentration", "von_mises", "sigma_h", "energy_density", "energy_per_mg", "energy_per_li",
            "potential", "potential_chem", "potential_mech", "grain"], ParaView.Fields);
        Assert.Contains("potential_chem", ProgramRun.Call("render", "--help").Output);
    }

    [Theory]
    [InlineData("--warp abc: expected a number", "export", "out", "--warp", "abc")]
    [InlineData("--levels many: expected a whole number", "converge", "case.yaml", "-o", "out", "--levels", "many")]
    [InlineData("--ratio 1.5: expected a whole number", "converge", "case.yaml", "-o", "out", "--ratio", "1.5")]
    [InlineData("--jobs x: expected a whole number", "sweep", "case.yaml", "-o", "out", "--jobs", "x")]
    [InlineData("--threads x: expected a number from 0 to 1024", "run", "case.yaml", "-o", "out", "--threads", "x")]
    [InlineData("--threads x: expected a whole number", "paper", "--threads", "x")]
    [InlineData("--contrast x: expected a number", "bench", "--contrast", "x")]
    [InlineData("--cells x: expected a whole number", "bench", "--cells", "x")]
    public void A_number_that_is_none_is_refused_in_plain_words(string message, params string[] arguments) =>
        Assert.Equal((2, $"{message} (mesolimg --help)"), ProgramRun.Call(arguments) is var (exit, _, errors)
            ? (exit, errors.Trim()) : default);

    [Theory]
    [InlineData("{broken", ":1: no JSON from column 2 on, read 'broken'; ")]
    [InlineData("{\n  \"status\": \"finished\",\n  \"steps\": x\n}\n", ":3: no JSON from column 12 on, read 'x'; ")]
    [InlineData("{\n  \"status\": \"finished\"\n", "the text ends before its JSON does; ")]
    public void A_spoiled_summary_of_a_run_is_refused_with_its_line(string text, string message)
    {
        using var run = new ProgramRun();
        var folder = Input(run, "info");
        File.WriteAllText(RunFolder.SummaryPath(folder), text);
        AssertRefused(message, "info", folder);
    }

    [Theory]
    [InlineData("plot")]
    [InlineData("export")]
    [InlineData("info")]
    public void A_damaged_last_snapshot_is_passed_over_with_one_notice(string command)
    {
        using var run = new ProgramRun();
        var folder = Input(run, command);
        var damaged = RunFolder.SnapshotPath(folder, 3);
        using (var stream = File.OpenWrite(damaged))
            stream.SetLength(5000);
        var (exit, _, errors) = ProgramRun.Call(command, folder);
        Assert.Equal(0, exit);
        Assert.Single(errors.Split('\n'), line => line.StartsWith("note: ", StringComparison.Ordinal)
            && line.Contains(damaged) && line.EndsWith("; passed over", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no problem has 'grain-bundary' in its title or the name of its case file; did you mean "
        + "'grain-boundary'?", "--only", "grain-bundary")]
    [InlineData("no problem has 'perpetual motion' in its title or the name of its case file; the titles are: ",
        "--only", "perpetual motion")]
    [InlineData("'Plate bonded to the electrolyte' has no quick form; give it without --quick", "--quick", "--only",
        "plate-bonded")]
    public void A_problem_that_is_not_there_is_refused_with_those_that_are(string message, params string[] options) =>
        AssertRefused(message, ["verify", "--references", Path.Combine(CaseText.Root(), "tests", "Reference", "data"),
            .. options]);

    /// <summary>The folder of a run with three snapshots, or a case.</summary>
    private static string Input(ProgramRun run, string command)
    {
        if (command is "run" or "microstructure" or "converge" or "sweep")
            return run.Write("plate.yaml", ProgramRun.Plate);
        Directory.CreateDirectory(run["run/snapshots"]);
        for (var step = 1; step <= 3; step++)
            SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, step: step, time: step),
                RunFolder.SnapshotPath(run["run"], step));
        return run["run"];
    }

    /// <summary>The one line with which a command ends.</summary>
    private static string Refused(string[] arguments)
    {
        var (exit, _, errors) = ProgramRun.Call(arguments);
        Assert.Equal(2, exit);
        return Assert.Single(errors.Trim().Split('\n'));
    }

    private static void AssertRefused(string message, params string[] arguments)
    {
        var (exit, output, errors) = ProgramRun.Call(arguments);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(message, errors);
        Assert.Single(errors.Trim().Split('\n'));
    }
}
