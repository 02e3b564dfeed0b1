namespace MesoLiMg.Kernels;

/// <summary>
/// Which displacement components are free at a node: the product of one 0/1 vector per axis and component, since
/// constraints are whole faces. Entry i of component c along an axis is at <c>c Length + i + 1</c>. Ghosts are not
/// free, nor is the last node along a periodic axis, which repeats the first.
/// </summary>
public readonly struct FreeComponents<T>(View<T> x, View<T> y, View<T> z, int length) where T : unmanaged
{
    /// <summary>1 or 0 for a component (<see cref="Component"/>).</summary>
    public L At<L>(in Point<Node> p, int component) where L : unmanaged, ILane<L, T>
    {
        var first = component * length + 1;
        return L.Load(x, first + p.X) * L.Uniform(y, first + p.Y) * L.Uniform(z, first + p.Z);
    }
}

/// <summary>y ← y where free, 0 elsewhere.</summary>
/// <param name="free">Free components.</param>
/// <param name="y">A vector at nodes.</param>
public readonly struct KeepFree<T>(FreeComponents<T> free, Field<Node, T> y) : IKernel<Node, T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < y.Components; c++)
            y.Set(p, c, y.At<L>(p, c) * free.At<L>(p, c));
    }
}

/// <summary>
/// d ← 1/d where free and d &gt; 0, else 0: Jacobi's inverse, which also keeps constrained components untouched.
/// </summary>
/// <param name="free">Free components.</param>
/// <param name="d">A diagonal at nodes.</param>
public readonly struct InvertDiagonal<T>(FreeComponents<T> free, Field<Node, T> d) : IKernel<Node, T>
    where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < d.Components; c++)
        {
            var value = d.At<L>(p, c);
            var safe = L.IfGreater(value, L.Of(0), value, L.Of(1));
            d.Set(p, c, L.IfGreater(value, L.Of(0), free.At<L>(p, c) / safe, L.Of(0)));
        }
    }
}

/// <summary>A component of a displacement that is linear in x and y: u ← a + b x + c y [m].</summary>
/// <param name="u">Displacement at nodes.</param>
/// <param name="component">Which one (<see cref="Component"/>).</param>
/// <param name="x">Position of nodes along x from the middle [m], entry x+1; likewise <paramref name="y"/>.</param>
public readonly struct LinearMotion(
    Field<Node, double> u, int component, View<double> x, View<double> y, double a, double b, double c)
    : IKernel<Node, double>
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, double> => u.Set(
        p, component, L.MulAdd(L.Of(b), L.Load(x, p.X + 1), L.MulAdd(L.Of(c), L.Uniform(y, p.Y + 1), L.Of(a))));
}
