using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Sweeps;

/// <summary>Runs a point as a process of its own, so that nothing that happens to it ends the sweep.</summary>
internal static class PointProcess
{
    /// <summary>
    /// Option of the program to itself: a run that another process started ends when that process closes the run's
    /// standard input, or dies.
    /// </summary>
    public const string EndWithInput = "--end-with-input";

    /// <summary>Runs a point to its end and notes in it how that was.</summary>
    /// <param name="point">The point.</param>
    /// <param name="folder">Its folder; the case is written there first, so that the case file may change while the
    /// sweep runs.</param>
    /// <param name="device">Name of the device.</param>
    /// <param name="threads">Threads of the host device, 0 for all.</param>
    /// <param name="progress">Receives the run's lines.</param>
    /// <param name="cancel">Ends the run after its step.</param>
    public static async Task Run(SweepPoint point, string folder, string device, int threads, Action<string> progress,
        CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        AtomicFile.WriteText(RunFolder.CasePath(folder), point.CaseText);
        using var process = Process.Start(Command(
            "run", RunFolder.CasePath(folder), "-o", folder, "--device", device, "--threads",
                threads.ToString(CultureInfo.InvariantCulture), EndWithInput))!;
        process.OutputDataReceived += (_, line) => progress(line.Data ?? "");
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await using (cancel.Register(process.StandardInput.Close))
            await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode == 0)
            Load(point, folder);
        else if (cancel.IsCancellationRequested)
            point.Status = PointStatus.Interrupted;
        else
            (point.Status, point.Reason) = (PointStatus.Failed, Reason(await errors, process.ExitCode));
    }

    /// <summary>
    /// Takes the end of the run, unless a file had changed between the beginning of the sweep and that of the run.
    /// </summary>
    private static void Load(SweepPoint point, string folder)
    {
        try
        {
            point.Inputs?.RequireSame(folder, SweepPlan.Advice);
            SweepPlan.Load(point, folder);
        }
        catch (InputException e)
        {
            (point.Status, point.Reason) = (PointStatus.Failed, e.Message);
        }
    }

    /// <summary>
    /// This program with other arguments, by itself or, where another program has loaded it, by the runtime that it
    /// runs on.
    /// </summary>
    private static ProcessStartInfo Command(params string[] arguments)
    {
        const string name = "mesolimg";
        var own = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == name;
        var program = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        var runtime = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet");
        return new(own ? Environment.ProcessPath! : Path.GetFullPath(runtime), own ? arguments
            : [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>The first line that is no warning.</summary>
    private static string Reason(string errors, int exit) =>
        errors.Split('\n').Select(Words.OneLine)
            .FirstOrDefault(line => line != "" && !line.StartsWith("warning: ", StringComparison.Ordinal))
        ?? $"the process ended with exit code {exit}";
}
