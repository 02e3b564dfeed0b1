using System.Collections;
using System.Text;

namespace MesoLiMg.Model;

/// <summary>
/// The text of <c>mesolimg help-case</c>: every entry with unit, default, range, choices and help, from the attributes
/// alone.
/// </summary>
public sealed class CaseHelp
{
    private const string Heading =
        "Entries of a case file: key, unit, default and what it is. [] marks lists, * the value that may stand for "
        + "its section. "
        + "Quantities carry units: 0.43 GPa, 1 mA/cm^2.";

    /// <summary>What fits a line of a file, a page or a wide terminal.</summary>
    public const int UsualWidth = 120;

    private const int KeyWidth = 28;
    private const int UnitWidth = 11;
    private const int DefaultWidth = 22;

    /// <summary>Where less than this is left beside an entry, its help goes below it.</summary>
    private const int NarrowestHelp = 36;

    private const int HelpIndent = 6;

    private readonly int width;

    private CaseHelp(int width) => this.width = width;

    /// <summary>
    /// Help on a section such as <c>interfaces.se</c> or an entry such as <c>domain.cells</c>; on everything when null.
    /// </summary>
    /// <param name="path">Path in the case file; indices of list items may be left out, and the sections above.</param>
    /// <param name="width">Characters on a line.</param>
    /// <exception cref="InputException">No such section or entry.</exception>
    public static string Text(string? path = null, int width = UsualWidth) => new CaseHelp(width).Of(path);

    private string Of(string? path)
    {
        if (path is null || CasePaths.IsKnown(path = CasePaths.AsWritten(path))) return Exact(path);
        IReadOnlyList<string> meant = CasePaths.EndingIn(path);
        return meant.Count == 0 ? Exact(path)
            : string.Join(Environment.NewLine, meant.Select(full => full + Environment.NewLine + Exact(full)));
    }

    /// <summary>Whether <see cref="Text"/> finds something.</summary>
    public static bool Knows(string path) => CasePaths.AsWritten(path) is var written
        && (CasePaths.IsKnown(written) || CasePaths.EndingIn(written).Count > 0);

    private string Exact(string? path)
    {
        var text = new StringBuilder();
        if (path is null)
        {
            text.AppendLine(Wrap(Heading, 0));
            Section(text, new Case(), "", "", []);
            return text.ToString();
        }
        string[] parts = [.. path.Split('.').Where(part => !int.TryParse(part, out _))
            .Select(part => part.Replace("[]", ""))];
        object section = new Case();
        string at = "", help = "";
        for (int i = 0; i < parts.Length; i++)
        {
            CaseEntry entry = CaseSchema.Find(section.GetType(), parts[i])
                ?? throw new InputException($"no entry {Words.Quote(parts[i])}{(at == "" ? "" : $" in {at}")}"
                    + CasePaths.Suggest(parts[i], at == "",
                    [.. CaseSchema.Of(section.GetType()).Select(known => known.Key)]));
            at = at == "" ? Named(entry) : $"{at}.{Named(entry)}";
            if (entry.IsSection) (section, help) = (Defaults(entry, section), entry.Parameter.Help);
            else if (i == parts.Length - 1) return Lines(entry, section);
            else throw new InputException($"{at} is a single value and has no entry {Words.Quote(parts[i + 1])}");
        }
        Section(text, section, at, help, new() { [section.GetType()] = at });
        return text.ToString();
    }

    /// <summary>
    /// The range of a number in words, such as <c>above 0</c> or <c>0 to 9</c>; empty where any number will do.
    /// </summary>
    internal static string Range(CaseEntry entry)
    {
        ParameterAttribute p = entry.Parameter;
        string low = Limit(p.Min, entry), high = Limit(p.Max, entry);
        return (double.IsFinite(p.Min), double.IsFinite(p.Max)) switch
        {
            (false, false) => "",
            (true, false) => p.AboveMin ? $"above {low}" : $"at least {low}",
            (false, true) => $"at most {high}",
            _ => p.AboveMin ? $"above {low}, at most {high}" : $"{low} to {high}",
        };
    }

