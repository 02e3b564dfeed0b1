using System.Collections;

namespace MesoLiMg.Model;

/// <summary>An entry that two cases have otherwise.</summary>
/// <param name="Path">Keys from the top, items of lists by index: <c>protocol.0.plate.time</c>.</param>
/// <param name="Before">Its value as a case file has it; null where it is not given.</param>
/// <param name="Now">Likewise in the other case.</param>
public sealed record CaseChange(string Path, string? Before, string? Now)
{
    /// <summary>The section at the top of the case to which the entry belongs.</summary>
    public string Section => Path.Split('.')[0];

    /// <summary><c>protocol.0.plate.time is 2 s (was 1 s)</c></summary>
    public override string ToString() => $"{Path} is {Now ?? "not given"} (was {Before ?? "not given"})";
}

/// <summary>Compares cases entry by entry.</summary>
public static class CaseDifference
{
    /// <summary>
    /// The entries that differ, in the order of their declaration; none where the cases are the same.
    /// </summary>
    public static IReadOnlyList<CaseChange> Between(Case before, Case now) => [.. Section(before, now, "")];

    private static IEnumerable<CaseChange> Section(object before, object now, string prefix) =>
        CaseSchema.Of(before.GetType()).SelectMany(entry => Entry(entry, before, now, prefix + entry.Key));

    private static IEnumerable<CaseChange> Entry(CaseEntry entry, object before, object now, string path)
    {
        var (old, other) = (entry.Property.GetValue(before), entry.Property.GetValue(now));
        if (entry.IsSection && entry.IsList)
            return Items(Listed(old), Listed(other), path);
        var (text, otherText) = (CaseWriter.EntryText(before, entry), CaseWriter.EntryText(now, entry));
        // A section for which one value stands has the name of the section, as in the case file.
        var isSection = entry.IsSection && (IsOpen(text) || IsOpen(otherText));
        if (isSection && old is not null && other is not null)
            return Section(old, other, path + ".");
        return text == otherText ? [] : [new(path, text, otherText)];
    }

    private static IEnumerable<CaseChange> Items(object[] before, object[] now, string path)
    {
        for (var i = 0; i < Math.Max(before.Length, now.Length); i++)
        {
            var (old, other) = (before.ElementAtOrDefault(i), now.ElementAtOrDefault(i));
            var changes = old is null || other is null
                ? [new($"{path}.{i}", Text(old), Text(other))]
                : Section(old, other, $"{path}.{i}.");
            foreach (var change in changes)
                yield return change;
        }
    }

    private static bool IsOpen(string? text) => text is ['{', ..];

    private static string? Text(object? item) => item is null ? null : CaseWriter.SectionText(item);

    private static object[] Listed(object? list) => list is null ? [] : [.. ((IEnumerable)list).Cast<object>()];
}
