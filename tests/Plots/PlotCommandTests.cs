using System.CommandLine;
using System.Xml.Linq;
using MesoLiMg.Studies.Verification;
using MesoLiMg.Cli.Commands;
using MesoLiMg.IO;
using MesoLiMg.Studies.Paper;
using MesoLiMg.Studies.Sweeps;
using MesoLiMg.Tests.Files;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Tests.Plots;

public class PlotCommandTests
{
    private const string Sweep = """
        run,material.diffusivity [cm^2/s],protocol.0.plate.current,step [-],time [s],theta [-],status,reason
        "0001_D=1e-11,i=1",1e-11,1 mA/cm^2,3,10,0.2,finished,
        "0002_D=1e-10,i=1",1e-10,1 mA/cm^2,3,10,0.7,finished,
        "0003_D=1e-11,i=2",1e-11,2mA/cm^2,3,10,0.1,finished,
        "0004_D=1e-10,i=2",1e-10,2mA/cm^2,,,,failed,"step 3, too small"

        """;

    [Fact]
    public void EveryPanelOfAPlateIsWritten()
    {
        using var folder = new Scratch();
        RunCase(folder, "domain: { kind: axisymmetric, radius: 20 nm, height: 20 nm, cells: [4, 4] }", "one-way");
        var (exit, output, _) = Invoke(PlotCommand.Create(), folder["run"], "-o", folder["pictures"]);
        Assert.Equal(0, exit);
        string[] expected = ["profiles-x", "field-x", "profiles-von-mises", "field-von-mises", "profiles-potential",
            "field-potential", "potentials", "history-x", "voltage"];
        Assert.Equal(expected.Select(name => folder[Path.Combine("pictures", name + ".svg")]), output.Split('\n')
            .Where(line => line.EndsWith(".svg")));
        Assert.All(expected, name => XDocument.Load(folder[Path.Combine("pictures", name + ".svg")]));
    }

    [Fact]
    public void ASideThatHoldsNoLithiumHasNoCurve()
    {
        using var folder = new Scratch();
        RunCase(folder, "domain: { kind: slab, height: 20 nm, cells: [4] }\nregions: [ { to: [5 nm], phase: 1 } ]",
            "none");
        Assert.Contains("history-x.svg", RunPlots.Write(folder["run"], [], folder["pictures"], _ => { })
            .Select(Path.GetFileName));
    }

    [Fact]
    public void WhatBelongsToLithiumHasAGapInAnInertRegion()
    {
        using var folder = new Scratch();
        RunCase(folder, "domain: { kind: axisymmetric, radius: 40 nm, height: 40 nm, cells: [4, 4] }\nregions: [ { "
            + "from: [0, 10 nm], to: [20 nm, 20 nm], phase: 1 } ]", "one-way");
        using var last = SnapshotFile.OpenLast(folder["run"], _ => { });
        var (x, stress) = (FilmSection.Read(last, "x"), FilmSection.Read(last, "von_mises"));
        Assert.Equal([4, 5], Enumerable.Range(0, 16).Where(cell => double.IsNaN(x.Plane[cell])));
        Assert.All(stress.Plane, value => Assert.False(double.IsNaN(value)));
        Assert.Equal([1.5e-8], x.OnAxis.Where(point => double.IsNaN(point.Value))
            .Select(point => Math.Round(point.Z, 12)));
        // The mean is that of the film beside the region, and there it is above zero.
        Assert.All(x.Mean, point => Assert.True(point.Value > 0));
        Assert.Equal(2, Pictures.Profiles([last], "x").Curves[0].Pieces.Count());
        Assert.All(RunPlots.Write(folder["run"], [], folder["pictures"], _ => { }), picture =>
            Assert.DoesNotContain("NaN", File.ReadAllText(picture)));
    }

    [Fact]
    public void ASlabWithoutStressHasProfilesAndHistory()
    {
        using var folder = new Scratch();
        RunCase(folder, "domain: { kind: slab, height: 20 nm, cells: [4] }", "none");
        var pictures = RunPlots.Write(folder["run"], [], folder["pictures"], _ => { });
        Assert.Equal(["profiles-x.svg", "potentials.svg", "history-x.svg", "voltage.svg"],
            pictures.Select(Path.GetFileName));
    }

