using System.Collections;

namespace MesoLiMg.Model;

/// <summary>An entry of a case with its value in SI.</summary>
/// <param name="Path">Keys from the top, items of lists by index: <c>protocol.0.plate.current</c>.</param>
/// <param name="Value">A <c>double</c>, <c>long</c>, <c>string</c> or <c>double[]</c>.</param>
/// <param name="Unit">SI unit; null for words, <c>1</c> for a pure number.</param>
public sealed record CaseParameter(string Path, object Value, string? Unit)
{
    /// <summary>Path and unit, as in the headings of history.csv.</summary>
    public string Heading => Unit is null ? Path : $"{Path} [{(Unit == "1" ? "-" : Unit)}]";
}

/// <summary>
/// A case taken apart into its entries, every default filled in: what other programs read without parsing YAML.
/// </summary>
public static class CaseParameters
{
    /// <summary>All entries that have a value, in the order of their declaration.</summary>
    public static IReadOnlyList<CaseParameter> Of(Case @case) => [.. Section(@case, "")];

    private static IEnumerable<CaseParameter> Section(object section, string prefix) =>
        from entry in CaseSchema.Of(section.GetType())
        let value = entry.Property.GetValue(section)
        where value is not null
        from parameter in Entry(value, entry, prefix + entry.Key)
        select parameter;

    private static IEnumerable<CaseParameter> Entry(object value, CaseEntry entry, string path) => value switch
    {
        IEnumerable items and not string when entry.IsSection =>
            items.Cast<object>().SelectMany((item, i) => Section(item, $"{path}.{i}.")),
        IEnumerable<string> words => [new(path, string.Join(", ", words), null)],
        IEnumerable items and not string =>
            [new(path, items.Cast<object>().Select(Convert.ToDouble).ToArray(), entry.Parameter.Unit)],
        _ when entry.IsSection => Whole(value, path),
        int number => [new(path, (long)number, entry.Parameter.Unit)],
        double => [new(path, value, entry.Parameter.UnitInto is null ? entry.Parameter.Unit : null)],
        Enum choice => [new(path, CaseSchema.Word(choice), null)],
        _ => [new(path, value.ToString()!, null)],
    };

    /// <summary>
    /// A section; where one value stands for it, as in the case file, it has the name of the section.
    /// </summary>
    private static IEnumerable<CaseParameter> Whole(object section, string path)
    {
        CaseParameter[] entries = [.. Section(section, path + ".")];
        string? single = CaseSchema.Shorthand(section.GetType())?.Key;
        return entries is [var only] && only.Path == $"{path}.{single}" ? [only with { Path = path }] : entries;
    }
}
