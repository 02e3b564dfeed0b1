namespace MesoLiMg.Kernels;

/// <summary>t = -k_s u_t, an elastic interface.</summary>
/// <param name="stiffness">k_s [Pa/m].</param>
public readonly struct SpringTraction(double stiffness) : ITangentialLaw
{
    public SideResponse<L> At<L>(in Point<Side> p, in SideNode<L> node) where L : unmanaged, ILane<L, double>
    {
        var k = L.Of(stiffness);
        var rigid = node.Area * k;
        return new(-k * node.Ux, -k * node.Uy, rigid, rigid, L.Of(0));
    }
}
