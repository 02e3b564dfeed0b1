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

/// <summary>x · y of fields in single precision with several components, summed in double.</summary>
public readonly struct DotSingle(View<float> x, View<float> y, int components, int length) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var sum = L.LoadSingle(x, p.Index) * L.LoadSingle(y, p.Index);
        for (var c = 1; c < components; c++)
            sum = L.MulAdd(L.LoadSingle(x, p.Index + c * length), L.LoadSingle(y, p.Index + c * length), sum);
        return sum;
    }
}

/// <summary>One element of a field in single precision.</summary>
public readonly struct ElementSingle(View<float> x, int offset) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.LoadSingle(x, p.Index + offset);
}
