using MesoLiMg.Cli.Process;

namespace MesoLiMg.Tests.Program;

/// <summary><c>--quiet</c> and <c>--log</c>.</summary>
public class LogTests
{
    private static readonly string Small = ProgramRun.Plate.Replace("[10, 14]", "[4, 6]");

    [Fact]
    public void A_log_is_what_is_printed_and_is_added_to()
    {
        using var run = new ProgramRun();
        var (exit, output, errors) = ProgramRun.Call("run", run.Write("case.yaml", Small), "-o", run["out"], "--log",
            run["logs/run.log"]);
        Assert.Equal((0, ""), (exit, errors));
        Assert.Equal(output.ReplaceLineEndings(), File.ReadAllText(run["logs/run.log"]).ReplaceLineEndings());
        var (again, more, _) = ProgramRun.Call("run", run["case.yaml"], "-o", run["out"], "--log", run["logs/run.log"]);
        Assert.Equal(0, again);
        Assert.Equal((output + more).ReplaceLineEndings(), File.ReadAllText(run["logs/run.log"]).ReplaceLineEndings());
    }

    [Fact]
    public void Quiet_leaves_warnings_and_errors_and_the_log_has_all()
    {
        using var run = new ProgramRun();
        var text = Small.Replace("time: 2 s", "time: 300 s").Replace("every: 1 s", "at_end_of: run");
        var (exit, output, errors) = ProgramRun.Call("run", run.Write("case.yaml", text), "-o", run["out"], "--quiet",
            "--log", run["log"]);
        Assert.Equal(0, exit);
        Assert.Equal("", output);
        Assert.StartsWith("warning: ", Assert.Single(errors.Trim().Split('\n')));
        var log = File.ReadAllText(run["log"]);
        Assert.Contains(errors.Trim(), log);
        Assert.Contains("Small plate, on host", log);
        Assert.Contains("mesolimg export ", log);
        var (refused, _, line) = ProgramRun.Call("run", run["no-such-case"], "-o", run["out"], "--quiet", "--log",
            run["log"]);
        Assert.Equal(2, refused);
        Assert.Equal($"{run["no-such-case"]}: there is no such file", line.Trim());
        Assert.EndsWith(line, File.ReadAllText(run["log"]));
    }

    [Theory]
    [InlineData("sweep", "--vary", "temperature=300 K,310 K")]
    [InlineData("converge")]
    [InlineData("verify", "--quick", "--only", "slab-flux", "--cases", "{root}/cases/verification")]
    public void Other_commands_that_compute_take_them_too(string command, params string[] options)
    {
        using var run = new ProgramRun();
        var file = run.Write("case.yaml",
            "domain: { kind: slab, height: 20 nm, cells: [4] }\n"
            + "protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]");
        string[] input = command == "verify" ? [] : [file, "-o", run["out"]];
        var (exit, output, _) = ProgramRun.Call(
            [command, .. input, .. options.Select(option => option.Replace("{root}", Cases.CaseText.Root())), "--quiet",
                "--log", run["log"]]);
        Assert.Equal((0, ""), (exit, output));
        Assert.NotEmpty(File.ReadAllText(run["log"]));
    }

    [Fact]
    public void A_log_that_cannot_be_opened_is_refused_before_anything_begins()
    {
        using var run = new ProgramRun();
        var file = run.Write("case.yaml", Small);
        Directory.CreateDirectory(run["there"]);
        foreach (var (log, message) in new[]
        {
            (run["there"], $"--log: '{run["there"]}' is a folder; give a file name"),
            (Path.Combine(file, "log"), $"--log: '{file}' is a file; give the name of a folder"),
            (file, $"--log: '{file}' has another place on the command line; give a file of its own"),
        })
        {
            var (exit, output, errors) = ProgramRun.Call("run", file, "-o", run["out"], "--log", log);
            Assert.Equal((2, "", message), (exit, output, errors.Trim()));
        }
        Assert.Equal(Small, File.ReadAllText(file));
        Assert.Equal(["case.yaml", "there"], run.Contents);
    }

    [Fact]
    public void A_log_that_fills_up_does_not_end_the_run()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var run = new ProgramRun();
        var (exit, output, errors) = ProgramRun.Call("run", run.Write("case.yaml", Small), "-o", run["out"], "--log",
            "/dev/full");
        Assert.Equal(0, exit);
        Assert.Contains($" steps; written to {run["out"]}: ", output);
        Assert.StartsWith("note: the log '/dev/full' cannot be written: No space left on device",
            Assert.Single(errors.Trim().Split('\n')));
    }

    [Fact]
    public void Of_a_line_that_is_rewritten_a_log_has_a_state_every_few_seconds()
    {
        var (text, clock) = (new StringWriter { NewLine = "\n" }, new Clock());
        using (var lines = new PlainLines(text, clock) { NewLine = "\n" })
        {
            lines.WriteLine("begins");
            foreach (var second in Enumerable.Range(0, 12))
            {
                lines.Write($"\r\e[32m{second} s\e[0m   \e[K");
                clock.Now += TimeSpan.FromSeconds(1);
            }
            lines.Write("\r          \r");
            lines.Write("it's \e]0;title\adone\r\n");
            lines.Write("\nrest");
        }
        Assert.Equal("begins\n0 s\n5 s\n10 s\nit's done\n\nrest\n", text.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
