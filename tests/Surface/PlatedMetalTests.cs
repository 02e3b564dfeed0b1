using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Lithium;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Surface;

/// <summary>Lithium metal on a full surface.</summary>
public class PlatedMetalTests
{
    private const double Full = 69600.0 / 71508, Faraday = PhysicalConstants.Faraday, MolarVolume = 1.30e-5;

    private const string Slab = """
        domain: { kind: slab, height: 1 um, cells: [50] }
        material: { diffusivity: 1e-10 cm^2/s }
        coupling: none
        on_saturation: plate
        protocol: [ { plate: { current: 5 mA/cm^2, time: 130 s } } ]
        """;

    private const string Inert = """
        domain: { kind: slab, height: 260 nm, cells: [4] }
        material: { diffusivity: 0 m^2/s }
        coupling: none
        on_saturation: plate
        protocol: [ { plate: { current: 1 mA/cm^2, capacity: 1 mAh/cm^2 } } ]
        """;

    [Theory]
    [InlineData(1, 4.85e-6)]
    [InlineData(3, 14.55e-6)]
    [InlineData(5, 24.25e-6)]
    public void All_charge_of_an_inert_film_becomes_metal(double capacity, double thickness)
    {
        using var run = CaseRun.OfText(
            Inert, FormattableString.Invariant($"protocol.0.plate.capacity={capacity} mAh/cm^2"));
        Assert.Equal(capacity * 36000 / Faraday * MolarVolume, run.Last("metal_thickness"), 1e-12 * thickness);
        Assert.Equal(thickness, run.Last("metal_thickness"), 2e-4 * thickness);
        Assert.Equal(0, run.Last("electrode_potential"));
    }

    [Fact]
    public void An_inert_film_gives_back_its_metal_and_no_more()
    {
        using var run = CaseRun.OfText(
            Inert, "protocol=[ { plate: { current: 1 mA/cm^2, time: 60 s } }, { strip: { current: 2 mA/cm^2, time: 60 "
            + "s } } ]");
        Assert.Equal(90, run.Last("time"), 1e-7);
        Assert.Equal(0, run.Last("metal_thickness"), 1e-15);
        Assert.Contains("there is no metal left to strip", Assert.Single(run.Simulation.Notices));
    }

    [Fact]
    public void The_reaction_on_metal_has_the_overpotential_of_its_current()
    {
        using var run = CaseRun.OfText(Inert, "kinetics={ law: butler-volmer, exchange_current_density: 2 A/m^2 }");
        Assert.Equal(-2 * PhysicalConstants.Gas * 298.15 / Faraday * Math.Asinh(10 / 4.0),
            run.Last("electrode_potential"), 1e-13);
    }

    [Fact]
    public void The_alloy_takes_up_what_the_series_for_a_full_surface_says_and_the_rest_is_metal()
    {
        const double height = 1e-6, diffusivity = 1e-14, current = 50, end = 130;
        var filling = CarslawJaeger.Of(height, diffusivity, current);
        var onset = filling.TimeToReach(Full);
        // From then on the face is full: cosines of odd quarter waves, their amplitudes from the profile at that time
        // by Simpson's rule.
        const int points = 4000;
        double Missing(double z) => Full - filling.At(z, onset);
        double Amplitude(double k) => 2.0 / points / 3 * Enumerable.Range(0, points + 1)
            .Sum(j => (j is 0 or points ? 1 : j % 2 == 1 ? 4 : 2) * Missing(j * height / points) * Math.Cos(
            k * j / points));
        var mean = Full - Enumerable.Range(0, 60).Sum(n =>
        {
            var k = (n + 0.5) * Math.PI;
            return Amplitude(k) * Math.Exp(-diffusivity * k * k / (height * height) * (end - onset)) * Math.Sin(k) / k;
        });
        var metal = (current * end / Faraday - mean * 71508 * height) * MolarVolume;

        double Error(int cells)
        {
            using var run = CaseRun.OfText(Slab, $"domain.cells=[{cells}]", "solver.time_tolerance=1e-7");
            Assert.Equal(0, run.Last("electrode_potential"));
            Assert.InRange(run.Column("x_se").Max(), 0, Full * (1 + 1e-10));
            return run.Last("metal_thickness") / metal - 1;
        }
        var (coarse, fine) = (Error(25), Error(50));
        Assert.InRange(Math.Abs(fine), 0, 3e-4);
        Assert.InRange(coarse / fine, 3, 5);
    }

