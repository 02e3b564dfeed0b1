namespace MesoLiMg.Kernels;

/// <summary>The forces K u of elements at nodes [N; N/m in plane strain; N/rad in r-z].</summary>
public interface INodalForces<T> where T : unmanaged
{
    /// <summary>The sum over the cells of a node.</summary>
    NodeVector<L> At<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>;
}

/// <summary>
/// What becomes of the force at a node: as nothing else needs it, it is used where it is computed and not kept.
/// </summary>
public interface IForceUse<T> where T : unmanaged
{
    /// <summary>Takes the force at a node.</summary>
    void Take<L>(in Point<Node> p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>;
}

/// <summary>K u where every node computes the forces of its cells by itself.</summary>
/// <param name="element">Elements.</param>
/// <param name="material">Their material.</param>
/// <param name="u">Displacement at nodes [m].</param>
public readonly struct ForcesByNode<TElement, TMaterial, T>(TElement element, TMaterial material, Field<Node, T> u)
    : INodalForces<T>
    where TElement : struct, INodalElement<T> where TMaterial : struct, IMaterial<T> where T : unmanaged
{
    public NodeVector<L> At<L>(in Point<Node> p) where L : unmanaged, ILane<L, T> =>
        element.Force<L, TMaterial>(material, u, p);
}

/// <summary>K u at nodes, and what becomes of it.</summary>
public readonly struct ApplyStiffness<TForces, TUse, T>(TForces forces, TUse use) : IKernel<Node, T>
    where TForces : struct, INodalForces<T> where TUse : struct, IForceUse<T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T> => use.Take(p, forces.At<L>(p));
}

/// <summary>(K + S) u at the nodes of a face with springs, and what becomes of it.</summary>
public readonly struct ApplyStiffnessAndSprings<TForces, TUse, T>(TForces forces, FaceSprings<T> springs, TUse use)
    : IKernel<Node, T>
    where TForces : struct, INodalForces<T> where TUse : struct, IForceUse<T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var (elements, held) = (forces.At<L>(p), springs.At<L>(p));
        use.Take(p, NodeSums.Sum<L, T>(elements, held));
    }
}

/// <summary>f ← K u at free components, 0 elsewhere.</summary>
/// <param name="free">Free components.</param>
/// <param name="f">Result at nodes.</param>
public readonly struct KeepForce<T>(FreeComponents<T> free, Field<Node, T> f) : IForceUse<T> where T : unmanaged
{
    public void Take<L>(in Point<Node> p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        f.Set(p, Component.X, force.X * free.At<L>(p, Component.X));
        f.Set(p, Component.Z, force.Z * free.At<L>(p, Component.Z));
        if (f.Components == 3)
            f.Set(p, Component.Y, force.Y * free.At<L>(p, Component.Y));
    }
}

/// <summary>r ← b - K u at free components, 0 elsewhere.</summary>
/// <param name="free">Free components.</param>
/// <param name="b">Load at nodes.</param>
/// <param name="r">Result at nodes.</param>
public readonly struct KeepResidual<T>(FreeComponents<T> free, Field<Node, T> b, Field<Node, T> r) : IForceUse<T>
    where T : unmanaged
{
    public void Take<L>(in Point<Node> p, in NodeVector<L> force) where L : unmanaged, ILane<L, T>
    {
        r.Set(p, Component.X, (b.At<L>(p, Component.X) - force.X) * free.At<L>(p, Component.X));
        r.Set(p, Component.Z, (b.At<L>(p, Component.Z) - force.Z) * free.At<L>(p, Component.Z));
        if (r.Components == 3)
            r.Set(p, Component.Y, (b.At<L>(p, Component.Y) - force.Y) * free.At<L>(p, Component.Y));
    }
}
