namespace MesoLiMg.Kernels;

/// <summary>
/// The surface under a given current, the same everywhere: q = min(q_sat, i + μ), μ = m/τ being the metal of the
/// stage's
/// base. A face that holds no lithium takes up none.
/// </summary>
/// <param name="stage">The surface within the stage.</param>
/// <param name="reaction">Result.</param>
/// <param name="current">i/(F c_Mg) of the faces that take it [m/s].</param>
public readonly struct GivenCurrent(SurfaceStage stage, SurfaceReaction reaction, double current)
    : IKernel<Surface, double>
{
    public void Execute<L>(in Point<Surface> p) where L : unmanaged, ILane<L, double>
    {
        var (zero, one) = (L.Of(0), L.Of(1));
        var (drive, holds) = (L.Of(current) * stage.Takes.At<L>(p), stage.Conducts.At<L>(p));
        var full = stage.Relation.Uptake(L.Of(stage.Saturation), p);
        var supply = stage.Supply(drive, p);
        var alloyed = holds * L.IfGreater(supply, full, zero, one);
        reaction.Current.Set(p, drive);
        reaction.Uptake.Set(p, holds * L.Min(supply, full));
        reaction.Slope.Set(p, (holds - alloyed) * stage.Relation.Stiffness.At<L>(p));
        reaction.UptakeByPotential.Set(p, zero);
        reaction.CurrentByPotential.Set(p, zero);
        reaction.Alloyed.Set(p, alloyed);
    }
}
