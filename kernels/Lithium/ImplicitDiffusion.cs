namespace MesoLiMg.Kernels;

// The linear system of an implicit stage of length τ, (V + τ Σ_f T_f) x = b, and its preconditioner by columns.

/// <summary>y ← V x + τ Σ_f T_f (x - x_f): the operator of an implicit stage of length τ.</summary>
/// <param name="fluxes">T.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="x">Field of cells with periodic ghosts.</param>
/// <param name="y">Result.</param>
/// <param name="tau">τ [s].</param>
public readonly struct ImplicitDiffusion(
    FluxBalance fluxes, View<double> volume, Field<Cell, double> x, Field<Cell, double> y, double tau)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p, L.MulAdd(L.Of(tau), fluxes.Outflow<L>(x, p), L.Load(volume, p.X + 1) * x.At<L>(p)));
}

/// <summary>
/// Factors diffusion along z alone, V + τ (T_k + T_{k+1}) on the diagonal and -τ T_k beside it, as L D Lᵀ (Thomas'
/// algorithm): g_k = 1/(b_k - (τ T_k)² g_{k-1}). It is all of <see cref="ImplicitDiffusion"/> for a field that does not
/// vary
/// along x and y, which lithium taken up through a face nearly is; where stress makes it vary, the other T belong to
/// the
/// diagonal too. Launched on one plane of cells; the kernel walks up its column.
/// </summary>
/// <param name="fluxes">T across all axes.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="tz">T across z [m³/s].</param>
/// <param name="g">Result: inverse pivots at cells.</param>
/// <param name="tau">τ [s].</param>
/// <param name="lateral">Share of the T along x and y in the diagonal, 0 or 1.</param>
/// <param name="cells">Cells along z.</param>
public readonly struct FactorColumns(
    FluxBalance fluxes, View<double> volume, Field<Face, double> tz, Field<Cell, double> g, double tau, double lateral,
    int cells)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var below = L.Of(0);
        for (var k = 0; k < cells; k++)
        {
            var at = p.Step(0, 0, k, g.Layout);
            var low = tz.At<L>(at.LowFace());
            var coupling = L.Of(tau) * low;
            var along = low + tz.At<L>(at.HighFace(tz.Layout.StrideZ));
            var sum = L.MulAdd(L.Of(lateral), fluxes.Lateral<L>(at), along);
            var diagonal = L.MulAdd(L.Of(tau), sum, L.Load(volume, at.X + 1));
            below = L.Of(1) / (diagonal - coupling * coupling * below);
            g.Set(at, below);
        }
    }
}

/// <summary>
/// z ← solution of the columns factored by <see cref="FactorColumns"/> for r: w_k = g_k (r_k + τ T_k w_{k-1}) upward,
/// z_k = w_k + g_k τ T_{k+1} z_{k+1} downward.
/// </summary>
/// <param name="r">Right side.</param>
/// <param name="z">Result.</param>
/// <param name="tz">T across z [m³/s].</param>
/// <param name="g">Inverse pivots.</param>
/// <param name="tau">τ [s].</param>
/// <param name="cells">Cells along z.</param>
public readonly struct SolveColumns(
    Field<Cell, double> r, Field<Cell, double> z, Field<Face, double> tz, Field<Cell, double> g, double tau, int cells)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var value = L.Of(0);
        for (var k = 0; k < cells; k++)
        {
            var at = p.Step(0, 0, k, z.Layout);
            value = g.At<L>(at) * L.MulAdd(L.Of(tau) * tz.At<L>(at.LowFace()), value, r.At<L>(at));
            z.Set(at, value);
        }
        for (var k = cells - 2; k >= 0; k--)
        {
            var at = p.Step(0, 0, k, z.Layout);
            var above = tz.At<L>(at.HighFace(tz.Layout.StrideZ));
            value = L.MulAdd(g.At<L>(at) * L.Of(tau) * above, value, z.At<L>(at));
            z.Set(at, value);
        }
    }
}

/// <summary>τ Σ_f T_f / V: how stiff an implicit stage is at a cell.</summary>
/// <param name="fluxes">T.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="tau">τ [s].</param>
public readonly struct RelativeDiagonal(FluxBalance fluxes, View<double> volume, double tau) : IReduction<Cell>
{
    public L Value<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        L.Of(tau) * fluxes.Diagonal<L>(p) / L.Load(volume, p.X + 1);
}

/// <summary>τ Σ_f T_f / V over the faces along x and y: how stiff the stage is along these axes.</summary>
/// <param name="fluxes">T.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="tau">τ [s].</param>
public readonly struct LateralStiffness(FluxBalance fluxes, View<double> volume, double tau) : IReduction<Cell>
{
    public L Value<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        L.Of(tau) * fluxes.Lateral<L>(p) / L.Load(volume, p.X + 1);
}
