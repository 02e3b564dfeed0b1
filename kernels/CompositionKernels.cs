namespace MesoLiMg.Kernels;

/// <summary>
/// A property as a function of the composition x = Li per Mg, by material: cubics a₀ + a₁t + a₂t² + a₃t³ on equal intervals of x from 0 on, where t runs from 0 to 1. The last interval has no upper end. Below x = 0 the value at 0 is
/// held. Where no material's property follows x, the table is one number a material and nothing is evaluated.
/// </summary>
/// <param name="table">Constants by material; or by material the index of the first coefficient, then the numbers of intervals, then 1/width, and after these the coefficients, four an interval.</param>
/// <param name="group">Index of the cell's material in the table.</param>
/// <param name="materials">Number of materials.</param>
/// <param name="varies">0 for constants, else 1.</param>
public readonly struct CompositionLaw(View<double> table, View<int> group, int materials, int varies)
{
    /// <summary>Whether the table holds constants.</summary>
    public bool IsConstant => varies == 0;

    /// <summary>The same property for cells of another grid.</summary>
    public CompositionLaw Over(View<int> cells) => new(table, cells, materials, varies);

    /// <summary>The property of the material at element <paramref name="i"/> for the composition x.</summary>
    public L At<L>(L x, int i) where L : unmanaged, ILane<L, double> => varies == 0 ? L.Gather(table, 0, group, i) : Piece(x, i).Value;

    /// <summary>Its derivative in x.</summary>
    public L Slope<L>(L x, int i) where L : unmanaged, ILane<L, double> => varies == 0 ? L.Of(0) : Piece(x, i).Slope;

    private CubicPiece<L> Piece<L>(L x, int i) where L : unmanaged, ILane<L, double>
    {
        var perWidth = L.Gather(table, 2 * materials, group, i);
        var s = L.Max(x * perWidth, L.Of(0));
        var last = L.Gather(table, materials, group, i) - L.Of(1);
        var k = L.Max(L.Min(L.Floor(s), last), L.Of(0));
        var first = L.MulAdd(L.Of(4), k, L.Gather(table, 0, group, i));
        return new(
            L.Lookup(table, first), L.Lookup(table, first + L.Of(1)), L.Lookup(table, first + L.Of(2)), L.Lookup(table, first + L.Of(3)), s - k, perWidth);
    }
}

/// <summary>One cubic of a <see cref="CompositionLaw"/> at t.</summary>
public readonly struct CubicPiece<L>(L a0, L a1, L a2, L a3, L t, L perWidth) where L : unmanaged, ILane<L, double>
{
    /// <summary>a₀ + a₁t + a₂t² + a₃t³</summary>
    public L Value => L.MulAdd(t, L.MulAdd(t, L.MulAdd(t, a3, a2), a1), a0);

    /// <summary>Its derivative in x.</summary>
    public L Slope => perWidth * L.MulAdd(t, L.MulAdd(L.Of(3) * t, a3, a2 + a2), a1);
}

/// <summary>The linear strain β(x) of taken-up lithium. Where Ω_Li is constant in all materials the law holds β' = Ω_Li c_Mg/3 itself, else β.</summary>
public readonly struct SwellingLaw(CompositionLaw law)
{
    /// <summary>The same law for cells of another grid.</summary>
    public SwellingLaw Over(View<int> cells) => new(law.Over(cells));

    /// <summary>β at x.</summary>
    public L Strain<L>(L x, int i) where L : unmanaged, ILane<L, double> => law.IsConstant ? law.At(x, i) * x : law.At(x, i);

    /// <summary>β' = dβ/dx at x.</summary>
    public L Rate<L>(L x, int i) where L : unmanaged, ILane<L, double> => law.IsConstant ? law.At(x, i) : law.Slope(x, i);
}

/// <summary>
/// Transmissibility of low faces for D(x): <see cref="FaceTransmissibility"/> with each side's D replaced by its mean over x between both cells, ∫D dx/(x_b - x_a), by Gauss's rule of three points. The flux T (x_a - x_b) is then the difference
/// of Kirchhoff's ∫D dx, so that steady states are met at the cells' centres.
/// </summary>
/// <param name="open">Positive where lithium can be, 0 outside of the body.</param>
/// <param name="area">Face area along x, entry x+1 [m²].</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
public readonly struct KirchhoffTransmissibility(View<double> x, CompositionLaw diffusivity, View<double> open, View<double> transmissibility, View<double> area, int stride, double spacing) : IKernel<double>
{
    private const double Tiny = 1e-300, Outer = 0.3872983346207417, OuterWeight = 5.0 / 18, InnerWeight = 8.0 / 18;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (a, b) = (p.Index - stride, p.Index);
        var (xa, xb) = (L.Load(x, a), L.Load(x, b));
        var (middle, rise) = (L.Of(0.5) * (xa + xb), xb - xa);
        var outer = L.Of(Outer) * rise;
        var (low, high) = (Mean(middle, outer, a), Mean(middle, outer, b));
        var conductance = (low + low) * high / (low + high + L.Of(Tiny)) * L.Load(area, p.X + 1) * L.Of(1 / spacing);
        L.Store(transmissibility, b, L.IfGreater(L.Min(L.Load(open, a), L.Load(open, b)), L.Of(0), conductance, L.Of(0)));
    }

    /// <summary>Gauss's mean of a cell's D, the same from either end.</summary>
    private L Mean<L>(L middle, L outer, int cell) where L : unmanaged, ILane<L, double> =>
        L.MulAdd(L.Of(InnerWeight), diffusivity.At(middle, cell), L.Of(OuterWeight) * (diffusivity.At(middle - outer, cell) + diffusivity.At(middle + outer, cell)));
}

/// <summary>1/Γ at cells for a thermodynamic factor Γ(x) that the case gives.</summary>
public readonly struct InverseOfLaw(CompositionLaw factor, View<double> x, View<double> inverse) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(inverse, p.Index, L.Of(1) / factor.At(L.Load(x, p.Index), p.Index));
}
