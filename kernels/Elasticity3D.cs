using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// The forces of cells on their corners [N], kept between <see cref="CellForces{T}"/> and <see cref="ApplyStiffness{TForces, TUse, T}"/>: for each row of cells along x one row of numbers for each corner and component (x, z, y).
/// Some rows y of some layers z are kept at a time; layer z lies at z modulo their number, so that the next slab finds the last layer of the one before.
/// </summary>
/// <param name="firstRow">The first y that is kept.</param>
/// <param name="rows">Rows kept in a layer.</param>
/// <param name="layers">Layers kept.</param>
public readonly struct CornerForces<T>(View<T> values, Layout layout, int firstRow, int rows, int layers) : INodalForces<T> where T : unmanaged
{
    private const int PerCell = 24, Lane = 16;

    /// <summary>The forces.</summary>
    public readonly View<T> Values = values;

    /// <summary>Distance between neighbouring components, and a third of that between neighbouring corners: whole lanes, which a cache delivers faster.</summary>
    public readonly int Stride = RowLength(layout);

    /// <summary>Bytes per row of cells.</summary>
    public static int BytesPerRow(Layout layout) => PerCell * RowLength(layout) * (typeof(T) == typeof(float) ? sizeof(float) : sizeof(double));

    /// <summary>Elements that hold so many rows and layers.</summary>
    public static int LengthFor(Layout layout, int rows, int layers) => checked(Lane + PerCell * RowLength(layout) * rows * layers);

    /// <summary>Index of the first number of the cell (x, y, z). A lane lies before the first one, since ghost nodes ask for the cells beyond them.</summary>
    public int Index(int x, int y, int z) => Lane + PerCell * ((z + 1) % layers * rows + y - firstRow) * Stride + x + 1;

    /// <summary>The sum of the forces of the eight cells of a node: in each layer of cells first along the two diagonals, so that a quarter turn turns it to the bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public NodeVector<L> At<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (above, below) = (Index(p.X, p.Y, p.Z), Index(p.X, p.Y, p.Z - 1) + PerCell / 2 * Stride);
        return new(Sum<L>(below) + Sum<L>(above), Sum<L>(below + Stride) + Sum<L>(above + Stride), Sum<L>(below + 2 * Stride) + Sum<L>(above + 2 * Stride));
    }

    /// <summary>The forces of four cells of a layer on the node they share; i is the number of its corner 0 in the cell with the highest x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Sum<L>(int i) where L : unmanaged, ILane<L, T>
    {
        var (corner, row) = (3 * Stride, PerCell * Stride);
        var along = L.Load(Values, i) + L.Load(Values, i - row - 1 + 3 * corner);
        return along + (L.Load(Values, i - 1 + corner) + L.Load(Values, i - row + 2 * corner));
    }

    private static int RowLength(in Layout layout) => (layout.StrideY + Lane - 1) / Lane * Lane;
}

