namespace MesoLiMg.Kernels;

/// <summary>
/// Elastic-perfectly plastic friction by return mapping (Simo and Hughes, Computational Inelasticity, section 1.2):
/// t = -k_s (u_t - slip) within |t| ≤ τ_max, else its direction with length τ_max. -∂t/∂u_t is k_s where it sticks and
/// k_s τ_max/|t_trial| (I - n n) where it slips (symmetric, since τ_max is held while u_t varies).
/// </summary>
/// <param name="slip">Slip of the nodes so far, components x, y [m].</param>
/// <param name="bound">τ_max of the nodes [Pa].</param>
/// <param name="stiffness">k_s [Pa/m].</param>
public readonly struct FrictionTraction(Field<Side, double> slip, Field<Side, double> bound, double stiffness)
    : ITangentialLaw
{
    private const double Tiny = 1e-300;

    public SideResponse<L> At<L>(in Point<Side> p, in SideNode<L> node) where L : unmanaged, ILane<L, double>
    {
        var (k, cap, one) = (L.Of(stiffness), bound.At<L>(p), L.Of(1));
        var tx = k * (slip.At<L>(p, SideComponent.X) - node.Ux);
        var ty = k * (slip.At<L>(p, SideComponent.Y) - node.Uy);
        var size = L.Sqrt(tx * tx + ty * ty);
        var safe = L.Max(size, L.Of(Tiny));
        var slides = L.IfGreater(size, cap, one, L.Of(0));
        var scale = L.IfGreater(size, cap, cap / safe, one);
        var (nx, ny, rigid) = (tx / safe, ty / safe, node.Area * k * scale);
        return new(
            tx * scale, ty * scale,
            rigid * (one - slides * nx * nx), rigid * (one - slides * ny * ny), -rigid * slides * (nx * ny));
    }
}

/// <summary>
/// τ_max = cohesion + μ_f max(0, -σ_n) at the nodes of a side (Coulomb), with the normal traction
/// -σ_n = ±(K u - f)_z/A: what the collector or a punch gives to the node over the node's area.
/// </summary>
/// <param name="internalForce">K u at nodes, held components too [N].</param>
/// <param name="eigenForce">f of the inelastic strain at nodes [N].</param>
/// <param name="bound">Result: τ_max of the nodes [Pa].</param>
/// <param name="areas">A of the nodes.</param>
/// <param name="sign">1 at the collector, which pushes upward; -1 at the SE side.</param>
/// <param name="cohesion">The part of τ_max that needs no pressure [Pa].</param>
/// <param name="coefficient">μ_f.</param>
public readonly struct CoulombBound(
    Field<Node, double> internalForce, Field<Node, double> eigenForce, Field<Side, double> bound,
    Field<Side, double> areas, double sign, double cohesion, double coefficient) : IKernel<Node, double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, double>
    {
        var side = p.OnSide(areas.Layout);
        var force = internalForce.At<L>(p, Component.Z) - eigenForce.At<L>(p, Component.Z);
        var pressure = L.Of(sign) * force / L.Max(areas.At<L>(side), L.Of(Tiny));
        bound.Set(side, L.MulAdd(L.Of(coefficient), L.Max(pressure, L.Of(0)), L.Of(cohesion)));
    }
}

/// <summary>
/// slip ← u_t + t/k_s: after a converged step, what is left is elastic. Where u_t is held there is none.
/// </summary>
/// <param name="u">Displacement at nodes [m].</param>
/// <param name="slip">Slip of the nodes, components x, y [m].</param>
/// <param name="traction">t of the nodes, components x, y [Pa].</param>
/// <param name="free">Components that are not held.</param>
/// <param name="stiffness">k_s [Pa/m].</param>
public readonly struct UpdateSlip(
    Field<Node, double> u, Field<Side, double> slip, Field<Side, double> traction, FreeComponents<double> free,
    double stiffness) : IKernel<Node, double>
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, double>
    {
        var (side, compliance) = (p.OnSide(slip.Layout), L.Of(1 / stiffness));
        var ux = free.At<L>(p, Component.X) * u.At<L>(p, Component.X);
        slip.Set(side, SideComponent.X, L.MulAdd(compliance, traction.At<L>(side, SideComponent.X), ux));
        if (u.Components != 3)
            return;
        var uy = free.At<L>(p, Component.Y) * u.At<L>(p, Component.Y);
        slip.Set(side, SideComponent.Y, L.MulAdd(compliance, traction.At<L>(side, SideComponent.Y), uy));
    }
}

/// <summary>
/// A of a node that slips, where |t| reaches τ_max within rounding, else 0 [m²; m in plane strain; m²/rad in r-z]; a
/// node without strength slips. Summed, the area that slips.
/// </summary>
/// <param name="traction">t of the nodes, components x, y [Pa].</param>
/// <param name="bound">τ_max of the nodes [Pa].</param>
/// <param name="areas">A of the nodes.</param>
public readonly struct SlippingArea(Field<Side, double> traction, Field<Side, double> bound, Field<Side, double> areas)
    : IReduction<Node>
{
    public L Value<L>(in Point<Node> p) where L : unmanaged, ILane<L, double>
    {
        var side = p.OnSide(areas.Layout);
        var (tx, ty) = (traction.At<L>(side, SideComponent.X), traction.At<L>(side, SideComponent.Y));
        var reached = L.Of(1 - 1e-9) * bound.At<L>(side);
        return areas.At<L>(side) * L.IfGreater(reached, L.Sqrt(tx * tx + ty * ty), L.Of(0), L.Of(1));
    }
}
