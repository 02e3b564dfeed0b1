namespace MesoLiMg.Model;

/// <summary>A regular solution through two measured points, for small x.</summary>
/// <param name="StandardPotential">U0 [V].</param>
/// <param name="Interaction">L [J/mol].</param>
public sealed record RegularSolutionLaw(double StandardPotential, double Interaction) : OcvLaw
{
    /// <inheritdoc/>
    public override string[] Unused => OfRedlichKister;

    /// <inheritdoc/>
    public override (double Last, string What) Limit(OcvTable? points) =>
        (0.3, "the regular solution holds below 0.3 only");
}
