using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Surface;

/// <summary>The reaction at the electrolyte: Butler and Volmer's law with one electrode potential.</summary>
public class KineticsTests
{
    private const double Thermal = PhysicalConstants.Gas * 298.15 / PhysicalConstants.Faraday,
        PerMetrePerSecond = PhysicalConstants.Faraday * 71508;

    private const string Slab = """
        domain: { kind: slab, height: 140 nm, cells: [40] }
        coupling: none
        initial: { x: 0.05 }
        kinetics: { law: butler-volmer, exchange_current_density: 1 A/m^2 }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } }, { rest: { time: 1 s } },
          { strip: { current: 0.3 mA/cm^2, time: 5 s } } ]
        """;

    /// <summary>Grains of different diffusivity, so that the surface is not uniform.</summary>
    private const string Grains = """
        domain: { kind: plane-strain, size: [120 nm, 60 nm], cells: [12, 12] }
        regions: [ { to: [60 nm, 60 nm], grain: 1, diffusivity: 1e-12 cm^2/s } ]
        coupling: none
        initial: { x: 0.05 }
        kinetics: { law: butler-volmer, exchange_current_density: 1 A/m^2, transfer_coefficient: 0.3 }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 3 s } } ]
        """;

    private const string Plate = """
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [14, 14] }
        interfaces: { se: { law: bonded, pressure: 9 MPa } }
        coupling: two-way
        initial: { x: 0.02 }
        kinetics: { law: butler-volmer, exchange_current_density: 20 A/m^2 }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 1 s } } ]
        """;

    [Fact]
    public void A_uniform_film_has_the_overpotential_of_the_inverse_law()
    {
        using var run = CaseRun.OfText(Slab);
        var (electrode, surface, current) = (run.Column("electrode_potential"), run.Column("potential_se"),
            run.Column("current"));
        for (var step = 1; step < electrode.Length; step++)
            Assert.Equal(-2 * Thermal * Math.Asinh(current[step] / 2), electrode[step] - surface[step], 1e-11);
        Assert.Contains(10, current);
        Assert.Contains(current, i => Math.Abs(i + 3) < 1e-12);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.8)]
    public void Plating_and_stripping_differ_by_the_transfer_coefficient(double transfer)
    {
        using var run = CaseRun.OfText(Slab, FormattableString.Invariant($"kinetics.transfer_coefficient={transfer}"),
            "kinetics.exchange_current_density=0.01 A/m^2");
        var (electrode, surface, current) = (run.Column("electrode_potential"), run.Column("potential_se"),
            run.Column("current"));
        for (var step = 1; step < electrode.Length; step++)
        {
            var y = (electrode[step] - surface[step]) / Thermal;
            Assert.Equal(current[step], 0.01 * (Math.Exp(-(1 - transfer) * y) - Math.Exp(transfer * y)), 1e-8);
        }
    }

    [Fact]
    public void Each_face_carries_the_current_of_its_own_overpotential_and_all_together_the_given_one()
    {
        using var run = CaseRun.OfText(Grains);
        var electrode = run.Last("electrode_potential");
        var (current, potential) = (Currents(run), SurfacePotentials(run, "potential_chem"));
        for (var face = 0; face < current.Length; face++)
        {
            var y = (electrode - potential[face]) / Thermal;
            Assert.Equal(Math.Exp(-0.7 * y) - Math.Exp(0.3 * y), current[face], 1e-7);
        }
        Assert.True(current.Max() > 1.2 * current.Min());
        Assert.Equal(10, current.Average(), 1e-13);
    }

    [Fact]
    public void Fast_kinetics_make_the_surface_equipotential()
    {
        double Spread(string law)
        {
            using var run = CaseRun.OfText(Grains, law);
            var potential = SurfacePotentials(run, "potential_chem");
            return potential.Max() - potential.Min();
        }
        Assert.InRange(Spread("kinetics={ law: potential }"), 0, 1e-7);
        Assert.InRange(Spread("kinetics={ law: butler-volmer, exchange_current_density: 1e5 A/m^2 }"), 1e-7, 1e-4);
        Assert.True(Spread("kinetics={ law: uniform }") > 0.01);
    }

    [Fact]
    public void Current_flows_where_stress_is_low()
    {
        using var run = CaseRun.OfText(Plate);
        var (current, potential) = (Currents(run), SurfacePotentials(run, "potential_mech"));
        var (centre, edge) = (current[0], current[^1]);
        Assert.True(edge > 1.2 * centre, $"{centre} A/m² at the centre, {edge} at the edge");
        Assert.True(potential[^1] > potential[0] + 0.005);
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
        // The total is the sum over rings of area r.
        Assert.Equal(10, current.Select((i, k) => i * (k + 0.5)).Sum() / (current.Length * current.Length / 2.0),
            1e-12);
    }

    [Fact]
    public void Cycles_keep_the_balance()
    {
        using var run = CaseRun.OfText(
            Slab, "protocol=[ { repeat: { times: 5, steps: [ { plate: { current: 1 mA/cm^2, potential: 0.15 V, time: "
            + "30 s } }, { strip: { current: 1 mA/cm^2, potential: 0.5 V } } ] } } ]");
        Assert.Equal(5, run.Column("cycle").Max());
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
        Assert.Equal(0.5, run.Last("electrode_potential"), 1e-8);
    }

    [Fact]
    public void Steps_are_of_second_order()
    {
        double[] Run(double step)
        {
            using var run = CaseRun.OfText(Slab, "domain.cells=[10]",
                FormattableString.Invariant($"solver.time_step={step}s"));
            return [.. run.Cells("x"), run.Last("electrode_potential")];
        }
        double Distance(double[] a, double[] b) => a.Zip(b, (p, q) => Math.Abs(p - q)).Max();
        var (coarse, middle, fine) = (Run(0.05), Run(0.025), Run(0.0125));
        Assert.InRange(Math.Log2(Distance(coarse, middle) / Distance(middle, fine)), 1.8, 2.3);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var document = CaseText.Parse(Plate, "protocol.0.plate.time=0.1s", "on_saturation=plate");
        using var one = CaseRun.Run(document);
        using var three = CaseRun.Run(document, 3);
        Assert.Equal(one.Cells("x"), three.Cells("x"));
        Assert.Equal(one.Column("electrode_potential"), three.Column("electrode_potential"));
    }

    /// <summary>Current density at the faces of the SE side [A/m²].</summary>
    private static double[] Currents(CaseRun run)
    {
        var (simulation, uptake) =
            (run.Simulation, run.Simulation.Device.Download(run.Simulation.Diffusion.State.Uptake));
        return [.. Enumerable.Range(0, simulation.Grid.X)
            .Select(x => PerMetrePerSecond * uptake[simulation.Grid.Layout.Index(x, 0, -1)])];
    }

    /// <summary>A part of the potential at the faces of the SE side [V].</summary>
    private static double[] SurfacePotentials(CaseRun run, string field)
    {
        var shape = run.Simulation.Shape;
        var (h, top) = (shape.Spacing.X * 1e9, shape.Cells.Z * shape.Spacing.Z * 1e9);
        return [.. run.At(field, [.. Enumerable.Range(0, shape.Cells.X).Select(x => new[] { (x + 0.5) * h, top })])
            .Select(v => v[0])];
    }
}
