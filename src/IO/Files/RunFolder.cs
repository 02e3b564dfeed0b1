using System.Globalization;
using System.Text.Json;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>Names of the files in the folder of a run, docs/files.md.</summary>
public static class RunFolder
{
    private const string Prefix = "step_", Suffix = ".h5";

    /// <summary>The status in run.json of a run that came to its end.</summary>
    public const string Finished = "finished";

    /// <summary>The status in run.json of a run that is at work, or was when it was killed.</summary>
    public const string Running = "running";

    /// <summary><c>DIR/case.yaml</c></summary>
    public static string CasePath(string folder) => Path.Combine(folder, "case.yaml");

    /// <summary><c>DIR/history.csv</c></summary>
    public static string HistoryPath(string folder) => Path.Combine(folder, "history.csv");

    /// <summary><c>DIR/run.json</c></summary>
    public static string SummaryPath(string folder) => Path.Combine(folder, "run.json");

    /// <summary><c>DIR/snapshots/step_00000042.h5</c></summary>
    public static string SnapshotPath(string folder, long step) =>
        Path.Combine(folder, "snapshots", $"{Prefix}{step:D8}{Suffix}");

    /// <summary>
    /// <c>DIR/checkpoint.h5</c>, the state since the last snapshot of a run that is at work or was killed.
    /// </summary>
    public static string CheckpointPath(string folder) => Path.Combine(folder, "checkpoint.h5");

    /// <summary><c>DIR/series.h5</c></summary>
    public static string SeriesPath(string folder) => Path.Combine(folder, "series.h5");

    /// <summary><c>DIR/sweep.csv</c> of a sweep.</summary>
    public static string SweepPath(string folder) => Path.Combine(folder, "sweep.csv");

    /// <summary><c>DIR/runs</c>, the folder of the folders of a sweep's points.</summary>
    public static string RunsPath(string folder) => Path.Combine(folder, "runs");

    /// <summary>
    /// Makes a folder and keeps other runs and sweeps out of it until the result is disposed of; the file goes with
    /// this process, however it ends.
    /// </summary>
    /// <exception cref="InputException">The folder cannot be made or written to, or another run or sweep is at work in
    /// it.</exception>
    public static FileStream Claim(string folder)
    {
        OutputPath.MakeFolder(folder);
        try
        {
            return new(LockPath(folder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1,
                FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException($"cannot write into the folder '{folder}': no permission");
        }
        catch (FileNotFoundException e)
        {
            throw new InputException($"cannot write into the folder '{folder}': {OutputPath.WhyNot(e)}");
        }
        catch (IOException e)
        {
            throw new InputException(
                $"the folder '{folder}' cannot be claimed, probably another run or sweep is at work in it: {e.Message}");
        }
    }

    /// <summary>Refuses a folder that holds a run or a sweep, with whose files others would be mixed.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="what">What is to be written.</param>
    /// <exception cref="InputException">It holds one, or <see cref="OutputPath.RequireFolder"/> refuses it.</exception>
    public static void RequireNoRun(string folder, string what)
    {
        OutputPath.RequireFolder(folder);
        var (isRun, isSweep) = (File.Exists(CasePath(folder)) && File.Exists(HistoryPath(folder)),
            File.Exists(SweepPath(folder)));
        if (isRun || isSweep)
            throw new InputException(
                $"the folder '{folder}' holds a {(isRun ? "run" : "sweep")}; choose another folder for {what}");
    }

    /// <summary>The run's snapshots in the order of their steps.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public static IReadOnlyList<string> Snapshots(string folder)
    {
        RequireFolder(folder);
        return SnapshotsOrNone(folder) is { Count: > 0 } found ? found
            : throw new InputException(RunsBelow(folder) ?? $"the folder '{folder}' holds no snapshots");
    }

    /// <summary>What a folder is whose runs are in folders of their own, and where; null for any other.</summary>
    private static string? RunsBelow(string folder)
    {
        // A study has its table only when all its runs have finished.
        var (what, where, pattern) = File.Exists(SweepPath(folder)) ? ("a sweep", RunsPath(folder), "*")
            : ("a convergence study", folder, "level_*");
        var first = Directory.Exists(where) ? Directory.GetDirectories(where, pattern)
            .Where(run => File.Exists(CasePath(run))).Order(StringComparer.Ordinal).FirstOrDefault() : null;
        return first is null ? null
            : $"the folder '{folder}' holds {what}, whose runs are folders of their own; name one of them, such as "
            + $"'{first}'";
    }

    /// <summary>Refuses a folder that is not there.</summary>
    /// <exception cref="InputException">It is not.</exception>
    public static void RequireFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InputException(File.Exists(folder) ? $"'{folder}' is a file; expected the folder of a run"
                : $"there is no folder '{folder}'");
    }

    /// <summary>Refuses what is neither a folder nor has the name of a snapshot.</summary>
    /// <exception cref="InputException">So it is.</exception>
    public static void RequireFolderOrSnapshot(string path)
    {
        if (!File.Exists(path) && Path.GetExtension(path) != Suffix)
            RequireFolder(path);
    }

    /// <summary>The run's snapshots in the order of their steps, none where there is no such folder.</summary>
    public static IReadOnlyList<string> SnapshotsOrNone(string folder)
    {
        var snapshots = Path.Combine(folder, "snapshots");
        return Directory.Exists(snapshots)
            ? [.. Directory.GetFiles(snapshots, $"{Prefix}*{Suffix}").Where(path => StepOf(path) is not null)
            .OrderBy(StepOf)] : [];
    }

    /// <summary>The step in the name of a snapshot; null for any other name.</summary>
    public static long? StepOf(string snapshot) =>
        Path.GetFileName(snapshot) is var name && name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(Suffix, StringComparison.Ordinal)
        && long.TryParse(name[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture,
            out var step) ? step : null;

    /// <summary>
    /// The folder of the run to which a snapshot belongs: the one around <c>snapshots</c>, or else the snapshot's own.
    /// </summary>
    public static string Of(string snapshot)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(snapshot))!;
        return Path.GetFileName(folder) == "snapshots" ? Path.GetDirectoryName(folder)! : folder;
    }

