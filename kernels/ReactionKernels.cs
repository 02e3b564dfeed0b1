namespace MesoLiMg.Kernels;

/// <summary>
/// Butler and Volmer's law, i/i₀ = exp(-(1-α) y) - exp(α y) with y = Fη/RT; positive currents plate (Newman and Thomas-Alyea, Electrochemical Systems, section 8.3). Currents count as i/(F c_Mg) [m/s].
/// </summary>
/// <param name="exchange">i₀/(F c_Mg) [m/s].</param>
/// <param name="transfer">α.</param>
/// <param name="inverseThermal">F/RT [1/V].</param>
public readonly struct ButlerVolmer(double exchange, double transfer, double inverseThermal)
{
    private const int InverseIterations = 7;

    /// <summary>i₀/(F c_Mg) [m/s].</summary>
    public readonly double Exchange = exchange;

    /// <summary>F/RT [1/V].</summary>
    public readonly double InverseThermal = inverseThermal;

    /// <summary>Current at y.</summary>
    public L Current<L>(L y) where L : unmanaged, ILane<L, double> => L.Of(Exchange) * (L.Exp(L.Of(transfer - 1) * y) - L.Exp(L.Of(transfer) * y));

    /// <summary>Its derivative, negative.</summary>
    public L Slope<L>(L y) where L : unmanaged, ILane<L, double> =>
        L.Of(-Exchange) * L.MulAdd(L.Of(1 - transfer), L.Exp(L.Of(transfer - 1) * y), L.Of(transfer) * L.Exp(L.Of(transfer) * y));

    /// <summary>y of a current: -2 asinh(i/2i₀) for α = ½, from there by Newton's method, which comes from beyond the root and so does not overshoot.</summary>
    public L Overpotential<L>(L current) where L : unmanaged, ILane<L, double>
    {
        var (ratio, zero) = (current * L.Of(1 / Exchange), L.Of(0));
        var half = L.Of(0.5) * L.Abs(ratio);
        var size = L.Log(half + L.Sqrt(L.MulAdd(half, half, L.Of(1))));
        var y = L.IfGreater(ratio, zero, L.Of(-1 / (1 - transfer)), L.Of(1 / transfer)) * size;
        for (var k = 0; k < InverseIterations; k++)
            y -= (Current(y) - current) / Slope(y);
        return y;
    }
}

/// <summary>
/// What happens at the faces of the SE side within a stage, linear in x of the cells below and in the electrode potential φ: the alloy's uptake q and the current i, both as i/(F c_Mg) [m/s]. What is not taken up is metal. Fields of the SE plane.
/// </summary>
public readonly struct SurfaceReaction(View<double> uptake, View<double> current, View<double> slope, View<double> uptakeByPotential, View<double> currentByPotential, View<double> alloyed)
{
    /// <summary>q and i.</summary>
    public readonly View<double> Uptake = uptake, Current = current;

    /// <summary>-∂q/∂x of the cell below.</summary>
    public readonly View<double> Slope = slope;

    /// <summary>∂q/∂φ and ∂i/∂φ [m/(s V)].</summary>
    public readonly View<double> UptakeByPotential = uptakeByPotential, CurrentByPotential = currentByPotential;

    /// <summary>1 where the alloy takes all there is and no metal remains, i = q - μ; 0 where there is metal and i does not depend on the cell below.</summary>
    public readonly View<double> Alloyed = alloyed;
}

