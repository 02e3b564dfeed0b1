using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>A law of the reaction at the SE side, ready for kernels.</summary>
internal abstract class SurfaceKinetics
{
    /// <summary>The law of a case.</summary>
    /// <param name="ocv">The alloy's potential, for laws that have an electrode potential.</param>
    public static SurfaceKinetics Of(Case @case, OpenCircuitPotential? ocv) => @case.Kinetics.Chosen switch
    {
        ButlerVolmerLaw law =>
            new ButlerVolmerKinetics(@case, law, ocv ?? throw new ArgumentNullException(nameof(ocv))),
        _ => new UniformKinetics(),
    };

    /// <summary>Whether the surface has an electrode potential of its own.</summary>
    public abstract bool HasPotential { get; }

    /// <summary>Solves the reaction at the faces of the SE side.</summary>
    /// <param name="stage">The surface within the stage.</param>
    /// <param name="reaction">Result.</param>
    /// <param name="current">Given i/(F c_Mg) of the faces that take it [m/s].</param>
    /// <param name="electrode">φ, and what it may do.</param>
    /// <param name="plane">The faces.</param>
    public abstract void React(
        IDevice device, in SurfaceStage stage, in SurfaceReaction reaction, double current, in ElectrodeDrive electrode,
        in Box<Surface> plane);
}
