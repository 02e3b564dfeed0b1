using MesoLiMg.Model;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Cases;

/// <summary>Commas in numbers, paths from the home folder, and lengths that no film has.</summary>
public class DecimalCommaTests
{
    [Theory]
    [InlineData("0,5 nm", "'0,5 nm' has a comma; decimals take a point: 0.5 nm")]
    [InlineData("-0,5e-3 m", "'-0,5e-3 m' has a comma; decimals take a point: -0.5e-3 m")]
    [InlineData("1,000 nm",
        "'1,000 nm' has a comma; decimals take a point: 1.000 nm (or, if it counts thousands, nothing: 1000 nm)")]
    [InlineData("1,000,000 nm", "'1,000,000 nm' has a comma; thousands take none: 1000000 nm")]
    [InlineData("1.000,5 nm", "'1.000,5 nm' has a comma; decimals take a point: 1000.5 nm")]
    [InlineData("1,000.5 nm", "'1,000.5 nm' has a comma; thousands take none: 1000.5 nm")]
    public void A_comma_in_a_number_is_named(string text, string expected)
    {
        Assert.Equal(expected, Assert.Throws<FormatException>(() => Units.Parse(text, "m")).Message);
        Assert.Equal(expected, Assert.Throws<FormatException>(() => Units.ParseAny(text)).Message);
        Assert.StartsWith($"--set domain.height={text}: domain.height: {expected}",
            CaseText.Refused(CaseText.Slab, $"domain.height={text}"));
    }

    [Theory]
    [InlineData("domain: { kind: slab, height: 0,5 um, cells: [40] }",
        "a.yaml:1: domain.height: '0,5 um' has a comma; decimals take a point: 0.5 um")]
    [InlineData("domain: { kind: slab, height: 1 um, cells: [40] }\ninitial: { x: 0,1 }",
        "a.yaml:2: initial.x: '0,1' has a comma; decimals take a point: 0.1")]
    [InlineData("domain:\n  kind: slab\n  height: 0,5 um\n  cells: [40]",
        "a.yaml:3: domain.height: '0,5 um' has a comma; decimals take a point: 0.5 um")]
    public void A_comma_is_named_in_either_way_of_writing_a_section(string text, string expected) =>
        Assert.Equal(expected, CaseText.Refused(text));

    [Theory]
    [InlineData("--warp 0,5: has a comma; decimals take a point, 0.5", "export", "out", "--warp", "0,5")]
    [InlineData("--rtol 1,5e-8: has a comma; decimals take a point, 0.5", "bench", "apply", "--rtol=1,5e-8")]
    public void A_comma_in_a_number_of_the_command_line_is_named(string expected, params string[] arguments)
    {
        var (exit, _, errors) = ProgramRun.Call(arguments);
        Assert.Equal((2, expected), (exit, errors.Trim()));
    }

    [Fact]
    public void Per_cent_are_not_advised_to_be_written_without_their_sign() =>
        Assert.EndsWith("initial.x: 5 % is written as a pure number here, 0.05",
            CaseText.Refused(CaseText.Slab, "initial.x=5 %"));

    [Theory]
    [InlineData("height=1e-30 nm", "domain.height: 1e-30 nm is less than an atom, 0.1 nm; is the unit right?")]
    [InlineData("height=5 km", "domain.height: 5000 m is more than 1 m; is the unit right?")]
    public void A_length_that_no_film_has_is_named(string assignment, string expected) =>
        Assert.EndsWith(expected, CaseText.Refused(CaseText.Slab, $"domain.{assignment}"));

    [Fact]
    public void A_thin_edge_of_a_box_is_named_by_its_number() =>
        Assert.Contains("domain.size.1: 1e-20 nm is less than an atom",
        CaseText.Refused("domain: { kind: plane-strain, size: [10 nm, 1e-20 nm], cells: [2, 2] }"));

    [Fact]
    public void The_home_folder_is_expanded_in_cases_and_on_the_command_line()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(
            [home, home + "/a.yaml", "-o=" + home + "/out", "~bob/a", "a~/b", "title=~/x", "--set", "-1=2"],
            new[] { "~", "~/a.yaml", "-o=~/out", "~bob/a", "a~/b", "title=~/x", "--set", "-1=2" }.Select(
                HomePath.ExpandWord));
        Assert.Contains($"there is no file '~/none.h5' ({home}/none.h5)",
            CaseText.Refused(CaseText.Slab, "initial.state=~/none.h5"));
        Assert.Contains("~ and ~/ stand for the home folder, '~bob' is not expanded",
            CaseText.Refused(CaseText.Slab, "initial.state=~bob/none.h5"));
        Assert.StartsWith($"{home}/none.yaml: there is no such file",
            ProgramRun.Call("run", "~/none.yaml", "-o", "out").Errors);
    }
}
