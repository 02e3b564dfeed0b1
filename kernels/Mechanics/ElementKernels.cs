namespace MesoLiMg.Kernels;

/// <summary>d ← diag K, at every component.</summary>
/// <param name="element">Elements.</param>
/// <param name="material">Their material.</param>
/// <param name="d">Result at nodes [N/m].</param>
public readonly struct StiffnessDiagonal<TElement, TMaterial, T>(
    TElement element, TMaterial material, Field<Node, T> d) : IKernel<Node, T>
    where TElement : struct, IElement<T> where TMaterial : struct, IMaterial<T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T> =>
        d.Set(p, element.Diagonal<L, TMaterial>(material, p));
}

/// <summary>f ← Σ ∫ Bᵀ C : ε* dV, the force of inelastic strains, at every component.</summary>
/// <param name="element">Elements.</param>
/// <param name="material">Their material.</param>
/// <param name="inelastic">ε* at cells.</param>
/// <param name="f">Result at nodes [N; N/m in plane strain; N/rad in r-z].</param>
public readonly struct InelasticLoad<TElement, TMaterial, TInelastic, T>(
    TElement element, TMaterial material, TInelastic inelastic, Field<Node, T> f) : IKernel<Node, T>
    where TElement : struct, IElement<T> where TMaterial : struct, IMaterial<T>
    where TInelastic : struct, IInelasticStrain<T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T> =>
        f.Set(p, element.InelasticForce<L, TMaterial, TInelastic>(material, inelastic, p));
}

/// <summary>ε = sym ∇u at the centres of cells.</summary>
/// <param name="element">Elements.</param>
/// <param name="u">Displacement at nodes [m].</param>
/// <param name="strain">Result at cells: six components, tensor shears (γ/2).</param>
public readonly struct CellStrain<TElement, T>(TElement element, Field<Node, T> u, Field<Closed, T> strain)
    : IKernel<Cell, T> where TElement : struct, IElement<T> where T : unmanaged
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T> =>
        strain.Set(p.Centre(), Tensors.WithShears<L, T>(element.CentreStrain<L>(u, p), 0.5));
}

/// <summary>
/// σ = C : (ε - ε*) at the centres of cells. Plane strain and r-z leave XY and YZ zero; the out-of-plane stress carries
/// the full inelastic strain.
/// </summary>
/// <param name="element">What gives the strain ε.</param>
/// <param name="material">What gives the stress.</param>
/// <param name="inelastic">ε* at cells.</param>
/// <param name="u">Displacement at nodes [m].</param>
/// <param name="stress">Result at cells: six components [Pa].</param>
public readonly struct CellStress<TElement, TMaterial, TInelastic, T>(
    TElement element, TMaterial material, TInelastic inelastic, Field<Node, T> u, Field<Closed, T> stress)
    : IKernel<Cell, T>
    where TElement : struct, IElement<T> where TMaterial : struct, IMaterial<T>
    where TInelastic : struct, IInelasticStrain<T> where T : unmanaged
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var elastic = Tensors.Minus<L, T>(element.CentreStrain<L>(u, p), inelastic.At<L>(p));
        stress.Set(p.Centre(), material.Stress(p, elastic));
    }
}
