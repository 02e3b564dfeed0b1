using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>The open-circuit potential of a case, ready for kernels.</summary>
public abstract class OpenCircuitPotential
{
    /// <summary>The potential that a case asks for.</summary>
    public static OpenCircuitPotential Of(IDevice device, CaseDocument document)
    {
        var (ocv, temperature) = (document.Case.Material.Ocv, document.Case.Temperature);
        var thermal = PhysicalConstants.Gas * temperature;
        return ocv.Chosen switch
        {
            RegularSolutionLaw law => Form<RegularSolution>(
                device, new(law.StandardPotential, law.Interaction, thermal, PhysicalConstants.Faraday)),
            TabulatedLaw => Form(device, Table(device, document.OcvTable!)),
            RedlichKisterLaw { Coefficients: var l } => Form<RedlichKister>(
                device, new(device.Allocate<double>([.. l]), l.Count, thermal, PhysicalConstants.Faraday)),
            _ => throw new NotSupportedException(ocv.Chosen.GetType().Name),
        };
    }

    /// <summary>Writes the components of <see cref="Potentials{TOcv}"/>.</summary>
    /// <param name="state">x, stress and material.</param>
    /// <param name="conducts">1 where lithium can be.</param>
    /// <param name="result">Result [V].</param>
    /// <param name="magnesium">c_Mg [mol/m³].</param>
    /// <param name="points">Where.</param>
    public abstract void Write(
        in PotentialInputs state, Field<Closed, double> conducts, Field<Closed, double> result, double magnesium,
        in Box<Closed> points);

    /// <summary>Writes 1/Γ of cells.</summary>
    public abstract void WriteInverseFactor(
        Field<Cell, double> x, Field<Cell, double> inverse, double faradayPerThermal, in Box<Cell> cells);

    /// <summary>
    /// Solves the reaction of Butler and Volmer at the faces of the SE side (<see cref="ButlerVolmerReaction{TOcv}"/>).
    /// </summary>
    public abstract void React(
        in ButlerVolmer law, in SurfaceStage stage, in SurfaceReaction reaction, in ElectrodeDrive drive,
        in Box<Surface> plane);

    private static OpenCircuitPotential<TOcv> Form<TOcv>(IDevice device, TOcv ocv)
        where TOcv : struct, IOpenCircuitPotential => new(device, ocv);

    private static TabulatedPotential Table(IDevice device, OcvTable table)
    {
        var slopes = new MonotoneCubic(table.X, table.U).Slopes;
        return new(device.Allocate<double>([.. table.X, .. table.U, .. slopes]), table.X.Count);
    }
}

/// <summary><see cref="OpenCircuitPotential"/> of a certain form.</summary>
internal sealed class OpenCircuitPotential<TOcv>(IDevice device, TOcv ocv) : OpenCircuitPotential
    where TOcv : struct, IOpenCircuitPotential
{
    public override void Write(
        in PotentialInputs state, Field<Closed, double> conducts, Field<Closed, double> result, double magnesium,
        in Box<Closed> points) =>
        device.Launch(
            new Potentials<TOcv>(ocv, state, conducts, result, magnesium, PhysicalConstants.Faraday), points);

    public override void WriteInverseFactor(
        Field<Cell, double> x, Field<Cell, double> inverse, double faradayPerThermal, in Box<Cell> cells) =>
        device.Launch(new InverseThermodynamicFactor<TOcv>(ocv, x, inverse, faradayPerThermal), cells);

    public override void React(
        in ButlerVolmer law, in SurfaceStage stage, in SurfaceReaction reaction, in ElectrodeDrive drive,
        in Box<Surface> plane) =>
        device.Launch(new ButlerVolmerReaction<TOcv>(ocv, law, stage, reaction, drive), plane);
}
