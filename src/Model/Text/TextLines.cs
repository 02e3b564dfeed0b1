using System.Text;
using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>
/// Breaks text for people into lines, at blanks that part neither a number from its unit nor the words of a command
/// between backticks. A no-break space stands for a blank at which no line ends.
/// </summary>
public static partial class TextLines
{
    /// <summary>A blank at which no line ends.</summary>
    public const char NoBreakSpace = '\u00a0';

    /// <summary>
    /// Breaks text to a width. A word that is longer than a line is left whole, on a line of its own.
    /// </summary>
    /// <param name="text">One paragraph, or several with line feeds between them.</param>
    /// <param name="width">Characters on a line.</param>
    /// <param name="used">Characters that already stand on the first line.</param>
    /// <param name="indent">Blanks at the beginning of the others.</param>
    /// <returns>The lines, the first without what stands there already.</returns>
    public static IReadOnlyList<string> Wrap(string text, int width, int used = 0, int indent = 0)
    {
        List<string> lines = [];
        foreach (string paragraph in text.Split('\n'))
            Wrap(lines, paragraph, width, lines.Count == 0 ? used : indent, indent);
        return [.. lines.Select(line => line.Replace(NoBreakSpace, ' ').TrimEnd())];
    }

    /// <summary>Length of the longest piece of a text that is not broken.</summary>
    public static int LongestPiece(string text) => text.Split('\n').SelectMany(Pieces).Max(piece => piece.Length);

    private static void Wrap(List<string> lines, string paragraph, int width, int used, int indent)
    {
        var line = new StringBuilder(lines.Count == 0 ? "" : new string(' ', indent));
        var (column, isEmpty) = (used, true);
        foreach (string piece in Pieces(paragraph))
        {
            if (!isEmpty && column + 1 + piece.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear().Append(' ', indent);
                (column, isEmpty) = (indent, true);
            }
            line.Append(isEmpty ? "" : " ").Append(piece);
            column += piece.Length + (isEmpty ? 0 : 1);
            isEmpty = false;
        }
        lines.Add(line.ToString());
    }

    /// <summary>Words, and words that stay together.</summary>
    private static IEnumerable<string> Pieces(string paragraph)
    {
        string[] words = paragraph.Split(' ');
        var piece = new StringBuilder(words[0]);
        bool isCommand = false;
        for (int i = 1; i < words.Length; i++)
        {
            isCommand ^= words[i - 1].Count(c => c == '`') % 2 == 1;
            if (isCommand || StayTogether(words[i - 1], words[i]))
            {
                piece.Append(' ').Append(words[i]);
                continue;
            }
            yield return piece.ToString();
            piece.Clear().Append(words[i]);
        }
        yield return piece.ToString();
    }

    /// <summary>
    /// Whether the blank between two words is no place for a line to end: <c>5 nm</c>, <c>t = 2 s</c>, <c>10 x 14
    /// cells</c>, <c>mol/(m^2 s)</c>.
    /// </summary>
    private static bool StayTogether(string left, string right) =>
        (EndsInNumber().IsMatch(left) && WordOrPercent().IsMatch(right))
        || (left is "=" or "x" or "±" && BeginsWithNumber().IsMatch(right))
        || (right is "=" && left.Length > 0)
        || (left.Contains("/(") && !left.Contains(')'));

    [GeneratedRegex(@"^\W*\d([\w.,;+\-]*\d)?[)\]]?$")]
    private static partial Regex EndsInNumber();

    [GeneratedRegex(@"^[\p{L}%°±]")]
    private static partial Regex WordOrPercent();

    [GeneratedRegex(@"^[(\[+\-]?\d")]
    private static partial Regex BeginsWithNumber();
}