/// <summary>
/// The surface under a given current: q = min(q_sat, i + μ), μ = m/τ being the metal of the stage's base. A face that holds no lithium takes up none.
/// </summary>
/// <param name="takes">1 where current enters, else 0; entries of the SE plane, like <paramref name="conducts"/>.</param>
/// <param name="metal">m of the stage's base, as thickness of the alloy's lattice m/c_Mg [m].</param>
/// <param name="saturation">x at which the alloy is full; beyond any x where metal does not plate.</param>
/// <param name="current">i/(F c_Mg) of the faces that take it [m/s].</param>
/// <param name="rate">1/τ [1/s].</param>
public readonly struct GivenCurrent(SurfaceRelation relation, SurfaceReaction reaction, View<double> takes, View<double> conducts, View<double> metal, double saturation, double current, double rate) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, zero) = (p.Index, L.Of(0));
        var (drive, holds) = (L.Of(current) * L.Load(takes, i), L.Load(conducts, i));
        var full = relation.Uptake(L.Of(saturation), i);
        var supply = L.MulAdd(L.Of(rate), L.Load(metal, i), drive);
        var alloyed = holds * L.IfGreater(supply, full, zero, L.Of(1));
        L.Store(reaction.Current, i, drive);
        L.Store(reaction.Uptake, i, holds * L.Min(supply, full));
        L.Store(reaction.Slope, i, (holds - alloyed) * L.Load(relation.Stiffness, i));
        L.Store(reaction.UptakeByPotential, i, zero);
        L.Store(reaction.CurrentByPotential, i, zero);
        L.Store(reaction.Alloyed, i, alloyed);
    }
}

