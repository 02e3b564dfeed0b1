namespace MesoLiMg.Kernels;

/// <summary>
/// What happens at the faces of the SE side within a stage, linear in x of the cells below and in the electrode
/// potential φ:
/// the alloy's uptake q and the current i, both as i/(F c_Mg) [m/s]. What is not taken up is metal. The laws that write
/// it:
/// <see cref="GivenCurrent"/>, <see cref="ButlerVolmerReaction{TOcv}"/>.
/// </summary>
public readonly struct SurfaceReaction(
    Field<Surface, double> uptake, Field<Surface, double> current, Field<Surface, double> slope,
    Field<Surface, double> uptakeByPotential, Field<Surface, double> currentByPotential, Field<Surface, double> alloyed)
{
    /// <summary>q and i.</summary>
    public readonly Field<Surface, double> Uptake = uptake, Current = current;

    /// <summary>s = -∂q/∂x of the cell below.</summary>
    public readonly Field<Surface, double> Slope = slope;

    /// <summary>∂q/∂φ and ∂i/∂φ [m/(s V)].</summary>
    public readonly Field<Surface, double> UptakeByPotential = uptakeByPotential;

    /// <inheritdoc cref="UptakeByPotential"/>
    public readonly Field<Surface, double> CurrentByPotential = currentByPotential;

    /// <summary>
    /// 1 where the alloy takes all there is and no metal remains, i = q - μ; 0 where there is metal and i does not
    /// depend on
    /// the cell below.
    /// </summary>
    public readonly Field<Surface, double> Alloyed = alloyed;
}

/// <summary>The state of the surface within a stage that laws of kinetics are solved for.</summary>
/// <param name="relation">What the alloy takes up.</param>
/// <param name="takes">1 where a given current enters, else 0.</param>
/// <param name="conducts">1 where the alloy can take lithium, else 0.</param>
/// <param name="metal">m of the stage's base, as thickness of the alloy's lattice m/c_Mg [m].</param>
/// <param name="saturation">x at which the alloy is full; beyond any x where metal does not plate.</param>
/// <param name="rate">1/τ [1/s].</param>
public readonly struct SurfaceStage(
    SurfaceRelation relation, Field<Surface, double> takes, Field<Surface, double> conducts,
    Field<Surface, double> metal, double saturation, double rate)
{
    public readonly SurfaceRelation Relation = relation;
    public readonly Field<Surface, double> Takes = takes, Conducts = conducts;

    /// <summary>x of the full alloy.</summary>
    public readonly double Saturation = saturation;

    /// <summary>What the stage's base has left of metal, over τ [m/s].</summary>
    public L Left<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double> => L.Of(rate) * metal.At<L>(p);

    /// <summary>The same and a current [m/s], rounded once.</summary>
    public L Supply<L>(L current, in Point<Surface> p) where L : unmanaged, ILane<L, double> =>
        L.MulAdd(L.Of(rate), metal.At<L>(p), current);
}

/// <summary>
/// The surface at the end of a stage's iteration, x of the cells below having moved to their solution and φ by δφ:
/// q ← q + s (x₁ - x) + q_φ δφ, i likewise where the alloy takes all, else by i_φ δφ.
/// </summary>
/// <param name="reaction">q, i and what they follow.</param>
/// <param name="before">x₁ of the cells below that the reaction was made linear about.</param>
/// <param name="x">Solution at cells.</param>
/// <param name="top">z of the uppermost cells.</param>
/// <param name="potentialChange">δφ [V].</param>
public readonly struct FollowSolution(
    SurfaceReaction reaction, Field<Surface, double> before, Field<Cell, double> x, int top, double potentialChange)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var change = L.Of(potentialChange);
        var bySlope = reaction.Slope.At<L>(p) * (before.At<L>(p) - x.At<L>(p.CellUnder(x.Layout, top)));
        reaction.Uptake.Set(p, reaction.Uptake.At<L>(p) + bySlope + reaction.UptakeByPotential.At<L>(p) * change);
        var current = reaction.Current.At<L>(p) + reaction.Alloyed.At<L>(p) * bySlope;
        reaction.Current.Set(p, current + reaction.CurrentByPotential.At<L>(p) * change);
    }
}

/// <summary>
/// i ← i + δ and q ← q + δ where the alloy takes all: makes the total current exact after an iteration.
/// </summary>
/// <param name="reaction">q and i.</param>
/// <param name="stage">Where current enters.</param>
/// <param name="change">δ [m/s].</param>
public readonly struct ShiftCurrent(SurfaceReaction reaction, SurfaceStage stage, double change)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var shift = L.Of(change) * stage.Takes.At<L>(p);
        reaction.Current.Set(p, reaction.Current.At<L>(p) + shift);
        var share = reaction.Alloyed.At<L>(p) * stage.Conducts.At<L>(p);
        reaction.Uptake.Set(p, L.MulAdd(share, shift, reaction.Uptake.At<L>(p)));
    }
}