/// <summary>
/// Linear elasticity on trilinear hexahedra, fully integrated: the forces ∫ Bᵀ σ dV of a cell on its corners. Strain and stress are expanded in the monomials 1, x, y, z, xy, ... of the cell; these are
/// orthogonal, with mean squares 1, 1/3 and 1/9, so that the integral is exact and costs no quadrature: each monomial's stress acts on the modes of <see cref="Trilinear{L}"/> that made its strain.
/// Where two axes play the same part, their terms are rounded alike and exchanged freely. Displacements at nodes [m], forces [N].
/// </summary>
public readonly struct CellForces<T>(Widths<T> x, Widths<T> y, Widths<T> z, LameFields<T> lame, Layout layout, View<T> u, CornerForces<T> forces) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var ex = new PerAxis<L>(L.Load(x.Inverse, p.X + 1), L.Uniform(y.Inverse, p.Y + 1), L.Uniform(z.Inverse, p.Z + 1));
        var (ey, ez) = (ex.Next(), ex.Next().Next());
        // ∂f/∂x is a quarter of the sum of modes over h, and so is the force on a mode of the stress.
        var volume = L.Of(1.0 / 16) * (L.Load(x.Width, p.X + 1) * L.Uniform(y.Width, p.Y + 1)) * L.Uniform(z.Width, p.Z + 1);
        var constants = new Lame<L>(volume * L.Load(lame.Lambda, p.Index), volume * L.Load(lame.Mu, p.Index));

        var a = SpaceModes.Load<L, T, AlongX>(u, p.Index, layout);
        var b = SpaceModes.Load<L, T, AlongY>(u, p.Index + 2 * layout.Length, layout);
        var c = SpaceModes.Load<L, T, AlongZ>(u, p.Index + layout.Length, layout);

        var at = forces.Index(p.X, p.Y, p.Z);
        StoreForce<L, AlongX>(a, b, c, constants, ex, at);
        StoreForce<L, AlongZ>(c, a, b, constants, ez, at + forces.Stride);
        StoreForce<L, AlongY>(b, c, a, constants, ey, at + 2 * forces.Stride);
    }

    /// <summary>The force of component <paramref name="a"/> on the corners; <paramref name="b"/>, <paramref name="c"/> are the next two, and <paramref name="e"/> = 1/h.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreForce<L, TAxis>(in Trilinear<L> a, in Trilinear<L> b, in Trilinear<L> c, in Lame<L> lame, in PerAxis<L> e, int at)
        where L : unmanaged, ILane<L, T> where TAxis : struct, IComponentAxis
    {
        var (lambda, mu) = (lame.Lambda, lame.Mu);
        var two = mu + mu;
        // Strains ε_xx and their traces: the mean, and the parts linear in y and in z.
        var (xx, xxByY, xxByZ) = (e.X * a.X, e.X * a.XY, e.X * a.XZ);
        var trace = xx + (e.Y * b.X + e.Z * c.X);
        var (traceByY, traceByZ) = (L.MulAdd(e.Z, c.XZ, xxByY), L.MulAdd(e.Y, b.XY, xxByZ));
        // Shears γ_xy and γ_xz. What is linear in x comes from u alone.
        var (xy, xyByZ) = (L.MulAdd(e.Y, a.Y, e.X * b.Z), L.MulAdd(e.Y, a.YZ, e.X * b.YZ));
        var (xz, xzByY) = (L.MulAdd(e.Z, a.Z, e.X * c.Y), L.MulAdd(e.Z, a.YZ, e.X * c.YZ));
        var (xyByX, xzByX) = (e.Y * a.XY, e.Z * a.XZ);

        var (third, ninth) = (L.Of(1.0 / 3), L.Of(1.0 / 9));
        SpaceModes.Store<L, T, TAxis>(forces.Values, at, 3 * forces.Stride, new Trilinear<L>(
            e.X * L.MulAdd(two, xx, lambda * trace),
            e.Y * mu * xy,
            e.Z * mu * xz,
            third * L.MulAdd(e.X, L.MulAdd(two, xxByY, lambda * traceByY), e.Y * mu * xyByX),
            third * mu * (e.Y * xyByZ + e.Z * xzByY),
            third * L.MulAdd(e.X, L.MulAdd(two, xxByZ, lambda * traceByZ), e.Z * mu * xzByX),
            ninth * a.XYZ * L.MulAdd(lambda + two, e.X * e.X, mu * (e.Y * e.Y + e.Z * e.Z))));
    }
}

