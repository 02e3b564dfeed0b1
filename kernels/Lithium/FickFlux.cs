using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

// Fick's law J = -D c_Mg ∇x in finite volumes of two points: through the low face of a cell, from a (below) to b, flows
// F = T (x_a - x_b) [m³/s]. The flux with stress adds to it (StressDrift.cs), grains and their boundaries change T
// (GrainDiffusion.cs), and oblique tensors drive fluxes across gradients (CrossFlux.cs).

/// <summary>
/// T = 2 A / (h/D_a + h/D_b) of the low face of a cell: the harmonic mean that makes the flux of a layered medium exact
/// (Patankar, Numerical Heat Transfer and Fluid Flow, 1980, section 4.2-3). Zero where either side does not conduct, as
/// at
/// the domain's faces, whose ghost cells have D = 0.
/// </summary>
/// <param name="diffusivity">D of cells and periodic ghosts [m²/s].</param>
/// <param name="transmissibility">Result: T [m³/s].</param>
/// <param name="area">Face area along x, entry x+1 [m²].</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
/// <param name="spacing">h along the axis [m].</param>
public readonly struct FaceTransmissibility(
    Field<Cell, double> diffusivity, Field<Face, double> transmissibility, View<double> area, int stride,
    double spacing)
    : IKernel<Face, double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point<Face> p) where L : unmanaged, ILane<L, double>
    {
        var (low, high) = (diffusivity.At<L>(p.CellBelow(stride)), diffusivity.At<L>(p.CellAbove()));
        var conductance = (low + low) * high / (low + high + L.Of(Tiny));
        transmissibility.Set(p, conductance * L.Load(area, p.X + 1) * L.Of(1 / spacing));
    }
}

/// <summary>
/// T of low faces for D(x): <see cref="FaceTransmissibility"/> with each side's D replaced by its mean over x between
/// both
/// cells, ∫D dx/(x_b - x_a), by Gauss's rule of three points. The flux T (x_a - x_b) is then the difference of
/// Kirchhoff's
/// ∫D dx, so that steady states are met at the cells' centres.
/// </summary>
/// <param name="x">Li per Mg of cells and periodic ghosts.</param>
/// <param name="diffusivity">D(x) [m²/s].</param>
/// <param name="open">Positive at cells where lithium can be, 0 outside of the body.</param>
/// <param name="transmissibility">Result: T [m³/s].</param>
/// <param name="area">Face area along x, entry x+1 [m²].</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
/// <param name="spacing">h along the axis [m].</param>
public readonly struct KirchhoffTransmissibility(
    Field<Cell, double> x, CompositionLaw diffusivity, Field<Cell, double> open, Field<Face, double> transmissibility,
    View<double> area, int stride, double spacing)
    : IKernel<Face, double>
{
    private const double Tiny = 1e-300, Outer = 0.3872983346207417, OuterWeight = 5.0 / 18, InnerWeight = 8.0 / 18;

    public void Execute<L>(in Point<Face> p) where L : unmanaged, ILane<L, double>
    {
        var (a, b) = (p.CellBelow(stride), p.CellAbove());
        var (xa, xb) = (x.At<L>(a), x.At<L>(b));
        var (middle, rise) = (L.Of(0.5) * (xa + xb), xb - xa);
        var outer = L.Of(Outer) * rise;
        var (low, high) = (Mean(middle, outer, a), Mean(middle, outer, b));
        var both = (low + low) * high / (low + high + L.Of(Tiny));
        var conductance = both * L.Load(area, p.X + 1) * L.Of(1 / spacing);
        var zero = L.Of(0);
        transmissibility.Set(p, L.IfGreater(L.Min(open.At<L>(a), open.At<L>(b)), zero, conductance, zero));
    }

    /// <summary>Gauss's mean of a cell's D, the same from either end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Mean<L>(L middle, L outer, in Point<Cell> cell) where L : unmanaged, ILane<L, double>
    {
        var ends = diffusivity.At(middle - outer, cell) + diffusivity.At(middle + outer, cell);
        return L.MulAdd(L.Of(InnerWeight), diffusivity.At(middle, cell), L.Of(OuterWeight) * ends);
    }
}

