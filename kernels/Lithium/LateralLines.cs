using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// The operator of an implicit stage on one grid of the preconditioner, V x + τ Σ_f T_f (x - x_f), over the volume of
/// the
/// largest cell and in single precision: volumes and conductances τ T are numbers without units. It is M - N, lines
/// along z
/// with all of the diagonal less what neighbours along x and y bring: steps of line Jacobi need N alone, and nothing in
/// them
/// cancels where V is far below τ T.
/// </summary>
/// <param name="volumeX">Volume along x, entry x+1, of a layer of the finest grid one cell wide along y.</param>
/// <param name="widthY">Such cells in one of this grid, entry y+1.</param>
/// <param name="x">τ T of low x faces, likewise <paramref name="y"/> (any field where there is no y axis).</param>
public readonly struct LateralConduction(
    View<float> volumeX, View<float> widthY, Field<Face, float> x, Field<Face, float> y)
{
    /// <summary>V of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Volume<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float> =>
        L.Load(volumeX, p.X + 1) * L.Uniform(widthY, p.Y + 1);

    /// <summary>Σ τ T over the faces along x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Sum<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float>
    {
        var (acrossX, strideY) = (x.At<L>(p.LowFace()) + x.At<L>(p.HighFace(1)), y.Layout.StrideY);
        return strideY == 0 ? acrossX : acrossX + (y.At<L>(p.LowFace()) + y.At<L>(p.HighFace(strideY)));
    }

    /// <summary>N u = Σ τ T u_f over the faces along x and y, which are rounded alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Inflow<L>(in Field<Cell, float> u, in Point<Cell> p) where L : unmanaged, ILane<L, float>
    {
        var strideY = y.Layout.StrideY;
        var acrossX = x.At<L>(p.LowFace()) * u.At<L>(p.Beside(-1)) + x.At<L>(p.HighFace(1)) * u.At<L>(p.Beside(1));
        if (strideY == 0)
            return acrossX;
        var low = y.At<L>(p.LowFace()) * u.At<L>(p.Beside(-strideY));
        return acrossX + (low + y.At<L>(p.HighFace(strideY)) * u.At<L>(p.Beside(strideY)));
    }
}

/// <summary>
/// Lines along z factored as L D Lᵀ, with the inverse pivots g_k = 1/d_k and the multipliers m_k = τ T_k g_{k-1}:
/// v_k = b_k + m_k v_{k-1} upward, z_k = g_k v_k + m_{k+1} z_{k+1} downward (Golub and Van Loan, Matrix Computations,
/// section 4.3.6).
/// </summary>
/// <param name="pivots">g at cells.</param>
/// <param name="multipliers">m at low z faces.</param>
/// <param name="cells">Cells along z.</param>
public readonly struct FactoredLines(Field<Cell, float> pivots, Field<Face, float> multipliers, int cells)
{
    public readonly Field<Cell, float> Pivots = pivots;
    public readonly Field<Face, float> Multipliers = multipliers;
    public readonly int Cells = cells;

    /// <summary>m of a cell's low face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Low<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float> => Multipliers.At<L>(p.LowFace());

    /// <summary>m of a cell's high face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L High<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float> =>
        Multipliers.At<L>(p.HighFace(Multipliers.Layout.StrideZ));

    /// <summary>Cell k of the line that begins at a cell of the lowest plane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Point<Cell> Cell(in Point<Cell> lowest, int k) => lowest.Step(0, 0, k, Pivots.Layout);
}

/// <summary>
/// Factors M: V + τ Σ_f T_f on the diagonal, all faces counted, and -τ T_k beside it along z. The pivots are
/// d_k = e_k + τ T_{k+1} with e_k = V + τ Σ_lateral T + τ T_k e_{k-1}/d_{k-1}, sums of positive terms, which no
/// rounding
/// makes singular (Grassmann, Taksar and Heyman, Operations Research 33 (1985) 1107). Launched on one plane of cells;
/// the
/// kernel walks up its line.
/// </summary>
/// <param name="lateral">V and τ T.</param>
/// <param name="lines">g and m; the latter holds τ T of low z faces before.</param>
/// <param name="share">
/// Result: what part a cell takes in corrections by the coarser grid, τ Σ T/(V + τ Σ T) over lateral faces; 0 in cells
/// that
/// no neighbour along x and y reaches.
/// </param>
public readonly struct FactorLines(LateralConduction lateral, FactoredLines lines, Field<Cell, float> share)
    : IKernel<Cell, float>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float>
    {
        var (volume, excess, pivot) = (lateral.Volume<L>(p), L.Of(0), L.Of(0));
        for (var k = 0; k < lines.Cells; k++)
        {
            var at = lines.Cell(p, k);
            var (conduction, below) = (lateral.Sum<L>(at), lines.Low<L>(at));
            var multiplier = below * pivot;
            // Below the first cell there is none; what conducts there leaves the film.
            excess = volume + conduction + (k > 0 ? multiplier * excess : below);
            pivot = L.Of(1) / (excess + lines.High<L>(at));
            lines.Multipliers.Set(at.LowFace(), multiplier);
            lines.Pivots.Set(at, pivot);
            share.Set(at, conduction / (conduction + volume));
        }
    }
}

