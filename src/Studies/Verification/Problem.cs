using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Verification;

/// <summary>What is measured of a run.</summary>
/// <param name="Name">The quantity and, where it is one, the norm.</param>
/// <param name="Error">Its deviation from the known answer, relative to the size of the quantity.</param>
/// <param name="Order">Observed order between the two finest levels below which verification fails; null where none is
/// expected.</param>
/// <param name="Bound">Error on the third level above which verification fails.</param>
/// <param name="Uncertainty">Of the known answer itself, relative as <paramref name="Error"/>; null where it is
/// exact.</param>
internal sealed record Measure(string Name, Func<VerifiedRun, double> Error, double? Order, double Bound,
    double? Uncertainty = null)
{
    /// <summary>Whether the order is the mean over all levels, for errors that scatter from one to the next.</summary>
    public bool IsMeanOrder { get; init; }
}

/// <summary>A level of refinement.</summary>
/// <param name="Name">What is refined, as the table's heading.</param>
/// <param name="Assignments">As of <c>--set</c>.</param>
internal sealed record Level(string Name, params string[] Assignments)
{
    /// <summary>Levels that differ in their cells.</summary>
    public static IReadOnlyList<Level> OfCells(params string[] cells) =>
        [.. cells.Select(c => new Level(c.Replace(", ", " x "), $"domain.cells=[{c}]"))];
}

/// <summary>A case whose answer is known.</summary>
/// <param name="Title">Heading in the book.</param>
/// <param name="File">Case file in cases/verification.</param>
/// <param name="Account">Equation, known answer and source, in Markdown.</param>
/// <param name="Levels">From coarse to fine by a factor of two each, at least three.</param>
/// <param name="Measures">What is compared.</param>
internal sealed record Problem(string Title, string File, string Account, IReadOnlyList<Level> Levels,
    IReadOnlyList<Measure> Measures)
{
    /// <summary>Levels that the quick form runs, and on the last of which <see cref="Measure.Bound"/> holds.</summary>
    public const int QuickLevels = 3;

    /// <summary>Whether its quick form takes a few seconds at most.</summary>
    public bool IsQuick { get; init; } = true;

    /// <summary>x at the start by the centre of a cell, in place of the case's; null for the case's.</summary>
    public Func<double, double, double, double>? Initial { get; init; }

    /// <summary>What is put on the simulation before it runs: sources of lithium, forces on nodes.</summary>
    public Action<Simulation>? Prepare { get; init; }

    /// <summary>
    /// Known and computed profiles of the runs, from coarse to fine, beside the picture of the errors.
    /// </summary>
    public Func<IReadOnlyList<VerifiedRun>, Chart>? Profile { get; init; }

    /// <summary>Name of its pictures: the title in lower case, words joined by hyphens.</summary>
    public string Slug => string.Join('-', Title.ToLowerInvariant()
        .Split([' ', ',', '\'', '(', ')'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Runs the levels.</summary>
    /// <param name="cases">Folder with the case files.</param>
    /// <param name="quick">Only the first <see cref="QuickLevels"/>.</param>
    /// <param name="threads">Threads of the host device.</param>
    public ProblemResult Run(string cases, bool quick, int threads, CancellationToken cancel = default)
    {
        var levels = quick ? Levels.Take(QuickLevels).ToList() : Levels;
        var runs = levels.Select(
            level => VerifiedRun.Of(Path.Combine(cases, File), level.Assignments, threads, Initial, Prepare, cancel))
            .ToList();
        return new(this, levels,
            [.. Measures.Select(measure => new MeasureResult(measure, [.. runs.Select(measure.Error)]))],
            runs.Sum(run => run.Seconds))
        { Profile = Profile?.Invoke(runs) };
    }
}

/// <summary>The errors of a measure on each level.</summary>
internal sealed record MeasureResult(Measure Measure, IReadOnlyList<double> Errors)
{
    /// <summary>Errors below this are rounding and the tolerance of the solvers, and have no order.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Observed order from each level to the next; null at rounding.</summary>
    public IReadOnlyList<double?> Orders =>
        [.. Errors.Skip(1).Zip(Errors, (fine, coarse) => fine > Rounding ? Math.Log2(coarse / fine) : (double?)null)];

    /// <summary>The order that is held to its bound: between the two finest levels, or the mean over all.</summary>
    public double? Order => !Measure.IsMeanOrder ? Orders[^1] : Orders[^1] is null ? null
        : Math.Log2(Errors[0] / Errors[^1]) / (Errors.Count - 1);

    /// <summary>What moved beyond its bound, in words; empty where nothing did.</summary>
    public string Failure => (Errors[Problem.QuickLevels - 1], Order) switch
    {
        var (error, _) when !(error <= Measure.Bound) =>
            FormattableString.Invariant($"{Measure.Name}: error {error:G3} is above its bound {Measure.Bound:G3}"),
        var (_, order) when order < Measure.Order =>
            FormattableString.Invariant($"{Measure.Name}: order {order:0.00} is below its bound {Measure.Order:0.00}"),
        _ => "",
    };
}

/// <summary>A problem as computed.</summary>
/// <param name="Seconds">Processor time of all levels.</param>
internal sealed record ProblemResult(Problem Problem, IReadOnlyList<Level> Levels,
    IReadOnlyList<MeasureResult> Measures, double Seconds)
{
    /// <summary>The profiles, where the problem shows some.</summary>
    public Chart? Profile { get; init; }

    /// <summary>What moved beyond its bound.</summary>
    public IReadOnlyList<string> Failures =>
        [.. Measures.Select(measure => measure.Failure).Where(failure => failure != "")];
}
