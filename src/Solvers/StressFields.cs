using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>Stress, strain and what follows from them at the cells of a grid.</summary>
public sealed class StressFields(IDevice device, GridLevel grid)
{
    /// <summary>Six components [Pa].</summary>
    public View<double> Stress { get; } = grid.Field<double>(6);

    /// <summary>Six components, tensor shears.</summary>
    public View<double> Strain { get; } = grid.Field<double>(6);

    /// <summary>σ_vM [Pa].</summary>
    public View<double> VonMises { get; } = grid.Field<double>();

    /// <summary>σ_h [Pa].</summary>
    public View<double> SigmaH { get; } = grid.Field<double>();

    /// <summary>Elastic energy per volume [J/m³].</summary>
    public View<double> EnergyDensity { get; } = grid.Field<double>();

    /// <summary>All that follows from <see cref="Stress"/>.</summary>
    /// <param name="eigenstrain">β.</param>
    /// <param name="crystals">Stiffness tensors; null where λ and μ are all.</param>
    public void FollowStress(View<double> eigenstrain, ElasticConstants constants, Crystals? crystals, in Box cells)
    {
        device.Launch(new StressInvariants(Stress, eigenstrain, constants, VonMises, SigmaH, EnergyDensity, Strain, grid.Layout.Length), cells);
        if (crystals is not null)
            device.Launch(new CrystalStrain(Stress, eigenstrain, crystals.Compliances, EnergyDensity, Strain, grid.Layout.Length), cells);
    }
}
