using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>x at the start of a case, at the centres of cells, x fastest.</summary>
public static class InitialConcentration
{
    /// <summary>Share of saturation by which x may be above it: rounding of the run or file that it is from.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Evaluates or reads the initial profile.</summary>
    /// <param name="where">Where an entry of the case stands, <c>a.yaml:7</c>, for messages.</param>
    /// <exception cref="InputException">
    /// The file does not fit the grid, or x is negative, not a number, or above saturation where no metal may be.
    /// </exception>
    public static double[] Of(Case @case, Func<string, string>? where = null)
    {
        var (grid, profile) = (GridShape.Of(@case.Domain), @case.Initial.X);
        if (profile.File is not null)
            return FromFile(@case, profile, where is null ? "" : $"{where("initial.x.file")}: initial.x.file: ");
        double[] x = profile switch
        {
            { Value: { } value } => [.. Enumerable.Repeat(value, checked((int)grid.CellCount))],
            { Linear: { } linear } =>
                Along(grid, linear.Axis, (at, length) => linear.From + (linear.To - linear.From) * at / length),
            { Table: { } table } => Along(grid, table.Axis, (at, _) => Interpolate(table, at)),
            _ => throw new ArgumentException("an initial profile has one entry", nameof(@case)),
        };
        if (AboveSaturation(@case, x, cell => InCell(grid, cell)) is { } problem && MustBeBelow(@case))
            throw new InputException($"{(where is null ? "" : $"{where("initial.x")}: ")}initial.x: {problem}");
        return x;
    }

    /// <summary>
    /// A warning where x is above saturation and is not refused, because lithium metal may stand there; null where all
    /// is well. (That of profiles without a file is given when the case is read.)
    /// </summary>
    /// <param name="x">x at cells, x fastest.</param>
    public static string? Warning(Case @case, IReadOnlyList<double> x) =>
        @case.Initial is { X.File: { } file, State: null } && MetalMayStand(@case)
        && AboveSaturation(@case, x, cell => InCell(GridShape.Of(@case.Domain), cell)) is { } problem
            ? $"initial.x.file: {file}: {problem}"
            : null;

    /// <summary>A state stands for the profile, which then has no effect.</summary>
    private static bool MustBeBelow(Case @case) => !MetalMayStand(@case) && @case.Initial.State is null;

    /// <summary>Whether what the alloy does not take becomes metal, so that x may be above saturation.</summary>
    public static bool MetalMayStand(Case @case) => @case.OnSaturation == SaturationRule.Plate;

    /// <summary>
    /// Says that x is above saturation.
    /// </summary>
    /// <param name="x">x at cells, x fastest.</param>
    /// <param name="name">Says where a cell is.</param>
    /// <returns>The largest value and where, in one line; null where there is none.</returns>
    public static string? AboveSaturation(Case @case, IReadOnlyList<double> x, Func<int, string> name)
    {
        var film = @case.Material;
        var full = film.SaturationConcentration / film.MagnesiumConcentration;
        var limit = full * (1 + Rounding);
        var (count, largest) = (0, 0);
        for (var cell = 0; cell < x.Count; cell++)
        {
            if (x[cell] <= limit)
                continue;
            largest = count++ == 0 || x[cell] > x[largest] ? cell : largest;
        }
        if (count == 0)
            return null;
        var all = count == 1 ? "" : $", the largest of {count:N0} cells,";
        var meant = Meant(x[largest], full, film.MagnesiumConcentration);
        var rule = MetalMayStand(@case) ? "" : "; only with on_saturation: plate may lithium metal stand there";
        return $"x = {x[largest]:G6} {name(largest)}{all} is above saturation, {full:0.####} Li per Mg{meant}{rule}";
    }

    /// <summary>What a number far above saturation may have been meant as.</summary>
    private static string Meant(double x, double full, double magnesium)
    {
        if (x > 2 && x / 100 <= full * (1 + Rounding))
            return $" (in per cent? that is x = {x / 100:0.####})";
        if (x > 100 && x / magnesium <= full * (1 + Rounding))
            return $" (in mol/m^3? that is x = {x / magnesium:0.####}, over magnesium_concentration)";
        return "";
    }

    /// <summary>A cell by its centre, such as <c>in the cell at x = 5 nm, z = 12.5 nm</c>.</summary>
    public static string InCell(GridShape grid, int cell)
    {
        var (nx, ny, _) = grid.Cells;
        int[] index = [cell % nx, cell / nx % ny, cell / (nx * ny)];
        double[] spacing = [grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z];
        string[] names = [grid.Kind == DomainKind.Axisymmetric ? "r" : "x", "y", "z"];
        var along = Enumerable.Range(0, 3).Where(grid.Has);
        string Along(int axis) => $"{names[axis]} = {(index[axis] + 0.5) * spacing[axis] * 1e9:G5} nm";
        return $"in the cell at {string.Join(", ", along.Select(Along))}";
    }

