namespace MesoLiMg.Kernels;

/// <summary>f_z ← f_z - p A: a pressure on a face with outward normal z.</summary>
/// <param name="f">Force at nodes [N; N/m in plane strain; N/rad in r-z].</param>
/// <param name="areas">A of the side's nodes, ∫ N dA [m²; m; m²/rad].</param>
/// <param name="pressure">p [Pa].</param>
public readonly struct AddPressure(Field<Node, double> f, Field<Side, double> areas, double pressure)
    : IKernel<Node, double>
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, double>
    {
        var area = areas.At<L>(p.OnSide(areas.Layout));
        f.Set(p, Component.Z, L.MulAdd(area, L.Of(-pressure), f.At<L>(p, Component.Z)));
    }
}

/// <summary>A of a node [m²; m in plane strain; m²/rad in r-z]; summed, that of the side.</summary>
/// <param name="areas">A of the side's nodes.</param>
public readonly struct NodeArea(Field<Side, double> areas) : IReduction<Node>
{
    public L Value<L>(in Point<Node> p) where L : unmanaged, ILane<L, double> => areas.At<L>(p.OnSide(areas.Layout));
}