    [Fact]
    public void Metal_is_stripped_before_the_alloy()
    {
        using var run = CaseRun.OfText(
            Slab, "protocol=[ { plate: { current: 5 mA/cm^2, time: 130 s } }, { strip: { current: 5 mA/cm^2, "
            + "potential: 0.4 V } } ]");
        var (metal, mean, potential, step) = (run.Column("metal_thickness"), run.Column("x_mean"),
            run.Column("electrode_potential"), run.Column("protocol_step"));
        Assert.True(metal.Max() > 1e-8);
        for (var k = 1; k < metal.Length; k++)
        {
            Assert.True(metal[k] == 0 || potential[k] == 0);
            Assert.True(metal[k] == 0 || mean[k] > mean[k - 1]);
        }
        Assert.Contains(metal.Zip(step), row => row is { First: > 0, Second: 2 });
        Assert.Equal(0, metal[^1]);
        Assert.Equal(0.4, potential[^1], 1e-8);
    }

    [Fact]
    public void A_step_may_end_where_metal_begins()
    {
        using var run = CaseRun.OfText(Slab, "protocol=[ { plate: { current: 5 mA/cm^2, until: saturation } } ]",
            "solver.time_tolerance=1e-8");
        using var stop = CaseRun.OfText(Slab, "protocol=[ { plate: { current: 5 mA/cm^2, until: saturation } } ]",
            "on_saturation=stop", "solver.time_tolerance=1e-8");
        Assert.Equal(stop.Last("time"), run.Last("time"), 1e-7 * stop.Last("time"));
        Assert.Equal(0, run.Last("metal_thickness"), 1e-15);
    }

    [Theory]
    [InlineData("uniform")]
    [InlineData("butler-volmer")]
    [InlineData("potential")]
    public void Cycles_with_metal_keep_the_balance(string law)
    {
        using var run = CaseRun.OfText(
            Slab, "initial.x=0.1", $"kinetics.law={law}",
            "protocol=[ { repeat: { times: 3, steps: [ { plate: { current: 5 mA/cm^2, time: 130 s } }, { rest: { "
                + "time: 1 s } }, { strip: { current: 5 mA/cm^2, potential: 0.5 V } } ] } } ]");
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
        Assert.True(run.Column("metal_thickness").Max() > 1e-8);
        Assert.Equal(0, run.Last("metal_thickness"));
        Assert.All(run.Snapshots, s => Assert.InRange(CaseRun.Cells(s, "x").Max(), 0, Full * (1 + 1e-9)));
        Assert.All(run.Snapshots, s => Assert.True(CaseRun.Cells(s, "x").Min() >= 0));
        Assert.Empty(run.Simulation.Notices);
    }

    [Theory]
    [InlineData("butler-volmer")]
    [InlineData("potential")]
    public void A_film_free_of_stress_fills_under_metal_and_is_stripped_again_where_stress_acts_back(string law)
    {
        using var run = CaseRun.OfText("""
            domain: { kind: axisymmetric, radius: 50 nm, height: 50 nm, cells: [5, 10] }
            initial: { x: 0.01 }
            interfaces: { se: { law: slide }, collector: { law: slide } }
            coupling: two-way
            on_saturation: plate
            protocol: [ { plate: { current: 1 mA/cm^2, time: 40 s } }, { strip: { current: 1 mA/cm^2,
              potential: 0.6 V } } ]
            """, $"kinetics.law={law}");
        Assert.Empty(run.Simulation.Notices);
        Assert.True(run.Column("metal_thickness").Max() > 1e-9);
        Assert.Equal(0, run.Last("metal_thickness"));
        Assert.InRange(run.Cells("x").Max(), 0, 0.1);
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
    }

    [Fact]
    public void A_film_that_fills_inside_first_ends_the_step_and_says_where()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [10, 14] }
            interfaces: { se: { law: bonded, pressure: 9 MPa } }
            coupling: two-way
            on_saturation: plate
            initial: { x: 0.4 }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 100 s } } ]
            """);
        Assert.Contains("the film is saturated inside, at r = 95 nm, z = 5 nm, at t = ",
            Assert.Single(run.Simulation.Notices));
        Assert.Equal(Full, run.Cells("x").Max(), 1e-7);
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
    }

#if ILGPU
    [Fact]
    public void Another_device_gives_the_same()
    {
        var document = CaseText.Parse(Slab, "domain.cells=[6]", "solver.time_step=5s", "initial.x=0.5",
            "kinetics.law=butler-volmer");
        using var device = DeviceFactory.Open("ilgpu-cpu", 1);
        var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
        var rows = new LastRow();
        simulation.Run(rows);
        using var host = CaseRun.Run(document);
        Assert.True(host.Last("metal_thickness") > 1e-8);
        foreach (var name in new[] { "metal_thickness", "electrode_potential", "x_mean" })
        {
            var value = rows.Row[simulation.History.Columns.TakeWhile(c => c.Name != name).Count()]!.Value;
            Assert.Equal(host.Last(name), value, 1e-9 * Math.Abs(value));
        }
    }

    private sealed class LastRow : ISimulationObserver
    {
        public double?[] Row { get; private set; } = [];

        public void Stepped(Simulation simulation, ReadOnlySpan<double?> row) => Row = row.ToArray();

        public void Reached(Simulation simulation)
        {
        }
    }
#endif
}