/// <summary>
/// The sum of fluxes out of a cell, Σ_f T_f (x - x_f) [m³/s]. Fluxes across x and y are rounded alike.
/// </summary>
/// <param name="t">T of low faces [m³/s].</param>
public readonly struct FluxBalance(FaceFields t)
{
    /// <summary>Net outflow of the field x at p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Outflow<L>(in Field<Cell, double> x, in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var (here, strideY, strideZ) = (x.At<L>(p), x.Layout.StrideY, x.Layout.StrideZ);
        var acrossX = t.X.At<L>(p.LowFace()) * (here - x.At<L>(p.Beside(-1)))
            + t.X.At<L>(p.HighFace(1)) * (here - x.At<L>(p.Beside(1)));
        var acrossY = t.Y.At<L>(p.LowFace()) * (here - x.At<L>(p.Beside(-strideY)))
            + t.Y.At<L>(p.HighFace(strideY)) * (here - x.At<L>(p.Beside(strideY)));
        var sum = L.MulAdd(t.Z.At<L>(p.LowFace()), here - x.At<L>(p.Beside(-strideZ)), acrossX + acrossY);
        return L.MulAdd(t.Z.At<L>(p.HighFace(strideZ)), here - x.At<L>(p.Beside(strideZ)), sum);
    }

    /// <summary>Σ_f T_f, the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Diagonal<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        Lateral<L>(p) + (t.Z.At<L>(p.LowFace()) + t.Z.At<L>(p.HighFace(t.Z.Layout.StrideZ)));

    /// <summary>Σ_f T_f over the faces along x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Lateral<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var strideY = t.Y.Layout.StrideY;
        // Along a missing axis the neighbour is the cell itself and contributes nothing to the balance.
        var y = strideY == 0 ? L.Of(0) : t.Y.At<L>(p.LowFace()) + t.Y.At<L>(p.HighFace(strideY));
        return t.X.At<L>(p.LowFace()) + t.X.At<L>(p.HighFace(1)) + y;
    }
}

/// <summary>k ← -(1/V) Σ_f T_f (x - x_f): the rate of x without what flows in through the surface [1/s].</summary>
/// <param name="fluxes">T.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="x">Li per Mg of cells and periodic ghosts.</param>
/// <param name="k">Result.</param>
public readonly struct DiffusionRate(
    FluxBalance fluxes, View<double> volume, Field<Cell, double> x, Field<Cell, double> k) : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        k.Set(p, -fluxes.Outflow<L>(x, p) / L.Load(volume, p.X + 1));
}

/// <summary>
/// J at the centres of cells [mol/(m² s)]: along each axis the mean of the fluxes through the cell's two faces,
/// F = T (x_a - x_b) + G over the face's area, with what stress adds in T and G (<see cref="StressDrift"/>); 0 through
/// outer faces.
/// </summary>
/// <param name="x">Li per Mg of cells and periodic ghosts.</param>
/// <param name="transmissibility">T along the axis [m³/s].</param>
/// <param name="drift">G along the axis [m³/s]; zeros without stress.</param>
/// <param name="area">Face area, entry x+1 for the low face [m²].</param>
/// <param name="flux">Result.</param>
/// <param name="stride">Distance to the next cell along the axis.</param>
/// <param name="next">1 along x, where faces differ in area, else 0.</param>
/// <param name="magnesium">c_Mg [mol/m³].</param>
public readonly struct CellFlux(
    Field<Cell, double> x, Field<Face, double> transmissibility, Field<Face, double> drift, View<double> area,
    Field<Cell, double> flux, int stride, int next, double magnesium)
    : IKernel<Cell, double>
{
    private const double SmallestArea = 1e-300;

    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var (here, below, above) = (x.At<L>(p), p.LowFace(), p.HighFace(stride));
        var low = L.MulAdd(transmissibility.At<L>(below), x.At<L>(p.Beside(-stride)) - here, drift.At<L>(below));
        var high = L.MulAdd(transmissibility.At<L>(above), here - x.At<L>(p.Beside(stride)), drift.At<L>(above));
        // The axis of r-z is a face without area and without flow.
        var lowArea = L.Max(L.Load(area, p.X + 1), L.Of(SmallestArea));
        flux.Set(p, L.Of(0.5 * magnesium) * (low / lowArea + high / L.Load(area, p.X + 1 + next)));
    }
}
