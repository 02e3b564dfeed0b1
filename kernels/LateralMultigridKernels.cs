namespace MesoLiMg.Kernels;

/// <summary>
/// The operator of an implicit stage on one grid of the preconditioner, V x + τ Σ_f T_f (x - x_f), over the volume of the largest cell and in single precision: volumes and conductances τ T are numbers without units.
/// It is M - N, lines along z with all of the diagonal less what neighbours along x and y bring: steps of line Jacobi need N alone, and nothing in them cancels where V is far below τ T.
/// </summary>
/// <param name="volumeX">Volume along x, entry x+1, of a layer of the finest grid one cell wide along y.</param>
/// <param name="widthY">Such cells in one of this grid, entry y+1.</param>
/// <param name="x">τ T of low x faces, likewise <paramref name="y"/> (any field where there is no y axis).</param>
public readonly struct LateralConduction(View<float> volumeX, View<float> widthY, View<float> x, View<float> y, Layout layout)
{
    /// <summary>V of a cell.</summary>
    public L Volume<L>(in Point p) where L : unmanaged, ILane<L, float> => L.Load(volumeX, p.X + 1) * L.Uniform(widthY, p.Y + 1);

    /// <summary>Σ τ T over the faces along x and y.</summary>
    public L Sum<L>(int i) where L : unmanaged, ILane<L, float>
    {
        var acrossX = L.Load(x, i) + L.Load(x, i + 1);
        return layout.StrideY == 0 ? acrossX : acrossX + (L.Load(y, i) + L.Load(y, i + layout.StrideY));
    }

    /// <summary>N u = Σ τ T u_f over the faces along x and y, which are rounded alike.</summary>
    public L Inflow<L>(View<float> u, int i) where L : unmanaged, ILane<L, float>
    {
        var acrossX = L.Load(x, i) * L.Load(u, i - 1) + L.Load(x, i + 1) * L.Load(u, i + 1);
        if (layout.StrideY == 0)
            return acrossX;
        return acrossX + (L.Load(y, i) * L.Load(u, i - layout.StrideY) + L.Load(y, i + layout.StrideY) * L.Load(u, i + layout.StrideY));
    }
}

/// <summary>
/// Lines along z factored as L D Lᵀ, with the inverse pivots g_k = 1/d_k and the multipliers m_k = τ T_k g_{k-1}: v_k = b_k + m_k v_{k-1} upward, z_k = g_k v_k + m_{k+1} z_{k+1} downward (Golub and Van Loan, Matrix Computations, section 4.3.6).
/// </summary>
/// <param name="pivots">g at cells.</param>
/// <param name="multipliers">m at low z faces.</param>
/// <param name="cells">Cells along z.</param>
public readonly struct FactoredLines(View<float> pivots, View<float> multipliers, int strideZ, int cells)
{
    public readonly View<float> Pivots = pivots, Multipliers = multipliers;
    public readonly int StrideZ = strideZ, Cells = cells;
}

/// <summary>
/// Factors M: V + τ Σ_f T_f on the diagonal, all faces counted, and -τ T_k beside it along z. The pivots are d_k = e_k + τ T_{k+1} with e_k = V + τ Σ_lateral T + τ T_k e_{k-1}/d_{k-1}, sums of positive terms, which no rounding makes singular
/// (Grassmann, Taksar and Heyman, Operations Research 33 (1985) 1107). Launched on one plane of cells; the kernel walks up its line.
/// </summary>
/// <param name="lines">g and m; the latter holds τ T of low z faces before.</param>
/// <param name="share">Result: what part a cell takes in corrections by the coarser grid, τ Σ T/(V + τ Σ T) over lateral faces; 0 in cells that no neighbour along x and y reaches.</param>
public readonly struct FactorLines(LateralConduction lateral, FactoredLines lines, View<float> share) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float>
    {
        var (volume, excess, pivot) = (lateral.Volume<L>(p), L.Of(0), L.Of(0));
        for (var k = 0; k < lines.Cells; k++)
        {
            var i = p.Index + k * lines.StrideZ;
            var (conduction, below) = (lateral.Sum<L>(i), L.Load(lines.Multipliers, i));
            var multiplier = below * pivot;
            // Below the first cell there is none; what conducts there leaves the film.
            excess = volume + conduction + (k > 0 ? multiplier * excess : below);
            pivot = L.Of(1) / (excess + L.Load(lines.Multipliers, i + lines.StrideZ));
            L.Store(lines.Multipliers, i, multiplier);
            L.Store(lines.Pivots, i, pivot);
            L.Store(share, i, conduction / (conduction + volume));
        }
    }
}

