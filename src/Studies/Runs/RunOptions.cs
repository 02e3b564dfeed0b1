using MesoLiMg.IO;

namespace MesoLiMg.Studies.Runs;

/// <summary>How a run is begun or gone on with.</summary>
internal sealed record RunOptions
{
    /// <summary>Whether to start from the beginning whatever the folder holds.</summary>
    public bool Fresh { get; init; }

    /// <summary>The files that the case reads, as they were before any was; looked at by the run when null.</summary>
    public InputFiles? Inputs { get; init; }

    /// <summary>
    /// The command that starts another run from a snapshot; null where the case in the folder must be this one.
    /// </summary>
    public Func<string, string>? Another { get; init; }

    /// <summary>
    /// Shows the progress in place of the run's output; disposed at the end. Null for the usual line.
    /// </summary>
    public RunProgress? Shown { get; init; }
}
