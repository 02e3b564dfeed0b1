using System.Collections;

namespace MesoLiMg.Model;

/// <summary>A file that a case reads.</summary>
/// <param name="Entry">The entry that names it, such as <c>microstructure.file</c> or
/// <c>regions.0.diffusivity.table</c>.</param>
/// <param name="Path">Its full name.</param>
public sealed record CaseFile(string Entry, string Path);

/// <summary>The files that a case reads, found by what its entries are declared to be.</summary>
public static class CaseFiles
{
    /// <summary>All of them, in the order of their entries.</summary>
    public static IReadOnlyList<CaseFile> Of(Case @case) => [.. Section(@case, "")];

    private static IEnumerable<CaseFile> Section(object section, string prefix) =>
        from entry in CaseSchema.Of(section.GetType())
        let value = entry.Property.GetValue(section)
        where value is not null
        from file in Entry(value, entry, prefix + entry.Key)
        select file;

    private static IEnumerable<CaseFile> Entry(object value, CaseEntry entry, string path) => value switch
    {
        string file => entry.Parameter.IsFile ? [new(path, file)] : [],
        IEnumerable items when entry.IsSection =>
            items.Cast<object>().SelectMany((item, i) => Section(item, $"{path}.{i}.")),
        _ => entry.IsSection ? Section(value, path + ".") : [],
    };
}
