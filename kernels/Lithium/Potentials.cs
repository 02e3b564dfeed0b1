namespace MesoLiMg.Kernels;

/// <summary>Components of <see cref="Potentials{TOcv}"/>.</summary>
public static class PotentialPart
{
    /// <summary>U_chem, U_mech and their sum.</summary>
    public const int Chemical = 0, Mechanical = 1, Sum = 2;

    /// <summary>Elastic energy per mole of Mg and of Li, over F.</summary>
    public const int EnergyPerMagnesium = 3, EnergyPerLithium = 4;

    /// <summary>Their number.</summary>
    public const int Count = 5;
}

/// <summary>
/// Potentials against lithium metal [V]: U_chem(x) (OpenCircuitPotential.cs), U_mech = -μ_mech/F with
/// μ_mech = (1/c_Mg)(-β' tr σ + ½ ε_el : dC/dx : ε_el) (MechanicalPotential.cs), and their sum. With a stiffness that
/// follows
/// x through E alone the last term is w (dE/dx)/E. Also the elastic energy per mole of Mg and of Li over F, which the
/// paper
/// calls mechanical potential.
/// </summary>
/// <typeparam name="TOcv">The open-circuit potential.</typeparam>
/// <param name="ocv">U_chem(x).</param>
/// <param name="state">x, stress and material.</param>
/// <param name="conducts">1 where lithium can be; elsewhere there are no potentials, and the result is 0.</param>
/// <param name="result">Five components (<see cref="PotentialPart"/>).</param>
/// <param name="magnesium">c_Mg [mol/m³].</param>
/// <param name="faraday">F [C/mol].</param>
public readonly struct Potentials<TOcv>(
    TOcv ocv, PotentialInputs state, Field<Closed, double> conducts, Field<Closed, double> result,
    double magnesium, double faraday)
    : IKernel<Closed, double> where TOcv : struct, IOpenCircuitPotential
{
    private const double SmallestRatio = 1e-9;

    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var (x, holds) = (state.X.At<L>(p), conducts.At<L>(p));
        var ratio = L.Max(x, L.Of(SmallestRatio));
        var perMagnesium = state.Energy.At<L>(p) * L.Of(1 / (magnesium * faraday));
        var chemical = ocv.At(ratio);
        var expansion = L.Of(3 / (magnesium * faraday)) * state.Swelling.Rate(x, p) * state.SigmaH.At<L>(p);
        var mechanical = expansion - perMagnesium * state.Constants.RelativeSlope<L>(p);
        result.Set(p, PotentialPart.Chemical, holds * chemical);
        result.Set(p, PotentialPart.Mechanical, holds * mechanical);
        result.Set(p, PotentialPart.Sum, holds * (chemical + mechanical));
        result.Set(p, PotentialPart.EnergyPerMagnesium, holds * perMagnesium);
        result.Set(p, PotentialPart.EnergyPerLithium, holds * perMagnesium / ratio);
    }
}

/// <summary>What potentials follow from, at cells and on the body's surface.</summary>
/// <param name="x">Li per Mg.</param>
/// <param name="sigmaH">σ_h [Pa].</param>
/// <param name="energy">Elastic energy per volume w [J/m³].</param>
/// <param name="constants">λ, μ with x [Pa].</param>
/// <param name="swelling">β(x).</param>
public readonly struct PotentialInputs(
    Field<Closed, double> x, Field<Closed, double> sigmaH, Field<Closed, double> energy, ElasticConstants constants,
    SwellingLaw swelling)
{
    public readonly Field<Closed, double> X = x, SigmaH = sigmaH, Energy = energy;
    public readonly ElasticConstants Constants = constants;
    public readonly SwellingLaw Swelling = swelling;
}
