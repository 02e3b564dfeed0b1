using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Elements of some geometry and a material on a grid: what <see cref="ElasticLevel{T}"/> is made of. It knows of
/// springs and of what is held no more than it is told.
/// </summary>
/// <typeparam name="T">Arithmetic.</typeparam>
public interface IElementOperator<T> where T : unmanaged
{
    /// <summary>K u, with the springs of the sides where there are some, used at each node.</summary>
    /// <param name="u">Displacement; ghosts filled.</param>
    /// <param name="use">What becomes of the force.</param>
    /// <param name="springs">Springs at work; null for none.</param>
    void Apply<TUse>(Field<Node, T> u, in TUse use, SideSprings<T>? springs) where TUse : struct, IForceUse<T>;

    /// <summary>d ← diag K at every component.</summary>
    void Diagonal(Field<Node, T> d);

    /// <summary>f ← the force of inelastic strains at every component.</summary>
    void InelasticLoad<TInelastic>(in TInelastic inelastic, Field<Node, T> f)
        where TInelastic : struct, IInelasticStrain<T>;

    /// <summary>Stress at the centres of cells, six components [Pa].</summary>
    void Stress<TInelastic>(Field<Node, T> u, in TInelastic inelastic, Field<Closed, T> stress)
        where TInelastic : struct, IInelasticStrain<T>;

    /// <summary>Strain at the centres of cells, six components, tensor shears.</summary>
    void Strain(Field<Node, T> u, Field<Closed, T> strain);
}
