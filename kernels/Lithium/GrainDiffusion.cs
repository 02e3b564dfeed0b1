using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// Diffusivity of cells along one axis [m²/s]: D(x) a_kk of the grain's tensor, plus what the boundaries beside the
/// cell
/// conduct along it.
/// </summary>
/// <param name="x">Li per Mg.</param>
/// <param name="law">D(x) [m²/s].</param>
/// <param name="factors">a_kk = D_kk/D of the cell's group.</param>
/// <param name="axis">k: 0 x, 1 y, 2 z.</param>
/// <param name="along">Conduction of boundaries along the axis, per cross-section of the cell [m²/s].</param>
/// <param name="open">Positive where lithium can be, 0 outside of the body.</param>
/// <param name="result">Result.</param>
public readonly struct DiffusivityAlong(
    Field<Cell, double> x, CompositionLaw law, GroupTensor factors, int axis, Field<Cell, double> along,
    Field<Cell, double> open, Field<Cell, double> result)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var d = L.MulAdd(law.At(x.At<L>(p), p), factors.At<L>(p, axis), along.At<L>(p));
        result.Set(p, L.IfGreater(open.At<L>(p), L.Of(0), d, L.Of(0)));
    }
}

/// <summary>a_kl = D_kl/D in sample axes of the group of each cell.</summary>
/// <param name="tensor">a_xx, a_yy, a_zz, a_xy, a_yz, a_xz by group, one after the other.</param>
/// <param name="group">Group of cells.</param>
/// <param name="count">Number of groups.</param>
public readonly struct GroupTensor(View<double> tensor, View<int> group, int count)
{
    /// <summary>A component (<see cref="Pair"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L At<L>(in Point<Cell> p, int component) where L : unmanaged, ILane<L, double> =>
        L.Gather(tensor, component * count, group, p.Index);
}

/// <summary>
/// Transmissibility of a low face in series with a barrier, T = A / (h/2D₁ + h/2D₂ + R), the harmonic mean of
/// <see cref="FaceTransmissibility"/> where R = 0, and beside it what boundaries conduct, g A/h. Zero where either side
/// does
/// not conduct.
/// </summary>
/// <param name="diffusivity">
/// D of cells along the axis, with what boundaries conduct there; periodic ghosts [m²/s].
/// </param>
/// <param name="boundaries">What they conduct in cells [m²/s].</param>
/// <param name="links">g, what they conduct beside low faces [m²/s].</param>
/// <param name="resistance">R at low faces, the inverse of the permeability [s/m].</param>
/// <param name="transmissibility">Result: T [m³/s].</param>
/// <param name="area">Face area along x, entry x+1 [m²].</param>
/// <param name="stride">Distance to the cell below along the axis.</param>
/// <param name="spacing">h along the axis [m].</param>
public readonly struct BarrierTransmissibility(
    Field<Cell, double> diffusivity, Field<Cell, double> boundaries, Field<Face, double> links,
    Field<Face, double> resistance, Field<Face, double> transmissibility, View<double> area, int stride, double spacing)
    : IKernel<Face, double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point<Face> p) where L : unmanaged, ILane<L, double>
    {
        var (low, high, zero) = (Grain<L>(p.CellBelow(stride)), Grain<L>(p.CellAbove()), L.Of(0));
        var both = low * high;
        var series = L.MulAdd(resistance.At<L>(p), both, L.Of(0.5 * spacing) * (low + high));
        var beside = L.IfGreater(both, zero, L.Of(1 / spacing) * links.At<L>(p), zero);
        transmissibility.Set(p, (both / (series + L.Of(Tiny)) + beside) * L.Load(area, p.X + 1));
    }

    /// <summary>D of the grain alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Grain<L>(in Point<Cell> cell) where L : unmanaged, ILane<L, double> =>
        L.Max(diffusivity.At<L>(cell) - boundaries.At<L>(cell), L.Of(0));
}
