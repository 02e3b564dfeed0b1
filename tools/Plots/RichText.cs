using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MesoLiMg.Tools.Plots;

/// <summary>Text with <c>*italic*</c>, <c>_{lower}</c> and <c>^{upper}</c> parts, as labels of axes need it.</summary>
public static partial class RichText
{
    private const double SmallSize = 0.72, Drop = 0.22, Lift = 0.36, Space = 0.31;

    /// <summary>
    /// The parts of an SVG text element. Shifts and spaces between parts are explicit, because programs differ in how
    /// they treat <c>baseline-shift</c> and white space.
    /// </summary>
    /// <param name="text">Text.</param>
    /// <param name="size">Font size.</param>
    public static IEnumerable<XObject> Spans(string text, double size)
    {
        var (shift, space) = (0.0, false);
        foreach (var (part, kind) in Parts(text))
        {
            var wanted = kind switch { Kind.Lower => Drop * size, Kind.Upper => -Lift * size, _ => 0 };
            var span = new XElement(Svg.Namespace + "tspan", part.Trim());
            if (space || part.StartsWith(' '))
                span.Add(new XAttribute("dx", Svg.Number(Space * size)));
            if (wanted != shift)
                span.Add(new XAttribute("dy", Svg.Number(wanted - shift)));
            if (kind is Kind.Lower or Kind.Upper)
                span.Add(new XAttribute("font-size", Svg.Number(SmallSize * size)));
            if (kind == Kind.Italic)
                span.Add(new XAttribute("font-style", "italic"));
            (shift, space) = (wanted, part.EndsWith(' '));
            yield return span.HasAttributes ? span : new XText(part.Trim());
        }
    }

    /// <summary>Room for a text in whichever sans-serif face a program has: its width or a little more.</summary>
    public static double Width(string text, double size) =>
        Parts(text).Sum(part => part.Text.Sum(Advance) * (part.Kind is Kind.Lower or Kind.Upper ? SmallSize : 1))
            * size;

    /// <summary>
    /// The name of a quantity in tables and files as a symbol, <c>u_z</c> as <c>*u*_{z}</c>, or in words,
    /// <c>von_mises_max</c> as <c>von mises max</c>.
    /// </summary>
    public static string Symbol(string name)
    {
        var known = name.Replace("sigma_", "σ_");
        return OneLetter().IsMatch(known) ? OneLetter()
            .Replace(known, match =>
            $"*{match.Groups["letter"]}*{(match.Groups["index"].Success ? $"_{{{match.Groups["index"].Value.Replace('_', ' ')}}}" : "")}") : name.Replace('_', ' ');
    }

    private enum Kind { Plain, Italic, Lower, Upper }

    private static IEnumerable<(string Text, Kind Kind)> Parts(string text)
    {
        var at = 0;
        foreach (Match match in Marked().Matches(text))
        {
            if (match.Index > at)
                yield return (text[at..match.Index], Kind.Plain);
            yield return match.Groups["italic"] is { Success: true } italic ? (italic.Value, Kind.Italic)
                : match.Groups["lower"] is { Success: true } lower ? (lower.Value, Kind.Lower)
                : (match.Groups["upper"].Value, Kind.Upper);
            at = match.Index + match.Length;
        }
        if (at < text.Length)
            yield return (text[at..], Kind.Plain);
    }

    /// <summary>
    /// Widths by groups of letters: of each the wider of Helvetica's and DejaVu Sans', which stands in where no face
    /// like Helvetica is installed, so that neither is cut.
    /// </summary>
    private static double Advance(char letter) => letter switch
    {
        'i' or 'j' or 'l' or '\'' => 0.278,
        ' ' or '.' or ',' or 'I' => 0.318,
        ':' or ';' or '|' or '/' => 0.337,
        'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' or '²' or '³' => 0.411,
        'c' or 'k' or 's' or 'v' or 'x' or 'y' or 'z' => 0.592,
        'm' or 'W' or '%' => 0.99,
        '−' or '=' or '+' or '×' or '<' or '>' or 'w' => 0.838,
        'M' => 0.863,
        'D' or 'G' or 'H' or 'N' or 'O' or 'Q' or 'U' => 0.787,
        >= 'A' and <= 'Z' => 0.722,
        _ => 0.667,
    };

    [GeneratedRegex(@"\*(?<italic>[^*]+)\*|_\{(?<lower>[^}]*)\}|\^\{(?<upper>[^}]*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Marked();

    /// <summary>A name that begins with a single letter, with or without an index.</summary>
    [GeneratedRegex(@"^(?<letter>\p{L})(_(?<index>\w+))?(?=$|,| )", RegexOptions.ExplicitCapture)]
    private static partial Regex OneLetter();
}
