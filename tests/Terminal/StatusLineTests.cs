using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Tests.Terminal;

/// <summary>The line that is rewritten while something runs.</summary>
public class StatusLineTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void A_shorter_text_leaves_nothing_of_a_longer_one(bool canErase, bool reflows)
    {
        var (screen, line) = On(60, canErase, reflows);
        line.Show("a text that is rather long, 42 %");
        line.Show("short");
        Assert.Equal(["above", "short"], screen.Rows);
        line.Clear();
        screen.WriteLine("below");
        Assert.Equal(["above", "below"], screen.Rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_text_that_is_too_long_takes_one_row(bool canErase)
    {
        var (screen, line) = On(60, canErase, reflows: true);
        line.Show(new string('a', 200));
        Assert.Equal(["above", new string('a', 59)], screen.Rows);
        line.Show(new string('b', 200));
        Assert.Equal(["above", new string('b', 59)], screen.Rows);
    }

    [Fact]
    public void Signs_of_two_columns_count_twice()
    {
        var (screen, line) = On(10, canErase: true, reflows: true);
        line.Show("鋰鎂合金薄膜");
        Assert.Equal(["above", "鋰鎂合金"], screen.Rows);
    }

    /// <summary>Terminals that break the line anew and those that cut it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_stray_line_is_left_when_the_terminal_is_made_narrower(bool reflows)
    {
        var (screen, line) = On(200, canErase: true, reflows);
        line.Show(new string('a', 190));
        screen.Narrow(60);
        line.Show(new string('b', 190));
        Assert.Equal(["above", new string('b', 59)], screen.Rows);
        screen.Narrow(25);
        line.Clear();
        screen.WriteLine("below");
        Assert.Equal(["above", "below"], screen.Rows);
    }

    [Fact]
    public void A_pipe_gets_nothing()
    {
        var output = new StringWriter();
        var line = new StatusLine(output);
        line.Show("text");
        line.Clear();
        Assert.Equal(("", false), (output.ToString(), line.IsShown));
    }

    private static (Screen Screen, StatusLine Line) On(int columns, bool canErase, bool reflows)
    {
        var screen = new Screen(columns, reflows);
        screen.Write("above\r\n");
        return (screen, new StatusLine(screen, () => screen.Columns, isShown: true, canErase));
    }
}
