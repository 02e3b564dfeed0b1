using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>Three-dimensional grids whose cells have stiffness tensors. λ and μ, those of Hill's isotropic average, remain what coarser levels are made of.</summary>
internal sealed class CrystalLevel<T>(IDevice device, GridLevel grid, HeldFaces held, Crystals crystals) : SpaceLevel<T>(device, grid, held) where T : unmanaged
{
    private readonly CrystalTable<T> table = crystals.Stiffnesses<T>(grid);
    private readonly Widths<T> x = grid.WidthsAlong<T>(0), y = grid.WidthsAlong<T>(1), z = grid.WidthsAlong<T>(2);

    private CrystalElasticity<T> Elements => new(x, y, z, table, Grid.Layout);

    public override void EigenstrainLoad(View<T> eigenstrain, View<T> f) => Device.Launch<CrystalLoad<T>, T>(new(Elements, eigenstrain, f, Grid.Layout.Length), Grid.Nodes);

    public override void CellStress(View<T> u, View<T> eigenstrain, View<T> stress) =>
        Device.Launch<CrystalStress<Elasticity3D<T>, T>, T>(new(Stiffness, table, u, eigenstrain, stress, Grid.Layout.Length), Grid.Cells);

    protected override void Diagonal(View<T> d) => Device.Launch<CrystalDiagonal<T>, T>(new(Elements, d, Grid.Layout.Length), Grid.Nodes);

    protected override void LaunchForces(ILauncher launcher, View<T> u, CornerForces<T> forces, Box cells) => launcher.Launch<CrystalForces<T>, T>(new(x, y, z, table, Grid.Layout, u, forces), cells);
}

/// <summary>Two-dimensional grids whose cells have stiffness tensors.</summary>
internal sealed class CrystalPlanarLevel<TOperator, T>(IDevice device, GridLevel grid, HeldFaces held, CrystalTable<T> table, Func<CrystalTable<T>, TOperator> create)
    : PlanarLevel<TOperator, T>(device, grid, held, _ => create(table)) where TOperator : struct, INodalOperator<T> where T : unmanaged
{
    public override void CellStress(View<T> u, View<T> eigenstrain, View<T> stress) =>
        Device.Launch<CrystalStress<TOperator, T>, T>(new(Stiffness, table, u, eigenstrain, stress, Grid.Layout.Length), Grid.Cells);
}
