namespace MesoLiMg.Kernels;

// The thermodynamic factor Γ = d ln a/d ln x = -(F/RT) dU_chem/d ln x (docs/theory.md): it divides the stress
// term of the flux (StressDrift.cs), so that 1/Γ is what is stored.

/// <summary>
/// 1/Γ at cells, Γ = -(F/RT) dU_chem/d ln x, from U_chem at x e^(±h) and x e^(±2h) to fourth order in h. Where U_chem
/// does
/// not fall, as beyond the ends of a table, Γ = 1.
/// </summary>
/// <typeparam name="TOcv">The open-circuit potential.</typeparam>
/// <param name="ocv">U_chem(x) [V].</param>
/// <param name="x">Li per Mg.</param>
/// <param name="inverse">Result: 1/Γ.</param>
/// <param name="faradayPerThermal">F/RT [1/V].</param>
public readonly struct InverseThermodynamicFactor<TOcv>(
    TOcv ocv, Field<Cell, double> x, Field<Cell, double> inverse, double faradayPerThermal)
    : IKernel<Cell, double> where TOcv : struct, IOpenCircuitPotential
{
    private const double SmallestRatio = 1e-9, FlattestSlope = 1e-6;

    // h = 0.02: its powers of e.
    private const double H = 0.02, Up = 1.0202013400267558, Down = 0.9801986733067553;

    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var ratio = L.Max(x.At<L>(p), L.Of(SmallestRatio));
        var near = ocv.At(ratio * L.Of(Up)) - ocv.At(ratio * L.Of(Down));
        var far = ocv.At(ratio * L.Of(Up * Up)) - ocv.At(ratio * L.Of(Down * Down));
        var factor = L.Of(-faradayPerThermal / (12 * H)) * (L.Of(8) * near - far);
        var safe = L.Max(factor, L.Of(FlattestSlope));
        inverse.Set(p, L.IfGreater(factor, L.Of(FlattestSlope), L.Of(1) / safe, L.Of(1)));
    }
}

/// <summary>1/Γ at cells for a Γ(x) that the case gives.</summary>
/// <param name="factor">Γ(x).</param>
/// <param name="x">Li per Mg.</param>
/// <param name="inverse">Result: 1/Γ.</param>
public readonly struct InverseOfLaw(CompositionLaw factor, Field<Cell, double> x, Field<Cell, double> inverse)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> =>
        inverse.Set(p, L.Of(1) / factor.At(x.At<L>(p), p));
}
