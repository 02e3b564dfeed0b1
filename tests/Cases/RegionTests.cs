using MesoLiMg.Model;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Cases;

/// <summary>Which cells a region holds.</summary>
public class RegionTests
{
    [Fact]
    public void An_ellipsoid_holds_the_cells_with_their_centres_inside_it()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: plane-strain, size: [40 nm, 20 nm], cells: [40, 20] }
            coupling: none
            regions: [ { shape: ellipsoid, from: [-30 nm, 2 nm], to: [30 nm, 18 nm], grain: 5 } ]
            """);
        var grain = (int[])run.Snapshots[^1].Cells.Single(f => f.Name == "grain").Data;
        for (var k = 0; k < 20; k++)
            for (var i = 0; i < 40; i++)
                Assert.Equal(Math.Pow((i + 0.5) / 30, 2) + Math.Pow((k + 0.5 - 10) / 8, 2) < 1 ? 5 : 0,
                    grain[40 * k + i]);
    }

    [Theory]
    [InlineData("{ shape: ellipsoid, from: [0 nm, 0 nm] }", "'to' is missing")]
    [InlineData("{ shape: ball, from: [0 nm, 0 nm], to: [10 nm, 10 nm] }", "ellipsoid")]
    public void An_ellipsoid_without_both_corners_or_another_word_is_refused(string region, string expected) =>
        Assert.Contains(expected,
            Assert.Throws<InputException>(
            () => CaseText.Parse($"domain: {{ kind: plane-strain, size: [40 nm, 20 nm], cells: [4, 2] }}\nregions: [ "
            + $"{region} ]")).Message);
}