    [Fact]
    public void ASweepBecomesACurveForEachCurrent()
    {
        using var folder = new Scratch();
        File.WriteAllText(folder["sweep.csv"], Sweep);
        var chart = SweepPicture.Of(folder["sweep.csv"]);
        Assert.Equal(["1 mA/cm^{2}", "2 mA/cm^{2}"], chart.Curves.Select(curve => curve.Label)
            .Where(label => label.Length > 0));
        Assert.Equal([(1e-11, 0.2), (1e-10, 0.7)], chart.Curves[0].Points.Select(p => (Math.Round(p.X, 15), p.Y)));
        Assert.True(chart.X is { Label: "*D* (cm^{2}/s)" });
    }

    [Theory]
    [InlineData("theta,status\n1,finished\n", "is not the table of a sweep with theta")]
    [InlineData("a,theta [-]\nfast,0.5\n", "sweep.csv:2: a: 'fast' is not a number")]
    [InlineData("a,theta [-]\n1,\n", "no row has a value of theta")]
    [InlineData("a,theta [-]\n1\n", "sweep.csv:2: 1 values, expected 2")]
    public void ABadTableIsBadInput(string table, string message)
    {
        using var folder = new Scratch();
        File.WriteAllText(folder["sweep.csv"], table);
        var (exit, _, errors) = Invoke(PlotCommand.Create(), folder.Path);
        Assert.Equal(2, exit);
        Assert.Contains(message, errors);
    }

    [Fact]
    public void AFieldIsDrawnOnceAndIdsAreLeftToOtherCommands()
    {
        using var folder = new Scratch();
        RunCase(folder, "domain: { kind: slab, height: 20 nm, cells: [4] }", "none");
        var (exit, output, _) = Invoke(PlotCommand.Create(), folder["run"], "--fields", "x,, x", "-o",
            folder["pictures"]);
        Assert.Equal(0, exit);
        Assert.Single(output.Split('\n'), line => line.EndsWith("profiles-x.svg"));
        var (refused, _, errors) = Invoke(PlotCommand.Create(), folder["run"], "--fields", "x,grain");
        Assert.Equal((2, $"--fields: 'grain' holds ids, of which there are no profiles; `mesolimg render "
            + $"{folder["run"]}` draws grains"), (refused, errors.Trim()));
    }

    [Fact]
    public void AFolderWithoutSnapshotsIsBadInputAndNothingIsMade()
    {
        using var folder = new Scratch();
        var (exit, _, errors) = Invoke(PlotCommand.Create(), folder.Path);
        Assert.Equal((2, $"the folder '{folder.Path}' holds no snapshots"), (exit, errors.Trim()));
        Assert.False(Directory.Exists(folder["plots"]));
    }

    [Fact]
    public void AFolderThatIsNotThereIsBadInput()
    {
        var (exit, _, errors) = Invoke(PlotCommand.Create(), "nowhere");
        Assert.Equal((2, "there is no folder 'nowhere'"), (exit, errors.Trim()));
    }

    [Fact]
    public void AnUnknownFieldIsBadInputWithTheNearestName()
    {
        using var folder = new Scratch();
        RunCase(folder, "domain: { kind: axisymmetric, radius: 20 nm, height: 20 nm, cells: [4, 4] }", "one-way");
        var (exit, _, errors) = Invoke(PlotCommand.Create(), folder["run"], "--fields", "vonmises");
        Assert.Equal(2, exit);
        Assert.EndsWith("has no scalar field 'vonmises'; did you mean 'von_mises'?", errors.Trim());
    }

    [Theory]
    [InlineData(1, 0.5887)]
    [InlineData(0.5, 0.7932)]
    [InlineData(0.1, 0.9586)]
    public void TheExactSeriesGivesTheKnownUtilisation(double milliamperes, double utilisation) =>
        Assert.Equal(utilisation, ExactSlab.Utilisation(10 * milliamperes, 5e-6, 6e-15, 69600), 5e-5);

    private static void RunCase(Scratch folder, string domain, string coupling)
    {
        File.WriteAllText(folder["case.yaml"], $$"""
            {{domain}}
            coupling: {{coupling}}
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]
            """);
        Assert.Equal((0, ""), Invoke(RunCommand.Create(), folder["case.yaml"], "-o", folder["run"], "--threads", "1")
            is var (exit, _, errors) ? (exit, errors) : default);
    }

    private static (int Exit, string Output, string Errors) Invoke(Command command, params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = command.Parse(arguments).Invoke(new() { Output = output, Error = errors });
        return (exit, output.ToString(), errors.ToString());
    }
}
