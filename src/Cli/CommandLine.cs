using System.CommandLine;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Model;

namespace MesoLiMg.Cli;

/// <summary>The program as a function of its arguments.</summary>
public static class CommandLine
{
    /// <summary>All commands.</summary>
    public static RootCommand Create() => new("MesoLiMg: lithium and stress in Li-Mg films on battery current collectors.")
    {
        RunCommand.Create(), CheckCommand.Create(),
        SweepCommand.Create(), ConvergeCommand.Create(),
        MicrostructureCommand.Create(), ProbeCommand.Create(), InfoCommand.Create(), ExportCommand.Create(),
        PlotCommand.Create(), RenderCommand.Create(), ReportCommand.Create(), PaperCommand.Create(),
        VerifyCommand.Create(), DevicesCommand.Create(), BenchCommand.Create(), HelpCaseCommand.Create(),
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code: 0, 1 for a failed run, 2 for bad input, 3 for an interrupted run.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        arguments = [.. arguments.Select(HomePath.ExpandWord)];
        var root = Create();
        var parsed = root.Parse(arguments is ["help"] ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            var unknown = arguments is [var first, ..] && !first.StartsWith('-') && root.Subcommands.All(c => c.Name != first) ? first : null;
            error.WriteLine((unknown is null ? ArgumentErrors.Message(parsed.Errors[0]) : $"there is no command '{unknown}'{Words.Suggest(unknown, root.Subcommands.Select(c => c.Name))}") + " (mesolimg --help)");
            return Fail.BadInput;
        }
        if ((ArgumentErrors.Empty(arguments) ?? ArgumentErrors.Comma(parsed)) is { } wrong)
        {
            error.WriteLine(wrong);
            return Fail.BadInput;
        }
        // No timeout: what a signal ends finishes its step, which may take long, see Interruption.
        return await parsed.InvokeAsync(new() { Output = output, Error = error, ProcessTerminationTimeout = null });
    }
}
