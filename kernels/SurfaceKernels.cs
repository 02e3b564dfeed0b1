namespace MesoLiMg.Kernels;

/// <summary>
/// What the alloy says about the SE side: the uptake q [m/s] that a value x_s on the face takes, q = c₀ + c₁ e + c₂ e² with e = x_s - x₁ (x₁ the average of the cell below), how q falls as x₁ rises, and the mechanical part of the
/// potential, U_mech = a - b x_s. Fields of the SE plane: entry i is the face whose index in the layout's plane z = -1 is i.
/// </summary>
public readonly struct SurfaceRelation(View<double> below, View<double> constant, View<double> linear, View<double> quadratic, View<double> stiffness, View<double> shift, View<double> softening)
{
    private const double Tiny = 1e-300;

    /// <summary>x₁.</summary>
    public readonly View<double> Below = below;

    /// <summary>c₀, c₁, c₂ [m/s].</summary>
    public readonly View<double> Constant = constant, Linear = linear, Quadratic = quadratic;

    /// <summary>-∂q/∂x₁ at a given x_s [m/s].</summary>
    public readonly View<double> Stiffness = stiffness;

    /// <summary>a, b [V].</summary>
    public readonly View<double> Shift = shift, Softening = softening;

    /// <summary>Uptake at a value on the face.</summary>
    public L Uptake<L>(L surface, int i) where L : unmanaged, ILane<L, double>
    {
        var rise = surface - L.Load(Below, i);
        return L.MulAdd(L.MulAdd(L.Load(Quadratic, i), rise, L.Load(Linear, i)), rise, L.Load(Constant, i));
    }

    /// <summary>∂q/∂x_s there.</summary>
    public L Slope<L>(L surface, int i) where L : unmanaged, ILane<L, double> =>
        L.MulAdd(L.Load(Quadratic, i) + L.Load(Quadratic, i), surface - L.Load(Below, i), L.Load(Linear, i));

    /// <summary>The value on the face for an uptake: the root that goes over into (q - c₀)/c₁.</summary>
    public L Surface<L>(L uptake, int i) where L : unmanaged, ILane<L, double>
    {
        var (c1, rest) = (L.Load(Linear, i), uptake - L.Load(Constant, i));
        var root = L.Sqrt(L.Max(L.MulAdd(L.Of(4) * L.Load(Quadratic, i), rest, c1 * c1), L.Of(0)));
        return L.Load(Below, i) + L.Of(2) * rest / L.Max(c1 + root, L.Of(Tiny));
    }
}

/// <summary>D across the SE side: where it follows x that of x on the face, extrapolated; in turned grains in proportion to what it is across the face in the cell below.</summary>
/// <param name="across">D of cells along z.</param>
/// <param name="turned">1 where <paramref name="across"/> differs from the law, else 0.</param>
public readonly struct SurfaceDiffusivity(CompositionLaw law, View<double> across, double turned)
{
    private const double Tiny = 1e-300;

    /// <summary>D on the face above the cell at <paramref name="top"/>.</summary>
    public L At<L>(L here, L next, int top) where L : unmanaged, ILane<L, double>
    {
        var ratio = L.Load(across, top) / L.Max(law.At(here, top), L.Of(Tiny));
        return law.At(L.MulAdd(L.Of(0.5), here - next, here), top) * L.IfGreater(L.Of(turned), L.Of(0.5), ratio, L.Of(1));
    }
}

/// <summary>
/// <see cref="SurfaceRelation"/> of Fick's law: the parabola of <see cref="SurfaceConcentration"/>, x_s = x₁ + (h/3D) q + (x₁ - x₂)/6, solved for q. Launched on the plane z = -1.
/// </summary>
/// <param name="conducts">1 at cells that lithium can be in: through one that it cannot nothing flows, as if x₂ were x₁.</param>
/// <param name="shift">Distance to the cell under the face.</param>
/// <param name="second">Distance from there to the second cell, 0 where there is only one.</param>
public readonly struct DiffusiveRelation(View<double> x, View<double> conducts, SurfaceDiffusivity diffusivity, SurfaceRelation relation, int shift, int second, double spacing) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, top) = (p.Index, p.Index + shift);
        var here = L.Load(x, top);
        var next = L.IfGreater(L.Load(conducts, top + second), L.Of(0.5), L.Load(x, top + second), here);
        var conductance = diffusivity.At(here, next, top) * L.Of(1 / spacing);
        L.Store(relation.Below, i, here);
        L.Store(relation.Constant, i, L.Of(-0.5) * conductance * (here - next));
        L.Store(relation.Linear, i, L.Of(3) * conductance);
        L.Store(relation.Quadratic, i, L.Of(0));
        L.Store(relation.Stiffness, i, L.Of(3) * conductance);
        L.Store(relation.Shift, i, L.Of(0));
        L.Store(relation.Softening, i, L.Of(0));
    }
}

