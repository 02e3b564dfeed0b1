using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>
/// The fields of a simulation on their way into a snapshot. Each array that they are in is copied from the device once,
/// and from then on the simulation may go on; taking the copies apart into cells, nodes and points on the boundary is
/// left for <see cref="Complete"/>, on any thread.
/// </summary>
/// <param name="simulation">As it is now.</param>
/// <param name="chosen">Names of the fields to take; all when there are none.</param>
internal sealed class SnapshotFields(Simulation simulation, IReadOnlyList<string> chosen)
{
    private readonly GridShape shape = simulation.Shape;
    private readonly GridLevel film = simulation.Grid, stack = simulation.Stack.Grid;
    private readonly Dictionary<View<double>, Lazy<double[]>> copies = [];
    private readonly Queue<Action> left = [];
    private readonly Lazy<int[]> boundary = new(() => BoundaryIndices(simulation));

    /// <summary>A component of a field: where its point (0, 0, 0) is in an array; zero without one.</summary>
    private readonly record struct Component(double[]? Values, int Offset);

    public List<SnapshotField> Cells { get; } = [];

    public List<SnapshotField> Boundary { get; } = [];

    public List<SnapshotField> Nodes { get; } = [];

    public List<SnapshotField> State { get; } = [];

    /// <summary>Fills the lists, and lets go of each copy when it is done with.</summary>
    public void Complete()
    {
        copies.Clear();
        while (left.TryDequeue(out var take))
            take();
    }

    /// <summary>A field of the film.</summary>
    public void Add(string name, string unit, string description, View<double> field, int first = 0, int components = 1)
    {
        if (!Takes(name))
            return;
        var copy = CopyOf(field);
        left.Enqueue(() =>
        {
            Cells.Add(new(name, unit, description, components,
                FilmCells(Components(copy.Value, film, first, components))));
            AddBoundary(name, unit, description, copy.Value, first, components);
        });
    }

    /// <summary>A field that layers have too, in the film's grid with its faces and in that of the stack.</summary>
    public void AddMechanical(string name, string unit, string description, Func<StressFields, View<double>> field,
        int components = 1)
    {
        var inFilm = field(simulation.Fields.Mechanical);
        if (simulation.Stack.Mechanical is not { } mechanical)
        {
            Add(name, unit, description, inFilm, 0, components);
            return;
        }
        if (!Takes(name))
            return;
        var (copy, filmCopy) = (CopyOf(field(mechanical)), CopyOf(inFilm));
        left.Enqueue(() =>
        {
            Cells.Add(new(name, unit, description, components,
                Points(shape.Cells, stack, Components(copy.Value, stack, 0, components))));
            AddBoundary(name, unit, description, filmCopy.Value, 0, components);
        });
    }

    /// <summary>A vector whose components are fields of their own and which has no values on the boundary.</summary>
    public void AddCells(string name, string unit, string description, IReadOnlyList<Field<Cell, double>> components)
    {
        if (!Takes(name))
            return;
        var parts = components.Select(part => CopyOf(part)).ToArray();
        left.Enqueue(() => Cells.Add(
            new(name, unit, description, parts.Length,
            FilmCells([.. parts.Select(part => new Component(part.Value, film.Layout.Origin))]))));
    }

    /// <summary>Ids of the film's cells, and those of the layers below and above.</summary>
    public void AddIds(string name, string description, int[] ids, (int Below, int Above) layers, bool always = false)
    {
        if (!always && !Takes(name))
            return;
        var plane = shape.Cells.X * shape.Cells.Y;
        left.Enqueue(() => Cells.Add(new(name, "1", description, 1,
            shape.HasLayers ? (int[])[.. Enumerable.Repeat(layers.Below, plane * shape.Layers.Below), .. ids,
                .. Enumerable.Repeat(layers.Above, plane * shape.Layers.Above)] : ids)));
    }

