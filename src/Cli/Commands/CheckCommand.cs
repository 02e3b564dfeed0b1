using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Tools;
using Spectre.Console;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// <c>mesolimg check CASE</c>: reads all that a run reads and says what it will take; runs and writes nothing.
/// </summary>
public static class CheckCommand
{
    /// <summary>The command; its exit code is 0, or 2 where <c>run</c> would refuse the case.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("CASE") { Description = "Case file." };
        var folder = new Option<string?>("--output", "-o")
        {
            Description = "Folder that the run would write, whose disk is looked at; the current one by default.",
            HelpName = "DIR",
        };
        var (set, device, threads) = (CommonOptions.Set(), CommonOptions.Device(), CommonOptions.Threads());
        const string what = "Read a case and all files that it names, and say what a run will take; write nothing.";
        var command = new Command("check", what) { file, folder, set, device, threads };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var document = CaseRun.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set));
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            using var opened = DeviceFactory.Open(
                parsed.GetRequiredValue(device), parsed.GetValue(threads), Memory.Needed(document.Case));
            return Run(output, error, document, parsed.GetValue(folder) ?? ".", opened);
        }));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error, CaseDocument document, string folder, IDevice device)
    {
        var @case = document.Case;
        foreach (var warning in document.Warnings)
            error.WriteLine($"warning: {warning}");
        OutputPath.RequireFolder(folder);
        var initial = CaseRun.Prepare(@case, device, where: document.Where);
        var body = CheckedBody.Of(document);
        var plan = new RunPlan(@case);
        var free = plan.RequireRoom(folder);
        var full = InitialConcentration.Warning(@case, initial);
        string?[] warnings = [.. body.Grains?.Warnings ?? [], full, .. body.Check.Warnings, plan.Warning(folder, free)];
        foreach (var warning in warnings.OfType<string>())
            error.WriteLine($"warning: {warning}");
        People.Say(output, $"{document.Path}: can be run");
        var table = People.Table("part", "what a run takes");
        table.Columns[^1].Alignment = Justify.Left;
        foreach (var (name, text) in Rows(@case, body, initial, device, plan, free))
            table.Add(name, text);
        People.Print(output, table);
        return 0;
    }

    private static IEnumerable<(string Name, string Text)> Rows(
        Case @case, CheckedBody body, double[] initial, IDevice device, RunPlan plan, long? free)
    {
        var grid = GridShape.WithLayers(@case);
        yield return ("title", @case.Title);
        yield return ("grid", $"{People.Grid(grid)}; {grid.CellCount:N0} cells");
        if (body.Voids > 0)
        {
            var there = initial.Length - body.Voids;
            yield return ("body", $"{there:N0} cells are film, {body.Voids:N0} void; pieces: {body.Check.Count:N0}");
        }
        yield return ("grains", body.Grains is { } grains
            ? $"{grains.Count:N0}, mean width {People.Number(new GrainStatistics(grains).Mean * 1e9)} nm"
            : "none, the film is one grain");
        var (low, high) = (initial.Min(), initial.Max());
        yield return ("x at the start", @case.Initial.State is { } state ? $"from {state}"
            : low == high ? People.Number(low) : $"{People.Number(low)} to {People.Number(high)}");
        yield return ("device", device.Name);
        yield return ("memory", Memory.Describe(@case, device));
        yield return ("protocol", plan.Time);
        yield return ("time steps", plan.Steps);
        yield return ("snapshots", plan.Output);
        yield return ("disk", free is { } bytes ? $"{DiskSpace.Size(bytes)} free" : "what is free is not known");
        var usable = DeviceFactory.List().Where(other => other.Problem is null).Select(other => other.Name);
        yield return ("devices here", string.Join(", ", usable));
    }
}