/// <summary>
/// <see cref="SurfaceRelation"/> where stress drives lithium. Between the cell and the face m = μ_mech/(RT) rises by ℓ e, the film's answer to lithium, and by r, extrapolated from what m - ℓ x does in the three cells below (weights
/// 15, -10, 3 over 8). The flux is the exponential fitting of <see cref="StressDrift"/> over half a cell with Δ = (ℓ e + r)/Γ, and a third of the way that a parabola bends it:
/// q = (3D/h) [(1 + ρ²/12) e + (x₁ + e/2)(λ e + ρ)] - q_below/2, λ = ℓ/Γ, ρ = r/Γ, q_below what leaves through the cell's lower face.
/// </summary>
/// <param name="conducts">1 at cells that lithium can be in: from two of them r is extrapolated linearly, from one as a constant.</param>
/// <param name="m">μ_mech/(RT) at cells.</param>
/// <param name="rise">ℓ at cells.</param>
/// <param name="effective">T of low faces along z, with <paramref name="drift"/> [m³/s].</param>
/// <param name="second">Distance from the cell under the face to the next one; likewise <paramref name="third"/>.</param>
/// <param name="thermal">RT/F [V].</param>
public readonly struct StressedRelation(
    View<double> x, View<double> conducts, SurfaceDiffusivity diffusivity, View<double> m, View<double> rise, View<double> inverseGamma, View<double> effective, View<double> drift, View<double> faceZ, SurfaceRelation relation, int shift, int second, int third,
    double spacing, double thermal) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, top) = (p.Index, p.Index + shift);
        var (x1, below2, half) = (L.Load(x, top), L.Load(conducts, top + second), L.Of(0.5));
        var x2 = L.IfGreater(below2, half, L.Load(x, top + second), x1);
        var (stiffness, inverse) = (L.Load(rise, top), L.Load(inverseGamma, top));
        var n1 = L.Load(m, top) - stiffness * x1;
        var n2 = L.IfGreater(below2, half, L.Load(m, top + second) - stiffness * x2, n1);
        var n3 = L.IfGreater(below2 * L.Load(conducts, top + third), half, L.Load(m, top + third) - stiffness * L.Load(x, top + third), n2 + n2 - n1);
        var r = L.Of(1.0 / 8) * L.MulAdd(L.Of(7), n1, L.MulAdd(L.Of(3), n3, L.Of(-10) * n2));
        var (rho, lambda) = (r * inverse, stiffness * inverse);
        var conductance = L.Of(3 / spacing) * diffusivity.At(x1, x2, top);
        // Iterates may pass below zero; an uptake that fell with x on the face would have no place in the stage's system.
        var mobility = L.Max(x1, L.Of(0));
        var fitting = L.MulAdd(rho * rho, L.Of(1.0 / 12), L.Of(1)) + lambda * mobility;
        var below = (L.Load(effective, top) * (x1 - x2) - L.Load(drift, top)) / L.Load(faceZ, p.X + 1);
        L.Store(relation.Below, i, x1);
        L.Store(relation.Constant, i, conductance * mobility * rho - L.Of(0.5) * below);
        L.Store(relation.Linear, i, conductance * L.MulAdd(L.Of(0.5), rho, fitting));
        L.Store(relation.Quadratic, i, conductance * L.Of(0.5) * lambda);
        L.Store(relation.Stiffness, i, conductance * L.MulAdd(L.Of(-0.5), rho, fitting));
        L.Store(relation.Shift, i, L.Of(-thermal) * (n1 + r));
        L.Store(relation.Softening, i, L.Of(thermal) * stiffness);
    }
}

/// <summary>
/// Adds what the alloy takes up to an implicit stage, linear in x of the cells below: b ← b + τ A (q + s x₁), and s A as the transmissibility of the top face, beyond which x is zero, so that the operator subtracts τ A s x.
/// Launched on the plane z = -1.
/// </summary>
/// <param name="top">Transmissibility of low z faces; that of the plane above the cells is written.</param>
public readonly struct AddUptake(View<double> b, View<double> top, View<double> x, View<double> uptake, View<double> slope, View<double> faceZ, int shift, int strideZ, double tau) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, cell, area) = (p.Index, p.Index + shift, L.Load(faceZ, p.X + 1));
        var s = L.Load(slope, i);
        L.Store(b, cell, L.MulAdd(L.Of(tau) * area, L.MulAdd(s, L.Load(x, cell), L.Load(uptake, i)), L.Load(b, cell)));
        L.Store(top, cell + strideZ, s * area);
    }
}

/// <summary>b ← b + a A f at the cells under the SE, f a field of the SE plane. Launched on the plane z = -1.</summary>
public readonly struct AddSurface(View<double> b, View<double> f, View<double> faceZ, int shift, double a) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(b, p.Index + shift, L.MulAdd(L.Of(a) * L.Load(f, p.Index), L.Load(faceZ, p.X + 1), L.Load(b, p.Index + shift)));
}

/// <summary>k ← k + A f / V: <see cref="AddSurface"/> as a rate of x.</summary>
public readonly struct AddSurfaceRate(View<double> k, View<double> f, VolumeGeometry geometry, int shift) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var perVolume = L.Load(geometry.FaceZ, p.X + 1) / L.Load(geometry.Volume, p.X + 1);
        L.Store(k, p.Index + shift, L.MulAdd(L.Load(f, p.Index), perVolume, L.Load(k, p.Index + shift)));
    }
}

/// <summary>J_z ← J_z - ½ c_Mg q: the share of the SE face in the flux at the centre of the cell below it [mol/(m² s)].</summary>
public readonly struct AddSurfaceFlux(View<double> flux, View<double> uptake, int shift, double magnesium) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(flux, p.Index + shift, L.MulAdd(L.Of(-0.5 * magnesium), L.Load(uptake, p.Index), L.Load(flux, p.Index + shift)));
}

/// <summary>Copies a field of the SE plane to the points on the SE face.</summary>
/// <param name="shift">Distance from the plane z = -1 to them.</param>
public readonly struct PlaceOnFace(View<double> plane, View<double> field, int shift) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(field, p.Index + shift, L.Load(plane, p.Index));
}

/// <summary>Copies a field at the cells under the SE to a field of the SE plane.</summary>
public readonly struct TakeFromCells(View<double> field, View<double> plane, int shift) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(plane, p.Index, L.Load(field, p.Index + shift));
}
