using System.Globalization;
using System.Text;
using System.Text.Json;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Cli.Paper;

/// <summary>A run of the paper and what is read from it.</summary>
/// <param name="Case">As run.</param>
/// <param name="Folder">Folder of the run.</param>
internal sealed record PaperRun(Case Case, string Folder)
{
    /// <summary>The history.</summary>
    public Table History { get; } = Table.Read(Path.Combine(Folder, "history.csv"));

    /// <summary>The published figures beside those at the end of the run.</summary>
    public IReadOnlyList<PublishedRow> Published
    {
        get
        {
            using var last = OpenLast();
            return [.. PublishedTable.Rows(Case, entry => entry.Quantity is { } quantity
                ? AtEnd(quantity) : PublishedTable.AtPoint(entry, SnapshotProbe.Read(last, [[.. entry.At!]], LengthUnit.Nanometre)))];
        }
    }

    /// <summary>A scalar at the end [SI].</summary>
    public double AtEnd(string column) => History.Number(History.Count - 1, column) ?? double.NaN;

    /// <summary>The last snapshot, to be disposed of.</summary>
    public SnapshotFile OpenLast() => SnapshotFile.Open(RunFolder.Snapshots(Folder)[^1]);
}

/// <summary>Runs the cases of Figure 4; a run that this version of the program has finished before is taken as it is.</summary>
/// <param name="cases">Folder with the case files.</param>
/// <param name="folder">Folder for the runs.</param>
/// <param name="threads">Threads of the host device.</param>
/// <param name="output">Told what is run.</param>
/// <param name="error">Told warnings.</param>
internal sealed class PaperRuns(string cases, string folder, int threads, TextWriter output, TextWriter error, CancellationToken cancel)
{
    /// <summary>Diffusivities and currents of Figure 4c, as typed in a case.</summary>
    private static readonly string[] Diffusivities = ["3e-12", "1e-11", "3e-11", "6e-11", "1e-10", "3e-10", "1e-9"], Currents = ["0.1", "0.5", "1", "2"];

    /// <summary>Runs a case, or finds it finished.</summary>
    /// <param name="name">Folder of the run within that of all runs.</param>
    /// <param name="file">Case file.</param>
    /// <param name="overrides">As of <c>--set</c>.</param>
    public PaperRun Get(string name, string file, params string[] overrides)
    {
        var path = Path.Combine(cases, file);
        var document = CaseReader.Read(path, overrides);
        PublishedTable.Check(document);
        var target = Path.Combine(folder, name);
        if (IsFinished(target, CaseWriter.Write(document.Case)))
        {
            output.WriteLine($"{name}: as run before, in {target}");
            return new(document.Case, target);
        }
        output.WriteLine($"{name}: running {path} {string.Join(' ', overrides)}");
        if (File.Exists(Path.Combine(target, "case.yaml")))
            Directory.Delete(target, recursive: true);
        RunCommand.Run(TextWriter.Null, error, CaseRun.Read(path, overrides), target, "host", threads, fresh: false, cancel);
        return new(document.Case, target);
    }

    /// <summary>Runs slabs up to saturation over diffusivity and current.</summary>
    /// <returns>Their table, in the form of a sweep's.</returns>
    public string Utilisation(string file)
    {
        output.WriteLine($"theta: {Diffusivities.Length * Currents.Length} slabs of 100 cells");
        using var device = DeviceFactory.Open("host", threads);
        var table = new StringBuilder();
        foreach (var diffusivity in Diffusivities)
        {
            foreach (var current in Currents)
            {
                string[] values = [$"{diffusivity} cm^2/s", $"{current} mA/cm^2"];
                var document = CaseReader.Read(Path.Combine(cases, file), ["domain.cells=[100]", $"material.diffusivity={values[0]}", $"protocol.0.plate.current={values[1]}"]);
                var row = new LastRow();
                var simulation = new Simulation(device, document, InitialConcentration.Of(document.Case));
                Run(simulation, row);
                if (table.Length == 0)
                    table.AppendJoin(',', ["material.diffusivity", "protocol.0.plate.current", .. simulation.History.Columns.Select(c => c.Heading), "status", "reason"]).Append('\n');
                table.AppendJoin(',', [.. values, .. row.Values.Select(v => v?.ToString("R", CultureInfo.InvariantCulture) ?? ""), "finished", ""]).Append('\n');
            }
        }
        var path = Path.Combine(folder, "theta", "sweep.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.WriteText(path, table.ToString());
        return path;
    }

    private void Run(Simulation simulation, ISimulationObserver observer)
    {
        try
        {
            simulation.Run(observer, cancel);
        }
        catch (OperationCanceledException)
        {
            throw new RunException("interrupted among the slabs of Figure 4c");
        }
    }

    private static bool IsFinished(string run, string caseText)
    {
        var (caseFile, summary) = (Path.Combine(run, "case.yaml"), Path.Combine(run, "run.json"));
        if (!File.Exists(caseFile) || !File.Exists(summary) || File.ReadAllText(caseFile) != caseText)
            return false;
        using var json = JsonDocument.Parse(File.ReadAllText(summary));
        string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        return (Text("status"), Text("program_version"), Text("commit")) == ("finished", About.Version, About.Commit);
    }

    private sealed class LastRow : ISimulationObserver
    {
        public double?[] Values { get; private set; } = [];

        public void Stepped(Simulation simulation, double?[] row) => Values = row;

        public void Reached(Simulation simulation)
        {
        }
    }
}
