namespace MesoLiMg.Model;

/// <summary>
/// The limit of fast kinetics, the surface is at the electrode's potential: Butler and Volmer's law with an exchange
/// current
/// density for which overpotentials stay below nanovolts.
/// </summary>
public sealed record FastLaw() : ButlerVolmerLaw(FastExchange, 0.5)
{
    private const double FastExchange = 1e10;

    /// <inheritdoc/>
    public override bool PlatesBelowZero => false;

    /// <inheritdoc/>
    public override string[] Unused => new UniformLaw().Unused;
}
