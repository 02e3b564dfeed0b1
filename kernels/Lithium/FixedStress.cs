namespace MesoLiMg.Kernels;

// The fixed-stress split between lithium and stress: what the lithium step knows of the answer that stress will give.

/// <summary>
/// ℓ = 2 E β'² / ((1-ν) c_Mg RT) at cells: how much m = μ_mech/(RT) rises with x where the body around a cell does not
/// yield, as in a film clamped in plane, and for every plane wave in an infinite isotropic body. It takes the stiff
/// part of
/// the coupling into the lithium step (a fixed-stress split, Kim, Tchelepi and Juanes, Comput. Methods Appl. Mech. Eng.
/// 200
/// (2011) 1591) and does not change what the iteration converges to.
/// </summary>
/// <param name="x">Li per Mg.</param>
/// <param name="constants">λ, μ with x [Pa].</param>
/// <param name="swelling">β(x).</param>
/// <param name="stiffness">Result: ℓ.</param>
/// <param name="magnesium">c_Mg [mol/m³].</param>
/// <param name="thermal">RT [J/mol].</param>
public readonly struct CouplingStiffness(
    Field<Cell, double> x, ElasticConstants constants, SwellingLaw swelling, Field<Cell, double> stiffness,
    double magnesium, double thermal)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var lame = constants.At<L>(p);
        var rate = swelling.Rate(x.At<L>(p), p);
        // E/(1-ν) = 2μ(3λ+2μ)/(λ+2μ)
        var biaxial = L.Of(2) * lame.Mu * L.MulAdd(L.Of(3), lame.Lambda, lame.Mu + lame.Mu)
            / (lame.Lambda + lame.Mu + lame.Mu);
        stiffness.Set(p, L.Of(2 / (magnesium * thermal)) * biaxial * rate * rate);
    }
}

/// <summary>
/// d ← ¼ Σ_± o_± (v - v_±), o = 1 for faces that conduct, else 0: along one axis the part sin²(kh/2) of a wave
/// exp(ikx).
/// Zero for what is uniform along the axis, v itself for what alternates from cell to cell.
/// </summary>
/// <param name="v">Field of cells with periodic ghosts.</param>
/// <param name="transmissibility">T across the axis; what matters is whether it is above zero.</param>
/// <param name="d">Result.</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
public readonly struct AlternatingPart(
    Field<Cell, double> v, Field<Face, double> transmissibility, Field<Cell, double> d, int stride)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var (zero, here) = (L.Of(0), v.At<L>(p));
        var (below, above) = (transmissibility.At<L>(p.LowFace()), transmissibility.At<L>(p.HighFace(stride)));
        var low = L.IfGreater(below, zero, here - v.At<L>(p.Beside(-stride)), zero);
        var high = L.IfGreater(above, zero, here - v.At<L>(p.Beside(stride)), zero);
        d.Set(p, L.Of(0.25) * (low + high));
    }
}

/// <summary>What the split knows at cells.</summary>
/// <param name="x">Li per Mg at which the system of the stage was set up.</param>
/// <param name="constants">λ, μ there [Pa].</param>
/// <param name="stiffness">ℓ, see <see cref="CouplingStiffness"/>.</param>
/// <param name="inverseGamma">1/Γ.</param>
public readonly struct SplitTerms(
    Field<Cell, double> x, ElasticConstants constants, Field<Cell, double> stiffness, Field<Cell, double> inverseGamma)
{
    /// <summary>κ - 1 = 9K(1-ν)/(2E) - 1 = 3(λ+2μ)/(4μ) - 1</summary>
    public L Excess<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var lame = constants.At<L>(p);
        return L.Of(0.75) * (lame.Lambda + lame.Mu + lame.Mu) / lame.Mu - L.Of(1);
    }

    /// <summary>ℓx/Γ</summary>
    public L Local<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        stiffness.At<L>(p) * L.Max(x.At<L>(p), L.Of(0)) * inverseGamma.At<L>(p);
}

/// <summary>
/// v ← v - (1 - P/P_c) q, q being the part of v that alternates along two axes: the centres of cells do not strain by
/// it, so
/// that its stress is the full -3K β and not the -2Eβ/(3(1-ν)) of a smooth field, which the system of the stage counts
/// with.
/// P = 1 + δ is that system on q and P_c = 1 + δ (1 + (κ - 1) σ) the true one: δ = 2 τ Σ_f T_f/V, twice the diagonal,
/// σ = (ℓx/Γ)/(1 + ℓx/Γ) the share of stress in T_f, and κ = 9K(1-ν)/(2E).
/// </summary>
/// <param name="v">Change of x, reduced.</param>
/// <param name="q">Its alternating part.</param>
/// <param name="terms">κ and ℓx/Γ.</param>
/// <param name="fluxes">T_f of the stage's system [m³/s].</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="tau">Length τ of the stage [s].</param>
public readonly struct SoftenCheckerboard(
    Field<Cell, double> v, Field<Cell, double> q, SplitTerms terms, FluxBalance fluxes, View<double> volume, double tau)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var one = L.Of(1);
        var (excess, local) = (terms.Excess<L>(p), terms.Local<L>(p));
        var more = L.Of(2 * tau) * fluxes.Diagonal<L>(p) / L.Load(volume, p.X + 1);
        var (system, missing) = (one + more, more * excess * local / (one + local));
        v.Set(p, v.At<L>(p) - missing / (system + missing) * q.At<L>(p));
    }
}
