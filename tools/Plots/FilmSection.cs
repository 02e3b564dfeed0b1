using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>A scalar field of a snapshot in the film, read for drawing; layers are left out.</summary>
public sealed class FilmSection
{
    private readonly GridShape grid;
    private readonly ClosedGrid closed;
    private readonly double[] cells;
    private readonly double[]? boundary;

    private FilmSection(GridShape stack, double[] cells, double[]? boundary)
    {
        (grid, this.boundary) = (stack.Film, boundary);
        closed = new ClosedGrid(grid);
        var first = stack.Layers.Below * grid.Cells.X * grid.Cells.Y;
        this.cells = stack.HasLayers ? cells[first..(first + (int)grid.CellCount)] : cells;
    }

    /// <summary>Reads a field.</summary>
    /// <exception cref="InputException">The snapshot has no such scalar field.</exception>
    public static FilmSection Read(SnapshotFile file, string field)
    {
        var scalars = file.Cells.Where(f => f is { Components: 1, IsInteger: false }).ToList();
        var found = scalars.FirstOrDefault(f => f.Name == field)
            ?? throw new InputException($"'{file.Path}' has no scalar field {Words.Quote(field)}{Words.Suggest(field, scalars.Select(f => f.Name))}");
        var closing = file.Boundary.FirstOrDefault(f => f.Name == field);
        return new(file.Grid, (double[])file.Read(found).Data, closing is null ? null : (double[])file.Read(closing).Data);
    }

    /// <summary>The cells of the plane y = 0, from the collector upwards, x or r fastest.</summary>
    public double[] Plane => [.. from z in Enumerable.Range(0, grid.Cells.Z) from x in Enumerable.Range(0, grid.Cells.X) select cells[((long)z * grid.Cells.Y * grid.Cells.X) + x]];

    /// <summary>Values along z at r = 0 (x = 0, y = 0), from face to face, over z [m].</summary>
    public IReadOnlyList<(double Z, double Value)> OnAxis => [.. Levels.Select(k => (closed.Coordinate(2, k), boundary is null ? cells[CellIndex(0, 0, k)] : At(0, 0, k)))];

    /// <summary>Means over the cross-section along z, from face to face.</summary>
    public IReadOnlyList<(double Z, double Value)> Mean => [.. Levels.Select(k => (closed.Coordinate(2, k), MeanAt(k)))];

    /// <summary>Levels of the closed grid at which the field has values.</summary>
    private IEnumerable<int> Levels => boundary is null ? Enumerable.Range(1, grid.Cells.Z) : Enumerable.Range(0, grid.Cells.Z + 2);

    private double MeanAt(int level)
    {
        var (firstX, firstY) = (grid.Has(0) ? 1 : 0, grid.Has(1) ? 1 : 0);
        var (sum, area) = (0.0, 0.0);
        for (var y = 0; y < grid.Cells.Y; y++)
        {
            for (var x = 0; x < grid.Cells.X; x++)
            {
                var weight = grid.Kind == DomainKind.Axisymmetric ? x + 0.5 : 1;
                sum += weight * At(x + firstX, y + firstY, level);
                area += weight;
            }
        }
        return sum / area;
    }

    private double At(int x, int y, int z)
    {
        var (isCell, index) = closed.Locate(x, y, z);
        return isCell ? cells[index] : boundary![index];
    }

    private long CellIndex(int x, int y, int level) => ((long)(level - 1) * grid.Cells.Y + y) * grid.Cells.X + x;
}
