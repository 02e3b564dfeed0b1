using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Tests.Voids;

/// <summary>What reads a run with voids leaves them out: pictures, ranges, probes.</summary>
public sealed class VoidFilesTests : IDisposable
{
    private const string Whole =
        "size: [240 nm, 210 nm, 20 nm], cells: [12, 10, 2], lateral: { x_min: free, x_max: free, y_min: free, y_max: "
        + "free }, hexagon: 200 nm", Quarter = "size: [120 nm, 105 nm, 20 nm], cells: [6, 5, 2], hexagon: 200 nm";

    private readonly ProgramRun run = new();

    [Fact]
    public void Means_over_sections_are_those_of_the_plate()
    {
        using var file = Finished(Quarter);
        Assert.All(FilmSection.Read(file, "x").Mean, point => Assert.Equal(0.3, point.Value, 1e-12));
    }

    [Fact]
    public void Voids_have_no_colour_and_no_part_in_the_range()
    {
        using var file = Finished(Quarter);
        var picture = Pictures.Field(file, "x");
        // At y = 10.5 nm the rim lies at 109.4 nm, short of the last centres.
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i % 6 == 5), picture.Values.Select(double.IsNaN));
        var blank = PngImage.Of([0.5, double.NaN], 2, ColourMap.Sequential, 1);
        Assert.Contains("FFFFFF", Convert.ToHexString(blank));
        Assert.Equal((0.27, 0.33), Scale.Exactly([0.3, double.NaN]) is var scale
            ? (Math.Round(scale.From, 12), Math.Round(scale.To, 12)) : default);
    }

    [Fact]
    public void A_plate_whose_corner_of_the_box_is_void_is_drawn_through_its_middle()
    {
        using var file = Finished(Whole);
        var section = FilmSection.Read(file, "x");
        Assert.Equal((130e-9, 115.5e-9), section.Elsewhere is { } at ? (Math.Round(at.X, 12), Math.Round(at.Y, 12))
            : default);
        Assert.All(section.OnAxis, point => Assert.Equal(0.3, point.Value, 1e-12));
        Assert.All(section.Plane, value => Assert.True(double.IsNaN(value) || Math.Abs(value - 0.3) < 1e-12));
        Assert.Contains("x = 130 nm", Pictures.Profiles([file], "x").Key[0].Meaning.Replace("*", ""));
        Assert.Equal(0, ProgramRun.Call("plot", run["out"]).Exit);
    }

    [Fact]
    public void Ranges_are_those_of_the_plate_also_where_the_case_does_not_ask_for_the_phase()
    {
        using (Finished(Quarter + " }\noutput: { fields: [x]"))
        {
        }
        var (exit, output, _) = ProgramRun.Call("info", RunFolder.Snapshots(run["out"])[^1]);
        Assert.Equal(0, exit);
        Assert.Equal(["x", "-", "0.3", "0.3"], output.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(words => words is ["x", ..])[..4]);
        Assert.Contains("cells are void (phase -1) and left out", output);
    }

    [Fact]
    public void A_point_in_a_void_has_no_values_and_one_beside_it_those_of_the_plate()
    {
        using (Finished(Quarter))
        {
        }
        string[] call = ["probe", RunFolder.Snapshots(run["out"])[^1], "--points", "115,100,10;60,99,10"];
        Assert.Contains("void", ProgramRun.Call(call).Output);
        using var json = JsonDocument.Parse(ProgramRun.Call([.. call, "--json"]).Output);
        var (inVoid, beside) = (json.RootElement.GetProperty("points")[0], json.RootElement.GetProperty("points")[1]);
        Assert.True(inVoid.GetProperty("void").GetBoolean());
        Assert.Equal(JsonValueKind.Null, inVoid.GetProperty("x").ValueKind);
        Assert.Equal(-1, inVoid.GetProperty("phase").GetInt32());
        Assert.False(beside.TryGetProperty("void", out _));
        Assert.Equal(0.3, beside.GetProperty("x").GetDouble(), 1e-12);
    }

    [Fact]
    public void A_run_says_how_much_of_its_grid_is_void()
    {
        using (Finished(Quarter))
        {
        }
        Assert.Contains("42 of 60 cells are film, 18 are void", said);
    }

    [Fact]
    public void A_plate_without_grains_is_shown_as_one_grain_and_its_void_blank()
    {
        var (exit, output, _) = ProgramRun.Call("microstructure", Case(Quarter), "-o", run["grains"]);
        Assert.Equal(0, exit);
        Assert.Contains("cells void", output);
        Assert.StartsWith("<svg", File.ReadAllText(run["grains/microstructure.svg"]).TrimStart());
    }

    public void Dispose() => run.Dispose();

    private string said = "";

    private string Case(string domain) => run.Write("plate.yaml", $$"""
        domain: { kind: 3d, {{domain}} }
        material: { diffusivity: 1e-11 cm^2/s }
        initial: { x: 0.3 }
        coupling: none
        protocol: [ { plate: { current: 0 mA/cm^2, time: 1 s } } ]
        """);

    /// <summary>The last snapshot of a plate at rest with x = 0.3.</summary>
    private SnapshotFile Finished(string domain)
    {
        var (exit, output, errors) = ProgramRun.Call("run", Case(domain), "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        said = output;
        return SnapshotFile.Open(RunFolder.Snapshots(run["out"])[^1]);
    }
}
