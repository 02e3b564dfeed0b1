using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>What each element of some fields adds to a sum.</summary>
public interface ITerm
{
    /// <summary>The term of element <paramref name="i"/>.</summary>
    L At<L>(int i) where L : unmanaged, ILane<L, double>;
}

/// <summary>
/// Sums over the components of a point: one, two (x, z) or three (x, z, y). Those of x and y come together first, so
/// that exchanging these axes changes no bit.
/// </summary>
public static class Terms
{
    /// <summary>The terms of a point, whose components lie <paramref name="length"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L OfPoint<L, TTerm>(in TTerm term, int index, int components, int length)
        where L : unmanaged, ILane<L, double> where TTerm : struct, ITerm
    {
        var sum = term.At<L>(index);
        if (components == 3)
            sum += term.At<L>(index + 2 * length);
        if (components > 1)
            sum += term.At<L>(index + length);
        return sum;
    }
}

/// <summary>x · y</summary>
/// <param name="x">Field; likewise <paramref name="y"/>.</param>
public readonly struct Dot<TPlace>(
    Field<TPlace, double> x, Field<TPlace, double> y) : IReduction<TPlace>, ITerm
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        Terms.OfPoint<L, Dot<TPlace>>(this, p.Index, x.Components, x.Layout.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(int i) where L : unmanaged, ILane<L, double> => L.Load(x.Values, i) * L.Load(y.Values, i);
}

/// <summary>x · D x with a diagonal D.</summary>
/// <param name="x">Field.</param>
/// <param name="d">D.</param>
public readonly struct DotScaled<TPlace>(
    Field<TPlace, double> x, Field<TPlace, double> d) : IReduction<TPlace>, ITerm
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        Terms.OfPoint<L, DotScaled<TPlace>>(this, p.Index, x.Components, x.Layout.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(int i) where L : unmanaged, ILane<L, double> =>
        L.Load(d.Values, i) * L.Load(x.Values, i) * L.Load(x.Values, i);
}

/// <summary><see cref="Dot{TPlace}"/> of fields in single precision, calculated in double.</summary>
/// <param name="x">Field; likewise <paramref name="y"/>.</param>
public readonly struct DotSingle<TPlace>(
    Field<TPlace, float> x, Field<TPlace, float> y) : IReduction<TPlace>, ITerm
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        Terms.OfPoint<L, DotSingle<TPlace>>(this, p.Index, x.Components, x.Layout.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(int i) where L : unmanaged, ILane<L, double> =>
        L.LoadSingle(x.Values, i) * L.LoadSingle(y.Values, i);
}

/// <summary><see cref="DotScaled{TPlace}"/> of fields in single precision, calculated in double.</summary>
/// <param name="x">Field.</param>
/// <param name="d">D.</param>
public readonly struct DotScaledSingle<TPlace>(
    Field<TPlace, float> x, Field<TPlace, float> d) : IReduction<TPlace>, ITerm
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        Terms.OfPoint<L, DotScaledSingle<TPlace>>(this, p.Index, x.Components, x.Layout.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(int i) where L : unmanaged, ILane<L, double> =>
        L.LoadSingle(d.Values, i) * L.LoadSingle(x.Values, i) * L.LoadSingle(x.Values, i);
}

/// <summary><see cref="Dot{TPlace}"/> of a field in double and one in single precision, the latter times a.</summary>
/// <param name="x">Field.</param>
/// <param name="y">The one in single precision.</param>
/// <param name="a">Its factor.</param>
public readonly struct DotWithSingle<TPlace>(
    Field<TPlace, double> x, Field<TPlace, float> y, double a) : IReduction<TPlace>, ITerm
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        Terms.OfPoint<L, DotWithSingle<TPlace>>(this, p.Index, x.Components, x.Layout.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(int i) where L : unmanaged, ILane<L, double> =>
        L.Load(x.Values, i) * (L.Of(a) * L.LoadSingle(y.Values, i));
}
