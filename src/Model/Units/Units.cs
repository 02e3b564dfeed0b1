using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>
/// Quantities as people write them, <c>0.43 GPa</c> or <c>1 mA/cm^2</c>, to SI numbers and back, exactly.
/// </summary>
public static partial class Units
{
    /// <summary>18 digits tell any two doubles apart in any unit; the offset of °C takes more.</summary>
    private const int MostDigits = 40;

    private const int LongestText = 200;

    private static readonly Dictionary<Dimension, string> Names = new()
    {
        [Dim("m")] = "length",
        [Dim("s")] = "time",
        [Dim("K")] = "temperature",
        [Dim("Pa")] = "stress",
        [Dim("Pa/m")] = "stiffness per area",
        [Dim("m^2/s")] = "diffusivity",
        [Dim("m^3/mol")] = "molar volume",
        [Dim("mol/m^3")] = "concentration",
        [Dim("A/m^2")] = "current density",
        [Dim("C/m^2")] = "charge per area",
        [Dim("J/mol")] = "molar energy",
        [Dim("V")] = "potential",
    };

    /// <summary>Reads a quantity of the dimension of <paramref name="unit"/> and returns it in SI.</summary>
    /// <param name="text">Number and unit; zero needs no unit.</param>
    /// <param name="unit">A unit of the dimension expected; <c>1</c> for a pure number.</param>
    /// <param name="shown">The unit of examples in messages, where another is more usual.</param>
    /// <exception cref="FormatException">No number, no unit, an unknown unit or the wrong dimension; the message says
    /// which and gives an example.</exception>
    public static double Parse(string text, string unit, string? shown = null)
    {
        (string number, string given) = Split(text);
        Unit wanted = Unit.Parse(unit);
        string example = unit == "K" ? "write for example 298.15 K or 25 °C" : unit == "1" ? $"write {number}"
            : $"write for example {number} {shown ?? unit}";
        if (given == "")
        {
            double plain = ToSi(number, Unit.Parse("1"));
            return unit == "1" || plain == 0 ? plain : throw new FormatException($"{number} has no unit; {example}");
        }
        if (unit == "1" && given == "%")
        {
            string share = Format(ToSi(number, Unit.Parse("1")) / 100, "1");
            throw new FormatException($"{number} % is written as a pure number here, {share}");
        }
        if (unit == "1") throw new FormatException($"{number} {given} is no pure number; {example}");
        Unit read = ParseUnit(given, example);
        if (read.Dimension == wanted.Dimension) return ToSi(number, read);
        string what = Names.TryGetValue(wanted.Dimension, out string? name) ? $"is no {name}"
            : $"is not in units of {shown ?? unit}";
        throw new FormatException($"{number} {given} {what}; {example}");
    }

    /// <summary>Reads a quantity of any dimension, or a pure number.</summary>
    /// <returns>The value in SI and the unit as written, <c>1</c> for a pure number.</returns>
    /// <exception cref="FormatException">No number or an unknown unit.</exception>
    public static (double Value, string Unit) ParseAny(string text)
    {
        (string number, string given) = Split(text);
        string unit = given == "" ? "1" : given;
        return (ToSi(number, ParseUnit(unit, $"write for example {number} GPa")), unit);
    }

    /// <summary>
    /// The shortest decimal number of <paramref name="unit"/> that reads back to the same double, with the unit (none
    /// for <c>1</c>).
    /// </summary>
    /// <param name="value">SI value, finite.</param>
    /// <param name="unit">Unit to write.</param>
    public static string Format(double value, string unit)
    {
        string number = Number(value, Unit.Parse(unit));
        return unit == "1" ? number : $"{number} {unit}";
    }