/// <summary>x ← ω M⁻¹ b: a step of line Jacobi from zero. Launched on one plane of cells.</summary>
public readonly struct StartLines(View<float> b, View<float> x, FactoredLines lines, double damping) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float>
    {
        var value = L.Of(0);
        for (var k = 0; k < lines.Cells; k++)
        {
            var i = p.Index + k * lines.StrideZ;
            value = L.MulAdd(L.Load(lines.Multipliers, i), value, L.Load(b, i));
            L.Store(x, i, value);
        }
        var (above, omega) = (L.Of(0), L.Of(damping));
        for (var k = lines.Cells - 1; k >= 0; k--)
        {
            var i = p.Index + k * lines.StrideZ;
            var scaled = L.Load(lines.Pivots, i) * L.Load(x, i);
            above = k == lines.Cells - 1 ? scaled : L.MulAdd(L.Load(lines.Multipliers, i + lines.StrideZ), above, scaled);
            L.Store(x, i, omega * above);
        }
    }
}

/// <summary>y ← (1 - ω) x + ω M⁻¹ (b + N x): a step of line Jacobi from x. Launched on one plane of cells.</summary>
public readonly struct SmoothLines(LateralConduction lateral, View<float> b, View<float> x, View<float> y, FactoredLines lines, double damping) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float>
    {
        var value = L.Of(0);
        for (var k = 0; k < lines.Cells; k++)
        {
            var i = p.Index + k * lines.StrideZ;
            value = L.MulAdd(L.Load(lines.Multipliers, i), value, L.Load(b, i) + lateral.Inflow<L>(x, i));
            L.Store(y, i, value);
        }
        var (above, omega, rest) = (L.Of(0), L.Of(damping), L.Of(1 - damping));
        for (var k = lines.Cells - 1; k >= 0; k--)
        {
            var i = p.Index + k * lines.StrideZ;
            var scaled = L.Load(lines.Pivots, i) * L.Load(y, i);
            above = k == lines.Cells - 1 ? scaled : L.MulAdd(L.Load(lines.Multipliers, i + lines.StrideZ), above, scaled);
            L.Store(y, i, L.MulAdd(omega, above, rest * L.Load(x, i)));
        }
    }
}

/// <summary>r ← s (b - A x) for x = ω M⁻¹ b of <see cref="StartLines"/>, for which b - A x = (1 - ω) b + N x.</summary>
/// <param name="share">s of <see cref="FactorLines"/>.</param>
public readonly struct StartResidual(LateralConduction lateral, View<float> b, View<float> x, View<float> share, View<float> r, double damping) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float>
    {
        var i = p.Index;
        L.Store(r, i, L.Load(share, i) * L.MulAdd(L.Of(1 - damping), L.Load(b, i), lateral.Inflow<L>(x, i)));
    }
}

/// <summary>x ← x + s e of the coarse cell that holds the cell: each coarse correction is constant over its cells but for their shares s. In ghosts too, whose parents are those of the cells that they repeat.</summary>
public readonly struct AddParents(View<float> coarse, View<float> share, View<float> x, View<int> parentX, View<int> parentY, Layout coarseLayout) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float>
    {
        var row = coarseLayout.Index(0, L.Integer(parentY, p.Y + 1), p.Z);
        var correction = L.Gather(coarse, row, parentX, p.X + 1);
        L.Store(x, p.Index, L.MulAdd(L.Load(share, p.Index), correction, L.Load(x, p.Index)));
    }
}

