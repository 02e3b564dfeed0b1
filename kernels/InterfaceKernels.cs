namespace MesoLiMg.Kernels;

/// <summary>
/// Areas of the nodes of a face z = const, and where plane fields keep their entries: one entry per node of a face z = const, at index <c>p.Index - (p.Z + 1) StrideZ</c>; a second component follows after <see cref="Layout.StrideZ"/>.
/// </summary>
/// <param name="area">∫ N dA of nodes (∫ N r dr in r-z) over the faces of cells that are there, plane field.</param>
public readonly struct NodeAreas(View<double> area, Layout layout)
{
    /// <summary>Index in a plane field.</summary>
    public int Plane(in Point p) => p.Index - (p.Z + 1) * layout.StrideZ;

    /// <summary>Elements of a component.</summary>
    public int Length => layout.StrideZ;

    /// <summary>Area that belongs to the node [m²; m in plane strain; m²/rad in r-z].</summary>
    public L At<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Load(area, Plane(p));
}

/// <summary>
/// Tangential traction of an interface at its nodes, and its derivative: an elastic-perfectly plastic spring by return mapping (Simo and Hughes, Computational Inelasticity, section 1.2),
/// t = -k_s (u_t - slip) within |t| ≤ τ_max, else its direction with length τ_max. The derivative -∂t/∂u_t is k_s where it sticks, k_s τ_max/|t_trial| (I - n n) where it slips (symmetric, since τ_max is held while u_t varies).
/// A spring is the case of infinite strength.
/// </summary>
/// <param name="u">Displacement at nodes [m].</param>
/// <param name="slip">Slip of the nodes so far, plane field (x, y) [m].</param>
/// <param name="traction">Result, plane field (x, y) [Pa].</param>
/// <param name="tangent">-∂t/∂u_t times the node's area, plane field (xx, yy, xy) [N/m].</param>
/// <param name="bound">τ_max of the nodes, plane field [Pa].</param>
/// <param name="stiffness">k_s [Pa/m].</param>
public readonly struct InterfaceTraction(
    View<double> u, View<double> slip, View<double> traction, View<double> tangent, View<double> bound, NodeAreas areas, FreeComponents<double> free, int length, int components, double stiffness)
    : IKernel<double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, n) = (areas.Plane(p), areas.Length);
        var (k, cap) = (L.Of(stiffness), L.Load(bound, i));
        var (freeX, freeY) = (free.At<L>(p, 0), components == 3 ? free.At<L>(p, 2) : L.Of(0));
        var tx = freeX * k * (L.Load(slip, i) - L.Load(u, p.Index));
        var ty = components == 3 ? freeY * k * (L.Load(slip, i + n) - L.Load(u, p.Index + 2 * length)) : L.Of(0);
        var size = L.Sqrt(tx * tx + ty * ty);
        var sticks = L.IfGreater(size, cap, L.Of(0), L.Of(1));
        var scale = L.IfGreater(size, cap, cap / L.Max(size, L.Of(Tiny)), L.Of(1));
        var (nx, ny) = (tx / L.Max(size, L.Of(Tiny)), ty / L.Max(size, L.Of(Tiny)));
        L.Store(traction, i, tx * scale);
        L.Store(traction, i + n, ty * scale);

        var (slides, rigid) = (L.Of(1) - sticks, areas.At<L>(p) * k * scale);
        L.Store(tangent, i, rigid * freeX * (L.Of(1) - slides * nx * nx));
        L.Store(tangent, i + n, rigid * freeY * (L.Of(1) - slides * ny * ny));
        L.Store(tangent, i + 2 * n, -rigid * (freeX * freeY) * slides * (nx * ny));
    }
}

/// <summary>r ← r + A t: what the interface does to its nodes.</summary>
public readonly struct AddTraction(View<double> r, View<double> traction, NodeAreas areas, FreeComponents<double> free, int length, int components) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, area) = (areas.Plane(p), areas.At<L>(p));
        L.Store(r, p.Index, L.MulAdd(area * free.At<L>(p, 0), L.Load(traction, i), L.Load(r, p.Index)));
        if (components == 3)
            L.Store(r, p.Index + 2 * length, L.MulAdd(area * free.At<L>(p, 2), L.Load(traction, i + areas.Length), L.Load(r, p.Index + 2 * length)));
    }
}

