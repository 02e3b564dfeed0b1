using MesoLiMg.Studies.Sweeps;
using MesoLiMg.Model;

namespace MesoLiMg.Tests.Sweeps;

public class VariationTests
{
    [Theory]
    [InlineData("a.b=1,2 , 3", "1|2|3")]
    [InlineData("a={ law: friction, strength: 1 GPa },{ law: slide }",
        "{ law: friction, strength: 1 GPa }|{ law: slide }")]
    [InlineData("a=[{ t: 1, u: 2 }, 3],[4, 5]", "[{ t: 1, u: 2 }, 3]|[4, 5]")]
    [InlineData("a='x, y]',\"z, {\"", "'x, y]'|\"z, {\"")]
    [InlineData("a=b=1,c=2", "b=1|c=2")]
    public void CommasOutsideOfBracketsSeparateValues(string text, string values) =>
        Assert.Equal(values.Split('|'), Variation.Parse(text).Values);

    [Theory]
    [InlineData("current", "write an entry and its values")]
    [InlineData("=1,2", "write an entry and its values")]
    [InlineData("a=", "a value is missing")]
    [InlineData("a=1,,2", "a value is missing before, after or between commas")]
    [InlineData("a={ b: 1,2", "brackets or quotes do not match")]
    [InlineData("a=1},2", "brackets or quotes do not match")]
    [InlineData("a=[1},2", "brackets or quotes do not match")]
    public void WhatIsNoVariationIsRefused(string text, string message) =>
        Assert.StartsWith($"--vary {text}: {message}",
            Assert.Throws<InputException>(() => Variation.Parse(text)).Message);

    [Theory]
    [InlineData("i=0.5 mA/cm^2,1mA/cm^2", "i [mA/cm^2]", "0.5|1")]
    [InlineData("n=1,2e3", "n [-]", "1|2e3")]
    [InlineData("i=0.5 mA/cm^2,10 A/m^2", "i", "0.5 mA/cm^2|10 A/m^2")]
    [InlineData("law=slide,bonded", "law", "slide|bonded")]
    public void ACommonUnitStandsInTheHeading(string text, string heading, string cells)
    {
        var variation = Variation.Parse(text);
        Assert.Equal((heading, cells), (variation.Heading, string.Join('|', variation.Values.Select(variation.Cell))));
    }
}
