namespace MesoLiMg.Kernels;

/// <summary>
/// m = μ_mech/(RT) at cells, μ_mech = (1/c_Mg) (-β' tr σ + ½ ε_el : C'(x) : ε_el): what stress adds to the potential of lithium, per RT. With a stiffness that follows x through E alone the second term is w (dE/dx)/E, w being the
/// elastic energy per volume.
/// </summary>
/// <param name="stress">Six components at cells [Pa].</param>
/// <param name="thermal">RT [J/mol].</param>
public readonly struct MechanicalPotential(View<double> x, View<double> stress, ElasticConstants constants, SwellingLaw swelling, View<double> m, double magnesium, double thermal, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var (xx, yy, zz) = (L.Load(stress, i), L.Load(stress, i + length), L.Load(stress, i + 2 * length));
        var (xy, yz, xz) = (L.Load(stress, i + 3 * length), L.Load(stress, i + 4 * length), L.Load(stress, i + 5 * length));
        var mean = (xx + yy + zz) * L.Of(1.0 / 3);
        var (a, b, c) = (xx - mean, yy - mean, zz - mean);
        var shears = L.MulAdd(xy, xy, yz * yz + xz * xz);
        var deviator = L.MulAdd(c, c, a * a + b * b) + (shears + shears);
        var lame = constants.At<L>(p);
        var energy = L.Of(0.25) * deviator / lame.Mu + L.Of(1.5) * mean * mean / L.MulAdd(L.Of(3), lame.Lambda, lame.Mu + lame.Mu);
        var expansion = L.Of(3) * swelling.Rate(L.Load(x, i), i) * mean;
        L.Store(m, i, (energy * constants.RelativeSlope<L>(p) - expansion) * L.Of(1 / (magnesium * thermal)));
    }
}

/// <summary>
/// ℓ = 2 E β'² / ((1-ν) c_Mg RT) at cells: how much m rises with x where the body around a cell does not yield, as in a film clamped in plane, and for every plane wave in an infinite isotropic body. It takes the stiff part
/// of the coupling into the lithium step (a fixed-stress split, Kim, Tchelepi and Juanes, Comput. Methods Appl. Mech. Eng. 200 (2011) 1591) and does not change what the iteration converges to.
/// </summary>
public readonly struct CouplingStiffness(View<double> x, ElasticConstants constants, SwellingLaw swelling, View<double> stiffness, double magnesium, double thermal) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var lame = constants.At<L>(p);
        var rate = swelling.Rate(L.Load(x, p.Index), p.Index);
        // E/(1-ν) = 2μ(3λ+2μ)/(λ+2μ)
        var biaxial = L.Of(2) * lame.Mu * L.MulAdd(L.Of(3), lame.Lambda, lame.Mu + lame.Mu) / (lame.Lambda + lame.Mu + lame.Mu);
        L.Store(stiffness, p.Index, L.Of(2 / (magnesium * thermal)) * biaxial * rate * rate);
    }
}

/// <summary>
/// 1/Γ at cells, Γ = -(F/RT) dU_chem/d ln x, from U_chem at x e^(±h) and x e^(±2h) to fourth order in h. Where U_chem does not fall, as beyond the ends of a table, Γ = 1.
/// </summary>
public readonly struct InverseThermodynamicFactor<TOcv>(TOcv ocv, View<double> x, View<double> inverse, double faradayPerThermal) : IKernel<double>
    where TOcv : struct, IOpenCircuitPotential
{
    private const double SmallestRatio = 1e-9, FlattestSlope = 1e-6;

    // h = 0.02: its powers of e.
    private const double H = 0.02, Up = 1.0202013400267558, Down = 0.9801986733067553;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var ratio = L.Max(L.Load(x, p.Index), L.Of(SmallestRatio));
        var near = ocv.At(ratio * L.Of(Up)) - ocv.At(ratio * L.Of(Down));
        var far = ocv.At(ratio * L.Of(Up * Up)) - ocv.At(ratio * L.Of(Down * Down));
        var factor = L.Of(-faradayPerThermal / (12 * H)) * (L.Of(8) * near - far);
        var safe = L.Max(factor, L.Of(FlattestSlope));
        L.Store(inverse, p.Index, L.IfGreater(factor, L.Of(FlattestSlope), L.Of(1) / safe, L.Of(1)));
    }
}

/// <summary>
/// Flux through the low face of a cell from a (below) to b with stress, F = T [C (x_a - x_b) - x̄ Δ], Δ = (m_b - m_a)/Γ, x̄ the mean of both cells and C = 1 + Δ²/12: exponential fitting (Scharfetter and Gummel, IEEE Trans.
/// Electron Devices 16 (1969) 64) to fourth order in Δ, which keeps x from becoming negative for any Δ since C ≥ |Δ|/2. Linearised about x as T_eff (x_a - x_b) + G with m rising as ℓ x.
/// </summary>
/// <param name="effective">T_eff [m³/s].</param>
/// <param name="drift">G [m³/s].</param>
public readonly struct StressDrift(
    View<double> transmissibility, View<double> x, View<double> m, View<double> inverseGamma, View<double> stiffness, View<double> effective, View<double> drift, int stride) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (a, b) = (p.Index - stride, p.Index);
        var (t, half) = (L.Load(transmissibility, b), L.Of(0.5));
        var (xa, xb) = (L.Load(x, a), L.Load(x, b));
        var inverse = half * (L.Load(inverseGamma, a) + L.Load(inverseGamma, b));
        // Iterates may pass below zero; the system that T_eff makes must stay positive definite.
        var mobility = half * L.Max(xa + xb, L.Of(0)) * inverse;
        var rise = L.Load(m, b) - L.Load(m, a);
        var delta = rise * inverse;
        var local = mobility * half * (L.Load(stiffness, a) + L.Load(stiffness, b));
        L.Store(effective, b, t * (L.MulAdd(delta * delta, L.Of(1.0 / 12), L.Of(1)) + local));
        L.Store(drift, b, t * (local * (xb - xa) - mobility * rise));
    }
}

/// <summary>y ← y + τ Σ_axes (G - G_next): what drift brings to a cell. The parts along x and y come together first, so that exchanging these axes changes no bit.</summary>
/// <param name="drift">G at low faces across each axis [m³/s].</param>
public readonly struct AddDrift(AxisFields drift, View<double> y, Layout layout, double tau) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var inPlane = Net<L>(drift.X, p.Index, 1) + Net<L>(drift.Y, p.Index, layout.StrideY);
        L.Store(y, p.Index, L.MulAdd(L.Of(tau), inPlane + Net<L>(drift.Z, p.Index, layout.StrideZ), L.Load(y, p.Index)));
    }

    // Along an axis that the domain lacks the next face is the face itself.
    private static L Net<L>(View<double> g, int i, int stride) where L : unmanaged, ILane<L, double> => L.Load(g, i) - L.Load(g, i + stride);
}

/// <summary>y ← y / V</summary>
public readonly struct PerVolume(View<double> y, View<double> volume) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(y, p.Index, L.Load(y, p.Index) / L.Load(volume, p.X + 1));
}

/// <summary>d ← a - b</summary>
public readonly struct Difference(View<double> a, View<double> b, View<double> d) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(d, p.Index, L.Load(a, p.Index) - L.Load(b, p.Index));
}
