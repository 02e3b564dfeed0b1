using System.Globalization;
using System.Text;
using System.Text.Json;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>
/// Writes the folder of a run: case.yaml, history.csv, snapshots and run.json. The last line of the history and the last snapshot
/// stay readable whatever happens to the run.
/// </summary>
public sealed class RunRecorder : ISimulationObserver, IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly string folder;
    private readonly Provenance provenance;
    private readonly int compression;
    private readonly System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
    private readonly FileStream claim;
    private StreamWriter? history;
    private long cgIterations;

    /// <summary>Prepares a folder; an earlier run of the same case in it is replaced.</summary>
    /// <exception cref="InputException">The folder cannot be written to, or holds the run of another case.</exception>
    public RunRecorder(string folder, Case @case, Provenance provenance)
    {
        (this.folder, this.provenance, compression) = (folder, provenance, @case.Output.Compression);
        var caseFile = RunFolder.CasePath(folder);
        for (var above = Path.GetFullPath(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
                throw new InputException($"the folder '{folder}' cannot be used: '{Path.GetRelativePath(".", above)}' is a file");
        }
        if (File.Exists(RunFolder.SweepPath(folder)))
            throw new InputException($"the folder '{folder}' holds a sweep; choose another folder for the run");
        claim = RunFolder.Claim(folder);
        try
        {
            Prepare(caseFile);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    private void Prepare(string caseFile)
    {
        try
        {
            if (File.Exists(caseFile) && FirstDifference(File.ReadAllLines(caseFile), provenance.CaseText.Split('\n')) is { } difference)
                throw new InputException($"the folder '{folder}' holds the run of another case ({difference}); choose another folder or remove it");
            Directory.CreateDirectory(Path.Combine(folder, "snapshots"));
            foreach (var old in Directory.GetFiles(Path.Combine(folder, "snapshots"), "step_*.h5"))
                File.Delete(old);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the folder '{folder}' cannot be used: {e.Message}");
        }
        AtomicFile.WriteText(caseFile, provenance.CaseText);
        WriteSummary("running", null);
    }

    /// <summary>Scalars of the last step.</summary>
    public double?[] LastRow { get; private set; } = [];

    /// <summary>The last snapshot.</summary>
    public Snapshot? LastSnapshot { get; private set; }

    public void Stepped(Simulation simulation, double?[] row)
    {
        LastRow = row;
        cgIterations += (long)(row[Index(simulation, "cg_iterations")] ?? 0);
        Guard(() =>
        {
            if (history is null)
            {
                history = new StreamWriter(RunFolder.HistoryPath(folder), false, new UTF8Encoding(false)) { NewLine = "\n" };
                history.WriteLine(string.Join(",", simulation.History.Columns.Select(c => c.Heading)));
            }
            history.WriteLine(string.Join(",", row.Select(v => v?.ToString("R", CultureInfo.InvariantCulture) ?? "")));
            history.Flush();
        });
    }

    public void Reached(Simulation simulation)
    {
        LastSnapshot = SnapshotBuilder.Build(simulation, provenance);
        SnapshotWriter.Write(LastSnapshot, RunFolder.SnapshotPath(folder, simulation.Step), compression);
        WriteSummary("running", simulation);
    }

    /// <summary>Notes in run.json how the run ended.</summary>
    /// <param name="status"><c>finished</c>, <c>interrupted</c>, or <c>failed</c> with the reason.</param>
    public void End(string status, Simulation? simulation) => WriteSummary(status, simulation);

    public void Dispose()
    {
        history?.Dispose();
        claim.Dispose();
    }

    private static string? FirstDifference(string[] there, string[] here)
    {
        var lines = Math.Max(there.Length, here.Length);
        string Line(string[] text, int i) => i < text.Length ? text[i].Trim() : "";
        var i = Enumerable.Range(0, lines).FirstOrDefault(i => Line(there, i) != Line(here, i), -1);
        return i < 0 ? null : $"case.yaml:{i + 1}: '{Words.OneLine(Line(there, i))}' there, '{Words.OneLine(Line(here, i))}' here";
    }

    private static int Index(Simulation simulation, string column) => simulation.History.Columns.TakeWhile(c => c.Name != column).Count();

    private void WriteSummary(string status, Simulation? simulation)
    {
        var summary = new Dictionary<string, object?>
        {
            ["status"] = status,
            ["program_version"] = provenance.ProgramVersion,
            ["commit"] = provenance.Commit,
            ["device"] = provenance.Device,
            ["host"] = provenance.Host,
            ["command"] = provenance.Command,
            ["time_s"] = simulation?.Time ?? 0,
            ["steps"] = simulation?.Step ?? 0,
            ["cg_iterations"] = cgIterations,
            ["launches"] = simulation?.Device.Launches ?? 0,
            ["wall_s"] = Math.Round(watch.Elapsed.TotalSeconds, 3),
        };
        AtomicFile.WriteText(RunFolder.SummaryPath(folder), JsonSerializer.Serialize(summary, Indented) + "\n");
    }

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"cannot write history.csv in '{folder}': {e.Message}", e);
        }
    }
}
