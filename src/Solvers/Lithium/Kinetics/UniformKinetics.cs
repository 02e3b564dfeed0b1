using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The same current at all faces that take it (<see cref="GivenCurrent"/>); there is no electrode potential.
/// </summary>
internal sealed class UniformKinetics : SurfaceKinetics
{
    public override bool HasPotential => false;

    public override void React(
        IDevice device, in SurfaceStage stage, in SurfaceReaction reaction, double current, in ElectrodeDrive electrode,
        in Box<Surface> plane) =>
        device.Launch(new GivenCurrent(stage, reaction, current), plane);
}
