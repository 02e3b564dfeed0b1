namespace MesoLiMg.Kernels;

/// <summary>
/// d ← ¼ Σ_± o_± (v - v_±), o = 1 for faces that conduct, else 0: along one axis the part sin²(kh/2) of a wave exp(ikx). Zero for what is uniform along the axis, v itself for what alternates from cell to cell.
/// </summary>
/// <param name="transmissibility">T of low faces along the axis; what matters is whether it is above zero.</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
public readonly struct AlternatingPart(View<double> v, View<double> transmissibility, View<double> d, int stride) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, zero) = (p.Index, L.Of(0));
        var here = L.Load(v, i);
        var low = L.IfGreater(L.Load(transmissibility, i), zero, here - L.Load(v, i - stride), zero);
        var high = L.IfGreater(L.Load(transmissibility, i + stride), zero, here - L.Load(v, i + stride), zero);
        L.Store(d, i, L.Of(0.25) * (low + high));
    }
}

/// <summary>
/// v ← v - (1 - P/P_c) q, q being the part of v that alternates along two axes: the centres of cells do not strain by it, so that its stress is the full -3K β and not the -2Eβ/(3(1-ν)) of a smooth field, which the system of
/// the stage counts with. P = 1 + δ is that system on q and P_c = 1 + δ (1 + (κ - 1) σ) the true one: δ = 2 τ Σ_f T_f/V, twice the diagonal, σ = (ℓx/Γ)/(1 + ℓx/Γ) the share of stress in T_f, and κ = 9K(1-ν)/(2E) = 3(λ+2μ)/(4μ).
/// </summary>
/// <param name="fluxes">T_f of the stage's system [m³/s].</param>
/// <param name="stiffness">ℓ, see <see cref="CouplingStiffness"/>.</param>
/// <param name="tau">Length of the stage [s].</param>
public readonly struct SoftenCheckerboard(
    View<double> v, View<double> q, View<double> x, ElasticConstants constants, View<double> stiffness, View<double> inverseGamma, FluxBalance fluxes, View<double> volume, double tau) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, one) = (p.Index, L.Of(1));
        var lame = constants.At<L>(p);
        var excess = L.Of(0.75) * (lame.Lambda + lame.Mu + lame.Mu) / lame.Mu - one;
        var local = L.Load(stiffness, i) * L.Max(L.Load(x, i), L.Of(0)) * L.Load(inverseGamma, i);
        var more = L.Of(2 * tau) * fluxes.Diagonal<L>(p) / L.Load(volume, p.X + 1);
        var (system, missing) = (one + more, more * excess * local / (one + local));
        L.Store(v, i, L.Load(v, i) - missing / (system + missing) * L.Load(q, i));
    }
}
