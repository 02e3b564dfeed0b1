using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>
/// Reads fields at points. Cell fields are multilinear between the cells' centres and the values on the boundary, so
/// that a point on a face, an edge or a corner has the value there; a field without values on the boundary continues
/// its outermost cells. Ids are those of the cell that holds the point, and node fields are multilinear between nodes.
/// With layers the faces of the film are its own: at z = 0 and z = H and between them only the film counts, outside
/// only the layer there. Fields of lithium have no values in phases that hold none, as no field has in voids.
/// </summary>
public static class SnapshotProbe
{
    /// <summary>All fields of a snapshot on the disk, one after the other in memory.</summary>
    /// <param name="file">The snapshot.</param>
    /// <param name="points">Positions [m], one coordinate per axis of the domain.</param>
    /// <param name="unit">In which an error names points.</param>
    /// <exception cref="InputException">A point lies outside the domain or has too many or too few
    /// coordinates.</exception>
    public static Probe Read(SnapshotFile file, IReadOnlyList<double[]> points, LengthUnit unit)
    {
        var inside = ProbePoints.Inside(file.Grid, points, unit);
        var boundary = file.Boundary.ToDictionary(field => field.Name);
        var body = new Body(file.Grid, Voids.Of(file));
        var lithium = body.Without(SnapshotPhases.InertCells(file));
        return Marked(body, lithium, new(file.Time, inside,
        [
            .. file.Cells.Select(field => AtCells(SnapshotPhases.FieldsOfLithium.Contains(field.Name) ? lithium : body,
                file.Read(field), boundary.TryGetValue(field.Name, out var closing) ? file.Read(closing)
                : null, inside)),
            .. file.Nodes.Select(field => AtNodes(body, file.Read(field), inside)),
        ]));
    }

    /// <summary>All fields of a snapshot in memory.</summary>
    /// <inheritdoc cref="Read(SnapshotFile, IReadOnlyList{double[]}, LengthUnit)"/>
    public static Probe Read(Snapshot snapshot, IReadOnlyList<double[]> points, LengthUnit unit)
    {
        var inside = ProbePoints.Inside(snapshot.Grid, points, unit);
        var body = new Body(snapshot.Grid, Voids.Of(snapshot));
        var lithium = body.Without(SnapshotPhases.InertCells(snapshot));
        return Marked(body, lithium, new(snapshot.Time, inside,
        [
            .. snapshot.Cells.Select(
                field => AtCells(SnapshotPhases.FieldsOfLithium.Contains(field.Name) ? lithium : body, field,
                snapshot.Boundary.FirstOrDefault(closing => closing.Name == field.Name), inside)),
            .. snapshot.Nodes.Select(field => AtNodes(body, field, inside)),
        ]));
    }

    /// <summary>A probe whose points in voids and in phases without lithium are marked.</summary>
    private static Probe Marked(Body body, Body lithium, Probe probe)
    {
        var inVoid = InVoid(body, probe.Points);
        return probe with { InVoid = inVoid, InInert = InVoid(lithium, probe.Points).Except(inVoid).ToHashSet() };
    }

    private static HashSet<int> InVoid(Body body, IReadOnlyList<double[]> points) =>
        [.. Enumerable.Range(0, points.Count).Where(i => body.IsVoid(Part.Holding(body.Grid, points[i])))];

    private static ProbedField AtCells(Body body, SnapshotField cells, SnapshotField? boundary,
        IReadOnlyList<double[]> points) => cells.Data switch
        {
            int[] ids => Probed(cells, isInteger: true,
                points.Select(point => Id(Part.Holding(body.Grid, point), ids, cells.Components))),
            double[] values => Probed(cells, isInteger: false,
                points.Select(point => Part.Holding(body.Grid, point) is { IsFilm: true } film
                && boundary?.Data is double[] closing
                ? Closed(body, film, values, closing, cells.Components)
                : Continued(body, Part.Holding(body.Grid, point), values, cells.Components))),
            _ => throw new ArgumentException($"{cells.Name}: {cells.Data.GetType().Name}", nameof(cells)),
        };

