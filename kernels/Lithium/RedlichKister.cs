namespace MesoLiMg.Kernels;

/// <summary>
/// Redlich-Kister solution of Li (fraction X = x/(1+x)) and Mg. With s = 2X-1 the excess energy G = X(1-X) Σ_k L_k s^k
/// gives
/// the partial molar μ_Li = RT ln X + G + (1-X) dG/dX = RT ln X + (1-X)² Σ_k L_k s^(k-1) (s + 2kX); the term k = 0 is
/// L_0
/// (Redlich and Kister, Ind. Eng. Chem. 40 (1948) 345). U = -μ/F ends at 0 V for pure lithium.
/// </summary>
/// <param name="coefficients">L_k [J/mol].</param>
/// <param name="count">Number of them.</param>
/// <param name="thermal">RT [J/mol].</param>
/// <param name="faraday">F [C/mol].</param>
public readonly struct RedlichKister(View<double> coefficients, int count, double thermal, double faraday)
    : IOpenCircuitPotential
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
