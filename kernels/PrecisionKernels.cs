using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>y ← a x, rounded to single precision.</summary>
public readonly struct ToSingle(View<double> x, View<float> y, double a) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.StoreSingle(y, p.Index, L.Of(a) * L.Load(x, p.Index));
}

/// <summary>y ← a x with x in single precision.</summary>
public readonly struct ToDouble(View<float> x, View<double> y, double a) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(y, p.Index, L.Of(a) * L.LoadSingle(x, p.Index));
}

/// <summary><see cref="Dot"/> of fields in single precision, calculated in double.</summary>
public readonly struct DotSingle(View<float> x, View<float> y, int components, int length) : IReduction, ITerm
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => Terms.OfPoint<L, DotSingle>(this, p, components, length);

    public L At<L>(int i) where L : unmanaged, ILane<L, double> => L.LoadSingle(x, i) * L.LoadSingle(y, i);
}

/// <summary><see cref="DotScaled"/> of fields in single precision, calculated in double.</summary>
public readonly struct DotScaledSingle(View<float> x, View<float> d, int components, int length) : IReduction, ITerm
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => Terms.OfPoint<L, DotScaledSingle>(this, p, components, length);

    public L At<L>(int i) where L : unmanaged, ILane<L, double> => L.LoadSingle(d, i) * L.LoadSingle(x, i) * L.LoadSingle(x, i);
}

/// <summary><see cref="Dot"/> of a field in double and one in single precision, the latter times a.</summary>
public readonly struct DotWithSingle(View<double> x, View<float> y, double a, int components, int length) : IReduction, ITerm
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => Terms.OfPoint<L, DotWithSingle>(this, p, components, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(int i) where L : unmanaged, ILane<L, double> => L.Load(x, i) * (L.Of(a) * L.LoadSingle(y, i));
}

/// <summary>One element of a field in single precision.</summary>
public readonly struct ElementSingle(View<float> x, int offset) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.LoadSingle(x, p.Index + offset);
}

/// <summary><see cref="ConjugateDirection"/> with z in single precision, times a.</summary>
public readonly struct ConjugateDirectionSingle(View<float> z, View<double> p, View<double> scalars, double a, int now, int before) : IKernel<double>
{
    public void Execute<L>(in Point at) where L : unmanaged, ILane<L, double>
    {
        var (last, descent) = (L.Uniform(scalars, before), L.Of(a) * L.LoadSingle(z, at.Index));
        L.Store(p, at.Index, L.IfGreater(last, L.Of(0), L.MulAdd(L.Uniform(scalars, now) / last, L.Load(p, at.Index), descent), descent));
    }
}
