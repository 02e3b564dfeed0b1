using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// How nodes of a fine and a coarse level relate along one axis. A coarse level keeps some of the fine nodes, the first and the last among them, and leaves out one or two between neighbours; an axis may also stay as it is. What belongs to node i is
/// entry i+1, and nothing tells which end of the axis is the low one: the entries of the mirrored axis are the mirror image of these, to the bit.
/// </summary>
/// <param name="parent">Per fine node: the lower one of the two coarse nodes that it lies between.</param>
/// <param name="weights">Per fine node: the weights of these two, two arrays one after the other.</param>
/// <param name="fineLength">Length of one of these arrays.</param>
/// <param name="around">Per coarse node: the fine nodes from two below to two above the one that it keeps, five arrays one after the other: across the ends of a periodic axis, and the kept one itself in place of those without a weight.</param>
/// <param name="shares">Per coarse node: its weights at these fine nodes, likewise.</param>
/// <param name="length">Length of one of these arrays.</param>
/// <param name="reaches">Per coarse node: how many fine nodes on either side it has a share in, 0 to 2.</param>
/// <param name="reach">The largest of these; 0 where the axis stays as it is.</param>
public readonly struct AxisTransfer<T>(View<int> parent, View<T> weights, int fineLength, View<int> around, View<T> shares, int length, View<int> reaches, int reach) where T : unmanaged
{
    public readonly View<int> Parent = parent, Around = around, Reaches = reaches;
    public readonly View<T> Weights = weights, Shares = shares;
    public readonly int FineLength = fineLength, Length = length, Reach = reach;

    /// <summary>1 where fine nodes lie between two coarse ones, 0 where each is one.</summary>
    public int Between => Reach > 0 ? 1 : 0;

    /// <summary>Where the arrays of the fine node d away from a kept one have the entry of a coarse node.</summary>
    public int Entry(int d, int node) => (d + 2) * Length + node + 1;
}

/// <summary>The three axes of a transfer.</summary>
public readonly struct Transfer<T>(AxisTransfer<T> x, AxisTransfer<T> y, AxisTransfer<T> z) where T : unmanaged
{
    public readonly AxisTransfer<T> X = x, Y = y, Z = z;

    /// <summary>
    /// Σ (w_x w_y) Σ w_z f over the fine nodes around the one that the coarse node at <paramref name="p"/> keeps. In the plane opposite ones are added first, then what a quarter turn makes of them, and the two rings that mirror images exchange to each
    /// other: the sum has the same bits when x and y are exchanged or run backward.
    /// </summary>
    /// <param name="origin">Index of the fine node (0, 0, 0).</param>
    /// <param name="strideZ">Distance of planes; 0 where there is one alone.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Gathered<L>(View<T> fine, int origin, int strideY, int strideZ, in Point p) where L : unmanaged, ILane<L, T>
    {
        var reachY = L.Integer(Y.Reaches, p.Y + 1);
        var reach = X.Reach > reachY ? X.Reach : reachY;
        var (sum, skew) = (L.Of(0), L.Of(0));
        for (var a = 0; a <= reach; a++)
        {
            for (var b = 0; b <= (a > 0 ? reach : 0); b++)
            {
                var (even, odd, dx, dy) = (L.Of(0), L.Of(0), a, b);
                for (var quarter = 0; quarter < (a > 0 ? 4 : 1); quarter++)
                {
                    var term = Term<L>(fine, origin, strideY, strideZ, p, dx, dy, reachY);
                    (even, odd, dx, dy) = (odd, even + term, -dy, dx);
                }
                if (b == 0 || b == a)
                    sum += even + odd;
                else
                    skew += even + odd;
            }
        }
        return sum + skew;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Term<L>(View<T> fine, int origin, int strideY, int strideZ, in Point p, int dx, int dy, int reachY) where L : unmanaged, ILane<L, T>
    {
        if (dx * dx > X.Reach * X.Reach || dy * dy > reachY * reachY)
            return L.Of(0);
        var (atX, atY) = (X.Entry(dx, p.X), Y.Entry(dy, p.Y));
        var row = origin + strideY * L.Integer(Y.Around, atY);
        var column = L.Gather(fine, row + strideZ * L.Integer(Z.Around, Z.Entry(0, p.Z)), X.Around, atX);
        for (var d = 1; strideZ > 0 && d <= L.Integer(Z.Reaches, p.Z + 1); d++)
        {
            var (low, high) = (Z.Entry(-d, p.Z), Z.Entry(d, p.Z));
            var (below, above) = (row + strideZ * L.Integer(Z.Around, low), row + strideZ * L.Integer(Z.Around, high));
            column += L.GatherBetween(fine, below, above, L.Uniform(Z.Shares, low), L.Uniform(Z.Shares, high), X.Around, atX);
        }
        return L.Load(X.Shares, atX) * L.Uniform(Y.Shares, atY) * column;
    }
}

/// <summary>r_coarse ← Pᵀ r: full weighting with the transpose of <see cref="Prolongate{T}"/> (Briggs, Henson and McCormick, A Multigrid Tutorial, chapter 3, without the factor that belongs to finite differences).</summary>
public readonly struct RestrictFullWeighting<T>(View<T> fine, View<T> coarse, Transfer<T> transfer, Layout fineLayout, Layout coarseLayout, int components) : IKernel<T>
    where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < components; c++)
            L.Store(coarse, p.Index + c * coarseLayout.Length, transfer.Gathered<L>(fine, fineLayout.Origin + c * fineLayout.Length, fineLayout.StrideY, fineLayout.StrideZ, p));
    }
}

