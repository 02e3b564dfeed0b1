namespace MesoLiMg.Kernels;

/// <summary>
/// U(x) by piecewise cubic Hermite interpolation of measured points with slopes that keep it monotone (Fritsch and
/// Carlson,
/// SIAM J. Numer. Anal. 17 (1980) 238), constant outside. The sum runs over all pieces and selects: tables are short.
/// </summary>
/// <param name="knots">x, increasing; then U [V]; then dU/dx: three arrays of <paramref name="count"/>.</param>
/// <param name="count">Number of points.</param>
public readonly struct TabulatedPotential(View<double> knots, int count) : IOpenCircuitPotential
{
    public L At<L>(L x) where L : unmanaged, ILane<L, double>
    {
        var inside = L.Max(L.Min(x, L.Uniform(knots, count - 1)), L.Uniform(knots, 0));
        var result = L.Uniform(knots, count);
        for (var k = 0; k + 1 < count; k++)
        {
            var (x0, x1) = (L.Uniform(knots, k), L.Uniform(knots, k + 1));
            var (y0, y1) = (L.Uniform(knots, count + k), L.Uniform(knots, count + k + 1));
            var h = x1 - x0;
            var (m0, m1) = (h * L.Uniform(knots, 2 * count + k), h * L.Uniform(knots, 2 * count + k + 1));
            var t = (inside - x0) / h;
            var (rise, c) = (y1 - y0, m0 + m1);
            // y0 + t (m0 + t (3 rise - 2 m0 - m1 + t (m0 + m1 - 2 rise)))
            var cubic = L.MulAdd(t, c - rise - rise, L.Of(3) * rise - m0 - c);
            result = L.IfGreater(inside, x0, L.MulAdd(t, L.MulAdd(t, cubic, m0), y0), result);
        }
        return result;
    }
}
