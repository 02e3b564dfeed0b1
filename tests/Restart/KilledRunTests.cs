using MesoLiMg.IO;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// A run that was killed is told from one that is at work: both leave the status <c>running</c> in run.json.
/// </summary>
public sealed class KilledRunTests : IDisposable
{
    private readonly ProgramRun run = new();

    [Fact]
    public void Info_and_report_say_that_a_run_was_killed_and_how_to_go_on()
    {
        Leave("running");
        var (exit, output, errors) = ProgramRun.Call("info", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Equal("killed", Status(output));
        Assert.Contains($"the run ended without a word (killed, or its machine went down); `mesolimg run --resume "
            + $"{run["out"]}` goes on with it", output);
        Assert.Equal(0, ProgramRun.Call("report", run["out"]).Exit);
        Assert.Contains("<td>killed</td>", File.ReadAllText(run["out/report.html"]));
    }

    [Fact]
    public void A_run_that_holds_its_folder_is_running()
    {
        Leave("running");
        using (RunFolder.Claim(run["out"]))
        {
            var output = ProgramRun.Call("info", run["out"]).Output;
            Assert.Equal("running", Status(output));
            Assert.DoesNotContain("without a word", output);
        }
    }

    [Fact]
    public void What_ended_by_itself_keeps_its_status()
    {
        Leave("interrupted");
        var output = ProgramRun.Call("info", run["out"]).Output;
        Assert.Equal("interrupted", Status(output));
        Assert.DoesNotContain("without a word", output);
    }

    [Fact]
    public void A_folder_from_another_machine_may_belong_to_a_run_there()
    {
        Leave("running", host: "far-away");
        Assert.Contains("unless it is still at work on far-away", ProgramRun.Call("info", run["out"]).Output);
    }

    public void Dispose() => run.Dispose();

    /// <summary>A run whose last word is a status.</summary>
    private void Leave(string status, string? host = null)
    {
        var (exit, _, errors) =
            ProgramRun.Call("run",
            run.Write("case.yaml",
            "domain: { kind: slab, height: 20 nm, cells: [4] }\nprotocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 "
            + "s } } ]"), "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        var summary = RunFolder.SummaryPath(run["out"]);
        File.WriteAllText(summary, File.ReadAllText(summary).Replace("\"finished\"", $"\"{status}\"")
            .Replace($"\"host\": \"{Environment.MachineName}\"", $"\"host\": \"{host ?? Environment.MachineName}\""));
    }

    private static string Status(string output) =>
        output.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .First(words => words is ["status", ..])[1];
}
