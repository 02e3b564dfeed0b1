using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// One electrode potential; the current follows the local overpotential by <see cref="ButlerVolmer"/>.
/// </summary>
internal sealed class ButlerVolmerKinetics(Case @case, ButlerVolmerLaw law, OpenCircuitPotential ocv) : SurfaceKinetics
{
    private readonly ButlerVolmer law = new(
        law.ExchangeCurrentDensity / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration),
        law.TransferCoefficient, PhysicalConstants.Faraday / (PhysicalConstants.Gas * @case.Temperature));

    public override bool HasPotential => true;

    public override void React(
        IDevice device, in SurfaceStage stage, in SurfaceReaction reaction, double current, in ElectrodeDrive electrode,
        in Box<Surface> plane) =>
        ocv.React(law, stage, reaction, electrode, plane);
}
