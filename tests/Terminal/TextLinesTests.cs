using MesoLiMg.Model;

namespace MesoLiMg.Tests.Terminal;

/// <summary>Where text for people may be broken into lines.</summary>
public class TextLinesTests
{
    [Theory]
    [InlineData("5 nm")]
    [InlineData("t = 0.5 s")]
    [InlineData("10 x 14 cells")]
    [InlineData("-42.2 %")]
    [InlineData("6.17 (2.4 %)", "6.17", "(2.4 %)")]
    [InlineData("(50) nm")]
    [InlineData("4.2E-05 mol/(m^2 s)")]
    [InlineData("0.151 ± 0.003 GPa")]
    [InlineData("`mesolimg run --resume out/a b`")]
    [InlineData("two words", "two", "words")]
    [InlineData("0.1, 0.2, 0.3", "0.1,", "0.2,", "0.3")]
    [InlineData("case 3, then 4.", "case", "3,", "then", "4.")]
    public void Lines_end_between_words_and_never_between_a_number_and_its_unit(string text, params string[] pieces) =>
        Assert.Equal(pieces.Length == 0 ? [text] : pieces, TextLines.Wrap(text, width: 1));

    [Fact]
    public void Lines_are_as_full_as_they_can_be() =>
        Assert.Equal(["a bb ccc", "  dddd e", "  ff"], TextLines.Wrap("a bb ccc dddd e ff", width: 8, indent: 2));

    [Fact]
    public void The_first_line_begins_after_what_stands_there() =>
        Assert.Equal(["bb", "  ccc d"], TextLines.Wrap("bb ccc d", width: 8, used: 5, indent: 2));

    [Fact]
    public void A_word_that_is_longer_than_a_line_stays_whole() =>
        Assert.Equal(["a", "/a/long/path", "b"], TextLines.Wrap("a /a/long/path b", width: 6));

    [Fact]
    public void Paragraphs_begin_new_lines() => Assert.Equal(["a", "b c", "d"], TextLines.Wrap("a\nb c\nd", width: 80));
}
