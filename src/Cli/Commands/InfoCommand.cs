using System.CommandLine;
using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg info SNAPSHOT|DIR</c>: what a snapshot or the folder of a run holds.</summary>
public static class InfoCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("SNAPSHOT|DIR") { Description = "File of a snapshot, or folder of a run." };
        var command = new Command("info", "Say what a snapshot or the folder of a run holds.") { path };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var (output, name) = (parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(path));
            RunFolder.RequireFolderOrSnapshot(name);
            if (Directory.Exists(name))
                DescribeRun(output, parsed.InvocationConfiguration.Error, name);
            else
                DescribeSnapshot(output, name);
            return 0;
        }));
        return command;
    }

    private static void DescribeSnapshot(TextWriter output, string path)
    {
        using var file = SnapshotFile.Open(path);
        People.Say(output, $"snapshot  step {file.Step}, t = {People.Number(file.Time)} s", indent: 10);
        People.Say(output, $"grid      {People.Grid(file.Grid)}", indent: 10);
        People.Say(output, $"written   by mesolimg {file.ProgramVersion} ({file.Commit}) on {file.Device}, "
            + $"{file.Host}: {file.Command}", indent: 10);
        var table = new PeopleTable(["field", "unit", "smallest", "largest", "what it is"]) { SharesWords = true };
        table.Columns[^1].Alignment = Spectre.Console.Justify.Left;
        var cells = Voids.Of(file);
        var nodes = cells is null ? null : Voids.Nodes(file.Grid, cells);
        var inert = SnapshotPhases.InertCells(file);
        var absent = inert is null || cells is null ? inert ?? cells
            : [.. inert.Zip(cells, (isInert, isVoid) => isInert || isVoid)];
        foreach (var (field, left) in file.Cells.Select(
            field => (field, SnapshotPhases.FieldsOfLithium.Contains(field.Name) ? absent : cells))
            .Concat(file.Nodes.Select(field => (field, nodes))))
            foreach (var (name, (low, high)) in People.Components(field.Name, field.Components)
                .Zip(Ranges(file, field, left)))
                table.Add(name, People.Unit(field.Unit), End(low, field.Unit), End(high, field.Unit),
                    field.Description);
        People.Print(output, table);
        if (inert is not null)
            People.Say(output, $"{inert.Count(isInert => isInert)} of {inert.Length} cells hold no lithium (layers, "
                + $"regions without diffusivity): ranges of x, concentration, potentials, energies per atom and flux "
                + $"are those in the film");
        if (cells is not null)
            People.Say(output, $"{cells.Count(isVoid => isVoid)} of {cells.Length} cells are void (phase "
                + $"{Materials.VoidPhase}) and left out of all ranges");
    }

    private static void DescribeRun(TextWriter output, TextWriter error, string folder)
    {
        var summary = RunEntries.Of(folder);
        if (summary.Count > 0)
            People.Print(output, Summary(summary));
        if (RunFolder.IsKilled(folder))
            People.Say(output, HowItEnded(folder, summary));
        var table = People.Table("snapshot", "step", "time [s]");
        foreach (var file in SnapshotFile.OpenAll(folder, line => error.WriteLine($"note: {line}")))
        {
            using (file)
                table.Add(Path.GetRelativePath(folder, file.Path), $"{file.Step}", People.Number(file.Time));
        }
        People.Print(output, table);
    }

    private static PeopleTable Summary(IEnumerable<(string Name, string Value)> summary)
    {
        var table = People.Table("run", "");
        table.Columns[^1].Alignment = Spectre.Console.Justify.Left;
        foreach (var (name, value) in summary)
            table.Add(name, value);
        return table;
    }

    /// <summary>
    /// What is known of a run that was killed, and what to do. A folder that came from another machine may have been
    /// copied from under a run that goes on there.
    /// </summary>
    private static string HowItEnded(string folder, IEnumerable<(string Name, string Value)> summary)
    {
        var host = summary.FirstOrDefault(entry => entry.Name == "host").Value;
        var elsewhere = host is null or "" || host == Environment.MachineName ? ""
            : $", unless it is still at work on {host}, whose lock may not be seen from here";
        var anew = RunFolder.SnapshotsOrNone(folder).Count == 0 && !File.Exists(RunFolder.CheckpointPath(folder));
        return $"the run ended without a word (killed, or its machine went down){elsewhere}; "
            + $"`{ShellCommand.Of("run", "--resume", folder)}` {(anew ? "begins again" : "goes on with it")}";
    }

    /// <summary>An end of a range; a dash where no cell has the field.</summary>
    private static string End(double value, string unit) => double.IsInfinity(value) ? "-" : People.Value(value, unit);

    /// <summary>Smallest and largest value of each component, some cells or nodes left out.</summary>
    private static (double Low, double High)[] Ranges(SnapshotFile file, SnapshotFieldInfo field, bool[]? isAbsent)
    {
        var values = file.Read(field).Data;
        var ranges = Enumerable.Repeat((Low: double.PositiveInfinity, High: double.NegativeInfinity), field.Components)
            .ToArray();
        for (long i = 0; i < values.LongLength; i++)
        {
            if (isAbsent?[i / field.Components] == true)
                continue;
            var value = values is int[] ids ? ids[i] : ((double[])values)[i];
            var range = ranges[i % field.Components];
            ranges[i % field.Components] = (Math.Min(range.Low, value), Math.Max(range.High, value));
        }
        return ranges;
    }
}
