namespace MesoLiMg.Kernels;

/// <summary>
/// How nodes of a fine and a coarse level relate along one axis. A coarse level keeps every second node and always the last, so that cells along an axis may be any number; an axis may also stay as it is.
/// Entries i+1 belong to node i.
/// </summary>
/// <param name="parent">Per fine node: the coarse node at or below it.</param>
/// <param name="weight">Per fine node: the share of that coarse node; the next one has the rest.</param>
/// <param name="child">Per coarse node: the fine node that it keeps.</param>
/// <param name="shares">Per coarse node: the shares of the fine nodes below, at and above the kept one, three arrays one after the other.</param>
/// <param name="length">Length of one such array.</param>
/// <param name="reach">1 where the axis is coarsened, else 0.</param>
public readonly struct AxisTransfer<T>(View<int> parent, View<T> weight, View<int> child, View<T> shares, int length, int reach) where T : unmanaged
{
    public readonly View<int> Parent = parent, Child = child;
    public readonly View<T> Weight = weight, Shares = shares;
    public readonly int Length = length, Reach = reach;
}

/// <summary>The three axes of a transfer.</summary>
public readonly struct Transfer<T>(AxisTransfer<T> x, AxisTransfer<T> y, AxisTransfer<T> z) where T : unmanaged
{
    public readonly AxisTransfer<T> X = x, Y = y, Z = z;
}

/// <summary>r_coarse ← Pᵀ r: full weighting with the transpose of <see cref="Prolongate{T}"/> (Briggs, Henson and McCormick, A Multigrid Tutorial, chapter 3, without the factor that belongs to finite differences).</summary>
public readonly struct RestrictFullWeighting<T>(View<T> fine, View<T> coarse, Transfer<T> transfer, Layout fineLayout, Layout coarseLayout, int components) : IKernel<T>
    where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (y, z) = (L.Integer(transfer.Y.Child, p.Y + 1), L.Integer(transfer.Z.Child, p.Z + 1));
        for (var c = 0; c < components; c++)
        {
            var sum = L.Of(0);
            for (var dz = -transfer.Z.Reach; dz <= transfer.Z.Reach; dz++)
            {
                var wz = L.Uniform(transfer.Z.Shares, (dz + 1) * transfer.Z.Length + p.Z + 1);
                for (var dy = -transfer.Y.Reach; dy <= transfer.Y.Reach; dy++)
                {
                    var wy = wz * L.Uniform(transfer.Y.Shares, (dy + 1) * transfer.Y.Length + p.Y + 1);
                    var row = fineLayout.Index(0, y + dy, z + dz) + c * fineLayout.Length;
                    for (var dx = -transfer.X.Reach; dx <= transfer.X.Reach; dx++)
                    {
                        var wx = L.Load(transfer.X.Shares, (dx + 1) * transfer.X.Length + p.X + 1);
                        sum = L.MulAdd(wy * wx, L.Gather(fine, row + dx, transfer.X.Child, p.X + 1), sum);
                    }
                }
            }
            L.Store(coarse, p.Index + c * coarseLayout.Length, sum);
        }
    }
}

/// <summary>u ← u + P u_coarse, multilinear.</summary>
public readonly struct Prolongate<T>(View<T> coarse, View<T> fine, Transfer<T> transfer, Layout coarseLayout, Layout fineLayout, int components) : IKernel<T>
    where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (y, z) = (L.Integer(transfer.Y.Parent, p.Y + 1), L.Integer(transfer.Z.Parent, p.Z + 1));
        var (wx, wy, wz) = (L.Load(transfer.X.Weight, p.X + 1), L.Uniform(transfer.Y.Weight, p.Y + 1), L.Uniform(transfer.Z.Weight, p.Z + 1));
        var one = L.Of(1);
        for (var c = 0; c < components; c++)
        {
            var sum = L.Load(fine, p.Index + c * fineLayout.Length);
            for (var dz = 0; dz <= transfer.Z.Reach; dz++)
            {
                var sz = dz == 0 ? wz : one - wz;
                for (var dy = 0; dy <= transfer.Y.Reach; dy++)
                {
                    var s = dy == 0 ? sz * wy : sz * (one - wy);
                    var row = coarseLayout.Index(0, y + dy, z + dz) + c * coarseLayout.Length;
                    sum = L.MulAdd(s * wx, L.Gather(coarse, row, transfer.X.Parent, p.X + 1), sum);
                    if (transfer.X.Reach > 0)
                        sum = L.MulAdd(s * (one - wx), L.Gather(coarse, row + 1, transfer.X.Parent, p.X + 1), sum);
                }
            }
            L.Store(fine, p.Index + c * fineLayout.Length, sum);
        }
    }
}

