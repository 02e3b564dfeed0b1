using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>What all elements have in common on a device: launches over the nodes and the cells of a grid.</summary>
internal sealed class ElementLaunches<TElement, TMaterial, T>(
    IDevice device, GridLevel grid, TElement element, TMaterial material)
    where TElement : struct, IElement<T> where TMaterial : struct, IMaterial<T> where T : unmanaged
{
    public IDevice Device => device;

    public GridLevel Grid => grid;

    public TElement Element => element;

    public TMaterial Material => material;

    public void Diagonal(Field<Node, T> d) =>
        device.Launch<StiffnessDiagonal<TElement, TMaterial, T>, Node, T>(new(element, material, d), grid.Nodes);

    public void InelasticLoad<TInelastic>(in TInelastic inelastic, Field<Node, T> f)
        where TInelastic : struct, IInelasticStrain<T> =>
        device.Launch<InelasticLoad<TElement, TMaterial, TInelastic, T>, Node, T>(
            new(element, material, inelastic, f), grid.Nodes);

    public void Stress<TInelastic>(Field<Node, T> u, in TInelastic inelastic, Field<Closed, T> stress)
        where TInelastic : struct, IInelasticStrain<T> =>
        device.Launch<CellStress<TElement, TMaterial, TInelastic, T>, Cell, T>(
            new(element, material, inelastic, u, stress), grid.Cells);

    public void Strain(Field<Node, T> u, Field<Closed, T> strain) =>
        device.Launch<CellStrain<TElement, T>, Cell, T>(new(element, u, strain), grid.Cells);
}

/// <summary>Two-dimensional grids: each node sums up the forces of its four cells.</summary>
internal sealed class PlanarElements<TElement, TMaterial, T>(
    IDevice device, GridLevel grid, TElement element, TMaterial material) : IElementOperator<T>
    where TElement : struct, INodalElement<T> where TMaterial : struct, IMaterial<T> where T : unmanaged
{
    private readonly ElementLaunches<TElement, TMaterial, T> launches = new(device, grid, element, material);

    public void Apply<TUse>(Field<Node, T> u, in TUse use, SideSprings<T>? springs) where TUse : struct, IForceUse<T>
    {
        var forces = new ForcesByNode<TElement, TMaterial, T>(launches.Element, launches.Material, u);
        if (springs is not null)
            springs.Use(launches.Device, forces, u, use, launches.Grid.Nodes);
        else
            launches.Device.Launch<ApplyStiffness<ForcesByNode<TElement, TMaterial, T>, TUse, T>, Node, T>(
                new(forces, use), launches.Grid.Nodes);
    }

    public void Diagonal(Field<Node, T> d) => launches.Diagonal(d);

    public void InelasticLoad<TInelastic>(in TInelastic inelastic, Field<Node, T> f)
        where TInelastic : struct, IInelasticStrain<T> => launches.InelasticLoad(inelastic, f);

    public void Stress<TInelastic>(Field<Node, T> u, in TInelastic inelastic, Field<Closed, T> stress)
        where TInelastic : struct, IInelasticStrain<T> => launches.Stress(u, inelastic, stress);

    public void Strain(Field<Node, T> u, Field<Closed, T> strain) => launches.Strain(u, strain);
}
