namespace MesoLiMg.Model;

/// <summary>A tangential law of a side by its word, for the case file.</summary>
/// <param name="word">The word.</param>
/// <param name="olderWord">A word that is read too; null for none.</param>
[ListedIn(typeof(InterfaceLaws))]
public class InterfaceLawName(string word, string? olderWord = null) : NamedChoice(word, olderWord)
{
    /// <summary>The law of a side for which the case gives none.</summary>
    public static InterfaceLawName Default { get; } = new("frictionless");

    /// <summary>The entries of a side that it reads.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];

    /// <summary>
    /// The entry by which a side says the law of the far side of its meshed neighbour; null without one.
    /// </summary>
    public string? FarSideEntry { get; init; }

    /// <summary>The entries that have an effect on a side with this law.</summary>
    public IEnumerable<string> EntriesOf(InterfaceLawName farSide) =>
        FarSideEntry is null ? Entries : Entries.Concat(farSide.Entries);
}
