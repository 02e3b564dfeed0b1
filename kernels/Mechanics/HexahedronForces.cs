using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// Trilinear hexahedra of any material, fully integrated: the forces ∫ Bᵀ C B u dV of a cell on its corners (Hughes,
/// The Finite Element Method, chapter 3). The strain is a sum over the monomials 1, x, y, z, xy, yz, xz; these are
/// orthogonal, with mean squares 1, 1/3 and 1/9, so that the stress of each works on the strain of the same monomial
/// alone, and the integral is exact and costs no quadrature.
/// </summary>
/// <param name="x">Widths of cells along x [m]; likewise <paramref name="y"/>, <paramref name="z"/>.</param>
/// <param name="material">What gives the tangent C [Pa].</param>
/// <param name="u">Displacement at nodes, three components [m].</param>
/// <param name="forces">Result: the forces on the eight corners [N].</param>
public readonly struct HexahedronForces<TMaterial, T>(
    Widths<T> x, Widths<T> y, Widths<T> z, TMaterial material, Field<Node, T> u, CornerForces<T> forces)
    : IKernel<Cell, T> where TMaterial : struct, IMaterial<T> where T : unmanaged
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var e = new PerAxis<L>(
            L.Load(x.Inverse, p.X + 1), L.Uniform(y.Inverse, p.Y + 1), L.Uniform(z.Inverse, p.Z + 1));
        // ∂f/∂x is a quarter of the sum of modes over h, and so is the force on a mode of the stress.
        var volume = L.Of(1.0 / 16) * (L.Load(x.Width, p.X + 1) * L.Uniform(y.Width, p.Y + 1))
            * L.Uniform(z.Width, p.Z + 1);
        var a = HexahedronModes.Load<L, T, AlongX>(u, Component.X, p);
        var b = HexahedronModes.Load<L, T, AlongY>(u, Component.Y, p);
        var c = HexahedronModes.Load<L, T, AlongZ>(u, Component.Z, p);
        var tangent = material.Tangent<L>(p);

        var uniform = Crystal.Times<L, T>(tangent, Uniform(e, a, b, c));
        var third = L.Of(1.0 / 3);
        var byX = Scaled(third, Crystal.Times<L, T>(tangent, ByX(e, a, b, c)));
        var byY = Scaled(third, Crystal.Times<L, T>(tangent, ByY(e, a, b, c)));
        var byZ = Scaled(third, Crystal.Times<L, T>(tangent, ByZ(e, a, b, c)));
        var eu = new PerAxis<L>(e.X * a.XYZ, e.Y * a.XYZ, e.Z * a.XYZ);
        var ev = new PerAxis<L>(e.X * b.XYZ, e.Y * b.XYZ, e.Z * b.XYZ);
        var ew = new PerAxis<L>(e.X * c.XYZ, e.Y * c.XYZ, e.Z * c.XYZ);
        var highest = Highest(tangent, e, eu, ev, ew);

        var at = forces.Index(p);
        Store<L, AlongX>(
            volume, e, new(uniform.XX, uniform.XY, uniform.XZ),
            new(new(byX.XX, byX.XY, byX.XZ), new(byY.XX, byY.XY, byY.XZ), new(byZ.XX, byZ.XY, byZ.XZ)),
            highest.X, at + Component.X * forces.Stride);
        Store<L, AlongY>(
            volume, e.Next(), new(uniform.YY, uniform.YZ, uniform.XY),
            new(new(byY.YY, byY.YZ, byY.XY), new(byZ.YY, byZ.YZ, byZ.XY), new(byX.YY, byX.YZ, byX.XY)),
            highest.Y, at + Component.Y * forces.Stride);
        Store<L, AlongZ>(
            volume, e.Next().Next(), new(uniform.ZZ, uniform.XZ, uniform.YZ),
            new(new(byZ.ZZ, byZ.XZ, byZ.YZ), new(byX.ZZ, byX.XZ, byX.YZ), new(byY.ZZ, byY.XZ, byY.YZ)),
            highest.Z, at + Component.Z * forces.Stride);
    }

    // Modes of v and w count their axes from y and z on: v.X is ∂v/∂y, w.X is ∂w/∂z (see Trilinear). Below, the strains
    // of each monomial in the order XX YY ZZ XY YZ XZ.

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> Uniform<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w)
        where L : unmanaged, ILane<L, T> => new(
            e.X * u.X, e.Y * v.X, e.Z * w.X,
            e.Y * u.Y + e.X * v.Z, L.MulAdd(e.Z, v.Y, e.Y * w.Z), L.MulAdd(e.Z, u.Z, e.X * w.Y));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> ByX<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w)
        where L : unmanaged, ILane<L, T> =>
        new(L.Of(0), e.Y * v.XZ, e.Z * w.XY, e.Y * u.XY, L.MulAdd(e.Z, v.YZ, e.Y * w.YZ), e.Z * u.XZ);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> ByY<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w)
        where L : unmanaged, ILane<L, T> =>
        new(e.X * u.XY, L.Of(0), e.Z * w.XZ, e.X * v.XZ, e.Z * v.XY, L.MulAdd(e.Z, u.YZ, e.X * w.YZ));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> ByZ<L>(in PerAxis<L> e, in Trilinear<L> u, in Trilinear<L> v, in Trilinear<L> w)
        where L : unmanaged, ILane<L, T> =>
        new(e.X * u.XZ, e.Y * v.XY, L.Of(0), e.Y * u.YZ + e.X * v.YZ, e.Y * w.XZ, e.X * w.XY);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Symmetric<L> Scaled<L>(L factor, in Symmetric<L> s) where L : unmanaged, ILane<L, T> => new(
        factor * s.XX, factor * s.YY, factor * s.ZZ, factor * s.XY, factor * s.YZ, factor * s.XZ);

    /// <summary>
    /// Forces on the modes xyz of u, v, w, times nine: of the monomials yz, xz and xy, each of which has three strains.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PerAxis<L> Highest<L>(
        in Stiffness<L> c, in PerAxis<L> e, in PerAxis<L> u, in PerAxis<L> v, in PerAxis<L> w)
        where L : unmanaged, ILane<L, T>
    {
        // yz: ε_xx, γ_xy, γ_xz; xz: ε_yy, γ_xy, γ_yz; xy: ε_zz, γ_xz, γ_yz.
        var yz = Three(new(c.XXXX, c.XYXY, c.XZXZ), new(c.XXXY, c.XXXZ, c.XYXZ), new PerAxis<L>(u.X, v.X, w.X));
        var xz = Three(new(c.YYYY, c.XYXY, c.YZYZ), new(c.YYXY, c.YYYZ, c.XYYZ), new PerAxis<L>(v.Y, u.Y, w.Y));
        var xy = Three(new(c.ZZZZ, c.XZXZ, c.YZYZ), new(c.ZZXZ, c.ZZYZ, c.YZXZ), new PerAxis<L>(w.Z, u.Z, v.Z));
        return new(
            L.MulAdd(e.X, yz.X, L.MulAdd(e.Y, xz.Y, e.Z * xy.Y)),
            L.MulAdd(e.Y, xz.X, L.MulAdd(e.X, yz.Y, e.Z * xy.Z)),
            L.MulAdd(e.Z, xy.X, e.X * yz.Z + e.Y * xz.Z));
    }

    /// <summary>A symmetric matrix times a vector; the last two axes may be exchanged.</summary>
    /// <param name="own">Entries xx, yy, zz.</param>
    /// <param name="mixed">Entries xy, xz, yz.</param>
    /// <param name="e">The vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static PerAxis<L> Three<L>(in PerAxis<L> own, in PerAxis<L> mixed, in PerAxis<L> e)
        where L : unmanaged, ILane<L, T> => new(
            L.MulAdd(own.X, e.X, mixed.X * e.Y + mixed.Y * e.Z),
            L.MulAdd(mixed.X, e.X, L.MulAdd(own.Y, e.Y, mixed.Z * e.Z)),
            L.MulAdd(mixed.Y, e.X, L.MulAdd(own.Z, e.Z, mixed.Z * e.Y)));

    /// <summary>
    /// Writes the forces of one component, its axes counted from its own: of the tractions across these axes, uniform
    /// and linear along the three axes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store<L, TAxis>(
        L volume, in PerAxis<L> e, in PerAxis<L> uniform, in Linear<L> linear, L highest, int at)
        where L : unmanaged, ILane<L, T> where TAxis : struct, IComponentAxis
    {
        var (ex, ey, ez) = (volume * e.X, volume * e.Y, volume * e.Z);
        HexahedronModes.Store<L, T, TAxis>(forces.Values, at, 3 * forces.Stride, new Trilinear<L>(
            ex * uniform.X,
            ey * uniform.Y,
            ez * uniform.Z,
            L.MulAdd(ex, linear.ByY.X, ey * linear.ByX.Y),
            ey * linear.ByZ.Y + ez * linear.ByY.Z,
            L.MulAdd(ex, linear.ByZ.X, ez * linear.ByX.Z),
            L.Of(1.0 / 9) * volume * highest));
    }

    private readonly struct Linear<L>(PerAxis<L> byX, PerAxis<L> byY, PerAxis<L> byZ) where L : unmanaged
    {
        public readonly PerAxis<L> ByX = byX, ByY = byY, ByZ = byZ;
    }
}

