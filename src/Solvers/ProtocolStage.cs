using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>A step of the protocol from a given time on.</summary>
internal sealed class ProtocolStage
{
    private readonly double start;

    public ProtocolStage(ProtocolStep step, double start)
    {
        this.start = start;
        if (step.Rest is { } rest)
        {
            End = start + rest.Time;
            return;
        }
        var drive = step.Plate ?? step.Strip!;
        Current = step.Plate is not null ? drive.Current : -drive.Current;
        Until = drive.Until;
        End = start + Math.Min(drive.Time ?? double.PositiveInfinity, drive.Capacity / drive.Current ?? double.PositiveInfinity);
    }

    /// <summary>Current density into the film [A/m²].</summary>
    public double Current { get; }

    /// <summary>Time at which it ends at the latest [s].</summary>
    public double End { get; }

    /// <summary>Event on the SE surface that ends it.</summary>
    public SurfaceEvent? Until { get; }

    /// <summary>Share done.</summary>
    public double Done(double time) => double.IsFinite(End) ? Math.Min(1, (time - start) / (End - start)) : 0;
}
