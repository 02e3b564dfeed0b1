using MesoLiMg.IO;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Restart;

/// <summary>What the program has not written it does not write over, whatever name it has.</summary>
public class ForeignFileTests
{
    private const string Slab = """
        # A comment that is worth something.
        domain: { kind: slab, height: 140 nm, cells: [4] }
        coupling: none
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.01 s } } ]
        """;

    [Theory]
    [InlineData("case.yaml", "run")]
    [InlineData("case.yaml", "run", "--fresh")]
    [InlineData("history.csv", "run")]
    [InlineData("run.json", "run")]
    [InlineData("series.h5", "run", "--fresh")]
    [InlineData("snapshots/step_00000000.h5", "run")]
    [InlineData("case.yaml", "sweep", "--vary", "initial.x=0.1")]
    [InlineData("sweep.csv", "sweep", "--vary", "initial.x=0.1")]
    [InlineData("converge.csv", "converge", "--time", "--set", "solver.time_step=0.01s")]
    [InlineData("converge.txt", "converge", "--time", "--set", "solver.time_step=0.01s")]
    [InlineData("level_1/case.yaml", "converge", "--time", "--set", "solver.time_step=0.01s")]
    public void A_folder_with_a_file_of_somebody_elses_is_refused_and_the_file_stays(
        string name, string command, params string[] options)
    {
        using var run = new ProgramRun();
        Directory.CreateDirectory(Path.GetDirectoryName(run["out/" + name])!);
        run.Write("slab.yaml", Slab);
        run.Write("out/" + name, Slab);
        AssertRefused(ProgramRun.Call([command, run["slab.yaml"], "-o", run["out"], "--threads", "1", .. options]),
            run["out/" + name]);
        Assert.Equal(Slab, File.ReadAllText(run["out/" + name]));
        Assert.Single(Directory.GetFiles(run["out"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_case_is_not_run_into_its_own_folder_over_itself()
    {
        using var run = new ProgramRun();
        var file = run.Write("case.yaml", Slab);
        AssertRefused(ProgramRun.Call("run", file, "-o", run.Folder, "--threads", "1"), file);
        Assert.Equal((Slab, "case.yaml"), (File.ReadAllText(file), Assert.Single(run.Contents)));
    }

    [Fact]
    public void A_report_over_an_input_is_refused_and_one_over_a_report_is_not()
    {
        using var run = Finished();
        foreach (var file in new[] { run["slab.yaml"], run["out/history.csv"], RunFolder.Snapshots(run["out"])[0],
            run.Write("page.html", "<html>mine</html>") })
        {
            var before = File.ReadAllBytes(file);
            AssertRefused(ProgramRun.Call("report", run["out"], "-o", file), file);
            Assert.Equal(before, File.ReadAllBytes(file));
        }
        Assert.Equal(0, ProgramRun.Call("report", run["out"]).Exit);
        Assert.Equal(0, ProgramRun.Call("report", run["out"]).Exit);
    }

    [Fact]
    public void Pictures_of_somebody_elses_are_not_drawn_over()
    {
        using var run = Finished();
        var drawn = ProgramRun.Call("plot", run["out"], "-o", run["plots"]);
        Assert.Equal(0, drawn.Exit);
        Assert.Equal(0, ProgramRun.Call("plot", run["out"], "-o", run["plots"]).Exit);
        var picture = Directory.GetFiles(run["plots"], "*.svg")[0];
        Directory.CreateDirectory(run["mine"]);
        foreach (var ending in new[] { ".svg", ".png" })
        {
            var file = run.Write(Path.Combine("mine", Path.ChangeExtension(Path.GetFileName(picture), ending)),
                "<svg><!-- drawn by hand --></svg>");
            AssertRefused(ProgramRun.Call("plot", run["out"], "-o", run["mine"]), file);
            Assert.Equal(file, Assert.Single(Directory.GetFiles(run["mine"])));
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("xml", ".pvd")]
    [InlineData("xml", "_00000000.vti")]
    [InlineData("vtkhdf", ".vtkhdf")]
    public void Exports_of_somebody_elses_are_not_written_over(string format, string ending)
    {
        using var run = Finished();
        Directory.CreateDirectory(run["out/vtk"]);
        var file = run.Write("out/vtk/out" + ending, "mine");
        AssertRefused(ProgramRun.Call("export", run["out"], "--format", format), file);
        Assert.Equal("mine", File.ReadAllText(file));
        File.Delete(file);
        Assert.Equal(0, ProgramRun.Call("export", run["out"], "--format", format).Exit);
        Assert.Equal(0, ProgramRun.Call("export", run["out"], "--format", format).Exit);
    }

    [Theory]
    [InlineData(".h5")]
    [InlineData(".vti")]
    public void Grains_are_not_written_over_the_file_from_which_they_are_read(string ending)
    {
        using var run = new ProgramRun();
        var made = "domain: { kind: plane-strain, size: [40 nm, 40 nm], cells: [4, 4] }\nmicrostructure: { kind: "
            + "columnar, grains: 3 }\ncoupling: none\nprotocol: []\n";
        Assert.Equal(0, ProgramRun.Call("microstructure", run.Write("made.yaml", made), "-o", run["grains"]).Exit);
        Assert.Equal(0, ProgramRun.Call("microstructure", run["made.yaml"], "-o", run["grains"]).Exit);
        var file = run["grains/microstructure" + ending];
        var before = File.ReadAllBytes(file);
        var read = run.Write("read.yaml", made.Replace("kind: columnar, grains: 3", $"kind: file, file: {file}"));
        AssertRefused(ProgramRun.Call("microstructure", read, "-o", run["grains"]), file);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Theory]
    [InlineData("verify", "verification.md", "--only", "Mandel")]
    [InlineData("paper", "paper.md")]
    public void Pages_of_somebody_elses_are_not_written_over(string command, string name, params string[] options)
    {
        using var run = new ProgramRun();
        var file = run.Write(name, "# My own page\n");
        string[] references = command == "verify"
            ? ["--references", Path.Combine(CaseText.Root(), "tests", "Reference", "data")] : [];
        AssertRefused(ProgramRun.Call([command, "-o", run.Folder, .. references, .. options]), file);
        Assert.Equal("# My own page\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_picture_that_was_made_for_the_program_is_known_by_its_mark()
    {
        using var run = new ProgramRun();
        File.WriteAllBytes(run["a.png"],
            Tools.Plots.PngImage.Of([0, 0.5, 1, 0.2], 2, Tools.Plots.ColourMap.All.First(), 3));
        AssertRefusal(() => OwnFiles.Require(run["a.png"]), run["a.png"]);
        Tools.Plots.PngImage.Mark(run["a.png"]);
        OwnFiles.Require(run["a.png"]);
        if (Files.Tool.Run("/usr/bin/python3", "-c", "import PIL").Exit == 0)
            Assert.Equal("mesolimg", Files.Tool.Run(
                "/usr/bin/python3", "-c",
                "import PIL.Image, sys; i = PIL.Image.open(sys.argv[1]); i.load(); print(i.text['Software'])",
                run["a.png"]).Output.Trim());
    }

    private static ProgramRun Finished()
    {
        var run = new ProgramRun();
        Assert.Equal(0, ProgramRun.Call("run", run.Write("slab.yaml", Slab), "-o", run["out"], "--threads", "1").Exit);
        return run;
    }

    private static void AssertRefusal(Action act, string file) =>
        Assert.StartsWith($"'{file}'", Assert.Throws<Model.InputException>(act).Message);

    private static void AssertRefused((int Exit, string Output, string Errors) call, string file)
    {
        Assert.Equal(2, call.Exit);
        Assert.StartsWith($"'{file}' ", Assert.Single(call.Errors.Trim().Split('\n')));
    }
}
