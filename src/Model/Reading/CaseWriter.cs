using System.Collections;
using System.Text;
using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>
/// Writes a case as YAML with every default filled in, in the units that people use; it reads back to the same case
/// from any folder.
/// </summary>
public static partial class CaseWriter
{
    /// <summary>Sections that fit within this width stand on one line.</summary>
    private const int Width = 110;

    /// <summary>An entry with its value and the unit in which a number is written.</summary>
    private readonly record struct Given(CaseEntry Entry, object Value, string? Unit);

    /// <summary>
    /// The text of <c>case.yaml</c>. Entries without a value are left out; file names are as in the case, absolute when
    /// it was read.
    /// </summary>
    public static string Write(Case @case)
    {
        var text = new StringBuilder();
        foreach (Given given in EntriesOf(@case)) Block(text, given, "");
        return text.ToString();
    }

    /// <summary>The protocol on one line, as of <c>--set protocol=...</c>.</summary>
    public static string Protocol(IReadOnlyList<ProtocolStep> steps) =>
        EntryText(new Case { Protocol = steps }, CaseSchema.Find(typeof(Case), "protocol")!) ?? "[]";

    /// <summary>The value of an entry on one line; null where it has none.</summary>
    internal static string? EntryText(object section, CaseEntry entry) =>
        entry.Property.GetValue(section) is { } value ? Flow(new(entry, value, UnitOf(section, entry))) : null;

    /// <summary>A section on one line.</summary>
    internal static string SectionText(object section) => FlowSection(section);

    private static void Block(StringBuilder text, Given given, string indent)
    {
        CaseEntry entry = given.Entry;
        string flow = Flow(given);
        bool fits = indent.Length + entry.Key.Length + 2 + flow.Length <= Width;
        bool open = entry.IsSection && (!fits || indent == "") && (flow[0] is '{' or '[') && flow != "[]";
        if (!open)
        {
            text.Append($"{indent}{entry.Key}: {flow}\n");
            return;
        }
        text.Append($"{indent}{entry.Key}:\n");
        if (entry.IsList)
        {
            foreach (object item in (IEnumerable)given.Value) Item(text, item, indent + "  ");
            return;
        }
        foreach (Given inner in EntriesOf(given.Value)) Block(text, inner, indent + "  ");
    }

    private static void Item(StringBuilder text, object item, string indent)
    {
        string flow = FlowSection(item);
        if (indent.Length + 2 + flow.Length <= Width)
        {
            text.Append($"{indent}- {flow}\n");
            return;
        }
        int start = text.Length;
        foreach (Given inner in EntriesOf(item)) Block(text, inner, indent + "  ");
        text[start + indent.Length] = '-';
    }

    private static string Flow(Given given) => given.Entry.IsList
        ? $"[{string.Join(", ", ((IEnumerable)given.Value).Cast<object>().Select(item => FlowOne(item, given.Unit)))}]"
        : FlowOne(given.Value, given.Unit);

    private static string FlowOne(object value, string? unit) => value switch
    {
        double number => Units.Format(number, unit!),
        int number => number.ToString(),
        string text => Text(text),
        Enum or NamedChoice => CaseSchema.Word(value),
        _ => FlowSection(value),
    };

    /// <summary>A section on one line, or its one value where that can stand for it.</summary>
    private static string FlowSection(object section)
    {
        Given[] all = [.. EntriesOf(section)];
        Given[] news = [.. all.Where(given => !IsDefault(section, given.Entry))];
        if (news is [{ Entry.Parameter.Shorthand: true } only]) return Flow(only);
        return all.Length == 0 ? "{}"
            : $"{{ {string.Join(", ", all.Select(given => $"{given.Entry.Key}: {Flow(given)}"))} }}";
    }

    /// <summary>The entries that have a value; a section in which nothing has one is left out too.</summary>
    private static IEnumerable<Given> EntriesOf(object section) =>
        from entry in CaseSchema.Of(section.GetType())
        let value = entry.Property.GetValue(section)
        where value is not null && !(entry.IsSection && !entry.IsList && !EntriesOf(value).Any())
        select new Given(entry, value, UnitOf(section, entry));

    private static string? UnitOf(object section, CaseEntry entry) => entry.Parameter.UnitInto is { } property
        ? (string)section.GetType().GetProperty(property)!.GetValue(section)!
        : entry.ShownUnit;

    private static bool IsDefault(object section, CaseEntry entry) =>
        Equals(entry.Property.GetValue(section), entry.Property.GetValue(Activator.CreateInstance(section.GetType())));

    private static string Text(string text)
    {
        if (PlainText().IsMatch(text) && text is not "null") return text;
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' or '\\' => $"\\{c}",
                < ' ' or '\u007f' or (>= '\u0080' and < '\u00a0') or '\u2028' or '\u2029' or '\ufeff' =>
                    $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Text that YAML takes for text, on its own and within braces.</summary>
    [GeneratedRegex(@"^[\p{L}/][\p{L}0-9_./+()\-]*( [\p{L}0-9_./+()\-]+)*\z")]
    private static partial Regex PlainText();
}