/// <summary>
/// <see cref="HexahedronForces{TMaterial, T}"/> of isotropic bodies, written for λ and μ (see <see
/// cref="Isotropic{T}"/>): each monomial's stress acts on the modes of <see cref="Trilinear{L}"/> that made its strain.
/// Where two axes play the same part, their terms are rounded alike and exchanged freely. It stays beside the general
/// body because K u takes 5 times as long with that one (48³ cells, one thread: 12 million unknowns a second against
/// 70).
/// </summary>
/// <param name="x">Widths of cells along x [m]; likewise <paramref name="y"/>, <paramref name="z"/>.</param>
/// <param name="lame">λ, μ of cells [Pa].</param>
/// <param name="u">Displacement at nodes, three components [m].</param>
/// <param name="forces">Result: the forces on the eight corners [N].</param>
public readonly struct CellForces<T>(
    Widths<T> x, Widths<T> y, Widths<T> z, LameFields<T> lame, Field<Node, T> u, CornerForces<T> forces)
    : IKernel<Cell, T> where T : unmanaged
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var ex = new PerAxis<L>(
            L.Load(x.Inverse, p.X + 1), L.Uniform(y.Inverse, p.Y + 1), L.Uniform(z.Inverse, p.Z + 1));
        var (ey, ez) = (ex.Next(), ex.Next().Next());
        // ∂f/∂x is a quarter of the sum of modes over h, and so is the force on a mode of the stress.
        var volume = L.Of(1.0 / 16) * (L.Load(x.Width, p.X + 1) * L.Uniform(y.Width, p.Y + 1))
            * L.Uniform(z.Width, p.Z + 1);
        var constants = new Lame<L>(volume * lame.Lambda.At<L>(p), volume * lame.Mu.At<L>(p));

        var a = HexahedronModes.Load<L, T, AlongX>(u, Component.X, p);
        var b = HexahedronModes.Load<L, T, AlongY>(u, Component.Y, p);
        var c = HexahedronModes.Load<L, T, AlongZ>(u, Component.Z, p);

        var at = forces.Index(p);
        StoreForce<L, AlongX>(a, b, c, constants, ex, at + Component.X * forces.Stride);
        StoreForce<L, AlongZ>(c, a, b, constants, ez, at + Component.Z * forces.Stride);
        StoreForce<L, AlongY>(b, c, a, constants, ey, at + Component.Y * forces.Stride);
    }

    /// <summary>
    /// The force of component <paramref name="a"/> on the corners; <paramref name="b"/>, <paramref name="c"/> are the
    /// next two, and <paramref name="e"/> = 1/h.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreForce<L, TAxis>(
        in Trilinear<L> a, in Trilinear<L> b, in Trilinear<L> c, in Lame<L> lame, in PerAxis<L> e, int at)
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
        HexahedronModes.Store<L, T, TAxis>(forces.Values, at, 3 * forces.Stride, new Trilinear<L>(
            e.X * L.MulAdd(two, xx, lambda * trace),
            e.Y * mu * xy,
            e.Z * mu * xz,
            third * L.MulAdd(e.X, L.MulAdd(two, xxByY, lambda * traceByY), e.Y * mu * xyByX),
            third * mu * (e.Y * xyByZ + e.Z * xzByY),
            third * L.MulAdd(e.X, L.MulAdd(two, xxByZ, lambda * traceByZ), e.Z * mu * xzByX),
            ninth * a.XYZ * L.MulAdd(lambda + two, e.X * e.X, mu * (e.Y * e.Y + e.Z * e.Z))));
    }
}
