namespace MesoLiMg.Kernels;

/// <summary>packed_i ← x[dof_i]</summary>
public readonly struct Pack<T>(Field<Node, T> x, View<int> dofs, Field<Flat, T> packed) : IKernel<Flat, T>
    where T : unmanaged
{
    public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, T> =>
        packed.Set(p, L.Gather(x.Values, 0, dofs, p.Index));
}

/// <summary>x ← packed[position], where unknowns that are constrained have the position of a zero.</summary>
public readonly struct Unpack<T>(Field<Flat, T> packed, View<int> position, Field<Flat, T> x) : IKernel<Flat, T>
    where T : unmanaged
{
    public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, T> =>
        x.Set(p, L.Gather(packed.Values, 0, position, p.Index));
}

/// <summary>
/// y_i ← Σ_j M_ij b_j with a symmetric dense matrix, by rows of length <paramref name="stride"/>. However the unknowns
/// are numbered, y has the same bits (<see cref="PartialResult{L}"/>).
/// </summary>
public readonly struct DenseMultiply(View<double> matrix, Field<Flat, double> b, Field<Flat, double> y, int count,
    int stride) : IKernel<Flat, double>
{
    public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
    {
        var sum = PartialResult<L>.Start(Reduction.Sum);
        for (var j = 0; j < count; j++)
            sum = sum.With(L.Load(matrix, j * stride + p.Index) * L.Uniform(b.Values, j), Reduction.Sum);
        y.Set(p, sum.Rounded);
    }
}

/// <summary>
/// R ← I - A (X + X_low), to twice the precision: how far X + X_low is from the inverse of A. All are dense, point (x,
/// y) being column x of row y.
/// </summary>
public readonly struct InverseResidual(
    Field<Flat, double> matrix, Field<Flat, double> inverse, Field<Flat, double> low, Field<Flat, double> residual,
        int count) : IKernel<Flat, double>
{
    public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
    {
        var (row, rest) = (p.Y * matrix.Layout.StrideY, L.Of(0));
        var sum = new PartialResult<L>(L.IfGreater(L.Of(0.5), L.Abs(L.Ramp(p.X) - L.Of(p.Y)), L.Of(1), L.Of(0)),
            L.Of(0));
        for (var k = 0; k < count; k++)
        {
            var (a, x) = (-L.Uniform(matrix.Values, row + k), L.Load(inverse.Values, k * matrix.Layout.StrideY + p.X));
            var product = a * x;
            sum = sum.With(product, Reduction.Sum);
            // What the product's rounding left over, where multiplication and addition are fused.
            rest += L.MulAdd(a, L.Load(low.Values, k * matrix.Layout.StrideY + p.X), L.MulAdd(a, x, -product));
        }
        residual.Set(p, sum.Value + (sum.Rest + rest));
    }
}

/// <summary>
/// X + X_low ← X + X_low + X₀ R with an approximate inverse X₀ and the R of <see cref="InverseResidual"/> (Newton's and
/// Schulz's iteration).
/// </summary>
public readonly struct RefineInverse(
    Field<Flat, double> approximate, Field<Flat, double> residual, Field<Flat, double> inverse, Field<Flat, double> low,
        int count) : IKernel<Flat, double>
{
    public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
    {
        var change = L.Of(0);
        for (var k = 0; k < count; k++)
            change = L.MulAdd(L.Uniform(approximate.Values, p.Y * inverse.Layout.StrideY + k),
                L.Load(residual.Values, k * inverse.Layout.StrideY + p.X), change);
        var sum = new PartialResult<L>(inverse.At<L>(p), low.At<L>(p)).With(change, Reduction.Sum);
        var rounded = sum.Rounded;
        inverse.Set(p, rounded);
        low.Set(p, sum.Rest - (rounded - sum.Value));
    }
}
