using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

/// <summary>Words that a case file may still use for entries and choices that have newer ones.</summary>
public class OlderWordsTests
{
    [Theory]
    [InlineData("se: { law: slide }", "se: { law: frictionless }")]
    [InlineData("se: { law: layer, thickness: 125 nm, youngs_modulus: 40 GPa, poisson_ratio: 0.3, far_side: slide }",
        "se: { law: layer, thickness: 125 nm, youngs_modulus: 40 GPa, poisson_ratio: 0.3, far_side: frictionless }")]
    [InlineData("se: { law: friction, strength: 0.5 GPa }", "se: { law: friction, shear_strength: 0.5 GPa }")]
    public void An_older_word_means_the_newer_one(string older, string newer)
    {
        var (old, @new) = (Parse(older), Parse(newer));
        Assert.Equal(@new.Case.Interfaces, old.Case.Interfaces);
        Assert.Equal(CaseWriter.Write(@new.Case), CaseWriter.Write(old.Case));
        Assert.Empty(old.Warnings);
    }

    [Fact]
    public void The_case_that_is_written_out_and_help_have_the_newer_words()
    {
        var text = CaseWriter.Write(Parse("se: { law: slide, strength: 1 GPa }").Case);
        Assert.Contains("frictionless", text);
        Assert.Contains("shear_strength: 1 GPa", text);
        Assert.DoesNotContain("slide", text);
        Assert.Contains("shear_strength", CaseHelp.Text("interfaces.se.strength"));
        Assert.DoesNotContain("One of: bonded, spring, friction, slide", CaseHelp.Text());
    }

    [Theory]
    [InlineData("strength", "shear_strength")]
    [InlineData("shear_strength", "strength")]
    public void Either_word_overrides_the_other(string written, string given)
    {
        var document = CaseText.Parse(
            $"{CaseText.Slab}\ninterfaces: {{ se: {{ law: friction, {written}: 0.5 GPa }} }}",
            [$"interfaces.se.{given}=0.7 GPa"]);
        Assert.Equal(0.7e9, document.Case.Interfaces.Se.ShearStrength);
        Assert.Empty(document.Warnings);
    }

    [Fact]
    public void Both_words_for_one_entry_are_refused()
    {
        const string both = "interfaces: { se: { law: friction, strength: 1 GPa, shear_strength: 2 GPa } }";
        Assert.EndsWith(
            "interfaces.se.strength: is the older name of shear_strength, which is given too",
            CaseText.Refused($"{CaseText.Slab}\n{both}"));
    }

    [Theory]
    [InlineData("strength")]
    [InlineData("shear_strength")]
    public void Messages_call_an_entry_what_the_file_calls_it(string word)
    {
        var text = $"{CaseText.Slab}\ninterfaces: {{ se: {{ law: bonded, {word}: 0.5 GPa }} }}";
        var warning = Assert.Single(CaseText.Parse(text).Warnings);
        Assert.EndsWith($"interfaces.se.{word}: has no effect with law bonded", warning);
        Assert.EndsWith($"interfaces.se.{word}: is set by adhesion_energy; give one of them",
            CaseText.Refused(text.Replace("bonded", "friction, adhesion_energy: 1 J/m^2")));
    }

    private static CaseDocument Parse(string interfaces) =>
        CaseText.Parse($"{CaseText.Slab}\ninterfaces: {{ {interfaces} }}");
}
