namespace MesoLiMg.Kernels;

/// <summary>The open-circuit potential U_chem(x) = -μ_chem/F against lithium metal [V], pointwise. The argument is at least 1e-9, where the logarithm stays finite.</summary>
public interface IOpenCircuitPotential
{
    /// <summary>U_chem at x.</summary>
    L At<L>(L x) where L : unmanaged, ILane<L, double>;
}

/// <summary>
/// Redlich-Kister solution of Li (fraction X = x/(1+x)) and Mg. With s = 2X-1 the excess energy G = X(1-X) Σ_k L_k s^k gives the partial molar μ_Li = RT ln X + G + (1-X) dG/dX = RT ln X + (1-X)² Σ_k L_k s^(k-1) (s + 2kX);
/// the term k = 0 is L_0 (Redlich and Kister, Ind. Eng. Chem. 40 (1948) 345). U = -μ/F ends at 0 V for pure lithium.
/// </summary>
/// <param name="coefficients">L_k [J/mol].</param>
/// <param name="count">Number of them.</param>
/// <param name="thermal">RT [J/mol].</param>
/// <param name="faraday">F [C/mol].</param>
public readonly struct RedlichKister(View<double> coefficients, int count, double thermal, double faraday) : IOpenCircuitPotential
{
    public L At<L>(L x) where L : unmanaged, ILane<L, double>
    {
        var one = L.Of(1);
        var fraction = x / (one + x);
        var rest = one / (one + x);
        var s = fraction - rest;
        // k = 0 apart: s^(-1) s is 1, also at s = 0.
        var (sum, power) = (L.Uniform(coefficients, 0), one);
        for (var k = 1; k < count; k++)
        {
            sum = L.MulAdd(L.Uniform(coefficients, k) * power, L.MulAdd(L.Of(2 * k), fraction, s), sum);
            power *= s;
        }
        return -(L.MulAdd(rest * rest, sum, L.Of(thermal) * L.Log(fraction))) / L.Of(faraday);
    }
}

/// <summary>U = U0 - (RT/F) ln X - (L/F) (1-X)²: a regular solution through two measured points, for small x.</summary>
public readonly struct RegularSolution(double standard, double interaction, double thermal, double faraday) : IOpenCircuitPotential
{
    public L At<L>(L x) where L : unmanaged, ILane<L, double>
    {
        var rest = L.Of(1) / (L.Of(1) + x);
        return L.Of(standard) - L.Of(thermal / faraday) * L.Log(x * rest) - L.Of(interaction / faraday) * rest * rest;
    }
}

/// <summary>
/// Piecewise cubic Hermite interpolation of measured points with slopes that keep it monotone (Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238), constant outside. The sum runs over
/// all pieces and selects: tables are short.
/// </summary>
/// <param name="knots">x, increasing; then U; then dU/dx: three arrays of <paramref name="count"/>.</param>
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

/// <summary>
/// Potentials against lithium metal [V]: U_chem(x), U_mech = -μ_mech/F with μ_mech = (1/c_Mg)(-β' tr σ + ½ ε_el : dC/dx : ε_el), and their sum. With a stiffness that follows x through E alone the last term is w (dE/dx)/E.
/// Also the elastic energy per mole of Mg and of Li over F, which the paper calls mechanical potential.
/// </summary>
/// <param name="conducts">1 where lithium can be; elsewhere there are no potentials, and the result is 0.</param>
/// <param name="result">Chemical, mechanical, sum, per Mg, per Li: five components.</param>
public readonly struct Potentials<TOcv>(
    TOcv ocv, View<double> x, View<double> sigmaH, View<double> energy, ElasticConstants constants, SwellingLaw swelling, View<double> conducts, View<double> result, double magnesium, double faraday, int length)
    : IKernel<double> where TOcv : struct, IOpenCircuitPotential
{
    private const double SmallestRatio = 1e-9;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var ratio = L.Max(L.Load(x, i), L.Of(SmallestRatio));
        var perMagnesium = L.Load(energy, i) * L.Of(1 / (magnesium * faraday));
        var chemical = ocv.At(ratio);
        var expansion = L.Of(3 / (magnesium * faraday)) * swelling.Rate(L.Load(x, i), i) * L.Load(sigmaH, i);
        var mechanical = expansion - perMagnesium * constants.RelativeSlope<L>(p);
        var holds = L.Load(conducts, i);
        L.Store(result, i, holds * chemical);
        L.Store(result, i + length, holds * mechanical);
        L.Store(result, i + 2 * length, holds * (chemical + mechanical));
        L.Store(result, i + 3 * length, holds * perMagnesium);
        L.Store(result, i + 4 * length, holds * perMagnesium / ratio);
    }
}

/// <summary>
/// J at the centres of cells [mol/(m² s)]: along each axis the mean of the fluxes through the cell's two faces, F = T (x_a - x_b) + G over the face's area, with what stress adds in T and G (<see cref="StressDrift"/>); 0 through outer faces.
/// </summary>
/// <param name="transmissibility">T of low faces along the axis [m³/s].</param>
/// <param name="drift">G of low faces along the axis [m³/s]; zeros without stress.</param>
/// <param name="flux">Result.</param>
/// <param name="area">Face area, entry x+1 for the low face [m²].</param>
/// <param name="next">1 along x, where faces differ in area, else 0.</param>
public readonly struct CellFlux(
    View<double> x, View<double> transmissibility, View<double> drift, View<double> area, View<double> flux, int stride, int next, double magnesium) : IKernel<double>
{
    private const double SmallestArea = 1e-300;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, above) = (p.Index, p.Index + stride);
        var here = L.Load(x, i);
        var low = L.MulAdd(L.Load(transmissibility, i), L.Load(x, i - stride) - here, L.Load(drift, i));
        var high = L.MulAdd(L.Load(transmissibility, above), here - L.Load(x, above), L.Load(drift, above));
        // The axis of r-z is a face without area and without flow.
        var (lowArea, highArea) = (L.Max(L.Load(area, p.X + 1), L.Of(SmallestArea)), L.Load(area, p.X + 1 + next));
        L.Store(flux, i, L.Of(0.5 * magnesium) * (low / lowArea + high / highArea));
    }
}

/// <summary>y ← a x</summary>
public readonly struct Scale(View<double> x, View<double> y, double a) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(y, p.Index, L.Of(a) * L.Load(x, p.Index));
}
