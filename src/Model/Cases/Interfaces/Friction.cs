namespace MesoLiMg.Model;

public sealed partial record InterfaceCase
{
    /// <summary>δ, the distance over which adhesion acts [m].</summary>
    private const double AdhesionLength = 1e-9;

    [Parameter("Largest tangential traction τ_max, or its part without pressure where there is a friction coefficient.",
        Unit = "Pa", Display = "GPa", Min = 0, Order = 200, OlderName = "strength")]
    public double ShearStrength { get; init; } = 1e9;

    [Parameter("Adhesion energy γ that sets the strength instead, τ_max = γ/δ with δ = 1 nm.",
        Unit = "J/m^2", Min = 0, Order = 201)]
    public double? AdhesionEnergy { get; init; }

    [Parameter("Coulomb's coefficient μ_f: pressure adds μ_f p to τ_max; p is the given one on an SE side under "
        + "pressure, the local one under a punch and at the collector, none where the side is pulled.",
        Unit = "1", Min = 0, Order = 202)]
    public double FrictionCoefficient { get; init; }

    /// <summary>The part of τ_max that needs no pressure [Pa]: strength or adhesion.</summary>
    public double Cohesion => AdhesionEnergy / AdhesionLength ?? ShearStrength;
}

/// <summary>A spring within |t| ≤ τ_max = cohesion + μ_f p; beyond it the side slips and keeps the slip.</summary>
/// <param name="Stiffness">k_s [Pa/m].</param>
/// <param name="Cohesion">The part of τ_max that needs no pressure [Pa].</param>
/// <param name="Coefficient">μ_f.</param>
public sealed record Friction(double Stiffness, double Cohesion, double Coefficient) : InterfaceLaw
{
    public static readonly InterfaceLawKind Kind = new("friction", Of)
    {
        Entries = ["stiffness", "shear_strength", "adhesion_energy", "friction_coefficient"],
    };

    private bool HasTwoStrengths { get; init; }

    public override void Check(ISideRules rules)
    {
        Spring.CheckStiffness(rules, Stiffness);
        if (HasTwoStrengths) rules.Refuse("shear_strength", "is set by adhesion_energy; give one of them");
        if (Cohesion == 0 && Coefficient == 0)
            throw rules.Fail("shear_strength", "friction of strength 0 holds nothing; write law: frictionless");
    }

    // A case that is written out has the default strength beside the adhesion energy.
    private static Friction Of(InterfaceCase side) => new(side.Stiffness, side.Cohesion, side.FrictionCoefficient)
    {
        HasTwoStrengths = side.AdhesionEnergy is not null && side.ShearStrength != new InterfaceCase().ShearStrength,
    };
}
