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
        return ocv.Kind switch
        {
            OcvKind.RegularSolution => new OpenCircuitPotential<RegularSolution>(device, new(ocv.StandardPotential, ocv.Interaction, thermal, PhysicalConstants.Faraday)),
            OcvKind.Table => new OpenCircuitPotential<TabulatedPotential>(device, Table(device, document.OcvTable!)),
            _ => new OpenCircuitPotential<RedlichKister>(device, new(device.Allocate<double>(ocv.Coefficients.ToArray()), ocv.Coefficients.Count, thermal, PhysicalConstants.Faraday)),
        };
    }

    /// <summary>Writes the five components of <see cref="Potentials{TOcv}"/> over a box.</summary>
    public abstract void Write(
        View<double> x, View<double> sigmaH, View<double> energy, ElasticConstants constants, Materials materials, View<double> conducts, View<double> result, double magnesium, int length, in Box box);

    /// <summary>Writes 1/Γ over a box.</summary>
    public abstract void WriteInverseFactor(View<double> x, View<double> inverse, double faradayPerThermal, in Box box);

    /// <summary>Solves the reaction of Butler and Volmer at the faces of the SE side (<see cref="ButlerVolmerReaction{TOcv}"/>).</summary>
    /// <param name="inert">Whether no face holds lithium.</param>
    /// <param name="held">Whether φ is given.</param>
    /// <param name="potential">φ [V].</param>
    /// <param name="rate">1/τ [1/s].</param>
    public abstract void React(
        ButlerVolmer law, SurfaceRelation relation, SurfaceReaction reaction, View<double> conducts, View<double> metal, double highest, bool plates, bool inert, bool held, double potential, double rate, in Box box);

    private static TabulatedPotential Table(IDevice device, OcvTable table)
    {
        var slopes = new MonotoneCubic(table.X, table.U).Slopes;
        return new(device.Allocate<double>([.. table.X, .. table.U, .. slopes]), table.X.Count);
    }
}

/// <summary><see cref="OpenCircuitPotential"/> of a certain form.</summary>
internal sealed class OpenCircuitPotential<TOcv>(IDevice device, TOcv ocv) : OpenCircuitPotential where TOcv : struct, IOpenCircuitPotential
{
    public override void Write(
        View<double> x, View<double> sigmaH, View<double> energy, ElasticConstants constants, Materials materials, View<double> conducts, View<double> result, double magnesium, int length, in Box box) =>
        device.Launch(new Potentials<TOcv>(ocv, x, sigmaH, energy, constants, materials.Swelling, conducts, result, magnesium, PhysicalConstants.Faraday, length), box);

    public override void WriteInverseFactor(View<double> x, View<double> inverse, double faradayPerThermal, in Box box) =>
        device.Launch(new InverseThermodynamicFactor<TOcv>(ocv, x, inverse, faradayPerThermal), box);

    public override void React(
        ButlerVolmer law, SurfaceRelation relation, SurfaceReaction reaction, View<double> conducts, View<double> metal, double highest, bool plates, bool inert, bool held, double potential, double rate, in Box box) =>
        device.Launch(new ButlerVolmerReaction<TOcv>(ocv, law, relation, reaction, conducts, metal, highest, plates ? 1 : 0, inert ? 1 : 0, held ? 1 : 0, potential, rate), box);
}
