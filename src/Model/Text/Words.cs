using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>Help with words that were not understood, and text that goes into a one-line message.</summary>
public static partial class Words
{
    private const int LongestQuote = 60;

    /// <summary>
    /// <c>; did you mean 'strength'?</c> when a known word is near, otherwise <c>; known are law, stiffness, ...</c>
    /// </summary>
    public static string Suggest(string word, IEnumerable<string> known)
    {
        string[] all = [.. known];
        string? nearest = Nearest(word, all);
        return nearest is null ? $"; known are {string.Join(", ", all)}" : $"; did you mean '{nearest}'?";
    }

    /// <summary>The known word within a few edits of <paramref name="word"/>, or null.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) => word.Length > LongestQuote ? null : known
        .Select(candidate => (candidate,
            Distance: Distance(word.ToLowerInvariant().Replace('-', '_'), candidate.ToLowerInvariant()
            .Replace('-', '_'))))
        .Where(near => near.Distance <= Math.Max(1, Math.Min(word.Length, near.candidate.Length) / 3))
        .OrderBy(near => near.Distance)
        .Select(near => near.candidate)
        .FirstOrDefault();

    /// <summary>Text without line breaks and control characters.</summary>
    public static string OneLine(string text) => Unprintable().Replace(text, " ").Trim();

    /// <summary>Text from outside in quotes, on one line and not too long.</summary>
    public static string Quote(string text)
    {
        string line = OneLine(text);
        return line.Length <= LongestQuote ? $"'{line}'" : $"'{line[..LongestQuote]}...'";
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours between two words.</summary>
    private static int Distance(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }
                edits[i, j] = Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1,
                    edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) edits[i, j] =
                    Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }
        return edits[a.Length, b.Length];
    }

    // Not halves of characters beyond 16 bits, as of pictures in names of folders.
    [GeneratedRegex(@"[\p{C}\p{Zl}\p{Zp}-[\p{Cs}]]+")]
    private static partial Regex Unprintable();
}
