using System.Globalization;
using System.Text.Json;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>A change of the case of a run on its way, as run.json keeps it.</summary>
/// <param name="Step">Time steps that had been taken.</param>
/// <param name="Time">Time [s].</param>
/// <param name="Change">The entry, before and from here on.</param>
public sealed record RecordedChange(long Step, double Time, CaseChange Change);

/// <summary>
/// How the case with which a run goes on differs from the one by which its state was computed. What has been computed
/// must not depend on it: title, published values and output, and what of the protocol has not begun.
/// </summary>
public sealed class RunChanges
{
    private const string Section = "changes";

    /// <summary>
    /// Sections that have no influence on what is computed, but for the instants that output is to meet.
    /// </summary>
    private static readonly string[] Free = ["title", "output", "published"];

    private RunChanges(IReadOnlyList<CaseChange> entries, SimulationScalars scalars, IReadOnlyList<string> unlike) =>
        (Entries, Scalars, Unlike) = (entries, scalars, unlike);

    /// <summary>The entries that differ; none where the case is the same.</summary>
    public IReadOnlyList<CaseChange> Entries { get; }

    /// <summary>The numbers of the state with which the run goes on.</summary>
    public SimulationScalars Scalars { get; }

    /// <summary>
    /// Why the result may not have the bits of a run that had the case from the start, one line each.
    /// </summary>
    public IReadOnlyList<string> Unlike { get; }

    /// <summary>Compares the case of a state with the one that shall go on from it.</summary>
    /// <param name="before">The case by which the state was computed.</param>
    /// <param name="now">The case from here on.</param>
    /// <param name="at">The numbers of the state.</param>
    /// <exception cref="InputException">What has been computed depends on an entry; the message, the end of a bracket,
    /// names it.</exception>
    public static RunChanges Between(Case before, Case now, SimulationScalars at)
    {
        var entries = CaseDifference.Between(before, now);
        if (entries.FirstOrDefault(IsOfTheProblem) is { } other)
            throw new InputException(
                $"{other.Path}: {other.Before ?? "not given"} there, {other.Now ?? "not given"} here): what has been "
                + $"computed up to step {at.Step}, t = {at.Time:g6} s, depends on it");
        var (scalars, unlike) = (at, new List<string>());
        if (entries.FirstOrDefault(entry => entry.Section == "protocol") is { } protocol)
        {
            try
            {
                (scalars, var why) = ChangedProtocol.TakeUp(before.Protocol, now.Protocol, at);
                if (why is not null)
                    unlike.Add(why);
            }
            catch (InputException e)
            {
                throw new InputException(
                    $"{protocol.Path}: {protocol.Before ?? "not given"} there, {protocol.Now ?? "not given"} here): "
                    + $"{e.Message}", e);
            }
        }
        if (entries.Any(entry => entry.Path == "output.every"))
            scalars = scalars with { NextOutput = Next(now.Output.Every, at.Time) };
        if (entries.Any(entry => entry.Path is "output.every" or "output.at"))
            unlike.Add("time steps are cut to meet the instants of output.every and output.at");
        return new(entries, scalars, unlike);
    }

    /// <summary>Whether an entry may be changed in no state of a run.</summary>
    public static bool IsOfTheProblem(CaseChange change) =>
        !Free.Contains(change.Section) && change.Section != "protocol";

    /// <summary>What people should know, one line each.</summary>
    public IEnumerable<string> Notes()
    {
        if (Entries.Count == 0)
            yield break;
        yield return $"from step {Scalars.Step}, t = {Scalars.Time.ToString("g6", CultureInfo.InvariantCulture)} s, on "
            + $"{string.Join(", ", Entries)}";
        yield return Unlike.Count == 0
            ? "what is computed has the bits of a run that had this case from the start"
            : $"{string.Join("; ", Unlike)}: the last digits may differ from those of a run that had this case from "
                + $"the start";
    }

    /// <summary>The changes of a run so far: those that steps were computed after, and these.</summary>
    public IReadOnlyList<RecordedChange> After(IEnumerable<RecordedChange> earlier) =>
        [.. earlier.Where(change => change.Step < Scalars.Step),
            .. Entries.Select(entry => new RecordedChange(Scalars.Step, Scalars.Time, entry))];

    /// <summary>The changes that the run.json of a folder lists; none where it cannot be read.</summary>
    public static IReadOnlyList<RecordedChange> Recorded(string folder)
    {
        List<RecordedChange> changes = [];
        if (RunSummaryFile.Section(folder, Section) is not { ValueKind: JsonValueKind.Array } list)
            return changes;
        foreach (var item in list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
        {
            string? Text(string name) =>
                item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()
                : null;
            if (item.TryGetProperty("step", out var step) && step.TryGetInt64(out var taken)
                && item.TryGetProperty("time_s", out var time) && time.TryGetDouble(out var at)
                && Text("entry") is { } entry)
                changes.Add(new(taken, at, new(entry, Text("before"), Text("now"))));
        }
        return changes;
    }

    /// <summary>The list of run.json.</summary>
    public static object Json(IEnumerable<RecordedChange> changes) =>
        changes.Select(change => new Dictionary<string, object?>
        {
            ["step"] = change.Step,
            ["time_s"] = change.Time,
            ["entry"] = change.Change.Path,
            ["before"] = change.Change.Before,
            ["now"] = change.Change.Now,
        }).ToArray();

    /// <summary>The first of the regular instants after a time.</summary>
    private static double Next(double? every, double time) =>
        every is { } interval ? interval * (Math.Floor(time / interval * (1 + 1e-12)) + 1) : double.PositiveInfinity;
}