/// <summary>
/// The surface at an electrode potential φ by <see cref="ButlerVolmer"/>: x_s is where the alloy's uptake q(x_s) equals the reaction's current plus the metal μ = m/τ that is left of the stage's base, i.e. where U(x_s) + η(q - μ) = φ. Both
/// terms fall with x_s, so bisection finds it. Where that is beyond saturation, x_s stays there; the face then takes q_sat, its potential is anything between that of the full alloy and 0 V, or 0 V where metal plates: i = max(q_sat - μ, i(φ)).
/// </summary>
/// <param name="conducts">1 where the alloy can take lithium, else 0 (entries of the SE plane).</param>
/// <param name="metal">m of the stage's base [m].</param>
/// <param name="highest">The largest x_s: saturation, or beyond any x where metal does not plate.</param>
/// <param name="plates">1 where metal plates at <paramref name="highest"/>, else 0.</param>
/// <param name="bare">1 when faces that hold no lithium may be stripped below no metal (the event that ends the step), else 0.</param>
/// <param name="held">1 where φ is given: a surface that is all but empty then gives what diffusion brings; else 0: it is asked for more, and that it cannot give it is the event that ends the step.</param>
/// <param name="potential">φ [V].</param>
/// <param name="rate">1/τ [1/s].</param>
public readonly struct ButlerVolmerReaction<TOcv>(
    TOcv ocv, ButlerVolmer law, SurfaceRelation relation, SurfaceReaction reaction, View<double> conducts, View<double> metal, double highest, double plates, double bare, double held, double potential, double rate) : IKernel<double>
    where TOcv : struct, IOpenCircuitPotential
{
    /// <summary>Below it the potential stays what it is there.</summary>
    private const double LowestRatio = 1e-9;

    /// <summary>Halves the logarithm of the range of x down to rounding.</summary>
    private const int Bisections = 52;

    /// <summary>Step of x in dU/dx, as a share of x.</summary>
    private const double Step = 0.05;

    /// <summary>The flattest potential, so that nothing is divided by zero.</summary>
    private const double Flattest = -1e-30;

    /// <summary>So steep that x_s stays where it is.</summary>
    private const double Steepest = -1e30;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, zero, one) = (p.Index, L.Of(0), L.Of(1));
        var left = L.Of(rate) * L.Load(metal, i);
        var (low, high) = (L.Of(LowestRatio), L.Of(highest));
        var (empty, full) = (Excess(low, left, i), Excess(high, left, i));
        for (var k = 0; k < Bisections; k++)
        {
            var middle = L.Sqrt(low * high);
            var excess = Excess(middle, left, i);
            (low, high) = (L.IfGreater(excess, zero, middle, low), L.IfGreater(excess, zero, high, middle));
        }
        // Beyond the ends of the range: full, or so empty that the potential no longer rises.
        var surface = L.IfGreater(full, zero, L.Of(highest), high);
        var drawn = law.Current(L.Of(law.InverseThermal) * (L.Of(potential) - Potential(L.Of(LowestRatio), i))) + left;
        var brought = relation.Uptake(L.Of(LowestRatio), i);
        var uptake = L.IfGreater(zero, empty, L.MulAdd(L.Of(held), brought - drawn, drawn), relation.Uptake(surface, i));
        Derivatives(surface, uptake - left, L.IfGreater(zero, empty, zero, one), L.IfGreater(zero, empty, L.Of(held * Steepest), zero), i);
        Store(p, uptake, left, L.Of(plates) * L.IfGreater(full, zero, one, zero));
    }

    /// <summary>F (U(x_s) + η - φ)/RT, positive below the root.</summary>
    private L Excess<L>(L surface, L left, int i) where L : unmanaged, ILane<L, double> =>
        L.MulAdd(L.Of(law.InverseThermal), Potential(surface, i) - L.Of(potential), law.Overpotential(relation.Uptake(surface, i) - left));

    private L Potential<L>(L surface, int i) where L : unmanaged, ILane<L, double> =>
        ocv.At(surface) + L.Load(relation.Shift, i) - L.Load(relation.Softening, i) * surface;

    /// <summary>∂q/∂φ = c'/(U' + c' η') and -∂q/∂x₁ = s U'/(U' + c' η') by the relation that x_s fulfils; c' = ∂q/∂x_s, s that of the relation, η' = ∂η/∂i.</summary>
    private void Derivatives<L>(L surface, L current, L rises, L steep, int i) where L : unmanaged, ILane<L, double>
    {
        var near = Potential(surface * L.Of(1 + Step), i) - Potential(surface * L.Of(1 - Step), i);
        var far = Potential(surface * L.Of(1 + 2 * Step), i) - Potential(surface * L.Of(1 - 2 * Step), i);
        var fall = L.Min(rises * (L.Of(8) * near - far) / (L.Of(12 * Step) * surface), L.Of(Flattest)) + steep;
        var slope = relation.Slope(surface, i);
        var resistance = slope / (L.Of(law.InverseThermal) * law.Slope(law.Overpotential(current)));
        L.Store(reaction.Slope, i, L.Load(relation.Stiffness, i) * fall / (fall + resistance));
        L.Store(reaction.UptakeByPotential, i, slope / (fall + resistance));
    }

    private void Store<L>(in Point p, L uptake, L left, L saturated) where L : unmanaged, ILane<L, double>
    {
        var (i, zero, one) = (p.Index, L.Of(0), L.Of(1));
        var holds = L.Load(conducts, i);
        saturated = L.Max(saturated, L.Of(plates) * (one - holds));
        var y = L.Of(law.InverseThermal * potential);
        var (onMetal, rest) = (law.Current(y), holds * uptake - left);
        var plated = saturated * L.Max(L.IfGreater(onMetal, rest, one, zero), L.Of(bare) * (one - holds));
        L.Store(reaction.Uptake, i, holds * uptake);
        L.Store(reaction.Current, i, plated * onMetal + (one - plated) * L.Max(holds, L.Of(plates)) * rest);
        L.Store(reaction.Alloyed, i, one - plated);
        L.Store(reaction.CurrentByPotential, i, plated * L.Of(law.InverseThermal) * law.Slope(y) + (one - saturated) * holds * L.Load(reaction.UptakeByPotential, i));
        L.Store(reaction.UptakeByPotential, i, (one - saturated) * holds * L.Load(reaction.UptakeByPotential, i));
        L.Store(reaction.Slope, i, holds * L.IfGreater(saturated, L.Of(0.5), L.Load(relation.Stiffness, i), L.Load(reaction.Slope, i)));
    }
}

