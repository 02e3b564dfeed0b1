using System.Diagnostics;
using System.Text.RegularExpressions;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Sweeps;

/// <summary>
/// Shows a sweep: a line for each point that ends and, on a terminal, one that says what runs and how far it is.
/// </summary>
internal sealed partial class SweepProgress(TextWriter output, SweepPlan plan)
{
    private readonly StatusLine status = new(output);
    private readonly int finishedBefore = plan.Points.Count(point => point.Status == PointStatus.Finished);
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly SortedDictionary<string, string> running = new(StringComparer.Ordinal);
    private int ended;

    public void Began(SweepPoint point)
    {
        running[point.Name] = "";
        if (!status.IsShown)
            output.WriteLine($"{point.Name}: runs");
        ShowRunning();
    }

    /// <summary>Takes a line of a run: how much is done, where it knows that, and the place in the protocol.</summary>
    public void Says(SweepPoint point, string line)
    {
        if (!running.ContainsKey(point.Name) || Place(line) is not { } place)
            return;
        running[point.Name] = $" ({place})";
        ShowRunning();
    }

    public void Ended(SweepPoint point)
    {
        running.Remove(point.Name);
        ended++;
        Clear();
        var done = finishedBefore + ended;
        var isToGoOn = done < plan.Points.Count && point.Status != PointStatus.Interrupted;
        var rest = watch.Elapsed * ((double)(plan.Points.Count - done) / ended);
        var how = point.Status.ToString().ToLowerInvariant() + (point.Reason == "" ? "" : $": {point.Reason}");
        var left = isToGoOn ? $"; about {People.Duration(rest)} left" : "";
        People.Say(output, $"{done} of {plan.Points.Count}  {point.Name}: {how}{left}");
        ShowRunning();
    }

    /// <summary>Clears the line of what runs.</summary>
    public void Clear() => status.Clear();

    /// <summary>How far a run is, from a line of its progress; null where it is another line.</summary>
    internal static string? Place(string line)
    {
        var found = Progress().Match(line);
        string[] parts = [.. new[] { found.Groups["share"].Value, found.Groups["place"].Value }.Where(
            text => text != "")];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    /// <summary>
    /// What runs, for a line of a width: the points by their names or, where these are too long, by their numbers, as
    /// many as there is room for.
    /// </summary>
    /// <param name="running">How far each is, by its name.</param>
    /// <param name="room">Characters that there are.</param>
    internal static string Running(IReadOnlyDictionary<string, string> running, int room)
    {
        if (running.Count == 0)
            return "";
        string Line(Func<string, string> name, int shown) =>
            "running: " + string.Join("; ", running.Take(shown).Select(run => name(run.Key) + run.Value))
            + (shown < running.Count ? $"; {running.Count - shown} more" : "");
        var whole = Line(name => name, running.Count);
        return whole.Length <= room ? whole
            : Enumerable.Range(1, running.Count).Reverse().Select(shown => Line(name => name.Split('_')[0], shown))
                .FirstOrDefault(line => line.Length <= room)
            ?? Line(name => name.Split('_')[0], 1);
    }

    private void ShowRunning() => status.Show(Running(running, status.Room));

    [GeneratedRegex(@"^ *(?<share>\d+ %)? *(?<place>step \d+ of \d+ \w+(, cycle \d+ of \d+)?)?,? *t = ")]
    private static partial Regex Progress();
}
