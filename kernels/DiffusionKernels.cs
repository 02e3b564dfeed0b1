namespace MesoLiMg.Kernels;

/// <summary>
/// Sizes of the finite volumes; they vary along x only (in r-z: V = 2π r Δr Δz, A_z = 2π r Δr, A_x = 2π r_f Δz). Entry x+1 is that of cell x; <see cref="FaceX"/> that of its low face.
/// </summary>
public readonly struct VolumeGeometry(View<double> volume, View<double> faceX, View<double> faceY, View<double> faceZ)
{
    /// <summary>Volume of a cell [m³, or per metre or square metre of the axes that the domain lacks].</summary>
    public readonly View<double> Volume = volume;

    /// <summary>Area of the low x face.</summary>
    public readonly View<double> FaceX = faceX;

    /// <summary>Area of a y face.</summary>
    public readonly View<double> FaceY = faceY;

    /// <summary>Area of a z face.</summary>
    public readonly View<double> FaceZ = faceZ;
}

/// <summary>
/// Transmissibility of the low face of a cell, T = 2 A / (h₁/D₁ + h₂/D₂) with equal spacings h: the harmonic mean that makes the flux
/// of a layered medium exact (Patankar, Numerical Heat Transfer and Fluid Flow, 1980, section 4.2-3). Zero where either side does not conduct, as at the domain's faces,
/// whose ghost cells have D = 0.
/// </summary>
/// <param name="diffusivity">D at cells [m²/s].</param>
/// <param name="transmissibility">Result at low faces, stored at the cell [m³/s].</param>
/// <param name="area">Face area along x, entry x+1 [m²].</param>
/// <param name="stride">Distance to the cell below along the axis; 0 when the domain lacks it.</param>
/// <param name="spacing">h along the axis [m].</param>
public readonly struct FaceTransmissibility(View<double> diffusivity, View<double> transmissibility, View<double> area, int stride, double spacing) : IKernel<double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (low, high) = (L.Load(diffusivity, p.Index - stride), L.Load(diffusivity, p.Index));
        var conductance = (low + low) * high / (low + high + L.Of(Tiny));
        L.Store(transmissibility, p.Index, conductance * L.Load(area, p.X + 1) * L.Of(1 / spacing));
    }
}

/// <summary>The sum of fluxes out of a cell, Σ_f T_f (x - x_f), of the two-point finite volumes. Fluxes across x and y are rounded alike, so that exchanging or reversing these axes changes no bit.</summary>
/// <param name="tx">Transmissibility of low x faces [m³/s]; likewise <paramref name="ty"/>, <paramref name="tz"/>.</param>
public readonly struct FluxBalance(View<double> tx, View<double> ty, View<double> tz, Layout layout)
{
    /// <summary>Net outflow of the field x at p.</summary>
    public L Outflow<L>(View<double> x, in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, here) = (p.Index, L.Load(x, p.Index));
        var acrossX = L.Load(tx, i) * (here - L.Load(x, i - 1)) + L.Load(tx, i + 1) * (here - L.Load(x, i + 1));
        var acrossY = L.Load(ty, i) * (here - L.Load(x, i - layout.StrideY)) + L.Load(ty, i + layout.StrideY) * (here - L.Load(x, i + layout.StrideY));
        var sum = L.MulAdd(L.Load(tz, i), here - L.Load(x, i - layout.StrideZ), acrossX + acrossY);
        return L.MulAdd(L.Load(tz, i + layout.StrideZ), here - L.Load(x, i + layout.StrideZ), sum);
    }

    /// <summary>Σ_f T_f, the diagonal.</summary>
    public L Diagonal<L>(in Point p) where L : unmanaged, ILane<L, double> => Lateral<L>(p) + (L.Load(tz, p.Index) + L.Load(tz, p.Index + layout.StrideZ));

    /// <summary>Σ_f T_f over the faces along x and y.</summary>
    public L Lateral<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        // Along a missing axis the neighbour is the cell itself and contributes nothing to the balance.
        var y = layout.StrideY == 0 ? L.Of(0) : L.Load(ty, i) + L.Load(ty, i + layout.StrideY);
        return L.Load(tx, i) + L.Load(tx, i + 1) + y;
    }
}

/// <summary>y ← V x + τ Σ_f T_f (x - x_f): the operator of an implicit stage of length τ.</summary>
public readonly struct ImplicitDiffusion(FluxBalance fluxes, View<double> volume, View<double> x, View<double> y, double tau) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(y, p.Index, L.MulAdd(L.Of(tau), fluxes.Outflow<L>(x, p), L.Load(volume, p.X + 1) * L.Load(x, p.Index)));
}

