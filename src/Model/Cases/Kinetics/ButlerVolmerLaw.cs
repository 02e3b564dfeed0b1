namespace MesoLiMg.Model;

/// <summary>i/i₀ = exp(-(1-α) Fη/RT) - exp(α Fη/RT) with one electrode potential.</summary>
/// <param name="ExchangeCurrentDensity">i₀ [A/m²].</param>
/// <param name="TransferCoefficient">α.</param>
public record ButlerVolmerLaw(double ExchangeCurrentDensity, double TransferCoefficient) : Kinetics
{
    /// <inheritdoc/>
    public sealed override bool HasPotential => true;

    /// <inheritdoc/>
    public override bool PlatesBelowZero => true;

    /// <inheritdoc/>
    public override string[] Unused => [];
}
