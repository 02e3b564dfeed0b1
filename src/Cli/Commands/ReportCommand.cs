using System.CommandLine;
using MesoLiMg.Cli.Process;
using MesoLiMg.Studies.Report;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg report DIR</c>: one page that shows a run in any browser.</summary>
public static class ReportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Folder of a run." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The page; DIR/report.html by default.",
            HelpName = "FILE"
        };
        var command = new Command(
            "report", "Write one HTML page that shows a run: case, history, cross sections, published values, the "
            + "solvers' work.") { folder, output };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () =>
        {
            var run = parsed.GetRequiredValue(folder);
            var page = parsed.GetValue(output) ?? Path.Combine(run, "report.html");
            var (console, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return Ending.AtOnce(error, $"interrupted; '{page}' was not written", _ =>
            {
                RunReport.Write(run, page, line => error.WriteLine($"note: {line}"));
                console.WriteLine(page);
                return 0;
            });
        }));
        return command;
    }
}
