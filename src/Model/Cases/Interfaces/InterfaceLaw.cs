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
    /// <summary>The case.</summary>
    Case Case { get; }

    /// <summary>A violation by an entry of the side.</summary>
    /// <param name="key">The entry.</param>
    /// <param name="what">What is wrong.</param>
    InputException Fail(string key, string what);

    /// <summary>Requires an entry of the side.</summary>
    void Require(string key);

    /// <summary>Refuses an entry of the side.</summary>
    void Refuse(string key, string why);
}

/// <summary>A law by its word, for the case file.</summary>
/// <param name="word">The word.</param>
/// <param name="of">The law with the parameters that a side gives.</param>
/// <param name="olderWord">A word that is read too; null for none.</param>
[ListedIn(typeof(InterfaceLaws))]
public sealed class InterfaceLawKind(string word, Func<InterfaceCase, InterfaceLaw> of, string? olderWord = null)
    : NamedChoice(word, olderWord)
{
    /// <summary>The entries of a side that it reads.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];

    /// <summary>
    /// The entry by which a side says the law of the far side of its meshed neighbour; null without one.
    /// </summary>
    public string? FarSideEntry { get; init; }

    /// <summary>The law with the parameters of a side.</summary>
    public InterfaceLaw Of(InterfaceCase side) => of(side);

    /// <summary>The entries that have an effect on a side with this law.</summary>
    public IEnumerable<string> EntriesOf(InterfaceCase side) =>
        FarSideEntry is null ? Entries : Entries.Concat(side.FarSide.Entries);
}
