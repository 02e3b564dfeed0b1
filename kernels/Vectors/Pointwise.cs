namespace MesoLiMg.Kernels;

/// <summary>y ← a</summary>
/// <param name="y">Result.</param>
/// <param name="a">Number.</param>
public readonly struct Fill<TPlace, T>(
    Field<TPlace, T> y, double a) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> =>
        y.Set(p, L.Of(a));
}

/// <summary>One component ← a</summary>
/// <param name="y">Field that it belongs to.</param>
/// <param name="component">Its number.</param>
/// <param name="a">Number.</param>
public readonly struct FillComponent<TPlace, T>(
    Field<TPlace, T> y, int component, double a) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> =>
        y.Set(p, component, L.Of(a));
}

/// <summary>y ← x</summary>
/// <param name="x">Field.</param>
/// <param name="y">Result.</param>
public readonly struct Copy<TPlace, T>(
    Field<TPlace, T> x, Field<TPlace, T> y) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> =>
        y.Set(p, x.At<L>(p));
}

/// <summary>y ← a x</summary>
/// <param name="x">Field.</param>
/// <param name="y">Result.</param>
/// <param name="a">Factor.</param>
public readonly struct Scale<TPlace>(
    Field<TPlace, double> x, Field<TPlace, double> y, double a) : IKernel<TPlace, double>
    where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p, L.Of(a) * x.At<L>(p));
}

/// <summary>y ← a x + b y</summary>
/// <param name="x">Field.</param>
/// <param name="y">Result.</param>
/// <param name="a">Factor of x.</param>
/// <param name="b">Factor of y.</param>
public readonly struct Axpby<TPlace, T>(
    Field<TPlace, T> x, Field<TPlace, T> y, double a, double b) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> =>
        y.Set(p, L.MulAdd(L.Of(a), x.At<L>(p), L.Of(b) * y.At<L>(p)));
}

/// <summary>d ← a - b</summary>
/// <param name="a">Field; likewise <paramref name="b"/>.</param>
/// <param name="d">Result.</param>
public readonly struct Difference<TPlace>(
    Field<TPlace, double> a, Field<TPlace, double> b, Field<TPlace, double> d) : IKernel<TPlace, double>
    where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        d.Set(p, a.At<L>(p) - b.At<L>(p));
}

/// <summary>r ← b - r, the residual where r holds A x.</summary>
/// <param name="b">Right side.</param>
/// <param name="r">A x, and the result.</param>
public readonly struct SubtractFrom<TPlace, T>(
    Field<TPlace, T> b, Field<TPlace, T> r) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> =>
        r.Set(p, b.At<L>(p) - r.At<L>(p));
}

/// <summary>y ← d x, pointwise.</summary>
/// <param name="d">Field; likewise <paramref name="x"/>.</param>
/// <param name="y">Result.</param>
public readonly struct Multiply<TPlace, T>(
    Field<TPlace, T> d, Field<TPlace, T> x, Field<TPlace, T> y) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> =>
        y.Set(p, d.At<L>(p) * x.At<L>(p));
}
