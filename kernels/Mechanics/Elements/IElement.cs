namespace MesoLiMg.Kernels;

/// <summary>
/// Widths h of cells along an axis and their inverses [m, 1/m], as vectors over the cells; entry i+1 is that of cell i,
/// so that ghosts have one too.
/// </summary>
public readonly struct Widths<T>(View<T> width, View<T> inverse) where T : unmanaged
{
    public readonly View<T> Width = width, Inverse = inverse;
}

/// <summary>
/// Finite elements on the cells of a grid, for any material: displacements to strain, stress to nodal forces.
/// Pointwise, so that kernels of any purpose can be built on it.
/// </summary>
public interface IElement<T> where T : unmanaged
{
    /// <summary>The strain at the centre of a cell, where it is most accurate; shears are γ.</summary>
    /// <param name="u">Displacement at nodes [m].</param>
    /// <param name="p">The cell.</param>
    Symmetric<L> CentreStrain<L>(in Field<Node, T> u, in Point<Cell> p) where L : unmanaged, ILane<L, T>;

    /// <summary>The diagonal of K = Σ ∫ Bᵀ C B dV at a node.</summary>
    NodeVector<L> Diagonal<L, TMaterial>(in TMaterial material, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>;

    /// <summary>The force Σ ∫ Bᵀ C : ε* dV of inelastic strains, uniform in each cell, on a node.</summary>
    NodeVector<L> InelasticForce<L, TMaterial, TInelastic>(
        in TMaterial material, in TInelastic inelastic, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
        where TInelastic : struct, IInelasticStrain<T>;
}

/// <summary>Elements cheap enough that every node sums up the forces of its cells by itself.</summary>
public interface INodalElement<T> : IElement<T> where T : unmanaged
{
    /// <summary>K u = Σ ∫ Bᵀ C B u dV at a node.</summary>
    NodeVector<L> Force<L, TMaterial>(in TMaterial material, in Field<Node, T> u, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>;
}

/// <summary>Where a node lies within a cell.</summary>
public static class Corner
{
    /// <summary>
    /// ±1: the node is the high corner of a cell that lies below it (d = -1), the low one of that above.
    /// </summary>
    public static double Sign(int d) => -1 - 2 * d;
}