/// <summary>
/// λ, μ of a coarse cell from its children, by volume: of those that are not much softer than the stiffest, harmonic means of the bulk modulus and of μ times their share of the cell; the others add theirs arithmetically.
/// (Arithmetic means of all overrate soft grains between stiff ones, the harmonic mean of all would take a cell with one void for a void.)
/// </summary>
/// <param name="shares">Per axis and coarse cell: the shares of its two children of its width, see <see cref="CellShares{T}"/>.</param>
public readonly struct CoarsenLame<T>(LameFields<T> fine, LameFields<T> coarse, Transfer<T> transfer, CellShares<T> shares, Layout fineLayout) : IKernel<T> where T : unmanaged
{
    /// <summary>A child with less than this share of the stiffest one's μ counts as soft. Measured: 1/50 to 1/5 differ little, without the distinction voids stall the solver.</summary>
    private const double Soft = 0.05;

    private const double Tiny = 1e-30;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (stiffest, tiny) = (L.Of(0), L.Of(Tiny));
        for (var k = 0; k < 8; k++)
        {
            var child = ChildAt<L>(p, k);
            stiffest = L.Max(stiffest, L.IfGreater(child.Share, L.Of(0), child.Mu, L.Of(0)));
        }
        var limit = L.Of(Soft) * stiffest;
        var (stiff, compliance, bulkCompliance, soft, softBulk) = (L.Of(0), L.Of(0), L.Of(0), L.Of(0), L.Of(0));
        for (var k = 0; k < 8; k++)
        {
            var child = ChildAt<L>(p, k);
            var counts = L.IfGreater(child.Mu, limit, child.Share, L.Of(0));
            stiff += counts;
            compliance += counts / L.Max(child.Mu, tiny);
            bulkCompliance += counts / L.Max(child.Bulk, tiny);
            soft = L.MulAdd(child.Share - counts, child.Mu, soft);
            softBulk = L.MulAdd(child.Share - counts, child.Bulk, softBulk);
        }
        var shear = L.MulAdd(stiff, stiff / L.Max(compliance, tiny), soft);
        L.Store(coarse.Mu, p.Index, shear);
        L.Store(coarse.Lambda, p.Index, L.MulAdd(stiff, stiff / L.Max(bulkCompliance, tiny), softBulk) - L.Of(2.0 / 3) * shear);
    }

    private Child<L> ChildAt<L>(in Point p, int k) where L : unmanaged, ILane<L, T>
    {
        var (dx, dy, dz) = (k & 1, k >> 1 & 1, k >> 2);
        var share = L.Load(shares.X, dx * shares.LengthX + p.X + 1) * L.Uniform(shares.Y, dy * shares.LengthY + p.Y + 1) * L.Uniform(shares.Z, dz * shares.LengthZ + p.Z + 1);
        var (y, z) = (L.Integer(transfer.Y.Child, p.Y + 1), L.Integer(transfer.Z.Child, p.Z + 1));
        var row = fineLayout.Index(dx * transfer.X.Reach, y + dy * transfer.Y.Reach, z + dz * transfer.Z.Reach);
        var mu = L.Gather(fine.Mu, row, transfer.X.Child, p.X + 1);
        return new(mu, L.MulAdd(L.Of(2.0 / 3), mu, L.Gather(fine.Lambda, row, transfer.X.Child, p.X + 1)), share);
    }

    /// <summary>μ and bulk modulus of a child, and its share of the cell.</summary>
    private readonly struct Child<L>(L mu, L bulk, L share) where L : unmanaged
    {
        public readonly L Mu = mu, Bulk = bulk, Share = share;
    }
}

/// <summary>Per coarse cell along each axis: the shares of its first and second child of its width, two arrays one after the other; entry i+1 is that of cell i.</summary>
public readonly struct CellShares<T>(View<T> x, View<T> y, View<T> z, int lengthX, int lengthY, int lengthZ) where T : unmanaged
{
    public readonly View<T> X = x, Y = y, Z = z;
    public readonly int LengthX = lengthX, LengthY = lengthY, LengthZ = lengthZ;
}

