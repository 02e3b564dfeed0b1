namespace MesoLiMg.Kernels;

/// <summary>y ← a x, rounded to single precision.</summary>
/// <param name="x">Field.</param>
/// <param name="y">Result.</param>
/// <param name="a">Factor.</param>
public readonly struct ToSingle<TPlace>(
    Field<TPlace, double> x, Field<TPlace, float> y, double a) : IKernel<TPlace, double>
    where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        L.StoreSingle(y.Values, p.Index, L.Of(a) * x.At<L>(p));
}

/// <summary>y ← a x with x in single precision.</summary>
/// <param name="x">Field.</param>
/// <param name="y">Result.</param>
/// <param name="a">Factor.</param>
public readonly struct ToDouble<TPlace>(
    Field<TPlace, float> x, Field<TPlace, double> y, double a) : IKernel<TPlace, double>
    where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p, L.Of(a) * L.LoadSingle(x.Values, p.Index));
}
