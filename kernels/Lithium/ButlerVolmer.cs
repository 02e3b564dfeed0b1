namespace MesoLiMg.Kernels;

/// <summary>
/// Butler and Volmer's law, i/i₀ = exp(-(1-α) y) - exp(α y) with y = Fη/RT; positive currents plate (Newman and
/// Thomas-Alyea, Electrochemical Systems, section 8.3). Currents count as i/(F c_Mg) [m/s].
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
    public L Current<L>(L y) where L : unmanaged, ILane<L, double> =>
        L.Of(Exchange) * (L.Exp(L.Of(transfer - 1) * y) - L.Exp(L.Of(transfer) * y));

    /// <summary>Its derivative, negative.</summary>
    public L Slope<L>(L y) where L : unmanaged, ILane<L, double>
    {
        var stripping = L.Of(transfer) * L.Exp(L.Of(transfer) * y);
        return L.Of(-Exchange) * L.MulAdd(L.Of(1 - transfer), L.Exp(L.Of(transfer - 1) * y), stripping);
    }

    /// <summary>
    /// y of a current: -2 asinh(i/2i₀) for α = ½, from there by Newton's method, which comes from beyond the root and
    /// so does
    /// not overshoot.
    /// </summary>
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

/// <summary>How a surface with an electrode potential is driven; numbers 1 or 0 but for φ.</summary>
/// <param name="plates">1 where metal plates at saturation.</param>
/// <param name="bare">
/// 1 when faces that hold no lithium may be stripped below no metal (the event that ends the step).
/// </param>
/// <param name="held">
/// 1 where φ is given: a surface that is all but empty then gives what diffusion brings; else 0: it is asked for more,
/// and
/// that it cannot give it is the event that ends the step.
/// </param>
/// <param name="potential">φ [V].</param>
public readonly struct ElectrodeDrive(double plates, double bare, double held, double potential)
{
    public readonly double Plates = plates, Bare = bare, Held = held, Potential = potential;
}

