namespace MesoLiMg.Kernels;

/// <summary>d ← a - b</summary>
/// <param name="a">Field; likewise <paramref name="b"/>.</param>
/// <param name="d">Result.</param>
public readonly struct Difference(View<double> a, View<double> b, View<double> d) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(d, p.Index, L.Load(a, p.Index) - L.Load(b, p.Index));
}

/// <summary>y ← a x</summary>
/// <param name="x">Field.</param>
/// <param name="y">Result.</param>
/// <param name="a">Factor.</param>
public readonly struct Scale(View<double> x, View<double> y, double a) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(y, p.Index, L.Of(a) * L.Load(x, p.Index));
}

/// <summary>y ← d x, pointwise.</summary>
/// <param name="d">Field; likewise <paramref name="x"/>.</param>
/// <param name="y">Result.</param>
public readonly struct Multiply<TPlace, T>(
    Field<TPlace, T> d, Field<TPlace, T> x, Field<TPlace, T> y) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T> => y.Set(p, d.At<L>(p) * x.At<L>(p));
}
