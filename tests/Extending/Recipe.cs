using System.Text.RegularExpressions;

namespace MesoLiMg.Tests.Extending;

/// <summary>One block of code of a recipe, and where it goes.</summary>
/// <param name="File">The file, from the root of the sources.</param>
/// <param name="After">The beginning of the line of that file behind which it goes; null where it is all of a new
/// file.</param>
/// <param name="Code">The block.</param>
internal sealed record RecipeStep(string File, string? After, string Code);

/// <summary>
/// A section of docs/extending.md as instructions. The paragraph above a block of code ends in <c>In `FILE`:</c> for a
/// new file, in <c>In `FILE`, after `BEGINNING OF A LINE`:</c> for lines of one that exists, or in <c>`FILE`:</c>.
/// </summary>
internal sealed partial class Recipe
{
    private Recipe(IReadOnlyList<RecipeStep> steps) => Steps = steps;

    /// <summary>Its blocks of code in their order.</summary>
    public IReadOnlyList<RecipeStep> Steps { get; }

    /// <summary>The text of a file that the recipe gives.</summary>
    public string this[string file] => Steps.Single(step => step.File == file).Code;

    /// <summary>Reads a section.</summary>
    /// <param name="document">The text of the document.</param>
    /// <param name="heading">The heading of the section.</param>
    public static Recipe Read(string document, string heading)
    {
        var lines = document.ReplaceLineEndings("\n").Split('\n');
        var first = Array.IndexOf(lines, $"## {heading}");
        Assert.True(first >= 0, $"the document has no section '{heading}'");
        var next = Array.FindIndex(lines, first + 1, line => line.StartsWith("## ", StringComparison.Ordinal));
        var section = next < 0 ? lines[(first + 1)..] : lines[(first + 1)..next];
        var steps = new List<RecipeStep>();
        for (var i = 0; i < section.Length; i++)
        {
            if (!section[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(section, i + 1, line => line.Trim() == "```");
            Assert.True(end > i, $"a block of '{heading}' does not end");
            var before = string.Join(' ', section[..i].Select(line => line.Trim()));
            steps.Add(Step(before, section[(i + 1)..end], section[i]));
            i = end;
        }
        return new(steps);
    }

    /// <summary>Follows it in a folder of sources.</summary>
    public void Apply(string root)
    {
        foreach (var step in Steps)
        {
            var path = Path.Combine(root, step.File);
            var isThere = File.Exists(path);
            Assert.True(isThere == step.After is not null, $"{step.File} is new, or there is a line to find in it");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, step.After is null ? step.Code : Inserted(File.ReadAllText(path), step));
        }
    }

    private static string Inserted(string text, RecipeStep step)
    {
        var lines = text.Split('\n').ToList();
        bool IsMeant(string line) => line.StartsWith(step.After!, StringComparison.Ordinal);
        var found = lines.Count(IsMeant);
        Assert.True(found == 1, $"{step.File} has {found} lines that begin with '{step.After}'");
        lines.InsertRange(lines.FindIndex(IsMeant) + 1, step.Code.TrimEnd('\n').Split('\n'));
        return string.Join('\n', lines);
    }

    private static RecipeStep Step(string before, string[] code, string fence)
    {
        var where = Place().Match(before.TrimEnd());
        Assert.True(where.Success, $"no file is named above the block that begins with '{code[0].Trim()}'");
        var indent = fence.Length - fence.TrimStart().Length;
        var text = code.Select(line => line.Length >= indent ? line[indent..] : "");
        var after = where.Groups["after"];
        return new(where.Groups["file"].Value, after.Success ? after.Value : null, string.Join('\n', text) + "\n");
    }

    [GeneratedRegex("`(?<file>[^` ]+)`(, after `(?<after>[^`]+)`)?:$")]
    private static partial Regex Place();
}
