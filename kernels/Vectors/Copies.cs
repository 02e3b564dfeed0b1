namespace MesoLiMg.Kernels;

/// <summary>x[p] ← x[p + shift] at every component: fills ghosts and repeated nodes of a periodic axis.</summary>
/// <param name="x">The field.</param>
/// <param name="shift">Elements to the point that is copied.</param>
public readonly struct CopyPlane<TPlace, T>(Field<TPlace, T> x, int shift) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < x.Components; c++)
        {
            var i = p.Index + c * x.Layout.Length;
            L.Store(x.Values, i, L.Load(x.Values, i + shift));
        }
    }
}

/// <summary>
/// y[p] ← x[p + shift] at every component, between cells of two grids whose rows are alike. Each of the fields is one
/// of cells or of the closed body.
/// </summary>
/// <param name="x">Field of one grid.</param>
/// <param name="y">Field of the other, the result.</param>
/// <param name="shift">Elements from a cell of the grid of y to the same in that of x.</param>
public readonly struct CopyAcross(
    Field<Flat, double> x, Field<Flat, double> y, int shift) : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var (from, to) = (p.Element(shift), p.Element());
        for (var c = 0; c < y.Components; c++)
            y.Set(to, c, x.At<L>(from, c));
    }
}

/// <summary>y ← x at the centres of cells.</summary>
/// <param name="x">Field of cells.</param>
/// <param name="y">Field of the closed body, the result.</param>
public readonly struct CopyToCentres(
    Field<Cell, double> x, Field<Closed, double> y) : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p.Centre(), x.At<L>(p));
}
