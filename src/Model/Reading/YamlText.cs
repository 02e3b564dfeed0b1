using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MesoLiMg.Model;

/// <summary>Reads the YAML of one text into <see cref="CaseNode"/>s that remember where they stand.</summary>
/// <param name="text">One YAML document without anchors.</param>
/// <param name="source">What messages begin with, for a line counted from 1.</param>
internal sealed class YamlText(string text, Func<long, string> source)
{
    /// <summary>Deeper than any case, shallow enough for recursion.</summary>
    private const int Deepest = 32;

    private readonly Parser _parser = new(new StringReader(text));

    /// <summary>The document, or null where the text holds none.</summary>
    /// <exception cref="InputException">Not YAML, or YAML that no case needs.</exception>
    public CaseNode? Read()
    {
        try
        {
            _parser.Consume<StreamStart>();
            if (_parser.Accept<StreamEnd>(out _)) return null;
            _parser.Consume<DocumentStart>();
            CaseNode node = Node(0);
            _parser.Consume<DocumentEnd>();
            return _parser.Accept<DocumentStart>(out var second)
                ? throw Fail(second!, "a case file has one document, here a second one begins") : node;
        }
        catch (YamlException e)
        {
            throw SyntaxError(e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner lets these through on some malformed text, without saying where; the last event is near.
            throw new InputException($"{source(_parser.Current?.End.Line ?? 1)}: not valid YAML here or soon after", e);
        }
    }

    private CaseNode Node(int depth)
    {
        ParsingEvent next = _parser.Consume<ParsingEvent>();
        if (depth > Deepest) throw Fail(next, "nested too deeply");
        return next switch
        {
            AnchorAlias or NodeEvent { Anchor.IsEmpty: false } =>
                throw Fail(next, "anchors and aliases (&name, *name) are not supported"),
            Scalar scalar => new ScalarNode(At(next), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => new ListNode(At(next), Items(depth)),
            MappingStart => new SectionNode(At(next), Entries(depth)),
            _ => throw Fail(next, "a value is missing here"),
        };
    }

    private List<CaseNode> Items(int depth)
    {
        List<CaseNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
        return items;
    }

    private OrderedDictionary<string, (string Source, CaseNode Value)> Entries(int depth)
    {
        OrderedDictionary<string, (string Source, CaseNode Value)> entries = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            CaseNode key = Node(depth + 1);
            if (key is not ScalarNode { Text: var name }) throw new InputException(
                $"{key.Source}: a key is a word, here it is a list or a section");
            if (entries.TryGetValue(name, out var first)) throw new InputException(
                $"{key.Source}: {Words.Quote(name)} is given twice, first at {first.Source}");
            entries[name] = (key.Source, Node(depth + 1));
        }
        return entries;
    }

    private InputException SyntaxError(YamlException e)
    {
        // For a tab the parser names the line where the section began.
        int tab = e.Message.Contains("tab")
            ? Array.FindIndex(text.Split('\n'), (int)e.Start.Line - 1, line => line[..^line.TrimStart().Length]
            .Contains('\t')) : -1;
        return tab >= 0
            ? new InputException($"{source(tab + 1)}: a tab in the indentation; YAML is indented by spaces", e)
            : new InputException($"{source(e.Start.Line)}: not valid YAML: {Lower(e.Message)}", e);
    }

    private static string Lower(string message) => char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');

    private string At(ParsingEvent where) => source(where.Start.Line);

    private InputException Fail(ParsingEvent where, string what) => new($"{At(where)}: {what}");
}
