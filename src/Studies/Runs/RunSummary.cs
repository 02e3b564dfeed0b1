using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Runs;

/// <summary>What a finished run says.</summary>
internal sealed class RunSummary(TextWriter output)
{
    private const int MostNotices = 3;

    private static readonly string[] Shown =
    [
        "time", "charge", "x_mean", "x_se", "x_collector", "theta", "von_mises_max_off_corner", "von_mises_se",
            "von_mises_collector",
        "potential_chem_difference", "potential_mech_difference", "elastic_energy", "lithium_balance_error",
    ];

    public void Print(Simulation simulation, RunRecorder recorder, string folder)
    {
        var columns = simulation.History.Columns;
        var table = People.Table("at the end", "unit", "value", "what it is");
        table.Columns[^1].Alignment = Spectre.Console.Justify.Left;
        foreach (var name in Shown)
        {
            var i = columns.TakeWhile(c => c.Name != name).Count();
            if (recorder.LastRow[i] is { } value)
                table.Add(name, People.Unit(columns[i].Unit), People.Value(value, columns[i].Unit), columns[i].Help);
        }
        People.Print(output, table);
        PublishedTable.Print(output, simulation, recorder);
        foreach (var notice in simulation.Notices.Take(MostNotices))
            People.Say(output, $"note: {notice}");
        if (simulation.Notices.Count > MostNotices)
            People.Say(output, $"note: and {simulation.Notices.Count - MostNotices} more of this kind");
        People.Say(output, $"{simulation.Step} steps; written to {folder}: history.csv, snapshots/, case.yaml, "
            + $"run.json");
        output.WriteLine("next:");
        People.Command(output, ShellCommand.Of("report", folder), "one page for a browser");
        People.Command(output, ShellCommand.Of("export", folder), "for ParaView");
        People.Command(output, ShellCommand.Of("info", folder), "the run and its snapshots");
    }
}
