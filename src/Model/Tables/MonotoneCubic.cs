namespace MesoLiMg.Model;

/// <summary>
/// A piecewise cubic through points that rises and falls only as they do (Fritsch and Carlson, SIAM J. Numer. Anal. 17
/// (1980) 238); beyond its ends it keeps the end values.
/// </summary>
/// <param name="x">At least two abscissas, increasing.</param>
/// <param name="y">Values there.</param>
public sealed class MonotoneCubic(IReadOnlyList<double> x, IReadOnlyList<double> y)
{
    private readonly double[] slopes = SlopesOf(x, y);

    /// <summary>Slopes at the points.</summary>
    public IReadOnlyList<double> Slopes => slopes;

    /// <summary>The value at <paramref name="at"/>.</summary>
    public double At(double at)
    {
        var (k, h, t) = Piece(at);
        var (rise, m0, m1) = (y[k + 1] - y[k], h * slopes[k], h * slopes[k + 1]);
        return y[k] + t * (m0 + t * (3 * rise - 2 * m0 - m1 + t * (m0 + m1 - 2 * rise)));
    }

    /// <summary>The derivative; 0 beyond the ends.</summary>
    public double Slope(double at)
    {
        if (at < x[0] || at > x[^1])
            return 0;
        var (k, h, t) = Piece(at);
        var (rise, m0, m1) = (y[k + 1] - y[k], h * slopes[k], h * slopes[k + 1]);
        return (m0 + t * (2 * (3 * rise - 2 * m0 - m1) + 3 * t * (m0 + m1 - 2 * rise))) / h;
    }

    /// <summary>The integral from 0 to <paramref name="to"/>.</summary>
    public double Integral(double to) => FromStart(to) - FromStart(0);

    /// <summary>The integral from the first point.</summary>
    private double FromStart(double to)
    {
        var sum = y[0] * Math.Min(to - x[0], 0) + y[^1] * Math.Max(to - x[^1], 0);
        for (var k = 0; k + 1 < x.Count && to > x[k]; k++)
        {
            var h = x[k + 1] - x[k];
            var t = Math.Min(1, (to - x[k]) / h);
            var (rise, m0, m1) = (y[k + 1] - y[k], h * slopes[k], h * slopes[k + 1]);
            sum += h * t * (y[k] + t * (m0 / 2 + t * ((3 * rise - 2 * m0 - m1) / 3 + t * (m0 + m1 - 2 * rise) / 4)));
        }
        return sum;
    }

    private (int K, double H, double T) Piece(double at)
    {
        var inside = Math.Clamp(at, x[0], x[^1]);
        var k = 0;
        while (k + 2 < x.Count && inside > x[k + 1])
            k++;
        var h = x[k + 1] - x[k];
        return (k, h, (inside - x[k]) / h);
    }

    /// <summary>
    /// The weighted harmonic mean of the neighbouring secants, 0 at an extremum, the end secants at the ends (Fritsch
    /// and Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300).
    /// </summary>
    private static double[] SlopesOf(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var n = x.Count;
        var secants = Enumerable.Range(0, n - 1).Select(k => (y[k + 1] - y[k]) / (x[k + 1] - x[k])).ToArray();
        var slopes = new double[n];
        (slopes[0], slopes[^1]) = (secants[0], secants[^1]);
        for (var k = 1; k < n - 1; k++)
        {
            var (a, b) = (secants[k - 1], secants[k]);
            var (w1, w2) = (2 * (x[k + 1] - x[k]) + (x[k] - x[k - 1]), (x[k + 1] - x[k]) + 2 * (x[k] - x[k - 1]));
            slopes[k] = a * b > 0 ? (w1 + w2) / (w1 / a + w2 / b) : 0;
        }
        return slopes;
    }
}
