using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Support;

/// <summary>
/// A case run in memory on the host device, with its history and snapshots. One thread each: test classes run beside
/// each other.
/// </summary>
internal sealed class CaseRun : ISimulationObserver, IDisposable
{
    public static readonly Provenance Nobody = new("", "", "", "", "", "");
    private readonly IDevice device;

    private readonly List<Func<Snapshot>> begun = [];

    private CaseRun(CaseDocument document, IDevice device, double[]? initial = null)
    {
        this.device = device;
        Simulation = new Simulation(device, document, initial ?? InitialConcentration.Of(document.Case),
            GrainFile.Of(document.Case));
    }

    public Simulation Simulation { get; }

    /// <summary>A row per step, the start included.</summary>
    public List<double?[]> Rows { get; } = [];

    /// <summary>Snapshots where the run reaches a state to be written.</summary>
    public List<Snapshot> Snapshots { get; } = [];

    public static CaseRun OfFile(string name, params string[] overrides) =>
        Run(CaseReader.Read(Path.Combine(CaseText.Root(), "cases", name), overrides));

    public static CaseRun OfText(string text, params string[] overrides) => Run(CaseText.Parse(text, overrides));

    public static CaseRun Run(CaseDocument document, int threads = 1) => Run(document, new HostDevice(threads));

    /// <summary>Runs on a device, which ends with the run.</summary>
    public static CaseRun Run(CaseDocument document, IDevice device)
    {
        var run = new CaseRun(document, device);
        run.Start();
        return run;
    }

    /// <summary>Runs a case of two axes from x given at its cells (i along x, k along z).</summary>
    public static CaseRun Run(CaseDocument document, Func<int, int, double> initial, int nx, int nz) =>
        Run(document, [.. from k in Enumerable.Range(0, nz) from i in Enumerable.Range(0, nx) select initial(i, k)]);

    /// <summary>Runs a case from x given at its cells, x fastest.</summary>
    public static CaseRun Run(CaseDocument document, double[] initial)
    {
        var run = new CaseRun(document, new HostDevice(1), initial);
        run.Start();
        return run;
    }

    /// <summary>A column of the history.</summary>
    public double[] Column(string name)
    {
        var i = Simulation.History.Columns.Select(c => c.Name).ToList().IndexOf(name);
        Assert.True(i >= 0, $"the history has no column {name}");
        return [.. Rows.Select(row => row[i] ?? double.NaN)];
    }

    /// <summary>The last value of a column.</summary>
    public double Last(string name) => Column(name)[^1];

    /// <summary>A field of the last snapshot at points given in nm: for each point its components.</summary>
    public IReadOnlyList<double[]> At(string field, params double[][] points) => At(Snapshots[^1], field, points);

    /// <summary>A field of a snapshot at points given in nm.</summary>
    public static IReadOnlyList<double[]> At(Snapshot snapshot, string field, params double[][] points) =>
        SnapshotProbe.Read(snapshot, [.. points.Select(p => p.Select(x => x * 1e-9).ToArray())],
            LengthUnit.Nanometre).Fields.Single(f => f.Name == field).Values;

    /// <summary>A cell field of the last snapshot.</summary>
    public double[] Cells(string field) => Cells(Snapshots[^1], field);

    /// <summary>A cell field of a snapshot, x fastest, components together.</summary>
    public static double[] Cells(Snapshot snapshot, string field) =>
        (double[])snapshot.Cells.Single(f => f.Name == field).Data;

    void ISimulationObserver.Stepped(Simulation simulation, ReadOnlySpan<double?> row) => Rows.Add(row.ToArray());

    void ISimulationObserver.Reached(Simulation simulation) => begun.Add(SnapshotBuilder.Begin(simulation, Nobody));

    /// <summary>
    /// Runs to the end, and only then makes the snapshots that were begun on the way, so that one that steps after it
    /// could overwrite would be noticed.
    /// </summary>
    private void Start()
    {
        Simulation.Run(this);
        Snapshots.AddRange(begun.Select(complete => complete()));
        begun.Clear();
    }

    public void Dispose() => device.Dispose();
}
