namespace MesoLiMg.Kernels;

/// <summary>p ← D⁻¹ r + β p: the next direction of conjugate gradients with Jacobi's preconditioner.</summary>
/// <param name="inverseDiagonal">D⁻¹.</param>
/// <param name="r">Residual.</param>
/// <param name="p">Direction.</param>
/// <param name="beta">β.</param>
public readonly struct JacobiDirection<TPlace, T>(
    Field<TPlace, T> inverseDiagonal, Field<TPlace, T> r, Field<TPlace, T> p, double beta) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> at) where L : unmanaged, ILane<L, T>
    {
        var descent = inverseDiagonal.At<L>(at) * r.At<L>(at);
        p.Set(at, L.MulAdd(L.Of(beta), p.At<L>(at), descent));
    }
}

/// <summary>
/// p ← z + β p, β = (r·z) now over that before, scalars on the device: the next direction of conjugate gradients. p ←
/// z, whatever p was, where there is none before.
/// </summary>
/// <param name="z">Preconditioned residual.</param>
/// <param name="p">Direction.</param>
/// <param name="scalars">Where r·z are.</param>
/// <param name="now">Number of r·z among the scalars; likewise <paramref name="before"/>.</param>
public readonly struct ConjugateDirection<TPlace>(
    Field<TPlace, double> z, Field<TPlace, double> p, View<double> scalars, int now, int before)
        : IKernel<TPlace, double>
    where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> at) where L : unmanaged, ILane<L, double>
    {
        var (last, descent) = (L.Uniform(scalars, before), z.At<L>(at));
        var next = L.MulAdd(L.Uniform(scalars, now) / last, p.At<L>(at), descent);
        p.Set(at, L.IfGreater(last, L.Of(0), next, descent));
    }
}

/// <summary><see cref="ConjugateDirection{TPlace}"/> with z in single precision, times a.</summary>
/// <param name="z">Preconditioned residual over a.</param>
/// <param name="p">Direction.</param>
/// <param name="scalars">Where r·z are.</param>
/// <param name="a">Factor of z.</param>
/// <param name="now">Number of r·z among the scalars; likewise <paramref name="before"/>.</param>
public readonly struct ConjugateDirectionSingle<TPlace>(
    Field<TPlace, float> z, Field<TPlace, double> p, View<double> scalars, double a, int now, int before)
    : IKernel<TPlace, double> where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> at) where L : unmanaged, ILane<L, double>
    {
        var (last, descent) = (L.Uniform(scalars, before), L.Of(a) * L.LoadSingle(z.Values, at.Index));
        var next = L.MulAdd(L.Uniform(scalars, now) / last, p.At<L>(at), descent);
        p.Set(at, L.IfGreater(last, L.Of(0), next, descent));
    }
}

/// <summary>
/// x ← x + α p, r ← r - α q with q = A p and α = (r·z)/(p·q) of scalars on the device: one step of conjugate gradients.
/// α = 0 where p·q is not positive. Sums to r · r of the new residual.
/// </summary>
/// <param name="x">Solution.</param>
/// <param name="r">Residual.</param>
/// <param name="p">Direction.</param>
/// <param name="q">A p.</param>
/// <param name="scalars">Where r·z and p·q are.</param>
/// <param name="descent">Number of r·z among the scalars.</param>
/// <param name="curvature">Number of p·q.</param>
public readonly struct ConjugateStep<TPlace>(
    Field<TPlace, double> x, Field<TPlace, double> r, Field<TPlace, double> p, Field<TPlace, double> q,
    View<double> scalars, int descent, int curvature) : IReduction<TPlace> where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> at) where L : unmanaged, ILane<L, double>
    {
        var bend = L.Uniform(scalars, curvature);
        var step = L.IfGreater(bend, L.Of(0), L.Uniform(scalars, descent) / bend, L.Of(0));
        var (components, length) = (x.Components, x.Layout.Length);
        var left = Step(at.Index, step);
        var sum = left * left;
        if (components == 3)
        {
            left = Step(at.Index + 2 * length, step);
            sum += left * left;
        }
        if (components > 1)
        {
            left = Step(at.Index + length, step);
            sum += left * left;
        }
        return sum;
    }

    private L Step<L>(int i, L step) where L : unmanaged, ILane<L, double>
    {
        var left = L.MulAdd(-step, L.Load(q.Values, i), L.Load(r.Values, i));
        L.Store(x.Values, i, L.MulAdd(step, L.Load(p.Values, i), L.Load(x.Values, i)));
        L.Store(r.Values, i, left);
        return left;
    }
}
