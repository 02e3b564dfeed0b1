using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>What a folder holds of an earlier run.</summary>
public static class EarlierRun
{
    /// <summary>Whether a folder holds a run of this case that came to its end.</summary>
    public static bool IsFinished(string folder, string caseText) => RunFolder.IsFinished(folder)
        && File.Exists(RunFolder.CasePath(folder)) && Difference(folder, caseText) is null;

    /// <summary>
    /// The first difference between the case of a folder and another one, <c>case.yaml:7: '...' there, '...' here</c>;
    /// null where they are the same or there is none.
    /// </summary>
    public static string? Difference(string folder, string caseText)
    {
        var path = RunFolder.CasePath(folder);
        return File.Exists(path) ? FirstDifference(File.ReadAllText(path), caseText, path) : null;
    }

    /// <summary>The newest state in a folder from which a run can go on.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="now">The case that shall go on.</param>
    /// <param name="provenance">Its text, and the files that it reads.</param>
    /// <param name="another">The command that starts another run from a snapshot, for messages; null where the case
    /// must be the one of the state.</param>
    /// <param name="notice">Told of snapshots that are passed over, one line each.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InputException">The newest snapshot belongs to another case, to other files or to a newer
    /// program, or none has the history that it needs.</exception>
    internal static Continuation? Newest(
        string folder, Case now, Provenance provenance, Func<string, string>? another, Action<string> notice)
    {
        HistoryText? history = null;
        (RestartPoint Point, RunChanges Changes)? newest = null;
        foreach (var point in Points(folder, notice))
        {
            var changes = Changes(folder, point, now, provenance.CaseText, another);
            InputFiles.RequireSame(provenance.Inputs, point.Inputs, $"the run of '{point.Path}'", InputFiles.Advice);
            history ??= HistoryText.Read(folder);
            if (history.UpTo(point.Step, point.HistoryHash) is { } rows)
                return new(point, changes, rows, !history.BeginsWith(rows));
            newest ??= (point, changes);
            notice($"'{point.Path}' is passed over: the rows of history.csv that belong to it are not there as they "
                + $"were written ({history.Difference(point.Step)})");
        }
        return newest is { } whole ? throw WithoutHistory(folder, now, whole.Point, whole.Changes, history!) : null;
    }

    /// <summary>
    /// Whether the case of a folder may have been changed on the way: in nothing but what a run can take up.
    /// </summary>
    internal static bool IsChangedOnTheWay(string folder, Case now) =>
        Read(RunFolder.CasePath(folder)) is { } before
            && !CaseDifference.Between(before, now).Any(RunChanges.IsOfTheProblem);

    private static RunChanges Changes(
        string folder, RestartPoint point, Case now, string caseText, Func<string, string>? another)
    {
        if (another is null || Parse(point.CaseText, point.Path) is not { } before)
        {
            return FirstDifference(point.CaseText, caseText, point.Path) is { } difference
                ? throw new InputException(
                    $"'{point.Path}' belongs to another case ({difference}); choose another folder")
                : RunChanges.Between(now, now, point.Scalars);
        }
        try
        {
            return RunChanges.Between(before, now, point.Scalars);
        }
        catch (InputException e)
        {
            // A state starts runs on its own grid alone.
            var other = GridShape.WithLayers(before) == GridShape.WithLayers(now)
                ? $", or start another run from that state, its protocol from the beginning: {another(point.Path)}"
                : "";
            throw new InputException(
                $"the folder '{folder}' holds the run of another case ({e.Message}; choose another folder{other}", e);
        }
    }

    private static InputException WithoutHistory(
        string folder, Case now, RestartPoint point, RunChanges changes, HistoryText history)
    {
        var rest = "protocol=" + CaseWriter.Protocol(ProtocolRest.Of(now.Protocol, changes.Scalars));
        return new($"'{RunFolder.HistoryPath(folder)}' is not as the run wrote it: {history.Difference(point.Step)}. "
            + "Put it back as it was, and the same command goes on; or have what is left run in another folder, from "
            + $"the newest state: {ShellCommand.Of("run", "--from", point.Path, "--set", rest, "-o", "NEW")} "
            + "(--fresh would run all of it again)");
    }

    /// <summary>The states in a folder that can be read, the newest first.</summary>
    private static IEnumerable<RestartPoint> Points(string folder, Action<string> notice)
    {
        var checkpoint = File.Exists(RunFolder.CheckpointPath(folder)) ? Read(RunFolder.CheckpointPath(folder), notice)
            : null;
        foreach (var path in RunFolder.SnapshotsOrNone(folder).Reverse())
        {
            if (checkpoint is not null && checkpoint.Step > RunFolder.StepOf(path))
            {
                yield return checkpoint;
                checkpoint = null;
            }
            if (Read(path, notice) is { } point)
                yield return point;
        }
        if (checkpoint is not null)
            yield return checkpoint;
    }

    private static RestartPoint? Read(string path, Action<string> notice)
    {
        try
        {
            return RestartPoint.Read(path);
        }
        catch (InputException e) when (e is not NewerFormatException)
        {
            notice($"{e.Message}; passed over");
            return null;
        }
    }

    /// <summary>
    /// What may keep a run that goes on from having the bits of one that never stopped; null when nothing does.
    /// </summary>
    public static string? Otherwise(RestartPoint point, Provenance now)
    {
        List<string> other = [];
        if ((point.ProgramVersion, point.Commit) != (now.ProgramVersion, now.Commit))
            other.Add($"version {point.ProgramVersion} ({point.Commit}), now {now.ProgramVersion} ({now.Commit})");
        // The number of threads, in brackets, has no influence.
        if (point.Device.Split('(')[0] != now.Device.Split('(')[0])
            other.Add($"on {point.Device}, now {now.Device}");
        return other.Count == 0 ? null
            : $"the run was made by {string.Join(" and ", other)}: the last digits may differ from those of a run in "
            + $"one go";
    }

    private static string? FirstDifference(string there, string here, string name)
    {
        string[] before = Normal(there, name).Split('\n'), now = here.Split('\n');
        string Line(string[] text, int i) => i < text.Length ? text[i].Trim() : "";
        var i = Enumerable.Range(0, Math.Max(before.Length, now.Length))
            .FirstOrDefault(i => Line(before, i) != Line(now, i), -1);
        return i < 0 ? null : $"case.yaml:{i + 1}: '{Words.OneLine(Line(before, i))}' there, "
            + $"'{Words.OneLine(Line(now, i))}' here";
    }

    /// <summary>A case as this version writes it, with the entries that are newer than the text.</summary>
    private static string Normal(string text, string name) =>
        Parse(text, name) is { } @case ? CaseWriter.Write(@case) : text;

    private static Case? Read(string path) => File.Exists(path) ? Parse(File.ReadAllText(path), path) : null;

    private static Case? Parse(string text, string name)
    {
        try
        {
            return CaseReader.Parse(text, name, []).Case;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