/// <summary>
/// Factors diffusion along z alone, V + τ (T_k + T_{k+1}) on the diagonal and -τ T_k beside it, as L D Lᵀ (Thomas' algorithm): g_k = 1/(b_k - (τ T_k)² g_{k-1}). It is all of <see cref="ImplicitDiffusion"/> for a field that does not
/// vary along x and y, which lithium taken up through a face nearly is; where stress makes it vary, the other T belong to the diagonal too. Launched on one plane of cells; the kernel walks up its column.
/// </summary>
/// <param name="g">Inverse pivots at cells.</param>
/// <param name="lateral">Share of the T along x and y in the diagonal, 0 or 1.</param>
/// <param name="cells">Cells along z.</param>
public readonly struct FactorColumns(FluxBalance fluxes, View<double> volume, View<double> tz, View<double> g, double tau, double lateral, int strideZ, int cells) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var below = L.Of(0);
        for (var k = 0; k < cells; k++)
        {
            var at = new Point(p.Index + k * strideZ, p.X, p.Y, p.Z + k);
            var coupling = L.Of(tau) * L.Load(tz, at.Index);
            var along = L.Load(tz, at.Index) + L.Load(tz, at.Index + strideZ);
            var sum = L.MulAdd(L.Of(lateral), fluxes.Lateral<L>(at), along);
            var diagonal = L.MulAdd(L.Of(tau), sum, L.Load(volume, at.X + 1));
            below = L.Of(1) / (diagonal - coupling * coupling * below);
            L.Store(g, at.Index, below);
        }
    }
}

/// <summary>z ← solution of the columns factored by <see cref="FactorColumns"/> for r: w_k = g_k (r_k + τ T_k w_{k-1}) upward, z_k = w_k + g_k τ T_{k+1} z_{k+1} downward.</summary>
public readonly struct SolveColumns(View<double> r, View<double> z, View<double> tz, View<double> g, double tau, int strideZ, int cells) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var value = L.Of(0);
        for (var k = 0; k < cells; k++)
        {
            var i = p.Index + k * strideZ;
            value = L.Load(g, i) * L.MulAdd(L.Of(tau) * L.Load(tz, i), value, L.Load(r, i));
            L.Store(z, i, value);
        }
        for (var k = cells - 2; k >= 0; k--)
        {
            var i = p.Index + k * strideZ;
            value = L.MulAdd(L.Load(g, i) * L.Of(tau) * L.Load(tz, i + strideZ), value, L.Load(z, i));
            L.Store(z, i, value);
        }
    }
}

/// <summary>k ← -(1/V) Σ_f T_f (x - x_f): the rate of x without what flows in through the surface [1/s].</summary>
public readonly struct DiffusionRate(FluxBalance fluxes, View<double> volume, View<double> x, View<double> k) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(k, p.Index, -fluxes.Outflow<L>(x, p) / L.Load(volume, p.X + 1));
}

/// <summary>b ← x + a₁ k₁ + a₂ k₂: the explicit part of a Runge-Kutta stage, per volume.</summary>
public readonly struct StageBase(View<double> x, View<double> k1, View<double> k2, View<double> b, double a1, double a2) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var sum = L.MulAdd(L.Of(a1), L.Load(k1, p.Index), L.Load(x, p.Index));
        L.Store(b, p.Index, L.MulAdd(L.Of(a2), L.Load(k2, p.Index), sum));
    }
}

/// <summary>y ← V x</summary>
public readonly struct TimesVolume(View<double> x, View<double> volume, View<double> y) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(y, p.Index, L.Load(x, p.Index) * L.Load(volume, p.X + 1));
}

/// <summary>k ← (x - b) / τ: the rate that an implicit stage found.</summary>
public readonly struct StageRate(View<double> x, View<double> b, View<double> k, double tau) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(k, p.Index, (L.Load(x, p.Index) - L.Load(b, p.Index)) * L.Of(1 / tau));
}

/// <summary>e ← V Σ_i e_i k_i: the embedded error estimate of a step, times the volume.</summary>
public readonly struct ErrorEstimate(View<double> k1, View<double> k2, View<double> k3, View<double> volume, View<double> e, double e1, double e2, double e3) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var sum = L.MulAdd(L.Of(e3), L.Load(k3, p.Index), L.MulAdd(L.Of(e2), L.Load(k2, p.Index), L.Of(e1) * L.Load(k1, p.Index)));
        L.Store(e, p.Index, sum * L.Load(volume, p.X + 1));
    }
}

/// <summary>V x where lithium can be: summed, the lithium content per c_Mg.</summary>
public readonly struct Content(View<double> x, View<double> conducts, View<double> volume) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Load(x, p.Index) * L.Load(conducts, p.Index) * L.Load(volume, p.X + 1);
}

/// <summary>b where lithium can be, else 0.</summary>
public readonly struct ConductingPart(View<double> b, View<double> conducts) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Load(b, p.Index) * L.Load(conducts, p.Index);
}

/// <summary>D of a cell from its material's, and 1 or 0 for whether lithium can be there.</summary>
public readonly struct LookUp(View<double> table, View<int> group, View<double> diffusivity, View<double> conducts) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var d = L.Gather(table, 0, group, p.Index);
        L.Store(diffusivity, p.Index, d);
        L.Store(conducts, p.Index, L.IfGreater(d, L.Of(0), L.Of(1), L.Of(0)));
    }
}

/// <summary>τ Σ_f T_f / V: how stiff an implicit stage is at a cell.</summary>
public readonly struct RelativeDiagonal(FluxBalance fluxes, View<double> volume, double tau) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Of(tau) * fluxes.Diagonal<L>(p) / L.Load(volume, p.X + 1);
}

/// <summary>τ Σ_f T_f / V over the faces along x and y: how stiff the stage is along these axes.</summary>
public readonly struct LateralStiffness(FluxBalance fluxes, View<double> volume, double tau) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Of(tau) * fluxes.Lateral<L>(p) / L.Load(volume, p.X + 1);
}
