namespace MesoLiMg.Kernels;

/// <summary>
/// What the alloy says about the SE side: the uptake q [m/s] that a value x_s on the face takes, q = c₀ + c₁ e + c₂ e²
/// with
/// e = x_s - x₁ (x₁ the average of the cell below), how q falls as x₁ rises, and the mechanical part of the potential,
/// U_mech = a - b x_s.
/// </summary>
public readonly struct SurfaceRelation(
    Field<Surface, double> below, Field<Surface, double> constant, Field<Surface, double> linear,
    Field<Surface, double> quadratic, Field<Surface, double> stiffness, Field<Surface, double> shift,
    Field<Surface, double> softening)
{
    private const double Tiny = 1e-300;

    /// <summary>x₁.</summary>
    public readonly Field<Surface, double> Below = below;

    /// <summary>c₀, c₁, c₂ [m/s].</summary>
    public readonly Field<Surface, double> Constant = constant, Linear = linear, Quadratic = quadratic;

    /// <summary>-∂q/∂x₁ at a given x_s [m/s].</summary>
    public readonly Field<Surface, double> Stiffness = stiffness;

    /// <summary>a, b [V].</summary>
    public readonly Field<Surface, double> Shift = shift, Softening = softening;

    /// <summary>Uptake at a value on the face.</summary>
    public L Uptake<L>(L surface, in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var rise = surface - Below.At<L>(p);
        return L.MulAdd(L.MulAdd(Quadratic.At<L>(p), rise, Linear.At<L>(p)), rise, Constant.At<L>(p));
    }

    /// <summary>∂q/∂x_s there.</summary>
    public L Slope<L>(L surface, in Point<Surface> p) where L : unmanaged, ILane<L, double> =>
        L.MulAdd(Quadratic.At<L>(p) + Quadratic.At<L>(p), surface - Below.At<L>(p), Linear.At<L>(p));

    /// <summary>The value on the face for an uptake: the root that goes over into (q - c₀)/c₁.</summary>
    public L Surface<L>(L uptake, in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var (c1, rest) = (Linear.At<L>(p), uptake - Constant.At<L>(p));
        var root = L.Sqrt(L.Max(L.MulAdd(L.Of(4) * Quadratic.At<L>(p), rest, c1 * c1), L.Of(0)));
        return Below.At<L>(p) + L.Of(2) * rest / L.Max(c1 + root, L.Of(Tiny));
    }
}

/// <summary>
/// D across the SE side: where it follows x that of x on the face, extrapolated; in turned grains in proportion to what
/// it
/// is across the face in the cell below.
/// </summary>
/// <param name="law">D(x) [m²/s].</param>
/// <param name="across">D of cells along z [m²/s].</param>
/// <param name="turned">1 where <paramref name="across"/> differs from the law, else 0.</param>
public readonly struct SurfaceDiffusivity(CompositionLaw law, Field<Cell, double> across, double turned)
{
    private const double Tiny = 1e-300;

    /// <summary>D on the face above the cell at <paramref name="top"/>.</summary>
    public L At<L>(L here, L next, in Point<Cell> top) where L : unmanaged, ILane<L, double>
    {
        var ratio = across.At<L>(top) / L.Max(law.At(here, top), L.Of(Tiny));
        var onFace = law.At(L.MulAdd(L.Of(0.5), here - next, here), top);
        return onFace * L.IfGreater(L.Of(turned), L.Of(0.5), ratio, L.Of(1));
    }
}

/// <summary>The cells under the SE side.</summary>
/// <param name="x">Li per Mg.</param>
/// <param name="conducts">
/// 1 at cells that lithium can be in: through one that it cannot nothing flows, as if its x were that of the cell
/// above.
/// </param>
/// <param name="diffusivity">D on the face.</param>
/// <param name="top">z of the uppermost cells.</param>
/// <param name="spacing">h along z [m].</param>
public readonly struct CellsUnderSurface(
    Field<Cell, double> x, Field<Closed, double> conducts, SurfaceDiffusivity diffusivity, int top, double spacing)
{
    public readonly Field<Cell, double> X = x;
    public readonly SurfaceDiffusivity Diffusivity = diffusivity;
    public readonly double Spacing = spacing;

    /// <summary>
    /// The cell under a face, or one so many cells deeper, or the lowest where there are not as many.
    /// </summary>
    public Point<Cell> Cell(in Point<Surface> p, int depth) => p.CellUnder(X.Layout, top, depth < top ? depth : top);

    /// <summary>1 where lithium can be in a cell.</summary>
    public L Conducts<L>(in Point<Cell> cell) where L : unmanaged, ILane<L, double> => conducts.At<L>(cell.Centre());
}

