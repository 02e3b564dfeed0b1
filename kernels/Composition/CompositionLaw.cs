using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// A property as a function of the composition x = Li per Mg, by material: cubics a₀ + a₁t + a₂t² + a₃t³ on equal
/// intervals
/// of x from 0 on, where t runs from 0 to 1. The last interval has no upper end. Below x = 0 the value at 0 is held.
/// Where
/// no material's property follows x, the table is one number a material and nothing is evaluated.
/// </summary>
/// <param name="table">
/// Constants by material; or by material the index of the first coefficient, then the numbers of intervals, then
/// 1/width,
/// and after these the coefficients, four an interval.
/// </param>
/// <param name="group">Index in the table of the material of cells and of points on the body's surface.</param>
/// <param name="materials">Number of materials.</param>
/// <param name="varies">0 for constants, else 1.</param>
public readonly struct CompositionLaw(View<double> table, View<int> group, int materials, int varies)
{
    /// <summary>Whether the table holds constants.</summary>
    public bool IsConstant => varies == 0;

    /// <summary>The same property for cells of another grid.</summary>
    public CompositionLaw Over(View<int> cells) => new(table, cells, materials, varies);

    /// <summary>The property in a cell for the composition x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(L x, in Point<Cell> p) where L : unmanaged, ILane<L, double> => At(x, p.Index);

    /// <summary>The property at a point of the closed body.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(L x, in Point<Closed> p) where L : unmanaged, ILane<L, double> => At(x, p.Index);

    /// <summary>The property of the material at element <paramref name="i"/> for the composition x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(L x, int i) where L : unmanaged, ILane<L, double> =>
        varies == 0 ? L.Gather(table, 0, group, i) : Piece(x, i).Value;

    /// <summary>Its derivative in x.</summary>
    public L Slope<L>(L x, int i) where L : unmanaged, ILane<L, double> => varies == 0 ? L.Of(0) : Piece(x, i).Slope;

    private CubicPiece<L> Piece<L>(L x, int i) where L : unmanaged, ILane<L, double>
    {
        var perWidth = L.Gather(table, 2 * materials, group, i);
        var s = L.Max(x * perWidth, L.Of(0));
        var last = L.Gather(table, materials, group, i) - L.Of(1);
        var k = L.Max(L.Min(L.Floor(s), last), L.Of(0));
        var (first, one) = (L.MulAdd(L.Of(4), k, L.Gather(table, 0, group, i)), L.Of(1));
        var (a0, a1) = (L.Lookup(table, first), L.Lookup(table, first + one));
        return new(a0, a1, L.Lookup(table, first + L.Of(2)), L.Lookup(table, first + L.Of(3)), s - k, perWidth);
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
