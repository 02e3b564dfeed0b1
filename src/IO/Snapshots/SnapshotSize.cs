using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>How large the snapshots of a case will be, about: it depends on what compression saves.</summary>
public static class SnapshotSize
{
    /// <summary>What deflate leaves: half to nine tenths in what was measured, the smoother the less.</summary>
    private const double Least = 0.5, Usual = 0.75;

    /// <summary>Attributes with the case's text, and what a dataset takes beside its numbers [bytes].</summary>
    private const double File = 14e3, Dataset = 650;

    private static readonly string[] WithoutBoundary = ["flux", "grain", "phase", "displacement"];

    /// <summary>Bytes of a snapshot.</summary>
    /// <param name="case">The case: its grid, <c>output.fields</c>, precision and compression count.</param>
    /// <returns>What may be expected, and what it takes at the least.</returns>
    public static (double Expected, double AtLeast) Of(Case @case)
    {
        var grid = GridShape.WithLayers(@case);
        var names = SnapshotBuilder.FieldsOf(@case).Where(name => IsWritten(@case, name)).ToArray();
        var closed = Enumerable.Range(0, 3).Aggregate(1.0, (product, axis) => product * Closed(grid, axis));
        var number = @case.Output.Precision == OutputPrecision.Single ? sizeof(float) : sizeof(double);
        var fields = names.Sum(name => name switch
        {
            "grain" or "phase" => sizeof(int) * (double)grid.CellCount,
            "flux" => 3 * number * (double)grid.CellCount,
            "displacement" => 3 * number * (double)grid.NodeCount,
            "stress" or "strain" => 6 * number * closed,
            _ => number * closed,
        });
        var isPlain = @case.Output.Compression == 0;
        var (state, parts) = State(@case, grid, isPlain);
        var datasets = 2 * names.Length - names.Intersect(WithoutBoundary).Count() + parts;
        var numbers = fields + sizeof(double) * state;
        double Size(double share) => File + Dataset * datasets + (isPlain ? 1 : share) * numbers;
        return (Size(Usual), Size(Least));
    }

    /// <summary>Bytes of the snapshots that a folder holds.</summary>
    public static long InFolder(string folder) =>
        RunFolder.SnapshotsOrNone(folder).Sum(path => new FileInfo(path) is { Exists: true } file ? file.Length : 0);

    private static bool IsWritten(Case @case, string field) => @case.Output.Fields.Count == 0
        || @case.Output.Fields.Contains(field)
        || (field == "phase" && GrainMap.IsCut(@case));

    private static double Closed(GridShape grid, int axis)
    {
        var cells = axis switch { 0 => grid.Cells.X, 1 => grid.Cells.Y, _ => grid.Cells.Z };
        return grid.Has(axis) ? cells + 2 : 1;
    }

    /// <summary>
    /// Numbers of the state, which lie in the layout of the solver: x, its rate, its uptake and the displacement.
    /// </summary>
    /// <param name="isPadded">Whether the zeros at the ends of arrays count; deflate leaves nothing of them.</param>
    private static (double Numbers, int Parts) State(Case @case, GridShape grid, bool isPadded)
    {
        static double Points(GridShape shape) => (double)GridLevel.RowLength(shape.Cells.X)
            * (shape.Has(1) ? shape.Cells.Y + 3.0 : 1) * (shape.Cells.Z + 3.0);
        static double Padded(double numbers) => numbers > int.MaxValue / 2 ? numbers : FlatBox.RoundUp((int)numbers);
        var (film, hasStress) = (Points(grid.Film), @case.Coupling != Coupling.None);
        var moved = hasStress ? (grid.Has(1) ? 3 : 2) * Points(grid) : 0;
        var plane = film / (grid.Film.Cells.Z + 3);
        var numbers = isPadded ? 2 * Padded(film) + Padded(plane) + Padded(moved) : 2 * film + plane + moved;
        return (numbers, hasStress ? 4 : 3);
    }
}
