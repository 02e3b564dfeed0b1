using System.Text.RegularExpressions;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.House;

/// <summary>docs/theory/ names the file that computes each equation, (`FILE`, `NAME`), and they are there.</summary>
public sealed partial class TheoryTests
{
    public static TheoryData<string> Chapters() =>
        new(Directory.GetFiles(Path.Combine(CaseText.Root(), "docs", "theory"), "*.md").Select(Path.GetFileName)!);

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Every_equation_names_the_file_that_computes_it(string chapter)
    {
        var equations = Equation().Matches(Text(chapter));
        Assert.All(equations, equation => Assert.Matches(@"^\s*\(`[^`]+`, `\w+`\)", equation.Groups["after"].Value));
    }

    [Theory]
    [MemberData(nameof(Chapters))]
    public void The_files_named_have_the_names(string chapter) => Assert.All(
        Address().Matches(Text(chapter)),
        address => Assert.Matches(
            $@"\b{address.Groups["name"].Value}\b", File.ReadAllText(InTree(address.Groups["file"].Value))));

    [Theory]
    [MemberData(nameof(Chapters))]
    public void Paths_named_exist(string chapter) => Assert.All(
        NamedPath().Matches(Text(chapter)),
        named => Assert.True(Path.Exists(InTree(named.Groups["path"].Value)), named.Value));

    [Fact]
    public void The_index_names_every_chapter()
    {
        var index = File.ReadAllText(InTree("docs/theory.md"));
        foreach (var file in Directory.GetFiles(InTree("docs/theory"), "*.md"))
            Assert.Contains($"(theory/{Path.GetFileName(file)})", index);
    }

    private static string Text(string chapter) => File.ReadAllText(InTree("docs/theory/" + chapter))
        .ReplaceLineEndings("\n");

    private static string InTree(string path) => Path.Combine(CaseText.Root(), path);

    [GeneratedRegex(@"^\$\$.*?\$\$$(?<after>\s*[^\n]*)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Equation();

    [GeneratedRegex(@"\(`(?<file>[^`\s]+\.cs)`,\s+`(?<name>\w+)`\)")]
    private static partial Regex Address();

    [GeneratedRegex(@"`(?<path>(kernels|src|tests|tools|cases|docs)/[\w./-]+)`")]
    private static partial Regex NamedPath();
}
