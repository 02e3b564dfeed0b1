namespace MesoLiMg.Kernels;

/// <summary>
/// Weighted sum of a field, entry x+1 of the weights: a face average with areas, an integral with volumes.
/// </summary>
public readonly struct Weighted<TPlace>(
    Field<TPlace, double> field, View<double> weight) : IReduction<TPlace> where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        field.At<L>(p) * L.Load(weight, p.X + 1);
}

/// <summary>
/// Weighted sum of a component, where another field is 1, not where it is 0.
/// </summary>
public readonly struct WeightedWhere<TPlace>(
    Field<TPlace, double> field, int component, Field<TPlace, double> where, View<double> weight) : IReduction<TPlace>
    where TPlace : struct, IPlace
{
    public L Value<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, double> =>
        field.At<L>(p, component) * where.At<L>(p) * L.Load(weight, p.X + 1);
}

/// <summary>
/// A field outside balls (or rods) of radius r about the edges where free lateral faces meet the SE: there 0. Distances
/// are taken to the points that the closed grid stands for.
/// </summary>
/// <param name="field">The field.</param>
/// <param name="x">Distance of each point x to the nearest free face along x [m], entry x+1; likewise <paramref
/// name="y"/>. Far away where there is none.</param>
/// <param name="z">Distance to the SE.</param>
public readonly struct AwayFromCorners(
    Field<Closed, double> field, View<double> x, View<double> y, View<double> z, double radius) : IReduction<Closed>
{
    public L Value<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var (dx, dy, dz) = (L.Load(x, p.X + 1), L.Uniform(y, p.Y + 1), L.Uniform(z, p.Z + 1));
        var lateral = L.Min(dx, dy);
        var distance = L.MulAdd(lateral, lateral, dz * dz);
        return L.IfGreater(distance, L.Of(radius * radius), field.At<L>(p), L.Of(0));
    }
}
