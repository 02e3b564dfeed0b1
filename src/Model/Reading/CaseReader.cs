namespace MesoLiMg.Model;

/// <summary>Reads case files.</summary>
public static class CaseReader
{
    /// <summary>Reads, overrides, binds and checks a case file.</summary>
    /// <param name="path">YAML file; relative file names in it are relative to its folder.</param>
    /// <param name="overrides">Assignments as of <c>--set</c>, for example <c>interfaces.se.shear_strength=0.5GPa</c>
    /// or <c>protocol.0.plate.time=30 s</c>; the value may be YAML.</param>
    /// <exception cref="InputException">Anything wrong with the file or an override.</exception>
    public static CaseDocument Read(string path, IReadOnlyList<string> overrides) => Parse(Text(path), path, overrides);

    /// <summary>Like <see cref="Read"/>, for text at hand.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="fileName">Name for messages; its folder is the one that relative file names start from.</param>
    /// <param name="overrides">Assignments as of <c>--set</c>.</param>
    /// <exception cref="InputException">Anything wrong with the text or an override.</exception>
    public static CaseDocument Parse(string text, string fileName, IReadOnlyList<string> overrides)
    {
        var tree = new CaseTree(text, fileName, overrides);
        string folder = Path.GetDirectoryName(Path.GetFullPath(fileName))!;
        var @case = (Case)new CaseBinder(folder).Section(typeof(Case), tree.Root, "");
        OcvTable? table = @case.Material.Ocv.Chosen.PointsFile is { } file ? Model.OcvTable.Read(file) : null;
        var rules = new CaseRules(@case, tree, table, () => IsWrittenOut(text, fileName, folder));
        rules.Check();
        return new(@case, fileName, rules.Warnings, table, tree.Where)
        {
            Change = overrides.FirstOrDefault(IsOfTheProblem)
        };
    }

    /// <summary>Whether a text is what the program makes of the case in it.</summary>
    private static bool IsWrittenOut(string text, string fileName, string folder)
    {
        try
        {
            return CaseWriter.Write((Case)new CaseBinder(folder)
                .Section(typeof(Case), new CaseTree(text, fileName, []).Root, "")) == text.ReplaceLineEndings("\n");
        }
        catch (InputException)
        {
            return false;
        }
    }

    /// <summary>How a case is solved and written is not what it is about.</summary>
    private static bool IsOfTheProblem(string change) => !((string[])["output", "solver", "published", "title"])
        .Any(section => change.StartsWith(section, StringComparison.Ordinal));

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: there is no such file{Neighbour(path)}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(Directory.Exists(path) ? $"{path}: is a folder, expected a case file"
                : $"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The case file of the same folder whose name is nearest, as the end of a message.</summary>
    private static string Neighbour(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        string[] names = Directory.Exists(folder == "" ? "." : folder)
            ? [.. Directory.EnumerateFiles(folder == "" ? "." : folder, "*.yaml").Select(file => Path.GetFileName(file))
                .Order()]
            : [];
        return Words.Nearest(Path.GetFileName(path), names) is { } near
            ? $"; did you mean '{Path.Combine(folder, near)}'?" : "";
    }
}
