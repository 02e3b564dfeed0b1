namespace MesoLiMg.Kernels;

/// <summary>
/// Values on a face from the cells below it: f ← f₁ + a (f₁ - f₂) + b (f₁ - 2 f₂ + f₃), counting inward. With (a, b) =
/// (1/2, 3/8) a smooth field is extrapolated with third order, weights (15, -10, 3)/8, with (1/8, 0) one that is even
/// about the face, (9, -1, 0)/8. Cells that are not of the body have no say: without the third one b is dropped,
/// without the second one both.
/// </summary>
/// <param name="field">The field, at cells and on the surface.</param>
/// <param name="body">1 at cells, and points on faces, that take part, else 0.</param>
/// <param name="inward">Distance to the next cell inward.</param>
/// <param name="second">Distance to the second one, or to the last where there are fewer; likewise <paramref
/// name="third"/>.</param>
/// <param name="third">Distance to the third one.</param>
/// <param name="a">Share of the first difference.</param>
/// <param name="b">Share of the second difference.</param>
public readonly struct ExtrapolateToFace(
    Field<Closed, double> field, Field<Closed, double> body, int inward, int second, int third, double a, double b)
    : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var (p1, p2, p3) = (p.Inward(inward), p.Inward(second), p.Inward(third));
        var both = body.At<L>(p1) * body.At<L>(p2);
        var (slope, bend) = (L.Of(a) * both, L.Of(b) * both * body.At<L>(p3));
        for (var c = 0; c < field.Components; c++)
        {
            var (f1, f2) = (field.At<L>(p1, c), field.At<L>(p2, c));
            var rise = f1 - f2;
            field.Set(p, c, L.MulAdd(bend, rise - (f2 - field.At<L>(p3, c)), L.MulAdd(slope, rise, f1)));
        }
    }
}

/// <summary>
/// f ← max(f, a f_k): what was extrapolated to a face stays above a share of the cell's value, so that x stays positive
/// beside steep slopes and its logarithm near that of the cell.
/// </summary>
/// <param name="field">f, at cells and on the surface.</param>
/// <param name="inward">Distance to the next cell inward.</param>
/// <param name="share">a.</param>
public readonly struct KeepAboveShare(Field<Closed, double> field, int inward, double share) : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double> =>
        field.Set(p, L.Max(field.At<L>(p), L.Of(share) * field.At<L>(p.Inward(inward))));
}

/// <summary>
/// f ← mean of the cell inward and the one at the other end: a face between the two ends of a periodic axis. Where one
/// of them is not of the body it is the other one's.
/// </summary>
/// <param name="field">The field, at cells and on the surface.</param>
/// <param name="body">1 at cells, and points on faces, that take part, else 0.</param>
/// <param name="inward">Distance to the next cell inward.</param>
/// <param name="inwardAcross">Distance to the cell behind the face, at the other end of the axis.</param>
public readonly struct AverageToFace(
    Field<Closed, double> field, Field<Closed, double> body, int inward, int inwardAcross) : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var (near, far) = (p.Inward(inward), p.Inward(inwardAcross));
        var (half, here, across) = (L.Of(0.5), body.At<L>(near), body.At<L>(far));
        for (var c = 0; c < field.Components; c++)
        {
            var (a, b) = (field.At<L>(near, c), field.At<L>(far, c));
            field.Set(p, c, half * (L.IfGreater(half, here, b, a) + L.IfGreater(half, across, a, b)));
        }
    }
}

/// <summary>f[p] ← the mean of f[p] and f[p + shift].</summary>
/// <param name="field">The field, at cells and on the surface.</param>
/// <param name="shift">Distance to the other point.</param>
public readonly struct MeanOfTwo(Field<Closed, double> field, int shift) : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        for (var c = 0; c < field.Components; c++)
            field.Set(p, c, L.Of(0.5) * (field.At<L>(p, c) + field.At<L>(p.Inward(shift), c)));
    }
}

/// <summary>
/// x on a face, from the averages x₁, x₂ of the two cells below it: the parabola with these averages and the slope g =
/// (dx/dn) at the face, x_f = x₁ + g h/2 - (x₂ - x₁ + g h)/6; here what it is without flux, (7 x₁ - x₂)/6. Where one of
/// them holds no lithium nothing flows between them, and it is x₁.
/// </summary>
/// <param name="x">Li per Mg, at cells and on the surface.</param>
/// <param name="conducts">1 at cells, and points on faces, that lithium can be in, else 0.</param>
/// <param name="first">Distance inward to the first cell.</param>
/// <param name="second">That to the second cell, equal to that of the first one where there is only one.</param>
public readonly struct SurfaceConcentration(
    Field<Closed, double> x, Field<Closed, double> conducts, int first, int second) : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var (p1, p2) = (p.Inward(first), p.Inward(second));
        var (x1, both) = (x.At<L>(p1), conducts.At<L>(p1) * conducts.At<L>(p2));
        x.Set(p, L.MulAdd(L.Of(1.0 / 6) * both, x1 - x.At<L>(p2), x1));
    }
}

/// <summary>
/// x_f ← x_f + g h/3, g = q/D: what an uptake adds to <see cref="SurfaceConcentration"/> on the SE side.
/// </summary>
/// <param name="x">Li per Mg, at cells and on the surface.</param>
/// <param name="uptake">q [m/s].</param>
/// <param name="diffusivity">D of cells [m²/s].</param>
/// <param name="top">z of the uppermost cells.</param>
/// <param name="spacing">h [m].</param>
public readonly struct AddSurfaceSlope(
    Field<Closed, double> x, Field<Surface, double> uptake, Field<Cell, double> diffusivity, int top, double spacing)
    : IKernel<Surface, double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var cell = p.CellUnder(diffusivity.Layout, top);
        var d = diffusivity.At<L>(cell);
        var slope = L.Of(spacing / 3) * uptake.At<L>(p) / L.Max(d, L.Of(Tiny));
        var rise = L.IfGreater(d, L.Of(0), slope, L.Of(0));
        var face = cell.Centre().Step(0, 0, 1, x.Layout);
        x.Set(face, x.At<L>(face) + rise);
    }
}
