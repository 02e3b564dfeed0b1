using System.Reflection;
using System.Text.RegularExpressions;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

public class CaseHelpTests
{
    public static TheoryData<string> Parameters() => [..
        from type in typeof(Case).Assembly.GetTypes()
        from property in type.GetProperties()
        where property.GetCustomAttribute<ParameterAttribute>() is not null
        select $"{type.Name}.{property.Name}"];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Help_tells_every_parameter(string name)
    {
        PropertyInfo property = typeof(Case).Assembly.GetType($"MesoLiMg.Model.{name.Split('.')[0]}")!.GetProperty(
            name.Split('.')[1])!;
        ParameterAttribute parameter = property.GetCustomAttribute<ParameterAttribute>()!;
        string key = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        string flat = string.Join(' ', CaseHelp.Text().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(key, flat);
        Assert.Contains(parameter.Help, flat);
    }

    [Fact]
    public void Limits_are_numbers_as_people_write_them()
    {
        string flat = string.Join(' ', CaseHelp.Text().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string[] ranges = [.. Regex.Matches(flat, @"\((above|at least|at most|[-0-9.e]+( \w+)? to) [^()]*\)")
            .Select(match => match.Value)];
        Assert.Contains("(0 to 40 deg)", ranges);
        Assert.All(ranges, range => Assert.DoesNotMatch(@"\.[0-9]{4}", range));
        // The limit is what is printed, exactly.
        string spread =
            $"{CaseText.Slab}\nmicrostructure: {{ kind: layers, grains: 2, texture: {{ spread: 40 deg }}, "
            + $"diffusivity_ratio: [2] }}";
        Assert.Empty(CaseText.Parse(spread).Warnings);
        Assert.EndsWith("must be 0 to 40 deg, read '40.001 deg'",
            CaseText.Refused(spread.Replace("40 deg", "40.001 deg")));
    }

    [Fact]
    public void Help_is_no_wider_than_120_columns() =>
        Assert.All(CaseHelp.Text().Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, 120));

    [Fact]
    public void Help_on_a_section_shows_unit_default_range_and_choices()
    {
        string text = string.Join(' ', CaseHelp.Text("interfaces.se")
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("strength GPa 1 Largest tangential traction", text);
        Assert.Contains("(at least 0)", text);
        Assert.Contains("One of: bonded, spring, friction, frictionless, layer.", text);
        Assert.DoesNotContain("diffusivity", text);
    }

    [Theory]
    [InlineData("protocol.0.plate")]
    [InlineData("protocol[].plate")]
    [InlineData("protocol.plate")]
    public void Items_of_lists_may_be_named_with_or_without_an_index(string path) =>
        Assert.Contains("protocol[].plate: ", CaseHelp.Text(path));

    [Theory]
    [InlineData("interface", "no entry 'interface'; did you mean 'interfaces'?")]
    [InlineData("interfaces.top", "no entry 'top' in interfaces; known are se, collector")]
    [InlineData("title.x", "title is a single value and has no entry 'x'")]
    public void An_unknown_section_is_refused_with_the_nearest(string path, string expected) =>
        Assert.Equal(expected, Assert.Throws<InputException>(() => CaseHelp.Text(path)).Message);
}