/// <summary>u ← u + P u_coarse, multilinear: first along z, then the four corners of the plane, those that lie opposite each other first, which gives the same bits when x and y are exchanged or run backward.</summary>
public readonly struct Prolongate<T>(View<T> coarse, View<T> fine, Transfer<T> transfer, Layout coarseLayout, Layout fineLayout, int components) : IKernel<T>
    where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var first = coarseLayout.Index(0, L.Integer(transfer.Y.Parent, p.Y + 1), L.Integer(transfer.Z.Parent, p.Z + 1));
        for (var c = 0; c < components; c++)
        {
            var (even, odd) = (L.Of(0), L.Of(0));
            for (var dy = 0; dy <= transfer.Y.Between; dy++)
            {
                for (var dx = 0; dx <= transfer.X.Between; dx++)
                {
                    var corner = Corner<L>(first + c * coarseLayout.Length, p, dx, dy);
                    if (dx == dy)
                        even += corner;
                    else
                        odd += corner;
                }
            }
            var i = p.Index + c * fineLayout.Length;
            L.Store(fine, i, L.Load(fine, i) + (even + odd));
        }
    }

    private L Corner<L>(int first, in Point p, int dx, int dy) where L : unmanaged, ILane<L, T>
    {
        var row = first + dx + dy * coarseLayout.StrideY;
        var (low, high) = (L.Uniform(transfer.Z.Weights, p.Z + 1), L.Uniform(transfer.Z.Weights, transfer.Z.FineLength + p.Z + 1));
        var along = L.GatherBetween(coarse, row, row + coarseLayout.StrideZ * transfer.Z.Between, low, high, transfer.X.Parent, p.X + 1);
        return L.Load(transfer.X.Weights, dx * transfer.X.FineLength + p.X + 1) * L.Uniform(transfer.Y.Weights, dy * transfer.Y.FineLength + p.Y + 1) * along;
    }
}

/// <summary>
/// The children of coarse cells along one axis, in three places that are mirror images of each other: the lowest, the middle and the highest. A pair leaves the middle empty, a cell that stays alone is in the middle. Entries i+1 of each of three arrays, one
/// after the other, belong to coarse cell i.
/// </summary>
/// <param name="child">The child in a place; any where there is none.</param>
/// <param name="shares">Its share of the coarse cell's width; 0 where there is none.</param>
/// <param name="length">Length of one array.</param>
/// <param name="outer">1 where the axis is coarsened, else 0: only the middle places are taken.</param>
/// <param name="step">2 where there are only pairs: no middle place is taken.</param>
public readonly struct AxisChildren<T>(View<int> child, View<T> shares, int length, int outer, int step) where T : unmanaged
{
    public readonly View<int> Child = child;
    public readonly View<T> Shares = shares;
    public readonly int Length = length, Outer = outer, Step = step;

    /// <summary>Where the arrays of place -1, 0 or 1 have the entry of a cell.</summary>
    public int Entry(int place, int cell) => (place + 1) * Length + cell + 1;

    /// <summary>Whether no cell has a child in place -1, 0 or 1.</summary>
    public bool IsEmpty(int place) => place * place > Outer || (place + Outer) % Step != 0;
}