/// <summary>x ← ω M⁻¹ b: a step of line Jacobi from zero. Launched on one plane of cells.</summary>
/// <param name="b">Right side.</param>
/// <param name="x">Result.</param>
/// <param name="lines">M factored.</param>
/// <param name="damping">ω.</param>
public readonly struct StartLines(Field<Cell, float> b, Field<Cell, float> x, FactoredLines lines, double damping)
    : IKernel<Cell, float>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float>
    {
        var value = L.Of(0);
        for (var k = 0; k < lines.Cells; k++)
        {
            var at = lines.Cell(p, k);
            value = L.MulAdd(lines.Low<L>(at), value, b.At<L>(at));
            x.Set(at, value);
        }
        var (above, omega) = (L.Of(0), L.Of(damping));
        for (var k = lines.Cells - 1; k >= 0; k--)
        {
            var at = lines.Cell(p, k);
            var scaled = lines.Pivots.At<L>(at) * x.At<L>(at);
            above = k == lines.Cells - 1 ? scaled : L.MulAdd(lines.High<L>(at), above, scaled);
            x.Set(at, omega * above);
        }
    }
}

/// <summary>y ← (1 - ω) x + ω M⁻¹ (b + N x): a step of line Jacobi from x. Launched on one plane of cells.</summary>
/// <param name="lateral">N.</param>
/// <param name="b">Right side.</param>
/// <param name="x">From where, with periodic ghosts.</param>
/// <param name="y">Result.</param>
/// <param name="lines">M factored.</param>
/// <param name="damping">ω.</param>
public readonly struct SmoothLines(
    LateralConduction lateral, Field<Cell, float> b, Field<Cell, float> x, Field<Cell, float> y, FactoredLines lines,
    double damping)
    : IKernel<Cell, float>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float>
    {
        var value = L.Of(0);
        for (var k = 0; k < lines.Cells; k++)
        {
            var at = lines.Cell(p, k);
            value = L.MulAdd(lines.Low<L>(at), value, b.At<L>(at) + lateral.Inflow<L>(x, at));
            y.Set(at, value);
        }
        var (above, omega, rest) = (L.Of(0), L.Of(damping), L.Of(1 - damping));
        for (var k = lines.Cells - 1; k >= 0; k--)
        {
            var at = lines.Cell(p, k);
            var scaled = lines.Pivots.At<L>(at) * y.At<L>(at);
            above = k == lines.Cells - 1 ? scaled : L.MulAdd(lines.High<L>(at), above, scaled);
            y.Set(at, L.MulAdd(omega, above, rest * x.At<L>(at)));
        }
    }
}

/// <summary>
/// r ← s (b - A x) for x = ω M⁻¹ b of <see cref="StartLines"/>, for which b - A x = (1 - ω) b + N x.
/// </summary>
/// <param name="lateral">N.</param>
/// <param name="b">Right side.</param>
/// <param name="x">What was smoothed from zero, with periodic ghosts.</param>
/// <param name="share">s of <see cref="FactorLines"/>.</param>
/// <param name="r">Result.</param>
/// <param name="damping">ω.</param>
public readonly struct StartResidual(
    LateralConduction lateral, Field<Cell, float> b, Field<Cell, float> x, Field<Cell, float> share,
    Field<Cell, float> r, double damping)
    : IKernel<Cell, float>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float> =>
        r.Set(p, share.At<L>(p) * L.MulAdd(L.Of(1 - damping), b.At<L>(p), lateral.Inflow<L>(x, p)));
}
