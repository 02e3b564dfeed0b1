using System.CommandLine;
using MesoLiMg.Model;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg help [COMMAND | case [SECTION] | SECTION]</c>: what people who ask for help mean.</summary>
public static class HelpCommand
{
    private const string CaseFile = "case";

    public static Command Create()
    {
        var words = new Argument<string[]>("WORD")
        {
            Description = $"A command; {CaseFile}, for the entries of case files; or one of these entries.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("help", "Help on the program, a command or an entry of case files.") { words };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var root = parsed.RootCommandResult.Command;
            return root.Parse(Meant(parsed.GetValue(words) ?? [], [.. root.Subcommands.Select(known => known.Name)]))
                .Invoke(parsed.InvocationConfiguration);
        }));
        return command;
    }

    /// <summary>The command line that helps.</summary>
    /// <param name="words">What help is asked for.</param>
    /// <param name="commands">Names of the commands.</param>
    /// <exception cref="InputException">There is nothing of that name.</exception>
    private static string[] Meant(string[] words, string[] commands) => words switch
    {
        [] => ["--help"],
        [CaseFile, .. var section] => ["help-case", .. section],
        [var name, ..] when commands.Contains(name) => [name, "--help"],
        _ when CaseHelp.Knows(string.Join('.', words)) => ["help-case", .. words],
        _ => throw new InputException(
            $"there is no command and no entry of case files called {Words.Quote(string.Join(' ', words))}"
            + Words.Suggest(words[0], [.. commands, CaseFile])),
    };
}
