using System.CommandLine;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Cli.Process;
using MesoLiMg.Model;

namespace MesoLiMg.Cli;

/// <summary>The program as a function of its arguments.</summary>
public static class CommandLine
{
    /// <summary>All commands.</summary>
    public static RootCommand Create() =>
        new("MesoLiMg: lithium and stress in Li-Mg films on battery current collectors.")
    {
        RunCommand.Create(), CheckCommand.Create(), SweepCommand.Create(), ConvergeCommand.Create(),
        MicrostructureCommand.Create(), ProbeCommand.Create(), InfoCommand.Create(), ExportCommand.Create(),
        PlotCommand.Create(), RenderCommand.Create(), ReportCommand.Create(), PaperCommand.Create(),
        VerifyCommand.Create(), DevicesCommand.Create(), BenchCommand.Create(), HelpCaseCommand.Create(),
        HelpCommand.Create(),
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code: 0, 1 for a failed run, 2 for bad input, 3 for an interrupted run.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        arguments = [.. arguments.Select(HomePath.ExpandWord)];
        using var printed = new Printed(output, error);
        var root = Create();
        var parsed = root.Parse(arguments is [] ? ["--help"] : arguments);
        var begun = Fail.Guard(printed.Error, () =>
        {
            if (parsed.Errors.Count > 0 || UnknownOption(parsed) is not null)
                throw new InputException($"{Wrong(root, parsed, arguments)} ({ShellCommand.Of("--help")})");
            if ((ArgumentErrors.Empty(arguments) ?? ArgumentErrors.Comma(parsed)) is { } wrong)
                throw new InputException(wrong);
            printed.Begin(parsed);
            return 0;
        });
        if (begun != 0)
            return begun;
        // No timeout: what a signal ends finishes its step, which may take long, see Interruption.
        var ended = await parsed.InvokeAsync(
            new() { Output = printed.Output, Error = printed.Error, ProcessTerminationTimeout = null });
        return printed.Exit(ended);
    }

    /// <summary>
    /// What is wrong with a word that looks like an option and is none, which would be taken for a file; null where
    /// there is no such word.
    /// </summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        const string mark = "--";
        var (command, words) = (parsed.CommandResult.Command,
            parsed.CommandResult.Tokens.Select(token => token.Value).Concat(parsed.UnmatchedTokens));
        var option = words.FirstOrDefault(word =>
            word.StartsWith(mark, StringComparison.Ordinal) && word.Length > mark.Length);
        return option?.Split('=')[0] is { } name
            ? $"{command.Name} has no option {Words.Quote(name)}"
                + Words.Suggest(name, [.. command.Options.Where(known => !known.Hidden)
                    .Select(known => known.Name), "--help"])
            : null;
    }

    /// <summary>
    /// What is wrong with a command line. Who gives a file or a folder alone is told the command that takes it.
    /// </summary>
    private static string Wrong(RootCommand root, ParseResult parsed, IReadOnlyList<string> arguments)
    {
        if (arguments[0].StartsWith('-') || root.Subcommands.Any(command => command.Name == arguments[0]))
            return UnknownOption(parsed) ?? ArgumentErrors.Message(parsed.Errors[0]);
        var meant = File.Exists(arguments[0]) ? Path.GetExtension(arguments[0]) is ".yaml" or ".yml" ? "run" : "info"
            : Directory.Exists(arguments[0]) ? "info" : null;
        return $"there is no command '{arguments[0]}'"
            + (meant is null ? Words.Suggest(arguments[0], root.Subcommands.Select(command => command.Name))
                : $"; did you mean `{ShellCommand.Of([meant, .. arguments])}`?");
    }
}
