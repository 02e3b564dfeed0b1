using System.Globalization;
using System.Text.Json;
using MesoLiMg.Tools.Bench;

namespace MesoLiMg.Tests.Program;

/// <summary>The tables of <c>bench</c>; its figures are not tested.</summary>
public sealed class BenchTests : IDisposable
{
    private static readonly string[] Small = ["bench", "apply", "--cells", "4", "--grains", "3", "--contrast", "5",
        "--threads", "1"];

    private readonly ProgramRun run = new();

    [Fact]
    public void RowsSayWhenAndWhatWasMeasured()
    {
        var (exit, output, _) = ProgramRun.Call([.. Small, "--json", "--append", run["t.csv"]]);
        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((4, 3, 5.0),
            (json.RootElement.GetProperty("cells").GetInt32(), json.RootElement.GetProperty("grains").GetInt32(),
            json.RootElement.GetProperty("contrast").GetDouble()));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("rtol").ValueKind);
        Assert.Equal(DateTime.UtcNow,
            DateTime.Parse(json.RootElement.GetProperty("date").GetString()!, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal), TimeSpan.FromMinutes(5));
        Assert.Equal(0, ProgramRun.Call([.. Small, "--append", run["t.csv"]]).Exit);
        var lines = File.ReadAllLines(run["t.csv"]);
        Assert.Equal(BenchmarkResult.Keys, lines[0].Split(','));
        Assert.Equal([21, 21, 21], lines.Select(line => line.Split(',').Length));
    }

    /// <summary>The largest cube, which would take minutes.</summary>
    [Fact]
    public void ATableThatCannotTakeTheRowsIsRefusedBeforeAnythingIsMeasured()
    {
        run.Write("notes.csv", "a,b\n1,2\n");
        Refused($"'{run.Folder}' is a folder; give a file name", run.Folder);
        Refused($"cannot write '{run["none/t.csv"]}': there is no folder '{run["none"]}'", run["none/t.csv"]);
        Refused($"--append: '{run["notes.csv"]}' is no table of this version's benchmarks (its first line is 'a,b'); "
            + $"give another file", run["notes.csv"]);
        Assert.Equal("a,b\n1,2\n", File.ReadAllText(run["notes.csv"]));
        Assert.Equal(["notes.csv"], run.Contents);
    }

    public void Dispose() => run.Dispose();

    private static void Refused(string message, string file) =>
        Assert.Equal((2, "", message), ProgramRun.Call("bench", "elasticity", "--cells", "1024", "--append", file)
            is var (exit, output, errors) ? (exit, output, errors.Trim()) : default);
}
