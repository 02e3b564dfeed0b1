using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MesoLiMg.IO;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Restart;

/// <summary>
/// A history.csv that a program for tables has saved: the same numbers in another form are gone on with, others are
/// told apart and the work is not lost.
/// </summary>
public class RewrittenHistoryTests
{
    private const string Slab = """
        domain: { kind: slab, height: 140 nm, cells: [6] }
        protocol: [ { repeat: { times: 2, steps: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } },
          { rest: { time: 0.1 s } } ] } } ]
        output: { every: 0.05 s }
        """;

    public static TheoryData<string, Func<string, byte[]>> SameNumbers => new()
    {
        { "line ends", text => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")) },
        { "line ends of old", text => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r")) },
        { "byte order mark", text => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)] },
        { "two bytes a character", text => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)] },
        { "no last line end", text => Encoding.UTF8.GetBytes(text.TrimEnd('\n')) },
        { "semicolons", text => [
            .. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.Replace(',', ';').ReplaceLineEndings("\r\n"))] },
        { "semicolons and decimal commas", text => Encoding.UTF8.GetBytes(text.Replace(',', ';').Replace('.', ',')) },
        { "tabs and quotes", text =>
            Encoding.UTF8.GetBytes(string.Join(
            '\n', text.TrimEnd('\n').Split('\n')
            .Select(line => string.Join('\t', line.Split(',').Select(cell => $"\"{cell}\""))))) },
        { "another form of exponents", text => Encoding.UTF8.GetBytes(Regex.Replace(text, @"E-0?(\d+)", "e-00$1")) },
    };

    [Theory, MemberData(nameof(SameNumbers))]
    public void The_same_numbers_in_another_form_are_gone_on_with_to_the_same_bits(
        string how, Func<string, byte[]> rewrite)
    {
        using var run = Stopped(out var whole);
        var stopped = File.ReadAllText(run["out/history.csv"]);
        var rewritten = rewrite(stopped);
        Assert.NotEqual(Encoding.UTF8.GetBytes(stopped), rewritten);
        File.WriteAllBytes(run["out/history.csv"], rewritten);
        var newest = RunFolder.StepOf(RunFolder.Snapshots(run["out"])[^1]);
        var (exit, output, errors) = ProgramRun.Call("run", run["slab.yaml"], "-o", run["out"], "--threads", "1");
        Assert.True((exit, errors) == (0, ""), $"{how}: {errors}");
        Assert.DoesNotContain("passed over", output);
        Assert.Contains("it is again as the run wrote it", output);
        Assert.Contains($"goes on from step {newest},", output);
        Assert.Equal(whole, File.ReadAllText(run["out/history.csv"]));
    }

    [Fact]
    public void Numbers_that_were_rounded_are_said_to_be_and_what_is_left_can_be_run_from_the_newest_state()
    {
        using var run = Stopped(out var whole);
        var rounded = Regex.Replace(
            File.ReadAllText(run["out/history.csv"]), @"-?\d+\.\d+(E-?\d+)?",
            number => double.Parse(number.Value, CultureInfo.InvariantCulture)
            .ToString("G6", CultureInfo.InvariantCulture));
        File.WriteAllText(run["out/history.csv"], rounded);
        var newest = RunFolder.Snapshots(run["out"])[^1];
        var (exit, _, errors) = ProgramRun.Call("run", run["slab.yaml"], "-o", run["out"], "--threads", "1");
        Assert.Equal(2, exit);
        var line = Assert.Single(errors.Trim().Split('\n'));
        Assert.StartsWith($"'{run["out/history.csv"]}' is not as the run wrote it: no number has more than 6 digits",
            line);
        Assert.Equal(rounded, File.ReadAllText(run["out/history.csv"]));

        // The command of the line runs what was left: half of the first step is over, the rest and the second
        // repetition are not.
        var command = Regex.Match(line, @"mesolimg (run --from (\S+) --set '(protocol=[^']+)' -o NEW)");
        Assert.True(command.Success, line);
        Assert.Equal(newest, command.Groups[2].Value);
        Assert.Equal(0, ProgramRun.Call(
            "run", "--from", command.Groups[2].Value, "--set", command.Groups[3].Value, "-o", run["rest"], "--threads",
            "1").Exit);
        var (end, wholeEnd) = (RunFolder.LastRow(run["rest"]), Cells(whole));
        Assert.Equal(0.35, double.Parse(end["time [s]"], CultureInfo.InvariantCulture), 1e-12);
        Assert.Equal(double.Parse(wholeEnd["x_mean [-]"], CultureInfo.InvariantCulture),
            double.Parse(end["x_mean [-]"], CultureInfo.InvariantCulture), 1e-9);
    }

    [Theory]
    [InlineData("0", "x", "line 2, time [s]: 'x' is no number")]
    [InlineData("0", "0,0", "line 2 has")]
    public void A_cell_that_was_changed_is_named(string from, string to, string expected)
    {
        using var run = Stopped(out _);
        var lines = File.ReadAllLines(run["out/history.csv"]);
        var cells = lines[1].Split(',');
        Assert.Equal(from, cells[1]);
        cells[1] = to;
        lines[1] = string.Join(',', cells);
        File.WriteAllText(run["out/history.csv"], string.Join('\n', lines) + "\n");
        var (exit, output, errors) = ProgramRun.Call("run", run["slab.yaml"], "-o", run["out"], "--threads", "1");
        Assert.Equal(2, exit);
        Assert.Contains(expected, Assert.Single(errors.Trim().Split('\n')));
        Assert.Contains("passed over", output);
    }

    [Fact]
    public void A_history_that_has_gone_is_said_to_have()
    {
        using var run = Stopped(out _);
        File.Delete(run["out/history.csv"]);
        var (exit, _, errors) = ProgramRun.Call("run", run["slab.yaml"], "-o", run["out"], "--threads", "1");
        Assert.Equal(2, exit);
        Assert.Contains("is not as the run wrote it: the file is not there. Put it back",
            Assert.Single(errors.Trim().Split('\n')));
    }

    private static Dictionary<string, string> Cells(string history)
    {
        var lines = history.TrimEnd('\n').Split('\n');
        return lines[0].Split(',').Zip(lines[^1].Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    /// <summary>A run that was killed after t = 0.05 s.</summary>
    /// <param name="whole">The history that it comes to.</param>
    private static ProgramRun Stopped(out string whole)
    {
        var run = new ProgramRun();
        Assert.Equal(0, ProgramRun.Call("run", run.Write("slab.yaml", Slab), "-o", run["out"], "--threads", "1").Exit);
        whole = File.ReadAllText(run["out/history.csv"]);
        foreach (var later in RunFolder.Snapshots(run["out"]).Skip(2))
            File.Delete(later);
        var kept = RunFolder.StepOf(RunFolder.Snapshots(run["out"])[^1])!.Value;
        File.WriteAllText(run["out/history.csv"], string.Join('\n', whole.Split('\n').Take((int)kept + 2)) + "\n");
        File.WriteAllText(run["out/run.json"], File.ReadAllText(run["out/run.json"]).Replace("finished", "running"));
        return run;
    }
}
