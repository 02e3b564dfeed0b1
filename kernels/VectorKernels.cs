using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>y ← a</summary>
public readonly struct Fill<T>(View<T> y, double a) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(y, p.Index, L.Of(a));
}

/// <summary>y ← x</summary>
public readonly struct Copy<T>(View<T> x, View<T> y) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(y, p.Index, L.Load(x, p.Index));
}

/// <summary>y[p] ← x[p + shift] between fields of two grids whose components lie <c>fromLength</c> and <c>toLength</c> apart.</summary>
public readonly struct CopyAcross(View<double> x, View<double> y, int shift, int components, int fromLength, int toLength) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        for (var c = 0; c < components; c++)
            L.Store(y, p.Index + c * toLength, L.Load(x, p.Index + shift + c * fromLength));
    }
}

/// <summary>y ← the entry of a table for the group of each point.</summary>
public readonly struct Mask(View<double> table, View<int> group, View<double> y) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(y, p.Index, L.Gather(table, 0, group, p.Index));
}

/// <summary>y ← m y at every component, with a mask m of ones and zeros.</summary>
public readonly struct KeepWhere(View<double> mask, View<double> y, int components, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        for (var c = 0; c < components; c++)
            L.Store(y, p.Index + c * length, L.Load(mask, p.Index) * L.Load(y, p.Index + c * length));
    }
}

/// <summary>y ← a x + b y</summary>
public readonly struct Axpby<T>(View<T> x, View<T> y, double a, double b) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> =>
        L.Store(y, p.Index, L.MulAdd(L.Of(a), L.Load(x, p.Index), L.Of(b) * L.Load(y, p.Index)));
}

/// <summary>p ← D⁻¹ r + β p: the next direction of conjugate gradients with Jacobi's preconditioner.</summary>
public readonly struct JacobiDirection<T>(View<T> inverseDiagonal, View<T> r, View<T> p, double beta) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point at) where L : unmanaged, ILane<L, T>
    {
        var descent = L.Load(inverseDiagonal, at.Index) * L.Load(r, at.Index);
        L.Store(p, at.Index, L.MulAdd(L.Of(beta), L.Load(p, at.Index), descent));
    }
}

/// <summary>r ← b - r, the residual where r holds A x.</summary>
public readonly struct SubtractFrom<T>(View<T> b, View<T> r) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(r, p.Index, L.Load(b, p.Index) - L.Load(r, p.Index));
}

/// <summary>p ← z + β p, β = (r·z) now over that before, scalars on the device: the next direction of conjugate gradients. p ← z, whatever p was, where there is none before.</summary>
public readonly struct ConjugateDirection(View<double> z, View<double> p, View<double> scalars, int now, int before) : IKernel<double>
{
    public void Execute<L>(in Point at) where L : unmanaged, ILane<L, double>
    {
        var (last, descent) = (L.Uniform(scalars, before), L.Load(z, at.Index));
        L.Store(p, at.Index, L.IfGreater(last, L.Of(0), L.MulAdd(L.Uniform(scalars, now) / last, L.Load(p, at.Index), descent), descent));
    }
}

/// <summary>x ← x + α p, r ← r - α q with q = A p and α = (r·z)/(p·q) of scalars on the device: one step of conjugate gradients. α = 0 where p·q is not positive. Sums to r · r of the new residual.</summary>
public readonly struct ConjugateStep(View<double> x, View<double> r, View<double> p, View<double> q, View<double> scalars, int descent, int curvature, int components, int length) : IReduction
{
    public L Value<L>(in Point at) where L : unmanaged, ILane<L, double>
    {
        var bend = L.Uniform(scalars, curvature);
        var step = L.IfGreater(bend, L.Of(0), L.Uniform(scalars, descent) / bend, L.Of(0));
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
        var left = L.MulAdd(-step, L.Load(q, i), L.Load(r, i));
        L.Store(x, i, L.MulAdd(step, L.Load(p, i), L.Load(x, i)));
        L.Store(r, i, left);
        return left;
    }
}

/// <summary>What each element of some fields adds to a sum.</summary>
public interface ITerm
{
    /// <summary>The term of element <paramref name="i"/>.</summary>
    L At<L>(int i) where L : unmanaged, ILane<L, double>;
}

/// <summary>Sums over the components of a point: one, two (x, z) or three (x, z, y). Those of x and y come together first, so that exchanging these axes changes no bit.</summary>
public static class Terms
{
    /// <summary>The terms of a point, whose components lie <paramref name="length"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L OfPoint<L, TTerm>(in TTerm term, in Point p, int components, int length) where L : unmanaged, ILane<L, double> where TTerm : struct, ITerm
    {
        var sum = term.At<L>(p.Index);
        if (components == 3)
            sum += term.At<L>(p.Index + 2 * length);
        if (components > 1)
            sum += term.At<L>(p.Index + length);
        return sum;
    }
}

/// <summary>x · y</summary>
public readonly struct Dot(View<double> x, View<double> y, int components, int length) : IReduction, ITerm
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => Terms.OfPoint<L, Dot>(this, p, components, length);

    public L At<L>(int i) where L : unmanaged, ILane<L, double> => L.Load(x, i) * L.Load(y, i);
}

/// <summary>x · D x with a diagonal D.</summary>
public readonly struct DotScaled(View<double> x, View<double> d, int components, int length) : IReduction, ITerm
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => Terms.OfPoint<L, DotScaled>(this, p, components, length);

    public L At<L>(int i) where L : unmanaged, ILane<L, double> => L.Load(d, i) * L.Load(x, i) * L.Load(x, i);
}

/// <summary>One element.</summary>
public readonly struct Element(View<double> x, int offset) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Load(x, p.Index + offset);
}

/// <summary>One element where a mask is 1, else a number.</summary>
public readonly struct ElementWhere(View<double> x, View<double> where, double otherwise) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.IfGreater(L.Load(where, p.Index), L.Of(0.5), L.Load(x, p.Index), L.Of(otherwise));
}

/// <summary>y where x is above a threshold, else -1: its maximum tells whether y is positive there.</summary>
public readonly struct ElementAbove(View<double> x, View<double> y, double threshold) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.IfGreater(L.Load(x, p.Index), L.Of(threshold), L.Load(y, p.Index), L.Of(-1));
}

/// <summary>Where a field is at least a threshold, its position along x (<paramref name="alongX"/> = 1) or z in cells, else -1.</summary>
public readonly struct PositionWhere(View<double> x, double threshold, double alongX) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var position = L.Of(alongX) * L.Ramp(p.X) + L.Of((1 - alongX) * p.Z);
        return L.IfGreater(L.Of(threshold), L.Load(x, p.Index), L.Of(-1), position);
    }
}

/// <summary>One component ← a</summary>
public readonly struct FillComponent<T>(View<T> y, int offset, double a) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(y, p.Index + offset, L.Of(a));
}

/// <summary>|x|</summary>
public readonly struct Magnitude(View<double> x) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Abs(L.Load(x, p.Index));
}
