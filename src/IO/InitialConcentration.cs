using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>x at the start of a case, at the centres of cells, x fastest.</summary>
public static class InitialConcentration
{
    /// <summary>Evaluates or reads the initial profile.</summary>
    /// <param name="where">Where the case names its file, <c>a.yaml:7</c>, for messages.</param>
    /// <exception cref="InputException">The file does not fit the grid, or x is negative or not a number.</exception>
    public static double[] Of(Case @case, string? where = null)
    {
        var (grid, profile) = (GridShape.Of(@case.Domain), @case.Initial.X);
        return profile switch
        {
            { Value: { } value } => [.. Enumerable.Repeat(value, checked((int)grid.CellCount))],
            { Linear: { } linear } => Along(grid, linear.Axis, (at, length) => linear.From + (linear.To - linear.From) * at / length),
            { Table: { } table } => Along(grid, table.Axis, (at, _) => Interpolate(table, at)),
            { File: { } file } => FromFile(GridShape.WithLayers(@case), file, profile.Dataset, where is null ? "" : $"{where}: initial.x.file: "),
            _ => throw new ArgumentException("an initial profile has one entry", nameof(@case)),
        };
    }

    private static double[] Along(GridShape grid, Axis axis, Func<double, double, double> value)
    {
        var (nx, ny, nz) = grid.Cells;
        var (n, h) = axis switch { Axis.X => (nx, grid.Spacing.X), Axis.Y => (ny, grid.Spacing.Y), _ => (nz, grid.Spacing.Z) };
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
                return values[k - 1] + (values[k] - values[k - 1]) * (at - positions[k - 1]) / (positions[k] - positions[k - 1]);
        }
        return values[^1];
    }

    private static double[] FromFile(GridShape stack, string path, string dataset, string where)
    {
        try
        {
            return FromFile(stack, path, dataset);
        }
        catch (InputException e)
        {
            throw new InputException(where + e.Message, e);
        }
    }

    /// <summary>x of the film's cells from a dataset over them, or over them and the cells of layers.</summary>
    private static double[] FromFile(GridShape stack, string path, string dataset)
    {
        var grid = stack.Film;
        using var file = Hdf5File.OpenRead(path);
        dataset = Hdf5File.Rooted(dataset);
        var found = file.Describe(dataset);
        var shape = found.Shape;
        long[] expected = [grid.Cells.Z, grid.Cells.Y, grid.Cells.X];
        var withLayers = stack.HasLayers && shape.SequenceEqual([stack.Cells.Z, stack.Cells.Y, stack.Cells.X]);
        if (!withLayers && !shape.SequenceEqual(expected))
            throw new InputException($"{path}: {dataset} has the shape ({string.Join(", ", shape)}), the grid has ({string.Join(", ", expected)}) cells (nz, ny, nx)");
        var values = file.Read(found) as double[] ?? throw new InputException($"{path}: {dataset} does not hold floating-point numbers");
        if (withLayers)
            values = values.AsSpan(stack.Layers.Below * grid.Cells.Y * grid.Cells.X, (int)grid.CellCount).ToArray();
        var bad = Array.FindIndex(values, v => !(v >= 0) || double.IsInfinity(v));
        return bad < 0 ? values : throw new InputException($"{path}: {dataset} holds x = {values[bad]} at cell {bad}, expected numbers not below zero");
    }
}
