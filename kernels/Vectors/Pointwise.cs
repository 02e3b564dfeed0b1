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
