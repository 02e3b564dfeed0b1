namespace MesoLiMg.Kernels;

/// <summary>packed_i ← x[dof_i]</summary>
public readonly struct Pack<T>(View<T> x, View<int> dofs, View<T> packed) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(packed, p.Index, L.Gather(x, 0, dofs, p.Index));
}

/// <summary>x ← packed[position], where unknowns that are constrained have the position of a zero.</summary>
public readonly struct Unpack<T>(View<T> packed, View<int> position, View<T> x) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(x, p.Index, L.Gather(packed, 0, position, p.Index));
}

/// <summary>y_i ← Σ_j M_ij b_j with a symmetric dense matrix, by rows of length <paramref name="stride"/>. However the unknowns are numbered, y has the same bits (<see cref="PartialResult{L}"/>).</summary>
public readonly struct DenseMultiply(View<double> matrix, View<double> b, View<double> y, int count, int stride) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var sum = PartialResult<L>.Start(Reduction.Sum);
        for (var j = 0; j < count; j++)
            sum = sum.With(L.Load(matrix, j * stride + p.Index) * L.Uniform(b, j), Reduction.Sum);
        L.Store(y, p.Index, sum.Rounded);
    }
}

/// <summary>R ← I - A (X + X_low), to twice the precision: how far X + X_low is from the inverse of A. All are dense, point (x, y) being column x of row y.</summary>
public readonly struct InverseResidual(View<double> matrix, View<double> inverse, View<double> low, View<double> residual, Layout layout, int count) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (row, rest) = (p.Y * layout.StrideY, L.Of(0));
        var sum = new PartialResult<L>(L.IfGreater(L.Of(0.5), L.Abs(L.Ramp(p.X) - L.Of(p.Y)), L.Of(1), L.Of(0)), L.Of(0));
        for (var k = 0; k < count; k++)
        {
            var (a, x) = (-L.Uniform(matrix, row + k), L.Load(inverse, k * layout.StrideY + p.X));
            var product = a * x;
            sum = sum.With(product, Reduction.Sum);
            // What the product's rounding left over, where multiplication and addition are fused.
            rest += L.MulAdd(a, L.Load(low, k * layout.StrideY + p.X), L.MulAdd(a, x, -product));
        }
        L.Store(residual, p.Index, sum.Value + (sum.Rest + rest));
    }
}

/// <summary>X + X_low ← X + X_low + X₀ R with an approximate inverse X₀ and the R of <see cref="InverseResidual"/> (Newton's and Schulz's iteration).</summary>
public readonly struct RefineInverse(View<double> approximate, View<double> residual, View<double> inverse, View<double> low, Layout layout, int count) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var change = L.Of(0);
        for (var k = 0; k < count; k++)
            change = L.MulAdd(L.Uniform(approximate, p.Y * layout.StrideY + k), L.Load(residual, k * layout.StrideY + p.X), change);
        var sum = new PartialResult<L>(L.Load(inverse, p.Index), L.Load(low, p.Index)).With(change, Reduction.Sum);
        var rounded = sum.Rounded;
        L.Store(inverse, p.Index, rounded);
        L.Store(low, p.Index, sum.Rest - (rounded - sum.Value));
    }
}
