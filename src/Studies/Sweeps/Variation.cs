using MesoLiMg.Model;

namespace MesoLiMg.Studies.Sweeps;

/// <summary>An entry of the case that a sweep varies.</summary>
internal sealed class Variation
{
    private readonly string? unit;

    private Variation(string key, IReadOnlyList<string> values)
    {
        (Key, Values) = (key, values);
        string?[] units = [.. values.Select(UnitOf).Distinct()];
        unit = units.Length == 1 ? units[0] : null;
    }

    /// <summary>Path of the entry, as of <c>--set</c>.</summary>
    public string Key { get; }

    /// <summary>Its values as typed.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>
    /// The key, with the unit where all values are numbers of one unit: <c>material.diffusivity [cm^2/s]</c>.
    /// </summary>
    public string Heading => unit is null ? Key : $"{Key} [{(unit == "1" ? "-" : unit)}]";

    /// <summary>
    /// A value as it stands below <see cref="Heading"/>: a number without its unit, or the value as typed.
    /// </summary>
    public string Cell(string value) => unit is null or "1" ? value : value[..^unit.Length].TrimEnd();

    /// <summary>Reads <c>key=a,b,c</c>; commas within brackets, braces and quotes belong to a value.</summary>
    /// <exception cref="InputException">No key, no value, or brackets that are left open.</exception>
    public static Variation Parse(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0)
            throw new InputException(
                $"--vary {text}: write an entry and its values, for example --vary "
                + $"protocol.0.plate.current=0.5mA/cm^2,1mA/cm^2");
        var values = Split(text[(equals + 1)..])
            ?? throw new InputException($"--vary {text}: brackets or quotes do not match");
        if (values.Contains(""))
            throw new InputException(
                $"--vary {text}: a value is missing{(values.Count > 1 ? " before, after or between commas" : "")}");
        return new(text[..equals].Trim(), values);
    }

    /// <summary>
    /// The parts between commas outside of brackets, braces and quotes; null where these do not match.
    /// </summary>
    private static List<string>? Split(string text)
    {
        List<string> values = [];
        Stack<char> open = [];
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var quoted = open.TryPeek(out var closing) && closing is '"' or '\'';
            switch (text[i])
            {
                case var c when open.Count > 0 && c == closing:
                    open.Pop();
                    break;
                case '"' or '\'' or '[' or '{' when !quoted:
                    open.Push(text[i] switch { '[' => ']', '{' => '}', var quote => quote });
                    break;
                case ']' or '}' when !quoted:
                    return null;
                case ',' when open.Count == 0:
                    values.Add(text[start..i].Trim());
                    start = i + 1;
                    break;
            }
        }
        values.Add(text[start..].Trim());
        return open.Count == 0 ? values : null;
    }

    /// <summary>The unit of a number, <c>1</c> for a pure one, or null for anything else.</summary>
    private static string? UnitOf(string value)
    {
        try
        {
            return Units.ParseAny(value).Unit;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
