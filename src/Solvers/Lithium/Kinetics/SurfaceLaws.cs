using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>The laws of the reaction by those of the case: a further one is a line here.</summary>
internal static class SurfaceLaws
{
    /// <summary>The law of a case.</summary>
    /// <param name="ocv">The alloy's potential, for laws that have an electrode potential.</param>
    public static SurfaceKinetics Of(Case @case, OpenCircuitPotential? ocv) => @case.Kinetics.Chosen switch
    {
        ButlerVolmerLaw law =>
            new ButlerVolmerKinetics(@case, law, ocv ?? throw new ArgumentNullException(nameof(ocv))),
        _ => new UniformKinetics(),
    };
}
