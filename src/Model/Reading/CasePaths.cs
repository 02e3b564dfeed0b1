namespace MesoLiMg.Model;

/// <summary>
/// Paths of the entries of a case file, such as <c>interfaces.se.shear_strength</c>, by what people write of them.
/// </summary>
internal static class CasePaths
{
    private static readonly Lazy<IReadOnlyList<string>> Known = new(() => [.. Below(typeof(Case), "", [typeof(Case)])]);

    /// <summary>
    /// A path as case files have it: in lower case, with underscores, without indices and marks of lists.
    /// </summary>
    public static string AsWritten(string path) =>
        string.Join('.', path.Trim().TrimEnd(':').ToLowerInvariant().Replace('-', '_').Replace("[]", "")
        .Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(part => !int.TryParse(part, out _)));

    /// <summary>Whether there is such an entry or section.</summary>
    public static bool IsKnown(string path)
    {
        var section = typeof(Case);
        foreach (var key in path.Split('.'))
        {
            if (CaseSchema.Find(section, key) is not { } entry)
                return false;
            section = entry.Type;
        }
        return true;
    }

    /// <summary>The entries whose paths end in these keys.</summary>
    public static IReadOnlyList<string> EndingIn(string path) =>
        [.. Known.Value.Where(known => known.EndsWith($".{path}", StringComparison.Ordinal))];

    /// <summary>The end of a message on a key that is not there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isFirst">Whether it begins its path; the sections above it may then have been left out.</param>
    /// <param name="known">Keys of the section.</param>
    public static string Suggest(string key, bool isFirst, string[] known)
    {
        if (!isFirst || Words.Nearest(key, known) is not null)
            return Words.Suggest(key, known);
        var near = Words.Nearest(key, Known.Value.Select(path => path[(path.LastIndexOf('.') + 1)..]).Distinct());
        return near is null ? Words.Suggest(key, known)
            : $"; did you mean '{Known.Value.First(path => path.EndsWith($".{near}", StringComparison.Ordinal))}'?";
    }

    /// <summary>
    /// All paths below a section; a section within one of its own kind, as steps that are repeated, is not gone into.
    /// </summary>
    private static IEnumerable<string> Below(Type section, string at, Type[] above) =>
        CaseSchema.Of(section).SelectMany(entry =>
    {
        var path = at == "" ? entry.Key : $"{at}.{entry.Key}";
        return above.Contains(entry.Type) ? [path] : Below(entry.Type, path, [.. above, entry.Type]).Prepend(path);
    });
}