    private static ProbedField AtNodes(Body body, SnapshotField nodes, IReadOnlyList<double[]> points)
    {
        var (grid, values) = (body.Grid, (double[])nodes.Data);
        return Probed(nodes, isInteger: false,
            points.Select(point => body.IsVoid(Part.Holding(grid, point)) ? Nothing(nodes.Components) : Multilinear(
            Axes(grid, [.. point[..^1], point[^1] - grid.Origin.Z], Interval.BetweenNodes), nodes.Components,
                (x, y, z) => (values, ((long)z * grid.Nodes.Y + y) * grid.Nodes.X + x))));
    }

    private static ProbedField Probed(SnapshotField field, bool isInteger, IEnumerable<double[]> values) =>
        new(field.Name, field.Unit, field.Components, isInteger, [.. values]);

    private static double[] Closed(Body body, Part film, double[] cells, double[] boundary, int components)
    {
        if (body.IsVoid(film))
            return Nothing(components);
        var closed = new ClosedGrid(film.Grid);
        return Multilinear(Axes(film.Grid, film.Point, Interval.BetweenClosed), components, (x, y, z) =>
        {
            var (isCell, index) = closed.Locate(x, y, z);
            return body.Lacks(film, film.Grid.Has(0) ? x - 1 : x, film.Grid.Has(1) ? y - 1 : y, z - 1) ? null : isCell
                ? (cells, index + film.FirstCell) : (boundary, index);
        });
    }

    private static double[] Continued(Body body, Part part, double[] cells, int components) =>
        body.IsVoid(part) ? Nothing(components)
        : Multilinear(Axes(part.Grid, part.Point, Interval.BetweenCells), components, (x, y, z) =>
            body.Lacks(part, x, y, z) ? null : (cells, part.Cell(x, y, z)));

    private static double[] Nothing(int components) => [.. Enumerable.Repeat(double.NaN, components)];

    private static double[] Id(Part part, int[] ids, int components)
    {
        var (x, y, z) = Axes(part.Grid, part.Point, Interval.OfCell);
        var cell = part.Cell(x.Lower, y.Lower, z.Lower);
        return [.. Enumerable.Range(0, components).Select(c => (double)ids[cell * components + c])];
    }

    /// <summary>
    /// The cells that are there: voids have no values, and between them and the body nothing is interpolated.
    /// </summary>
    private readonly record struct Body(GridShape Grid, bool[]? Void)
    {
        /// <summary>What is left without some more cells.</summary>
        public Body Without(bool[]? cells)
        {
            var before = Void;
            return cells is null ? this
                : new(Grid, before is null ? cells : [.. cells.Zip(before, (more, isVoid) => more || isVoid)]);
        }

        /// <summary>Whether all cells that the point of a part lies in or on are void.</summary>
        public bool IsVoid(Part part)
        {
            if (Void is null)
                return false;
            var (low, high) = (Axes(part.Grid, part.Point, Interval.OfCellBefore),
                Axes(part.Grid, part.Point, Interval.OfCell));
            for (var corner = 0; corner < 8; corner++)
                if (!Lacks(part, ((corner & 1) == 0 ? low : high).X.Lower, ((corner & 2) == 0 ? low : high).Y.Lower,
                    ((corner & 4) == 0 ? low : high).Z.Lower))
                    return false;
            return true;
        }

        /// <summary>Whether a cell is void, or the one next to it where it lies beyond a face.</summary>
        public bool Lacks(Part part, int x, int y, int z) =>
            Void?[part.Cell(Math.Clamp(x, 0, part.Grid.Cells.X - 1), Math.Clamp(y, 0, part.Grid.Cells.Y - 1),
                Math.Clamp(z, 0, part.Grid.Cells.Z - 1))] == true;
    }

