using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The step from a grid to the next coarser one. Axes with cells much wider than the narrowest ones wait until the others have caught up (semi-coarsening), since a point smoother only smooths along strong
/// couplings. A coarse axis keeps every second node and always the last one.
/// </summary>
public sealed class LevelTransfer<T> where T : unmanaged
{
    private const double MuchWider = 1.6;

    private LevelTransfer(IDevice device, GridLevel fine, GridLevel coarse, bool[] coarsened)
    {
        Coarse = coarse;
        var axes = Enumerable.Range(0, 3).Select(axis => AlongAxis(device, fine, coarse, axis, coarsened[axis])).ToArray();
        Transfer = new(axes[0], axes[1], axes[2]);
        var shares = Enumerable.Range(0, 3).Select(axis => SharesOfChildren(fine, coarse, axis, coarsened[axis])).ToArray();
        Shares = new(shares[0], shares[1], shares[2], coarse.X + 3, coarse.Y + 3, coarse.Z + 3);
    }

    /// <summary>The coarser grid.</summary>
    public GridLevel Coarse { get; }

    /// <summary>Nodes of the two grids.</summary>
    public Transfer<T> Transfer { get; }

    /// <summary>Cells of the two grids.</summary>
    public CellShares<T> Shares { get; }

    /// <summary>The transfer to the next coarser grid; null when no axis can be coarsened.</summary>
    public static LevelTransfer<T>? From(IDevice device, GridLevel fine)
    {
        var narrowest = Enumerable.Range(0, 3).Where(axis => CanCoarsen(fine, axis)).Select(axis => Typical(fine, axis)).DefaultIfEmpty(double.NaN).Min();
        if (double.IsNaN(narrowest))
            return null;
        var coarsened = Enumerable.Range(0, 3).Select(axis => CanCoarsen(fine, axis) && Typical(fine, axis) < MuchWider * narrowest).ToArray();
        var widths = Enumerable.Range(0, 3).Select(axis => coarsened[axis] ? Pairs(fine.Widths[axis]) : fine.Widths[axis]).ToArray();
        var coarse = new GridLevel(device, fine.Kind, widths[0], widths[1], widths[2], fine.Periodic[0], fine.Periodic[1]);
        return new LevelTransfer<T>(device, fine, coarse, coarsened);
    }

    private static bool CanCoarsen(GridLevel grid, int axis) => (axis != 1 || grid.HasY) && grid.Widths[axis].Length >= 2;

    private static double Typical(GridLevel grid, int axis) => grid.Widths[axis][0];

    private static double[] Pairs(double[] widths) => widths.Chunk(2).Select(pair => pair.Sum()).ToArray();

    private static int Kept(GridLevel fine, int axis, bool coarsened, int i) => coarsened ? Math.Min(2 * i, fine.Widths[axis].Length) : i;

    private static AxisTransfer<T> AlongAxis(IDevice device, GridLevel fine, GridLevel coarse, int axis, bool coarsened)
    {
        var (cells, coarseCells) = (fine.Widths[axis].Length, coarse.Widths[axis].Length);
        var child = new int[coarseCells + 3];
        for (var i = 0; i <= coarseCells; i++)
            child[i + 1] = Kept(fine, axis, coarsened, i);

        var parent = new int[cells + 3];
        var weight = Enumerable.Repeat(1.0, cells + 3).ToArray();
        for (var i = 0; i <= cells; i++)
            (parent[i + 1], weight[i + 1]) = Parent(fine, axis, coarsened, i);

        var length = coarseCells + 3;
        var shares = new double[3 * length];
        for (var i = 0; i <= coarseCells; i++)
        {
            shares[length + i + 1] = 1;
            foreach (var d in coarsened ? (int[])[-1, 1] : [])
                shares[(d + 1) * length + i + 1] = Share(child[i + 1] + d, i);
        }
        return new(device.Allocate<int>(parent), fine.Upload<T>(weight), device.Allocate<int>(child), fine.Upload<T>(shares), length, coarsened ? 1 : 0);

        double Share(int node, int coarseNode)
        {
            // Below the first node of a periodic axis lies the repetition of the last but one.
            if (node < 0)
                return fine.Periodic[axis] ? 1 - Parent(fine, axis, coarsened, cells - 1).Weight : 0;
            if (node > cells || Kept(fine, axis, coarsened, Parent(fine, axis, coarsened, node).Index) == node || node == cells)
                return 0;
            var (index, w) = Parent(fine, axis, coarsened, node);
            return index == coarseNode ? w : index + 1 == coarseNode ? 1 - w : 0;
        }
    }

    /// <summary>The coarse node at or below a fine one, and its weight.</summary>
    private static (int Index, double Weight) Parent(GridLevel fine, int axis, bool coarsened, int node)
    {
        var cells = fine.Widths[axis].Length;
        if (!coarsened)
            return (node, 1);
        if (node == cells)
            return ((cells + 1) / 2, 1);
        if (node % 2 == 0)
            return (node / 2, 1);
        var (below, above) = (fine.Widths[axis][node - 1], fine.Widths[axis][node]);
        return (node / 2, above / (below + above));
    }

    private static View<T> SharesOfChildren(GridLevel fine, GridLevel coarse, int axis, bool coarsened)
    {
        var length = coarse.Widths[axis].Length + 3;
        var shares = new double[2 * length];
        for (var i = 0; i < coarse.Widths[axis].Length; i++)
        {
            var first = coarsened ? 2 * i : i;
            shares[i + 1] = fine.Widths[axis][first] / coarse.Widths[axis][i];
            shares[length + i + 1] = coarsened && first + 1 < fine.Widths[axis].Length ? fine.Widths[axis][first + 1] / coarse.Widths[axis][i] : 0;
        }
        return coarse.Upload<T>(shares);
    }
}
