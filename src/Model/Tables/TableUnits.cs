using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>The units of a table of a quantity over x = Li per Mg, and its numbers in SI.</summary>
/// <param name="quantity">What the second column is.</param>
/// <param name="usual">The second column's unit where the heading names none; null where it has to.</param>
internal sealed partial class TableUnits(QuantityAttribute quantity, string? usual)
{
    private readonly string? assumed = usual;
    private const string PerCent = "%";

    private bool xIsPerCent;
    private string? unit = usual;

    /// <summary>The unit in messages.</summary>
    public string Shown => unit ?? quantity.Display ?? quantity.Unit;

    /// <summary>Takes over what a heading says.</summary>
    /// <exception cref="FormatException">A unit that is unknown or does not suit the column.</exception>
    public void Take(TableHeading heading)
    {
        if (heading.X is { } x) xIsPerCent = OfX(x);
        if (heading.Y is { } y) unit = quantity.Unit == "1" ? OfNumber(y) : OfQuantity(y);
        if (PassedOver(heading) is { } found)
            throw new FormatException($"the heading has {Words.Quote(found)} outside of brackets; "
                + $"write the unit of a column in brackets, as in 'x [%], value [{Shown}]'");
    }

    /// <summary>A number of the first column.</summary>
    public double X(string text) => Number(text, xIsPerCent);

    /// <summary>A number of the second column, SI.</summary>
    /// <exception cref="FormatException">The heading has to name a unit and does not.</exception>
    public double Y(string text) => unit switch
    {
        null => throw new FormatException(
            $"expected a heading with the unit in brackets before the numbers, such as 'x, value [{Shown}]'"),
        "1" or PerCent => Number(text, unit == PerCent),
        _ => Units.Parse($"{text} {unit}", quantity.Unit, quantity.Display),
    };

    private static double Number(string text, bool isPerCent) => Units.Parse(text, "1") / (isPerCent ? 100 : 1);

    private static bool OfX(string text)
    {
        if (text is "-" or "" or "1" or PerCent or "Li/Mg" or "Li per Mg" || MolesPerMole().IsMatch(text))
            return text == PerCent;
        string share = AtomicShare().IsMatch(text) ? "; a share p of all atoms in per cent is x = p/(100 - p)" : "";
        throw new FormatException("x is lithium per magnesium, a pure number, and cannot be in "
            + $"{Words.Quote(text)}; its unit is -, mol/mol or %{share}");
    }

    private static string OfNumber(string text) => text switch
    {
        "-" or "" or "1" => "1",
        PerCent => PerCent,
        _ => throw new FormatException(
            $"the second column is a pure number and cannot be in {Words.Quote(text)}; its unit is - or %"),
    };

    private string OfQuantity(string text)
    {
        Units.Parse(text is "-" or "" or "1" ? "1" : $"1 {text}", quantity.Unit, quantity.Display);
        return text;
    }

    /// <summary>A unit that is not in brackets and is not what would be taken without; null without.</summary>
    private string? PassedOver(TableHeading heading) =>
        heading.X is null && heading.Rest.Contains('%') ? PerCent
        : heading.Y is null ? NamedInWords(heading.Rest)
        : null;

    /// <summary>A unit behind a slash, in parentheses or behind "in" that is not the usual one; null without.</summary>
    private string? NamedInWords(string rest)
    {
        if (quantity.Unit == "1" || assumed is null) return null;
        foreach (Match match in InWords().Matches(rest))
        {
            string text = match.Groups[1].Value.Trim();
            try
            {
                Units.Parse($"1 {text}", quantity.Unit);
                if (text != assumed) return text;
            }
            catch (FormatException)
            {
                // No unit: a part of the name.
            }
        }
        return null;
    }

    [GeneratedRegex(@"^mol(\s*\(?Li\)?)?/mol(\s*\(?Mg\)?)?$")]
    private static partial Regex MolesPerMole();

    [GeneratedRegex(@"^(at|mol|atom)\.?[\s\-]*%|%\s*Li", RegexOptions.IgnoreCase)]
    private static partial Regex AtomicShare();

    [GeneratedRegex(@"(?:\(|/|\bin\b)\s*([^\s(),;/]+)")]
    private static partial Regex InWords();
}
