using System.CommandLine;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Model;

namespace MesoLiMg.Cli.Process;

/// <summary>
/// What a command prints. A command that leaves files goes on without its output when that cannot be written; of one
/// whose output is all that there is, this is a failure.
/// </summary>
internal sealed class Printed : IDisposable
{
    private readonly (TextWriter Output, TextWriter Error) console = (Console.Out, Console.Error);
    private readonly TextWriter processOutput, processError;
    private readonly LastingWriter output, error;
    private LogFile? log;
    private bool leavesFiles;

    /// <param name="output">Where results go; the process's own or another.</param>
    /// <param name="error">Where warnings and errors go.</param>
    public Printed(TextWriter output, TextWriter error)
    {
        (processOutput, processError) = (output, error);
        this.output = new(output, OutputFailed);
        this.error = new(error);
        (Output, Error) = (InPlaceOf(processOutput, this.output), InPlaceOf(processError, this.error));
    }

    /// <summary>For results.</summary>
    public TextWriter Output { get; private set; }

    /// <summary>For warnings and errors.</summary>
    public TextWriter Error { get; private set; }

    /// <summary>Takes up what a command line says about printing.</summary>
    /// <exception cref="InputException">The log cannot be written.</exception>
    public void Begin(ParseResult parsed)
    {
        leavesFiles = LeavesFiles(parsed);
        var quiet = CommonOptions.IsQuiet(parsed);
        log = CommonOptions.LogOf(parsed) is { } path
            ? LogFile.Open(path, parsed, problem => error.WriteLine($"note: {problem}")) : null;
        if (log is not null)
            Error = InPlaceOf(processError, new Tee(error, log.Lines()));
        TextWriter shown = quiet ? new WarningsOnly(output) : output;
        if (log is not null)
            shown = new Tee(shown, log.Lines());
        // Of what a terminal does not show as it comes nothing is drawn as for one.
        Output = quiet ? shown : InPlaceOf(processOutput, shown);
    }

    /// <summary>The exit code of a command that ended with one.</summary>
    public int Exit(int exit)
    {
        if (output.Problem is not { } problem || leavesFiles || exit != 0)
            return exit;
        Error.WriteLine($"standard output cannot be written: {problem}");
        return Fail.Failed;
    }

    public void Dispose()
    {
        log?.Dispose();
        if (ReferenceEquals(processOutput, console.Output))
            Console.SetOut(console.Output);
        if (ReferenceEquals(processError, console.Error))
            Console.SetError(console.Error);
    }

    /// <summary>
    /// A writer in place of one of the call's. Where that is the process's own the new one becomes it, as it is told
    /// from others when something is drawn for a terminal.
    /// </summary>
    private TextWriter InPlaceOf(TextWriter given, TextWriter writer)
    {
        if (ReferenceEquals(given, console.Output))
        {
            Console.SetOut(writer);
            return Console.Out;
        }
        if (ReferenceEquals(given, console.Error))
        {
            Console.SetError(writer);
            return Console.Error;
        }
        return writer;
    }

    private void OutputFailed(string problem)
    {
        if (leavesFiles)
            Error.WriteLine($"note: standard output cannot be written: {problem}; the command goes on without it");
    }

    /// <summary>Whether a command writes files, and its lines only tell of them.</summary>
    private static bool LeavesFiles(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        return parsed.Action == command.Action
            && command.Options.FirstOrDefault(option => option.Name == "--output") is { } folder
            && (command.Name != MicrostructureCommand.Name || parsed.GetResult(folder) is { Implicit: false });
    }
}
