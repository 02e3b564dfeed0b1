using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// Stiffness tensors by group of cells, in sample axes: 21 constants C_ijkl [Pa] of the pairs XX YY ZZ XY YZ XZ, the upper triangle row by row, then six of C : I, the stress of a unit volume-like strain. Constant k of group g is number k count + g.
/// </summary>
/// <param name="values">The table.</param>
/// <param name="group">Group of cells; points outside the body belong to one whose constants are zero.</param>
/// <param name="count">Groups.</param>
public readonly struct CrystalTable<T>(View<T> values, View<int> group, int count) where T : unmanaged
{
    private const int Tensor = 21;

    /// <summary>Constants of a group.</summary>
    public const int PerGroup = Tensor + 6;

    /// <summary>Constant k at a cell.</summary>
    public L At<L>(int k, int cell) where L : unmanaged, ILane<L, T> => L.Gather(values, k * count, group, cell);

    /// <summary>C at a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CrystalConstants<L> Constants<L>(int cell) where L : unmanaged, ILane<L, T> => new(
        At<L>(0, cell), At<L>(1, cell), At<L>(2, cell), At<L>(3, cell), At<L>(4, cell), At<L>(5, cell), At<L>(6, cell), At<L>(7, cell), At<L>(8, cell), At<L>(9, cell), At<L>(10, cell),
        At<L>(11, cell), At<L>(12, cell), At<L>(13, cell), At<L>(14, cell), At<L>(15, cell), At<L>(16, cell), At<L>(17, cell), At<L>(18, cell), At<L>(19, cell), At<L>(20, cell));

    /// <summary>C : I at a cell.</summary>
    public Symmetric<L> Expansion<L>(int cell) where L : unmanaged, ILane<L, T> => new(
        At<L>(Tensor, cell), At<L>(Tensor + 1, cell), At<L>(Tensor + 2, cell), At<L>(Tensor + 3, cell), At<L>(Tensor + 4, cell), At<L>(Tensor + 5, cell));
}

/// <summary>The 21 constants of a tensor that maps symmetric tensors to symmetric ones, by pairs of axes.</summary>
public readonly struct CrystalConstants<L>(
    L xxxx, L xxyy, L xxzz, L xxxy, L xxyz, L xxxz, L yyyy, L yyzz, L yyxy, L yyyz, L yyxz, L zzzz, L zzxy, L zzyz, L zzxz, L xyxy, L xyyz, L xyxz, L yzyz, L yzxz, L xzxz) where L : unmanaged
{
    public readonly L XXXX = xxxx, XXYY = xxyy, XXZZ = xxzz, XXXY = xxxy, XXYZ = xxyz, XXXZ = xxxz, YYYY = yyyy, YYZZ = yyzz, YYXY = yyxy, YYYZ = yyyz, YYXZ = yyxz, ZZZZ = zzzz, ZZXY = zzxy, ZZYZ = zzyz, ZZXZ = zzxz, XYXY = xyxy,
        XYYZ = xyyz, XYXZ = xyxz, YZYZ = yzyz, YZXZ = yzxz, XZXZ = xzxz;
}

/// <summary>
/// Products of a tensor of <see cref="CrystalConstants{L}"/>. Sums here and in the elements below are the same to the bit when the axes x and y are exchanged or one of them is reversed: terms that change places are products rounded each by itself
/// and added first, since a fused product-and-sum is not the same with its terms exchanged. Terms of z alone, or of x and y together, keep their place.
/// </summary>
public static class Crystal
{
    /// <summary>C : ε with engineering shears (γ = 2ε), or the strain of a stress for a tensor of compliances.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Symmetric<L> Times<L, T>(in CrystalConstants<L> c, in Symmetric<L> e) where L : unmanaged, ILane<L, T> where T : unmanaged => new(
        Sum<L, T>(c.XXXX, c.XXYY, c.XXZZ, c.XXXY, c.XXYZ, c.XXXZ, e),
        Sum<L, T>(c.XXYY, c.YYYY, c.YYZZ, c.YYXY, c.YYYZ, c.YYXZ, e),
        Sum<L, T>(c.XXZZ, c.YYZZ, c.ZZZZ, c.ZZXY, c.ZZYZ, c.ZZXZ, e),
        Sum<L, T>(c.XXXY, c.YYXY, c.ZZXY, c.XYXY, c.XYYZ, c.XYXZ, e),
        Sum<L, T>(c.XXYZ, c.YYYZ, c.ZZYZ, c.XYYZ, c.YZYZ, c.YZXZ, e),
        Sum<L, T>(c.XXXZ, c.YYXZ, c.ZZXZ, c.XYXZ, c.YZXZ, c.XZXZ, e));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Sum<L, T>(L xx, L yy, L zz, L xy, L yz, L xz, in Symmetric<L> e) where L : unmanaged, ILane<L, T> where T : unmanaged =>
        L.MulAdd(zz, e.ZZ, xx * e.XX + yy * e.YY) + L.MulAdd(xy, e.XY, yz * e.YZ + xz * e.XZ);
}

