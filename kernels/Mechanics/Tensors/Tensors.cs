using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// A stress, or a strain with engineering shears (γ = 2ε), in VTK's order; in r-z XX = rr, YY = θθ, XZ = rz.
/// </summary>
public readonly struct Symmetric<L>(L xx, L yy, L zz, L xy, L yz, L xz) where L : unmanaged
{
    public readonly L XX = xx, YY = yy, ZZ = zz, XY = xy, YZ = yz, XZ = xz;
}

/// <summary>
/// The components of a stress or strain that a plane strain in x and z, or a strain in r and z, can have.
/// </summary>
public readonly struct InPlane<L>(L xx, L yy, L zz, L xz) where L : unmanaged
{
    public readonly L XX = xx, YY = yy, ZZ = zz, XZ = xz;
}

/// <summary>Arithmetic of symmetric tensors, and how fields keep them.</summary>
public static class Tensors
{
    /// <summary>a - b</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Symmetric<L> Minus<L, T>(in Symmetric<L> a, in Symmetric<L> b)
        where L : unmanaged, ILane<L, T> where T : unmanaged =>
        new(a.XX - b.XX, a.YY - b.YY, a.ZZ - b.ZZ, a.XY - b.XY, a.YZ - b.YZ, a.XZ - b.XZ);

    /// <summary>σ : ε of a stress and a strain with engineering shears.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Work<L, T>(in Symmetric<L> s, in Symmetric<L> e)
        where L : unmanaged, ILane<L, T> where T : unmanaged =>
        L.MulAdd(s.ZZ, e.ZZ, s.XX * e.XX + s.YY * e.YY) + L.MulAdd(s.XY, e.XY, s.YZ * e.YZ + s.XZ * e.XZ);

    /// <summary>Shears ε of a strain with engineering shears γ, or γ of one with ε.</summary>
    /// <param name="factor">½ or 2.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Symmetric<L> WithShears<L, T>(in Symmetric<L> e, double factor)
        where L : unmanaged, ILane<L, T> where T : unmanaged =>
        new(e.XX, e.YY, e.ZZ, L.Of(factor) * e.XY, L.Of(factor) * e.YZ, L.Of(factor) * e.XZ);

    /// <summary>The six components at a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Symmetric<L> TensorAt<L, TPlace, T>(this in Field<TPlace, T> field, in Point<TPlace> p)
        where L : unmanaged, ILane<L, T> where TPlace : struct, IPlace where T : unmanaged => new(
            field.At<L>(p, Pair.XX), field.At<L>(p, Pair.YY), field.At<L>(p, Pair.ZZ),
            field.At<L>(p, Pair.XY), field.At<L>(p, Pair.YZ), field.At<L>(p, Pair.XZ));

    /// <summary>Writes the six components at a point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set<L, TPlace, T>(this in Field<TPlace, T> field, in Point<TPlace> p, in Symmetric<L> s)
        where L : unmanaged, ILane<L, T> where TPlace : struct, IPlace where T : unmanaged
    {
        field.Set(p, Pair.XX, s.XX);
        field.Set(p, Pair.YY, s.YY);
        field.Set(p, Pair.ZZ, s.ZZ);
        field.Set(p, Pair.XY, s.XY);
        field.Set(p, Pair.YZ, s.YZ);
        field.Set(p, Pair.XZ, s.XZ);
    }
}
