using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>When the state of a simulation is to be written.</summary>
public sealed partial class Simulation
{
    /// <summary>Instants that differ by this share of themselves are the same.</summary>
    private const double SameInstant = 1e-12;

    /// <summary>The next instant at which the state is to be written whatever happens [s].</summary>
    private double NextOutput()
    {
        var next = nextOutput;
        for (var i = 0; i < @case.Output.At.Count; i++)
            next = IsNow(@case.Output.At[i]) ? next : Math.Min(next, @case.Output.At[i]);
        return next;
    }

    /// <summary>Whether an instant has come, but for rounding.</summary>
    private bool IsNow(double instant) => Time >= instant * (1 - SameInstant);

    /// <summary>Whether the end of the protocol step that runs is one at which the state is written.</summary>
    private bool IsOutputEvent() => @case.Output.AtEndOf switch
    {
        OutputEvent.Step => true,
        OutputEvent.Cycle => Cycle == 0 || stagesDone + 1 == protocol.Count || protocol[stagesDone + 1].Cycle != Cycle,
        _ => false,
    };
}
