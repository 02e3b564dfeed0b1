using System.Diagnostics;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Runs;

namespace MesoLiMg.Studies.Verification;

/// <summary>The end of a run in memory.</summary>
internal sealed class VerifiedRun : ISimulationObserver
{
    private IReadOnlyDictionary<string, double?> end = new Dictionary<string, double?>();
    private readonly List<Snapshot> states = [];

    /// <summary>The case as run.</summary>
    public required Case Case { get; init; }

    /// <summary>Processor time [s].</summary>
    public double Seconds { get; private set; }

    /// <summary>The states that the case asks for, the start and the end included.</summary>
    public IReadOnlyList<Snapshot> States => states;

    /// <summary>The last state.</summary>
    public Snapshot Last => states[^1];

    /// <summary>Runs a case file.</summary>
    /// <exception cref="InputException">The case is wrong.</exception>
    /// <exception cref="RunException">The run failed.</exception>
    /// <param name="initial">x at the start by the centre of a cell; null for the case's.</param>
    /// <param name="prepare">What is put on the simulation before it runs.</param>
    public static VerifiedRun Of(
        string file, IReadOnlyList<string> overrides, int threads, Func<double, double, double, double>? initial,
            Action<Simulation>? prepare, CancellationToken cancel)
    {
        var document = CaseRun.Read(file, overrides);
        var run = new VerifiedRun { Case = document.Case };
        var began = Process.GetCurrentProcess().TotalProcessorTime;
        using var device = new HostDevice(threads > 0 ? threads : Environment.ProcessorCount);
        var start = CaseRun.Prepare(document.Case, device);
        if (initial is not null)
            start = [.. Centres(GridShape.Of(document.Case.Domain)).Select(at => initial(at.X, at.Y, at.Z))];
        var simulation = new Simulation(device, document, start, GrainFile.Of(document.Case));
        prepare?.Invoke(simulation);
        simulation.Run(run, cancel);
        run.Seconds = (Process.GetCurrentProcess().TotalProcessorTime - began).TotalSeconds;
        return run;
    }

    /// <summary>A scalar of the history at the end [SI].</summary>
    public double AtEnd(string column) => end[column] ?? double.NaN;

    /// <summary>A field of the last state at points [m], for each its components.</summary>
    public IReadOnlyList<double[]> At(string field, IReadOnlyList<double[]> points) => At(Last, field, points);

    /// <summary>A field of a state at points [m], for each its components.</summary>
    public static IReadOnlyList<double[]> At(Snapshot state, string field, IReadOnlyList<double[]> points) =>
        SnapshotProbe.Read(state, points, LengthUnit.Nanometre).Fields.Single(f => f.Name == field).Values;

    /// <summary>Centres of the cells [m], x fastest; 0 along axes that the domain lacks.</summary>
    public static IEnumerable<(double X, double Y, double Z)> Centres(GridShape grid) =>
        from z in Enumerable.Range(0, grid.Cells.Z)
        from y in Enumerable.Range(0, grid.Cells.Y)
        from x in Enumerable.Range(0, grid.Cells.X)
        select (grid.Has(0) ? (x + 0.5) * grid.Spacing.X : 0, grid.Has(1) ? (y + 0.5) * grid.Spacing.Y : 0,
            (z + 0.5) * grid.Spacing.Z);

    /// <summary>Centres of the cells with the values of a field of the last state there.</summary>
    public IEnumerable<(double X, double Y, double Z, double[] Values)> Cells(string field)
    {
        var cells = Last.Cells.Single(f => f.Name == field);
        var (data, n) = ((double[])cells.Data, cells.Components);
        return Centres(Last.Grid).Select((at, i) => (at.X, at.Y, at.Z, data[(i * n)..((i + 1) * n)]));
    }

    /// <summary>Nodes with their displacement (x, y, z) in the last state.</summary>
    public IEnumerable<(double X, double Y, double Z, double[] Values)> Nodes()
    {
        var (grid, data) = (Last.Grid, (double[])Last.Nodes.Single(f => f.Name == "displacement").Data);
        return
            from z in Enumerable.Range(0, grid.Nodes.Z)
            from y in Enumerable.Range(0, grid.Nodes.Y)
            from x in Enumerable.Range(0, grid.Nodes.X)
            let i = 3 * ((z * grid.Nodes.Y + y) * grid.Nodes.X + x)
            select (x * grid.Spacing.X, grid.Has(1) ? y * grid.Spacing.Y : 0, z * grid.Spacing.Z, data[i..(i + 3)]);
    }

    /// <summary>
    /// L² norm over the cells of the difference of a field from an exact one, over the norm of the exact one.
    /// </summary>
    /// <param name="exact">Leading components at a point (x, z); further ones are not compared. Null where nothing is
    /// compared.</param>
    public double Distance(string field, Func<double, double, double[]?> exact) =>
        Distance(Cells(field), (x, _, z) => exact(x, z));

    /// <summary>L² norm of the difference of values from exact ones, over the norm of these.</summary>
    /// <param name="values">Of <see cref="Cells"/> or <see cref="Nodes"/>.</param>
    /// <param name="exact">Leading components at a point (x, y, z); further ones are not compared. Null where nothing
    /// is compared.</param>
    public double Distance(IEnumerable<(double X, double Y, double Z, double[] Values)> values,
        Func<double, double, double, double[]?> exact)
    {
        var (difference, size) = (0.0, 0.0);
        foreach (var (x, y, z, found) in values)
        {
            var weight = Case.Domain.Kind == DomainKind.Axisymmetric ? x : 1;
            foreach (var (expected, value) in (exact(x, y, z) ?? []).Zip(found))
                (difference, size) = (difference + weight * (value - expected) * (value - expected),
                    size + weight * expected * expected);
        }
        return Math.Sqrt(difference / size);
    }

    void ISimulationObserver.Stepped(Simulation simulation, ReadOnlySpan<double?> row) =>
        end = simulation.History.Columns.Select(column => column.Name).Zip(row.ToArray()).ToDictionary();

    void ISimulationObserver.Reached(Simulation simulation) =>
        states.Add(SnapshotBuilder.Build(simulation, new("", "", "", "", "", "")));
}
