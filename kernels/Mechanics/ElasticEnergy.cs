namespace MesoLiMg.Kernels;

/// <summary>w = ½ σ : (ε - ε*), the elastic energy per volume at cells.</summary>
/// <param name="stress">σ, six components [Pa].</param>
/// <param name="strain">ε, six components, tensor shears.</param>
/// <param name="inelastic">ε* at cells.</param>
/// <param name="energy">Result at cells: w [J/m³].</param>
public readonly struct ElasticEnergy<TInelastic>(
    Field<Closed, double> stress, Field<Closed, double> strain, TInelastic inelastic, Field<Closed, double> energy)
    : IKernel<Cell, double> where TInelastic : struct, IInelasticStrain<double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var total = Tensors.WithShears<L, double>(strain.TensorAt<L, Closed, double>(p.Centre()), 2);
        var elastic = Tensors.Minus<L, double>(total, inelastic.At<L>(p));
        energy.Set(p.Centre(),
            L.Of(0.5) * Tensors.Work<L, double>(stress.TensorAt<L, Closed, double>(p.Centre()), elastic));
    }
}

/// <summary>
/// ε = σ⁻¹(σ) + β I and w = ½ σ : (ε - β I) on the surface of the body, where no element gives a strain: the stress
/// there is that of the strain in the face, with the traction across it as it is known, and the strain is the one that
/// it belongs to.
/// </summary>
/// <param name="stress">σ, six components [Pa].</param>
/// <param name="beta">β.</param>
/// <param name="material">What turns a stress on the surface into an elastic strain.</param>
/// <param name="strain">Result: six components, tensor shears (γ/2).</param>
/// <param name="energy">Result: w [J/m³].</param>
public readonly struct SurfaceStrain<TMaterial>(
    Field<Closed, double> stress, Field<Closed, double> beta, TMaterial material, Field<Closed, double> strain,
    Field<Closed, double> energy)
    : IKernel<Closed, double> where TMaterial : struct, ISurfaceMaterial
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var s = stress.TensorAt<L, Closed, double>(p);
        var e = material.ElasticStrain(p, s);
        energy.Set(p, L.Of(0.5) * Tensors.Work<L, double>(s, e));
        var (b, half) = (beta.At<L>(p), L.Of(0.5));
        strain.Set(p, new Symmetric<L>(e.XX + b, e.YY + b, e.ZZ + b, half * e.XY, half * e.YZ, half * e.XZ));
    }
}
