using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Lithium;

/// <summary>The slab of the paper's Figure 4a-c, plated at a constant current, against the exact series.</summary>
public class ConstantFluxTests
{
    private const double Full = 69600.0 / 71508;

    [Fact]
    public void Profiles_equal_the_exact_series()
    {
        var exact = CarslawJaeger.Of(5e-6, 6e-15, 10);
        var end = exact.TimeToReach(Full);
        using var run = CaseRun.OfFile("paper/fig4a.yaml", $"output.every={end / 20:R} s");
        Assert.True(run.Snapshots.Count > 19);
        foreach (var snapshot in run.Snapshots.Skip(1))
        {
            // Also at both faces, and between centres.
            var points = Enumerable.Range(0, 101).Select(i => new[] { 50.0 * i }).ToArray();
            var found = CaseRun.At(snapshot, "x", points);
            for (var i = 0; i < points.Length; i++)
                Assert.Equal(exact.At(points[i][0] * 1e-9, snapshot.Time), found[i][0], 1e-4 * Full);
        }
    }

    [Theory]
    [InlineData(1, 0.5887)]
    [InlineData(0.5, 0.7932)]
    [InlineData(0.1, 0.9586)]
    public void Utilisation_at_saturation_is_that_of_the_exact_series(double current, double published)
    {
        using var run = CaseRun.OfFile("paper/fig4a.yaml", $"protocol.0.plate.current={current} mA/cm^2",
            "published=[]");
        Assert.Equal(published, run.Last("theta"), 5e-4);
        var exact = CarslawJaeger.Of(5e-6, 6e-15, 10 * current);
        var time = exact.TimeToReach(Full);
        Assert.Equal(exact.Inflow * time / 5e-6 / Full, run.Last("theta"), 1e-4);
        Assert.Equal(1, run.Last("time") / time, 1e-4);
        Assert.Equal(Full, run.Last("x_se"), 1e-8);
    }

    [Fact]
    public void The_papers_plate_after_ten_seconds_has_the_series_at_both_faces()
    {
        var exact = CarslawJaeger.Of(140e-9, 1e-15, 10);
        using var run = CaseRun.OfText("""
            domain: { kind: slab, height: 140 nm, cells: [140] }
            material: { diffusivity: 1e-11 cm^2/s }
            coupling: none
            protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } } ]
            """);
        Assert.Equal(exact.At(140e-9, 10), run.Last("x_se"), 5e-5);
        Assert.Equal(exact.At(0, 10), run.Last("x_collector"), 5e-5);
        Assert.Equal(0.1709, run.Last("x_se"), 5e-4);
        Assert.Equal(0.0700, run.Last("x_collector"), 5e-4);
    }

    [Fact]
    public void A_uniform_inflow_gives_a_profile_without_r()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [23, 35] }
            material: { diffusivity: 1e-11 cm^2/s }
            coupling: none
            protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } } ]
            """);
        Assert.All(run.Cells("x").Chunk(23), row => Assert.InRange(row.Max() - row.Min(), 0, 1e-11 * row.Max()));
    }
}
