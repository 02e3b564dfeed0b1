using MesoLiMg.Cli;
using System.Text.RegularExpressions;
using MesoLiMg.Studies.Sweeps;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Terminal;

/// <summary>What every command prints on terminals of usual widths, beside what it prints into a pipe.</summary>
public sealed partial class EveryCommandTests(EveryCommandTests.Runs runs) : IClassFixture<EveryCommandTests.Runs>
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Lines_fit_and_numbers_are_whole_and_stay_with_their_units(int columns)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (calls, received) = (Runs.On(columns), await runs.Received(columns));
        foreach (var (call, text, piped) in calls.Zip(received, [runs.OfRun, .. runs.Piped]))
        {
            var what = $"{string.Join(' ', call)} at {columns} columns:\n{text}";
            var lines = PseudoTerminal.Lines(text);
            Assert.All(PseudoTerminal.Texts(text),
                line => Assert.True(
                    line.Length <= columns || IsCommand(line), $"{line.Length} characters: {line}\n{what}"));
            AssertNumbers(piped, lines, what);
            AssertUnits(piped, lines, what);
            AssertColumns(lines, what);
            Assert.DoesNotMatch(Colour(), text);
        }
        // A line that is rewritten stays off the last column, where some terminals begin a new line.
        var progress = Assert.Single(received[0].Split('\n'), line => line.Contains("step 1 of 2 plate"));
        Assert.All(progress.Split('\r'), text => Assert.True(text.Replace("\e[J", "").Length < columns, text));
    }

    /// <summary>
    /// A command is not broken into lines, so that it can be pasted; it has no remark where it is too long.
    /// </summary>
    private static bool IsCommand(string line) => line.StartsWith("  ./mesolimg ", StringComparison.Ordinal)
        && !line.Contains('#');

    [Fact]
    public async Task Help_fits_the_narrowest_terminal()
    {
        if (!OperatingSystem.IsLinux())
            return;
        string[][] calls = [["--help"],
            .. CommandLine.Create().Subcommands.Select(command => new[] { command.Name, "--help" })];
        var received = await PseudoTerminal.Run(60, runs.Folder, calls);
        foreach (var (call, text) in calls.Zip(received))
        {
            var lines = PseudoTerminal.Lines(text);
            Assert.All(lines, line => Assert.True(line.Length <= 60, line));
            AssertNumbers(ProgramRun.Call(call).Output, lines, text);
        }
    }

    /// <summary>The figures of speed differ from call to call; each stands whole beside its key.</summary>
    [Fact]
    public async Task Figures_of_speed_stand_beside_their_keys()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var received = await PseudoTerminal.Run(
            60, runs.Folder, [["bench", "apply", "--cells", "4", "--grains", "3", "--threads", "1"]]);
        var lines = PseudoTerminal.Lines(received[0]);
        Assert.All(lines, line => Assert.True(line.Length <= 60, line));
        foreach (var key in new[] { "threads", "dofs", "solve_wall_s", "mdofs_per_s", "stream_share", "bytes_per_dof",
            "peak_bytes", "cells", "contrast" })
            Assert.Single(lines, line => Regex.IsMatch(line, $@"^ +{key} +{Number}$"));
        Assert.Single(lines, line => Regex.IsMatch(line, "^ +commit +[0-9a-z]+$"));
    }

    [Fact]
    public async Task A_terminal_of_unknown_width_counts_as_one_of_80_columns_and_NO_COLOR_is_kept()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var received = (
            await PseudoTerminal.Run(0, runs.Folder, [["run", "plate.yaml", "-o", "run-0"]], "NO_COLOR=1"))[0];
        Assert.All(PseudoTerminal.Texts(received), line => Assert.True(line.Length <= 80, line));
        AssertNumbers(runs.OfRun, PseudoTerminal.Lines(received), received);
        Assert.DoesNotMatch(Colour(), received);
    }

    [Theory]
    [InlineData("TERM=dumb")]
    [InlineData("TERM")]
    public async Task A_terminal_without_commands_gets_none(string variable)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var received = (
            await PseudoTerminal.Run(70, runs.Folder, [["run", "plate.yaml", "-o", $"run-{variable}"]], variable))[0];
        Assert.DoesNotContain('\e', received);
        Assert.All(PseudoTerminal.Texts(received), line => Assert.True(line.Length <= 70, line));
        // The line of progress is taken away with blanks, and what follows begins a line of its own.
        Assert.Matches(@"\r {20,69}\r\r\n +at the end", received);
    }

    private const string Number = @"[+-]?\d+(\.\d+)?(E[+-]?\d+)?";

    /// <summary>
    /// Every word with a digit in it that is printed into a pipe is on the terminal, as often and unbroken.
    /// </summary>
    private static void AssertNumbers(string piped, string[] lines, string what)
    {
        string[] Words(IEnumerable<string> texts) =>
            [.. texts.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word.Any(char.IsDigit))];
        var shown = Words(lines).CountBy(word => word).ToDictionary();
        Assert.All(Words(piped.ReplaceLineEndings("\n").Split('\n')).CountBy(word => word), word =>
            Assert.True(shown.GetValueOrDefault(word.Key) >= 1, $"no '{word.Key}' in {what}"));
        // In tables, where rows may share what is said of them but not their values.
        var values = Rows(piped).SelectMany(row => row.Cells).Where(cell => Regex.IsMatch(cell, $"^{Number}$"))
            .CountBy(cell => cell);
        Assert.All(values,
            value => Assert.True(
            shown.GetValueOrDefault(value.Key) >= value.Value,
            $"'{value.Key}' less than {value.Value} times in {what}"));
    }

    /// <summary>
    /// What stands with a unit in a pipe stands on one line with it: in a row with a cell for the unit, or before it.
    /// </summary>
    private static void AssertUnits(string piped, string[] lines, string what)
    {
        foreach (var (unit, cells) in Rows(piped))
        {
            foreach (var value in cells.Where(cell => unit != "" && Regex.IsMatch(cell, $@"^{Number}( \(.*\))?$")))
                Assert.True(lines.Any(
                    line => Cells(line) is var found && found.Contains(value) && found.Contains(unit)),
                    $"{value} without {unit} in {what}");
        }
        foreach (var value in WithUnit().Matches(piped).Select(match => match.Value))
            Assert.True(lines.Any(line => line.Contains(value)), $"'{value}' is broken in {what}");
    }

    /// <summary>Below a rule, each number ends where a heading does, or begins there in the first column.</summary>
    private static void AssertColumns(string[] lines, string what)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('─'))
                continue;
            var headings = CellPattern().Matches(lines[i - 1]);
            foreach (var line in lines.Skip(i + 1).TakeWhile(line => line != ""))
            {
                // Words below their row are no cells.
                foreach (var cell in CellPattern().Matches(line)
                    .Where(cell => Regex.IsMatch(cell.Value, $"^{Number}$")))
                    Assert.True(headings.Any(heading => IsBelow(heading, cell))
                        || lines[i - 1].Length < cell.Index + cell.Length,
                        $"{cell.Value} is below no heading in {what}");
            }
        }
    }

    private static string[] Cells(string line) => [.. CellPattern().Matches(line).Select(cell => cell.Value)];

    /// <summary>The rows of the tables in a text: the unit where there is a column of units, and the cells.</summary>
    private static IEnumerable<(string Unit, string[] Cells)> Rows(string piped)
    {
        var lines = piped.ReplaceLineEndings("\n").Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('─'))
                continue;
            var unit = CellPattern().Matches(lines[i - 1]).FirstOrDefault(heading => heading.Value == "unit");
            foreach (var cells in lines.Skip(i + 1).TakeWhile(line => line != "")
                .Select(line => CellPattern().Matches(line)))
                yield return (
                    cells.FirstOrDefault(cell => IsBelow(unit, cell))?.Value ?? "",
                    [.. cells.Select(cell => cell.Value)]);
        }
    }

    /// <summary>Whether a cell begins or ends where its heading does.</summary>
    private static bool IsBelow(Match? heading, Match cell) =>
        heading is not null
            && (cell.Index == heading.Index || cell.Index + cell.Length == heading.Index + heading.Length);

    [GeneratedRegex(@"\e\[[0-9;]*m")]
    private static partial Regex Colour();

    [GeneratedRegex(@"\S+( \S+)*")]
    private static partial Regex CellPattern();

    [GeneratedRegex(@"\d (nm|s|MPa|GPa|mV|%|GB|cells|steps)\b")]
    private static partial Regex WithUnit();

    /// <summary>A run, a sweep and a study, and what goes into a pipe of each command that prints.</summary>
    public sealed class Runs : IDisposable
    {
        private const string Plate = """
            title: Small plate
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [4, 5] }
            material: { diffusivity: 1e-11 cm^2/s }
            interfaces:
              se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.43 GPa, pressure: 9 MPa }
              collector: { law: slide }
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } }, { rest: { time: 0.1 s } } ]
            published:
              - { quantity: x_se, value: 0.17, source: Fig. 4e }
              - { quantity: von_mises_max_off_corner, value: 2 GPa, source: "Fig. 4f, SE side, 5 nm from the edge" }
              - { field: von_mises, at: [100 nm, 140 nm], value: 0.02 GPa, source: "Fig. 4f, the second value,
                read as the W side" }
            """;

        private const string Grains = """
            domain: { kind: 3d, size: [1 um, 1 um, 140 nm], cells: [16, 16, 4], lateral: periodic }
            microstructure: { kind: columnar, grain_size: 250 nm, size_spread: 0.15, seed: 3 }
            """;

        private static readonly string[] Sweep =
            ["sweep", "plate.yaml", "-o", "s", "--vary", "initial.x=0.01,0.02", "--vary", "temperature=300K"];

        private static readonly string[] Converge = ["converge", "plate.yaml", "-o", "c", "--set",
            "domain.cells=[2,2]"];

        private readonly ProgramRun run = new();
        private readonly SemaphoreSlim one = new(1);

        /// <summary>The sessions, one at a time: the folder of a sweep belongs to one program.</summary>
        private readonly Lazy<Dictionary<int, Task<string[]>>> sessions;

        /// <summary>Calls that print the same each time.</summary>
        public static string[][] Printing { get; } =
        [
            ["info", "r"], ["info", "r/snapshots/step_00000000.h5"],
            ["probe", "r/snapshots/step_00000000.h5", "--points", "0,140;50,70;100,0"],
                ["probe", "r/snapshots/step_00000000.h5", "--line", "0,0;0,140;6"],
            ["devices"], ["microstructure", "grains.yaml"], Sweep, Converge, ["help-case"],
            ["verify", "--quick", "--only", "flux, steps", "--cases",
                Path.Combine(CaseText.Root(), "cases", "verification")],
        ];

        public string Folder => run.Folder;

        /// <summary>All calls on a terminal.</summary>
        public static string[][] On(int columns) => [["run", "plate.yaml", "-o", $"run-{columns}"], .. Printing];

        /// <summary>What a terminal received of <see cref="On"/>.</summary>
        public Task<string[]> Received(int columns) => sessions.Value[columns];

        /// <summary>What a run says at its end.</summary>
        public string OfRun { get; }

        /// <summary>What goes into a pipe of <see cref="Printing"/>.</summary>
        public string[] Piped { get; }

        public Runs()
        {
            run.Write("plate.yaml", Plate);
            run.Write("grains.yaml", Grains);
            var ofRun = Call(["run", "plate.yaml", "-o", "r"]);
            // Lines of progress come and go with the time.
            OfRun = ofRun[ofRun.IndexOf("\n  at the end", StringComparison.Ordinal)..];
            Call(Sweep);
            Call(Converge);
            Piped = [.. Printing.Select(Call)];
            sessions = new(() => new[] { 60, 80, 100, 120, 200 }.ToDictionary(columns => columns, Session));
        }

        public void Dispose()
        {
            if (sessions.IsValueCreated)
                Task.WaitAll(sessions.Value.Values);
            one.Dispose();
            run.Dispose();
        }

        private async Task<string[]> Session(int columns)
        {
            await one.WaitAsync();
            try
            {
                return await PseudoTerminal.Run(columns, Folder, On(columns));
            }
            finally
            {
                one.Release();
            }
        }

        /// <summary>A call with the paths of the folder, which its output is rid of again.</summary>
        private string Call(string[] call)
        {
            var (exit, output, errors) = ProgramRun.Call(
                [.. call.Select(
                (word, i) => call[i == 0 ? 0 : i - 1] is "-o" || i == 1 && Exists(word) ? run[word] : word)]);
            Assert.Equal((0, ""), (exit, errors));
            return output.Replace(run.Folder + Path.DirectorySeparatorChar, "");
        }

        private bool Exists(string word) => Path.Exists(run[word]);
    }
}
