using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Convergence;

/// <summary>
/// How the fields of two snapshots differ: those of the finer grid are restricted to the coarser one, and the
/// difference is taken in the L² norm over the body (over its nodes for a field at nodes). What is void on either grid
/// is left out.
/// </summary>
internal static class FieldChange
{
    /// <summary>
    /// The norm of the change of a field at cells: a coarse cell is compared with the mean of the fine ones in it.
    /// </summary>
    /// <param name="fineGrid">A whole number of cells for each of <paramref name="grid"/>, along each axis.</param>
    public static double OfCells(GridShape grid, SnapshotField coarse, GridShape fineGrid, SnapshotField fine,
        Outside outside)
    {
        var fineVoids = outside.Fine is { } cells ? Means(fineGrid, Mask(cells), grid) : null;
        return Norm((double[])coarse.Data, Means(fineGrid, fine, grid), coarse.Components, cell =>
            outside.Coarse?[cell] == true || fineVoids?[cell] > 0 ? 0 : Weight(grid, cell % grid.Cells.X));
    }

    /// <summary>The norm of the change of a field at nodes, which the grids have in common.</summary>
    public static double OfNodes(GridShape grid, SnapshotField coarse, GridShape fineGrid, SnapshotField fine,
        Outside outside)
    {
        var coarseVoids = outside.Coarse is { } cells ? Voids.Nodes(grid, cells) : null;
        var fineVoids = outside.Fine is { } fineCells ? Common(fineGrid, Mask(Voids.Nodes(fineGrid, fineCells)), grid)
            : null;
        return Norm((double[])coarse.Data, Common(fineGrid, fine, grid), coarse.Components, node =>
            coarseVoids?[node] == true || fineVoids?[node] > 0 ? 0 : 1);
    }

    /// <summary>The norm of a field at cells.</summary>
    public static double OfCells(GridShape grid, SnapshotField field, bool[]? isVoid) =>
        Norm((double[])field.Data, new double[field.Data.Length], field.Components, cell => isVoid?[cell] == true ? 0
            : Weight(grid, cell % grid.Cells.X));

    /// <summary>The norm of a field at nodes.</summary>
    public static double OfNodes(GridShape grid, SnapshotField field, bool[]? isVoid)
    {
        var nodes = isVoid is null ? null : Voids.Nodes(grid, isVoid);
        return Norm((double[])field.Data, new double[field.Data.Length], field.Components, node =>
            nodes?[node] == true ? 0 : 1);
    }

    private static SnapshotField Mask(bool[] isVoid) =>
        new("void", "1", "1 in voids", 1, Array.ConvertAll(isVoid, v => v ? 1.0 : 0));

    /// <summary>Void cells of two grids; null where there are none.</summary>
    public readonly record struct Outside(bool[]? Coarse, bool[]? Fine);

    private static double Norm(double[] a, double[] b, int components, Func<int, double> weight)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var point = 0; point < a.Length / components; point++)
        {
            var own = weight(point);
            weights += own;
            for (var i = point * components; i < (point + 1) * components; i++)
                sum += own * (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.Sqrt(sum / weights);
    }

    private static double[] Means(GridShape fine, SnapshotField field, GridShape coarse)
    {
        var ratio = (X: fine.Cells.X / coarse.Cells.X, Y: fine.Cells.Y / coarse.Cells.Y,
            Z: fine.Cells.Z / coarse.Cells.Z);
        var (data, components) = ((double[])field.Data, field.Components);
        var (sums, weights) = (new double[coarse.CellCount * components], new double[coarse.CellCount]);
        var i = 0;
        for (var z = 0; z < fine.Cells.Z; z++)
        {
            for (var y = 0; y < fine.Cells.Y; y++)
            {
                for (var x = 0; x < fine.Cells.X; x++)
                {
                    var parent = x / ratio.X + coarse.Cells.X * (y / ratio.Y + coarse.Cells.Y * (z / ratio.Z));
                    var weight = Weight(fine, x);
                    weights[parent] += weight;
                    for (var c = 0; c < components; c++)
                        sums[parent * components + c] += weight * data[i++];
                }
            }
        }
        for (var k = 0; k < sums.Length; k++)
            sums[k] /= weights[k / components];
        return sums;
    }

    private static double[] Common(GridShape fine, SnapshotField field, GridShape coarse)
    {
        var ratio = (X: fine.Cells.X / coarse.Cells.X, Y: fine.Cells.Y / coarse.Cells.Y,
            Z: fine.Cells.Z / coarse.Cells.Z);
        var (data, components) = ((double[])field.Data, field.Components);
        var values = new double[coarse.NodeCount * components];
        var i = 0;
        for (var z = 0; z < coarse.Nodes.Z; z++)
        {
            for (var y = 0; y < coarse.Nodes.Y; y++)
            {
                for (var x = 0; x < coarse.Nodes.X; x++)
                {
                    var node = x * ratio.X + fine.Nodes.X * (y * ratio.Y + fine.Nodes.Y * (z * ratio.Z));
                    for (var c = 0; c < components; c++)
                        values[i++] = data[node * components + c];
                }
            }
        }
        return values;
    }

    /// <summary>Volume of a cell, up to a factor that is the same for all: its radius in r-z.</summary>
    private static double Weight(GridShape grid, int x) => grid.Kind == DomainKind.Axisymmetric ? x + 0.5 : 1;
}
