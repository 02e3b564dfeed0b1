using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>The springs on the two sides of a grid, and the launches that use them where they are.</summary>
/// <typeparam name="T">Arithmetic.</typeparam>
public sealed class SideSprings<T>(IDevice device, GridLevel grid) where T : unmanaged
{
    /// <summary>Numbers in a side's field of springs.</summary>
    public int Length { get; } = SidePair.Count * grid.Layout.StrideZ;

    /// <summary>
    /// Stiffness at the collector and at the SE, components xx, yy, xy (<see cref="SidePair"/>) [N/m].
    /// </summary>
    public Field<Side, T>[] Stiffness { get; } = [grid.SideField<T>(SidePair.Count), grid.SideField<T>(SidePair.Count)];

    /// <summary>Which of the two sides has springs.</summary>
    public bool[] Has { get; } = [false, false];

    /// <summary>Adds diag S to a diagonal.</summary>
    public void AddDiagonal(Field<Node, T> d)
    {
        for (var side = 0; side < 2; side++)
        {
            if (Has[side])
                device.Launch<AddSpringDiagonal<T>, Node, T>(new(Stiffness[side], d), grid.NodePlane(side == 1));
        }
    }

    /// <summary>
    /// Uses the forces at some layers of nodes, with those of the springs on the sides that have them.
    /// </summary>
    /// <param name="launcher">What launches.</param>
    /// <param name="forces">K u.</param>
    /// <param name="u">Displacement.</param>
    /// <param name="use">What becomes of the force.</param>
    /// <param name="nodes">The nodes.</param>
    public void Use<TForces, TUse>(
        ILauncher launcher, in TForces forces, Field<Node, T> u, in TUse use, in Box<Node> nodes)
        where TForces : struct, INodalForces<T> where TUse : struct, IForceUse<T>
    {
        var (low, high) = (Has[0] && nodes.Z0 == 0, Has[1] && nodes.Z1 == grid.Z + 1);
        var between = nodes.Layers(nodes.Z0 + (low ? 1 : 0), nodes.Z1 - (high ? 1 : 0));
        if (between.Z0 < between.Z1)
            launcher.Launch<ApplyStiffness<TForces, TUse, T>, Node, T>(new(forces, use), between);
        if (low)
            UseOnSide(launcher, forces, u, use, nodes.Layers(0, 1), 0);
        if (high)
            UseOnSide(launcher, forces, u, use, nodes.Layers(grid.Z, grid.Z + 1), 1);
    }

    private void UseOnSide<TForces, TUse>(
        ILauncher launcher, in TForces forces, Field<Node, T> u, in TUse use, in Box<Node> nodes, int side)
        where TForces : struct, INodalForces<T> where TUse : struct, IForceUse<T> =>
        launcher.Launch<ApplyStiffnessAndSprings<TForces, TUse, T>, Node, T>(
            new(forces, new(Stiffness[side], u), use), nodes);
}
