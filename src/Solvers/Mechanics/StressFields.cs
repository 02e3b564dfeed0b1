using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>Stress, strain and what follows from them, at the cells of a grid and on the surface of the body.</summary>
public sealed class StressFields(IDevice device, GridLevel grid)
{
    /// <summary>Six components [Pa].</summary>
    public Field<Closed, double> Stress { get; } = grid.ClosedField<double>(Pair.Count);

    /// <summary>Six components, tensor shears.</summary>
    public Field<Closed, double> Strain { get; } = grid.ClosedField<double>(Pair.Count);

    /// <summary>σ_vM [Pa].</summary>
    public Field<Closed, double> VonMises { get; } = grid.ClosedField<double>();

    /// <summary>σ_h [Pa].</summary>
    public Field<Closed, double> SigmaH { get; } = grid.ClosedField<double>();

    /// <summary>Elastic energy per volume [J/m³].</summary>
    public Field<Closed, double> EnergyDensity { get; } = grid.ClosedField<double>();

    /// <summary>All that follows from <see cref="Stress"/> and <see cref="Strain"/> at cells.</summary>
    /// <param name="eigenstrain">β.</param>
    public void FollowCells(View<double> eigenstrain)
    {
        var box = grid.Cells;
        device.Launch(
            new StressInvariants(Stress, VonMises, SigmaH),
            new Box<Closed>(grid.Layout, box.X0, box.X1, box.Y0, box.Y1, box.Z0, box.Z1));
        device.Launch(
            new ElasticEnergy<Swelling<double>>(
                Stress, Strain, new(new Field<Cell, double>(eigenstrain, grid.Layout, 1)), EnergyDensity),
            box);
    }

    /// <summary>All that follows from <see cref="Stress"/> on the surface of the body, the strain too.</summary>
    /// <param name="eigenstrain">β there.</param>
    /// <param name="constants">λ, μ there.</param>
    /// <param name="crystals">Stiffness tensors; null where λ and μ are all.</param>
    public void FollowSurface(View<double> eigenstrain, in ElasticConstants constants, Crystals? crystals)
    {
        if (crystals is null)
            FollowSurface(eigenstrain, new IsotropicSurface(constants));
        else
            FollowSurface(eigenstrain, new AnisotropicSurface(crystals.Compliances));
    }

    private void FollowSurface<TMaterial>(View<double> eigenstrain, in TMaterial material)
        where TMaterial : struct, ISurfaceMaterial
    {
        var beta = new Field<Closed, double>(eigenstrain, grid.Layout, 1);
        foreach (var box in grid.BodySurface)
        {
            device.Launch(new StressInvariants(Stress, VonMises, SigmaH), box);
            device.Launch(new SurfaceStrain<TMaterial>(Stress, beta, material, Strain, EnergyDensity), box);
        }
    }
}