/// <summary>
/// τ_max = cohesion + μ_f max(0, -σ_n) at the nodes of a face z = const (Coulomb), with the normal traction -σ_n = ±(K u - f)_z/A: what the collector or a punch gives to the node over the node's area.
/// </summary>
/// <param name="internalForce">K u at nodes, held components too [N].</param>
/// <param name="eigenForce">f of the eigenstrain at nodes [N].</param>
/// <param name="sign">1 at the collector, which pushes upward; -1 at the SE side.</param>
public readonly struct CoulombBound(View<double> internalForce, View<double> eigenForce, View<double> bound, NodeAreas areas, int length, double sign, double cohesion, double coefficient) : IKernel<double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var pressure = L.Of(sign) * (L.Load(internalForce, p.Index + length) - L.Load(eigenForce, p.Index + length)) / L.Max(areas.At<L>(p), L.Of(Tiny));
        L.Store(bound, areas.Plane(p), L.MulAdd(L.Of(coefficient), L.Max(pressure, L.Of(0)), L.Of(cohesion)));
    }
}

/// <summary>slip ← u_t + t/k_s: after a converged step, what is left is elastic.</summary>
public readonly struct UpdateSlip(View<double> u, View<double> slip, View<double> traction, NodeAreas areas, int length, int components, double stiffness) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, n) = (areas.Plane(p), areas.Length);
        var compliance = L.Of(1 / stiffness);
        L.Store(slip, i, L.MulAdd(compliance, L.Load(traction, i), L.Load(u, p.Index)));
        if (components == 3)
            L.Store(slip, i + n, L.MulAdd(compliance, L.Load(traction, i + n), L.Load(u, p.Index + 2 * length)));
    }
}

/// <summary>S u: the forces of springs between a face and what is beside it, at the face's nodes.</summary>
/// <param name="springs">Stiffness at nodes, plane field (xx, yy, xy) [N/m].</param>
public readonly struct FaceSprings<T>(View<T> springs, View<T> u, Layout layout, int components) where T : unmanaged
{
    /// <summary>The force at node <paramref name="p"/>.</summary>
    public NodeVector<L> At<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (i, n) = (p.Index - (p.Z + 1) * layout.StrideZ, layout.StrideZ);
        var ux = L.Load(u, p.Index);
        var along = L.Load(springs, i) * ux;
        if (components == 2)
            return new(x: along, y: L.Of(0), z: L.Of(0));
        var (uy, cross) = (L.Load(u, p.Index + 2 * layout.Length), L.Load(springs, i + 2 * n));
        var fy = L.MulAdd(cross, ux, L.Load(springs, i + n) * uy);
        return new(x: L.MulAdd(cross, uy, along), y: fy, z: L.Of(0));
    }
}

/// <summary>d ← d + diag S</summary>
public readonly struct AddSpringDiagonal<T>(View<T> springs, View<T> d, Layout layout, int components) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (i, n, y) = (p.Index - (p.Z + 1) * layout.StrideZ, layout.StrideZ, p.Index + 2 * layout.Length);
        L.Store(d, p.Index, L.Load(d, p.Index) + L.Load(springs, i));
        if (components == 3)
            L.Store(d, y, L.Load(d, y) + L.Load(springs, i + n));
    }
}

/// <summary>f_z ← f_z - p A: a pressure on a face with outward normal z.</summary>
public readonly struct AddPressure(View<double> f, NodeAreas areas, int length, double pressure) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(f, p.Index + length, L.MulAdd(areas.At<L>(p), L.Of(-pressure), L.Load(f, p.Index + length)));
}

/// <summary>Area of a node; summed, that of the face.</summary>
public readonly struct NodeArea(NodeAreas areas) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => areas.At<L>(p);
}

/// <summary>Area of a node that slips, where |t| reaches τ_max within rounding, else 0; a node without strength slips.</summary>
public readonly struct SlippingArea(View<double> traction, View<double> bound, NodeAreas areas) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = areas.Plane(p);
        var (tx, ty) = (L.Load(traction, i), L.Load(traction, i + areas.Length));
        return areas.At<L>(p) * L.IfGreater(L.Of(1 - 1e-9) * L.Load(bound, i), L.Sqrt(tx * tx + ty * ty), L.Of(0), L.Of(1));
    }
}
