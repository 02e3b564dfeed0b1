namespace MesoLiMg.Kernels;

/// <summary>
/// A material on the surface of the body, where the stress is known from its traction and the strain follows.
/// </summary>
public interface ISurfaceMaterial
{
    /// <summary>The elastic strain of a stress, with engineering shears.</summary>
    Symmetric<L> ElasticStrain<L>(in Point<Closed> p, in Symmetric<L> stress) where L : unmanaged, ILane<L, double>;
}

/// <summary>Hooke's law of isotropic bodies: ε = s/2μ + σ_h/(3λ+2μ) I, s = σ - σ_h I.</summary>
/// <param name="constants">λ, μ with x at the point.</param>
public readonly struct IsotropicSurface(ElasticConstants constants) : ISurfaceMaterial
{
    public Symmetric<L> ElasticStrain<L>(in Point<Closed> p, in Symmetric<L> stress)
        where L : unmanaged, ILane<L, double>
    {
        var (lame, mean) = (constants.At<L>(p), Invariants.Hydrostatic<L, double>(stress));
        var (half, shear) = (L.Of(0.5) / lame.Mu, L.Of(1) / lame.Mu);
        var expansion = mean / L.MulAdd(L.Of(3), lame.Lambda, lame.Mu + lame.Mu);
        return new(
            L.MulAdd(half, stress.XX - mean, expansion), L.MulAdd(half, stress.YY - mean, expansion),
            L.MulAdd(half, stress.ZZ - mean, expansion), shear * stress.XY, shear * stress.YZ, shear * stress.XZ);
    }
}

/// <summary>Hooke's law of crystals: ε = S : σ.</summary>
/// <param name="compliances">S = C⁻¹ by group [1/Pa].</param>
public readonly struct AnisotropicSurface(Anisotropic<double> compliances) : ISurfaceMaterial
{
    public Symmetric<L> ElasticStrain<L>(in Point<Closed> p, in Symmetric<L> stress)
        where L : unmanaged, ILane<L, double> => Crystal.Times<L, double>(compliances.At<L>(p), stress);
}