/// <summary>
/// <see cref="CellForces{T}"/> for any stiffness tensor: the forces ∫ Bᵀ C B u dV of a trilinear hexahedron on its corners, exact. The strain is a sum over the monomials 1, x, y, z, xy, yz, xz; the stress of each works on the strain of the same
/// monomial alone, with mean squares 1, 1/3 and 1/9.
/// </summary>
public readonly struct CrystalForces<T>(Widths<T> x, Widths<T> y, Widths<T> z, CrystalTable<T> crystals, Layout layout, View<T> u, CornerForces<T> forces) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var e = new PerAxis<L>(L.Load(x.Inverse, p.X + 1), L.Uniform(y.Inverse, p.Y + 1), L.Uniform(z.Inverse, p.Z + 1));
        var volume = L.Of(1.0 / 16) * (L.Load(x.Width, p.X + 1) * L.Uniform(y.Width, p.Y + 1)) * L.Uniform(z.Width, p.Z + 1);
        var a = SpaceModes.Load<L, T, AlongX>(u, p.Index, layout);
        var b = SpaceModes.Load<L, T, AlongY>(u, p.Index + 2 * layout.Length, layout);
        var c = SpaceModes.Load<L, T, AlongZ>(u, p.Index + layout.Length, layout);
        var constants = crystals.Constants<L>(p.Index);

        var uniform = Crystal.Times<L, T>(constants, Uniform(e, a, b, c));
        var third = L.Of(1.0 / 3);
        var byX = Scaled(third, Crystal.Times<L, T>(constants, ByX(e, a, b, c)));
        var byY = Scaled(third, Crystal.Times<L, T>(constants, ByY(e, a, b, c)));
        var byZ = Scaled(third, Crystal.Times<L, T>(constants, ByZ(e, a, b, c)));
        var (eu, ev, ew) = (new PerAxis<L>(e.X * a.XYZ, e.Y * a.XYZ, e.Z * a.XYZ), new PerAxis<L>(e.X * b.XYZ, e.Y * b.XYZ, e.Z * b.XYZ), new PerAxis<L>(e.X * c.XYZ, e.Y * c.XYZ, e.Z * c.XYZ));
        var highest = Highest(constants, e, eu, ev, ew);

        var at = forces.Index(p.X, p.Y, p.Z);
        Store<L, AlongX>(volume, e, new(uniform.XX, uniform.XY, uniform.XZ), new(byX.XX, byX.XY, byX.XZ), new(byY.XX, byY.XY, byY.XZ), new(byZ.XX, byZ.XY, byZ.XZ), highest.X, at);
        Store<L, AlongY>(volume, e.Next(), new(uniform.YY, uniform.YZ, uniform.XY), new(byY.YY, byY.YZ, byY.XY), new(byZ.YY, byZ.YZ, byZ.XY), new(byX.YY, byX.YZ, byX.XY), highest.Y, at + 2 * forces.Stride);
        Store<L, AlongZ>(volume, e.Next().Next(), new(uniform.ZZ, uniform.XZ, uniform.YZ), new(byZ.ZZ, byZ.XZ, byZ.YZ), new(byX.ZZ, byX.XZ, byX.YZ), new(byY.ZZ, byY.XZ, byY.YZ), highest.Z, at + forces.Stride);
    }

    // Modes of v and w count their axes from y and z on: v.X is ∂v/∂y, w.X is ∂w/∂z (see Trilinear). Below, the strains of each monomial in the order XX YY ZZ XY YZ XZ.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> Uniform<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w) where L : unmanaged, ILane<L, T> =>
        new(e.X * u.X, e.Y * v.X, e.Z * w.X, e.Y * u.Y + e.X * v.Z, L.MulAdd(e.Z, v.Y, e.Y * w.Z), L.MulAdd(e.Z, u.Z, e.X * w.Y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> ByX<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w) where L : unmanaged, ILane<L, T> =>
        new(L.Of(0), e.Y * v.XZ, e.Z * w.XY, e.Y * u.XY, L.MulAdd(e.Z, v.YZ, e.Y * w.YZ), e.Z * u.XZ);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> ByY<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w) where L : unmanaged, ILane<L, T> =>
        new(e.X * u.XY, L.Of(0), e.Z * w.XZ, e.X * v.XZ, e.Z * v.XY, L.MulAdd(e.Z, u.YZ, e.X * w.YZ));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> ByZ<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w) where L : unmanaged, ILane<L, T> =>
        new(e.X * u.XZ, e.Y * v.XY, L.Of(0), e.Y * u.YZ + e.X * v.YZ, e.Y * w.XZ, e.X * w.XY);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> Scaled<L>(L factor, in Symmetric<L> s) where L : unmanaged, ILane<L, T> => new(factor * s.XX, factor * s.YY, factor * s.ZZ, factor * s.XY, factor * s.YZ, factor * s.XZ);

    /// <summary>Forces on the modes xyz of u, v, w, times nine: of the monomials yz, xz and xy, each of which has three strains.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PerAxis<L> Highest<L>(in CrystalConstants<L> c, in PerAxis<L> e, in PerAxis<L> u, in PerAxis<L> v, in PerAxis<L> w) where L : unmanaged, ILane<L, T>
    {
        // yz: ε_xx, γ_xy, γ_xz; xz: ε_yy, γ_xy, γ_yz; xy: ε_zz, γ_xz, γ_yz.
        var yz = Three(c.XXXX, c.XXXY, c.XXXZ, c.XYXY, c.XYXZ, c.XZXZ, u.X, v.X, w.X);
        var xz = Three(c.YYYY, c.YYXY, c.YYYZ, c.XYXY, c.XYYZ, c.YZYZ, v.Y, u.Y, w.Y);
        var xy = Three(c.ZZZZ, c.ZZXZ, c.ZZYZ, c.XZXZ, c.YZXZ, c.YZYZ, w.Z, u.Z, v.Z);
        return new(
            L.MulAdd(e.X, yz.X, L.MulAdd(e.Y, xz.Y, e.Z * xy.Y)),
            L.MulAdd(e.Y, xz.X, L.MulAdd(e.X, yz.Y, e.Z * xy.Z)),
            L.MulAdd(e.Z, xy.X, e.X * yz.Z + e.Y * xz.Z));
    }

    /// <summary>A symmetric matrix times a vector; entries 1 and 2 may be exchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PerAxis<L> Three<L>(L c00, L c01, L c02, L c11, L c12, L c22, L e0, L e1, L e2) where L : unmanaged, ILane<L, T> => new(
        L.MulAdd(c00, e0, c01 * e1 + c02 * e2), L.MulAdd(c01, e0, L.MulAdd(c11, e1, c12 * e2)), L.MulAdd(c02, e0, L.MulAdd(c22, e2, c12 * e1)));

    /// <summary>Writes the forces of one component, its axes counted from its own: <paramref name="uniform"/> and the stresses linear along the three axes are the tractions across these axes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store<L, TAxis>(L volume, in PerAxis<L> e, in PerAxis<L> uniform, in PerAxis<L> byX, in PerAxis<L> byY, in PerAxis<L> byZ, L highest, int at)
        where L : unmanaged, ILane<L, T> where TAxis : struct, IComponentAxis
    {
        var (ex, ey, ez) = (volume * e.X, volume * e.Y, volume * e.Z);
        SpaceModes.Store<L, T, TAxis>(forces.Values, at, 3 * forces.Stride, new Trilinear<L>(
            ex * uniform.X,
            ey * uniform.Y,
            ez * uniform.Z,
            L.MulAdd(ex, byY.X, ey * byX.Y),
            ey * byZ.Y + ez * byY.Z,
            L.MulAdd(ex, byZ.X, ez * byX.Z),
            L.Of(1.0 / 9) * volume * highest));
    }
}

