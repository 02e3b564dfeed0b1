using System.Text;
using Spectre.Console;

namespace MesoLiMg.Studies.Printing;

/// <summary>
/// A line at the end of a terminal that is written again and again. It never reaches the last column, and the cursor
/// waits at its beginning: when the terminal is made narrower and breaks the line, it can be cleared from there on,
/// whether or not the terminal takes the cursor along.
/// </summary>
internal sealed class StatusLine
{
    /// <summary>Clears the terminal from the cursor on.</summary>
    private const string Erase = "\e[J";

    private readonly TextWriter output;
    private readonly Func<int> width;
    private readonly bool canErase;
    private int shown;

    /// <summary>A line of an output, nothing at all where that is no terminal.</summary>
    public StatusLine(TextWriter output)
        : this(
            output, () => People.Width(output), People.IsTerminal(output),
            People.IsTerminal(output) && KnowsCommands(output))
    {
    }

    /// <param name="output">The terminal.</param>
    /// <param name="width">Gives the terminal's width in characters at any time.</param>
    /// <param name="isShown">Whether anything is shown.</param>
    /// <param name="canErase">Whether the terminal knows commands; else the line is overwritten with blanks.</param>
    public StatusLine(TextWriter output, Func<int> width, bool isShown, bool canErase) =>
        (this.output, this.width, IsShown, this.canErase) = (output, width, isShown, canErase);

    /// <summary>Whether the line is seen.</summary>
    public bool IsShown { get; }

    /// <summary>Characters that the line can have now.</summary>
    public int Room => Math.Max(1, width() - 1);

    /// <summary>Shows a text, cut where it is too long.</summary>
    public void Show(string text)
    {
        if (!IsShown)
            return;
        var cut = Cut(text, Room);
        var length = cut.GetCellWidth();
        // One piece, so that nobody sees the line empty in between.
        output.Write(canErase ? $"\r{Erase}{cut}\r"
            : $"\r{cut}{new string(' ', Math.Clamp(shown - length, 0, Math.Max(0, Room - length)))}\r");
        shown = length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (shown > 0)
            Show("");
    }

    /// <summary>The beginning of a text that fits; signs of some scripts take two columns.</summary>
    private static string Cut(string text, int room)
    {
        if (text.Length <= room && text.GetCellWidth() <= room)
            return text;
        var (cut, width) = (new StringBuilder(), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.ToString().GetCellWidth();
            if (width > room)
                break;
            cut.Append(rune);
        }
        return cut.ToString();
    }

    private static bool KnowsCommands(TextWriter output) =>
        AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output) }).Profile.Capabilities.Ansi;
}
