using MesoLiMg.IO;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Program;

/// <summary>A case without a folder, a case without a file, and files of an export in another folder.</summary>
public class RunArgumentTests
{
    private const string Film =
        "domain: { kind: slab, height: 20 nm, cells: [4] }\n"
        + "protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]\n";

    [Fact]
    public void A_run_without_a_folder_is_written_beside_its_case()
    {
        using var run = new ProgramRun();
        Directory.CreateDirectory(run["cases"]);
        var file = run.Write("cases/thin.film.yaml", Film);
        var (exit, output, errors) = ProgramRun.Call("run", file);
        Assert.Equal((0, ""), (exit, errors));
        Assert.StartsWith($"without --output the run is written to {run["cases/thin.film.out"]}\n",
            output.ReplaceLineEndings("\n"));
        Assert.True(RunFolder.IsFinished(run["cases/thin.film.out"]));
        Assert.Contains("is finished", ProgramRun.Call("run", file).Output);
    }

    [Fact]
    public void A_folder_of_that_name_with_another_run_is_left_alone()
    {
        using var run = new ProgramRun();
        Assert.Equal(0, ProgramRun.Call("run", run.Write("film.yaml", Film)).Exit);
        var (exit, _, errors) = ProgramRun.Call("run", run["film.yaml"], "--set", "temperature=310 K");
        Assert.Equal(2, exit);
        Assert.Contains($"the folder '{run["film.out"]}' holds the run of another case", errors);
    }

    [Theory]
    [InlineData("the folder to write is missing: give --output DIR", "run", "--from", "state.h5")]
    [InlineData("a case from standard input has no name of which the run's folder could be called: give --output DIR",
        "run", "-")]
    [InlineData("the case file is missing: mesolimg run CASE", "run")]
    public void Where_no_folder_follows_it_is_asked_for(string message, params string[] arguments)
    {
        var (exit, _, errors) = ProgramRun.Call(arguments);
        Assert.Equal((2, message), (exit, errors.Trim()));
    }

    [Theory]
    [InlineData(0, "", "printf '{0}' | ")]
    [InlineData(2, "standard input:1: unknown key 'hight' in domain; did you mean 'height'?",
        "printf '{0}' | sed s/height/hight/ | ")]
    [InlineData(2, "standard input: is empty, expected a case", "printf '' | ")]
    [InlineData(2, "standard input: is closed, expected a case", "exec <&-; ")]
    public void A_case_may_come_through_standard_input(int exit, string message, string before)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var run = new ProgramRun();
        using var process = ProgramProcess.StartAfter(
            $"{before.Replace("{0}", Film.Replace("\n", "\\n"))} \"$0\" \"$@\"; exit $?", "run", "-", "-o", run["out"]);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((exit, message), (process.ExitCode, errors.Trim()));
        Assert.Equal(exit == 0, RunFolder.IsFinished(run["out"]));
    }

    [Theory]
    [InlineData("xml", "run.pvd", "run_00000000.vti", "run_00000001.vti")]
    [InlineData("vtkhdf", "run.vtkhdf")]
    public void An_export_may_go_to_another_folder(string format, params string[] names)
    {
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        var (exit, output, errors) = ProgramRun.Call("export", run, "-o", folder["for/paraview"], "--format", format);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains(Path.Combine(folder["for/paraview"], names[0]), output);
        Assert.Equal(names,
            Directory.GetFiles(folder["for/paraview"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(Path.Combine(run, "vtk")));
    }

    [Fact]
    public void Snapshots_of_two_runs_do_not_go_to_one_folder()
    {
        using var folder = new Scratch();
        var run = Samples.Run(folder);
        Directory.CreateDirectory(folder["b"]);
        File.Copy(RunFolder.SnapshotPath(run, 0), folder["b/step_00000000.h5"]);
        var (exit, _, errors) = ProgramRun.Call("export", RunFolder.SnapshotPath(run, 0), folder["b/step_00000000.h5"],
            "-o", folder["out"]);
        Assert.Equal((2,
            $"'{folder["b/step_00000000.h5"]}': one folder of --output holds one run; expected its folder, "
            + "or snapshots of it"), (exit, errors.Trim()));
        Assert.False(Directory.Exists(folder["out"]));
        File.WriteAllText(folder["file"], "mine");
        Assert.Equal($"'{folder["file"]}' is a file; give the name of a folder",
            ProgramRun.Call("export", run, "-o", folder["file"]).Errors.Trim());
    }
}
