namespace MesoLiMg.Kernels;

/// <summary>
/// The tangential law of an interface at one of its nodes: the traction t that the film feels there, from the film's
/// displacement u_t along the face, and its derivative. A struct of fields of the side and numbers.
/// </summary>
public interface ITangentialLaw
{
    /// <summary>t and -A ∂t/∂u_t at a node.</summary>
    /// <param name="p">The node in the plane of its side, to read the law's fields at.</param>
    /// <param name="node">What the film does there.</param>
    SideResponse<L> At<L>(in Point<Side> p, in SideNode<L> node) where L : unmanaged, ILane<L, double>;
}

/// <summary>What a law is given at a node of a side.</summary>
/// <param name="ux">u_x [m]; 0 where it is held.</param>
/// <param name="uy">u_y [m]; 0 where it is held and in two dimensions.</param>
/// <param name="area">A, the area of the node [m²; m in plane strain; m²/rad in r-z].</param>
public readonly struct SideNode<L>(L ux, L uy, L area) where L : unmanaged
{
    public readonly L Ux = ux, Uy = uy, Area = area;
}

/// <summary>What a law gives at a node of a side.</summary>
/// <param name="tx">t_x [Pa].</param>
/// <param name="ty">t_y [Pa].</param>
/// <param name="xx">-A ∂t_x/∂u_x [N/m]; with <paramref name="yy"/> and <paramref name="xy"/> a symmetric tensor that is
/// not negative: it becomes springs of an operator that conjugate gradients and multigrid solve.</param>
/// <param name="yy">-A ∂t_y/∂u_y [N/m].</param>
/// <param name="xy">-A ∂t_x/∂u_y [N/m].</param>
public readonly struct SideResponse<L>(L tx, L ty, L xx, L yy, L xy) where L : unmanaged
{
    public readonly L Tx = tx, Ty = ty, XX = xx, YY = yy, XY = xy;
}

/// <summary>Order in memory of the springs of a node of a side, a symmetric tensor in the plane.</summary>
public static class SidePair
{
    public const int XX = 0, YY = 1, XY = 2;

    /// <summary>Components of the tensor.</summary>
    public const int Count = 3;
}

/// <summary>Order in memory of the components of a vector in the plane of a side.</summary>
public static class SideComponent
{
    public const int X = 0, Y = 1;
}

/// <summary>r ← r + A t(u) at the nodes of a side, and t kept.</summary>
/// <param name="law">t(u_t).</param>
/// <param name="u">Displacement at nodes [m].</param>
/// <param name="traction">Result: t of the nodes, components x, y [Pa].</param>
/// <param name="r">Force at nodes, to be added to [N; N/m in plane strain; N/rad in r-z].</param>
/// <param name="areas">A of the nodes.</param>
/// <param name="free">Components that are not held.</param>
public readonly struct AddInterfaceForce<TLaw>(
    TLaw law, Field<Node, double> u, Field<Side, double> traction, Field<Node, double> r, Field<Side, double> areas,
    FreeComponents<double> free) : IKernel<Node, double>
    where TLaw : struct, ITangentialLaw
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, double>
    {
        var (side, area) = (p.OnSide(areas.Layout), areas.At<L>(p.OnSide(areas.Layout)));
        var freeX = free.At<L>(p, Component.X);
        var freeY = u.Components == 3 ? free.At<L>(p, Component.Y) : L.Of(0);
        var uy = u.Components == 3 ? freeY * u.At<L>(p, Component.Y) : L.Of(0);
        var response = law.At(side, new SideNode<L>(freeX * u.At<L>(p, Component.X), uy, area));
        traction.Set(side, SideComponent.X, response.Tx);
        traction.Set(side, SideComponent.Y, response.Ty);
        r.Set(p, Component.X, L.MulAdd(area * freeX, response.Tx, r.At<L>(p, Component.X)));
        if (r.Components == 3)
            r.Set(p, Component.Y, L.MulAdd(area * freeY, response.Ty, r.At<L>(p, Component.Y)));
    }
}

/// <summary>
/// S ← -A ∂t/∂u_t at the nodes of a side: the springs that the interface is for a small displacement.
/// </summary>
/// <param name="law">t(u_t).</param>
/// <param name="u">Displacement at nodes [m].</param>
/// <param name="springs">Result, components xx, yy, xy (<see cref="SidePair"/>) [N/m].</param>
/// <param name="areas">A of the nodes.</param>
/// <param name="free">Components that are not held; the springs of the others are 0.</param>
public readonly struct LineariseInterface<TLaw>(
    TLaw law, Field<Node, double> u, Field<Side, double> springs, Field<Side, double> areas,
    FreeComponents<double> free) : IKernel<Node, double>
    where TLaw : struct, ITangentialLaw
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, double>
    {
        var side = p.OnSide(areas.Layout);
        var freeX = free.At<L>(p, Component.X);
        var freeY = u.Components == 3 ? free.At<L>(p, Component.Y) : L.Of(0);
        var uy = u.Components == 3 ? freeY * u.At<L>(p, Component.Y) : L.Of(0);
        var node = new SideNode<L>(freeX * u.At<L>(p, Component.X), uy, areas.At<L>(side));
        var response = law.At(side, node);
        springs.Set(side, SidePair.XX, response.XX * freeX);
        springs.Set(side, SidePair.YY, response.YY * freeY);
        springs.Set(side, SidePair.XY, response.XY * (freeX * freeY));
    }
}
