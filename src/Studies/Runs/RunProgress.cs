using System.Diagnostics;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Runs;

/// <summary>Shows a run: one line that is rewritten on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class RunProgress : ISimulationObserver, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromSeconds(0.1),
        PlainInterval = TimeSpan.FromSeconds(5);
    private readonly TextWriter output;
    private readonly StatusLine status;
    private readonly ProgressLine line = new();
    private readonly string part;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next = TimeSpan.Zero;
    private double? begun;

    public RunProgress(TextWriter output, string title, string device)
        : this(output)
    {
        People.Say(output, $"{title}, on {device}");
    }

    /// <summary>Shows a run that is a part of something larger, without a line that says what it is.</summary>
    /// <param name="output">Where to show it.</param>
    /// <param name="part">What part, as the beginning of each line; empty for none.</param>
    public RunProgress(TextWriter output, string part = "")
    {
        (this.output, this.part, status) = (output, part == "" ? "" : $"{part}: ", new StatusLine(output));
        // Parts that take a moment need no plain line.
        next = part == "" || status.IsShown ? TimeSpan.Zero : PlainInterval;
    }

    public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
    {
        if (watch.Elapsed < next)
            return;
        next = watch.Elapsed + (status.IsShown ? TerminalInterval : PlainInterval);
        var items = Items(simulation, row.ToArray());
        if (status.IsShown)
            status.Show(line.Fitting(items, status.Room));
        else
            output.WriteLine(ProgressLine.Of(items));
    }

    public void Reached(Simulation simulation)
    {
    }

    public void Dispose() => status.Clear();

    private List<ProgressItem> Items(Simulation simulation, double?[] row)
    {
        double? Value(string name) => row[simulation.History.Columns.TakeWhile(c => c.Name != name).Count()];
        var done = simulation.Progress;
        begun ??= done;
        var known = simulation.EndIsKnown;
        var place = ProtocolPlace.Of(simulation.Document.Case.Protocol, (int)(Value("protocol_step") ?? 1));
        List<ProgressItem> items = [];
        if (part != "")
            items.Add(new(part, 0, ""));
        if (known && status.IsShown)
            items.Add(new($"[{new string('#', (int)(done * BarWidth)).PadRight(BarWidth, '.')}] ", 6, ""));
        if (known)
            items.Add(new($"{done,4:P0}  ", 0, ""));
        if (place is { } at && !(known && at.IsAlone))
            items.Add(new(at.ToString(), 0));
        items.Add(new($"t = {People.Number(simulation.Time)} s", 1));
        items.Add(new($"time step {simulation.Step}", 3));
        items.Add(new(FormattableString.Invariant($"x = {Value("x_mean"):0.0000}"), 4));
        if (Value("x_collector") is { } collector && Value("x_se") is { } electrolyte)
            items.Add(new(
                FormattableString.Invariant($"({collector:0.0000} at the collector, {electrolyte:0.0000} at the SE)"),
                7, " "));
        if (Value("von_mises_max") is { } stress)
            items.Add(new($"stress up to {People.Value(stress, "Pa")} MPa", 5));
        if (known && done < 1 && done > begun + 0.2 * (1 - begun))
            items.Add(new($"{People.Duration(watch.Elapsed * ((1 - done) / (done - begun.Value)))} left", 2));
        return items;
    }
}
