using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Surface;

/// <summary>An electrode held at a potential.</summary>
public class HeldPotentialTests
{
    private const double Height = 140e-9, Diffusivity = 1e-15;

    private const string Slab = """
        domain: { kind: slab, height: 140 nm, cells: [40] }
        coupling: none
        initial: { x: 0.05 }
        kinetics: { law: potential }
        protocol: [ { hold: { potential: 250 mV, time: 8 s } } ]
        """;

    [Fact]
    public void Fast_kinetics_fill_the_film_as_the_series_for_a_fixed_surface_says()
    {
        double Error(int cells)
        {
            using var run = CaseRun.OfText(Slab, $"domain.cells=[{cells}]", "solver.time_tolerance=1e-8");
            var surface = run.Column("x_se").Skip(1).ToArray();
            Assert.All(surface, x => Assert.Equal(surface[^1], x, 1e-7));
            return run.Last("x_mean") - (surface[^1] + (0.05 - surface[^1]) * Remaining(8));
        }
        var (coarse, fine) = (Error(10), Error(20));
        Assert.InRange(Math.Abs(fine), 0, 3e-6);
        // Between second and third order: the means of cells gain one.
        Assert.InRange(coarse / fine, 4, 9);
    }

    [Fact]
    public void Charge_is_the_integral_of_the_current_and_ends_up_in_the_film()
    {
        using var run = CaseRun.OfText(Slab, "kinetics={ law: butler-volmer, exchange_current_density: 1 A/m^2 }");
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-13);
        var (time, current) = (run.Column("time"), run.Column("current"));
        var trapezoids = Enumerable.Range(2, time.Length - 2)
            .Sum(k => (time[k] - time[k - 1]) * (current[k] + current[k - 1]) / 2) + time[1] * current[1];
        Assert.Equal(trapezoids, run.Last("charge"), 1e-3 * trapezoids);
        Assert.All(run.Column("electrode_potential").Skip(1), potential => Assert.Equal(0.25, potential));
    }

    [Theory]
    [InlineData("capacity: 0.005 mAh/cm^2", "charge", 180)]
    [InlineData("current: 0.2 mA/cm^2", "current", 2)]
    [InlineData("time: 3 s, current: 0.2 mA/cm^2", "time", 3)]
    public void A_step_ends_where_it_is_told_to(string condition, string column, double value)
    {
        using var run = CaseRun.OfText(Slab, "kinetics={ law: butler-volmer }",
            $"protocol=[ {{ hold: {{ potential: 250 mV, {condition} }} }} ]");
        Assert.Equal(value, run.Last(column), 1e-8 * value);
        Assert.Empty(run.Simulation.Notices);
    }

    [Fact]
    public void A_film_at_the_held_potential_stays_as_it_is()
    {
        using var rest = CaseRun.OfText(Slab, "protocol=[ { rest: { time: 1 s } } ]");
        var equilibrium = rest.Last("electrode_potential");
        Assert.Equal(rest.Last("potential_se"), equilibrium, 1e-8);
        using var held = CaseRun.OfText(
            Slab, FormattableString.Invariant(
            $"protocol=[ {{ hold: {{ potential: {equilibrium:r} V, time: 1 s, current: 0.1 mA/cm^2 }} }} ]"));
        Assert.All(held.Cells("x"), x => Assert.Equal(0.05, x, 1e-9));
        Assert.Contains("the current is below the cut-off at t = 0 s, where the step ends at once",
            Assert.Single(held.Simulation.Notices));
    }

    [Fact]
    public void Saturation_ends_the_step_and_says_so()
    {
        using var run = CaseRun.OfText(Slab, "kinetics={ law: butler-volmer, exchange_current_density: 0.2 A/m^2 }",
            "protocol.0.hold.potential=20 mV", "protocol.0.hold.time=10 h");
        Assert.Contains("the SE surface is saturated", Assert.Single(run.Simulation.Notices));
        Assert.InRange(run.Column("x_se").Max(), 0, 69600.0 / 71508 * (1 + 1e-9));
    }

    /// <summary>
    /// What is left of a uniform difference in a slab 0 &lt; z &lt; H whose one face is kept at its end value (Carslaw
    /// and Jaeger, Conduction of Heat in Solids, section 3.4).
    /// </summary>
    private static double Remaining(double time) => Enumerable.Range(0, 400).Sum(n =>
        8 / (Math.PI * Math.PI * (2 * n + 1) * (2 * n + 1)) * Math.Exp(
            -Diffusivity * Math.PI * Math.PI * (2 * n + 1) * (2 * n + 1) * time / (4 * Height * Height)));

    [Theory]
    [InlineData("law: potential")]
    [InlineData("law: butler-volmer, exchange_current_density: 1e4 A/m^2")]
    public void A_potential_far_above_that_of_the_alloy_draws_what_diffusion_brings_or_ends_with_an_empty_surface(
        string kinetics)
    {
        using var run = CaseRun.OfText($$"""
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [5, 7] }
            initial: { x: 0.03 }
            interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.43 GPa, pressure: 9 MPa } }
            coupling: two-way
            kinetics: { {{kinetics}} }
            protocol: [ { hold: { potential: 1.2 V, time: 2 s } } ]
            """);
        Assert.All(run.Simulation.Notices, notice => Assert.Contains("the SE surface is empty at a point", notice));
        Assert.True(run.Simulation.Notices.Count == 1 || run.Simulation.Time == 2);
        Assert.All(run.Column("x_mean"), x => Assert.InRange(x, 0, 0.03 + 1e-12));
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
    }
}
