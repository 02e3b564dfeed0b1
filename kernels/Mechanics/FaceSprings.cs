namespace MesoLiMg.Kernels;

/// <summary>S u: the forces of springs between a face z = const and what is beside it, at the face's nodes.</summary>
/// <param name="springs">S at nodes of the side, components xx, yy, xy (<see cref="SidePair"/>) [N/m].</param>
/// <param name="u">Displacement at nodes [m].</param>
public readonly struct FaceSprings<T>(Field<Side, T> springs, Field<Node, T> u) where T : unmanaged
{
    /// <summary>The force at a node [N; N/m in plane strain; N/rad in r-z].</summary>
    public NodeVector<L> At<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var (side, ux) = (p.OnSide(springs.Layout), u.At<L>(p, Component.X));
        var along = springs.At<L>(side, SidePair.XX) * ux;
        if (u.Components == 2)
            return new(x: along, y: L.Of(0), z: L.Of(0));
        var (uy, cross) = (u.At<L>(p, Component.Y), springs.At<L>(side, SidePair.XY));
        var fy = L.MulAdd(cross, ux, springs.At<L>(side, SidePair.YY) * uy);
        return new(x: L.MulAdd(cross, uy, along), y: fy, z: L.Of(0));
    }
}

/// <summary>d ← d + diag S at the nodes of a side.</summary>
/// <param name="springs">S, components xx, yy, xy (<see cref="SidePair"/>) [N/m].</param>
/// <param name="d">Diagonal of the operator at nodes [N/m].</param>
public readonly struct AddSpringDiagonal<T>(Field<Side, T> springs, Field<Node, T> d) : IKernel<Node, T>
    where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var side = p.OnSide(springs.Layout);
        d.Set(p, Component.X, d.At<L>(p, Component.X) + springs.At<L>(side, SidePair.XX));
        if (d.Components == 3)
            d.Set(p, Component.Y, d.At<L>(p, Component.Y) + springs.At<L>(side, SidePair.YY));
    }
}
