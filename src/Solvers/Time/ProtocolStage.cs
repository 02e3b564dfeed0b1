using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>What ends a step of the protocol before its time.</summary>
public enum StageEvent { None, SurfaceSaturated, SurfaceEmpty, FilmSaturated, MetalGone, Potential, Capacity, Current }

/// <summary>A step of the protocol from a given time on.</summary>
internal sealed class ProtocolStage
{
    /// <param name="cycle">0 outside of repetitions, else from 1.</param>
    /// <param name="start">Time at which it begins [s].</param>
    public ProtocolStage(PlainStep step, int cycle, double start)
    {
        (Start, Cycle) = (start, cycle);
        if (step.Rest is { } rest)
        {
            End = start + rest.Time;
            return;
        }
        if (step.Hold is { } hold)
        {
            (HeldPotential, Capacity, LeastCurrent) = (hold.Potential, hold.Capacity, hold.Current);
            End = start + (hold.Time ?? double.PositiveInfinity);
            return;
        }
        var drive = step.Plate ?? step.Strip!;
        Current = step.Plate is not null ? drive.Current : -drive.Current;
        Potential = drive.Potential;
        Until = drive.Until;
        var byCharge = drive.Capacity / drive.Current ?? double.PositiveInfinity;
        End = start + Math.Min(drive.Time ?? double.PositiveInfinity, byCharge);
    }

    /// <summary>Time at which it begins [s].</summary>
    public double Start { get; }

    /// <summary>Number of the repetition, 0 outside of them.</summary>
    public int Cycle { get; }

    /// <summary>Given current density into the film [A/m²].</summary>
    public double Current { get; }

    /// <summary>Given electrode potential [V].</summary>
    public double? HeldPotential { get; }

    /// <summary>Time at which it ends at the latest [s].</summary>
    public double End { get; }

    /// <summary>Electrode potential that ends it [V].</summary>
    public double? Potential { get; }

    /// <summary>Charge per area, in either direction, that ends a step at given potential [C/m²].</summary>
    public double? Capacity { get; }

    /// <summary>Current density, in either direction, below which a step at given potential ends [A/m²].</summary>
    public double? LeastCurrent { get; }

    /// <summary>Event on the SE surface that the case asks for.</summary>
    public SurfaceEvent? Until { get; }

    /// <summary>Whether the case asks for an event to end the step.</summary>
    public bool AsksFor(StageEvent what) => what switch
    {
        StageEvent.SurfaceSaturated => Until == SurfaceEvent.Saturation,
        StageEvent.SurfaceEmpty => Until == SurfaceEvent.Empty,
        StageEvent.FilmSaturated or StageEvent.MetalGone => false,
        _ => true,
    };

    /// <summary>Share done.</summary>
    public double Done(double time) => double.IsFinite(End) ? Math.Min(1, (time - Start) / (End - Start)) : 0;
}
