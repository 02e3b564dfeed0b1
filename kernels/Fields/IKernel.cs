namespace MesoLiMg.Kernels;

/// <summary>
/// A computation at the points of a place that writes its results: a readonly struct of fields and numbers, without
/// branches on data.
/// </summary>
/// <typeparam name="TPlace">Where it is launched; it reads fields of other places at <see
/// cref="Neighbours"/>.</typeparam>
/// <typeparam name="T">Arithmetic: <c>double</c> or <c>float</c>.</typeparam>
public interface IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged
{
    /// <summary>Computes the point(s) at <paramref name="p"/>.</summary>
    void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T>;
}

/// <summary>
/// A value at each point of a box, to be summed or searched for its extreme. It may also write what belongs to its
/// point alone.
/// </summary>
/// <typeparam name="TPlace">Where it is taken.</typeparam>
public interface IReduction<TPlace> where TPlace : struct, IPlace
{
    /// <summary>The value at <paramref name="p"/>.</summary>
    L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double>;
}
