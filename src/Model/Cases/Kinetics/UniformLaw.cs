namespace MesoLiMg.Model;

/// <summary>The same current everywhere.</summary>
public sealed record UniformLaw : Kinetics
{
    /// <inheritdoc/>
    public override bool HasPotential => false;
}
