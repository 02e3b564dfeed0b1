using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// Hooke's law of crystals, σ = C : (ε - ε*), with stiffness tensors by group of cells, in sample axes (Nye, Physical
/// Properties of Crystals, chapter VIII): 21 constants C_ijkl [Pa] of the pairs XX YY ZZ XY YZ XZ, the upper triangle
/// row by row. Constant k of group g is number k count + g.
/// </summary>
/// <param name="values">The table.</param>
/// <param name="group">Group of cells; cells outside the body belong to one whose constants are zero.</param>
/// <param name="count">Groups.</param>
public readonly struct Anisotropic<T>(View<T> values, View<int> group, int count) : IMaterial<T> where T : unmanaged
{
    /// <summary>Constants of a group.</summary>
    public const int PerGroup = 21;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Symmetric<L> Stress<L>(in Point<Cell> p, in Symmetric<L> elastic) where L : unmanaged, ILane<L, T> =>
        Crystal.Times<L, T>(Tangent<L>(p), elastic);

    public Stiffness<L> Tangent<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T> => At<L>(p.Index);

    /// <summary>The tensor at a point of the surface of the body, which is that of its cell.</summary>
    public Stiffness<L> At<L>(in Point<Closed> p) where L : unmanaged, ILane<L, T> => At<L>(p.Index);

    public PlaneStiffness<L> PlaneTangent<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var i = p.Index;
        return new(
            Constant<L>(0, i), Constant<L>(1, i), Constant<L>(2, i), Constant<L>(5, i), Constant<L>(6, i),
            Constant<L>(7, i), Constant<L>(10, i), Constant<L>(11, i), Constant<L>(14, i), Constant<L>(20, i));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InPlane<L> Times<L>(in PlaneStiffness<L> c, in InPlane<L> e) where L : unmanaged, ILane<L, T> => new(
        Sum(c.XXXX, c.XXYY, c.XXZZ, c.XXXZ, e),
        Sum(c.XXYY, c.YYYY, c.YYZZ, c.YYXZ, e),
        Sum(c.XXZZ, c.YYZZ, c.ZZZZ, c.ZZXZ, e),
        Sum(c.XXXZ, c.YYXZ, c.ZZXZ, c.XZXZ, e));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Sum<L>(L xx, L yy, L zz, L xz, in InPlane<L> e) where L : unmanaged, ILane<L, T> =>
        L.MulAdd(xx, e.XX, L.MulAdd(yy, e.YY, L.MulAdd(zz, e.ZZ, xz * e.XZ)));

    private L Constant<L>(int k, int i) where L : unmanaged, ILane<L, T> => L.Gather(values, k * count, group, i);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Stiffness<L> At<L>(int i) where L : unmanaged, ILane<L, T> => new(
        Constant<L>(0, i), Constant<L>(1, i), Constant<L>(2, i), Constant<L>(3, i), Constant<L>(4, i),
        Constant<L>(5, i), Constant<L>(6, i), Constant<L>(7, i), Constant<L>(8, i), Constant<L>(9, i),
        Constant<L>(10, i), Constant<L>(11, i), Constant<L>(12, i), Constant<L>(13, i), Constant<L>(14, i),
        Constant<L>(15, i), Constant<L>(16, i), Constant<L>(17, i), Constant<L>(18, i), Constant<L>(19, i),
        Constant<L>(20, i));
}

/// <summary>Products of a tensor of <see cref="Stiffness{L}"/>.</summary>
public static class Crystal
{
    /// <summary>
    /// C : ε with engineering shears (γ = 2ε), or the strain of a stress for a tensor of compliances.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Symmetric<L> Times<L, T>(in Stiffness<L> c, in Symmetric<L> e)
        where L : unmanaged, ILane<L, T> where T : unmanaged => new(
            Sum<L, T>(c.XXXX, c.XXYY, c.XXZZ, c.XXXY, c.XXYZ, c.XXXZ, e),
            Sum<L, T>(c.XXYY, c.YYYY, c.YYZZ, c.YYXY, c.YYYZ, c.YYXZ, e),
            Sum<L, T>(c.XXZZ, c.YYZZ, c.ZZZZ, c.ZZXY, c.ZZYZ, c.ZZXZ, e),
            Sum<L, T>(c.XXXY, c.YYXY, c.ZZXY, c.XYXY, c.XYYZ, c.XYXZ, e),
            Sum<L, T>(c.XXYZ, c.YYYZ, c.ZZYZ, c.XYYZ, c.YZYZ, c.YZXZ, e),
            Sum<L, T>(c.XXXZ, c.YYXZ, c.ZZXZ, c.XYXZ, c.YZXZ, c.XZXZ, e));

    // The same to the bit when the axes x and y are exchanged or one of them is reversed: terms that change places are
    // products rounded each by itself and added first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Sum<L, T>(L xx, L yy, L zz, L xy, L yz, L xz, in Symmetric<L> e)
        where L : unmanaged, ILane<L, T> where T : unmanaged =>
        L.MulAdd(zz, e.ZZ, xx * e.XX + yy * e.YY) + L.MulAdd(xy, e.XY, yz * e.YZ + xz * e.XZ);
}
