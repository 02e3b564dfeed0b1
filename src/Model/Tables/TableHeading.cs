using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>What the heading of a table of two columns says of their units.</summary>
/// <param name="X">The text in the brackets of the first column; null without brackets.</param>
/// <param name="Y">The text in the brackets of the second column; null without brackets.</param>
/// <param name="Rest">All that stands outside of brackets.</param>
internal sealed partial record TableHeading(string? X, string? Y, string Rest)
{
    /// <summary>
    /// Reads a heading such as <c>x [%], D [cm^2/s]</c>, its columns separated by commas, semicolons or blanks.
    /// </summary>
    /// <exception cref="FormatException">It cannot be told which column a unit belongs to.</exception>
    public static TableHeading Of(string line)
    {
        Match[] brackets = [.. Brackets().Matches(line).Cast<Match>()];
        string rest = Brackets().Replace(line, " ");
        string Text(int i) => brackets[i].Groups[1].Value.Trim();
        switch (brackets)
        {
            case []:
                return new(null, null, rest);
            case [_, _]:
                return new(Text(0), Text(1), rest);
            case [var only]:
                string[] before = Columns(line[..only.Index]);
                string[] after = Columns(line[(only.Index + only.Length)..]);
                if (after.Length == 0) return new(null, Text(0), rest);
                if (before.Length <= 1 && after.Length == 1) return new(Text(0), null, rest);
                break;
        }
        string units = brackets.Length == 1 ? "a unit" : $"{brackets.Length} units";
        throw new FormatException($"{Words.Quote(line.Trim())} has {units} that cannot be told to belong to one of "
            + "two columns; write for example 'x [-], value [unit]'");
    }

    /// <summary>
    /// Whether a comment names two columns with a unit, as programs write headings behind a #. References such as [12]
    /// are no units.
    /// </summary>
    public static bool IsIn(string comment)
    {
        Match match = CommentedHeading().Match(comment);
        string[] units = [.. match.Groups["unit"].Captures.Cast<Capture>().Select(unit => unit.Value.Trim())];
        return match.Success && units.Length > 0 && units.All(unit => unit == "1" || !unit.All(char.IsAsciiDigit));
    }

    private static string[] Columns(string text)
    {
        // Between commas a name may be of several words.
        char[] separators = text.AsSpan().IndexOfAny(',', ';') >= 0 ? [',', ';'] : [' ', '\t', ',', ';'];
        return text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Brackets();

    /// <summary>Two names between which there is a comma, or two words, each with a unit or without.</summary>
    [GeneratedRegex(@"^\s*([^\[\],;]+(\[(?<unit>[^\]]*)\])?\s*[,;]\s*[^\[\],;]+"
        + @"|[^\s\[\],;]+\s*(\[(?<unit>[^\]]*)\])?\s+[^\s\[\],;]+\s*)"
        + @"(\[(?<unit>[^\]]*)\])?\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex CommentedHeading();
}