    /// <summary>Whether a folder holds a run that came to its end, and its history.</summary>
    public static bool IsFinished(string folder) => File.Exists(HistoryPath(folder)) && Status(folder) == Finished;

    /// <summary>Whether a folder is claimed by a run or sweep.</summary>
    public static bool IsClaimed(string folder)
    {
        try
        {
            // Shared, so that it is refused while another process has it for itself; the lock of one that was killed
            // has gone with it.
            using var claim = new FileStream(LockPath(folder), FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete, 1);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is not (FileNotFoundException or DirectoryNotFoundException);
        }
    }

    /// <summary>Whether a run is at work in a folder, or was when it was killed.</summary>
    public static bool IsRunning(string folder) => Status(folder) == Running;

    /// <summary>
    /// Whether a run that was at work in a folder ended without a word: run.json still says that it runs, and nobody
    /// holds the folder.
    /// </summary>
    public static bool IsKilled(string folder) => IsRunning(folder) && !IsClaimed(folder) && IsRunning(folder);
    // Asked again: it may have ended in between.

    private static string LockPath(string folder) => Path.Combine(folder, ".lock");

    /// <summary>The status in run.json; null where there is none.</summary>
    private static string? Status(string folder)
    {
        if (!File.Exists(SummaryPath(folder)))
            return null;
        try
        {
            using var summary = JsonDocument.Parse(File.ReadAllText(SummaryPath(folder)));
            return summary.RootElement is { ValueKind: JsonValueKind.Object } run
                && run.TryGetProperty("status", out var status) ? status.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The last row of a run's history: cells as written, by heading such as <c>theta [-]</c>.</summary>
    public static IReadOnlyDictionary<string, string> LastRow(string folder)
    {
        var lines = File.ReadLines(HistoryPath(folder));
        var (headings, last) = (lines.FirstOrDefault("").Split(','), lines.LastOrDefault("").Split(','));
        return headings.Zip(last).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
