namespace MesoLiMg.Kernels;

// What Runge-Kutta stages do at points, of cells or of the SE side (TR-BDF2, Hosea and Shampine, Appl. Numer. Math. 20
// (1996) 21).

/// <summary>b ← x + a₁ k₁ + a₂ k₂: the explicit part of a stage, per volume.</summary>
/// <typeparam name="TPlace">Cell or Surface.</typeparam>
/// <param name="x">Value at the step's beginning.</param>
/// <param name="k1">Rate [1/s]; likewise <paramref name="k2"/>.</param>
/// <param name="b">Result.</param>
/// <param name="a1">Weight [s]; likewise <paramref name="a2"/>.</param>
public readonly struct StageBase<TPlace>(
    Field<TPlace, double> x, Field<TPlace, double> k1, Field<TPlace, double> k2, Field<TPlace, double> b,
    double a1, double a2)
    : IKernel<TPlace, double> where TPlace : struct, IPlace
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        b.Set(p, L.MulAdd(L.Of(a2), k2.At<L>(p), L.MulAdd(L.Of(a1), k1.At<L>(p), x.At<L>(p))));
}

/// <summary>k ← (x - b) / τ: the rate that an implicit stage found [1/s].</summary>
/// <param name="x">Its solution.</param>
/// <param name="b">Its explicit part.</param>
/// <param name="k">Result.</param>
/// <param name="tau">τ [s].</param>
public readonly struct StageRate(Field<Cell, double> x, Field<Cell, double> b, Field<Cell, double> k, double tau)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        k.Set(p, (x.At<L>(p) - b.At<L>(p)) * L.Of(1 / tau));
}

/// <summary>e ← V Σ_i e_i k_i: the embedded error estimate of a step, times the volume.</summary>
/// <param name="k1">Rate of a stage [1/s]; likewise <paramref name="k2"/>, <paramref name="k3"/>.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="e">Result [m³].</param>
/// <param name="e1">Weight [s]; likewise <paramref name="e2"/>, <paramref name="e3"/>.</param>
public readonly struct ErrorEstimate(
    Field<Cell, double> k1, Field<Cell, double> k2, Field<Cell, double> k3, View<double> volume, Field<Cell, double> e,
    double e1, double e2, double e3)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var two = L.MulAdd(L.Of(e2), k2.At<L>(p), L.Of(e1) * k1.At<L>(p));
        e.Set(p, L.MulAdd(L.Of(e3), k3.At<L>(p), two) * L.Load(volume, p.X + 1));
    }
}

/// <summary>y ← V x</summary>
/// <param name="x">Field of cells.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
/// <param name="y">Result.</param>
public readonly struct TimesVolume(Field<Cell, double> x, View<double> volume, Field<Cell, double> y)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p, x.At<L>(p) * L.Load(volume, p.X + 1));
}

/// <summary>y ← y / V</summary>
/// <param name="y">Field of cells.</param>
/// <param name="volume">V along x, entry x+1 [m³].</param>
public readonly struct PerVolume(Field<Cell, double> y, View<double> volume) : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        y.Set(p, y.At<L>(p) / L.Load(volume, p.X + 1));
}
