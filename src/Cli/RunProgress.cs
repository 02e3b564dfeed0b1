using System.Diagnostics;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Solvers;

namespace MesoLiMg.Cli;

/// <summary>Shows a run: one line that is rewritten on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class RunProgress : ISimulationObserver, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromSeconds(0.1), PlainInterval = TimeSpan.FromSeconds(5);
    private readonly TextWriter output;
    private readonly bool terminal;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan next = TimeSpan.Zero;
    private double? begun;

    public RunProgress(TextWriter output, string title, string device)
    {
        this.output = output;
        terminal = People.IsTerminal(output);
        output.WriteLine($"{title}, on {device}");
    }

    public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
    {
        if (watch.Elapsed < next)
            return;
        next = watch.Elapsed + (terminal ? TerminalInterval : PlainInterval);
        var line = Line(simulation, row.ToArray());
        if (terminal)
            output.Write($"\r{line,-100}");
        else
            output.WriteLine(line);
    }

    public void Reached(Simulation simulation)
    {
    }

    public void Dispose()
    {
        if (terminal)
            output.Write($"\r{"",-100}\r");
    }

    private string Line(Simulation simulation, double?[] row)
    {
        double? Value(string name) => row[simulation.History.Columns.TakeWhile(c => c.Name != name).Count()];
        var done = simulation.Progress;
        begun ??= done;
        var known = simulation.EndIsKnown;
        var bar = known && terminal ? $"[{new string('#', (int)(done * BarWidth)).PadRight(BarWidth, '.')}] " : "";
        var percent = known ? $"{done,4:P0}  " : "";
        var stress = Value("von_mises_max") is { } s ? $", stress up to {People.Value(s, "Pa")} MPa" : "";
        string Sides() => Value("x_collector") is { } collector && Value("x_se") is { } electrolyte ? FormattableString.Invariant($" ({collector:0.0000} at the collector, {electrolyte:0.0000} at the SE)") : "";
        var left = known && done < 1 && done > begun + 0.2 * (1 - begun) ? $", {People.Duration(watch.Elapsed * ((1 - done) / (done - begun.Value)))} left" : "";
        return $"{bar}{percent}t = {People.Number(simulation.Time)} s, step {simulation.Step}, x = {Value("x_mean"):0.0000}{Sides()}{stress}{left}";
    }
}
