namespace MesoLiMg.Kernels;

/// <summary>
/// The linear strain β(x) = (c_Mg/3) ∫₀ˣ Ω_Li dx of taken-up lithium, or as the case gives it. Where Ω_Li is constant
/// in all
/// materials the law holds β' = Ω_Li c_Mg/3 itself, else β.
/// </summary>
/// <param name="law">β' or β.</param>
public readonly struct SwellingLaw(CompositionLaw law)
{
    /// <summary>The same law for cells of another grid.</summary>
    public SwellingLaw Over(View<int> cells) => new(law.Over(cells));

    /// <summary>β in a cell at x.</summary>
    public L Strain<L>(L x, in Point<Cell> p) where L : unmanaged, ILane<L, double> => Strain(x, p.Index);

    /// <summary>β' = dβ/dx in a cell at x.</summary>
    public L Rate<L>(L x, in Point<Cell> p) where L : unmanaged, ILane<L, double> => Rate(x, p.Index);

    /// <summary>β' = dβ/dx at a point of the closed body.</summary>
    public L Rate<L>(L x, in Point<Closed> p) where L : unmanaged, ILane<L, double> => Rate(x, p.Index);

    /// <summary>β of the material at element <paramref name="i"/>.</summary>
    public L Strain<L>(L x, int i) where L : unmanaged, ILane<L, double> =>
        law.IsConstant ? law.At(x, i) * x : law.At(x, i);

    /// <summary>β' of the material at element <paramref name="i"/>.</summary>
    public L Rate<L>(L x, int i) where L : unmanaged, ILane<L, double> =>
        law.IsConstant ? law.At(x, i) : law.Slope(x, i);
}

/// <summary>β(x), the linear strain of taken-up lithium, at cells or at the points of the closed body.</summary>
/// <typeparam name="TPlace">Cell or Closed.</typeparam>
/// <param name="x">Li per Mg.</param>
/// <param name="swelling">β(x).</param>
/// <param name="strain">Result: β.</param>
public readonly struct ChemicalStrain<TPlace>(
    Field<TPlace, double> x, SwellingLaw swelling, Field<TPlace, double> strain)
    : IKernel<TPlace, double> where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        strain.Set(p, swelling.Strain(x.At<L>(p), p.Index));
}
