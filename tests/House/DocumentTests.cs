using System.Text.RegularExpressions;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.House;

/// <summary>What documents say of the sources is there.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Source_files_that_documents_name_exist()
    {
        var root = CaseText.Root();
        string[] documents =
        [
            .. new[] { "README.md", "CONTRIBUTING.md", "tests/mutations/mutations.txt" }
                .Select(name => Path.Combine(root, name)).Where(File.Exists),
            .. Directory.GetFiles(Path.Combine(root, "docs"), "*.md"),
        ];
        // Recipes name the files that they add.
        var missing =
            from document in documents
            let text = File.ReadAllText(document)
            let added = Added().Matches(text).Select(match => match.Groups[1].Value).ToHashSet()
            from path in SourceFile().Matches(text).Select(match => match.Value).Distinct()
            where !File.Exists(Path.Combine(root, path)) && !added.Contains(path)
            select $"{Path.GetFileName(document)} names {path}";
        var found = string.Join("\n", missing);
        Assert.True(found == "", found);
    }

    [GeneratedRegex(@"\b(?:kernels|src|tools|tests)/[A-Za-z0-9_./]*\.(?:cs|py|csproj)\b")]
    private static partial Regex SourceFile();

    [GeneratedRegex(@"In `([^`]+\.cs)`:\s+```csharp")]
    private static partial Regex Added();
}
