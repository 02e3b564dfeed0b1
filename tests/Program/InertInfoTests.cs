using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Tests.Program;

/// <summary><c>info</c> and <c>probe</c> where no lithium can be.</summary>
public sealed class InertInfoTests : IDisposable
{
    private readonly ProgramRun run = new();

    [Fact]
    public void RangesOfWhatBelongsToLithiumAreThoseInTheFilm()
    {
        var (exit, output, _) = ProgramRun.Call("info", LastSnapshot());
        Assert.Equal(0, exit);
        string[] Row(string name) =>
            output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(words => words.Length > 3 && words[0] == name);
        Assert.Equal(["x", "-", "0.05", "0.05"], Row("x")[..4]);
        Assert.NotEqual("0", Row("potential")[2]);
        Assert.Equal(["0", "3"], Row("phase")[2..4]);
        Assert.Contains("22 of 54 cells hold no lithium", output);
    }

    [Fact]
    public void APointWithoutLithiumHasStressAndNoX()
    {
        // In the region, on its face in the film, in the film, and in the layer.
        string[] call = ["probe", LastSnapshot(), "--points", "10,30;20,30;50,30;30,70"];
        var (exit, output, _) = ProgramRun.Call(call);
        Assert.Equal(0, exit);
        var x = output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .First(words => words is ["x", ..]);
        Assert.Equal(["x", "-", "-", "0.05", "0.05", "-"], x);
        Assert.Contains("no lithium can be there", output);

        using var json = JsonDocument.Parse(ProgramRun.Call([.. call, "--json"]).Output);
        var points = json.RootElement.GetProperty("points");
        Assert.Equal([true, false, false, true], points.EnumerateArray()
            .Select(point => point.TryGetProperty("inert", out _)));
        Assert.Equal(JsonValueKind.Null, points[0].GetProperty("potential").ValueKind);
        Assert.Equal(JsonValueKind.Number, points[0].GetProperty("von_mises").ValueKind);
    }

    /// <summary>The flux is not drawn.</summary>
    [Fact]
    public void PicturesAndSnapshotsAgreeOnWhatBelongsToLithium()
    {
        Assert.All(SnapshotPhases.FieldsOfLithium.Except(["flux"]), field =>
            Assert.True(Quantity.Of(field, "1", 0).OfLithium));
        Assert.All(new[] { "von_mises", "sigma_h", "energy_density" }, field =>
            Assert.False(Quantity.Of(field, "1", 0).OfLithium));
    }

    public void Dispose() => run.Dispose();

    /// <summary>A film at rest with a region of 2 x 2 cells and three planes of a layer above.</summary>
    private string LastSnapshot()
    {
        var file = run.Write("case.yaml", """
            domain: { kind: plane-strain, size: [60 nm, 60 nm], cells: [6, 6] }
            initial: { x: 0.05 }
            interfaces: { se: { law: layer, thickness: 30 nm, youngs_modulus: 22 GPa, poisson_ratio: 0.37 } }
            regions: [ { from: [0, 20 nm], to: [20 nm, 40 nm], phase: 1 } ]
            protocol: [ { rest: { time: 0.1 s } } ]
            """);
        var (exit, _, errors) = ProgramRun.Call("run", file, "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        return RunFolder.Snapshots(run["out"])[^1];
    }
}
