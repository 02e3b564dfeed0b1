namespace MesoLiMg.Model;

/// <summary>
/// The tangential law of a side with its parameters. Each law is a record in a file of its own, with the entries of the
/// case file that it declares, its rules, and its <see cref="InterfaceLawKind"/>, which is listed in
/// <see cref="InterfaceLaws"/>. What it does to the film is in kernels/Interfaces and src/Solvers/Mechanics/Interfaces.
/// </summary>
public abstract record InterfaceLaw
{
    /// <summary>Whether nothing moves along the side.</summary>
    public virtual bool HoldsFilm => false;

    /// <summary>The neighbour that is meshed with the film; null without one.</summary>
    public virtual ElasticLayer? Neighbour => null;

    /// <summary>
    /// The law where the mesh ends: that of the film's side, or of the far side of a meshed neighbour.
    /// </summary>
    public virtual InterfaceLaw AtEnd() => this;

    /// <summary>What its entries must fulfil together.</summary>
    /// <param name="rules">Says where an entry stands that does not.</param>
    /// <exception cref="InputException">They do not.</exception>
    public virtual void Check(ISideRules rules)
    {
    }
}

/// <summary>What a law needs to check its entries.</summary>
public interface ISideRules
{
    /// <summary>The domain of the case.</summary>
    DomainCase Domain { get; }

    /// <summary>The words of the laws that can be on a layer's far side.</summary>
    IReadOnlyList<string> FarSides { get; }

    /// <summary>A violation by an entry of the side.</summary>
    /// <param name="key">The entry.</param>
    /// <param name="what">What is wrong.</param>
    InputException Fail(string key, string what);

    /// <summary>Requires an entry of the side.</summary>
    void Require(string key);

    /// <summary>Refuses an entry of the side.</summary>
    void Refuse(string key, string why);
}
