using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>Open-circuit potentials of docs/theory.md, as a run writes them.</summary>
public class PotentialTests
{
    private const double ThermalVoltage = 8.31446261815324 * 298.15 / 96485.33212331001;

    [Theory]
    [InlineData("redlich-kister", 0.17, 0.307)]
    [InlineData("redlich-kister", 0.06, 0.342)]
    [InlineData("regular-solution", 0.17, 0.307)]
    [InlineData("regular-solution", 0.06, 0.342)]
    public void The_potential_passes_through_the_two_published_points(string kind, double x, double published) =>
        Assert.Equal(published, Potential(x, kind), 1e-4);

    [Fact]
    public void The_potential_is_a_fifth_of_a_volt_at_the_papers_end_of_stripping() =>
        Assert.Equal(0.2, Potential(0.686), 1e-4);

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public void The_potential_vanishes_for_pure_lithium(double x) => Assert.Equal(0, Potential(x), 1e-5);

    [Fact]
    public void An_empty_film_has_a_finite_potential()
    {
        using var run = Run(0, "redlich-kister");
        foreach (var field in run.Snapshots[^1].Cells.Where(f => f.Data is double[]))
            Assert.All((double[])field.Data, value => Assert.True(double.IsFinite(value), field.Name));
        Assert.Equal(Potential(1e-9), run.Cells("potential_chem")[0], 1e-12);
    }

    [Theory]
    [InlineData(0.1035, 1.28)]
    [InlineData(0.17, 1.73)]
    public void The_thermodynamic_factor_is_that_of_the_model(double x, double published) =>
        Assert.Equal(published, Factor(x), 5e-3);

    [Fact]
    public void The_thermodynamic_factor_stays_positive_and_below_its_published_bound()
    {
        for (var x = 0.001; x < 1000; x *= 1.2)
            Assert.InRange(Factor(x), 0, 4.55);
    }

    [Fact]
    public void Coefficients_of_any_order_are_those_of_the_excess_energy()
    {
        // μ = d(n G)/dn_Li of G = RT (X ln X + (1-X) ln(1-X)) + X (1-X) Σ L_k (2X-1)^k, by differences.
        double[] l = [-30e3, -8e3, 5e3, 2e3];
        const double thermal = 8.31446261815324 * 298.15, x = 0.3, d = 1e-5;
        double Energy(double lithium)
        {
            // Per mole of magnesium.
            var f = lithium / (1 + lithium);
            var excess = f * (1 - f) * l.Select((c, k) => c * Math.Pow(2 * f - 1, k)).Sum();
            return (1 + lithium) * (thermal * (f * Math.Log(f) + (1 - f) * Math.Log(1 - f)) + excess);
        }
        var expected = -(Energy(x + d) - Energy(x - d)) / (2 * d) / 96485.33212331001;
        Assert.Equal(expected,
            Potential(x, "redlich-kister, coefficients: [-30 kJ/mol, -8 kJ/mol, 5 kJ/mol, 2 kJ/mol]"), 1e-8);
    }

    [Fact]
    public void A_table_is_met_at_its_points_and_falls_between_them()
    {
        using var folder = new TemporaryFolder();
        double[] points = [0.01, 0.05, 0.06, 0.3, 0.9], volts = [0.5, 0.4, 0.39, 0.385, 0.05];
        folder.Write("ocv.csv",
            string.Join("\n", points.Zip(volts, (a, b) => FormattableString.Invariant($"{a} {b}"))));
        var file = folder.Write("a.yaml", Text("table, file: ocv.csv"));
        double At(double x)
        {
            using var run = CaseRun.Run(Model.CaseReader.Read(file, []), [x]);
            return run.Cells("potential_chem")[0];
        }
        for (var i = 0; i < points.Length; i++)
            Assert.Equal(volts[i], At(points[i]), 1e-12);
        var previous = double.PositiveInfinity;
        for (var x = 0.01; x < 0.9; x += 0.01)
        {
            Assert.True(At(x) < previous, $"U rises at x = {x}");
            previous = At(x);
        }
        Assert.Equal(0.5, At(0.001), 1e-12);
        Assert.Equal(0.05, At(2), 1e-12);
    }

    /// <summary>Γ = -(F x/RT) dU/dx</summary>
    private static double Factor(double x)
    {
        var d = 1e-4 * x;
        return -x / ThermalVoltage * (Potential(x + d) - Potential(x - d)) / (2 * d);
    }

    private static double Potential(double x, string kind = "redlich-kister")
    {
        using var run = Run(x, kind);
        return run.Cells("potential_chem")[0];
    }

    private static CaseRun Run(double x, string kind) => CaseRun.Run(CaseText.Parse(Text(kind)), [x]);

    private static string Text(string kind) => $$"""
        domain: { kind: slab, height: 140 nm, cells: [1] }
        material: { diffusivity: 1e-11 cm^2/s, ocv: { kind: {{kind}} } }
        coupling: none
        """;
}
