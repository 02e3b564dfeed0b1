using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>A law of the reaction at the SE side, ready for kernels; <see cref="SurfaceLaws"/> lists them.</summary>
internal abstract class SurfaceKinetics
{
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
