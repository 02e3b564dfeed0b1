using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>
/// A scalar field of a snapshot in the film, read for drawing; layers are left out. It does not exist in voids, nor in
/// inert phases if it is one of lithium.
/// </summary>
public sealed class FilmSection
{
    private readonly GridShape grid;
    private readonly ClosedGrid closed;
    private readonly double[] cells;
    private readonly double[]? boundary;
    private readonly bool[]? isVoid, isAbsent;
    private readonly (int X, int Y) column;

    private FilmSection(GridShape stack, double[] cells, double[]? boundary, bool[]? isVoid, bool[]? isInert)
    {
        (grid, this.boundary) = (stack.Film, boundary);
        closed = new ClosedGrid(grid);
        var film = (stack.Layers.Below * grid.Cells.X * grid.Cells.Y)..((stack.Layers.Below + grid.Cells.Z)
            * grid.Cells.X * grid.Cells.Y);
        this.cells = stack.HasLayers ? cells[film] : cells;
        this.isVoid = isVoid?[film];
        isAbsent = isInert is null ? this.isVoid
            : [.. isInert[film].Select((inert, cell) => inert || this.isVoid?[cell] == true)];
        // Where no cell is left there would be nothing to draw.
        if (isAbsent?.All(absent => absent) == true)
            isAbsent = this.isVoid;
        column = Column();
    }

    /// <summary>
    /// Where <see cref="OnAxis"/> and <see cref="Plane"/> lie when that is not x = 0, y = 0, which voids can take away
    /// [m]; null when it is.
    /// </summary>
    public (double X, double Y)? Elsewhere => column == (0, 0) ? null
        : ((column.X + 0.5) * grid.Spacing.X, (column.Y + 0.5) * grid.Spacing.Y);

    /// <summary>Reads a field.</summary>
    /// <exception cref="InputException">The snapshot has no such scalar field.</exception>
    public static FilmSection Read(SnapshotFile file, string field)
    {
        var scalars = file.Cells.Where(f => f is { Components: 1, IsInteger: false }).ToList();
        var found = scalars.FirstOrDefault(f => f.Name == field)
            ?? throw new InputException(
                $"'{file.Path}' has no scalar field "
                + $"{Words.Quote(field)}{Words.Suggest(field, scalars.Select(f => f.Name))}");
        var closing = file.Boundary.FirstOrDefault(f => f.Name == field);
        return new(file.Grid, (double[])file.Read(found).Data, closing is null ? null
            : (double[])file.Read(closing).Data, Voids.Of(file), Quantity.Of(field, found.Unit, 0).OfLithium
            ? SnapshotPhases.InertCells(file) : null);
    }

    /// <summary>
    /// The cells of the plane y = 0, from the collector upwards, x or r fastest; NaN where the field does not exist.
    /// </summary>
    public double[] Plane =>
        [.. from z in Enumerable.Range(1, grid.Cells.Z) from x in Enumerable.Range(0, grid.Cells.X)
        select IsAbsent(x, column.Y, z) ? double.NaN : cells[CellIndex(x, column.Y, z)]];

    /// <summary>
    /// Values along z at r = 0 (x = 0, y = 0), from face to face, over z [m]; NaN where the field does not exist.
    /// </summary>
    public IReadOnlyList<(double Z, double Value)> OnAxis =>
    [
        .. from k in Levels
           let isCell = boundary is null || column != (0, 0)
           select (closed.Coordinate(2, k), IsAbsent(column.X, column.Y, k) ? double.NaN : isCell
               ? Inside(column.X, column.Y, k) : At(0, 0, k)),
    ];

    /// <summary>
    /// Means along z, from face to face, over as much of the cross-section as has the field; NaN where none has.
    /// </summary>
    public IReadOnlyList<(double Z, double Value)> Mean =>
        [.. Levels.Select(k => (closed.Coordinate(2, k), MeanAt(k)))];

    /// <summary>Levels of the closed grid at which the field has values.</summary>
    private IEnumerable<int> Levels => boundary is null ? Enumerable.Range(1, grid.Cells.Z)
        : Enumerable.Range(0, grid.Cells.Z + 2);

    private double MeanAt(int level)
    {
        var (sum, area) = (0.0, 0.0);
        for (var y = 0; y < grid.Cells.Y; y++)
        {
            for (var x = 0; x < grid.Cells.X; x++)
            {
                if (IsAbsent(x, y, level))
                    continue;
                var weight = grid.Kind == DomainKind.Axisymmetric ? x + 0.5 : 1;
                sum += weight * Inside(x, y, level);
                area += weight;
            }
        }
        return sum / area;
    }

    /// <summary>
    /// The origin's column of cells where it is whole and has the field somewhere, else the one in the middle of the
    /// box, else the one with the most of it.
    /// </summary>
    private (int X, int Y) Column()
    {
        int Count(bool[]? without, int x, int y) => Enumerable.Range(1, grid.Cells.Z)
            .Count(level => !Is(without, x, y, level));
        (int X, int Y)[] preferred = [(0, 0), (grid.Cells.X / 2, grid.Cells.Y / 2)];
        return preferred.Where(at => Count(isVoid, at.X, at.Y) == grid.Cells.Z && Count(isAbsent, at.X, at.Y) > 0)
            .Append((from y in Enumerable.Range(0, grid.Cells.Y)
                     from x in Enumerable.Range(0, grid.Cells.X)
                     select (x, y)).MaxBy(at => Count(isAbsent, at.x, at.y))).First();
    }

    private bool IsAbsent(int x, int y, int level) => Is(isAbsent, x, y, level);

    /// <summary>Whether a cell, or the one below or above at the film's faces, is among some.</summary>
    private bool Is(bool[]? cells, int x, int y, int level) =>
        cells?[CellIndex(x, y, Math.Clamp(level, 1, grid.Cells.Z))] == true;

    /// <summary>The value of a cell, or of the film's face in its column.</summary>
    private double Inside(int x, int y, int level) => At(x + (grid.Has(0) ? 1 : 0), y + (grid.Has(1) ? 1 : 0), level);

    private double At(int x, int y, int z)
    {
        var (isCell, index) = closed.Locate(x, y, z);
        return isCell ? cells[index] : boundary![index];
    }

    private long CellIndex(int x, int y, int level) => ((long)(level - 1) * grid.Cells.Y + y) * grid.Cells.X + x;
}
