using System.Reflection;

namespace MesoLiMg.Model;

/// <summary>
/// One of the words of an entry of a case file, like a value of an enum, but declared in a file of its own. The type
/// that derives from this one says by <see cref="ListedInAttribute"/> where all of its words are.
/// </summary>
/// <param name="word">The word in case files.</param>
/// <param name="olderWord">What it was called before, and is still read as; null for none.</param>
public abstract class NamedChoice(string word, string? olderWord)
{
    /// <summary>The word in case files.</summary>
    public string Word { get; } = word;

    /// <summary>Whether a word of a case file means this one.</summary>
    public bool IsCalled(string name) => name == Word || (olderWord is not null && name == olderWord);

    public override string ToString() => Word;

    /// <summary>Two that have one word are the same.</summary>
    public override bool Equals(object? other) => other is NamedChoice choice && choice.Word == Word;

    public override int GetHashCode() => Word.GetHashCode(StringComparison.Ordinal);

    /// <summary>All words of a choice in the order of their list.</summary>
    internal static IReadOnlyList<NamedChoice> All(Type choice) =>
        (IReadOnlyList<NamedChoice>)choice.GetCustomAttribute<ListedInAttribute>()!.List
            .GetProperty("All", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
}

/// <summary>Where the words of a <see cref="NamedChoice"/> are: the static property <c>All</c> of a type.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ListedInAttribute(Type list) : Attribute
{
    public Type List { get; } = list;
}
