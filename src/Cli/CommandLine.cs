using System.CommandLine;
using MesoLiMg.Cli.Commands;

namespace MesoLiMg.Cli;

/// <summary>The program as a function of its arguments.</summary>
public static class CommandLine
{
    /// <summary>All commands.</summary>
    public static RootCommand Create() => new("MesoLiMg: lithium and stress in Li-Mg films on battery current collectors.")
    {
        RunCommand.Create(), SweepCommand.Create(), ProbeCommand.Create(), InfoCommand.Create(), ExportCommand.Create(), PlotCommand.Create(), PaperCommand.Create(), DevicesCommand.Create(), BenchCommand.Create(), HelpCaseCommand.Create(),
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code: 0, 1 for a failed run, 2 for bad input.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var parsed = Create().Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine(string.Join(" ", parsed.Errors.Select(e => e.Message)) + " (mesolimg --help)");
            return Fail.BadInput;
        }
        return await parsed.InvokeAsync(new() { Output = output, Error = error });
    }
}
