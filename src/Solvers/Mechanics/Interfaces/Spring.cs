using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>t = -k_s u_t.</summary>
public sealed class SpringSide(Spring law, FilmSide side) : TractionSide<SpringTraction>(side)
{
    /// <inheritdoc/>
    public override Tangent Tangent => Tangent.Constant;

    /// <inheritdoc/>
    protected override SpringTraction Law => new(law.Stiffness);
}
