using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MesoLiMg.Tests.House;

/// <summary>
/// Which source files use which: an arrow from A to B where a type of A names a type of B in its bases, members or
/// code. Read from compiled assemblies and their symbols. The files of a partial type count as one: the file that bears
/// its name, else the first.
/// </summary>
internal sealed class SourceGraph
{
    private readonly Dictionary<string, string> fileOf = [];
    private readonly Dictionary<string, HashSet<string>> uses = [];

    /// <summary>Reads assemblies; arrows lead to types of all of them.</summary>
    /// <param name="assemblies">Paths of the assemblies, with their symbols beside them.</param>
    /// <param name="root">Folder that paths of files are relative to.</param>
    public SourceGraph(IEnumerable<string> assemblies, string root)
    {
        var opened = assemblies.Select(path => new CompiledSources(path, root)).ToArray();
        try
        {
            foreach (var assembly in opened)
                foreach (var (type, file) in assembly.Files())
                    fileOf[type] = file;
            foreach (var assembly in opened)
                foreach (var (type, used) in assembly.Uses())
                    Add(type, used);
        }
        finally
        {
            foreach (var assembly in opened)
                assembly.Dispose();
        }
    }

    /// <summary>A graph of arrows given by hand.</summary>
    public SourceGraph(params (string From, string To)[] arrows)
    {
        foreach (var (from, to) in arrows)
        {
            (fileOf[from], fileOf[to]) = (from, to);
            Add(from, to);
        }
    }

    /// <summary>All files.</summary>
    public IEnumerable<string> Files => fileOf.Values.Distinct().Order(StringComparer.Ordinal);

    /// <summary>All arrows between different files.</summary>
    public IEnumerable<(string From, string To)> Arrows =>
        from file in uses.Keys.Order(StringComparer.Ordinal)
        from to in uses[file].Order(StringComparer.Ordinal)
        select (file, to);

    /// <summary>Files that reach each other by arrows, each group sorted.</summary>
    public IReadOnlyList<string[]> Cycles() =>
        StrongComponents.Of([.. Files], file => uses.GetValueOrDefault(file, []));

    private void Add(string type, string used)
    {
        if (!fileOf.TryGetValue(type, out var from) || !fileOf.TryGetValue(used, out var to) || from == to)
            return;
        if (!uses.TryGetValue(from, out var targets))
            uses.Add(from, targets = []);
        targets.Add(to);
    }
}

/// <summary>Groups of nodes that reach each other.</summary>
internal static class StrongComponents
{
    /// <summary>All groups with more than one node (Tarjan, SIAM J. Comput. 1 (1972) 146).</summary>
    public static IReadOnlyList<string[]> Of(IReadOnlyList<string> nodes, Func<string, IEnumerable<string>> next)
    {
        var (index, low, stack, groups) = (new Dictionary<string, int>(), new Dictionary<string, int>(),
            new Stack<string>(), new List<string[]>());
        var waiting = new HashSet<string>();
        foreach (var node in nodes)
        {
            if (!index.ContainsKey(node))
                Visit(node);
        }
        return groups;

        void Visit(string node)
        {
            index[node] = low[node] = index.Count;
            stack.Push(node);
            waiting.Add(node);
            foreach (var to in next(node))
            {
                if (!index.ContainsKey(to))
                    Visit(to);
                if (waiting.Contains(to))
                    low[node] = Math.Min(low[node], low[to]);
            }
            if (low[node] != index[node])
                return;
            var group = new List<string>();
            string last;
            do
            {
                last = stack.Pop();
                waiting.Remove(last);
                group.Add(last);
            }
            while (last != node);
            if (group.Count > 1)
                groups.Add([.. group.Order(StringComparer.Ordinal)]);
        }
    }
}