    /// <summary>
    /// The film or a layer: its grid, its first cell among all, and a point in it with z from its own bottom.
    /// </summary>
    private readonly record struct Part(GridShape Grid, long FirstCell, double[] Point, bool IsFilm)
    {
        public static Part Holding(GridShape grid, double[] point)
        {
            var (film, plane, z) = (grid.Film, (long)grid.Cells.X * grid.Cells.Y, point[^1]);
            var height = film.Cells.Z * film.Spacing.Z;
            Part Of(int planes, long before, double bottom) =>
                new(film with { Cells = (film.Cells.X, film.Cells.Y, planes) }, before * plane,
                    [.. point[..^1], z - bottom], bottom == 0);
            return z < 0 ? Of(grid.Layers.Below, 0, grid.Origin.Z)
                : z > height ? Of(grid.Layers.Above, grid.Layers.Below + film.Cells.Z, height)
                : Of(film.Cells.Z, grid.Layers.Below, 0);
        }

        public long Cell(int x, int y, int z) => FirstCell + ((long)z * Grid.Cells.Y + y) * Grid.Cells.X + x;
    }

    /// <summary>
    /// The interval that holds the point along each axis; an axis that the domain lacks has one point.
    /// </summary>
    private static (Interval X, Interval Y, Interval Z) Axes(GridShape grid, double[] point,
        Func<double, int, Interval> find)
    {
        var next = 0;
        Interval Along(int axis, int cells, double spacing) =>
            grid.Has(axis) ? find(Math.Min(point[next++] / spacing, cells), cells) : default;
        return (Along(0, grid.Cells.X, grid.Spacing.X), Along(1, grid.Cells.Y, grid.Spacing.Y),
            Along(2, grid.Cells.Z, grid.Spacing.Z));
    }

    private static double[] Multilinear(
        (Interval X, Interval Y, Interval Z) at, int components,
            Func<int, int, int, (double[] Values, long Point)?> locate)
    {
        var (result, missing) = (new double[components], 0.0);
        for (var corner = 0; corner < 8; corner++)
        {
            var (dx, dy, dz) = (corner & 1, corner >> 1 & 1, corner >> 2);
            var weight = at.X.Weight(dx) * at.Y.Weight(dy) * at.Z.Weight(dz);
            if (weight == 0)
                continue; // Also keeps out what lies beyond the last point.
            if (locate(at.X.Lower + dx, at.Y.Lower + dy, at.Z.Lower + dz) is not var (values, point))
            {
                missing += weight;
                continue;
            }
            for (var c = 0; c < components; c++)
                result[c] += weight * values[point * components + c];
        }
        // Voids leave their share to the others.
        return missing == 0 ? result : [.. result.Select(sum => sum / (1 - missing))];
    }

    /// <summary>The point Lower + Fraction between two neighbours along an axis.</summary>
    private readonly record struct Interval(int Lower, double Fraction)
    {
        public double Weight(int upper) => upper == 1 ? Fraction : 1 - Fraction;

        /// <param name="s">Position in cell edges.</param>
        /// <param name="cells">Cells along the axis.</param>
        public static Interval BetweenNodes(double s, int cells) => Split(s, cells - 1);

        /// <summary>
        /// Between the points of <see cref="ClosedGrid"/>, of which the first and the last are half a cell away from
        /// their neighbours.
        /// </summary>
        public static Interval BetweenClosed(double s, int cells) =>
            s < 0.5 ? new(0, 2 * s) : s > cells - 0.5 ? new(cells, 2 * (s - (cells - 0.5))) : Split(s + 0.5, cells);

        public static Interval BetweenCells(double s, int cells) => Split(Math.Clamp(s - 0.5, 0, cells - 1), cells - 1);

        public static Interval OfCell(double s, int cells) => new(Math.Min((int)(s + 1e-9), cells - 1), 0);

        /// <summary>
        /// The cell that ends where the point lies, with room for rounding; elsewhere that of the point.
        /// </summary>
        public static Interval OfCellBefore(double s, int cells) =>
            new(Math.Max((int)Math.Ceiling(s - 1e-9) - 1, 0), 0);

        private static Interval Split(double s, int last)
        {
            var lower = Math.Min((int)s, last);
            return new(lower, s - lower);
        }
    }
}
