using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

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
        var drive = step.Plate ?? step.Strip!;
        Current = step.Plate is not null ? drive.Current : -drive.Current;
        Potential = drive.Potential;
        Until = drive.Until;
        End = start + Math.Min(drive.Time ?? double.PositiveInfinity, drive.Capacity / drive.Current ?? double.PositiveInfinity);
    }

    /// <summary>Time at which it begins [s].</summary>
    public double Start { get; }

    /// <summary>Number of the repetition, 0 outside of them.</summary>
    public int Cycle { get; }

    /// <summary>Current density into the film [A/m²].</summary>
    public double Current { get; }

    /// <summary>Time at which it ends at the latest [s].</summary>
    public double End { get; }

    /// <summary>Mean potential of the SE side that ends it [V].</summary>
    public double? Potential { get; }

    /// <summary>Event on the SE surface that the case asks for.</summary>
    public SurfaceEvent? Until { get; }

    /// <summary>
    /// How far the state is beyond the first event that ends the step, negative before it: saturation or emptiness of the SE surface, or the cut-off potential.
    /// </summary>
    /// <param name="largest">Largest x on the SE side over that of saturation.</param>
    /// <param name="smallest">Smallest x there over that of saturation.</param>
    /// <param name="potential">Mean potential of the SE side [V]; evaluated only where it counts.</param>
    public double Excess(double largest, double smallest, Func<double> potential)
    {
        if (Current == 0)
            return -1;
        var surface = Current > 0 ? largest - 1 : -smallest;
        return Potential is { } cutOff ? Math.Max(surface, Math.Sign(Current) * (cutOff - potential())) : surface;
    }

    /// <summary>Share done.</summary>
    public double Done(double time) => double.IsFinite(End) ? Math.Min(1, (time - Start) / (End - Start)) : 0;
}
