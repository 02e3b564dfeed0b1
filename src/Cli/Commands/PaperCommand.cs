using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.Studies.Paper;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg paper</c>: runs the cases of the paper's Figure 4 and writes the page that compares.</summary>
public static class PaperCommand
{
    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for paper.md and pictures/.",
            DefaultValueFactory = _ => "docs",
            HelpName = "DIR"
        };
        var cases = new Option<string>("--cases")
        {
            Description = "Folder with the case files.",
            DefaultValueFactory = _ => Path.Combine("cases", "paper"),
            HelpName = "DIR"
        };
        var runs = new Option<string>("--runs")
        {
            Description = "Folder for the runs; those that this version has finished are not run again.",
            DefaultValueFactory = _ => Path.Combine("out", "paper"),
            HelpName = "DIR"
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads of the host device; 0: one per core.",
            HelpName = "N"
        };
        var command = new Command(
            "paper", "Run the cases of Figure 4 and write a page with every panel and the table of differences.") {
            output, cases, runs, threads };
        command.SetAction((parsed, cancel) => Task.FromResult(Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            using var interruption = new Interruption(cancel);
            var console = parsed.InvocationConfiguration;
            var page = PaperPage.Write(
                new PaperRuns(parsed.GetRequiredValue(cases), parsed.GetRequiredValue(runs), parsed.GetValue(threads),
                    console.Output, console.Error, interruption.Token), parsed.GetRequiredValue(output));
            console.Output.WriteLine(page);
            return 0;
        })));
        return command;
    }
}
