using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Studies.Sweeps;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg run CASE -o DIR</c>: runs a case and writes its folder.</summary>
public static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("CASE")
        {
            Description = $"Case file, or - for standard input; `{ShellCommand.Of("help-case")}` lists its entries.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var folder = new Option<string?>("--output", "-o")
        {
            Description = "Folder to write: case.yaml, history.csv, snapshots, series.h5, run.json; by default the "
                + "name "
                + "of the case file with the ending .out, beside it. A run of the same case in it that has not "
                    + "finished "
                + "is gone on with.",
            HelpName = "DIR",
        };
        var resume = new Option<string?>("--resume")
        {
            Description = "Go on with the run in a folder, in place of CASE and -o. --set may change output, title and "
                + "published values, and what of the protocol has not begun or not ended.",
            HelpName = "DIR",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Start a new run from the state in a snapshot; without CASE its case is taken, --set "
            + "changes it.",
            HelpName = "SNAPSHOT"
        };
        var fresh = new Option<bool>("--fresh")
        {
            Description = "Run from the beginning, whatever the folder holds of this case."
        };
        var (set, device, threads) = (CommonOptions.Set(), CommonOptions.Device(), CommonOptions.Threads());
        var endWithInput = new Option<bool>(PointProcess.EndWithInput) { Hidden = true };
        var command = new Command("run", "Run a case, or go on with a run.")
        {
            file, folder, resume, from, fresh, set, device, threads, CommonOptions.Quiet(), CommonOptions.Log(),
            endWithInput,
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            using var interruption = new Interruption(parsed.GetValue(endWithInput)
                ? CancelledAtEndOfInput(cancel) : cancel);
            var what = What(
                parsed.GetValue(file), parsed.GetValue(folder), parsed.GetValue(resume), parsed.GetValue(from),
                    parsed.GetRequiredValue(set), parsed.GetValue(fresh),
                interruption.Token);
            if (parsed.GetValue(folder) is null && parsed.GetValue(resume) is null)
                parsed.InvocationConfiguration.Output.WriteLine(
                    $"without --output the run is written to {what.Folder}");
            return CaseRun.Run(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, what.Case,
                what.Folder, parsed.GetRequiredValue(device), parsed.GetValue(threads), interruption.Token, new()
                {
                    Fresh = parsed.GetValue(fresh),
                    Another = snapshot => Another(parsed.GetValue(file), parsed.GetRequiredValue(set), snapshot),
                });
        })));
        return command;
    }

    /// <summary>The command that starts the run that is asked for as another one, from a snapshot.</summary>
    private static string Another(string? file, string[] overrides, string snapshot) => ShellCommand.Of([
        "run", .. file is null ? Array.Empty<string>() : [file], "--from", snapshot,
        .. overrides.SelectMany(set => new[] { "--set", set }), "-o", "NEW"]);

    /// <summary>The case that the arguments ask for, and its folder.</summary>
    private static (CaseDocument Case, string Folder) What(string? file, string? folder, string? resume, string? from,
        string[] overrides, bool fresh, CancellationToken cancel)
    {
        if (resume is not null)
        {
            if (file is not null || folder is not null || from is not null || fresh)
                throw new InputException(
                    $"--resume {resume}: goes on with the case in that folder, changed by --set where that is "
                    + "possible, and takes no CASE, --output, --from or --fresh; "
                    + $"`{ShellCommand.Program} run --from SNAPSHOT --set ... -o DIR` starts another run from a state");
            var path = RunFolder.CasePath(resume);
            return File.Exists(path) ? (CaseRun.Read(path, overrides), resume)
                : throw new InputException($"--resume {resume}: there is no run, '{path}' is missing");
        }
        if (file is null && from is null)
            throw new InputException($"the case file is missing: {ShellCommand.Program} run CASE");
        folder ??= FolderOf(file);
        string[] changes = from is null ? overrides : [$"initial.state={Path.GetFullPath(from)}", .. overrides];
        return (file switch
        {
            null => CaseRun.Check(CaseReader.Parse(RestartPoint.Read(from!).CaseText, from!, changes)),
            StandardInput.Name =>
                CaseRun.Check(CaseReader.Parse(StandardInput.Read(cancel), StandardInput.FullName, changes)),
            _ => CaseRun.Read(file, changes),
        }, folder);
    }

    /// <summary>
    /// The folder of a run for which none is named: that of the case file, its own name with the ending <c>.out</c>.
    /// </summary>
    /// <exception cref="InputException">No file has the case.</exception>
    private static string FolderOf(string? file) => file switch
    {
        null => throw new InputException("the folder to write is missing: give --output DIR"),
        StandardInput.Name =>
            throw new InputException(
                "a case from standard input has no name of which the run's folder could be called: give --output DIR"),
        // The name of a folder would give a name as well, but is no case, which is said when it is read.
        _ => Path.ChangeExtension(Path.TrimEndingDirectorySeparator(file), ".out"),
    };

    /// <summary>
    /// A token that is cancelled with <paramref name="cancel"/> and when nothing more can come from standard input.
    /// </summary>
    private static CancellationToken CancelledAtEndOfInput(CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        new Thread(() =>
        {
            while (Console.In.Read() >= 0)
                continue;
            source.Cancel();
        })
        { IsBackground = true }.Start();
        return source.Token;
    }
}
