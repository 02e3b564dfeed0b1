using System.Reflection;

namespace MesoLiMg.Model;

/// <summary>Turns case text into the typed records, entry by entry as their attributes say.</summary>
/// <param name="folder">Folder against which relative file names are resolved.</param>
internal sealed class CaseBinder(string folder)
{
    /// <summary>A section's record; entries that the text does not give keep their defaults.</summary>
    /// <param name="type">Record with <see cref="ParameterAttribute"/>s.</param>
    /// <param name="path">Path of the section for messages; empty for the whole case.</param>
    /// <exception cref="InputException">An unknown key, or a value that does not fit.</exception>
    public object Section(Type type, CaseNode node, string path)
    {
        object record = Activator.CreateInstance(type)!;
        switch (node)
        {
            case ScalarNode { IsNull: true } or ScalarNode { IsBlank: true }:
                RequireAll(type, node, [], path);
                return record;
            case ScalarNode when CaseSchema.Shorthand(type) is { } shorthand:
                Set(record, shorthand, node, path);
                return record;
            case SectionNode section:
                RefuseDecimalCommas(type, section, path);
                foreach ((string key, (string source, CaseNode value)) in section.Entries)
                {
                    CaseEntry entry = CaseSchema.Find(type, key) ?? throw Unknown(type, key, source, path);
                    if (key != entry.Key && section.Entries.ContainsKey(entry.Key)) throw Fail(value, $"{path}.{key}",
                        $"is the older name of {entry.Key}, which is given too");
                    if (value is not ScalarNode { IsNull: true }) Set(record, entry, value, path == "" ? key
                        : $"{path}.{key}");
                }
                RequireAll(type, node,
                    section.Entries.Where(entry => entry.Value.Value is not ScalarNode { IsNull: true })
                    .Select(entry => CaseSchema.Find(type, entry.Key)!.Key), path);
                return record;
            default:
                string keys = string.Join(", ", CaseSchema.Of(type).Select(entry => entry.Key));
                throw Fail(node, path,
                    $"expected a section with entries such as {{ {keys.Split(", ")[0]}: ... }}, read "
                    + $"{Describe(node)}; known are {keys}");
        }
    }

    /// <summary>YAML takes <c>{ height: 0,5 nm }</c> for a height of 0 and a key "5 nm".</summary>
    private static void RefuseDecimalCommas(Type type, SectionNode section, string path)
    {
        (string Key, string Text)? before = null;
        foreach ((string key, (string source, CaseNode value)) in section.Entries)
        {
            bool isAlone = key is [>= '0' and <= '9', ..]
                && value is ScalarNode { IsNull: true } or ScalarNode { IsBlank: true };
            if (isAlone && before is (var entry, var whole) && CaseSchema.Find(type, key) is null)
            {
                string where = path == "" ? entry : $"{path}.{entry}";
                throw new InputException(
                    $"{source}: {where}: '{whole},{key}' has a comma; decimals take a point: {whole}.{key}");
            }
            before = value is ScalarNode { Text: [.., >= '0' and <= '9'] text } ? (key, text) : null;
        }
    }

    private static void RequireAll(Type type, CaseNode node, IEnumerable<string> given, string path)
    {
        string? missing = CaseSchema.Of(type).Where(entry => entry.Parameter.Required).Select(entry => entry.Key)
            .Except(given).FirstOrDefault();
        if (missing is not null) throw Fail(node, path, $"'{missing}' is missing");
    }

    private void Set(object record, CaseEntry entry, CaseNode node, string path)
    {
        object value = entry.IsList ? List(entry, node, path) : One(entry, node, path);
        entry.Property.SetValue(record, value);
        if (entry.Parameter.UnitInto is not { } unit) return;
        record.GetType().GetProperty(unit)!.SetValue(record, Units.ParseAny(((ScalarNode)node).Text).Unit);
    }

    private Array List(CaseEntry entry, CaseNode node, string path)
    {
        List<CaseNode> items = node switch
        {
            ListNode list => list.Items,
            ScalarNode { IsBlank: true } when entry.IsSection => [],
            _ => throw Fail(node, path, $"expected a list such as [ {Example(entry)} ], read {Describe(node)}"),
        };
        var values = Array.CreateInstance(entry.Type, items.Count);
        for (int i = 0; i < items.Count; i++) values.SetValue(One(entry, items[i], $"{path}.{i}"), i);
        return values;
    }

