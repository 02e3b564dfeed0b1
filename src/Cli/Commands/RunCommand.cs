using System.CommandLine;
using MesoLiMg.Device;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg run CASE -o DIR</c>: runs a case and writes its folder.</summary>
public static class RunCommand
{
    /// <summary>
    /// Option of the program to itself: a run that another process started ends when that process closes the run's standard input, or dies.
    /// </summary>
    internal const string EndWithInput = "--end-with-input";

    public static Command Create()
    {
        var file = new Argument<string>("CASE") { Description = "Case file; `mesolimg help-case` lists its entries." };
        var folder = new Option<string>("--output", "-o") { Description = "Folder to write: case.yaml, history.csv, snapshots, run.json.", Required = true, HelpName = "DIR" };
        var (set, device, threads) = (CommonOptions.Set(), CommonOptions.Device(), CommonOptions.Threads());
        var endWithInput = new Option<bool>(EndWithInput) { Hidden = true };
        var command = new Command("run", "Run a case.") { file, folder, set, device, threads, endWithInput };
        command.SetAction((parsed, cancel) => Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () => Run(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetRequiredValue(file), parsed.GetRequiredValue(folder),
            parsed.GetRequiredValue(set), parsed.GetRequiredValue(device), parsed.GetValue(threads),
            parsed.GetValue(endWithInput) ? CancelledAtEndOfInput(cancel) : cancel))));
        return command;
    }

    /// <summary>Runs a case file with overrides into a folder.</summary>
    /// <returns>The exit code, 0.</returns>
    internal static int Run(TextWriter output, TextWriter error, string file, string folder, string[] overrides, string deviceName, int threads, CancellationToken cancel)
    {
        var document = CaseRun.Read(file, overrides);
        foreach (var warning in document.Warnings)
            error.WriteLine($"warning: {warning}");
        using var device = DeviceFactory.Open(deviceName, threads, Memory.Needed(document.Case));
        var initial = CaseRun.Prepare(document.Case, device);
        CaseRun.Into(folder, document, device, initial, output, cancel);
        return 0;
    }

    /// <summary>A token that is cancelled with <paramref name="cancel"/> and when nothing more can come from standard input.</summary>
    private static CancellationToken CancelledAtEndOfInput(CancellationToken cancel)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        new Thread(() =>
        {
            while (Console.In.Read() >= 0)
                continue;
            source.Cancel();
        }) { IsBackground = true }.Start();
        return source.Token;
    }
}
