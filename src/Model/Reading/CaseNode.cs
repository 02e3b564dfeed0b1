namespace MesoLiMg.Model;

/// <summary>
/// A piece of a case text. <see cref="Source"/> is where it stands, as messages begin: <c>cases/a.yaml:7</c> or
/// <c>--set a.b=1</c>.
/// </summary>
internal abstract record CaseNode(string Source);

/// <summary>A single value as written.</summary>
internal sealed record ScalarNode(string Source, string Text, bool Plain) : CaseNode(Source)
{
    /// <summary><c>~</c> or <c>null</c>: as if the entry were not there.</summary>
    public bool IsNull => Plain && Text is "~" or "null";

    /// <summary>A key with nothing behind it.</summary>
    public bool IsBlank => Plain && Text == "";
}

internal sealed record ListNode(string Source, List<CaseNode> Items) : CaseNode(Source);

/// <summary>Keys with values, in the order written, and where each key stands.</summary>
internal sealed record SectionNode(string Source, OrderedDictionary<string, (string Source, CaseNode Value)> Entries)
    : CaseNode(Source);
