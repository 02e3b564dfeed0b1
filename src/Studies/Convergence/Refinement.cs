using System.Globalization;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Convergence;

/// <summary>What is refined.</summary>
[Flags]
internal enum Refined
{
    /// <summary>Cells along every axis.</summary>
    Space = 1,

    /// <summary>The time step, or the error allowed in one.</summary>
    Time = 2,
}

/// <summary>How the levels of a study follow from its case.</summary>
/// <param name="What">What is refined.</param>
/// <param name="Ratio">By what, from one level to the next.</param>
internal sealed record Refinement(Refined What, int Ratio)
{
    /// <summary>
    /// The local error of the time step grows with its third power (docs/theory.md), so this power of the ratio divides
    /// the step by the ratio.
    /// </summary>
    private const int LocalOrder = 3;

    /// <summary>Assignments as of <c>--set</c> that make a level from the case.</summary>
    /// <param name="case">The case, level 0.</param>
    /// <param name="level">Level, 0 for the case itself.</param>
    public IReadOnlyList<string> Assignments(Case @case, int level)
    {
        var factor = Math.Pow(Ratio, level);
        List<string> assignments = [];
        if (level == 0)
            return assignments;
        if (What.HasFlag(Refined.Space))
        {
            assignments.Add($"domain.cells=[{string.Join(", ", @case.Domain.Cells.Select(cells => (cells * factor).ToString(CultureInfo.InvariantCulture)))}]");
            // A raw file does not say itself how many voxels it has: as many as the case has cells.
            if (@case.Microstructure is { Kind: GrainKind.File, Voxels: null } grains
                && MapFormats.Of(grains) == MapFormat.Raw)
                assignments.Add($"microstructure.voxels=[{string.Join(", ", @case.Domain.Cells)}]");
        }
        if (!What.HasFlag(Refined.Time))
            return assignments;
        if (@case.Solver.TimeStep is { } step)
            assignments.Add($"solver.time_step={Text(step / factor)} s");
        else
            assignments.Add($"solver.time_tolerance={Text(@case.Solver.TimeTolerance / Math.Pow(factor, LocalOrder))}");
        if (@case.Solver.MaxTimeStep is { } longest)
            assignments.Add($"solver.max_time_step={Text(longest / factor)} s");
        return assignments;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
