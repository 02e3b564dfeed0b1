using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// x ← x + s e of the coarse cell that holds the cell: each coarse correction is constant over its cells but for their
/// shares s. In ghosts too, whose parents are those of the cells that they repeat.
/// </summary>
/// <param name="coarse">e.</param>
/// <param name="share">s of <see cref="FactorLines"/>.</param>
/// <param name="x">What is corrected.</param>
/// <param name="parentX">Coarse cell along x, entry x+1; likewise <paramref name="parentY"/>.</param>
public readonly struct AddParents(
    Field<Cell, float> coarse, Field<Cell, float> share, Field<Cell, float> x, View<int> parentX, View<int> parentY)
    : IKernel<Cell, float>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, float>
    {
        var row = coarse.Layout.Index(0, L.Integer(parentY, p.Y + 1), p.Z);
        var correction = L.Gather(coarse.Values, row, parentX, p.X + 1);
        x.Set(p, L.MulAdd(share.At<L>(p), correction, x.At<L>(p)));
    }
}

/// <summary>
/// f_coarse ← Σ f over the children of a coarse cell, which all lie in its layer: restriction, the transpose of
/// <see cref="AddParents"/> after shares, and τ T of faces along z. Opposite children are added first, then what a
/// quarter
/// turn makes of them.
/// </summary>
/// <typeparam name="TPlace">Cell or Face.</typeparam>
/// <param name="fine">f.</param>
/// <param name="coarse">Result.</param>
/// <param name="children">Children along x and y.</param>
public readonly struct SumChildren<TPlace>(
    Field<TPlace, float> fine, Field<TPlace, float> coarse, Children<float> children)
    : IKernel<TPlace, float> where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, float>
    {
        var sum = Child<L>(p, 0, 0);
        for (var b = 0; b < 2; b++)
        {
            var (ring, dx, dy) = (L.Of(0), 1, b);
            for (var turn = 0; turn < 2; turn++)
            {
                ring += Child<L>(p, dx, dy) + Child<L>(p, -dx, -dy);
                (dx, dy) = (-dy, dx);
            }
            sum += ring;
        }
        coarse.Set(p, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Child<L>(in Point<TPlace> p, int dx, int dy) where L : unmanaged, ILane<L, float>
    {
        if (children.X.IsEmpty(dx) || children.Y.IsEmpty(dy))
            return L.Of(0);
        var (atX, atY) = (children.X.Entry(dx, p.X), children.Y.Entry(dy, p.Y));
        var row = fine.Layout.Index(0, L.Integer(children.Y.Child, atY), p.Z);
        var value = L.Gather(fine.Values, row, children.X.Child, atX);
        if (children.X.Step == 2 && children.Y.Step == 2)
            return value;
        var share = L.Load(children.X.Shares, atX) * L.Uniform(children.Y.Shares, atY);
        return L.IfGreater(share, L.Of(0), value, L.Of(0));
    }
}

/// <summary>
/// τ T of the low x faces of coarse cells: the sum of those of the fine faces that make them up, times the distance
/// between
/// fine cells over that between coarse ones. Fine faces within coarse cells have no say: corrections are constant
/// there.
/// </summary>
/// <param name="fine">τ T of fine faces.</param>
/// <param name="coarse">Result.</param>
/// <param name="faces">The fine face that a coarse one lies on, entry x+1.</param>
/// <param name="closer">Distances of fine over coarse cells across it, likewise.</param>
/// <param name="children">Children along y.</param>
public readonly struct CoarsenFacesX(
    Field<Face, float> fine, Field<Face, float> coarse, View<int> faces, View<float> closer,
    AxisChildren<float> children)
    : IKernel<Face, float>
{
    public void Execute<L>(in Point<Face> p) where L : unmanaged, ILane<L, float> =>
        coarse.Set(p, L.Load(closer, p.X + 1) * (Part<L>(p, -1) + Part<L>(p, 1) + Part<L>(p, 0)));

    private L Part<L>(in Point<Face> p, int place) where L : unmanaged, ILane<L, float>
    {
        if (children.IsEmpty(place))
            return L.Of(0);
        var at = children.Entry(place, p.Y);
        var row = fine.Layout.Index(0, L.Integer(children.Child, at), p.Z);
        var value = L.Gather(fine.Values, row, faces, p.X + 1);
        return L.IfGreater(L.Uniform(children.Shares, at), L.Of(0), value, L.Of(0));
    }
}

/// <summary><see cref="CoarsenFacesX"/> for low y faces.</summary>
/// <param name="fine">τ T of fine faces.</param>
/// <param name="coarse">Result.</param>
/// <param name="faces">The fine face that a coarse one lies on, entry y+1.</param>
/// <param name="closer">Distances of fine over coarse cells across it, likewise.</param>
/// <param name="children">Children along x.</param>
public readonly struct CoarsenFacesY(
    Field<Face, float> fine, Field<Face, float> coarse, View<int> faces, View<float> closer,
    AxisChildren<float> children)
    : IKernel<Face, float>
{
    public void Execute<L>(in Point<Face> p) where L : unmanaged, ILane<L, float> =>
        coarse.Set(p, L.Uniform(closer, p.Y + 1) * (Part<L>(p, -1) + Part<L>(p, 1) + Part<L>(p, 0)));

    private L Part<L>(in Point<Face> p, int place) where L : unmanaged, ILane<L, float>
    {
        if (children.IsEmpty(place))
            return L.Of(0);
        var at = children.Entry(place, p.X);
        var row = fine.Layout.Index(0, L.Integer(faces, p.Y + 1), p.Z);
        var value = L.Gather(fine.Values, row, children.Child, at);
        return L.IfGreater(L.Load(children.Shares, at), L.Of(0), value, L.Of(0));
    }
}