/// <summary>What else <see cref="CellForces{T}"/>'s elements have at nodes and cells: the diagonal, the load of eigenstrains, the strain.</summary>
public readonly struct Elasticity3D<T>(Widths<T> x, Widths<T> y, Widths<T> z, LameFields<T> lame, Layout layout) : IElasticOperator<T> where T : unmanaged
{
    public CellForces<T> CellForces(View<T> u, CornerForces<T> forces) => new(x, y, z, lame, layout, u, forces);

    public NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T> => NodeSums.Sum<L, T>(DiagonalOfLayer<L>(p, -1), DiagonalOfLayer<L>(p, 0));

    public NodeVector<L> EigenstrainForce<L>(View<T> eigenstrain, in Point p) where L : unmanaged, ILane<L, T> =>
        NodeSums.Sum<L, T>(LoadOfLayer<L>(eigenstrain, p, -1), LoadOfLayer<L>(eigenstrain, p, 0));

    /// <inheritdoc/>
    public Symmetric<L> CentreStrain<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var a = SpaceModes.Load<L, T, AlongX>(u, p.Index, layout);
        var b = SpaceModes.Load<L, T, AlongY>(u, p.Index + 2 * layout.Length, layout);
        var c = SpaceModes.Load<L, T, AlongZ>(u, p.Index + layout.Length, layout);
        var (e, quarter) = (Edges<L>(p, 0, 0, 0), L.Of(0.25));
        var (x, y, z) = (quarter * e.X, quarter * e.Y, quarter * e.Z);
        return new(x * a.X, y * b.X, z * c.X, y * a.Y + x * b.Z, z * b.Y + y * c.Z, z * a.Z + x * c.Y);
    }

    private NodeVector<L> DiagonalOfLayer<L>(in Point p, int dz) where L : unmanaged, ILane<L, T> =>
        NodeSums.Layer<L, T>(CellDiagonal<L>(p, -1, -1, dz), CellDiagonal<L>(p, 0, 0, dz), CellDiagonal<L>(p, -1, 0, dz), CellDiagonal<L>(p, 0, -1, dz));

    private NodeVector<L> LoadOfLayer<L>(View<T> eigenstrain, in Point p, int dz) where L : unmanaged, ILane<L, T> => NodeSums.Layer<L, T>(
        CellLoad<L>(eigenstrain, p, -1, -1, dz), CellLoad<L>(eigenstrain, p, 0, 0, dz), CellLoad<L>(eigenstrain, p, -1, 0, dz), CellLoad<L>(eigenstrain, p, 0, -1, dz));

    /// <summary>What the cell at (dx, dy, dz) from the node adds to its diagonal.</summary>
    private NodeVector<L> CellDiagonal<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T>
    {
        var cell = Cell(p, dx, dy, dz);
        var (lambda, mu) = (L.Load(lame.Lambda, cell), L.Load(lame.Mu, cell));
        var (e, ninth) = (Edges<L>(p, dx, dy, dz), Volume<L>(p, dx, dy, dz) * L.Of(1.0 / 9));
        var (xx, yy, zz) = (e.X * e.X * ninth, e.Y * e.Y * ninth, e.Z * e.Z * ninth);
        var (shear, rest) = (mu * (xx + yy + zz), lambda + mu);
        return new(L.MulAdd(rest, xx, shear), L.MulAdd(rest, zz, shear), L.MulAdd(rest, yy, shear));
    }

    /// <summary>What the cell at (dx, dy, dz) from the node adds to the force of its eigenstrain.</summary>
    private NodeVector<L> CellLoad<L>(View<T> eigenstrain, in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T>
    {
        var cell = Cell(p, dx, dy, dz);
        var stress = L.MulAdd(L.Of(3), L.Load(lame.Lambda, cell), L.Of(2) * L.Load(lame.Mu, cell)) * L.Load(eigenstrain, cell);
        var (e, quarter) = (Edges<L>(p, dx, dy, dz), Volume<L>(p, dx, dy, dz) * stress * L.Of(0.25));
        return new(L.Of(Sign(dx)) * e.X * quarter, L.Of(Sign(dz)) * e.Z * quarter, L.Of(Sign(dy)) * e.Y * quarter);
    }

    /// <summary>±1: whether the node is the cell's high corner (the cell lies below it, d = -1) or its low one.</summary>
    private static double Sign(int d) => -1 - 2 * d;

    private int Cell(in Point p, int dx, int dy, int dz) => p.Index + dx + dy * layout.StrideY + dz * layout.StrideZ;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PerAxis<L> Edges<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        new(L.Load(x.Inverse, p.X + dx + 1), L.Uniform(y.Inverse, p.Y + dy + 1), L.Uniform(z.Inverse, p.Z + dz + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Volume<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        L.Load(x.Width, p.X + dx + 1) * L.Uniform(y.Width, p.Y + dy + 1) * L.Uniform(z.Width, p.Z + dz + 1);
}
