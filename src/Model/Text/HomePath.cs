namespace MesoLiMg.Model;

/// <summary>Paths that begin with ~ where no shell has expanded it: in case files, behind =, in quotes.</summary>
public static class HomePath
{
    /// <summary>Whether a path begins with <c>~</c>.</summary>
    public static bool IsMeant(string path) => path is ['~', ..];

    /// <summary>The path with ~ or ~/ at its start replaced by the home folder, as a shell does.</summary>
    public static string Expand(string path)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home != "" && path is "~" or ['~', '/' or '\\', ..] ? home + path[1..] : path;
    }

    /// <summary>
    /// A word of the command line with its path expanded: <c>~/out</c>, and behind an option's name, <c>-o=~/out</c>.
    /// </summary>
    public static string ExpandWord(string word)
    {
        int equals = word is ['-', ..] ? word.IndexOf('=') : -1;
        return word[..(equals + 1)] + Expand(word[(equals + 1)..]);
    }

    /// <summary>What a path that begins with ~ stands for, for the end of a message that it is not there.</summary>
    public static string Hint(string path, string full) => Expand(path) != path
        ? $" ({full})"
        : $" ({full}); ~ and ~/ stand for the home folder, {Words.Quote(path.Split('/')[0])} is not expanded";
}