    private static string Limit(double value, CaseEntry entry) =>
        !double.IsFinite(value) ? "" : value == 0 || entry.ShownUnit is null ? Units.Format(value, "1")
            : Units.Format(value, entry.ShownUnit);

    /// <summary>
    /// A section's entries, then the sections in it; a kind of section that was shown before is referred to.
    /// </summary>
    private void Section(StringBuilder text, object section, string at, string help, Dictionary<Type, string> shown)
    {
        if (text.Length > 0) text.AppendLine();
        if (at != "") text.AppendLine(Wrap($"{at}: {help}", 0));
        IReadOnlyList<CaseEntry> entries = CaseSchema.Of(section.GetType());
        foreach (CaseEntry entry in entries.Where(entry => !entry.IsSection)) text.Append(Lines(entry, section));
        foreach (CaseEntry entry in entries.Where(entry => entry.IsSection))
        {
            string path = at == "" ? Named(entry) : $"{at}.{Named(entry)}";
            if (shown.TryAdd(entry.Type, path)) Section(text, Defaults(entry, section), path,
                entry.Parameter.Help, shown);
            else text.AppendLine()
                .AppendLine(Wrap($"{path}: {entry.Parameter.Help} Entries as in {shown[entry.Type]}.", 0));
        }
    }

    /// <summary>An inner section as it is when the file says nothing; a fresh one where it is absent then.</summary>
    private static object Defaults(CaseEntry entry, object section) =>
        (entry.IsList ? null : entry.Property.GetValue(section)) ?? Activator.CreateInstance(entry.Type)!;

    private string Lines(CaseEntry entry, object section)
    {
        string key = "  " + Named(entry) + (entry.Parameter.Shorthand ? " *" : "");
        string unit = CaseSchema.IsChoice(entry.Type) ? "word" : entry.Parameter.IsFile ? "file"
            : entry.Type == typeof(string) ? "text" : entry.ShownUnit == "1" ? "-" : entry.ShownUnit!;
        string help = entry.Help;
        if (CaseSchema.IsChoice(entry.Type)) help += $" One of: {string.Join(", ", CaseSchema.Choices(entry.Type))}.";
        if (Range(entry) is { Length: > 0 } range) help += $" ({range})";
        string head = key.PadRight(KeyWidth) + unit.PadRight(UnitWidth) + Default(entry, section)
            .PadRight(DefaultWidth - 1) + " ";
        const int beside = KeyWidth + UnitWidth + DefaultWidth;
        return width - beside >= NarrowestHelp
            ? head + Wrap(help, head.Length, beside) + Environment.NewLine
            : head.TrimEnd() + Environment.NewLine + new string(' ', HelpIndent) + Wrap(help, HelpIndent, HelpIndent)
                + Environment.NewLine;
    }

    /// <summary>The default in the unit shown; <c>-</c> where there is none.</summary>
    private static string Default(CaseEntry entry, object section)
    {
        if (entry.Parameter.Required) return "required";
        object? value = entry.Property.GetValue(section);
        if (value is IEnumerable list and not string) return $"[{string.Join(", ", list.Cast<object>().Select(item => One(entry, item)))}]";
        return value is null or "" ? "-" : One(entry, value);
    }

    private static string One(CaseEntry entry, object value) => value switch
    {
        double number => Units.Format(number, entry.ShownUnit!).Split(' ')[0],
        Enum or NamedChoice => CaseSchema.Word(value),
        _ => value.ToString()!,
    };

    private static string Named(CaseEntry entry) => entry.IsList ? $"{entry.Key}[]" : entry.Key;

    private string Wrap(string text, int used) => Wrap(text, used, 2);

    /// <summary>
    /// Breaks text to the width; the first line begins after <paramref name="used"/> columns, the others after
    /// <paramref name="indent"/>.
    /// </summary>
    private string Wrap(string text, int used, int indent) =>
        string.Join(Environment.NewLine, TextLines.Wrap(text, width, used, indent));
}