/// <summary>f_coarse ← Σ f over the children of a coarse cell, which all lie in its layer: restriction, the transpose of <see cref="AddParents"/> after shares, and τ T of faces along z. Opposite children are added first, then what a quarter turn makes of them.</summary>
public readonly struct SumChildren(View<float> fine, View<float> coarse, Children<float> children, Layout fineLayout) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float>
    {
        var sum = Child<L>(p, 0, 0);
        for (var b = 0; b < 2; b++)
        {
            var (ring, dx, dy) = (L.Of(0), 1, b);
            for (var turn = 0; turn < 2; turn++)
            {
                ring += Child<L>(p, dx, dy) + Child<L>(p, -dx, -dy);
                (dx, dy) = (-dy, dx);
            }
            sum += ring;
        }
        L.Store(coarse, p.Index, sum);
    }

    private L Child<L>(in Point p, int dx, int dy) where L : unmanaged, ILane<L, float>
    {
        if (children.X.IsEmpty(dx) || children.Y.IsEmpty(dy))
            return L.Of(0);
        var (atX, atY) = (children.X.Entry(dx, p.X), children.Y.Entry(dy, p.Y));
        var value = L.Gather(fine, fineLayout.Index(0, L.Integer(children.Y.Child, atY), p.Z), children.X.Child, atX);
        if (children.X.Step == 2 && children.Y.Step == 2)
            return value;
        return L.IfGreater(L.Load(children.X.Shares, atX) * L.Uniform(children.Y.Shares, atY), L.Of(0), value, L.Of(0));
    }
}

/// <summary>
/// τ T of the low x faces of coarse cells: the sum of those of the fine faces that make them up, times the distance between fine cells over that between coarse ones. Fine faces within coarse cells have no say: corrections are constant there.
/// </summary>
/// <param name="faces">The fine face that a coarse one lies on, entry x+1.</param>
/// <param name="closer">Distances of fine over coarse cells across it, likewise.</param>
/// <param name="children">Children along y.</param>
public readonly struct CoarsenFacesX(View<float> fine, View<float> coarse, View<int> faces, View<float> closer, AxisChildren<float> children, Layout fineLayout) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float> =>
        L.Store(coarse, p.Index, L.Load(closer, p.X + 1) * (Face<L>(p, -1) + Face<L>(p, 1) + Face<L>(p, 0)));

    private L Face<L>(in Point p, int place) where L : unmanaged, ILane<L, float>
    {
        if (children.IsEmpty(place))
            return L.Of(0);
        var at = children.Entry(place, p.Y);
        var value = L.Gather(fine, fineLayout.Index(0, L.Integer(children.Child, at), p.Z), faces, p.X + 1);
        return L.IfGreater(L.Uniform(children.Shares, at), L.Of(0), value, L.Of(0));
    }
}

/// <summary><see cref="CoarsenFacesX"/> for low y faces.</summary>
/// <param name="faces">The fine face that a coarse one lies on, entry y+1.</param>
/// <param name="closer">Distances of fine over coarse cells across it, likewise.</param>
/// <param name="children">Children along x.</param>
public readonly struct CoarsenFacesY(View<float> fine, View<float> coarse, View<int> faces, View<float> closer, AxisChildren<float> children, Layout fineLayout) : IKernel<float>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, float> =>
        L.Store(coarse, p.Index, L.Uniform(closer, p.Y + 1) * (Face<L>(p, -1) + Face<L>(p, 1) + Face<L>(p, 0)));

    private L Face<L>(in Point p, int place) where L : unmanaged, ILane<L, float>
    {
        if (children.IsEmpty(place))
            return L.Of(0);
        var at = children.Entry(place, p.X);
        var value = L.Gather(fine, fineLayout.Index(0, L.Integer(faces, p.Y + 1), p.Z), children.Child, at);
        return L.IfGreater(L.Load(children.Shares, at), L.Of(0), value, L.Of(0));
    }
}
