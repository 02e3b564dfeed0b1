namespace MesoLiMg.Kernels;

/// <summary>
/// The children of coarse cells along one axis, in three places that are mirror images of each other: the lowest, the
/// middle and the highest. A pair leaves the middle empty, a cell that stays alone is in the middle. Entries i+1 of
/// each of three arrays, one after the other, belong to coarse cell i.
/// </summary>
/// <param name="child">The child in a place; any where there is none.</param>
/// <param name="shares">Its share of the coarse cell's width; 0 where there is none.</param>
/// <param name="length">Length of one array.</param>
/// <param name="outer">1 where the axis is coarsened, else 0: only the middle places are taken.</param>
/// <param name="step">2 where there are only pairs: no middle place is taken.</param>
public readonly struct AxisChildren<T>(View<int> child, View<T> shares, int length, int outer, int step)
    where T : unmanaged
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
/// λ, μ of a coarse cell from its children, by volume: of those that are not much softer than the stiffest, harmonic
/// means of the bulk modulus and of μ times their share of the cell; the others add theirs arithmetically. (Arithmetic
/// means of all overrate soft grains between stiff ones, the harmonic mean of all would take a cell with one void for a
/// void.) Children of a plane are added as <see cref="Transfer{T}.Gathered{L}"/> adds nodes.
/// </summary>
/// <param name="fine">λ, μ of the fine cells [Pa], or over a unit.</param>
/// <param name="coarse">Those of the coarse ones, the result.</param>
/// <param name="children">Which cells a coarse one has, and their shares of its volume.</param>
public readonly struct CoarsenLame<T>(LameFields<T> fine, LameFields<T> coarse, Children<T> children) : IKernel<Cell, T>
    where T : unmanaged
{
    /// <summary>
    /// A child with less than this share of the stiffest one's μ counts as soft. Measured: 1/50 to 1/5 differ little,
    /// without the distinction voids stall the solver.
    /// </summary>
    private const double Soft = 0.05;

    private const double Tiny = 1e-30;

    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var limit = L.Of(Soft) * Stiffest<L>(p);
        var sum = new Parts<L>();
        for (var dz = -children.Z.Outer; dz <= children.Z.Outer; dz += children.Z.Step)
            sum += InPlane(p, dz, limit);
        var tiny = L.Of(Tiny);
        var shear = L.MulAdd(sum.Stiff, sum.Stiff / L.Max(sum.Compliance, tiny), sum.Soft);
        coarse.Mu.Set(p, shear);
        var bulk = L.MulAdd(sum.Stiff, sum.Stiff / L.Max(sum.BulkCompliance, tiny), sum.SoftBulk);
        coarse.Lambda.Set(p, bulk - L.Of(2.0 / 3) * shear);
    }

    private L Stiffest<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var stiffest = L.Of(0);
        for (var dz = -children.Z.Outer; dz <= children.Z.Outer; dz += children.Z.Step)
            for (var dy = -children.Y.Outer; dy <= children.Y.Outer; dy += children.Y.Step)
                for (var dx = -children.X.Outer; dx <= children.X.Outer; dx += children.X.Step)
                    stiffest = L.Max(stiffest,
                        L.IfGreater(ShareOf<L>(p, dx, dy, dz), L.Of(0), Child<L>(fine.Mu, p, dx, dy, dz), L.Of(0)));
        return stiffest;
    }

    private Parts<L> InPlane<L>(in Point<Cell> p, int dz, L limit) where L : unmanaged, ILane<L, T>
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

    private Parts<L> At<L>(in Point<Cell> p, int dx, int dy, int dz, L limit) where L : unmanaged, ILane<L, T>
    {
        if (children.X.IsEmpty(dx) || children.Y.IsEmpty(dy))
            return new();
        var (share, mu, tiny) = (ShareOf<L>(p, dx, dy, dz), Child<L>(fine.Mu, p, dx, dy, dz), L.Of(Tiny));
        var bulk = L.MulAdd(L.Of(2.0 / 3), mu, Child<L>(fine.Lambda, p, dx, dy, dz));
        var counts = L.IfGreater(mu, limit, share, L.Of(0));
        return new(counts, counts / L.Max(mu, tiny), counts / L.Max(bulk, tiny), (share - counts) * mu,
            (share - counts) * bulk);
    }

    /// <summary>Share of the coarse cell's volume.</summary>
    private L ShareOf<L>(in Point<Cell> p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        L.Load(children.X.Shares, children.X.Entry(dx, p.X)) * L.Uniform(children.Y.Shares, children.Y.Entry(dy, p.Y))
            * L.Uniform(children.Z.Shares, children.Z.Entry(dz, p.Z));

    private L Child<L>(in Field<Cell, T> field, in Point<Cell> p, int dx, int dy, int dz)
        where L : unmanaged, ILane<L, T>
    {
        var row = field.Layout.Index(0, L.Integer(children.Y.Child, children.Y.Entry(dy, p.Y)),
            L.Integer(children.Z.Child, children.Z.Entry(dz, p.Z)));
        return L.Gather(field.Values, row, children.X.Child, children.X.Entry(dx, p.X));
    }

    /// <summary>
    /// What children contribute: shares of stiff ones and these over μ and over the bulk modulus, both moduli of soft
    /// ones times their shares.
    /// </summary>
    private readonly struct Parts<L>(L stiff, L compliance, L bulkCompliance, L soft, L softBulk)
        where L : unmanaged, ILane<L, T>
    {
        public readonly L Stiff = stiff, Compliance = compliance, BulkCompliance = bulkCompliance, Soft = soft,
            SoftBulk = softBulk;

        public static Parts<L> operator +(in Parts<L> a, in Parts<L> b) =>
            new(a.Stiff + b.Stiff, a.Compliance + b.Compliance, a.BulkCompliance + b.BulkCompliance, a.Soft + b.Soft,
                a.SoftBulk + b.SoftBulk);
    }
}