    private object One(CaseEntry entry, CaseNode node, string path)
    {
        if (entry.IsSection) return Section(entry.Type, node, path);
        if (node is not ScalarNode scalar) throw Fail(
            node, path, $"expected one value such as {Example(entry)}, read {Describe(node)}");
        if (scalar.IsBlank || scalar.IsNull) throw Fail(
            node, path, $"has no value; write for example {Example(entry)}");
        return CaseSchema.IsChoice(entry.Type) ? Choice(entry.Type, scalar, path)
            : entry.Type == typeof(string) ? entry.Parameter.IsFile ? FileName(scalar, path) : scalar.Text
            : entry.Type == typeof(int) ? Whole(entry, scalar, path)
            : Number(entry, scalar, path);
    }

    private static object Choice(Type type, ScalarNode scalar, string path) => CaseSchema.Choice(type, scalar.Text)
        ?? throw Fail(scalar, path,
            $"{Words.Quote(scalar.Text)} is not one of {string.Join(", ", CaseSchema.Choices(type))}"
            + (Words.Nearest(scalar.Text, CaseSchema.Choices(type)) is { } near ? $"; did you mean '{near}'?" : ""));

    private string FileName(ScalarNode scalar, string path)
    {
        string full = scalar.Text.Trim() == "" || scalar.Text.Contains('\0')
            ? throw Fail(scalar, path, "names no file")
            : Path.GetFullPath(HomePath.Expand(scalar.Text), folder);
        if (File.Exists(full)) return full;
        throw Fail(scalar, path, HomePath.IsMeant(scalar.Text)
            ? $"there is no file {Words.Quote(scalar.Text)}{HomePath.Hint(scalar.Text, full)}"
            : $"there is no file {Words.Quote(scalar.Text)} in the case file's folder ({full})");
    }

    private static object Whole(CaseEntry entry, ScalarNode scalar, string path)
    {
        double value = Number(entry, scalar, path);
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw Fail(scalar, path, $"{scalar.Text.Trim()} is not a whole number up to {int.MaxValue}");
    }

    private static double Number(CaseEntry entry, ScalarNode scalar, string path)
    {
        ParameterAttribute parameter = entry.Parameter;
        double value;
        try
        {
            value = parameter.Unit == "any" ? Units.ParseAny(scalar.Text).Value
                : Units.Parse(scalar.Text, parameter.Unit!, entry.ShownUnit!);
        }
        catch (FormatException e)
        {
            throw Fail(scalar, path, e.Message, e);
        }
        bool below = value < parameter.Min || (parameter.AboveMin && value == parameter.Min);
        return below || value > parameter.Max
            ? throw Fail(scalar, path, $"must be {CaseHelp.Range(entry)}, read {Words.Quote(scalar.Text)}")
            : value;
    }

    /// <summary>A value in the manner of the entry's default, for messages.</summary>
    private static string Example(CaseEntry entry) =>
        entry.IsSection ? $"{{ {CaseSchema.Of(entry.Type)[0].Key}: ... }}"
        : CaseSchema.IsChoice(entry.Type) ? CaseSchema.Choices(entry.Type)[0]
        : entry.Type == typeof(string) ? "a word"
        : entry.Type == typeof(int) || entry.Parameter.Unit is "1" or "any" ? "1"
        : $"1 {entry.ShownUnit}";

    private static string Describe(CaseNode node) => node switch
    {
        ScalarNode scalar => Words.Quote(scalar.Text),
        ListNode => "a list",
        _ => "a section",
    };

    private static InputException Unknown(Type type, string key, string source, string path) =>
        new($"{source}: unknown key {Words.Quote(key)}{(path == "" ? "" : $" in {path}")}{Suggest(type, key)}");

    /// <summary>The nearest name of an entry, older ones too, otherwise the names that entries have now.</summary>
    private static string Suggest(Type type, string key)
    {
        IReadOnlyList<CaseEntry> entries = CaseSchema.Of(type);
        return Words.Nearest(key, entries.Select(entry => entry.Parameter.OlderName).OfType<string>()) is { } older
            && Words.Nearest(key, entries.Select(entry => entry.Key)) is null
            ? $"; did you mean '{older}'?"
            : Words.Suggest(key, entries.Select(entry => entry.Key));
    }

    private static InputException Fail(CaseNode node, string path, string what, Exception? inner = null) =>
        new(path == "" ? $"{node.Source}: {what}" : $"{node.Source}: {path}: {what}", inner);
}