    /// <summary>The displacement, whose components are x, z and then y.</summary>
    public void AddDisplacement(View<double> displacement)
    {
        if (!Takes("displacement"))
            return;
        var (copy, layout) = (CopyOf(displacement), stack.Layout);
        left.Enqueue(() =>
        {
            Component At(int component) => new(copy.Value, layout.Origin + component * layout.Length);
            Nodes.Add(new("displacement", "m", "displacement X Y Z of the nodes", 3,
                Points(shape.Nodes, stack, [At(0), stack.HasY ? At(2) : default, At(1)])));
        });
    }

    /// <summary>A field of the state, in the solver's layout.</summary>
    public void AddState(StateField field)
    {
        var copy = CopyOf(field.Values);
        left.Enqueue(() => State.Add(
            new(field.Name, field.Unit, $"{field.Description}, in the solver's layout", 1, copy.Value)));
    }

    private bool Takes(string name) => chosen.Count == 0 || chosen.Contains(name);

    private Lazy<double[]> CopyOf(View<double> field)
    {
        if (!copies.TryGetValue(field, out var copy))
            copies.Add(field, copy = new(simulation.Device.BeginDownload(field)));
        return copy;
    }

    private void AddBoundary(string name, string unit, string description, double[] values, int first, int components)
    {
        var result = new double[boundary.Value.Length * components];
        for (var i = 0; i < boundary.Value.Length; i++)
            for (var c = 0; c < components; c++)
                result[i * components + c] = values[boundary.Value[i] + (first + c) * film.Layout.Length];
        Boundary.Add(new(name, unit, description, components, result));
    }

    private static Component[] Components(double[] values, GridLevel grid, int first, int components) =>
        [.. Enumerable.Range(first, components)
            .Select(c => new Component(values, grid.Layout.Origin + c * grid.Layout.Length))];

    /// <summary>Values of the film's cells with zeros for those of layers.</summary>
    private double[] FilmCells(Component[] components)
    {
        var values = Points(shape.Film.Cells, film, components);
        if (!shape.HasLayers)
            return values;
        var result = new double[shape.CellCount * components.Length];
        values.CopyTo(result, (long)shape.Layers.Below * shape.Cells.X * shape.Cells.Y * components.Length);
        return result;
    }

    /// <summary>Points of a grid without its ghosts and padding, components together.</summary>
    private static double[] Points((int X, int Y, int Z) points, GridLevel grid, Component[] components)
    {
        var (layout, row) = (grid.Layout, points.X * components.Length);
        var result = GC.AllocateUninitializedArray<double>(points.Z * points.Y * row);
        Parallel.For(0, points.Z, z =>
        {
            for (var y = 0; y < points.Y; y++)
            {
                var to = result.AsSpan((z * points.Y + y) * row, row);
                for (var c = 0; c < components.Length; c++)
                    Spread(components[c].Values.AsSpan(), components[c].Offset + y * layout.StrideY
                        + z * layout.StrideZ, to, c, components.Length);
            }
        });
        return result;
    }

    /// <summary>A row of a component, to its places among the others.</summary>
    private static void Spread(ReadOnlySpan<double> values, int start, Span<double> row, int component, int components)
    {
        var points = row.Length / components;
        if (components == 1)
            values.Slice(start, points).CopyTo(row);
        else if (values.IsEmpty)
            for (var i = 0; i < points; i++)
                row[i * components + component] = 0;
        else
            for (var i = 0; i < points; i++)
                row[i * components + component] = values[start + i];
    }

    private static int[] BoundaryIndices(Simulation simulation)
    {
        var shape = simulation.Shape.Film;
        var (dx, dy) = (shape.Has(0) ? 1 : 0, shape.Has(1) ? 1 : 0);
        return [.. new ClosedGrid(shape).Boundary()
            .Select(k => simulation.Grid.Layout.Index(k.X - dx, k.Y - dy, k.Z - 1))];
    }
}
