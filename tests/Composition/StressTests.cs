using MesoLiMg.Model;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Composition;

/// <summary>E(x) and β(x) in equilibrium, and what they do to the potential of lithium.</summary>
public class StressTests
{
    private const double Thermal = PhysicalConstants.Gas * 298.15, Magnesium = 71508;

    /// <summary>E falls and β bends with x.</summary>
    private const string Soft =
        "youngs_modulus: { polynomial: [45 GPa, -30 GPa] }, eigenstrain: { polynomial: [0, 0.3, 0.15] }";

    private const string Mixed =
        "youngs_modulus: { mg: 45 GPa, li: 7.8 GPa }, partial_molar_volume: { polynomial: [1.3e-5 m^3/mol, -4e-6 "
        + "m^3/mol] }";

    [Theory]
    [InlineData(Soft)]
    [InlineData(Mixed)]
    public void The_potential_of_a_film_clamped_in_plane_is_the_derivative_of_its_energy_in_x(string material)
    {
        const double at = 0.2, d = 1e-4;
        double Energy(double x)
        {
            using var run = Uniform(material, x);
            return run.Last("elastic_energy") / 140e-9;
        }
        using var run = Uniform(material, at);
        var potential = -PhysicalConstants.Faraday * run.Cells("potential_mech")[7];
        var expected = (Energy(at + d) - Energy(at - d)) / (2 * d) / Magnesium;
        Assert.Equal(expected, potential, 1e-6 * Math.Abs(expected));
    }

    [Theory]
    [InlineData(Soft)]
    [InlineData(Mixed)]
    public void The_potential_of_a_cell_in_a_held_body_is_the_derivative_of_the_bodys_energy_in_its_x(string material)
    {
        // Lithium is added with the shape of a hill: what the energy gains is the integral of the potential over it.
        const int n = 24;
        const double d = 1e-4, size = 100e-9;
        static double Hill(int i, int k) =>
            Math.Pow(Math.Cos(Math.PI * (i + 0.5) / (2 * n)) * Math.Sin(Math.PI * (k + 0.5) / n), 2);
        CaseRun Body(double more) =>
            CaseRun.Run(Held(material, n), (i, k) => 0.1 + 0.08 * Math.Cos(Math.PI * (k + 0.5) / n) + more * Hill(i, k),
            n, n);
        using var middle = Body(0);
        var cell = size / n * size / n;
        var work = middle.Cells("potential_mech")
            .Select((u, c) => -PhysicalConstants.Faraday * u * Magnesium * cell * Hill(c % n, c / n)).Sum();
        double Energy(double more)
        {
            using var run = Body(more);
            return run.Last("elastic_energy");
        }
        var gained = (Energy(d) - Energy(-d)) / (2 * d);
        // The sums over centres are of second order in the cells.
        Assert.Equal(gained, work, 0.01 * Math.Abs(gained));
    }

    [Theory]
    [InlineData(Soft)]
    [InlineData(Mixed)]
    public void A_closed_body_comes_to_one_potential_and_loses_energy_on_the_way(string material)
    {
        using var run = CaseRun.OfText($$"""
            domain: { kind: plane-strain, size: [100 nm, 60 nm], cells: [20, 12] }
            material: { {{material}}, diffusivity: { polynomial: [1e-11 cm^2/s, 5e-11 cm^2/s] } }
            coupling: two-way
            initial: { x: { linear: { axis: z, from: 0.02, to: 0.2 } } }
            protocol: [ { rest: { time: 300 s } } ]
            output: { every: 15 s }
            """);
        double[] Potential(IO.Snapshot s) =>
            [.. CaseRun.Cells(s, "x")
            .Zip(CaseRun.Cells(s, "potential_mech"), (x, mech) =>
            Math.Log(x) - mech * PhysicalConstants.Faraday / Thermal)];
        Assert.True(Potential(run.Snapshots[0]).Max() - Potential(run.Snapshots[0]).Min() > 1);
        var end = Potential(run.Snapshots[^1]);
        Assert.InRange(end.Max() - end.Min(), 0, 1e-4);
        var energies = run.Snapshots.Select(s => CaseRun.Cells(s, "x")
            .Zip(CaseRun.Cells(s, "energy_density"), (x, w) => Magnesium * Thermal * x * (Math.Log(x) - 1) + w).Sum())
            .ToArray();
        Assert.All(energies.Zip(energies.Skip(1)), pair =>
            Assert.True(pair.Second <= pair.First + 1e-9 * Math.Abs(pair.First)));
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
    }

