using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>Words of a command line that people can copy.</summary>
public static partial class ShellWord
{
    /// <summary>A word, in quotes where a shell would not take it as it is.</summary>
    public static string Of(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''")}'";

    [GeneratedRegex(@"^[\p{L}\p{Nd}_./:=^+\-,@%]+\z")]
    private static partial Regex Plain();
}
