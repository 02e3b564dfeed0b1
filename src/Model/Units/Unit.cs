using System.Numerics;

namespace MesoLiMg.Model;

/// <summary>
/// A unit as a dimension and an exact scale: a number n of it is n · Numerator / Denominator · 10^Exponent + Offset in
/// SI. The scale is kept in integers so that 69.6 mmol/cm^3 is the double 69600 and not its neighbour.
/// </summary>
internal sealed record Unit(Dimension Dimension, BigInteger Numerator, BigInteger Denominator, int Exponent,
    decimal Offset = 0)
{
    private const int LargestPower = 9;

    private static readonly Unit One = new(default, 1, 1, 0);

    private static readonly Dictionary<char, int> Prefixes = new()
    {
        ['f'] = -15,
        ['p'] = -12,
        ['n'] = -9,
        ['u'] = -6,
        ['m'] = -3,
        ['c'] = -2,
        ['d'] = -1,
        ['k'] = 3,
        ['M'] = 6,
        ['G'] = 9,
        ['T'] = 12,
    };

    private static readonly Dictionary<string, Unit> Prefixed = new()
    {
        ["m"] = Si(length: 1),
        ["g"] = Si(mass: 1) with { Exponent = -3 },
        ["s"] = Si(time: 1),
        ["A"] = Si(current: 1),
        ["K"] = Si(temperature: 1),
        ["mol"] = Si(amount: 1),
        ["N"] = Si(length: 1, mass: 1, time: -2),
        ["Pa"] = Si(length: -1, mass: 1, time: -2),
        ["bar"] = Si(length: -1, mass: 1, time: -2) with { Exponent = 5 },
        ["J"] = Si(length: 2, mass: 1, time: -2),
        ["eV"] = Si(length: 2, mass: 1, time: -2) with { Numerator = 1602176634, Exponent = -28 },
        ["W"] = Si(length: 2, mass: 1, time: -3),
        ["V"] = Si(length: 2, mass: 1, time: -3, current: -1),
        ["C"] = Si(time: 1, current: 1),
        ["Ah"] = Si(time: 1, current: 1) with { Numerator = 3600 },
        ["L"] = Si(length: 3) with { Exponent = -3 },
    };

    private static readonly Dictionary<string, Unit> Unprefixed = new()
    {
        ["min"] = Si(time: 1) with { Numerator = 60 },
        ["h"] = Si(time: 1) with { Numerator = 3600 },
        ["Å"] = Si(length: 1) with { Exponent = -10 },
        // π/180, to more digits than a double has.
        ["deg"] = One with { Numerator = 17453292519943295769, Exponent = -21 },
        ["°"] = One with { Numerator = 17453292519943295769, Exponent = -21 },
        ["rad"] = One,
        ["°C"] = Si(temperature: 1) with { Offset = 273.15m },
        ["degC"] = Si(temperature: 1) with { Offset = 273.15m },
    };

    /// <summary>
    /// Reads a product and quotient of powers, such as <c>cm^2/s</c>, <c>J/(m^2 K)</c>, <c>mAh cm⁻²</c>; <c>1</c> is
    /// the unit of a pure number.
    /// </summary>
    /// <exception cref="FormatException">Not a unit; the message says which part.</exception>
    public static Unit Parse(string text)
    {
        string plain = Normalise(text);
        int position = 0;
        Unit unit = Product(plain, ref position);
        return position == plain.Length ? unit : throw new FormatException($"{Words.Quote(text)} is not a unit");
    }

    private static Unit Si(int length = 0, int mass = 0, int time = 0, int current = 0, int temperature = 0,
        int amount = 0) =>
        One with { Dimension = new(length, mass, time, current, temperature, amount) };

    /// <summary>The few ways of writing µ, ·, ° and superscripts, reduced to one.</summary>
    private static string Normalise(string text)
    {
        const string superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
        var plain = new System.Text.StringBuilder();
        bool raised = false;
        foreach (char c in text.Trim().Replace("**", "^").Replace("℃", "°C"))
        {
            int digit = superscripts.IndexOf(c);
            if (digit >= 0 && !raised) plain.Append('^');
            raised = digit >= 0;
            plain.Append(raised ? "0123456789-+"[digit]
                : c switch { 'µ' or 'μ' => 'u', '·' or '⋅' or '×' => '*', '−' => '-', '\u212b' => 'Å', _ => c });
        }
        return plain.ToString();
    }

    private static Unit Product(string text, ref int position)
    {
        Unit unit = Factor(text, ref position);
        while (position < text.Length && text[position] != ')')
        {
            int before = position;
            Skip(text, ref position);
            bool divide = position < text.Length && text[position] == '/';
            if (divide || (position < text.Length && text[position] == '*')) position++;
            else if (position == before) break;
            Unit factor = Factor(text, ref position);
            unit = Times(unit, divide ? factor.Power(-1) : factor);
        }
        return unit;
    }

    private static Unit Factor(string text, ref int position)
    {
        Skip(text, ref position);
        if (position < text.Length && text[position] == '(')
        {
            position++;
            Unit inner = Product(text, ref position);
            if (position == text.Length || text[position++] != ')') throw new FormatException(
                $"{Words.Quote(text)} lacks a ')'");
            return inner;
        }
        if (position < text.Length && text[position] == '1')
        {
            position++;
            return One;
        }
        int start = position;
        while (position < text.Length && (char.IsLetter(text[position]) || text[position] is '°' or '%')) position++;
        Unit unit = Symbol(text[start..position], text);
        int power = Exponentiation(text, ref position);
        return power == 1 ? unit : unit.Power(power);
    }

    private static Unit Symbol(string symbol, string text)
    {
        if (symbol == "") throw new FormatException($"{Words.Quote(text)} is not a unit");
        if (Unprefixed.TryGetValue(symbol, out Unit? unit) || Prefixed.TryGetValue(symbol, out unit)) return unit;
        return Prefixes.TryGetValue(symbol[0], out int prefix) && Prefixed.TryGetValue(symbol[1..], out unit)
            ? unit with { Exponent = unit.Exponent + prefix }
            : throw new FormatException($"'{symbol}' is not a known unit");
    }

    /// <summary>
    /// The exponent after a symbol: <c>^2</c>, <c>^-2</c>, or digits that follow at once (cm2, cm-2); 1 when there is
    /// none.
    /// </summary>
    private static int Exponentiation(string text, ref int position)
    {
        int start = position;
        bool caret = position < text.Length && text[position] == '^';
        if (caret) start = ++position;
        if (position < text.Length && text[position] is '-' or '+') position++;
        while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
        if (position == start && !caret) return 1;
        return int.TryParse(text[start..position], out int power) && Math.Abs(power) <= LargestPower
            ? power
            : throw new FormatException(
                $"{Words.Quote(text)} has an exponent that is no whole number up to {LargestPower}");
    }

    private static void Skip(string text, ref int position)
    {
        while (position < text.Length && text[position] == ' ') position++;
    }

    private static Unit Times(Unit a, Unit b) => a.Offset != 0 || b.Offset != 0
        ? throw AffineInProduct()
        : new(a.Dimension * b.Dimension, a.Numerator * b.Numerator, a.Denominator * b.Denominator,
            a.Exponent + b.Exponent);

    private Unit Power(int n) => Offset != 0
        ? throw AffineInProduct()
        : n < 0
            ? new(Dimension.Power(n), BigInteger.Pow(Denominator, -n), BigInteger.Pow(Numerator, -n), n * Exponent)
            : new(Dimension.Power(n), BigInteger.Pow(Numerator, n), BigInteger.Pow(Denominator, n), n * Exponent);

    private static FormatException AffineInProduct() => new("°C stands alone only; in a compound unit write K");
}
