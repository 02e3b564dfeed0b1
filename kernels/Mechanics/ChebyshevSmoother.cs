using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// One step of Chebyshev's iteration with Jacobi's preconditioner on A x = b (Saad, Iterative Methods for Sparse Linear
/// Systems, algorithm 12.1, with the last step written as a difference):
/// x_next ← x + a (x - x_before) + c D⁻¹ (b - A x).
/// </summary>
/// <param name="x">x, at nodes as the others.</param>
/// <param name="beforeAndNext">x_before on entry, x_next on exit.</param>
/// <param name="b">Right-hand side.</param>
/// <param name="inverseDiagonal">D⁻¹, 0 where nothing can move.</param>
/// <param name="a">Share of the last step.</param>
/// <param name="c">Share of the correction.</param>
public readonly struct SmoothChebyshev<T>(
    Field<Node, T> x, Field<Node, T> beforeAndNext, Field<Node, T> b, Field<Node, T> inverseDiagonal,
    double a, double c)
    : IForceUse<T> where T : unmanaged
{
    public void Take<L>(in Point<Node> p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        Step(p, Component.X, force.X);
        Step(p, Component.Z, force.Z);
        if (x.Components == 3)
            Step(p, Component.Y, force.Y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<L>(in Point<Node> p, int component, L force) where L : unmanaged, ILane<L, T>
    {
        var i = p.Index + component * x.Layout.Length;
        var now = L.Load(x.Values, i);
        var correction = L.Of(c) * L.Load(inverseDiagonal.Values, i) * (L.Load(b.Values, i) - force);
        L.Store(beforeAndNext.Values, i, now + L.MulAdd(L.Of(a), now - L.Load(beforeAndNext.Values, i), correction));
    }
}

/// <summary>
/// <see cref="SmoothChebyshev{T}"/> with x_before = 0, x_next ← (1 + a) x + c D⁻¹ (b - A x): the second step from zero,
/// and with a = 0 the first one from any x.
/// </summary>
/// <param name="x">x, at nodes as the others.</param>
/// <param name="next">Result.</param>
/// <param name="b">Right-hand side.</param>
/// <param name="inverseDiagonal">D⁻¹, 0 where nothing can move.</param>
/// <param name="a">Share of the last step.</param>
/// <param name="c">Share of the correction.</param>
public readonly struct SmoothChebyshevSecond<T>(
    Field<Node, T> x, Field<Node, T> next, Field<Node, T> b, Field<Node, T> inverseDiagonal, double a, double c)
    : IForceUse<T> where T : unmanaged
{
    public void Take<L>(in Point<Node> p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        Step(p, Component.X, force.X);
        Step(p, Component.Z, force.Z);
        if (x.Components == 3)
            Step(p, Component.Y, force.Y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<L>(in Point<Node> p, int component, L force) where L : unmanaged, ILane<L, T>
    {
        var i = p.Index + component * x.Layout.Length;
        var correction = L.Of(c) * L.Load(inverseDiagonal.Values, i) * (L.Load(b.Values, i) - force);
        L.Store(next.Values, i, L.MulAdd(L.Of(1 + a), L.Load(x.Values, i), correction));
    }
}

/// <summary>The first step of <see cref="SmoothChebyshev{T}"/> from x = 0: x ← c D⁻¹ b, at all elements.</summary>
/// <param name="x">Result.</param>
/// <param name="b">Right-hand side.</param>
/// <param name="inverseDiagonal">D⁻¹, 0 where nothing can move.</param>
/// <param name="c">Share of the correction.</param>
public readonly struct SmoothChebyshevStart<T>(
    Field<Flat, T> x, Field<Flat, T> b, Field<Flat, T> inverseDiagonal, double c)
    : IKernel<Flat, T> where T : unmanaged
{
    public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, T> =>
        x.Set(p, L.Of(c) * inverseDiagonal.At<L>(p) * b.At<L>(p));
}
