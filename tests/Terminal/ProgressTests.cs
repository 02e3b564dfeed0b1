using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Studies.Sweeps;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Terminal;

/// <summary>What a line of progress says of a protocol and how it is cut.</summary>
public class ProgressTests
{
    private const string Slab = "domain: { kind: slab, height: 5 um, cells: [8] }\n"
        + "material: { diffusivity: 1e-9 cm^2/s }\ncoupling: none\ninitial: { x: 0.3 }\n";

    private const string Cycles =
        "- plate: { current: 0.1 mA/cm^2, until: saturation }\n"
        + "- repeat: { times: 50, steps: [ { strip: { current: 0.1 mA/cm^2, until: empty } }, { rest: { time: 10 s } "
            + "} ] }\n"
        + "- rest: { time: 1 s }\n";

    [Theory]
    [InlineData(1, "step 1 of 4 plate")]
    [InlineData(2, "step 2 of 4 strip, cycle 1 of 50")]
    [InlineData(3, "step 3 of 4 rest, cycle 1 of 50")]
    [InlineData(4, "step 2 of 4 strip, cycle 2 of 50")]
    [InlineData(101, "step 3 of 4 rest, cycle 50 of 50")]
    [InlineData(102, "step 4 of 4 rest")]
    [InlineData(103, null)]
    public void A_step_is_counted_as_the_case_file_has_it(int number, string? expected) =>
        Assert.Equal(expected, ProtocolPlace.Of(Protocol(Cycles), number)?.ToString());

    /// <summary>The history counts every step that is done.</summary>
    [Fact]
    public void Every_step_of_the_history_has_its_place()
    {
        var protocol = Protocol(Cycles);
        var places = ProtocolStep.InOrder(protocol).Select((_, i) => ProtocolPlace.Of(protocol, i + 1)!.Value).ToList();
        Assert.Equal(ProtocolStep.InOrder(protocol).Select(step => step.Cycle), places.Select(place => place.Cycle));
        Assert.Equal(102, places.Distinct().Count());
    }

    [Theory]
    [InlineData("- plate: { current: 0.1 mA/cm^2, until: saturation }",
        "step 1 of 1 plate, t = 0 s, time step 0, x = 0.3000")]
    [InlineData("- plate: { current: 0.1 mA/cm^2, potential: 20 mV }\n- rest: { time: 1 s }",
        "step 1 of 2 plate, t = 0 s, time step 0, x = 0.3000")]
    [InlineData("- rest: { time: 1 s }", " 0 %  t = 0 s, time step 0, x = 0.3000")]
    [InlineData("- rest: { time: 1 s }\n- rest: { time: 2 s }",
        " 0 %  step 1 of 2 rest, t = 0 s, time step 0, x = 0.3000")]
    [InlineData("- repeat: { times: 2, steps: [ { rest: { time: 1 s } } ] }",
        " 0 %  step 1 of 1 rest, cycle 1 of 2, t = 0 s, time step 0")]
    [InlineData("- repeat: { times: 2, steps: [ { strip: { current: 1 mA/cm^2, until: empty } } ] }",
        "step 1 of 1 strip, cycle 1 of 2, t = 0 s, time step 0")]
    [InlineData("- hold: { potential: 10 mV, current: 0.5 mA/cm^2 }", "step 1 of 1 hold, t = 0 s, time step 0",
        "kinetics: { law: potential }\n")]
    public void A_run_says_the_place_in_its_protocol_where_there_is_no_per_cent_or_where_there_are_several(
        string protocol, string expected, string more = "")
    {
        using var run = new ProgramRun();
        var (exit, output, errors) = ProgramRun.Call(
            "run", run.Write("a.yaml", $"{Slab}{more}protocol:\n{protocol}\n"), "-o", run["out"]);
        Assert.True(exit == 0, errors);
        Assert.Contains(output.Split('\n'), line => line.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, "[####] 12 %  step 3 of 8 strip, cycle 2 of 50, t = 1.5 s, x = 0.1 (0.2 at the SE), 3 s left")]
    [InlineData(84, "[####] 12 %  step 3 of 8 strip, cycle 2 of 50, t = 1.5 s, x = 0.1, 3 s left")]
    [InlineData(70, "12 %  step 3 of 8 strip, cycle 2 of 50, t = 1.5 s, x = 0.1, 3 s left")]
    [InlineData(60, "12 %  step 3 of 8 strip, cycle 2 of 50, t = 1.5 s, 3 s left")]
    [InlineData(50, "12 %  step 3 of 8 strip, cycle 2 of 50, t = 1.5 s")]
    [InlineData(10, "12 %  step 3 of 8 strip, cycle 2 of 50")]
    public void A_line_is_cut_from_what_matters_least(int room, string expected) =>
        Assert.Equal(expected, new ProgressLine().Fitting(Items("1.5 s"), room));

    [Fact]
    public void What_was_left_out_stays_out_until_the_terminal_changes()
    {
        var line = new ProgressLine();
        Assert.DoesNotContain("x =", line.Fitting(Items("1.50001 s"), 70));
        Assert.DoesNotContain("x =", line.Fitting(Items("1.5 s"), 70));
        Assert.Contains("x =", line.Fitting(Items("1.5 s"), 90));
    }

    [Theory]
    [InlineData(" 12 %  t = 1.5 s, time step 3", "12 %")]
    [InlineData("100 %  step 3 of 8 strip, cycle 2 of 50, t = 1.5 s", "100 %, step 3 of 8 strip, cycle 2 of 50")]
    [InlineData("step 3 of 8 hold, t = 1.5 s", "step 3 of 8 hold")]
    [InlineData("A film at t = 3, on host (2 threads)", null)]
    [InlineData("note: goes on from step 0, t = 0 s", null)]
    public void A_sweep_takes_the_place_of_a_point_from_its_line(string line, string? expected) =>
        Assert.Equal(expected, SweepProgress.Place(line));

    [Fact]
    public void A_sweep_names_what_runs_by_numbers_where_names_are_too_long()
    {
        var running = new Dictionary<string, string> { ["0001_x=0.1"] = " (12 %)", ["0002_x=0.2"] = "" };
        Assert.Equal("running: 0001_x=0.1 (12 %); 0002_x=0.2", SweepProgress.Running(running, 40));
        Assert.Equal("running: 0001 (12 %); 0002", SweepProgress.Running(running, 30));
        running["0002_x=0.2"] = " (step 2 of 4 strip)";
        Assert.Equal("running: 0001 (12 %); 1 more", SweepProgress.Running(running, 30));
        Assert.Equal("", SweepProgress.Running(new Dictionary<string, string>(), 30));
    }

    private static List<ProgressItem> Items(string time) =>
    [
        new("[####] ", 6, ""), new("12 %  ", 0, ""), new("step 3 of 8 strip, cycle 2 of 50", 0), new($"t = {time}", 1),
            new("x = 0.1", 4), new("(0.2 at the SE)", 7, " "), new("3 s left", 2),
    ];

    private static IReadOnlyList<ProtocolStep> Protocol(string text) =>
        CaseReader.Parse($"{Slab}protocol:\n{text}", "a.yaml", []).Case.Protocol;
}