/// <summary>The other parts of the elements with any stiffness tensor: the diagonal of K, the load of eigenstrains.</summary>
public readonly struct CrystalElasticity<T>(Widths<T> x, Widths<T> y, Widths<T> z, CrystalTable<T> crystals, Layout layout) where T : unmanaged
{
    // Numbers of the constants that couple each component's own gradients: along its axis, and in pairs of axes.
    private const int XXXX = 0, XXXY = 3, XXXZ = 5, YYYY = 6, YYXY = 8, YYYZ = 9, ZZZZ = 11, ZZYZ = 13, ZZXZ = 14, XYXY = 15, XYYZ = 16, XYXZ = 17, YZYZ = 18, YZXZ = 19, XZXZ = 20;

    /// <summary>diag K at a node: ∫ C_iajb N,a N,b, with ∫ N,a² = V/(9 h_a²) and ∫ N,a N,b = ±V/(12 h_a h_b).</summary>
    public NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T> => NodeSums.Sum<L, T>(DiagonalOfLayer<L>(p, -1), DiagonalOfLayer<L>(p, 0));

    /// <summary>The force of an eigenstrain β I on a node, ∫ N,a (C : I)_ia β.</summary>
    public NodeVector<L> EigenstrainForce<L>(View<T> eigenstrain, in Point p) where L : unmanaged, ILane<L, T> => NodeSums.Sum<L, T>(LoadOfLayer<L>(eigenstrain, p, -1), LoadOfLayer<L>(eigenstrain, p, 0));

    private NodeVector<L> DiagonalOfLayer<L>(in Point p, int dz) where L : unmanaged, ILane<L, T> =>
        NodeSums.Layer<L, T>(CellDiagonal<L>(p, -1, -1, dz), CellDiagonal<L>(p, 0, 0, dz), CellDiagonal<L>(p, -1, 0, dz), CellDiagonal<L>(p, 0, -1, dz));

    private NodeVector<L> LoadOfLayer<L>(View<T> eigenstrain, in Point p, int dz) where L : unmanaged, ILane<L, T> =>
        NodeSums.Layer<L, T>(CellLoad<L>(eigenstrain, p, -1, -1, dz), CellLoad<L>(eigenstrain, p, 0, 0, dz), CellLoad<L>(eigenstrain, p, -1, 0, dz), CellLoad<L>(eigenstrain, p, 0, -1, dz));

    private NodeVector<L> CellDiagonal<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T>
    {
        var (cell, e, volume) = (Cell(p, dx, dy, dz), Edges<L>(p, dx, dy, dz), Volume<L>(p, dx, dy, dz));
        return new(
            volume * Form<L>(cell, e, XXXX, XYXY, XZXZ, XXXY, XYXZ, XXXZ),
            volume * Form<L>(cell, e, XZXZ, YZYZ, ZZZZ, YZXZ, ZZYZ, ZZXZ),
            volume * Form<L>(cell, e, XYXY, YYYY, YZYZ, YYXY, YYYZ, XYYZ));
    }

    private NodeVector<L> CellLoad<L>(View<T> eigenstrain, in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T>
    {
        var (cell, e) = (Cell(p, dx, dy, dz), Edges<L>(p, dx, dy, dz));
        var quarter = Volume<L>(p, dx, dy, dz) * L.Load(eigenstrain, cell) * L.Of(0.25);
        var (s, ex, ey, ez) = (crystals.Expansion<L>(cell), quarter * e.X, quarter * e.Y, quarter * e.Z);
        return new(
            L.MulAdd(ex, s.XX, L.MulAdd(ey, s.XY, ez * s.XZ)),
            L.MulAdd(ez, s.ZZ, ex * s.XZ + ey * s.YZ),
            L.MulAdd(ey, s.YY, L.MulAdd(ex, s.XY, ez * s.YZ)));
    }

    private L Form<L>(int cell, in PerAxis<L> e, int xx, int yy, int zz, int xy, int yz, int xz) where L : unmanaged, ILane<L, T>
    {
        var own = L.MulAdd(crystals.At<L>(zz, cell), e.Z * e.Z, crystals.At<L>(xx, cell) * (e.X * e.X) + crystals.At<L>(yy, cell) * (e.Y * e.Y));
        var mixed = L.MulAdd(crystals.At<L>(xy, cell), e.X * e.Y, crystals.At<L>(yz, cell) * (e.Y * e.Z) + crystals.At<L>(xz, cell) * (e.X * e.Z));
        return L.MulAdd(L.Of(1.0 / 9), own, L.Of(1.0 / 6) * mixed);
    }

    private int Cell(in Point p, int dx, int dy, int dz) => p.Index + dx + dy * layout.StrideY + dz * layout.StrideZ;

    /// <summary>±1/h along each axis, the sign being that of the node within the cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PerAxis<L> Edges<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        new(L.Of(-1 - 2 * dx) * L.Load(x.Inverse, p.X + dx + 1), L.Of(-1 - 2 * dy) * L.Uniform(y.Inverse, p.Y + dy + 1), L.Of(-1 - 2 * dz) * L.Uniform(z.Inverse, p.Z + dz + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Volume<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        L.Load(x.Width, p.X + dx + 1) * L.Uniform(y.Width, p.Y + dy + 1) * L.Uniform(z.Width, p.Z + dz + 1);
}

/// <summary>d ← diag K with any stiffness tensor, at every component.</summary>
public readonly struct CrystalDiagonal<T>(CrystalElasticity<T> stiffness, View<T> d, int length) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var k = stiffness.Diagonal<L>(p);
        L.Store(d, p.Index, k.X);
        L.Store(d, p.Index + length, k.Z);
        L.Store(d, p.Index + 2 * length, k.Y);
    }
}

/// <summary>f ← the force of eigenstrains with any stiffness tensor, at every component.</summary>
public readonly struct CrystalLoad<T>(CrystalElasticity<T> stiffness, View<T> eigenstrain, View<T> f, int length) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var force = stiffness.EigenstrainForce<L>(eigenstrain, p);
        L.Store(f, p.Index, force.X);
        L.Store(f, p.Index + length, force.Z);
        L.Store(f, p.Index + 2 * length, force.Y);
    }
}
