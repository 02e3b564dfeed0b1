namespace MesoLiMg.Kernels;

/// <summary>y ← the entry of a table for the group of each point.</summary>
/// <param name="table">One number a group.</param>
/// <param name="group">Group of each point.</param>
/// <param name="y">Result.</param>
public readonly struct Mask<TPlace>(
    View<double> table, View<int> group, Field<TPlace, double> y) : IKernel<TPlace, double>
    where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p, L.Gather(table, 0, group, p.Index));
}

/// <summary>y ← m y at every component, with a mask m of ones and zeros.</summary>
/// <param name="mask">m, one number a point.</param>
/// <param name="y">The field.</param>
public readonly struct KeepWhere<TPlace>(
    Field<TPlace, double> mask, Field<TPlace, double> y) : IKernel<TPlace, double>
    where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double>
    {
        for (var c = 0; c < y.Components; c++)
            y.Set(p, c, mask.At<L>(p) * y.At<L>(p, c));
    }
}

/// <summary>y ← m y at cells, with the m of the closed body.</summary>
/// <param name="mask">m: 1 at cells of the body, else 0.</param>
/// <param name="y">The field.</param>
public readonly struct KeepBody(
    Field<Closed, double> mask, Field<Cell, double> y) : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p, mask.At<L>(p.Centre()) * y.At<L>(p));
}
