using System.Text;

namespace MesoLiMg.Model;

/// <summary>
/// Commands of this program as they can be pasted into a shell: the program by the name that it was called by, words
/// quoted where needed.
/// </summary>
public static class ShellCommand
{
    /// <summary>Environment variable in which a script that starts the program hands over its own name.</summary>
    public const string NameVariable = "MESOLIMG_CALLED_AS";

    private const string UsualName = "mesolimg", Assembly = UsualName + ".dll";

    private static readonly Lazy<string> Found = new(() => Join(Caller()));

    /// <summary>How the program was called, such as <c>./mesolimg</c>.</summary>
    public static string Program => Found.Value;

    /// <summary>A command of this program.</summary>
    /// <param name="arguments">Its words, not quoted yet.</param>
    public static string Of(params IEnumerable<string> arguments) => $"{Program} {Join(arguments)}".TrimEnd();

    /// <summary>Words as a command line, each quoted where a shell would not take it as it is.</summary>
    public static string Join(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => OperatingSystem.IsWindows() ? QuoteForWindows(word) : Quote(word)));

    /// <summary>
    /// A word for a POSIX shell; control characters, which would break the line, in the way of bash, zsh and POSIX of
    /// 2024.
    /// </summary>
    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(IsPlain))
            return word;
        if (!word.Any(IsUnseen))
            return $"'{word.Replace("'", @"'\''")}'";
        var text = new StringBuilder("$'");
        foreach (var rune in word.EnumerateRunes())
            text.Append(rune.Value is '\'' or '\\' ? $"\\{rune}" : IsUnseen(rune) ? InOctal(rune) : rune.ToString());
        return text.Append('\'').ToString();
    }

    private static string QuoteForWindows(string word) =>
        word.Length > 0 && word.All(c => IsPlain(c) || c == '\\') ? word : $"\"{word.Replace("\"", "\\\"")}\"";

    private static bool IsPlain(char c) => char.IsLetterOrDigit(c)
        || c is '_' or '-' or '.' or '/' or ':' or ',' or '=' or '+' or '@' or '%';

    /// <summary>Messages of one line have blanks in place of these.</summary>
    private static bool IsUnseen(char c) => Words.OneLine($"a{c}a") != $"a{c}a" && !char.IsSurrogate(c);

    private static bool IsUnseen(Rune rune) => rune.IsBmp && IsUnseen((char)rune.Value);

    private static string InOctal(Rune rune) =>
        string.Concat(Encoding.UTF8.GetBytes(rune.ToString())
            .Select(b => $"\\{Convert.ToString(b, 8).PadLeft(3, '0')}"));

    /// <summary>The words that call the program.</summary>
    private static string[] Caller()
    {
        if (Environment.GetEnvironmentVariable(NameVariable) is { Length: > 0 } name)
            return [name];
        if (System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name != UsualName)
            return [UsualName];
        var words = CommandLine();
        var own = Array.FindIndex(words, word => Path.GetFileName(word) == Assembly);
        return Path.GetFileNameWithoutExtension(words[0]) == "dotnet" && own > 0 ? words[..(own + 1)] : words[..1];
    }

    /// <summary>
    /// The words that the process was started with; where the system does not tell, as the runtime has it.
    /// </summary>
    private static string[] CommandLine()
    {
        const string own = "/proc/self/cmdline";
        if (File.Exists(own) && File.ReadAllText(own) is { Length: > 0 } text)
            return text.Split('\0');
        var (process, program) = (Environment.ProcessPath ?? UsualName, Environment.GetCommandLineArgs()[0]);
        return [process, program];
    }
}
