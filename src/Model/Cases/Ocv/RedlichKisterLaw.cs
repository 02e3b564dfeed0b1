namespace MesoLiMg.Model;

/// <summary>Redlich-Kister solution of Li and Mg.</summary>
/// <param name="Coefficients">L_k [J/mol].</param>
public sealed record RedlichKisterLaw(IReadOnlyList<double> Coefficients) : OcvLaw
{
    /// <inheritdoc/>
    public override string[] Unused => OfRegularSolution;

    /// <inheritdoc/>
    public override (string Entry, string What)? Fault =>
        Coefficients.Count == 0 ? ("coefficients", "expected at least one coefficient") : null;
}
