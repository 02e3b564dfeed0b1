namespace MesoLiMg.Model;

/// <summary>The text of a case with its <c>--set</c> overrides applied, before anything is bound to a type.</summary>
internal sealed class CaseTree
{
    private readonly string _name;

    /// <param name="text">YAML.</param>
    /// <param name="name">File name as the user wrote it, for messages.</param>
    /// <param name="overrides">Assignments such as <c>interfaces.se.shear_strength=0.5GPa</c>, the last one
    /// wins.</param>
    /// <exception cref="InputException">Not YAML, no section at the top, or an override that fits nowhere.</exception>
    public CaseTree(string text, string name, IReadOnlyList<string> overrides)
    {
        _name = name;
        CaseNode top = new YamlText(text, line => $"{name}:{line}")
            .Read() ?? throw new InputException($"{name}: the file is empty");
        Root = top as SectionNode
            ?? throw new InputException($"{top.Source}: a case begins with entries such as 'title: ...'");
        foreach (string assignment in overrides) Override(assignment);
    }

    public SectionNode Root { get; }

    /// <summary>A path with the keys that the text uses: an entry may be written under an older name.</summary>
    public string AsWritten(string path)
    {
        string[] parts = path.Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            if (Walk(string.Join('.', parts[..i]), out _) is SectionNode section) parts[i] =
                KeyIn(section, TypeAt(parts[..i]), parts[i]);
        }
        return string.Join('.', parts);
    }

    /// <summary>Whether the text gives the entry at a path such as <c>protocol.0.plate.time</c> a value.</summary>
    public bool Has(string path) => Walk(path, out _) is not (null or ScalarNode { IsNull: true });

    /// <summary>Where the entry at a path stands, or the nearest section around it that is written down.</summary>
    public string Where(string path)
    {
        Walk(path, out string source);
        return source;
    }

    private CaseNode? Walk(string path, out string source)
    {
        source = _name;
        CaseNode? node = Root;
        if (path == "") return node;
        string[] parts = path.Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i];
            if (node is SectionNode section
                && section.Entries.TryGetValue(KeyIn(section, TypeAt(parts[..i]), part), out var entry)) (source,
                node) = entry;
            else if (node is ListNode list && int.TryParse(part, out int index) && index < list.Items.Count) (source,
                node) = (list.Items[index].Source, list.Items[index]);
            else return null;
        }
        return node;
    }

    /// <summary>The section type at a path; null where it leaves the known entries.</summary>
    private static Type? TypeAt(string[] path) =>
        path.Where(part => !int.TryParse(part, out _))
            .Aggregate((Type?)typeof(Case), (type, part) => type is null ? null : CaseSchema.Find(type, part)?.Type);

    /// <summary>The key under which a section has an entry: as given, or another name of the same entry.</summary>
    private static string KeyIn(SectionNode section, Type? type, string key)
    {
        if (section.Entries.ContainsKey(key) || type is null || CaseSchema.Find(type, key) is not { } entry) return key;
        return section.Entries.Keys.FirstOrDefault(entry.IsCalled) ?? key;
    }

    private void Override(string assignment)
    {
        string source = $"--set {assignment}";
        int equals = assignment.IndexOf('=');
        string[] path = assignment[..Math.Max(equals, 0)].Trim().Split('.');
        if (path.Contains("")) throw new InputException(
            $"{source}: write an entry and its value, for example --set domain.height=140nm");
        CaseNode value = new YamlText(assignment[(equals + 1)..], _ => source)
            .Read() ?? new ScalarNode(source, "", Plain: true);
        Put(Root, typeof(Case), path, 0, value);
    }

    /// <summary>
    /// Puts <paramref name="value"/> at the rest of the path below <paramref name="node"/>, creating what is missing,
    /// and returns what stands there then. The type, null where the path leaves the known entries, tells how a section
    /// written as a single value is to be opened.
    /// </summary>
    private static CaseNode Put(CaseNode? node, Type? type, string[] path, int depth, CaseNode value)
    {
        if (depth == path.Length) return value;
        string part = path[depth];
        string here = string.Join('.', path[..depth]);
        if (node is null or ScalarNode { IsNull: true } or ScalarNode { IsBlank: true })
            node = char.IsAsciiDigit(part[0]) ? new ListNode(value.Source, []) : new SectionNode(value.Source, []);
        if (node is ScalarNode single && type is not null && CaseSchema.Shorthand(type) is { } shorthand)
            node = new SectionNode(node.Source, new() { [shorthand.Key] = (node.Source, single) });
        switch (node)
        {
            case SectionNode section:
                part = KeyIn(section, type, part);
                bool known = section.Entries.TryGetValue(part, out var entry);
                Type? below = type is null ? null : CaseSchema.Find(type, part)?.Type;
                string source = known && depth < path.Length - 1 ? entry.Source : value.Source;
                section.Entries[part] = (source, Put(known ? entry.Value : null, below, path, depth + 1, value));
                return section;
            case ListNode list:
                if (!int.TryParse(part, out int index) || index < 0 || index > list.Items.Count)
                    throw new InputException(
                        $"{value.Source}: {here} is a list of {list.Items.Count}; its items are counted from 0, the "
                        + $"next new one is {list.Items.Count}");
                CaseNode item = Put(index < list.Items.Count ? list.Items[index] : null, type, path, depth + 1, value);
                if (index < list.Items.Count) list.Items[index] = item;
                else list.Items.Add(item);
                return list;
            default:
                throw new InputException(
                    $"{value.Source}: {here} is a single value and has no entry {Words.Quote(part)}");
        }
    }
}
