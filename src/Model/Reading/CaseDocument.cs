namespace MesoLiMg.Model;

/// <summary>A case that has passed every check.</summary>
/// <param name="Case">The case, file names in it absolute.</param>
/// <param name="Path">The case file as the user named it.</param>
/// <param name="Warnings">What is allowed but probably not meant, each one line with file and line.</param>
/// <param name="OcvTable">The table of <c>material.ocv.file</c>, for kind table.</param>
/// <param name="Where">Where the entry at a path such as <c>published.0.value</c> stands, <c>a.yaml:7</c>, for messages
/// about what only the run finds out.</param>
public sealed record CaseDocument(Case Case, string Path, IReadOnlyList<string> Warnings, OcvTable? OcvTable,
    Func<string, string> Where)
{
    /// <summary>
    /// The first assignment of <c>--set</c> that makes it another problem than that of the file; null without.
    /// </summary>
    public string? Change { get; init; }

    /// <summary>The x up to which the open-circuit potential holds, and the words for it.</summary>
    public (double Last, string What) OcvLimit => Case.Material.Ocv.Chosen.Limit(OcvTable);
}
