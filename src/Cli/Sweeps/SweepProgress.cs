using System.Diagnostics;
using MesoLiMg.Cli.Commands;

namespace MesoLiMg.Cli.Sweeps;

/// <summary>Shows a sweep: a line for each point that ends and, on a terminal, one that says what runs.</summary>
internal sealed class SweepProgress(TextWriter output, SweepPlan plan)
{
    private readonly bool terminal = People.IsTerminal(output);
    private readonly int finishedBefore = plan.Points.Count(point => point.Status == PointStatus.Finished);
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly SortedDictionary<string, string> running = new(StringComparer.Ordinal);
    private int ended;

    public void Began(SweepPoint point)
    {
        running[point.Name] = "";
        if (!terminal)
            output.WriteLine($"{point.Name}: runs");
        ShowRunning();
    }

    /// <summary>Takes a line of a run, which begins with a percentage where the run knows its end.</summary>
    public void Says(SweepPoint point, string line)
    {
        if (!running.ContainsKey(point.Name) || line.IndexOf('%') is not (> 0 and < 6 and var end))
            return;
        running[point.Name] = $" ({line[..end].Trim()} %)";
        ShowRunning();
    }

    public void Ended(SweepPoint point)
    {
        running.Remove(point.Name);
        ended++;
        Clear();
        var done = finishedBefore + ended;
        var left = done < plan.Points.Count && point.Status != PointStatus.Interrupted ? $"; about {People.Duration(watch.Elapsed * ((double)(plan.Points.Count - done) / ended))} left" : "";
        output.WriteLine($"{done} of {plan.Points.Count}  {point.Name}: {point.Status.ToString().ToLowerInvariant()}{(point.Reason == "" ? "" : $": {point.Reason}")}{left}");
        ShowRunning();
    }

    /// <summary>Clears the line of what runs.</summary>
    public void Clear()
    {
        if (terminal)
            output.Write($"\r{"".PadRight(Width)}\r");
    }

    private int Width => People.Width(output) - 1;

    private void ShowRunning()
    {
        if (!terminal)
            return;
        var line = running.Count == 0 ? "" : $"running: {string.Join("; ", running.Select(run => run.Key + run.Value))}";
        output.Write($"\r{(line.Length > Width ? line[..Width] : line.PadRight(Width))}");
    }
}
