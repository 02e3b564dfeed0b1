using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The step from a grid to the next coarser one. Axes with cells much wider than the narrowest ones wait until the
/// others have caught up (semi-coarsening), since a point smoother only smooths along strong couplings. Nothing here
/// tells one end of an axis from the other: a grid that is turned by a quarter or mirrored has coarse grids and weights
/// that are turned or mirrored, to the bit.
/// </summary>
public sealed class LevelTransfer<T> where T : unmanaged
{
    private const double MuchWider = 1.6;

    private LevelTransfer(GridLevel fine, GridLevel coarse, AxisGroups[] axes)
    {
        Coarse = coarse;
        var transfers = axes.Select(axis => axis.Nodes<T>(fine)).ToArray();
        Transfer = new(transfers[0], transfers[1], transfers[2]);
        var children = axes.Select(axis => axis.Children<T>(fine)).ToArray();
        Children = new(children[0], children[1], children[2]);
    }

    /// <summary>The coarser grid.</summary>
    public GridLevel Coarse { get; }

    /// <summary>Nodes of the two grids.</summary>
    public Transfer<T> Transfer { get; }

    /// <summary>Cells of the two grids.</summary>
    public Children<T> Children { get; }

    /// <summary>The transfer to the next coarser grid; null when no axis can be coarsened.</summary>
    public static LevelTransfer<T>? From(IDevice device, GridLevel fine, HeldFaces held)
    {
        var narrowest = Enumerable.Range(0, 3).Where(axis => CanCoarsen(fine, axis, held))
            .Select(axis => Typical(fine, axis)).DefaultIfEmpty(double.NaN).Min();
        if (double.IsNaN(narrowest))
            return null;
        var axes = Enumerable.Range(0, 3)
            .Select(axis => new AxisGroups(fine.Widths[axis], fine.Periodic[axis], CanCoarsen(fine, axis, held)
            && Typical(fine, axis) < MuchWider * narrowest)).ToArray();
        var coarse = new GridLevel(device, fine.Kind, axes[0].Widths, axes[1].Widths, axes[2].Widths, fine.Periodic[0],
            fine.Periodic[1]);
        return new LevelTransfer<T>(fine, coarse, axes);
    }

    /// <summary>
    /// Two or three cells become one, unless both ends hold the same component and something is to be left between
    /// them.
    /// </summary>
    private static bool CanCoarsen(GridLevel grid, int axis, HeldFaces held) =>
        (axis != 1 || grid.HasY)
            && grid.Widths[axis].Length >= (Enumerable.Range(0, grid.Components)
            .Any(component => held[axis, false, component] && held[axis, true, component]) ? 4 : 2);

    /// <summary>Width of the cells at the ends, which are alike unless the grid was given otherwise.</summary>
    private static double Typical(GridLevel grid, int axis) => grid.Widths[axis][0];
}
