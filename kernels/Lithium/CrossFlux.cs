using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// What gradients along two axes drive along the third in a cell whose tensor is not along the grid:
/// r_k = D Σ_l a_kl f_l / D_k, l ≠ k. f_l is the mean of the driving forces in the cell's two halves along l, each
/// φ/D_l - r_l from the whole flux φ = T (x_a - x_b) + G through the face there: the value on the face is the one for
/// which
/// the fluxes of both sides agree, and a closed face drives nothing through itself. As r depends on itself, the first
/// pass
/// takes f_l from the fluxes of two points, and the second one r and G from the first. <see cref="CrossFlux"/> makes of
/// r a
/// flux that comes from the energy ½ V f·D f.
/// </summary>
/// <param name="x">Li per Mg of cells and periodic ghosts.</param>
/// <param name="law">D(x) [m²/s].</param>
/// <param name="tensor">a_kl.</param>
/// <param name="along">D_k at cells, with boundaries [m²/s].</param>
/// <param name="fluxes">T and G, and G of the first pass.</param>
/// <param name="result">r along x, y, z; before the second pass that of the first.</param>
/// <param name="geometry">Areas of faces.</param>
/// <param name="pass">Per axis 1 in the second pass; 0 in the first, and along axes where nothing varies.</param>
public readonly struct CrossForce(
    Field<Cell, double> x, CompositionLaw law, GroupTensor tensor, CellFields along, WholeFluxes fluxes,
    CellFields result, VolumeGeometry geometry, PerAxis<double> pass)
    : IKernel<Cell, double>
{
    private const double Tiny = 1e-100;

    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var d = law.At(x.At<L>(p), p);
        var (ax, ay) = (L.Load(geometry.FaceX, p.X + 1), L.Load(geometry.FaceY, p.X + 1));
        var az = L.Load(geometry.FaceZ, p.X + 1);
        var (ix, iy, iz) = (Inverse(along.X, p, ax), Inverse(along.Y, p, ay), Inverse(along.Z, p, az));
        var fx = d * (fluxes.MeanX<L>(x, p) * ix - L.Of(pass.X) * result.X.At<L>(p));
        var fy = d * (fluxes.MeanY<L>(x, p) * iy - L.Of(pass.Y) * result.Y.At<L>(p));
        var fz = d * (fluxes.MeanZ<L>(x, p) * iz - L.Of(pass.Z) * result.Z.At<L>(p));
        var (xy, yz) = (tensor.At<L>(p, Pair.XY), tensor.At<L>(p, Pair.YZ));
        var xz = tensor.At<L>(p, Pair.XZ);
        result.X.Set(p, L.MulAdd(xy, fy, xz * fz) * (ax * ix));
        result.Y.Set(p, L.MulAdd(xy, fx, yz * fz) * (ay * iy));
        result.Z.Set(p, (xz * fx + yz * fy) * (az * iz));
    }

    /// <summary>1/(A D) across an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Inverse<L>(in Field<Cell, double> diffusivity, in Point<Cell> p, L area)
        where L : unmanaged, ILane<L, double> =>
        L.Of(1) / (area * L.Max(diffusivity.At<L>(p), L.Of(Tiny)));
}

/// <summary>The fluxes T (x_a - x_b) + G through low faces, G in two parts [m³/s].</summary>
/// <param name="t">T.</param>
/// <param name="drift">G.</param>
/// <param name="first">What is added to it.</param>
public readonly struct WholeFluxes(FaceFields t, FaceFields drift, FaceFields first)
{
    /// <summary>Mean of a cell's faces across x; likewise the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L MeanX<L>(in Field<Cell, double> x, in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        Mean<L>(x, t.X, drift.X, first.X, p, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L MeanY<L>(in Field<Cell, double> x, in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        Mean<L>(x, t.Y, drift.Y, first.Y, p, x.Layout.StrideY);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L MeanZ<L>(in Field<Cell, double> x, in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        Mean<L>(x, t.Z, drift.Z, first.Z, p, x.Layout.StrideZ);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Mean<L>(
        in Field<Cell, double> x, in Field<Face, double> t, in Field<Face, double> g, in Field<Face, double> first,
        in Point<Cell> p, int stride)
        where L : unmanaged, ILane<L, double>
    {
        var (here, below, above) = (x.At<L>(p), p.LowFace(), p.HighFace(stride));
        var (lowDrift, highDrift) = (g.At<L>(below) + first.At<L>(below), g.At<L>(above) + first.At<L>(above));
        var low = L.MulAdd(t.At<L>(below), x.At<L>(p.Beside(-stride)) - here, lowDrift);
        var high = L.MulAdd(t.At<L>(above), here - x.At<L>(p.Beside(stride)), highDrift);
        return L.Of(0.5) * (low + high);
    }
}

/// <summary>
/// G ← G + ½ h T (r_a + r_b) at low faces: the flux that gradients along the face drive through it. Out of a cell with
/// less
/// than half of the mean x of both it is reduced in proportion to x, so that it empties none.
/// </summary>
/// <param name="x">Li per Mg of cells and periodic ghosts.</param>
/// <param name="force">r of <see cref="CrossForce"/> along the axis, with periodic ghosts.</param>
/// <param name="transmissibility">T [m³/s].</param>
/// <param name="drift">G [m³/s].</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
/// <param name="spacing">h [m].</param>
public readonly struct CrossFlux(
    Field<Cell, double> x, Field<Cell, double> force, Field<Face, double> transmissibility, Field<Face, double> drift,
    int stride, double spacing)
    : IKernel<Face, double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point<Face> p) where L : unmanaged, ILane<L, double>
    {
        var (a, b) = (p.CellBelow(stride), p.CellAbove());
        var flux = L.Of(0.5 * spacing) * transmissibility.At<L>(p) * (force.At<L>(a) + force.At<L>(b));
        var (xa, xb, zero) = (L.Max(x.At<L>(a), L.Of(0)), L.Max(x.At<L>(b), L.Of(0)), L.Of(0));
        var source = L.IfGreater(flux, zero, xa, xb);
        var share = L.Min(L.Of(1), L.Of(4) * source / (xa + xb + L.Of(Tiny)));
        drift.Set(p, L.MulAdd(share, flux, drift.At<L>(p)));
    }
}

/// <summary>G at the faces of the SE side ← -q A: what enters through them.</summary>
/// <param name="uptake">q [m/s].</param>
/// <param name="area">A along x, entry x+1 [m²].</param>
/// <param name="drift">G across z [m³/s].</param>
/// <param name="top">z of the uppermost cells.</param>
public readonly struct FluxThroughSurface(
    Field<Surface, double> uptake, View<double> area, Field<Face, double> drift, int top) : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double> =>
        drift.Set(p.TopFace(drift.Layout, top), -uptake.At<L>(p) * L.Load(area, p.X + 1));
}
