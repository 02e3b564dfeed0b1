using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// Diffusivity of cells along one axis [m²/s]: D(x) a_kk of the grain's tensor, plus what the boundaries beside the cell conduct along it.
/// </summary>
/// <param name="factors">a_kk = D_kk/D by group, at <paramref name="offset"/> + g.</param>
/// <param name="along">Conduction of boundaries along the axis, per cross-section of the cell [m²/s].</param>
/// <param name="open">Positive where lithium can be, 0 outside of the body.</param>
/// <param name="result">Result.</param>
public readonly struct DiffusivityAlong(View<double> x, CompositionLaw law, View<double> factors, View<int> group, int offset, View<double> along, View<double> open, View<double> result) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var d = L.MulAdd(law.At(L.Load(x, i), i), L.Gather(factors, offset, group, i), L.Load(along, i));
        L.Store(result, i, L.IfGreater(L.Load(open, i), L.Of(0), d, L.Of(0)));
    }
}

/// <summary>
/// Transmissibility of a low face in series with a barrier, T = A / (h/2D₁ + h/2D₂ + R), the harmonic mean of <see cref="FaceTransmissibility"/> where R = 0, and beside it what boundaries conduct, g A/h. Zero where either side does not conduct.
/// </summary>
/// <param name="diffusivity">D of cells along the axis, with what boundaries conduct there [m²/s].</param>
/// <param name="boundaries">What they conduct in cells [m²/s].</param>
/// <param name="links">g, what they conduct beside low faces [m²/s].</param>
/// <param name="resistance">R at low faces, the inverse of the permeability [s/m].</param>
public readonly struct BarrierTransmissibility(
    View<double> diffusivity, View<double> boundaries, View<double> links, View<double> resistance, View<double> transmissibility, View<double> area, int stride, double spacing) : IKernel<double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (low, high, zero) = (Grain<L>(p.Index - stride), Grain<L>(p.Index), L.Of(0));
        var both = low * high;
        var series = L.MulAdd(L.Load(resistance, p.Index), both, L.Of(0.5 * spacing) * (low + high));
        var beside = L.IfGreater(both, zero, L.Of(1 / spacing) * L.Load(links, p.Index), zero);
        L.Store(transmissibility, p.Index, (both / (series + L.Of(Tiny)) + beside) * L.Load(area, p.X + 1));
    }

    /// <summary>D of the grain alone.</summary>
    private L Grain<L>(int cell) where L : unmanaged, ILane<L, double> => L.Max(L.Load(diffusivity, cell) - L.Load(boundaries, cell), L.Of(0));
}

