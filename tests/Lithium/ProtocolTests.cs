using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Lithium;

/// <summary>Protocol steps end exactly where they are told to.</summary>
public class ProtocolTests
{
    private const double Full = 69600.0 / 71508;

    [Fact]
    public void A_step_ends_at_its_time()
    {
        using var run = Run("plate: { current: 1 mA/cm^2, time: 3.7 s }");
        Assert.Equal(3.7, run.Last("time"));
        Assert.Equal(37, run.Last("charge"), 1e-12);
        Assert.Equal(3.7, run.Column("time_step").Skip(1).Sum(), 1e-12);
    }

    [Fact]
    public void A_step_ends_at_its_capacity()
    {
        // 0.001 mAh/cm² are 36 C/m².
        using var run = Run("plate: { current: 2 mA/cm^2, capacity: 0.001 mAh/cm^2, time: 1 h }");
        Assert.Equal(36, run.Last("charge"), 36 * 1e-12);
        Assert.Equal(1.8, run.Last("time"), 1e-12);
    }

    [Fact]
    public void The_first_condition_ends_a_step()
    {
        using var run = Run("plate: { current: 2 mA/cm^2, capacity: 0.001 mAh/cm^2, time: 1 s, until: saturation }");
        Assert.Equal(1, run.Last("time"));
    }

    [Fact]
    public void A_step_ends_when_its_surface_is_full()
    {
        using var run = Run("plate: { current: 10 mA/cm^2, until: saturation }");
        Assert.Equal(1, run.Last("x_se") / Full, 1e-9);
        Assert.Equal(1, run.Column("x_se").Max() / Full, 1e-9);
    }

    [Fact]
    public void A_step_ends_when_its_surface_is_empty()
    {
        using var run = Run("plate: { current: 1 mA/cm^2, time: 5 s } }, { strip: { current: 2 mA/cm^2, until: empty }");
        Assert.Equal(0, run.Last("x_se"), 1e-9);
        Assert.True(run.Last("x_collector") > 0.01);
        Assert.All(run.Column("x_se"), x => Assert.True(x >= -1e-9));
    }

    [Fact]
    public void Snapshots_are_taken_at_the_times_asked_for_and_at_the_ends_of_steps()
    {
        using var run = Run("plate: { current: 1 mA/cm^2, time: 1.25 s } }, { rest: { time: 0.5 s }",
            "output.every=0.5 s");
        double[] expected = [0, 0.5, 1, 1.25, 1.5, 1.75];
        Assert.Equal(expected.Length, run.Snapshots.Count);
        Assert.All(run.Snapshots.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Time, 1e-12));
    }

    [Fact]
    public void Without_a_time_asked_for_the_first_and_the_last_state_of_each_step_are_kept()
    {
        using var run = Run("plate: { current: 1 mA/cm^2, time: 1 s } }, { rest: { time: 1 s }");
        Assert.Equal([0.0, 1, 2], run.Snapshots.Select(s => s.Time));
    }

    [Fact]
    public void A_fixed_step_is_kept_up_to_the_end()
    {
        using var run = Run("plate: { current: 1 mA/cm^2, time: 1.05 s }", "solver.time_step=0.1 s");
        var steps = run.Column("time_step").Skip(1).ToArray();
        Assert.Equal(11, steps.Length);
        Assert.All(steps.SkipLast(1), step => Assert.Equal(0.1, step, 1e-12));
        Assert.Equal(0.05, steps[^1], 1e-12);
    }

    [Fact]
    public void An_adaptive_step_keeps_the_error_that_was_asked_for()
    {
        using var exact = Run("plate: { current: 1 mA/cm^2, time: 5 s }", "solver.time_tolerance=1e-9");
        foreach (var tolerance in new[] { 1e-3, 1e-5 })
        {
            using var run = Run("plate: { current: 1 mA/cm^2, time: 5 s }",
                FormattableString.Invariant($"solver.time_tolerance={tolerance}"));
            var error = run.Cells("x").Zip(exact.Cells("x"), (a, b) => Math.Abs(a - b)).Max() / exact.Cells("x").Max();
            // Local errors add up over the steps, and decay.
            Assert.InRange(error, 0, 10 * tolerance);
        }
    }

    [Fact]
    public void A_film_that_is_full_at_the_start_takes_up_nothing()
    {
        var material = new MaterialCase();
        var full = material.SaturationConcentration / material.MagnesiumConcentration;
        using var run = Run("plate: { current: 1 mA/cm^2, until: saturation }",
            FormattableString.Invariant($"initial.x={full:R}"));
        Assert.Equal(0, run.Last("time"));
        Assert.Equal(full, run.Last("x_mean"), 1e-14);
    }

    [Fact]
    public void An_empty_film_gives_nothing_back()
    {
        using var run = Run("strip: { current: 1 mA/cm^2, until: empty }");
        Assert.Equal(0, run.Last("time"));
        Assert.Equal(0, run.Last("charge"));
    }

    [Fact]
    public void A_current_that_the_surface_cannot_give_for_a_moment_ends_its_step_at_once()
    {
        // Cells of 35 nm: the new current's gradient alone takes the surface below zero.
        using var run = Run("plate: { current: 1 mA/cm^2, time: 0.2 s } }, { strip: { current: 5 mA/cm^2, time: 0.1 s "
            + "}", "domain.cells=[4]");
        Assert.Equal(0.2, run.Last("time"), 1e-9);
        Assert.Contains("empty at a point", Assert.Single(run.Simulation.Notices));
    }

    [Fact]
    public void Listed_times_are_met_exactly_beside_the_others()
    {
        using var run = Run("plate: { current: 1 mA/cm^2, time: 1 s }", "output.at=[0.3 s, 0.7 s, 5 s]",
            "output.every=0.5 s");
        Assert.Equal([0.0, 0.3, 0.5, 0.7, 1], run.Snapshots.Select(s => s.Time));
    }

    [Theory]
    [InlineData("step", new[] { 0.0, 0.1, 0.2, 0.3, 0.4 })]
    [InlineData("cycle", new[] { 0.0, 0.2, 0.4 })]
    [InlineData("run", new[] { 0.0, 0.4 })]
    public void Snapshots_follow_the_ends_of_steps_or_of_cycles_or_of_the_run(string end, double[] expected)
    {
        using var run = Run("repeat: { times: 2, steps: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } }, { rest: { "
            + "time: 0.1 s } } ] }", $"output.at_end_of={end}");
        Assert.Equal(expected.Length, run.Snapshots.Count);
        Assert.All(expected.Zip(run.Snapshots), pair => Assert.Equal(pair.First, pair.Second.Time, 1e-12));
    }

    [Fact]
    public void Snapshots_come_every_so_many_time_steps()
    {
        using var run = Run("plate: { current: 1 mA/cm^2, time: 1 s }", "output.every_steps=4",
            "solver.time_step=0.1 s");
        Assert.Equal([0L, 4, 8, 10], run.Snapshots.Select(s => s.Step));
    }

    private static CaseRun Run(string protocol, params string[] overrides) => CaseRun.OfText($$"""
        domain: { kind: slab, height: 140 nm, cells: [40] }
        material: { diffusivity: 1e-11 cm^2/s }
        coupling: none
        protocol: [ { {{protocol}} } ]
        """, overrides);
}