/// <summary>Springs of a coarse face: those of the fine nodes, shared out as <see cref="RestrictFullWeighting{T}"/> does; the total stiffness is kept.</summary>
public readonly struct RestrictSprings<T>(View<T> fine, View<T> coarse, Transfer<T> transfer, Layout fineLayout, Layout coarseLayout, int components) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var y = L.Integer(transfer.Y.Child, p.Y + 1);
        var plane = p.Index - (p.Z + 1) * coarseLayout.StrideZ;
        for (var c = 0; c < components; c++)
        {
            var sum = L.Of(0);
            for (var dy = -transfer.Y.Reach; dy <= transfer.Y.Reach; dy++)
            {
                var wy = L.Uniform(transfer.Y.Shares, (dy + 1) * transfer.Y.Length + p.Y + 1);
                var row = fineLayout.Index(0, y + dy, -1) + c * fineLayout.StrideZ;
                for (var dx = -transfer.X.Reach; dx <= transfer.X.Reach; dx++)
                {
                    var wx = L.Load(transfer.X.Shares, (dx + 1) * transfer.X.Length + p.X + 1);
                    sum = L.MulAdd(wy * wx, L.Gather(fine, row + dx, transfer.X.Child, p.X + 1), sum);
                }
            }
            L.Store(coarse, plane + c * coarseLayout.StrideZ, sum);
        }
    }
}

/// <summary>
/// A start vector for eigenvalue estimates: 1/(t + 1/20) without its mean, where t is the fractional part of a sum of irrational multiples of the coordinates. (t alone has one frequency and its overtones are weak; the peaks have some twenty strong ones.)
/// Coordinates along x and y are counted from the middle, so that mirroring the grid or exchanging its axes maps the vector to itself or its negative, to the bit, or where <paramref name="mirrorX"/> and <paramref name="mirrorY"/> differ to that with both exchanged.
/// </summary>
/// <param name="lastX">x of the last node; likewise <paramref name="lastY"/>.</param>
/// <param name="mirrorX">1 where the vector is its own mirror image across the middle of x, -1 where it is the negative of that; likewise <paramref name="mirrorY"/>.</param>
/// <param name="exchange">The same for exchanging x and y.</param>
public readonly struct Scatter<T>(View<T> u, int lastX, int lastY, int components, int length, double mirrorX, double mirrorY, double exchange) : IKernel<T> where T : unmanaged
{
    // Powers of the root of g⁴ = g + 1, whose multiples fill a cube evenly.
    private const double First = 0.8191725133961645, Second = 0.6710436067037893, Third = 0.5497004779019703;
    private const double Shift = 0.05, Mean = 3.044522437723423;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (x, y) = (L.Of(2) * L.Ramp(p.X) - L.Of(lastX), L.Of(2 * p.Y - lastY));
        var (fromX, fromY, signX, signY) = (L.Abs(x), L.Abs(y), Sign(x), Sign(y));
        L.Store(u, p.Index, Where(mirrorX, signX) * Where(-mirrorY, signY) * Peaks(fromX, fromY, p.Z));
        var across = Where(-mirrorX, signX) * Where(-mirrorY, signY) * Where(-exchange, Sign(fromX - fromY));
        L.Store(u, p.Index + length, across * Peaks(L.Min(fromX, fromY), L.Max(fromX, fromY), p.Z));
        if (components == 3)
            L.Store(u, p.Index + 2 * length, L.Of(exchange) * Where(-mirrorX, signX) * Where(mirrorY, signY) * Peaks(fromY, fromX, p.Z));
    }

    /// <summary>The sign where the parity is 1, else 1.</summary>
    private static L Where<L>(double parity, L sign) where L : unmanaged, ILane<L, T> => L.MulAdd(L.Of((1 + parity) / 2), sign, L.Of((1 - parity) / 2));

    private static L Sign<L>(L a) where L : unmanaged, ILane<L, T> => L.IfGreater(a, L.Of(0), L.Of(1), L.IfGreater(L.Of(0), a, L.Of(-1), L.Of(0)));

    private static L Peaks<L>(L own, L other, int z) where L : unmanaged, ILane<L, T>
    {
        var t = own * L.Of(First) + (other * L.Of(Second) + L.Of(Third * z));
        return L.Of(1) / (t - L.Floor(t) + L.Of(Shift)) - L.Of(Mean);
    }
}

/// <summary>y ← d x, pointwise.</summary>
public readonly struct Multiply<T>(View<T> d, View<T> x, View<T> y) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(y, p.Index, L.Load(d, p.Index) * L.Load(x, p.Index));
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
