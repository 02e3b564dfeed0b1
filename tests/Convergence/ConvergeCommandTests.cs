using System.Globalization;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Convergence;

/// <summary><c>mesolimg converge</c> as from a shell.</summary>
public class ConvergeCommandTests
{
    private const string Slab = """
        title: slab
        domain: { kind: slab, height: 140 nm, cells: [10] }
        material: { diffusivity: 1e-11 cm^2/s }
        coupling: none
        protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } } ]
        solver: { time_step: 0.02 s }
        """;

    [Fact]
    public void A_slab_is_of_second_order_in_space_and_its_limit_is_the_exact_series()
    {
        using var run = new ProgramRun();
        var (exit, output, errors) = ProgramRun.Call("converge", run.Write("slab.yaml", Slab), "-o", run["out"],
            "--levels", "4");
        Assert.Equal((0, ""), (exit, errors));
        var row = Row(run, "x_collector");
        Assert.InRange(Number(row, "observed order"), 1.9, 2.1);
        Assert.Equal("asymptotic", row["verdict"]);
        // Carslaw and Jaeger, Conduction of Heat in Solids, section 3.8.
        Assert.Equal(Series(0), Number(row, "richardson value"), 2e-6);
        Assert.InRange(Math.Abs(Number(row, "level 4") - Series(0)), 0, Number(row, "error bar"));
        Assert.Contains("x (field)", output);
        Assert.Contains("observed order", File.ReadAllText(run["out/converge.txt"]));
        Assert.StartsWith("<svg", File.ReadAllText(run["out/converge.svg"]).TrimStart());
    }

    [Fact]
    public void Time_steps_are_of_second_order_and_levels_that_exist_are_not_run_again()
    {
        using var run = new ProgramRun();
        var file = run.Write("slab.yaml", Slab.Replace("0.02 s", "1 s")
            + "\ninitial: { x: { linear: { from: 0.2, to: 0.1 } } }\n");
        string[] call = ["converge", file, "-o", run["out"], "--time", "--levels", "4"];
        Assert.Equal(0, ProgramRun.Call(call).Exit);
        Assert.InRange(Number(Row(run, "x (field)"), "observed order"), 1.75, 2.3);
        var written = File.GetLastWriteTimeUtc(run["out/level_2/run.json"]);
        Assert.Equal(0, ProgramRun.Call(call).Exit);
        Assert.Equal(written, File.GetLastWriteTimeUtc(run["out/level_2/run.json"]));
    }

    [Theory]
    [InlineData("--levels 2", "--levels 2: expected a number from 3 to 8")]
    [InlineData("--ratio 1", "--ratio 1: expected a number from 2 to 8")]
    [InlineData("--time --both", "give one of --space, --time and --both")]
    public void Bad_options_are_one_line(string options, string message)
    {
        using var run = new ProgramRun();
        var (exit, _, errors) =
            ProgramRun.Call(["converge", run.Write("slab.yaml", Slab), "-o", run["out"], .. options.Split(' ')]);
        Assert.Equal((2, message), (exit, errors.Trim()));
        Assert.False(Directory.Exists(run["out"]));
    }

    private static Dictionary<string, string> Row(ProgramRun run, string quantity)
    {
        var lines = File.ReadAllLines(run["out/converge.csv"]).Select(line => line.Split(',')).ToList();
        return lines[0].Zip(lines.Single(cells => cells[0] == quantity))
            .ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private static double Number(Dictionary<string, string> row, string column) =>
        double.Parse(row[column], CultureInfo.InvariantCulture);

    /// <summary>x at z of the slab at 10 s.</summary>
    private static double Series(double z)
    {
        const double height = 140e-9, diffusivity = 1e-15, time = 10, magnesium = 71508, flux = 10 / 96485.33212;
        var sum = diffusivity * time / (height * height) + z * z / (2 * height * height) - 1.0 / 6;
        for (var n = 1; n < 50; n++)
            sum -= 2 / (Math.PI * Math.PI) * Math.Pow(-1, n) / (n * n) * Math.Exp(
                -diffusivity * n * n * Math.PI * Math.PI * time / (height * height)) * Math.Cos(
                n * Math.PI * z / height);
        return flux * height / diffusivity * sum / magnesium;
    }
}
