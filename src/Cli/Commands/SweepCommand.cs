using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Sweeps;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// <c>mesolimg sweep CASE --vary KEY=A,B,C -o DIR</c>: runs a case at all combinations of some of its entries.
/// </summary>
public static class SweepCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("CASE")
        {
            Description = $"Case file; `{ShellCommand.Of("help-case")}` lists its entries.",
        };
        var folder = new Option<string>("--output", "-o")
        {
            Description = "Folder to write: sweep.csv, and a run in runs/ for each point. Points that have finished "
            + "there are not run again.",
            Required = true,
            HelpName = "DIR"
        };
        var vary = new Option<string[]>("--vary")
        {
            Description = "An entry and its values, such as initial.x=0.1,0.2,0.3; commas within [] and {} belong to "
                + "a value. May be repeated: all combinations are run.",
            HelpName = "KEY=A,B,C",
            DefaultValueFactory = _ => [],
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "Points that run at a time; they share the threads. With --device cuda or opencl each takes "
            + "the next GPU.",
            HelpName = "N",
            DefaultValueFactory = _ => 1
        };
        var show = new Option<string?>("--show")
        {
            Description = "History columns of the table at the end, such as time,theta; sweep.csv has all.",
            HelpName = "A,B"
        };
        var (set, device, threads) = (CommonOptions.Set(), CommonOptions.Device(), CommonOptions.Threads());
        var command = new Command("sweep", "Run a case at all combinations of some values.")
        {
            file, vary, folder, jobs, show, set, device, threads, CommonOptions.Quiet(), CommonOptions.Log(),
        };
        command.SetAction((parsed, cancel) => Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            using var interruption = new Interruption(cancel);
            var plan = SweepPlan.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set),
                [.. parsed.GetRequiredValue(vary).Select(Variation.Parse)]);
            var table = new SweepTable(plan, parsed.GetValue(show)?.Split(',', StringSplitOptions.TrimEntries));
            foreach (var warning in plan.Warnings)
                parsed.InvocationConfiguration.Error.WriteLine($"warning: {warning}");
            return Run(
                parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(folder), plan, table,
                    parsed.GetValue(jobs), parsed.GetRequiredValue(device), parsed.GetValue(threads),
                    interruption.Token);
        })));
        return command;
    }

    private static int Run(
        TextWriter output, string folder, SweepPlan plan, SweepTable table, int jobs, string device, int threads,
            CancellationToken cancel)
    {
        if (jobs < 1)
            throw new InputException($"--jobs {jobs}: expected at least 1");
        jobs = Math.Min(jobs, plan.Points.Count);
        var devices = DeviceFactory.Spread(device, jobs);
        using (var first = DeviceFactory.Open(devices[0], threads))
            plan.Check(first, devices.Count(name => name == devices[0]));
        new Sweep(folder, plan, table).Run(output, devices, Share(threads, jobs), cancel).GetAwaiter().GetResult();

        table.Print(output);
        People.Say(output, $"written to {folder}: sweep.csv, and a run in runs/ for each point");
        var failed = plan.Points.Where(point => point.Status != PointStatus.Finished).ToList();
        if (failed.Count > 0)
            throw new RunException(
                $"{failed.Count} of {plan.Points.Count} points failed, {failed[0].Name} first: {failed[0].Reason}; "
                + $"sweep.csv has all reasons, and the same command tries them again");
        People.Say(output, "next (more values in --vary add points to the same folder):");
        People.Command(output, ShellCommand.Of("plot", folder), "curves");
        var last = Path.Combine(Sweep.RunsPath(folder), plan.Points[^1].Name);
        People.Command(output, ShellCommand.Of("info", last), "the run of a point");
        return 0;
    }

    /// <summary>Threads of each of several jobs; 0, all cores, stays 0 for one job.</summary>
    private static int Share(int threads, int jobs) =>
        jobs == 1 ? threads : Math.Max(1, (threads == 0 ? Environment.ProcessorCount : threads) / jobs);
}