/// <summary>
/// The surface at the end of a stage's iteration, x of the cells below having moved to their solution and φ by δφ: q ← q + s (x₁ - x) + q_φ δφ, i likewise where the alloy takes all, else by i_φ δφ.
/// </summary>
/// <param name="before">x of the cells below that the reaction was made linear about (entries of the SE plane).</param>
public readonly struct FollowSolution(SurfaceReaction reaction, View<double> before, View<double> x, int shift, double potentialChange) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, change) = (p.Index, L.Of(potentialChange));
        var bySlope = L.Load(reaction.Slope, i) * (L.Load(before, i) - L.Load(x, p.Index + shift));
        L.Store(reaction.Uptake, i, L.Load(reaction.Uptake, i) + bySlope + L.Load(reaction.UptakeByPotential, i) * change);
        L.Store(reaction.Current, i, L.Load(reaction.Current, i) + L.Load(reaction.Alloyed, i) * bySlope + L.Load(reaction.CurrentByPotential, i) * change);
    }
}

/// <summary>i ← i + δ and q ← q + δ where the alloy takes all: makes the total current exact after an iteration.</summary>
public readonly struct ShiftCurrent(SurfaceReaction reaction, View<double> takes, View<double> conducts, double change) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, shift) = (p.Index, L.Of(change) * L.Load(takes, p.Index));
        L.Store(reaction.Current, i, L.Load(reaction.Current, i) + shift);
        L.Store(reaction.Uptake, i, L.MulAdd(L.Load(reaction.Alloyed, i) * L.Load(conducts, i), shift, L.Load(reaction.Uptake, i)));
    }
}

/// <summary>m ← m_base + τ (i - q), which is nothing where the alloy takes all; and the rate i - q of it.</summary>
/// <param name="metal">Metal of the stage's base [m].</param>
public readonly struct PlatedMetal(SurfaceReaction reaction, View<double> metal, View<double> result, View<double> rate, double tau) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (i, before, rest) = (p.Index, L.Load(metal, p.Index), L.Of(1) - L.Load(reaction.Alloyed, p.Index));
        var grown = L.Load(reaction.Current, i) - L.Load(reaction.Uptake, i);
        L.Store(result, i, rest * L.MulAdd(L.Of(tau), grown, before));
        L.Store(rate, i, rest * grown - (L.Of(1) - rest) * before * L.Of(1 / tau));
    }
}

/// <summary>x on the SE face for the uptake found; saturation where metal is.</summary>
public readonly struct SurfaceRatio(SurfaceRelation relation, SurfaceReaction reaction, View<double> conducts, View<double> result, double highest) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var found = L.Min(relation.Surface(L.Load(reaction.Uptake, i), i), L.Of(highest));
        L.Store(result, i, L.Load(conducts, i) * L.IfGreater(L.Load(reaction.Alloyed, i), L.Of(0.5), found, L.Of(highest)));
    }
}

/// <summary>A f g of two fields of the SE plane: summed, ∫ f g dA.</summary>
public readonly struct SurfaceProduct(View<double> f, View<double> g, View<double> faceZ) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Load(f, p.Index) * L.Load(g, p.Index) * L.Load(faceZ, p.X + 1);
}

/// <summary>A a s (x₁ - x): summed, what the solution x of a stage takes from the current that was made linear about x₁.</summary>
/// <param name="before">x₁, entries of the SE plane; zeros give the response to a field alone.</param>
public readonly struct CurrentResponse(SurfaceReaction reaction, View<double> before, View<double> x, View<double> faceZ, int shift, double weight) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var fall = L.Of(weight) * L.Load(before, i) - L.Load(x, i + shift);
        return L.Load(reaction.Alloyed, i) * L.Load(reaction.Slope, i) * fall * L.Load(faceZ, p.X + 1);
    }
}

/// <summary>A U where the film's face is bare, 0 where there is metal: summed, the potential of a surface with metal.</summary>
/// <param name="conducts">1 where lithium can be, cells and faces.</param>
/// <param name="shift">Distance from the plane z = -1 to the points on the face.</param>
public readonly struct BarePotential(View<double> potential, int offset, View<double> metal, View<double> conducts, View<double> faceZ, int shift) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var bare = L.IfGreater(L.Load(metal, p.Index), L.Of(0), L.Of(0), L.Load(conducts, p.Index + shift));
        return bare * L.Load(potential, p.Index + shift + offset) * L.Load(faceZ, p.X + 1);
    }
}