    [Fact]
    public void A_film_clamped_in_plane_diffuses_as_its_energy_says()
    {
        // w = Eβ²/(1-ν), μ_mech = w'/c_Mg: J = -D [1 + x w''/(Γ c_Mg RT)] ∇c, here with E = e0 + e1 x, β = b x, D = d0
        // + d1 x, Γ = g, so that the bracket is a polynomial.
        const double e0 = 45e9, e1 = -10e9, b = 0.3, g = 1.5, q = b * b / (0.7 * g * Magnesium * Thermal);
        double[] bracket = [1, 2 * e0 * q, 6 * e1 * q];
        double[] d = [1e-11, 4e-11],
            product = [d[0] * bracket[0], d[0] * bracket[1] + d[1] * bracket[0], d[0] * bracket[2] + d[1] * bracket[1],
            d[1] * bracket[2]];
        static CaseRun Run(string material, string coupling) => CaseRun.OfText($$"""
            domain: { kind: slab, height: 140 nm, cells: [30] }
            material: { {{material}} }
            coupling: {{coupling}}
            initial: { x: { linear: { from: 0.02, to: 0.3 } } }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.5 s } } ]
            solver: { time_step: 0.01 s, coupling_tolerance: 1e-9 }
            """);
        using var coupled = Run(
            "diffusivity: { polynomial: [1e-11 cm^2/s, 4e-11 cm^2/s] }, youngs_modulus: { polynomial: [45 GPa, -10 "
            + "GPa] }, eigenstrain: { polynomial: [0, 0.3] }, thermodynamic_factor: { polynomial: [1.5, 0] }",
            "two-way");
        using var effective = Run(
            $"diffusivity: {{ polynomial: "
            + $"[{string.Join(", ", product.Select(a => FormattableString.Invariant($"{a:R} cm^2/s")))}] }}", "none");
        Assert.All(coupled.Cells("x").Zip(effective.Cells("x")), x => Assert.Equal(x.Second, x.First, 2e-5));
    }

    [Theory]
    [InlineData("one-way", 1e-10)]
    [InlineData("two-way", 1e-8)]
    public void Constants_in_other_forms_are_the_same_constants(string coupling, double tolerance)
    {
        CaseRun Run(string material) => CaseRun.OfText($$"""
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [10, 14] }
            material: { {{material}} }
            interfaces: { se: { law: bonded, pressure: 9 MPa } }
            coupling: {{coupling}}
            initial: { x: 0.05 }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.5 s } } ]
            solver: { time_step: 0.1 s, tolerance: 1e-12, coupling_tolerance: 1e-11 }
            """);
        using var plain = Run(
            "diffusivity: 1e-11 cm^2/s, youngs_modulus: 40 GPa, partial_molar_volume: 1.3e-5 m^3/mol");
        using var forms = Run(
            "diffusivity: 1e-11 cm^2/s, youngs_modulus: { mg: 40 GPa, li: 40 GPa }, partial_molar_volume: { x: [0, "
            + "1], values: [1.3e-5 m^3/mol, 1.3e-5 m^3/mol] }, thermodynamic_factor: { polynomial: [1, 0] }");
        foreach (var field in new[] { "x", "stress", "potential_mech", "energy_density" })
        {
            var (a, b) = (plain.Cells(field), forms.Cells(field));
            var scale = a.Max(Math.Abs);
            Assert.All(a.Zip(b), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var document = Cases.CaseText.Parse($$"""
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [40, 24] }
            material: { {{Mixed}}, diffusivity: { polynomial: [1e-11 cm^2/s, 5e-11 cm^2/s] } }
            coupling: two-way
            initial: { x: { linear: { axis: z, from: 0.05, to: 0.15 } } }
            protocol: [ { rest: { time: 0.02 s } } ]
            """);
        using var one = CaseRun.Run(document);
        using var three = CaseRun.Run(document, 3);
        Assert.Equal(one.Cells("x"), three.Cells("x"));
        Assert.Equal(one.Cells("stress"), three.Cells("stress"));
    }

    private static CaseRun Uniform(string material, double x) => CaseRun.OfText(FormattableString.Invariant($$"""
        domain: { kind: slab, height: 140 nm, cells: [8] }
        material: { {{material}} }
        initial: { x: {{x:R}} }
        solver: { tolerance: 1e-13 }
        """));

    private static CaseDocument Held(string material, int n) => Cases.CaseText.Parse($$"""
        domain: { kind: plane-strain, size: [100 nm, 100 nm], cells: [{{n}}, {{n}}], lateral: symmetric }
        material: { {{material}} }
        interfaces: { se: { law: bonded }, collector: { law: bonded } }
        solver: { tolerance: 1e-13 }
        """);
}
