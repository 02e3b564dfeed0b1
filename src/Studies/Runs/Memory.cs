using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Studies.Runs;

/// <summary>Refuses cases that do not fit before anything is allocated.</summary>
internal static class Memory
{
    // Numbers per point of the grid with its ghosts, counted from what a simulation allocates (see the test of the same
    // name).
    private const double Diffusion = 52, Kinetics = 3, Mechanics2D = 29, Mechanics3D = 40, TwoWay = 35, Layers = 17;

    // What multigrid takes more in double precision.
    private const double Double2D = 8, Double3D = 10;

    // The same for grain boundaries, for crystals of unequal diffusivities, and for the iteration that those take.
    private const double Boundaries = 13, Tensors = 13, StageIteration = 17;

    // The same for a cut-off potential with a uniform current: the fields of states that are tried.
    private const double Ahead = 21;

    /// <summary>Bytes in which the operator in 3D keeps forces between its two kernels, a thread.</summary>
    private const double Scratch = 4 << 20;

    // The same for the fields and the state on their way into a snapshot: lithium, then stress and what follows from
    // it, and the displacement.
    private const double LithiumCopies = 12, StressCopies = 15;

    /// <param name="copies">Cases of this size that the device holds at a time.</param>
    /// <exception cref="InputException">The case does not fit into the device's memory.</exception>
    public static void Check(Case @case, IDevice device, int copies = 1)
    {
        var needed = WithSnapshot(@case, device, copies);
        if (copies * needed > device.MemoryBytes)
            throw new InputException(
                $"the case needs about {Gibibytes(needed)} for {GridShape.WithLayers(@case).CellCount:N0} "
                    + $"cells{(copies > 1 ? $", and {copies} run at a time" : "")}; "
                + $"{device.Name} has {Gibibytes(device.MemoryBytes)}; use fewer "
                    + $"cells{(copies > 1 ? " or fewer --jobs" : "")}");
    }

    /// <summary>What a case needs of a device and what that has, in words.</summary>
    public static string Describe(Case @case, IDevice device) =>
        $"about {Gibibytes(WithSnapshot(@case, device, 1))} of {Gibibytes(device.MemoryBytes)}";

    // A device of its own can do without copies of a snapshot's fields, if it is not to take what another run needs; on
    // the host they lie in the same memory.
    private static double WithSnapshot(Case @case, IDevice device, int copies) =>
        Needed(@case) + (device is HostDevice || copies > 1 ? Snapshot(@case) : 0);

    /// <summary>Bytes of all that a snapshot is made of, copied while it is written.</summary>
    public static double Snapshot(Case @case)
    {
        var grid = GridShape.WithLayers(@case);
        var (points, film) = (Points(grid), Points(grid.Film));
        var mechanics = @case.Coupling == Coupling.None ? 0
            : film * StressCopies + points * ((grid.Has(1) ? 3 : 2) + (grid.HasLayers ? StressCopies : 0));
        return (film * LithiumCopies + mechanics) * sizeof(double);
    }

    /// <summary>Bytes that a simulation takes on the device, about, without <see cref="Snapshot"/>.</summary>
    public static double Needed(Case @case)
    {
        var grid = GridShape.WithLayers(@case);
        var (points, film) = (Points(grid), Points(grid.Film));
        var mechanics = @case.Coupling == Coupling.None ? 0 : grid.Has(1) ? Mechanics3D : Mechanics2D;
        if (mechanics > 0 && @case.Solver.Precision == SolverPrecision.Double)
            mechanics += grid.Has(1) ? Double3D : Double2D;
        var twoWay = @case.Coupling == Coupling.TwoWay ? TwoWay : 0;
        var scratch = mechanics > 0 && grid.Has(1)
            ? Math.Min(Scratch * Environment.ProcessorCount, 24 * points * sizeof(double)) : 0;
        var kinetics = @case.Kinetics.Chosen.HasPotential || @case.OnSaturation == SaturationRule.Plate ? Kinetics : 0;
        var grains = @case.Microstructure;
        var boundaries = grains?.Boundaries is null ? 0 : Boundaries;
        var turned = !@case.Material.DiffusivityRatio.IsIsotropic || grains is { DiffusivityRatio.Count: > 0 }
            || @case.Regions.Any(region => region.DiffusivityRatio is not null);
        var tensors = turned ? Tensors : 0;
        var iteration = (turned || DiffusivityFollowsX(@case)) && @case.Coupling != Coupling.TwoWay
            ? StageIteration : 0;
        var ahead = LookAhead.IsNeeded(@case) ? Ahead : 0;
        return (film * (Diffusion + kinetics + twoWay + boundaries + tensors + iteration + ahead)
            + points * (mechanics + (grid.HasLayers ? Layers : 0))) * sizeof(double) + scratch;
    }

    /// <summary>Points of a grid with its ghosts and padding.</summary>
    private static double Points(GridShape shape) =>
        (double)GridLevel.RowLength(shape.Cells.X) * (shape.Has(1) ? shape.Cells.Y + 3.0 : 1) * (shape.Cells.Z + 3.0);

    private static bool DiffusivityFollowsX(Case @case) =>
        new[] { @case.Material.Diffusivity }.Concat(@case.Regions.Select(region => region.Diffusivity))
            .Concat(@case.Microstructure?.Diffusivity ?? []).Any(d => d is { Value: null });

    private static string Gibibytes(double bytes) => bytes < 1e8 ? $"{bytes / (1L << 20):0.0} MiB"
        : $"{bytes / (1L << 30):0.0} GiB";
}