/// <summary>
/// <see cref="SurfaceRelation"/> of Fick's law: the parabola of <see cref="SurfaceConcentration"/>,
/// x_s = x₁ + (h/3D) q + (x₁ - x₂)/6, solved for q.
/// </summary>
/// <param name="under">x and D of the cells under the faces.</param>
/// <param name="relation">Result.</param>
public readonly struct DiffusiveRelation(CellsUnderSurface under, SurfaceRelation relation) : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var (top, second) = (under.Cell(p, 0), under.Cell(p, 1));
        var here = under.X.At<L>(top);
        var next = L.IfGreater(under.Conducts<L>(second), L.Of(0.5), under.X.At<L>(second), here);
        var conductance = under.Diffusivity.At(here, next, top) * L.Of(1 / under.Spacing);
        relation.Below.Set(p, here);
        relation.Constant.Set(p, L.Of(-0.5) * conductance * (here - next));
        relation.Linear.Set(p, L.Of(3) * conductance);
        relation.Quadratic.Set(p, L.Of(0));
        relation.Stiffness.Set(p, L.Of(3) * conductance);
        relation.Shift.Set(p, L.Of(0));
        relation.Softening.Set(p, L.Of(0));
    }
}

/// <summary>Stress in the cells under the SE side, and the fluxes across z there.</summary>
/// <param name="m">μ_mech/(RT).</param>
/// <param name="rise">ℓ (<see cref="CouplingStiffness"/>).</param>
/// <param name="inverseGamma">1/Γ.</param>
/// <param name="effective">T across z [m³/s].</param>
/// <param name="drift">G across z [m³/s].</param>
/// <param name="faceZ">Area of z faces along x, entry x+1 [m²].</param>
public readonly struct StressUnderSurface(
    Field<Cell, double> m, Field<Cell, double> rise, Field<Cell, double> inverseGamma, Field<Face, double> effective,
    Field<Face, double> drift, View<double> faceZ)
{
    public readonly Field<Cell, double> M = m, Rise = rise, InverseGamma = inverseGamma;

    /// <summary>What leaves the cell under a face through its lower face, q_below [m/s].</summary>
    /// <param name="fall">x₁ - x₂.</param>
    /// <param name="p">The cell.</param>
    public L Below<L>(L fall, in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var face = p.LowFace();
        return (effective.At<L>(face) * fall - drift.At<L>(face)) / L.Load(faceZ, p.X + 1);
    }
}

/// <summary>
/// <see cref="SurfaceRelation"/> where stress drives lithium. Between the cell and the face m = μ_mech/(RT) rises by ℓ
/// e, the
/// film's answer to lithium, and by r, extrapolated from what m - ℓ x does in the three cells below (weights 15, -10, 3
/// over
/// 8; from two of them linearly, from one as a constant). The flux is the exponential fitting of
/// <see cref="StressDrift"/>
/// over half a cell with Δ = (ℓ e + r)/Γ, and a third of the way that a parabola bends it:
/// q = (3D/h) [(1 + ρ²/12) e + (x₁ + e/2)(λ e + ρ)] - q_below/2, λ = ℓ/Γ, ρ = r/Γ, q_below what leaves through the
/// cell's
/// lower face.
/// </summary>
/// <param name="under">x and D of the cells under the faces.</param>
/// <param name="stress">Stress there.</param>
/// <param name="relation">Result.</param>
/// <param name="thermal">RT/F [V].</param>
public readonly struct StressedRelation(
    CellsUnderSurface under, StressUnderSurface stress, SurfaceRelation relation, double thermal)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var (top, second, third) = (under.Cell(p, 0), under.Cell(p, 1), under.Cell(p, 2));
        var (x1, below2, half) = (under.X.At<L>(top), under.Conducts<L>(second), L.Of(0.5));
        var x2 = L.IfGreater(below2, half, under.X.At<L>(second), x1);
        var (stiffness, inverse) = (stress.Rise.At<L>(top), stress.InverseGamma.At<L>(top));
        var n1 = stress.M.At<L>(top) - stiffness * x1;
        var n2 = L.IfGreater(below2, half, stress.M.At<L>(second) - stiffness * x2, n1);
        var linear = n2 + n2 - n1;
        var n3 = stress.M.At<L>(third) - stiffness * under.X.At<L>(third);
        n3 = L.IfGreater(below2 * under.Conducts<L>(third), half, n3, linear);
        var r = L.Of(1.0 / 8) * L.MulAdd(L.Of(7), n1, L.MulAdd(L.Of(3), n3, L.Of(-10) * n2));
        var (rho, lambda) = (r * inverse, stiffness * inverse);
        var conductance = L.Of(3 / under.Spacing) * under.Diffusivity.At(x1, x2, top);
        // Iterates may pass below zero; an uptake that fell with x on the face would have no place in the stage's
        // system.
        var mobility = L.Max(x1, L.Of(0));
        var fitting = L.MulAdd(rho * rho, L.Of(1.0 / 12), L.Of(1)) + lambda * mobility;
        var constant = conductance * mobility * rho - L.Of(0.5) * stress.Below(x1 - x2, top);
        relation.Below.Set(p, x1);
        relation.Constant.Set(p, constant);
        relation.Linear.Set(p, conductance * L.MulAdd(L.Of(0.5), rho, fitting));
        relation.Quadratic.Set(p, conductance * L.Of(0.5) * lambda);
        relation.Stiffness.Set(p, conductance * L.MulAdd(L.Of(-0.5), rho, fitting));
        relation.Shift.Set(p, L.Of(-thermal) * (n1 + r));
        relation.Softening.Set(p, L.Of(thermal) * stiffness);
    }
}
