namespace MesoLiMg.Kernels;

/// <summary>One component.</summary>
/// <param name="x">Field.</param>
/// <param name="component">Number of the component.</param>
public readonly struct Element<TPlace>(
    Field<TPlace, double> x, int component = 0) : IReduction<TPlace>
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        x.At<L>(p, component);
}

/// <summary>One component of a field in single precision.</summary>
/// <param name="x">Field.</param>
/// <param name="component">Number of the component.</param>
public readonly struct ElementSingle<TPlace>(
    Field<TPlace, float> x, int component = 0) : IReduction<TPlace>
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        L.LoadSingle(x.Values, p.Index + component * x.Layout.Length);
}

/// <summary>x where a mask is 1, else a number.</summary>
/// <param name="x">Field.</param>
/// <param name="where">Mask.</param>
/// <param name="otherwise">The number.</param>
public readonly struct ElementWhere<TPlace>(
    Field<TPlace, double> x, Field<TPlace, double> where, double otherwise) : IReduction<TPlace>
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        L.IfGreater(where.At<L>(p), L.Of(0.5), x.At<L>(p), L.Of(otherwise));
}

/// <summary>x of cells where a mask of the closed body is 1, else a number.</summary>
/// <param name="x">Field.</param>
/// <param name="where">Mask.</param>
/// <param name="otherwise">The number.</param>
public readonly struct CellWhere(
    Field<Cell, double> x, Field<Closed, double> where, double otherwise) : IReduction<Cell>
{
    public L Value<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        L.IfGreater(where.At<L>(p.Centre()), L.Of(0.5), x.At<L>(p), L.Of(otherwise));
}

/// <summary>y where x is above a threshold, else -1: its maximum tells whether y is positive there.</summary>
/// <param name="x">Field; likewise <paramref name="y"/>.</param>
/// <param name="threshold">The threshold.</param>
public readonly struct ElementAbove<TPlace>(
    Field<TPlace, double> x, Field<TPlace, double> y, double threshold) : IReduction<TPlace>
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        L.IfGreater(x.At<L>(p), L.Of(threshold), y.At<L>(p), L.Of(-1));
}

/// <summary>Where a field is at least a threshold, its position along x or z in cells, else -1.</summary>
/// <param name="x">Field.</param>
/// <param name="threshold">The threshold.</param>
/// <param name="alongX">1 for the position along x, 0 for that along z.</param>
public readonly struct PositionWhere(Field<Cell, double> x, double threshold, double alongX) : IReduction<Cell>
{
    public L Value<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var position = L.Of(alongX) * L.Ramp(p.X) + L.Of((1 - alongX) * p.Z);
        return L.IfGreater(L.Of(threshold), x.At<L>(p), L.Of(-1), position);
    }
}

/// <summary>|x|</summary>
/// <param name="x">Field.</param>
public readonly struct Magnitude<TPlace>(
    Field<TPlace, double> x) : IReduction<TPlace>
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        L.Abs(x.At<L>(p));
}
