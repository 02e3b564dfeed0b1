namespace MesoLiMg.Model;

/// <summary>Names of the laws in case files.</summary>
public enum KineticsLaw { Uniform, ButlerVolmer, Potential }

/// <summary>The reaction at the solid electrolyte, docs/theory.md.</summary>
public sealed record KineticsCase
{
    [Parameter("uniform: the same current everywhere; butler-volmer: one electrode potential, the current follows the "
        + "local overpotential; potential: the limit of fast kinetics, the surface is at the electrode's potential.")]
    public KineticsLaw Law { get; init; } = KineticsLaw.Uniform;

    [Parameter("Exchange current density (butler-volmer).", Unit = "A/m^2", Display = "A/m^2", Min = 0,
        AboveMin = true)]
    public double ExchangeCurrentDensity { get; init; } = 1;

    [Parameter("Transfer coefficient of stripping (butler-volmer); plating has one minus it.", Unit = "1", Min = 0,
        AboveMin = true, Max = 0.99)]
    public double TransferCoefficient { get; init; } = 0.5;

    /// <summary>The law that is chosen, with its parameters: the one place that knows all of them.</summary>
    public Kinetics Chosen => Law switch
    {
        KineticsLaw.ButlerVolmer => new ButlerVolmerLaw(ExchangeCurrentDensity, TransferCoefficient),
        KineticsLaw.Potential => new FastLaw(),
        _ => new UniformLaw(),
    };
}