    /// <summary>A value to so many digits.</summary>
    public static double Rounded(double value, int digits) =>
        double.Parse(value.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static Dimension Dim(string unit) => Unit.Parse(unit).Dimension;

    private static Unit ParseUnit(string text, string example)
    {
        try
        {
            return Unit.Parse(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{e.Message}; {example}", e);
        }
    }

    private static (string Number, string Unit) Split(string text)
    {
        Match match = text.Length <= LongestText ? NumberAndUnit().Match(text) : Match.Empty;
        if (text.Length <= LongestText && WithComma().Match(text) is { Success: true } comma)
            throw new FormatException(OfComma(comma));
        return match.Success
            ? (match.Groups["number"].Value.Replace('−', '-'), match.Groups["unit"].Value)
            : throw new FormatException($"{Words.Quote(text)} is not a number");
    }

    /// <summary>What a number with commas should be; three digits behind one may be decimals or thousands.</summary>
    private static string OfComma(Match match)
    {
        string number = match.Groups["number"].Value, rest = match.Groups["rest"].Value;
        int comma = number.LastIndexOf(','), point = number.LastIndexOf('.');
        bool thousands = point > comma || number.Count(c => c == ',') > 1;
        string whole = $"{number.Replace(",", "")}{rest}";
        string fraction = $"{number[..comma].Replace(".", "")}.{number[(comma + 1)..]}{rest}";
        string right = thousands ? $"thousands take none: {whole}" : $"decimals take a point: {fraction}";
        bool mayBeThousands = !thousands && point < 0 && number.Length - comma == 4;
        if (mayBeThousands) right += $" (or, if it counts thousands, nothing: {whole})";
        return $"{Words.Quote(match.Value.Trim())} has a comma; {right}";
    }

    private static double ToSi(string number, Unit unit)
    {
        Decimal read = Decimal.Parse(number);
        double value = (read * unit).ToDouble();
        return double.IsFinite(value) ? value : throw new FormatException($"{number} is too large");
    }

    private static string Number(double value, Unit unit)
    {
        if (value == 0 && unit.Offset == 0) return "0";
        Decimal exact = Decimal.Parse(value.ToString("E40", CultureInfo.InvariantCulture)) / unit;
        for (int digits = 1; digits < MostDigits; digits++)
        {
            Decimal rounded = exact.Round(digits);
            if ((rounded * unit).ToDouble() == value) return rounded.ToString();
        }
        return exact.Round(MostDigits).ToString();
    }

    [GeneratedRegex(@"^\s*(?<number>[+\-−]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+\-−]?[0-9]+)?)\s*(?<unit>.*?)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NumberAndUnit();

    [GeneratedRegex(
        @"^\s*(?<number>[+\-−]?[0-9.]+(,[0-9.]+)+)(?<rest>.*?)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WithComma();

    /// <summary>Digits · 10^Exponent, exact.</summary>
    private readonly record struct Decimal(BigInteger Digits, int Exponent)
    {
        /// <summary>Beyond any double, so that absurd exponents neither overflow nor cost time.</summary>
        private const int LargestExponent = 1000;

        /// <summary>Decimals kept in a division: more than decide the rounding of a double.</summary>
        private const int Guard = 40;

        public static Decimal Parse(string text)
        {
            string[] parts = text.Split('e', 'E');
            int point = parts[0].IndexOf('.');
            int decimals = point < 0 ? 0 : parts[0].Length - point - 1;
            int exponent = parts.Length == 1 ? 0
                : int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int read)
                    ? Math.Clamp(read, -LargestExponent, LargestExponent)
                : parts[1][0] == '-' ? -LargestExponent : LargestExponent;
            return new(BigInteger.Parse(parts[0].Replace(".", ""), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture), exponent - decimals);
        }

        /// <summary>A number of the unit, in SI.</summary>
        public static Decimal operator *(Decimal a, Unit unit) =>
            Divide(a.Digits * unit.Numerator, a.Exponent + unit.Exponent, unit.Denominator).Plus(unit.Offset);

        /// <summary>An SI number, in the unit.</summary>
        public static Decimal operator /(Decimal a, Unit unit)
        {
            Decimal from = a.Plus(-unit.Offset);
            return Divide(from.Digits * unit.Denominator, from.Exponent - unit.Exponent, unit.Numerator);
        }

        public double ToDouble() => double.Parse($"{Digits}e{Exponent}", CultureInfo.InvariantCulture);

        public Decimal Round(int digits)
        {
            int excess = BigInteger.Abs(Digits).ToString().Length - digits;
            if (excess <= 0) return this;
            BigInteger unit = BigInteger.Pow(10, excess);
            return new((Digits + Digits.Sign * unit / 2) / unit, Exponent + excess);
        }

        /// <summary>Plain between 0.001 and a million, else with an exponent: 140, 0.43, 1e18, 1.3e-5.</summary>
        public override string ToString()
        {
            string digits = BigInteger.Abs(Digits).ToString().TrimEnd('0');
            if (digits == "") return "0";
            string sign = Digits.Sign < 0 ? "-" : "";
            int exponent = Exponent + BigInteger.Abs(Digits).ToString().Length - 1;
            return sign + exponent switch
            {
                < -3 or >= 6 => digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + "e"
                    + exponent.ToString(CultureInfo.InvariantCulture),
                < 0 => "0." + new string('0', -exponent - 1) + digits,
                _ when digits.Length <= exponent + 1 => digits.PadRight(exponent + 1, '0'),
                _ => digits[..(exponent + 1)] + "." + digits[(exponent + 1)..],
            };
        }

        private static Decimal Divide(BigInteger digits, int exponent, BigInteger by) =>
            by.IsOne ? new(digits, exponent) : new(digits * BigInteger.Pow(10, Guard) / by, exponent - Guard);

        private Decimal Plus(decimal offset)
        {
            if (offset == 0) return this;
            Decimal other = Parse(offset.ToString(CultureInfo.InvariantCulture));
            int exponent = Math.Min(Exponent, other.Exponent);
            return new(Digits * BigInteger.Pow(10, Exponent - exponent) + other.Digits * BigInteger.Pow(
                10, other.Exponent - exponent), exponent);
        }
    }
}
