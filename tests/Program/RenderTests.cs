using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tools;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Program;

public class RenderTests(ITestOutputHelper log)
{
    [Fact]
    public void WhatIsMissingIsSaid()
    {
        using var folder = new Scratch();
        Assert.StartsWith("pvbatch is not on the PATH",
            Assert.Throws<InputException>(() => ParaView.Find([folder.Path], hasDisplay: true)).Message);
        File.WriteAllText(folder[OperatingSystem.IsWindows() ? "pvbatch.exe" : "pvbatch"], "");
        ParaView.Find([folder.Path], hasDisplay: true);
        Assert.StartsWith("there is no display, and xvfb-run is not on the PATH",
            Assert.Throws<InputException>(() => ParaView.Find([folder.Path], hasDisplay: false)).Message);
    }

    [Fact]
    public void PhasesWithoutLithiumAreNamed()
    {
        var @case = CaseText.Parse("""
            domain: { kind: axisymmetric, radius: 20 nm, height: 20 nm, cells: [4, 4] }
            interfaces: { collector: { law: layer, thickness: 5 nm, youngs_modulus: 411 GPa, poisson_ratio: 0.28 } }
            regions:
              - { from: [0 nm, 0 nm], to: [5 nm, 5 nm], phase: 1 }
              - { from: [5 nm, 0 nm], to: [10 nm, 5 nm], phase: 2, diffusivity: 1e-12 cm^2/s }
              - { from: [0 nm, 5 nm], to: [5 nm, 10 nm], phase: 3, diffusivity: 0 cm^2/s }
              - { from: [10 nm, 5 nm], to: [15 nm, 10 nm], grain: 1 }
            """).Case;
        Assert.Equal([(1, "phase 1"), (3, "phase 3"), (4, "layer (411 GPa)")], InertPhases.Of(@case)
            .Select(phase => (phase.Key, phase.Value)));
    }

    /// <summary>
    /// A layer of tungsten under a film: its half of the picture is grey for x, and coloured for stress.
    /// </summary>
    [Theory, Trait("Category", "Slow")]
    [InlineData("x", true)]
    [InlineData("potential", true)]
    [InlineData("von_mises", false)]
    public void ALayerIsGreyWhereAFieldDoesNotExist(string field, bool grey)
    {
        if (!HasParaView())
            return;
        using var run = new ProgramRun();
        var file = run.Write("case.yaml", """
            domain: { kind: axisymmetric, radius: 100 nm, height: 100 nm, cells: [10, 10] }
            initial: { x: { linear: { axis: z, from: 0.05, to: 0.15 } } }
            interfaces: { collector: { law: layer, thickness: 100 nm, youngs_modulus: 411 GPa, poisson_ratio: 0.28 } }
            protocol: [ { rest: { time: 1 ms } } ]
            """);
        Assert.Equal(0, ProgramRun.Call("run", file, "-o", run["out"]).Exit);
        Assert.Equal(0, ProgramRun.Call("render", run["out"], "--fields", field).Exit);
        // The plate is 620 pixels wide from the left at 130, the film above its layer; below the text in the middle of
        // the layer.
        var seen = Colours(run["out/picture.png"], "((200, 200), (700, 350), (440, 600))");
        Assert.All(seen[..2], pixel => Assert.Equal(grey, pixel.Distinct().Count() == 1 && pixel[0] == 168));
        Assert.True(seen[2].Distinct().Count() > 1);
    }

    /// <summary>A thousand times as high as wide the picture would have 300,000 rows.</summary>
    [Fact, Trait("Category", "Slow")]
    public void ATallBoxIsDrawnLower()
    {
        if (!HasParaView())
            return;
        using var run = new ProgramRun();
        var file = run.Write("case.yaml", """
            domain: { kind: 3d, size: [10 nm, 10 nm, 10 um], cells: [2, 2, 20], lateral: periodic }
            initial: { x: { linear: { axis: z, from: 0.301, to: 0.699 } } }
            coupling: none
            protocol: [ { rest: { time: 1 ms } } ]
            """);
        Assert.Equal(0, ProgramRun.Call("run", file, "-o", run["out"]).Exit);
        Assert.Equal((0, ""), ProgramRun.Call("render", run["out"], "--fields", "x") is var call
            ? (call.Exit, call.Errors.Trim()) : default);
        var header = File.ReadAllBytes(run["out/picture.png"]);
        Assert.InRange(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(20)), 800, 3000);
    }

    [Theory, Trait("Category", "Slow")]
    [InlineData("plate", "x,von_mises")]
    [InlineData("film", "x,grain")]
    public void ParaViewMakesThePictureOfARun(string grid, string fields)
    {
        if (!HasParaView())
            return;
        using var run = new ProgramRun();
        Directory.CreateDirectory(run["out/snapshots"]);
        SnapshotWriter.Write(Samples.Snapshot(Samples.Grid(grid)), RunFolder.SnapshotPath(run["out"], 42));
        var (exit, output, errors) = ProgramRun.Call("render", run["out"], "--fields", fields);
        Assert.Equal((0, run["out/picture.png"], ""), (exit, output.Trim(), errors.Trim()));
        Assert.Equal("\x89PNG", string.Concat(File.ReadAllBytes(run["out/picture.png"])[..4].Select(b => (char)b)));
        // What is written ends before the picture does.
        Assert.All(Colours(run["out/picture.png"], "((width - k, y) for k in (1, 2, 3) for y in range(height))"),
            pixel => Assert.Equal([255, 255, 255], pixel));
        Assert.Equal(["picture.png", "snapshots", "vtk"], Directory.EnumerateFileSystemEntries(run["out"])
            .Select(Path.GetFileName).Order());
    }

    /// <summary>
    /// Red, green and blue at points (x, y) counted from the lower left, an expression of Python in which width and
    /// height are known.
    /// </summary>
    private static int[][] Colours(string picture, string points)
    {
        var (exit, colours) = Tool.Run("pvpython", "-c", $"""
            import vtk
            reader = vtk.vtkPNGReader()
            reader.SetFileName({Quoted(picture)})
            reader.Update()
            image = reader.GetOutput()
            width, height, _ = image.GetDimensions()
            print([[int(image.GetScalarComponentAsFloat(x, y, 0, c)) for c in range(3)] for x, y in {points}])
            """);
        Assert.True(exit == 0, colours);
        return System.Text.Json.JsonSerializer.Deserialize<int[][]>(colours.Trim().Split('\n')[^1])!;
    }

    private static string Quoted(string path) => System.Text.Json.JsonSerializer.Serialize(path);

    private bool HasParaView()
    {
        try
        {
            ParaView.Find();
            return true;
        }
        catch (InputException e)
        {
            log.WriteLine($"not checked: {e.Message}");
            return false;
        }
    }
}