/// <summary>The children of cells along the three axes.</summary>
public readonly struct Children<T>(AxisChildren<T> x, AxisChildren<T> y, AxisChildren<T> z) where T : unmanaged
{
    public readonly AxisChildren<T> X = x, Y = y, Z = z;
}

/// <summary>
/// λ, μ of a coarse cell from its children, by volume: of those that are not much softer than the stiffest, harmonic means of the bulk modulus and of μ times their share of the cell; the others add theirs arithmetically.
/// (Arithmetic means of all overrate soft grains between stiff ones, the harmonic mean of all would take a cell with one void for a void.) Children of a plane are added as <see cref="Transfer{T}.Gathered{L}"/> adds nodes.
/// </summary>
public readonly struct CoarsenLame<T>(LameFields<T> fine, LameFields<T> coarse, Children<T> children, Layout fineLayout) : IKernel<T> where T : unmanaged
{
    /// <summary>A child with less than this share of the stiffest one's μ counts as soft. Measured: 1/50 to 1/5 differ little, without the distinction voids stall the solver.</summary>
    private const double Soft = 0.05;

    private const double Tiny = 1e-30;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var limit = L.Of(Soft) * Stiffest<L>(p);
        var sum = new Parts<L>();
        for (var dz = -children.Z.Outer; dz <= children.Z.Outer; dz += children.Z.Step)
            sum += InPlane(p, dz, limit);
        var tiny = L.Of(Tiny);
        var shear = L.MulAdd(sum.Stiff, sum.Stiff / L.Max(sum.Compliance, tiny), sum.Soft);
        L.Store(coarse.Mu, p.Index, shear);
        L.Store(coarse.Lambda, p.Index, L.MulAdd(sum.Stiff, sum.Stiff / L.Max(sum.BulkCompliance, tiny), sum.SoftBulk) - L.Of(2.0 / 3) * shear);
    }

    private L Stiffest<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var stiffest = L.Of(0);
        for (var dz = -children.Z.Outer; dz <= children.Z.Outer; dz += children.Z.Step)
            for (var dy = -children.Y.Outer; dy <= children.Y.Outer; dy += children.Y.Step)
                for (var dx = -children.X.Outer; dx <= children.X.Outer; dx += children.X.Step)
                    stiffest = L.Max(stiffest, L.IfGreater(ShareOf<L>(p, dx, dy, dz), L.Of(0), Child<L>(fine.Mu, p, dx, dy, dz), L.Of(0)));
        return stiffest;
    }

    private Parts<L> InPlane<L>(in Point p, int dz, L limit) where L : unmanaged, ILane<L, T>
    {
        var sum = At(p, 0, 0, dz, limit);
        for (var b = 0; b < 2; b++)
        {
            var (ring, dx, dy) = (new Parts<L>(), 1, b);
            for (var turn = 0; turn < 2; turn++)
            {
                ring += At(p, dx, dy, dz, limit) + At(p, -dx, -dy, dz, limit);
                (dx, dy) = (-dy, dx);
            }
            sum += ring;
        }
        return sum;
    }

    private Parts<L> At<L>(in Point p, int dx, int dy, int dz, L limit) where L : unmanaged, ILane<L, T>
    {
        if (children.X.IsEmpty(dx) || children.Y.IsEmpty(dy))
            return new();
        var (share, mu, tiny) = (ShareOf<L>(p, dx, dy, dz), Child<L>(fine.Mu, p, dx, dy, dz), L.Of(Tiny));
        var bulk = L.MulAdd(L.Of(2.0 / 3), mu, Child<L>(fine.Lambda, p, dx, dy, dz));
        var counts = L.IfGreater(mu, limit, share, L.Of(0));
        return new(counts, counts / L.Max(mu, tiny), counts / L.Max(bulk, tiny), (share - counts) * mu, (share - counts) * bulk);
    }

    /// <summary>Share of the coarse cell's volume.</summary>
    private L ShareOf<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        L.Load(children.X.Shares, children.X.Entry(dx, p.X)) * L.Uniform(children.Y.Shares, children.Y.Entry(dy, p.Y)) * L.Uniform(children.Z.Shares, children.Z.Entry(dz, p.Z));

    private L Child<L>(View<T> field, in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T>
    {
        var row = fineLayout.Index(0, L.Integer(children.Y.Child, children.Y.Entry(dy, p.Y)), L.Integer(children.Z.Child, children.Z.Entry(dz, p.Z)));
        return L.Gather(field, row, children.X.Child, children.X.Entry(dx, p.X));
    }

    /// <summary>What children contribute: shares of stiff ones and these over μ and over the bulk modulus, both moduli of soft ones times their shares.</summary>
    private readonly struct Parts<L>(L stiff, L compliance, L bulkCompliance, L soft, L softBulk) where L : unmanaged, ILane<L, T>
    {
        public readonly L Stiff = stiff, Compliance = compliance, BulkCompliance = bulkCompliance, Soft = soft, SoftBulk = softBulk;

        public static Parts<L> operator +(in Parts<L> a, in Parts<L> b) =>
            new(a.Stiff + b.Stiff, a.Compliance + b.Compliance, a.BulkCompliance + b.BulkCompliance, a.Soft + b.Soft, a.SoftBulk + b.SoftBulk);
    }
}