/// <summary>
/// What gradients along two axes drive along the third in a cell whose tensor is not along the grid: r_k = D Σ_l a_kl f_l / D_k, l ≠ k. f_l is the mean of the driving forces in the cell's two halves along l, each φ/D_l - r_l from the whole flux
/// φ = T (x_a - x_b) + G through the face there: the value on the face is the one for which the fluxes of both sides agree, and a closed face drives nothing through itself. As r depends on itself, the first pass takes
/// f_l from the fluxes of two points, and the second one r and G from the first. <see cref="CrossFlux"/> makes of r a flux that comes from the energy ½ V f·D f.
/// </summary>
/// <param name="along">D_k at cells, with boundaries.</param>
/// <param name="before">G of the first pass at low faces.</param>
/// <param name="tensor">a_xx, a_yy, a_zz, a_xy, a_yz, a_xz by group, one after the other.</param>
/// <param name="result">r along x, y, z; before the second pass that of the first.</param>
/// <param name="pass">Per axis 1 in the second pass; 0 in the first, and along axes where nothing varies.</param>
public readonly struct CrossForce(
    View<double> x, CompositionLaw law, AxisFields along, AxisFields transmissibility, AxisFields drift, AxisFields before, AxisFields result, View<double> tensor, View<int> group, VolumeGeometry geometry, Layout layout,
    PerAxis<double> pass, int count) : IKernel<double>
{
    private const double Tiny = 1e-100;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var d = law.At(L.Load(x, i), i);
        var (ax, ay, az) = (L.Load(geometry.FaceX, p.X + 1), L.Load(geometry.FaceY, p.X + 1), L.Load(geometry.FaceZ, p.X + 1));
        var (ix, iy, iz) = (Inverse<L>(along.X, i, ax), Inverse<L>(along.Y, i, ay), Inverse<L>(along.Z, i, az));
        var fx = d * (Mean<L>(transmissibility.X, drift.X, before.X, i, 1) * ix - L.Of(pass.X) * L.Load(result.X, i));
        var fy = d * (Mean<L>(transmissibility.Y, drift.Y, before.Y, i, layout.StrideY) * iy - L.Of(pass.Y) * L.Load(result.Y, i));
        var fz = d * (Mean<L>(transmissibility.Z, drift.Z, before.Z, i, layout.StrideZ) * iz - L.Of(pass.Z) * L.Load(result.Z, i));
        var (xy, yz, xz) = (L.Gather(tensor, 3 * count, group, i), L.Gather(tensor, 4 * count, group, i), L.Gather(tensor, 5 * count, group, i));
        L.Store(result.X, i, L.MulAdd(xy, fy, xz * fz) * (ax * ix));
        L.Store(result.Y, i, L.MulAdd(xy, fx, yz * fz) * (ay * iy));
        L.Store(result.Z, i, (xz * fx + yz * fy) * (az * iz));
    }

    /// <summary>1/(A D) across an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Inverse<L>(View<double> diffusivity, int i, L area) where L : unmanaged, ILane<L, double> => L.Of(1) / (area * L.Max(L.Load(diffusivity, i), L.Of(Tiny)));

    /// <summary>Mean flux of both faces along an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Mean<L>(View<double> t, View<double> g, View<double> first, int i, int stride) where L : unmanaged, ILane<L, double>
    {
        var here = L.Load(x, i);
        var low = L.MulAdd(L.Load(t, i), L.Load(x, i - stride) - here, L.Load(g, i) + L.Load(first, i));
        var high = L.MulAdd(L.Load(t, i + stride), here - L.Load(x, i + stride), L.Load(g, i + stride) + L.Load(first, i + stride));
        return L.Of(0.5) * (low + high);
    }
}

/// <summary>
/// G ← G + ½ h T (r_a + r_b) at low faces: the flux that gradients along the face drive through it. Out of a cell with less than half of the mean x of both it is reduced in proportion to x, so that it empties none.
/// </summary>
/// <param name="force">r of <see cref="CrossForce"/> along the axis.</param>
/// <param name="drift">G at low faces [m³/s].</param>
public readonly struct CrossFlux(View<double> x, View<double> force, View<double> transmissibility, View<double> drift, int stride, double spacing) : IKernel<double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (a, b) = (p.Index - stride, p.Index);
        var flux = L.Of(0.5 * spacing) * L.Load(transmissibility, b) * (L.Load(force, a) + L.Load(force, b));
        var (xa, xb, zero) = (L.Max(L.Load(x, a), L.Of(0)), L.Max(L.Load(x, b), L.Of(0)), L.Of(0));
        var source = L.IfGreater(flux, zero, xa, xb);
        var share = L.Min(L.Of(1), L.Of(4) * source / (xa + xb + L.Of(Tiny)));
        L.Store(drift, b, L.MulAdd(share, flux, L.Load(drift, b)));
    }
}

/// <summary>G at the faces of the SE side ← -q A: what enters through them.</summary>
/// <param name="uptake">q, a field of the SE plane [m/s].</param>
/// <param name="shift">Distance from that plane to the cell below a face.</param>
public readonly struct FluxThroughSurface(View<double> uptake, View<double> area, View<double> drift, int shift, int strideZ) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(drift, p.Index + shift + strideZ, -L.Load(uptake, p.Index) * L.Load(area, p.X + 1));
}

/// <summary>A field along each axis.</summary>
public readonly struct AxisFields(View<double> x, View<double> y, View<double> z)
{
    public readonly View<double> X = x, Y = y, Z = z;
}
