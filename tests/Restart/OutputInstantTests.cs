using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// Regular instants of output are sums of the interval, which rounding tells from the ends of protocol steps.
/// </summary>
public class OutputInstantTests
{
    private const string Slab = """
        domain: { kind: slab, height: 140 nm, cells: [4] }
        coupling: none
        initial: { x: 0.1 }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.3 s } }, { rest: { time: 0.4 s } } ]
        output: { every: 0.1 s }
        """;

    /// <summary>0.1 + 0.1 + 0.1 is more than 0.3 by half a unit in the last place.</summary>
    [Fact]
    public void An_instant_that_is_the_end_of_a_step_but_for_rounding_is_met_once_and_without_a_sliver()
    {
        using var run = CaseRun.OfText(Slab);
        Assert.Equal(
            [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7],
            run.Snapshots.Select(snapshot => Math.Round(snapshot.Time, 12)));
        Assert.All(run.Column("time_step").Skip(1), step => Assert.InRange(step, 1e-6, 0.1));
        Assert.Contains(0.3, run.Column("time"));
    }
}
