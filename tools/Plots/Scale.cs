using System.Globalization;

namespace MesoLiMg.Tools.Plots;

/// <summary>The range of an axis, linear or logarithmic, and the round numbers that mark it.</summary>
/// <param name="From">Value at the axis' start; above zero on a logarithmic axis.</param>
/// <param name="To">Value at its end, above <paramref name="From"/>.</param>
/// <param name="Logarithmic">Whether equal lengths are equal ratios.</param>
public sealed record Scale(double From, double To, bool Logarithmic = false)
{
    private const double RoundOff = 1e-9;

    /// <summary>
    /// Share of the largest value below which differences are rounding and what solvers leave at their tolerances.
    /// </summary>
    private const double Noise = 1e-6;

    /// <summary>Part of the distance of ticks by which a value may lie beyond the last of them.</summary>
    private const double Invisible = 1e-5;

    /// <summary>A linear axis below this has ticks with powers of ten, not with many zeros.</summary>
    private const double Small = 1e-4;

    /// <summary>Distances of ticks as parts of a power of ten.</summary>
    private static readonly double[] RoundSteps = [1, 2, 5, 10];

    /// <summary>Number of intervals that ticks should make, about; no effect on a logarithmic axis.</summary>
    public int Intervals { get; init; } = 5;

    /// <summary>A range that begins and ends at ticks and holds all values.</summary>
    public static Scale Around(IEnumerable<double> values, int intervals = 6)
    {
        var (low, high) = Extremes(values);
        if (low > 0 && low < 0.3 * high)
            low = 0;
        if (high < 0 && high > 0.3 * low)
            high = 0;
        return ToTicks(low, high, intervals);
    }

    /// <summary>The value that all have but for noise; null where they differ. Voids (NaN) do not count.</summary>
    public static double? Only(IEnumerable<double> values)
    {
        var all = values.Where(value => !double.IsNaN(value)).ToList();
        return all.Count > 0 && !Differ(all.Min(), all.Max()) ? all[0] : null;
    }

    /// <summary>A range widened to ticks.</summary>
    public static Scale ToTicks(double low, double high, int intervals)
    {
        // The range widened to ticks can have a larger distance of ticks, to which it is widened again.
        for (double step, before = 0; (step = Step(high - low, intervals)) != before; before = step)
            (low, high) = (Math.Floor(low / step + Invisible) * step, Math.Ceiling(high / step - Invisible) * step);
        return new(low, high) { Intervals = intervals };
    }

    /// <summary>A range from the smallest to the largest value.</summary>
    public static Scale Exactly(IEnumerable<double> values, int intervals = 5)
    {
        var (low, high) = Extremes(values);
        return new(low, high) { Intervals = intervals };
    }

    /// <summary>
    /// A logarithmic range that holds all values, with a little room beyond the smallest and the largest.
    /// </summary>
    /// <param name="values">All above zero.</param>
    public static Scale Decades(IEnumerable<double> values)
    {
        const double room = 0.04;
        var all = values.ToList();
        var (low, high) = (all.Min(), all.Max());
        if (high / low < 1 + RoundOff)
            return new(low / 10, high * 10, Logarithmic: true);
        var beyond = Math.Pow(high / low, room);
        return new(low / beyond, high * beyond, Logarithmic: true);
    }

    /// <summary>Numbers to mark instead of round ones, inside the range.</summary>
    public IReadOnlyList<double>? Marked { get; init; }

    /// <summary>Numbers with a label, all inside the range.</summary>
    public IReadOnlyList<double> Ticks => Marked ?? (Logarithmic ? Powers() : Multiples());

    /// <summary>Numbers between them that a logarithmic axis marks without a label.</summary>
    public IReadOnlyList<double> MinorTicks => Logarithmic && Marked is null
        ? [.. Digits(1, 2, 3, 4, 5, 6, 7, 8, 9).Except(Ticks)] : [];

