using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>Which elements a geometry has, with which material: the one place where they meet.</summary>
public static class ElasticLevels
{
    /// <summary>The operator of a grid, with λ and μ still to be given.</summary>
    /// <param name="crystals">Stiffness tensors of its cells; null where λ and μ are all. λ and μ, those of Hill's
    /// isotropic average, remain what coarser levels are made of.</param>
    public static ElasticLevel<T> Create<T>(IDevice device, GridLevel grid, HeldFaces held, Crystals? crystals = null)
        where T : unmanaged
    {
        var lame = new LameFields<T>(grid.CellField<T>(), grid.CellField<T>());
        var elements = crystals is null
            ? Isotropic(device, grid, lame)
            : With<Anisotropic<T>, T>(device, grid, crystals.Stiffnesses<T>(grid));
        return new(device, grid, held, lame, elements);
    }

    private static IElementOperator<T> Isotropic<T>(IDevice device, GridLevel grid, LameFields<T> lame)
        where T : unmanaged
    {
        if (grid.Kind != DomainKind.ThreeD)
            return With<Isotropic<T>, T>(device, grid, new(lame));
        var (x, y, z) = (grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(1), grid.WidthsAlong<T>(2));
        return new SpaceElements<IsotropicCorners<T>, Isotropic<T>, T>(
            device, grid, new(x, y, z, grid.Layout), new(lame), new(x, y, z, lame));
    }

    private static IElementOperator<T> With<TMaterial, T>(IDevice device, GridLevel grid, TMaterial material)
        where TMaterial : struct, IMaterial<T> where T : unmanaged
    {
        var (x, z) = (grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(2));
        if (grid.Kind == DomainKind.Axisymmetric)
            return new PlanarElements<Ring<T>, TMaterial, T>(
                device, grid, new(x, z, grid.RadialPoints<T>(), grid.Layout), material);
        if (grid.Kind != DomainKind.ThreeD)
            return new PlanarElements<Quadrilateral<T>, TMaterial, T>(device, grid, new(x, z, grid.Layout), material);
        var y = grid.WidthsAlong<T>(1);
        return new SpaceElements<Corners<TMaterial, T>, TMaterial, T>(
            device, grid, new(x, y, z, grid.Layout), material, new(x, y, z, material));
    }
}
