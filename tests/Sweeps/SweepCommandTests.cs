using System.CommandLine;
using MesoLiMg.Cli.Commands;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Sweeps;

/// <summary>
/// A sweep over two points, whose runs are processes. A film that is stripped from x = 0.5 for a second comes to its
/// end, one that is stripped from 0.0001 has too little lithium.
/// </summary>
public sealed class SweepCommandTests(SweepCommandTests.FirstCall first) : IClassFixture<SweepCommandTests.FirstCall>
{
    private const string Film = """
        domain: { kind: slab, height: 5 um, cells: [8] }
        material: { diffusivity: 1e-9 cm^2/s }
        coupling: none
        protocol: [ { strip: { current: 0.001 mA/cm^2, time: 3600 s } } ]
        solver: { time_step: 3600 s }
        """;

    [Fact]
    public void AFailedPointIsARowWithItsReasonAndTheExitCode()
    {
        Assert.Equal(1, first.Exit);
        Assert.StartsWith("1 of 2 points failed, 0001_initial.x=0.0001 first: ", first.Errors);
        Assert.Matches(@"^0001_initial\.x=0\.0001,0\.0001,,.*,failed,""?step 1 ", first.Rows[1]);
    }

    [Fact]
    public void TheTableHasTheVariedEntriesAndTheLastRowOfEachHistory()
    {
        var history = File.ReadAllLines(Path.Combine(first.Folder, "runs", "0002_initial.x=0.5", "history.csv"));
        Assert.Equal($"run,initial.x [-],{history[0]},status,reason", first.Rows[0]);
        Assert.Equal($"0002_initial.x=0.5,0.5,{history[^1]},finished,", first.Rows[2]);
    }

    [Fact]
    public void TheEndShowsTheQuantitiesAskedFor() =>
        Assert.Matches(@"(?m)^ *0\.5 +3600 +0\.512635 +finished *$", first.Output);

    [Fact]
    public void MoreValuesKeepTheRowsOfTheEarlierOnes()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("film.yaml", Film);
        Call(file, folder.Path, "--vary", "initial.x=0.5");
        Call(file, folder.Path, "--vary", "initial.x=0.4");
        var rows = File.ReadAllLines(Path.Combine(folder.Path, "sweep", "sweep.csv"));
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("0001_initial.x=0.5,", rows[1]);
        Assert.StartsWith("0002_initial.x=0.4,", rows[2]);
    }

    [Fact]
    public void ASecondCallRunsOnlyWhatHasNotFinished()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("film.yaml", Film);
        Call(file, folder.Path, "--vary", "initial.x=0.5");
        var (exit, output, _) = Call(file, folder.Path, "--vary", "initial.x=0.5");
        Assert.Equal(0, exit);
        Assert.StartsWith("1 point, 1 finished before", output);
        Assert.DoesNotContain(": runs", output);
    }

    [Theory]
    [InlineData("--vary", "initial.y=0.1", "unknown key 'y'")]
    [InlineData("--vary", "initial.x=0.1,-1", "must be at least 0")]
    [InlineData("--show", "thta", "did you mean 'theta'?")]
    [InlineData("--jobs", "0", "--jobs 0: expected at least 1")]
    public void BadInputIsRefusedBeforeAnythingIsWritten(string option, string value, string message)
    {
        using var folder = new TemporaryFolder();
        var (exit, _, errors) = Call(folder.Write("film.yaml", Film), folder.Path, "--vary",
            "solver.tolerance=1e-8,1e-9", option, value);
        Assert.Equal(2, exit);
        Assert.Contains(message, errors);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "sweep")));
    }

    private static (int Exit, string Output, string Errors) Call(string file, string folder, params string[] options)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        string[] arguments = [file, "-o", Path.Combine(folder, "sweep"), .. options];
        var exit = SweepCommand.Create().Parse(arguments).Invoke(new() { Output = output, Error = errors });
        return (exit, output.ToString(), errors.ToString());
    }

    /// <summary>The first call of a sweep, one point of which fails.</summary>
    public sealed class FirstCall : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public FirstCall()
        {
            (Exit, Output, Errors) = Call(folder.Write("film.yaml", Film), folder.Path, "--vary",
                "initial.x=0.0001,0.5", "--jobs", "2", "--show", "time,theta");
            Rows = File.ReadAllLines(Path.Combine(Folder, "sweep.csv"));
        }

        public int Exit { get; }

        public string Output { get; }

        public string Errors { get; }

        public string[] Rows { get; }

        public string Folder => Path.Combine(folder.Path, "sweep");

        public void Dispose() => folder.Dispose();
    }
}