/// <summary>
/// m ← m_base + τ (i - q), which is nothing where the alloy takes all; and the rate i - q of it.
/// </summary>
/// <param name="reaction">q and i.</param>
/// <param name="metal">m_base, metal of the stage's base [m].</param>
/// <param name="result">Result: m [m].</param>
/// <param name="rate">Result: its rate [m/s].</param>
/// <param name="tau">τ [s].</param>
public readonly struct PlatedMetal(
    SurfaceReaction reaction, Field<Surface, double> metal, Field<Surface, double> result, Field<Surface, double> rate,
    double tau)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var (before, rest) = (metal.At<L>(p), L.Of(1) - reaction.Alloyed.At<L>(p));
        var grown = reaction.Current.At<L>(p) - reaction.Uptake.At<L>(p);
        result.Set(p, rest * L.MulAdd(L.Of(tau), grown, before));
        rate.Set(p, rest * grown - (L.Of(1) - rest) * before * L.Of(1 / tau));
    }
}

/// <summary>x on the SE face for the uptake found; saturation where metal is.</summary>
/// <param name="stage">What the alloy takes up, and where.</param>
/// <param name="reaction">q.</param>
/// <param name="result">Result.</param>
public readonly struct SurfaceRatio(SurfaceStage stage, SurfaceReaction reaction, Field<Surface, double> result)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var highest = L.Of(stage.Saturation);
        var found = L.Min(stage.Relation.Surface(reaction.Uptake.At<L>(p), p), highest);
        var onFace = L.IfGreater(reaction.Alloyed.At<L>(p), L.Of(0.5), found, highest);
        result.Set(p, stage.Conducts.At<L>(p) * onFace);
    }
}

/// <summary>A f g of two fields of the SE side: summed, ∫ f g dA.</summary>
/// <param name="f">Field; likewise <paramref name="g"/>.</param>
/// <param name="faceZ">A along x, entry x+1 [m²].</param>
public readonly struct SurfaceProduct(Field<Surface, double> f, Field<Surface, double> g, View<double> faceZ)
    : IReduction<Surface>
{
    public L Value<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double> =>
        f.At<L>(p) * g.At<L>(p) * L.Load(faceZ, p.X + 1);
}

/// <summary>
/// A a s (w x₁ - x): summed, what the solution x of a stage takes from the current that was made linear about x₁.
/// </summary>
/// <param name="reaction">s, and a: 1 where the alloy takes all.</param>
/// <param name="before">x₁.</param>
/// <param name="x">Solution at cells.</param>
/// <param name="faceZ">A along x, entry x+1 [m²].</param>
/// <param name="top">z of the uppermost cells.</param>
/// <param name="weight">w: 1, or 0 for the response to a field alone.</param>
public readonly struct CurrentResponse(
    SurfaceReaction reaction, Field<Surface, double> before, Field<Cell, double> x, View<double> faceZ, int top,
    double weight)
    : IReduction<Surface>
{
    public L Value<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var fall = L.Of(weight) * before.At<L>(p) - x.At<L>(p.CellUnder(x.Layout, top));
        return reaction.Alloyed.At<L>(p) * reaction.Slope.At<L>(p) * fall * L.Load(faceZ, p.X + 1);
    }
}

/// <summary>
/// A U where the film's face is bare, 0 where there is metal: summed, the potential of a surface with metal.
/// </summary>
/// <param name="potential">Potentials of the closed body (<see cref="PotentialPart"/>) [V].</param>
/// <param name="metal">m [m].</param>
/// <param name="conducts">1 where lithium can be.</param>
/// <param name="faceZ">A along x, entry x+1 [m²].</param>
/// <param name="top">z of the uppermost cells.</param>
public readonly struct BarePotential(
    Field<Closed, double> potential, Field<Surface, double> metal, Field<Closed, double> conducts, View<double> faceZ,
    int top)
    : IReduction<Surface>
{
    public L Value<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var face = p.OnBody(conducts.Layout, top);
        var bare = L.IfGreater(metal.At<L>(p), L.Of(0), L.Of(0), conducts.At<L>(face));
        return bare * potential.At<L>(face, PotentialPart.Sum) * L.Load(faceZ, p.X + 1);
    }
}