    private static double[] Along(GridShape grid, Axis axis, Func<double, double, double> value)
    {
        var (nx, ny, nz) = grid.Cells;
        var (n, h) = axis switch
        {
            Axis.X => (nx, grid.Spacing.X),
            Axis.Y => (ny, grid.Spacing.Y),
            _ =>
            (nz, grid.Spacing.Z)
        };
        var along = Enumerable.Range(0, n).Select(i => value((i + 0.5) * h, n * h)).ToArray();
        var result = new double[grid.CellCount];
        var cell = 0;
        for (var z = 0; z < nz; z++)
            for (var y = 0; y < ny; y++)
                for (var x = 0; x < nx; x++)
                    result[cell++] = along[axis switch { Axis.X => x, Axis.Y => y, _ => z }];
        return result;
    }

    private static double Interpolate(TableProfile table, double at)
    {
        var (positions, values) = (table.At, table.Values);
        if (at <= positions[0])
            return values[0];
        for (var k = 1; k < positions.Count; k++)
        {
            if (at <= positions[k])
                return values[k - 1] + (values[k] - values[k - 1]) * (at - positions[k - 1])
                    / (positions[k] - positions[k - 1]);
        }
        return values[^1];
    }

    private static double[] FromFile(Case @case, InitialProfile profile, string where)
    {
        try
        {
            return FromFile(@case, profile.File!, profile.Dataset);
        }
        catch (InputException e)
        {
            throw new InputException(where + e.Message, e);
        }
    }

    /// <summary>x of the film's cells from a dataset over them, or over them and the cells of layers.</summary>
    private static double[] FromFile(Case @case, string path, string dataset)
    {
        var stack = GridShape.WithLayers(@case);
        var grid = stack.Film;
        using var file = Hdf5File.OpenRead(path);
        dataset = Hdf5File.Rooted(dataset);
        var found = file.Describe(dataset);
        var shape = found.Shape;
        long[] expected = [grid.Cells.Z, grid.Cells.Y, grid.Cells.X];
        var withLayers = stack.HasLayers && shape.SequenceEqual([stack.Cells.Z, stack.Cells.Y, stack.Cells.X]);
        if (!withLayers && !shape.SequenceEqual(expected))
            throw new InputException(
                $"{path}: {dataset} has the shape ({string.Join(", ", shape)}), the grid has "
                + $"({string.Join(", ", expected)}) cells (nz, ny, nx)");
        var share = Unit(file, dataset);
        var values = Numbers(file.Read(found));
        var first = withLayers ? stack.Layers.Below * grid.Cells.Y * grid.Cells.X : 0;
        values = [.. values.AsSpan(first, (int)grid.CellCount)];
        for (var i = 0; share != 1 && i < values.Length; i++)
            values[i] *= share;
        string Index(int cell)
        {
            var (nx, ny) = (grid.Cells.X, grid.Cells.Y);
            return $"at {dataset}[{(first + cell) / (nx * ny)}, {cell / nx % ny}, {cell % nx}]";
        }
        var bad = Array.FindIndex(values, v => !(v >= 0) || double.IsInfinity(v));
        if (bad >= 0)
            throw new InputException($"{path}: x = {values[bad]} {Index(bad)}, expected numbers not below zero");
        if (AboveSaturation(@case, values, Index) is { } problem && MustBeBelow(@case))
            throw new InputException($"{path}: {problem}");
        return values;
    }

    private static double[] Numbers(Array data) =>
        data is int[] whole ? Array.ConvertAll(whole, v => (double)v) : (double[])data;

    /// <summary>What the numbers of a dataset are to be multiplied by, as its attribute unit says.</summary>
    private static double Unit(Hdf5File file, string dataset)
    {
        foreach (var name in (string[])["unit", "units"])
        {
            if (!file.HasAttribute(dataset, name))
                continue;
            var unit = file.GetText(dataset, name).Trim();
            return unit switch
            {
                "1" or "-" or "" => 1,
                "%" => 0.01,
                _ => throw new InputException($"{file.Path}: {dataset} is in {Words.Quote(unit)}, "
                    + "expected x, lithium per magnesium, a pure number (1, - or %)"),
            };
        }
        return 1;
    }
}