/// <summary>
/// The surface at an electrode potential φ by <see cref="ButlerVolmer"/>: x_s is where the alloy's uptake q(x_s) equals
/// the
/// reaction's current plus the metal μ = m/τ that is left of the stage's base, i.e. where U(x_s) + η(q - μ) = φ. Both
/// terms
/// fall with x_s, so bisection finds it. Where that is beyond saturation, x_s stays there; the face then takes q_sat,
/// its
/// potential is anything between that of the full alloy and 0 V, or 0 V where metal plates: i = max(q_sat - μ, i(φ)).
/// </summary>
/// <typeparam name="TOcv">The open-circuit potential.</typeparam>
/// <param name="ocv">U_chem(x) [V].</param>
/// <param name="law">i(η).</param>
/// <param name="stage">The surface within the stage.</param>
/// <param name="reaction">Result.</param>
/// <param name="drive">φ, and what it may do.</param>
public readonly struct ButlerVolmerReaction<TOcv>(
    TOcv ocv, ButlerVolmer law, SurfaceStage stage, SurfaceReaction reaction, ElectrodeDrive drive)
    : IKernel<Surface, double> where TOcv : struct, IOpenCircuitPotential
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

    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var (zero, one, left) = (L.Of(0), L.Of(1), stage.Left<L>(p));
        var (low, high) = (L.Of(LowestRatio), L.Of(stage.Saturation));
        var (empty, full) = (Excess(low, left, p), Excess(high, left, p));
        for (var k = 0; k < Bisections; k++)
        {
            var middle = L.Sqrt(low * high);
            var excess = Excess(middle, left, p);
            (low, high) = (L.IfGreater(excess, zero, middle, low), L.IfGreater(excess, zero, high, middle));
        }
        // Beyond the ends of the range: full, or so empty that the potential no longer rises.
        var surface = L.IfGreater(full, zero, L.Of(stage.Saturation), high);
        var lowest = Potential(L.Of(LowestRatio), p);
        var drawn = law.Current(L.Of(law.InverseThermal) * (L.Of(drive.Potential) - lowest)) + left;
        var brought = stage.Relation.Uptake(L.Of(LowestRatio), p);
        var limited = L.MulAdd(L.Of(drive.Held), brought - drawn, drawn);
        var uptake = L.IfGreater(zero, empty, limited, stage.Relation.Uptake(surface, p));
        var steep = L.IfGreater(zero, empty, L.Of(drive.Held * Steepest), zero);
        Derivatives(surface, uptake - left, L.IfGreater(zero, empty, zero, one), steep, p);
        Store(p, uptake, left, L.Of(drive.Plates) * L.IfGreater(full, zero, one, zero));
    }

    /// <summary>F (U(x_s) + η - φ)/RT, positive below the root.</summary>
    private L Excess<L>(L surface, L left, in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var overpotential = law.Overpotential(stage.Relation.Uptake(surface, p) - left);
        return L.MulAdd(L.Of(law.InverseThermal), Potential(surface, p) - L.Of(drive.Potential), overpotential);
    }

    private L Potential<L>(L surface, in Point<Surface> p) where L : unmanaged, ILane<L, double> =>
        ocv.At(surface) + stage.Relation.Shift.At<L>(p) - stage.Relation.Softening.At<L>(p) * surface;

    /// <summary>
    /// ∂q/∂φ = c'/(U' + c' η') and -∂q/∂x₁ = s U'/(U' + c' η') by the relation that x_s fulfils; c' = ∂q/∂x_s, s that
    /// of the
    /// relation, η' = ∂η/∂i.
    /// </summary>
    private void Derivatives<L>(L surface, L current, L rises, L steep, in Point<Surface> p)
        where L : unmanaged, ILane<L, double>
    {
        var near = Potential(surface * L.Of(1 + Step), p) - Potential(surface * L.Of(1 - Step), p);
        var far = Potential(surface * L.Of(1 + 2 * Step), p) - Potential(surface * L.Of(1 - 2 * Step), p);
        var slopeOfU = rises * (L.Of(8) * near - far) / (L.Of(12 * Step) * surface);
        var fall = L.Min(slopeOfU, L.Of(Flattest)) + steep;
        var slope = stage.Relation.Slope(surface, p);
        var resistance = slope / (L.Of(law.InverseThermal) * law.Slope(law.Overpotential(current)));
        reaction.Slope.Set(p, stage.Relation.Stiffness.At<L>(p) * fall / (fall + resistance));
        reaction.UptakeByPotential.Set(p, slope / (fall + resistance));
    }

    private void Store<L>(in Point<Surface> p, L uptake, L left, L saturated) where L : unmanaged, ILane<L, double>
    {
        var (zero, one, holds, plates) = (L.Of(0), L.Of(1), stage.Conducts.At<L>(p), L.Of(drive.Plates));
        saturated = L.Max(saturated, plates * (one - holds));
        var y = L.Of(law.InverseThermal * drive.Potential);
        var (onMetal, rest) = (law.Current(y), holds * uptake - left);
        var plated = saturated * L.Max(L.IfGreater(onMetal, rest, one, zero), L.Of(drive.Bare) * (one - holds));
        var byPotential = (one - saturated) * holds * reaction.UptakeByPotential.At<L>(p);
        var stiffness = stage.Relation.Stiffness.At<L>(p);
        reaction.Uptake.Set(p, holds * uptake);
        reaction.Current.Set(p, plated * onMetal + (one - plated) * L.Max(holds, plates) * rest);
        reaction.Alloyed.Set(p, one - plated);
        reaction.CurrentByPotential.Set(p, plated * L.Of(law.InverseThermal) * law.Slope(y) + byPotential);
        reaction.UptakeByPotential.Set(p, byPotential);
        reaction.Slope.Set(p, holds * L.IfGreater(saturated, L.Of(0.5), stiffness, reaction.Slope.At<L>(p)));
    }
}
