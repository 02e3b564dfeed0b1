namespace MesoLiMg.Model;

public sealed partial record InterfaceCase
{
    [Parameter("Tangential stiffness k_s.", Unit = "Pa/m", Min = 0, Order = 100)]
    public double Stiffness { get; init; } = 1e18;
}

/// <summary>t = -k_s u_t.</summary>
/// <param name="Stiffness">k_s [Pa/m].</param>
public sealed record Spring(double Stiffness) : InterfaceLaw
{
    public static readonly InterfaceLawKind Kind = new("spring", side => new Spring(side.Stiffness))
    {
        Entries = ["stiffness"],
    };

    public override void Check(ISideRules rules) => CheckStiffness(rules, Stiffness);

    internal static void CheckStiffness(ISideRules rules, double stiffness)
    {
        if (stiffness == 0) throw rules.Fail("stiffness", "a stiffness of 0 holds nothing; write law: frictionless");
    }
}
