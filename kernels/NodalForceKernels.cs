using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>The forces K u of elements at nodes [N; N/m in plane strain; N/rad in r-z].</summary>
public interface INodalForces<T> where T : unmanaged
{
    /// <summary>The sum over the cells of node <paramref name="p"/>.</summary>
    NodeVector<L> At<L>(in Point p) where L : unmanaged, ILane<L, T>;
}

/// <summary>What becomes of the force at a node: as nothing else needs it, it is used where it is computed and not kept.</summary>
public interface IForceUse<T> where T : unmanaged
{
    /// <summary>Takes the force at node <paramref name="p"/>.</summary>
    void Take<L>(in Point p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>;
}

/// <summary>K u where every node computes the forces of its cells by itself.</summary>
public readonly struct ForcesByNode<TOperator, T>(TOperator stiffness, View<T> u) : INodalForces<T> where TOperator : struct, INodalOperator<T> where T : unmanaged
{
    public NodeVector<L> At<L>(in Point p) where L : unmanaged, ILane<L, T> => stiffness.Force<L>(u, p);
}

/// <summary>K u at nodes, and what becomes of it.</summary>
public readonly struct ApplyStiffness<TForces, TUse, T>(TForces forces, TUse use) : IKernel<T>
    where TForces : struct, INodalForces<T> where TUse : struct, IForceUse<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => use.Take(p, forces.At<L>(p));
}

/// <summary>(K + S) u at the nodes of a face with springs, and what becomes of it.</summary>
public readonly struct ApplyStiffnessAndSprings<TForces, TUse, T>(TForces forces, FaceSprings<T> springs, TUse use) : IKernel<T>
    where TForces : struct, INodalForces<T> where TUse : struct, IForceUse<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (elements, held) = (forces.At<L>(p), springs.At<L>(p.On<Node>()));
        use.Take(p, NodeSums.Sum<L, T>(elements, held));
    }
}

/// <summary>f ← K u at free components, 0 elsewhere.</summary>
public readonly struct KeepForce<T>(FreeComponents<T> free, View<T> f, int components, int length) : IForceUse<T> where T : unmanaged
{
    public void Take<L>(in Point p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        L.Store(f, p.Index, force.X * free.At<L>(p, 0));
        L.Store(f, p.Index + length, force.Z * free.At<L>(p, 1));
        if (components == 3)
            L.Store(f, p.Index + 2 * length, force.Y * free.At<L>(p, 2));
    }
}

/// <summary>r ← b - K u at free components, 0 elsewhere.</summary>
public readonly struct KeepResidual<T>(FreeComponents<T> free, View<T> b, View<T> r, int components, int length) : IForceUse<T> where T : unmanaged
{
    public void Take<L>(in Point p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        L.Store(r, p.Index, (L.Load(b, p.Index) - force.X) * free.At<L>(p, 0));
        L.Store(r, p.Index + length, (L.Load(b, p.Index + length) - force.Z) * free.At<L>(p, 1));
        if (components == 3)
            L.Store(r, p.Index + 2 * length, (L.Load(b, p.Index + 2 * length) - force.Y) * free.At<L>(p, 2));
    }
}

/// <summary>
/// One step of Chebyshev's iteration with Jacobi's preconditioner on A x = b (Saad, Iterative Methods for Sparse Linear Systems, algorithm 12.1, with the last step written as a difference):
/// x_next ← x + a (x - x_before) + c D⁻¹ (b - A x).
/// </summary>
/// <param name="beforeAndNext">x_before on entry, x_next on exit.</param>
/// <param name="inverseDiagonal">D⁻¹, 0 where nothing can move.</param>
public readonly struct SmoothChebyshev<T>(View<T> x, View<T> beforeAndNext, View<T> b, View<T> inverseDiagonal, double a, double c, int components, int length) : IForceUse<T> where T : unmanaged
{
    public void Take<L>(in Point p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        Step(p.Index, force.X);
        Step(p.Index + length, force.Z);
        if (components == 3)
            Step(p.Index + 2 * length, force.Y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<L>(int i, L force) where L : unmanaged, ILane<L, T>
    {
        var (now, correction) = (L.Load(x, i), L.Of(c) * L.Load(inverseDiagonal, i) * (L.Load(b, i) - force));
        L.Store(beforeAndNext, i, now + L.MulAdd(L.Of(a), now - L.Load(beforeAndNext, i), correction));
    }
}

/// <summary><see cref="SmoothChebyshev{T}"/> with x_before = 0, x_next ← (1 + a) x + c D⁻¹ (b - A x): the second step from zero, and with a = 0 the first one from any x.</summary>
public readonly struct SmoothChebyshevSecond<T>(View<T> x, View<T> next, View<T> b, View<T> inverseDiagonal, double a, double c, int components, int length) : IForceUse<T> where T : unmanaged
{
    public void Take<L>(in Point p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        Step(p.Index, force.X);
        Step(p.Index + length, force.Z);
        if (components == 3)
            Step(p.Index + 2 * length, force.Y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step<L>(int i, L force) where L : unmanaged, ILane<L, T>
    {
        var correction = L.Of(c) * L.Load(inverseDiagonal, i) * (L.Load(b, i) - force);
        L.Store(next, i, L.MulAdd(L.Of(1 + a), L.Load(x, i), correction));
    }
}

/// <summary>The first step of <see cref="SmoothChebyshev{T}"/> from x = 0: x ← c D⁻¹ b.</summary>
public readonly struct SmoothChebyshevStart<T>(View<T> x, View<T> b, View<T> inverseDiagonal, double c) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T> => L.Store(x, p.Index, L.Of(c) * L.Load(inverseDiagonal, p.Index) * L.Load(b, p.Index));
}
