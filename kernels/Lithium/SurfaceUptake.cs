namespace MesoLiMg.Kernels;

// What the SE side adds to the cells below it, and takes from them. Launched on the faces of the SE side.

/// <summary>
/// Adds what the alloy takes up to an implicit stage, linear in x of the cells below: b ← b + τ A (q + s x₁), and s A
/// as the
/// transmissibility of the top face, beyond which x is zero, so that the operator subtracts τ A s x.
/// </summary>
/// <param name="b">Right side of the stage [m³].</param>
/// <param name="tz">T across z; that of the top faces is written [m³/s].</param>
/// <param name="x">x₁ of cells.</param>
/// <param name="reaction">q and s.</param>
/// <param name="faceZ">A along x, entry x+1 [m²].</param>
/// <param name="top">z of the uppermost cells.</param>
/// <param name="tau">τ [s].</param>
public readonly struct AddUptake(
    Field<Cell, double> b, Field<Face, double> tz, Field<Cell, double> x, SurfaceReaction reaction, View<double> faceZ,
    int top, double tau)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var (cell, area, s) = (p.CellUnder(b.Layout, top), L.Load(faceZ, p.X + 1), reaction.Slope.At<L>(p));
        var uptake = L.MulAdd(s, x.At<L>(cell), reaction.Uptake.At<L>(p));
        b.Set(cell, L.MulAdd(L.Of(tau) * area, uptake, b.At<L>(cell)));
        tz.Set(p.TopFace(tz.Layout, top), s * area);
    }
}

/// <summary>b ← b + a A f at the cells under the SE.</summary>
/// <param name="b">Right side of a stage [m³].</param>
/// <param name="f">Field of the SE side [m/s].</param>
/// <param name="faceZ">A along x, entry x+1 [m²].</param>
/// <param name="top">z of the uppermost cells.</param>
/// <param name="a">a [s].</param>
public readonly struct AddSurface(
    Field<Cell, double> b, Field<Surface, double> f, View<double> faceZ, int top, double a) : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var cell = p.CellUnder(b.Layout, top);
        b.Set(cell, L.MulAdd(L.Of(a) * f.At<L>(p), L.Load(faceZ, p.X + 1), b.At<L>(cell)));
    }
}

/// <summary>k ← k + A f / V: <see cref="AddSurface"/> as a rate of x [1/s].</summary>
/// <param name="k">Rate of x.</param>
/// <param name="f">Field of the SE side [m/s].</param>
/// <param name="geometry">A and V.</param>
/// <param name="top">z of the uppermost cells.</param>
public readonly struct AddSurfaceRate(
    Field<Cell, double> k, Field<Surface, double> f, VolumeGeometry geometry, int top) : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var cell = p.CellUnder(k.Layout, top);
        var perVolume = L.Load(geometry.FaceZ, p.X + 1) / L.Load(geometry.Volume, p.X + 1);
        k.Set(cell, L.MulAdd(f.At<L>(p), perVolume, k.At<L>(cell)));
    }
}

/// <summary>J_z ← J_z - ½ c_Mg q: the share of the SE face in the flux at the centre of the cell below it.</summary>
/// <param name="flux">J_z of cells [mol/(m² s)].</param>
/// <param name="uptake">q [m/s].</param>
/// <param name="top">z of the uppermost cells.</param>
/// <param name="magnesium">c_Mg [mol/m³].</param>
public readonly struct AddSurfaceFlux(
    Field<Cell, double> flux, Field<Surface, double> uptake, int top, double magnesium) : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var cell = p.CellUnder(flux.Layout, top);
        flux.Set(cell, L.MulAdd(L.Of(-0.5 * magnesium), uptake.At<L>(p), flux.At<L>(cell)));
    }
}

/// <summary>Copies a field of the SE side to the points of the body's surface there.</summary>
/// <param name="plane">Field of the SE side.</param>
/// <param name="field">Result.</param>
/// <param name="top">z of the uppermost cells.</param>
public readonly struct PlaceOnFace(Field<Surface, double> plane, Field<Closed, double> field, int top)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double> =>
        field.Set(p.OnBody(field.Layout, top), plane.At<L>(p));
}

/// <summary>Copies a field at the cells under the SE to a field of the SE side.</summary>
/// <param name="field">Field of cells and the body's surface.</param>
/// <param name="plane">Result.</param>
/// <param name="top">z of the uppermost cells.</param>
public readonly struct TakeFromCells(Field<Closed, double> field, Field<Surface, double> plane, int top)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double> =>
        plane.Set(p, field.At<L>(p.CellUnder(field.Layout, top).Centre()));
}
