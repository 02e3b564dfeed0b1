namespace MesoLiMg.Kernels;

/// <summary>
/// m = μ_mech/(RT) at cells, μ_mech = (1/c_Mg) (-β' tr σ + ½ ε_el : C'(x) : ε_el): what stress adds to the potential of
/// lithium, per RT (Larché and Cahn, Acta Metall. 33 (1985) 331; docs/theory.md). With a stiffness that follows x
/// through E
/// alone the second term is w (dE/dx)/E, w being the elastic energy per volume.
/// </summary>
/// <param name="x">Li per Mg.</param>
/// <param name="stress">Six components (<see cref="Pair"/>) [Pa].</param>
/// <param name="constants">λ, μ with x [Pa].</param>
/// <param name="swelling">β(x).</param>
/// <param name="m">Result.</param>
/// <param name="magnesium">c_Mg [mol/m³].</param>
/// <param name="thermal">RT [J/mol].</param>
public readonly struct MechanicalPotential(
    Field<Cell, double> x, Field<Cell, double> stress, ElasticConstants constants, SwellingLaw swelling,
    Field<Cell, double> m, double magnesium, double thermal)
    : IKernel<Cell, double>
{
    public void Execute<L>(in Point<Cell> p) where L : unmanaged, ILane<L, double>
    {
        var (xx, yy, zz) = (stress.At<L>(p, Pair.XX), stress.At<L>(p, Pair.YY), stress.At<L>(p, Pair.ZZ));
        var (xy, yz, xz) = (stress.At<L>(p, Pair.XY), stress.At<L>(p, Pair.YZ), stress.At<L>(p, Pair.XZ));
        var mean = (xx + yy + zz) * L.Of(1.0 / 3);
        var (a, b, c) = (xx - mean, yy - mean, zz - mean);
        var shears = L.MulAdd(xy, xy, yz * yz + xz * xz);
        var deviator = L.MulAdd(c, c, a * a + b * b) + (shears + shears);
        var lame = constants.At<L>(p);
        var bulk = L.MulAdd(L.Of(3), lame.Lambda, lame.Mu + lame.Mu);
        var energy = L.Of(0.25) * deviator / lame.Mu + L.Of(1.5) * mean * mean / bulk;
        var expansion = L.Of(3) * swelling.Rate(x.At<L>(p), p) * mean;
        m.Set(p, (energy * constants.RelativeSlope<L>(p) - expansion) * L.Of(1 / (magnesium * thermal)));
    }
}
