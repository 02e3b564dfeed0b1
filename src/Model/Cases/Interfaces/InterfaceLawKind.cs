namespace MesoLiMg.Model;

/// <summary>A law by its word, and how a side gives its parameters.</summary>
/// <param name="word">The word.</param>
/// <param name="of">The law with the parameters that a side gives.</param>
/// <param name="olderWord">A word that is read too; null for none.</param>
public sealed class InterfaceLawKind(string word, Func<InterfaceCase, InterfaceLaw> of, string? olderWord = null)
    : InterfaceLawName(word, olderWord)
{
    /// <summary>The law over the far side of its meshed neighbour; null for laws that mesh none.</summary>
    public Func<InterfaceCase, InterfaceLaw, InterfaceLaw>? Over { get; init; }

    /// <summary>The law with the parameters of a side.</summary>
    public InterfaceLaw Of(InterfaceCase side) => of(side);
}
