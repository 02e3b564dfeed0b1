using System.Diagnostics;
using System.Text.Json;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>
/// Writes the folder of a run: case.yaml, history.csv, snapshots, series.h5, checkpoint.h5 and run.json. What has its
/// final name is whole, whatever happens to the run, and history.csv has every row up to the newest snapshot.
/// </summary>
public sealed class RunRecorder : ISimulationObserver, IDisposable
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly string folder;
    private readonly Case @case;
    private readonly Provenance provenance;
    private readonly TimeProvider clock;
    private readonly Stopwatch watch = Stopwatch.StartNew(), waited = new(), written = new();
    private readonly FileStream claim;
    private readonly BackgroundWriter writer = new();
    private readonly SortedDictionary<long, double> snapshots = [];
    private RunHistory? history;
    private IReadOnlyList<RecordedChange> changes = [];
    private Snapshot? last;
    private double?[] lastRow = [];
    private int cgColumn;
    private long cgIterations, launches;

    /// <summary>The clock when the state was last taken to be written.</summary>
    private long saved;

    /// <summary>Claims a folder; nothing in it is changed yet.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="case">The case.</param>
    /// <param name="provenance">Who and what makes the run.</param>
    /// <param name="clock">Tells when a checkpoint is due; the system's by default.</param>
    /// <exception cref="InputException">The folder cannot be written to, holds files that no run has written under the
    /// names of a run's, or another run is at work in it.</exception>
    public RunRecorder(string folder, Case @case, Provenance provenance, TimeProvider? clock = null)
    {
        (this.folder, this.@case, this.provenance, this.clock) =
            (folder, @case, provenance, clock ?? TimeProvider.System);
        OutputPath.RequireFolder(folder);
        if (File.Exists(RunFolder.SweepPath(folder)))
            throw new InputException($"the folder '{folder}' holds a sweep; choose another folder for the run");
        claim = RunFolder.Claim(folder);
        try
        {
            OwnFiles.RequireRun(folder, provenance.CaseText, RunHistory.Header(History.ColumnsOf(@case.Domain.Kind)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Scalars of the last step.</summary>
    public ReadOnlySpan<double?> LastRow => lastRow;

    /// <summary>Whether there is a snapshot to go on from.</summary>
    public bool HasSnapshot => snapshots.Count > 0;

    /// <summary>The last snapshot.</summary>
    public Snapshot LastSnapshot => last ??= SnapshotReader.Read(RunFolder.Snapshots(folder)[^1]);

    /// <summary>
    /// Takes a new simulation to where the run in the folder stopped, if there is one, and prepares the folder.
    /// </summary>
    /// <param name="fresh">Whether to start from the beginning and replace what the folder holds.</param>
    /// <param name="notice">Told what people should know, one line each.</param>
    /// <param name="another">The command that starts another run from a snapshot, for messages. With it the case may
    /// have been changed where a run can take that up (<see cref="RunChanges"/>); without, it must be the same.</param>
    /// <exception cref="InputException">The run in the folder cannot be gone on with.</exception>
    public void Start(Simulation simulation, bool fresh, Action<string> notice, Func<string, string>? another = null)
    {
        var columns = simulation.History.Columns;
        (lastRow, cgColumn) = (new double?[columns.Count], Index(columns, "cg_iterations"));
        if (fresh || another is null)
            RequireCase(mayChange: false);
        var going = fresh ? null : EarlierRun.Newest(folder, @case, provenance, another, notice);
        RequireCase(mayChange: !fresh && another is not null);
        if (going is null && !fresh && RunFolder.SnapshotsOrNone(folder).Count > 0)
            throw new InputException(
                $"none of the snapshots in the folder '{folder}' can be gone on with; --fresh runs from the beginning "
                + $"and replaces them");
        var point = going?.Point;
        point?.Restore(simulation, going!.Changes.Scalars);
        changes = going?.Changes.After(RunChanges.Recorded(folder)) ?? [];
        try
        {
            RemoveLeftovers(all: point is null);
            if (going?.Changes.Entries.Count > 0)
                RemoveSnapshotsAfter(going.Point.Step);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the folder '{folder}' cannot be used: {e.Message}");
        }
        AtomicFile.WriteText(RunFolder.CasePath(folder), provenance.CaseText);
        if (point is null)
        {
            history = RunHistory.Create(folder, columns);
        }
        else
        {
            history = RunHistory.Continue(folder, going!.Rows, going.IsRewritten);
            TakeUp(RunHistory.Read(folder), columns);
            Tell(going, notice);
            if (EarlierRun.Otherwise(point, provenance) is { } difference)
                notice(difference);
        }
        WriteSummary(RunFolder.Running, simulation.Time, simulation.Step);
        saved = clock.GetTimestamp();
    }

    /// <summary>Refuses a folder whose case.yaml is another case.</summary>
    private void RequireCase(bool mayChange)
    {
        if (EarlierRun.Difference(folder, provenance.CaseText) is { } difference
            && !(mayChange && EarlierRun.IsChangedOnTheWay(folder, @case)))
            throw new InputException(
                $"the folder '{folder}' holds the run of another case ({difference}); choose another folder or remove "
                + $"it");
    }

    private void Tell(Continuation going, Action<string> notice)
    {
        if (going.IsRewritten)
            notice("history.csv had been saved by another program, which changed the form of its lines and numbers; it "
                + "is again as the run wrote it");
        if (going.Point.Inputs.Count == 0 && provenance.Inputs.Count > 0)
            notice($"'{going.Point.Path}', which an earlier version wrote, does not say what "
                + $"{string.Join(", ", provenance.Inputs.Select(file => $"'{file.Path}'"))} held; "
                + "taken to be the same");
        notice($"goes on from step {going.Point.Step}, t = {going.Point.Time:g6} s");
        foreach (var line in going.Changes.Notes())
            notice(line);
    }

    public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
    {
        writer.Check();
        row.CopyTo(lastRow);
        cgIterations += (long)(row[cgColumn] ?? 0);
        launches = simulation.Device.Launches;
        history!.Add(row);
    }

    public void Reached(Simulation simulation)
    {
        waited.Start();
        writer.Wait();
        var complete = SnapshotBuilder.Begin(simulation, provenance, history!.Hash);
        writer.Start(() => Write(complete));
        saved = clock.GetTimestamp();
        waited.Stop();
    }

    /// <summary>Keeps the state when the time for a checkpoint has come.</summary>
    public void StepEnded(Simulation simulation)
    {
        if (@case.Output.Checkpoint == 0 || clock.GetElapsedTime(saved).TotalSeconds < @case.Output.Checkpoint)
            return;
        waited.Start();
        writer.Wait();
        var complete = SnapshotBuilder.BeginState(simulation, provenance, history!.Hash);
        saved = clock.GetTimestamp();
        writer.Start(() => WriteCheckpoint(complete));
        waited.Stop();
    }

    /// <summary>Waits until everything is written, and notes in run.json how the run ended.</summary>
    /// <param name="status"><c>finished</c> or <c>interrupted</c>.</param>
    /// <exception cref="RunException">Something could not be written.</exception>
    public void End(string status, Simulation simulation)
    {
        waited.Start();
        writer.Wait();
        waited.Stop();
        Writing(() =>
        {
            WriteSummary(status, simulation.Time, simulation.Step);
            // A run that was taken up from its checkpoint and interrupted before its next step has no snapshot of that
            // state.
            if (snapshots.ContainsKey(simulation.Step))
                File.Delete(RunFolder.CheckpointPath(folder));
        });
    }

    /// <summary>Notes in run.json that the run failed, where that can still be written.</summary>
    public void Fail(string reason, Simulation simulation)
    {
        writer.Dispose();
        try
        {
            WriteSummary($"failed: {reason}", simulation.Time, simulation.Step);
        }
        catch (Exception e) when (e is InputException or RunException)
        {
            // The reason of the failure itself is the one to report.
        }
    }

    public void Dispose()
    {
        writer.Dispose();
        history?.Dispose();
        claim.Dispose();
    }

    private void Write(Func<Snapshot> complete) => Writing(() =>
    {
        written.Start();
        var snapshot = complete();
        last = @case.Published.Any(entry => entry.Field is not null) ? snapshot : null;
        // First the rows that belong to it: a snapshot that is there can be gone on from.
        history!.Sync();
        SnapshotWriter.Write(snapshot, RunFolder.SnapshotPath(folder, snapshot.Step), @case.Output.Compression);
        snapshots[snapshot.Step] = snapshot.Time;
        SeriesFile.Write(folder, [.. snapshots.Select(s => (s.Key, s.Value))]);
        written.Stop();
        WriteSummary(RunFolder.Running, snapshot.Time, snapshot.Step);
    });

    private void WriteCheckpoint(Func<Snapshot> complete) => Writing(() =>
    {
        written.Start();
        var state = complete();
        history!.Sync();
        // It is soon replaced: rather quick than small.
        SnapshotWriter.Write(state, RunFolder.CheckpointPath(folder), Math.Min(1, @case.Output.Compression));
        written.Stop();
        WriteSummary(RunFolder.Running, state.Time, state.Step);
    });

    /// <summary>A folder that could be written to at the start and cannot be any more is no bad input.</summary>
    private static void Writing(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            throw new RunException(e.Message, e);
        }
    }

    private void TakeUp(IReadOnlyList<double?[]> rows, IReadOnlyList<HistoryColumn> columns)
    {
        lastRow = rows[^1];
        cgIterations = (long)rows.Sum(row => row[cgColumn] ?? 0);
        foreach (var step in RunFolder.SnapshotsOrNone(folder).Select(RunFolder.StepOf))
        {
            if (step is { } known && known < rows.Count)
                snapshots[known] = rows[(int)known][Index(columns, "time")] ?? 0;
        }
    }

    /// <summary>
    /// Removes what a killed run had not finished writing, and all snapshots when the run starts anew.
    /// </summary>
    private void RemoveLeftovers(bool all)
    {
        var below = Directory.CreateDirectory(Path.Combine(folder, "snapshots")).FullName;
        var old = new[] { folder, below }.SelectMany(f => Directory.EnumerateFiles(f, ".*.tmp"));
        foreach (var file in all ? old.Concat(RunFolder.SnapshotsOrNone(folder)).Append(RunFolder.SeriesPath(folder))
            .Append(RunFolder.CheckpointPath(folder)) : old)
            File.Delete(file);
    }

    /// <summary>Removes snapshots of a case that is another from a step on.</summary>
    private void RemoveSnapshotsAfter(long step)
    {
        foreach (var file in RunFolder.SnapshotsOrNone(folder).Where(path => RunFolder.StepOf(path) > step))
            File.Delete(file);
    }

    private static double Seconds(Stopwatch watch) => Math.Round(watch.Elapsed.TotalSeconds, 3);

    private static int Index(IReadOnlyList<HistoryColumn> columns, string column) =>
        columns.TakeWhile(c => c.Name != column).Count();

    private void WriteSummary(string status, double time, long step)
    {
        var summary = new Dictionary<string, object?>
        {
            ["status"] = status,
            ["program_version"] = provenance.ProgramVersion,
            ["commit"] = provenance.Commit,
            ["device"] = provenance.Device,
            ["host"] = provenance.Host,
            ["command"] = provenance.Command,
            ["warnings"] = provenance.Warnings,
            ["inputs"] = InputFiles.Json(provenance.Inputs),
            ["changes"] = RunChanges.Json(changes),
            ["time_s"] = time,
            ["steps"] = step,
            ["cg_iterations"] = Interlocked.Read(ref cgIterations),
            ["launches"] = Interlocked.Read(ref launches),
            ["wall_s"] = Seconds(watch),
            ["snapshots_s"] = Seconds(waited),
            ["writer_s"] = Seconds(written),
        };
        AtomicFile.WriteText(RunFolder.SummaryPath(folder), JsonSerializer.Serialize(summary, Indented) + "\n");
    }
}
