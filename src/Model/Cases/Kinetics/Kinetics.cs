namespace MesoLiMg.Model;

/// <summary>
/// A law of the reaction at the solid electrolyte: its parameters, and what the rules of a case ask it.
/// </summary>
public abstract record Kinetics
{
    /// <summary>Whether the electrode has a potential of its own, which needs x above 0.</summary>
    public abstract bool HasPotential { get; }

    /// <summary>Whether lithium metal takes a potential below 0 V to plate, which limits its current.</summary>
    public virtual bool PlatesBelowZero => false;

    /// <summary>Entries of the case that the law leaves aside.</summary>
    public virtual string[] Unused => ["exchange_current_density", "transfer_coefficient"];
}
