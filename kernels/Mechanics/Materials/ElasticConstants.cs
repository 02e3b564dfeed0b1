namespace MesoLiMg.Kernels;

/// <summary>
/// λ = 2 μ ν/(1 - 2ν), μ = E/(2(1 + ν)) [Pa] from Young's modulus E(x) and Poisson's ratio, wherever x is known: at
/// cells, and on the surface of the body.
/// </summary>
/// <param name="x">Li per Mg.</param>
/// <param name="group">Index of the cell's material in the table of ν.</param>
/// <param name="modulus">E [Pa].</param>
/// <param name="poisson">ν by material.</param>
public readonly struct ElasticConstants(View<double> x, View<int> group, CompositionLaw modulus, View<double> poisson)
{
    /// <summary>λ, μ of a cell.</summary>
    public Lame<L> At<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> => At<L>(p.Index);

    /// <summary>λ, μ at a point of the closed body.</summary>
    public Lame<L> At<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double> => At<L>(p.Index);

    /// <summary>(dE/dx)/E of a cell: 0 for constant stiffness.</summary>
    public L RelativeSlope<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double> => RelativeSlope<L>(p.Index);

    /// <summary>(dE/dx)/E at a point of the closed body.</summary>
    public L RelativeSlope<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double> => RelativeSlope<L>(p.Index);

    private Lame<L> At<L>(int i) where L : unmanaged, ILane<L, double>
    {
        var (one, nu) = (L.Of(1), L.Gather(poisson, 0, group, i));
        var mu = modulus.At(L.Load(x, i), i) / (L.Of(2) * (one + nu));
        return new(L.Of(2) * mu * nu / (one - nu - nu), mu);
    }

    private L RelativeSlope<L>(int i) where L : unmanaged, ILane<L, double>
    {
        var ratio = L.Load(x, i);
        return modulus.IsConstant ? L.Of(0) : modulus.Slope(ratio, i) / modulus.At(ratio, i);
    }
}

/// <summary>Stores λ, μ of cells [Pa].</summary>
/// <param name="constants">λ, μ as they follow x.</param>
/// <param name="lame">Result.</param>
public readonly struct StoreLame(ElasticConstants constants, LameFields<double> lame) : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var at = constants.At<L>(p);
        lame.Mu.Set(p, at.Mu);
        lame.Lambda.Set(p, at.Lambda);
    }
}