    /// <summary>Where a value lies, 0 at the start and 1 at the end.</summary>
    public double Position(double value) => Logarithmic ? Math.Log(value / From) / Math.Log(To / From)
        : (value - From) / (To - From);

    /// <summary>
    /// A tick as text for <see cref="RichText"/>, with the decimals that tell it from its neighbours.
    /// </summary>
    public string Label(double tick)
    {
        if (Logarithmic && Marked is null)
            return Power(tick);
        if (Marked is not null)
            return Minus(tick.ToString("G4", CultureInfo.InvariantCulture));
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(Step(To - From, Intervals)) + RoundOff));
        if (Math.Max(Math.Abs(From), Math.Abs(To)) is var largest && largest < Small && To - From > largest / 10)
            return tick == 0 ? "0" : (tick < 0 ? Minus("-") : "") + Power(Math.Abs(tick));
        return Minus((tick == 0 ? 0 : tick).ToString($"F{decimals}", CultureInfo.InvariantCulture));
    }

    private static string Minus(string number) => number.Replace('-', '−');

    private IReadOnlyList<double> Multiples()
    {
        var step = Step(To - From, Intervals);
        var first = (long)Math.Ceiling(From / step - RoundOff);
        var last = (long)Math.Floor(To / step + RoundOff);
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Math.Clamp((first + i) * step, From, To))];
    }

    /// <summary>
    /// Powers of ten, not more than have room; where a range holds less than three of them, also twice and five times
    /// that, or all their multiples, or at last the round numbers of a linear axis.
    /// </summary>
    private IReadOnlyList<double> Powers()
    {
        const int most = 8;
        var powers = Digits(1);
        if (powers.Count > most)
        {
            var stride = (powers.Count + most - 1) / most;
            return [.. powers.Where(power => Exponent(power) % stride == 0)];
        }
        const int enough = 3;
        return new[] { powers, Digits(1, 2, 5), Digits(1, 2, 3, 4, 5, 6, 7, 8, 9) }
            .FirstOrDefault(ticks => ticks.Count >= enough) ?? Multiples();
    }

    /// <summary>Multiples of powers of ten in the range, in increasing order.</summary>
    private IReadOnlyList<double> Digits(params int[] digits) =>
    [
        .. from power in Enumerable.Range((int)Math.Floor(Math.Log10(From)),
            (int)Math.Ceiling(Math.Log10(To / From)) + 2)
           from digit in digits
           let value = double.Parse($"{digit}e{power}", CultureInfo.InvariantCulture)
           where Contains(value)
           select value,
    ];

    private static int Exponent(double value) => (int)Math.Floor(Math.Log10(value) + RoundOff);

    private static string Power(double value)
    {
        var exponent = Exponent(value);
        var factor = (value / Math.Pow(10, exponent)).ToString("G3", CultureInfo.InvariantCulture);
        return exponent == 0 && factor != "1" ? factor
            : $"{(factor == "1" ? "" : $"{factor}×")}10^{{{Minus(exponent.ToString(CultureInfo.InvariantCulture))}}}";
    }

    private bool Contains(double value) => value >= From * (1 - RoundOff) && value <= To * (1 + RoundOff);

    /// <summary>1, 2 or 5 times a power of ten, so that a range has about so many intervals.</summary>
    private static double Step(double range, int intervals)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(range / intervals)));
        return RoundSteps.Select(round => round * power).First(step => range / step <= intervals + 0.5);
    }

    /// <summary>Whether a range is more than noise.</summary>
    private static bool Differ(double low, double high) => high - low > Noise * Math.Max(Math.Abs(low), Math.Abs(high));

    /// <summary>A range that is not empty, also where all values are the same; voids (NaN) do not count.</summary>
    private static (double Low, double High) Extremes(IEnumerable<double> values)
    {
        var all = values.Where(value => !double.IsNaN(value)).ToList();
        var (low, high) = (all.Min(), all.Max());
        if (Differ(low, high))
            return (low, high);
        var half = low == 0 ? 0.5 : Math.Abs(low) / 10;
        return (low - half, high + half);
    }
}
