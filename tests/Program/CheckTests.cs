using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tools;

namespace MesoLiMg.Tests.Program;

/// <summary>
/// What a run will take is said beforehand: by <c>check</c>, which writes nothing, and by the run itself.
/// </summary>
public sealed class CheckTests : IDisposable
{
    private readonly ProgramRun run = new();

    [Fact]
    public void A_case_is_described_and_nothing_is_written()
    {
        var (exit, output, errors) = ProgramRun.Call("check", run.Write("plate.yaml", ProgramRun.Plate), "-o",
            run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains("plate.yaml: can be run", output);
        Assert.Matches(@"grid +axisymmetric, r x z: 10 x 14 cells, 100 x 140 nm; 140 cells", output);
        Assert.Matches(@"grains +none", output);
        Assert.Matches(@"memory +about [\d.]+ MiB of [\d.]+ GiB", output);
        Assert.Matches(@"protocol +2 s, unless events end steps early", output);
        Assert.Matches(@"time steps +at least \d+ \(", output);
        Assert.Matches(@"snapshots +about 3 of [\d.]+ MB, [\d.]+ MB in all \(estimate;", output);
        Assert.Matches(@"disk +[\d.,]+ [GM]B free", output);
        Assert.Matches(@"devices here +host", output);
        Assert.Equal(["plate.yaml"], run.Contents);
    }

    [Fact]
    public void A_run_says_the_same_before_it_begins()
    {
        var (_, output, _) = ProgramRun.Call("run", run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"]);
        Assert.Matches(@"^axisymmetric, [^\n]*memory: about [^\n]*\n\s*time: 2 s[^\n]*time steps: at least \d+ [^\n]*\n\s*snapshots: about 3 of ", output);
        Assert.Equal(3, RunFolder.Snapshots(run["out"]).Count);
    }

    [Theory]
    [InlineData("", "initial.x={ file: none.h5 }", "initial.x.file: there is no file 'none.h5'")]
    [InlineData("", "material.diffusivity={ table: none.csv }", "there is no file 'none.csv'")]
    [InlineData("", "initial.x=3",
        "initial.x: x = 3 in the cell at r = 5 nm, z = 5 nm, the largest of 140 cells, is above saturation")]
    [InlineData("", "microstructure={ kind: file, file: plate.yaml }", "plate.yaml' has no ending that is known")]
    [InlineData("", "initial.state=plate.yaml", "plate.yaml")]
    [InlineData("", "domain.cells=[100000, 100000]", "domain.cells: ")]
    [InlineData("", "domain.cells=[20000, 20000]", "the case needs about ")]
    [InlineData("", "regions=[ { phase: 1 } ]", "regions: no cell is left that lithium can be in; phase 0 is the film")]
    [InlineData("--device=gpu", "title=a", "'gpu' is no device")]
    public void What_a_run_would_refuse_is_refused(string option, string change, string expected)
    {
        string[] options = option == "" ? [] : [option];
        var (exit, output, errors) =
            ProgramRun.Call(["check", run.Write("plate.yaml", ProgramRun.Plate), "--set", change, .. options]);
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(expected, errors);
        Assert.Single(errors.Trim().Split('\n'), line => !line.StartsWith("warning: ", StringComparison.Ordinal));
        Assert.Equal(["plate.yaml"], run.Contents);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("run")]
    public void Snapshots_that_no_disk_holds_are_refused_with_number_and_size(string command)
    {
        var (exit, _, errors) = ProgramRun.Call(command, run.Write("plate.yaml", ProgramRun.Plate), "-o", run["out"],
            "--set", "output.every=1e-12 s");
        Assert.Equal(2, exit);
        Assert.Matches(@"^output: 2e12 snapshots of about 0\.0[67]\d* MB are [\d,]+\.0 GB \(estimate\), and the disk of '[^']+' has [\d.,]+ [GM]B free; a longer output\.every, ", errors);
        Assert.Equal(["plate.yaml"], run.Contents);
    }

    [Theory]
    [InlineData("output: { every: 1 s }", 11)]
    [InlineData("output: { every: 3 s, at: [0.5 s, 20 s] }", 6)]
    [InlineData("output: { at_end_of: run }", 2)]
    [InlineData("solver: { time_step: 0.5 s }\noutput: { every_steps: 5 }", 6)]
    public void Snapshots_and_steps_of_a_known_time_are_counted(string section, int snapshots)
    {
        var plan = new RunPlan(
            CaseText.Parse($"{CaseText.Slab}\nprotocol: [ {{ rest: {{ time: 4 s }} }}, {{ rest: {{ time: 6 s }} }} "
            + $"]\n{section}").Case);
        // Each of the first two also ends a step of the protocol at a time of its own.
        var more = section.Contains("every: 3 s") ? 1 : 0;
        Assert.Equal(10, plan.Seconds);
        Assert.Equal(snapshots + more, plan.Snapshots - (section.Contains("every_steps") ? 1 : 0));
        if (section.Contains("time_step"))
            Assert.StartsWith("about 20 (time over solver.time_step)", plan.Steps);
    }

    [Theory]
    [InlineData("plate: { current: 1 mA/cm^2, until: saturation }", "s at most")]
    [InlineData("plate: { current: 1 mA/cm^2, capacity: 0.01 mAh/cm^2 }", "36 s, unless events end steps early")]
    [InlineData("hold: { potential: 10 mV, current: 1e-3 mA/cm^2 }",
        "0 s and more: when step 1 ends is not known beforehand")]
    public void An_end_that_is_not_known_is_called_so(string step, string expected)
    {
        var plan = new RunPlan(
            CaseText.Parse($"{CaseText.Slab}\nkinetics: {{ law: butler-volmer }}\ninitial: {{ x: 0.1 }}\nprotocol: [ "
            + $"{{ {step} }} ]").Case);
        Assert.EndsWith(expected, plan.Time);
    }

    [Theory]
    [InlineData("one-way", 0, "")]
    [InlineData("none", 0, "")]
    [InlineData("one-way", 1, "")]
    [InlineData("one-way", 1, "fields: [x], precision: single, ")]
    public void The_size_of_a_snapshot_is_about_what_is_said(string coupling, int compression, string more)
    {
        var text = ProgramRun.Plate.Replace("[10, 14]", "[50, 70]")
            .Replace("every: 1 s", $"{more}compression: {compression}") + $"\ncoupling: {coupling}";
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("plate.yaml", text), "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        var size = new FileInfo(RunFolder.Snapshots(run["out"])[^1]).Length;
        var (expected, least) = SnapshotSize.Of(CaseText.Parse(text).Case);
        Assert.InRange(expected / size, compression == 0 ? 0.95 : 0.8, compression == 0 ? 1.1 : 1.6);
        Assert.True(least < 1.1 * size);
    }

    [Fact]
    public void The_disk_of_a_folder_that_is_not_there_yet_is_that_of_the_folder_above() =>
        Assert.NotNull(DiskSpace.FreeAbove(Path.Combine(run.Folder, "a", "b")));

    public void Dispose() => run.Dispose();
}