/// <summary>Springs of a coarse face: those of the fine nodes, shared out as <see cref="RestrictFullWeighting{T}"/> does; the total stiffness is kept.</summary>
public readonly struct RestrictSprings<T>(View<T> fine, View<T> coarse, Transfer<T> transfer, Layout fineLayout, Layout coarseLayout, int components) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var plane = p.Index - (p.Z + 1) * coarseLayout.StrideZ;
        for (var c = 0; c < components; c++)
            L.Store(coarse, plane + c * coarseLayout.StrideZ, transfer.Gathered<L>(fine, fineLayout.Index(0, 0, -1) + c * fineLayout.StrideZ, fineLayout.StrideY, 0, p));
    }
}

/// <summary>
/// One step of Chebyshev's iteration with Jacobi's preconditioner on A x = b: d ← a d + c D⁻¹ (b - A x), x ← x + d
/// (Saad, Iterative Methods for Sparse Linear Systems, algorithm 12.1).
/// </summary>
/// <param name="product">A x.</param>
public readonly struct SmoothChebyshev<T>(View<T> x, View<T> d, View<T> b, View<T> product, View<T> inverseDiagonal, double a, double c) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var i = p.Index;
        var residual = L.Load(b, i) - L.Load(product, i);
        var step = L.MulAdd(L.Of(a), L.Load(d, i), L.Of(c) * L.Load(inverseDiagonal, i) * residual);
        L.Store(d, i, step);
        L.Store(x, i, L.Load(x, i) + step);
    }
}

/// <summary>The first step of <see cref="SmoothChebyshev{T}"/> from x = 0: d ← c D⁻¹ b, x ← d.</summary>
public readonly struct SmoothChebyshevStart<T>(View<T> x, View<T> d, View<T> b, View<T> inverseDiagonal, double c) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var step = L.Of(c) * L.Load(inverseDiagonal, p.Index) * L.Load(b, p.Index);
        L.Store(d, p.Index, step);
        L.Store(x, p.Index, step);
    }
}

/// <summary>y ← d x, pointwise.</summary>
public readonly struct Multiply<T>(View<T> d, View<T> x, View<T> y) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(y, p.Index, L.Load(d, p.Index) * L.Load(x, p.Index));
}

/// <summary>packed_i ← x[dof_i]</summary>
public readonly struct Pack<T>(View<T> x, View<int> dofs, View<T> packed) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(packed, p.Index, L.Gather(x, 0, dofs, p.Index));
}

/// <summary>y_i ← Σ_j M_ij b_j with a symmetric dense matrix, by rows of length <paramref name="stride"/>.</summary>
public readonly struct DenseMultiply<T>(View<T> matrix, View<T> b, View<T> y, int count, int stride) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var sum = L.Of(0);
        for (var j = 0; j < count; j++)
            sum = L.MulAdd(L.Load(matrix, j * stride + p.Index), L.Uniform(b, j), sum);
        L.Store(y, p.Index, sum);
    }
}

/// <summary>x ← packed[position], where unknowns that are constrained have the position of a zero.</summary>
public readonly struct Unpack<T>(View<T> packed, View<int> position, View<T> x) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(x, p.Index, L.Gather(packed, 0, position, p.Index));
}

/// <summary>x[p] ← x[p + shift]: fills ghosts and repeated nodes of a periodic axis.</summary>
public readonly struct CopyPlane<T>(View<T> x, int shift, int components, int length) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < components; c++)
            L.Store(x, p.Index + c * length, L.Load(x, p.Index + c * length + shift));
    }
}
