using MesoLiMg.Model;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Lithium;

/// <summary>Lithium is neither made nor lost.</summary>
public class BalanceTests
{
    private const double Faraday = 96485.33212331001, Magnesium = 71508;

    private static readonly Dictionary<string, string> Domains = new()
    {
        ["slab"] = "{ kind: slab, height: 140 nm, cells: [60] }",
        ["axisymmetric"] = "{ kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [17, 21] }",
        ["plane-strain"] = "{ kind: plane-strain, size: [100 nm, 140 nm], cells: [13, 21] }",
        ["periodic strip"] = "{ kind: plane-strain, size: [100 nm, 140 nm], cells: [13, 21], lateral: periodic }",
        ["3d"] = "{ kind: 3d, size: [100 nm, 90 nm, 140 nm], cells: [9, 7, 15] }",
        ["periodic film"] = "{ kind: 3d, size: [100 nm, 90 nm, 140 nm], cells: [9, 7, 15], lateral: periodic }",
    };

    public static TheoryData<string> Names => [.. Domains.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Plating_rest_and_stripping_keep_the_balance(string domain)
    {
        using var run = CaseRun.OfText(
            Text(domain, "diffusivity: 1e-11 cm^2/s", "")
            + "protocol: [ { plate: { current: 1 mA/cm^2, time: 5 s } }, { rest: { time: 1 s } }, { strip: { current: "
            + "0.5 mA/cm^2, time: 4 s } }, { rest: { time: 20 s } } ]");
        Assert.All(run.Column("lithium_balance_error"), error => Assert.InRange(error, 0, 1e-13));
        var brought = (10 * 5 - 5 * 4) / (Faraday * Magnesium * 140e-9);
        Assert.Equal(brought, run.Last("x_mean"), 1e-13 * brought);
        Assert.Equal(30, run.Last("charge"), 1e-12);
        // What was brought is spread evenly at last.
        Assert.All(run.Cells("x"), x => Assert.Equal(brought, x, 1e-3 * brought));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Inert_regions_stay_empty_and_the_rest_keeps_the_balance(string domain)
    {
        var two = Domains[domain].Contains("slab") ? ("[40 nm]", "[50 nm]") : Domains[domain].Contains("3d")
            ? ("[30 nm, 30 nm, 40 nm]", "[60 nm, 60 nm, 140 nm]") : ("[30 nm, 40 nm]", "[60 nm, 140 nm]");
        using var run = CaseRun.OfText(
            Text(domain, "diffusivity: 1e-11 cm^2/s",
                $"regions: [ {{ from: {two.Item1}, to: {two.Item2}, phase: 1, grain: 1 }} ]\n")
                + "protocol: [ { plate: { current: 1 mA/cm^2, time: 5 s } }, { strip: { current: 1 mA/cm^2, time: 1 s "
                + "} } ]");
        Assert.All(run.Column("lithium_balance_error"), error => Assert.InRange(error, 0, 1e-13));
        var grain = (int[])run.Snapshots[^1].Cells.Single(f => f.Name == "grain").Data;
        Assert.Contains(1, grain);
        Assert.All(run.Cells("x").Zip(grain).Where(c => c.Second == 1), c => Assert.Equal(0, c.First));
        Assert.All(run.Cells("x").Zip(grain).Where(c => c.Second == 0), c => Assert.True(c.First >= 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Uniform_lithium_stays_uniform(string domain)
    {
        using var run = CaseRun.OfText(Text(domain, "diffusivity: 1e-11 cm^2/s", "initial: { x: 0.1 }\n")
            + "protocol: [ { rest: { time: 10 s } } ]");
        Assert.All(run.Cells("x"), x => Assert.Equal(0.1, x, 1e-14));
        Assert.All(run.Cells("flux"), j => Assert.Equal(0, j, 1e-18));
    }

    [Fact]
    public void Grains_do_not_disturb_uniform_lithium()
    {
        using var run = CaseRun.OfText(
            Text("plane-strain", "diffusivity: 1e-11 cm^2/s",
                "initial: { x: 0.1 }\nregions: [ { to: [50 nm, 70 nm], grain: 1, diffusivity: 1e-9 cm^2/s }, { from: "
                + "[50 nm, 70 nm], grain: 2, diffusivity: 1e-14 cm^2/s } ]\n")
            + "protocol: [ { rest: { time: 10 s } } ]");
        Assert.All(run.Cells("x"), x => Assert.Equal(0.1, x, 1e-14));
    }

    [Fact]
    public void The_sum_over_cells_that_files_hold_is_the_charge_brought()
    {
        using var run = CaseRun.OfText(Text("axisymmetric", "diffusivity: 1e-11 cm^2/s", "")
            + "protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } } ]");
        // Rings of radius (i + 1/2) h over the disc of radius 17 h.
        var mean = run.Cells("concentration").Select((c, i) => c * (i % 17 + 0.5)).Sum() / (21 * 17 * 17 / 2.0);
        Assert.Equal(100 / (Faraday * 140e-9), mean, 1e-12 * mean);
    }

    [Fact]
    public void Differences_in_steady_growth_are_those_of_resistances_in_series()
    {
        const int n = 40;
        const double height = 100e-9, inflow = 1e-9, low = 1e-15, high = 8e-15, h = height / n;
        using var body = LithiumBody.Slab(n, height, low, new RegionCase { From = [height / 4], Diffusivity = high });
        body.Advance(40, 40, inflow);
        var x = body.Values;
        for (var k = 0; k + 1 < n; k++)
        {
            // x grows everywhere alike, so the flux rises linearly from the collector to the SE side; it passes half a
            // cell of each neighbour.
            var flux = inflow * (k + 1) / n;
            double Resistance(int cell) => h / 2 / (cell < n / 4 ? low : high);
            var difference = flux * (Resistance(k) + Resistance(k + 1));
            Assert.Equal(difference, x[k + 1] - x[k], 1e-9 * inflow * height / low);
        }
    }

    private static string Text(string domain, string material, string more) =>
        $"domain: {Domains[domain]}\nmaterial: {{ {material} }}\ncoupling: none\n{more}";
}
