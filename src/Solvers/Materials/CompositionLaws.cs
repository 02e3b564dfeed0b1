using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Brings properties that follow x = Li per Mg to the device. A curve is sampled at the ends of equal intervals from 0
/// to saturation and each interval gets the cubic with the curve's values and slopes at both ends (Hermite):
/// polynomials and
/// rules of mixtures are met to rounding, tables to the roundings of their kinks over one interval. Beyond saturation
/// the last value is held.
/// </summary>
/// <param name="group">Material of cells.</param>
/// <param name="saturation">x at saturation.</param>
internal sealed class CompositionLaws(IDevice device, View<int> group, double saturation)
{
    private const int Intervals = 4096, Coefficients = 4;

    /// <summary>The law of a property, given its curve by material.</summary>
    public CompositionLaw Of(IReadOnlyList<PropertyCurve> curves) => curves.All(curve => curve.Constant is not null)
        ? Constants(curves.Select(curve => curve.Constant!.Value))
        : Table(curves, curve => curve.Constant is { } value ? [value, 0, 0, 0] : Sample(curve.At, curve.Slope, false));

    /// <summary>The law of swelling, given by material either β or β' = Ω_Li c_Mg/3.</summary>
    public SwellingLaw Swelling(IReadOnlyList<(PropertyCurve? Strain, PropertyCurve Rate)> materials) =>
        materials.All(m => m.Strain is null && m.Rate.Constant is not null)
        ? new(Constants(materials.Select(m => m.Rate.Constant!.Value)))
        : new(Table(materials, m => m.Strain is { } strain ? Sample(strain.At, strain.Slope, true)
            : m.Rate.Constant is { } rate ? [0, rate * saturation, 0, 0] : Sample(m.Rate.Integral, m.Rate.At, true)));

    private CompositionLaw Constants(IEnumerable<double> values) =>
        new(device.Allocate<double>(values.ToArray()), group, 0, 0);

    /// <summary>Coefficients of the intervals up to saturation and of the one beyond, four each.</summary>
    /// <param name="isLinearBeyond">Whether the slope is held beyond saturation; else the value.</param>
    private double[] Sample(Func<double, double> value, Func<double, double> slope, bool isLinearBeyond)
    {
        var h = saturation / Intervals;
        var result = new double[(Intervals + 1) * Coefficients];
        for (var k = 0; k < Intervals; k++)
        {
            var (y0, y1, m0, m1) = (value(k * h), value((k + 1) * h), h * slope(k * h), h * slope((k + 1) * h));
            double[] cubic = [y0, m0, 3 * (y1 - y0) - 2 * m0 - m1, m0 + m1 - 2 * (y1 - y0)];
            cubic.CopyTo(result, k * Coefficients);
        }
        result[^4] = value(saturation);
        result[^3] = isLinearBeyond ? h * slope(saturation) : 0;
        return result;
    }

    /// <summary>
    /// The table of a <see cref="CompositionLaw"/>; materials that have their curves in common share the coefficients.
    /// </summary>
    private CompositionLaw Table<TCurve>(IReadOnlyList<TCurve> materials, Func<TCurve, double[]> sample)
        where TCurve : notnull
    {
        var n = materials.Count;
        List<double> table = [.. new double[3 * n]];
        Dictionary<TCurve, (int First, int Intervals)> known = [];
        for (var m = 0; m < n; m++)
        {
            if (!known.TryGetValue(materials[m], out var at))
            {
                var coefficients = sample(materials[m]);
                known[materials[m]] = at = (table.Count, coefficients.Length / Coefficients);
                table.AddRange(coefficients);
            }
            (table[m], table[m + n]) = (at.First, at.Intervals);
            table[m + 2 * n] = Math.Max(at.Intervals - 1, 1) / saturation;
        }
        return new(device.Allocate<double>([.. table]), group, n, 1);
    }
}
