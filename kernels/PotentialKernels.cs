namespace MesoLiMg.Kernels;

/// <summary>The open-circuit potential U_chem(x) = -μ_chem/F against lithium metal [V], pointwise. The argument is at least 1e-9, where the logarithm stays finite.</summary>
public interface IOpenCircuitPotential
{
    /// <summary>U_chem at x.</summary>
    L At<L>(L x) where L : unmanaged, ILane<L, double>;
}

/// <summary>
/// Redlich-Kister solution of Li (fraction X = x/(1+x)) and Mg: the excess energy X(1-X) Σ L_k (2X-1)^k gives
/// μ_Li = RT ln X + (1-X)² [L0 + Σ_k L_k (2X-1)^(k-1) ((2k+1) 2X - ... )], here in the form (1-X)² Σ_k L_k (2X-1)^(k-1) (2X - 1 + 2 k X)
/// (Redlich and Kister, Ind. Eng. Chem. 40 (1948) 345). It ends at 0 V for pure lithium.
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
        // k = 0 separately: its factor (2X-1)^(-1) (2X-1) is 1.
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
/// <param name="omega">Ω_Li by material [m³/mol]; β' = Ω_Li c_Mg/3.</param>
/// <param name="result">Chemical, mechanical, sum, per Mg, per Li: five components.</param>
public readonly struct Potentials<TOcv>(
    TOcv ocv, View<double> x, View<double> sigmaH, View<double> energy, ElasticConstants constants, View<int> group, View<double> omega, View<double> result, double magnesium, double faraday, int length)
    : IKernel<double> where TOcv : struct, IOpenCircuitPotential
{
    private const double SmallestRatio = 1e-9;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var ratio = L.Max(L.Load(x, i), L.Of(SmallestRatio));
        var perMagnesium = L.Load(energy, i) * L.Of(1 / (magnesium * faraday));
        var chemical = ocv.At(ratio);
        var expansion = L.Gather(omega, 0, group, i) * L.Load(sigmaH, i) * L.Of(1 / faraday);
        var mechanical = expansion - perMagnesium * constants.RelativeSlope<L>(p);
        L.Store(result, i, chemical);
        L.Store(result, i + length, mechanical);
        L.Store(result, i + 2 * length, chemical + mechanical);
        L.Store(result, i + 3 * length, perMagnesium);
        L.Store(result, i + 4 * length, perMagnesium / ratio);
    }
}

/// <summary>c = c_Mg x, and the flux -D ∇c at centres by central differences of neighbours that conduct [mol/(m² s)].</summary>
/// <param name="tx">Transmissibilities of low faces, <see cref="FaceTransmissibility"/> [m³/s]; their flow over the face's area is the flux there.</param>
/// <param name="flux">Components x, y, z; mean of the two faces.</param>
public readonly struct CellFlux(
    View<double> x, View<double> tx, View<double> ty, View<double> tz, VolumeGeometry geometry, View<double> flux, Layout layout, double magnesium, double inflowTop, int topZ, int length)
    : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, sy, sz) = (p.Index, layout.StrideY, layout.StrideZ);
        var here = L.Load(x, i);
        var half = L.Of(0.5 * magnesium);
        var lowX = L.Load(tx, i) * (L.Load(x, i - 1) - here) / Positive(L.Load(geometry.FaceX, p.X + 1));
        var highX = L.Load(tx, i + 1) * (here - L.Load(x, i + 1)) / Positive(L.Load(geometry.FaceX, p.X + 2));
        var y = L.Load(ty, i) * (L.Load(x, i - sy) - here) + L.Load(ty, i + sy) * (here - L.Load(x, i + sy));
        var z = L.Load(tz, i) * (L.Load(x, i - sz) - here) + L.Load(tz, i + sz) * (here - L.Load(x, i + sz));
        var entering = L.IfGreater(L.Of(p.Z - topZ), L.Of(-0.5), L.Of(inflowTop), L.Of(0));
        L.Store(flux, i, half * (lowX + highX));
        L.Store(flux, i + length, half * y / L.Load(geometry.FaceY, p.X + 1));
        L.Store(flux, i + 2 * length, half * (z / L.Load(geometry.FaceZ, p.X + 1) - entering));
    }

    private static L Positive<L>(L a) where L : unmanaged, ILane<L, double> => L.Max(a, L.Of(1e-300));
}

/// <summary>y ← a x</summary>
public readonly struct Scale(View<double> x, View<double> y, double a) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(y, p.Index, L.Of(a) * L.Load(x, p.Index));
}
