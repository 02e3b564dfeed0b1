using System.Diagnostics;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Cli.Verification;

/// <summary>The end of a run in memory.</summary>
internal sealed class VerifiedRun : ISimulationObserver
{
    private IReadOnlyDictionary<string, double?> end = new Dictionary<string, double?>();
    private Snapshot? last;

    /// <summary>The case as run.</summary>
    public required Case Case { get; init; }

    /// <summary>Processor time [s].</summary>
    public double Seconds { get; private set; }

    /// <summary>The last state.</summary>
    public Snapshot Last => last ?? throw new InvalidOperationException("the run has reached no state");

    /// <summary>Runs a case file.</summary>
    /// <exception cref="InputException">The case is wrong.</exception>
    /// <exception cref="RunException">The run failed.</exception>
    public static VerifiedRun Of(string file, IReadOnlyList<string> overrides, int threads, CancellationToken cancel)
    {
        var document = CaseRun.Read(file, overrides);
        var run = new VerifiedRun { Case = document.Case };
        var start = Process.GetCurrentProcess().TotalProcessorTime;
        using var device = new HostDevice(threads > 0 ? threads : Environment.ProcessorCount);
        new Simulation(device, document, CaseRun.Prepare(document.Case, device), GrainFile.Of(document.Case)).Run(run, cancel);
        run.Seconds = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
        return run;
    }

    /// <summary>A scalar of the history at the end [SI].</summary>
    public double AtEnd(string column) => end[column] ?? double.NaN;

    /// <summary>A field at points [m], for each its components.</summary>
    public IReadOnlyList<double[]> At(string field, IReadOnlyList<double[]> points) => SnapshotProbe.Read(Last, points, LengthUnit.Nanometre).Fields.Single(f => f.Name == field).Values;

    /// <summary>Centres of the cells with the values of a field there.</summary>
    public IEnumerable<(double X, double Z, double[] Values)> Cells(string field)
    {
        var (grid, cells) = (Last.Grid, Last.Cells.Single(f => f.Name == field));
        var data = (double[])cells.Data;
        return Enumerable.Range(0, data.Length / cells.Components).Select(i =>
            ((i % grid.Cells.X + 0.5) * grid.Spacing.X, (i / grid.Cells.X / grid.Cells.Y + 0.5) * grid.Spacing.Z, data[(i * cells.Components)..((i + 1) * cells.Components)]));
    }

    /// <summary>L² norm over the cells of the difference of a field from an exact one, over the norm of the exact one.</summary>
    /// <param name="exact">Leading components at a point; further ones are not compared.</param>
    public double Distance(string field, Func<double, double, double[]> exact)
    {
        var (difference, size) = (0.0, 0.0);
        foreach (var (x, z, values) in Cells(field))
        {
            var weight = Case.Domain.Kind == DomainKind.Axisymmetric ? x : 1;
            foreach (var (expected, found) in exact(x, z).Zip(values))
                (difference, size) = (difference + weight * (found - expected) * (found - expected), size + weight * expected * expected);
        }
        return Math.Sqrt(difference / size);
    }

    void ISimulationObserver.Stepped(Simulation simulation, double?[] row) => end = simulation.History.Columns.Select((column, i) => (column.Name, row[i])).ToDictionary();

    void ISimulationObserver.Reached(Simulation simulation) => last = SnapshotBuilder.Build(simulation, new("", "", "", "", "", ""));
}
