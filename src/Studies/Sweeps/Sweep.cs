using MesoLiMg.Studies.Runs;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Sweeps;

/// <summary>
/// Runs the points of a sweep that have not finished yet, several at a time, and keeps its table up to date.
/// </summary>
/// <param name="folder">The sweep's folder.</param>
/// <param name="plan">The points.</param>
/// <param name="table">Their table.</param>
internal sealed class Sweep(string folder, SweepPlan plan, SweepTable table)
{
    private readonly Lock gate = new();

    /// <summary>The folder of the points' folders.</summary>
    public static string RunsPath(string folder) => RunFolder.RunsPath(folder);

    /// <summary>Runs what is left of the sweep.</summary>
    /// <param name="output">Shows the progress.</param>
    /// <param name="devices">The device of each job.</param>
    /// <param name="threads">Threads of the host device for each job.</param>
    /// <param name="cancel">Ends the runs after their steps.</param>
    /// <exception cref="InputException">The folder cannot be used, another sweep uses it, or it holds runs of another
    /// case.</exception>
    /// <exception cref="RunException">The sweep's table could not be written.</exception>
    /// <exception cref="InterruptedException">The sweep was interrupted.</exception>
    public async Task Run(TextWriter output, IReadOnlyList<string> devices, int threads, CancellationToken cancel)
    {
        using var claim = Claim();
        plan.Resume(RunsPath(folder));
        table.Write(RunFolder.SweepPath(folder));
        SweepPoint[] left = [.. plan.Points.Where(point => point.Status != PointStatus.Finished)];
        People.Say(output, $"{plan.Points.Count} point{(plan.Points.Count == 1 ? "" : "s")}, "
            + $"{plan.Points.Count - left.Length} finished before; {devices.Count} at a time");
        var progress = new SweepProgress(output, plan);
        var free = new Stack<string>(devices.Reverse());
        try
        {
            await Parallel.ForEachAsync(
                left, new ParallelOptions { MaxDegreeOfParallelism = devices.Count, CancellationToken = cancel },
                async (point, stop) =>
            {
                var device = Begin(point, free, progress);
                await PointProcess.Run(point, Path.Combine(RunsPath(folder), point.Name), device, threads, line =>
                    Locked(() => progress.Says(point, line)), stop);
                End(point, free, device, progress);
            });
        }
        catch (OperationCanceledException)
        {
            var finished = plan.Points.Count(point => point.Status == PointStatus.Finished);
            throw new InterruptedException(
                $"interrupted when {finished} of {plan.Points.Count} points had finished; the same command goes on "
                + $"from there");
        }
        finally
        {
            progress.Clear();
        }
    }

    private string Begin(SweepPoint point, Stack<string> free, SweepProgress progress)
    {
        lock (gate)
        {
            point.Status = PointStatus.Running;
            progress.Began(point);
            return free.Pop();
        }
    }

    private void End(SweepPoint point, Stack<string> free, string device, SweepProgress progress) => Locked(() =>
    {
        free.Push(device);
        progress.Ended(point);
        table.Write(RunFolder.SweepPath(folder));
    });

    private void Locked(Action action)
    {
        lock (gate)
            action();
    }

    /// <summary>Makes the folder of a sweep and keeps others out of it.</summary>
    private FileStream Claim()
    {
        OutputPath.RequireFolder(folder);
        if (File.Exists(RunFolder.CasePath(folder)))
            throw new InputException(File.Exists(RunFolder.HistoryPath(folder))
                ? $"the folder '{folder}' holds a run; choose another folder for the sweep"
                : $"'{RunFolder.CasePath(folder)}' has the name of a run's case; choose another folder for the sweep");
        OwnFiles.Require(RunFolder.SweepPath(folder));
        var claim = RunFolder.Claim(folder);
        Directory.CreateDirectory(RunsPath(folder));
        return claim;
    }
}
