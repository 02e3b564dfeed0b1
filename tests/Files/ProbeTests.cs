using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.Model;
using Xunit;

namespace MesoLiMg.Tests.Files;

public class ProbeTests
{
    [Theory, MemberData(nameof(Samples.Grids), MemberType = typeof(Samples))]
    public void LinearFieldsAreExactEverywhereInTheDomain(string name)
    {
        var grid = Samples.Grid(name);
        var points = Everywhere(grid);
        var probe = SnapshotProbe.Read(Samples.Snapshot(grid), points, LengthUnit.Metre);
        foreach (var field in probe.Fields.Where(field => field.Name is "x" or "stress" or "displacement"))
            for (var i = 0; i < points.Count; i++)
                for (var c = 0; c < field.Components; c++)
                {
                    var (x, y, z) = Full(grid, points[i]);
                    Assert.Equal(Samples.Linear(x, y, z, c), field.Values[i][c], 1e-13 * 10);
                }
    }

    [Theory]
    [InlineData(0, 140)]
    [InlineData(100, 140)]
    [InlineData(100, 0)]
    [InlineData(0, 0)]
    [InlineData(0, 70)]
    [InlineData(100, 30)]
    [InlineData(50, 0)]
    [InlineData(50, 140)]
    public void APointOnAFaceOrInACornerReadsTheBoundary(double r, double z)
    {
        var snapshot = Samples.Snapshot(Samples.Plate);
        var marked = new Snapshot
        {
            Grid = snapshot.Grid,
            Time = 0,
            Step = 0,
            CaseText = "",
            ProgramVersion = "",
            Commit = "",
            Device = "",
            Host = "",
            Command = "",
            Cells = [snapshot.Cells[0]],
            Nodes = [],
            State = [],
            Boundary = [new("x", "1", "", 1, Enumerable.Repeat(1000.0, (int)new ClosedGrid(snapshot.Grid).BoundaryCount)
                .ToArray())],
        };
        var probe = SnapshotProbe.Read(marked, [[r / 1e9, z / 1e9]], LengthUnit.Nanometre);
        Assert.Equal(1000, probe.Fields[0].Values[0][0], 1e-9);
    }

    [Theory]
    [InlineData(50, 70, 2, 3)]
    [InlineData(10, 10, 0, 0)]
    [InlineData(90, 130, 4, 6)]
    public void ACellCentreReadsItsCellExactly(double r, double z, int ix, int iz)
    {
        var snapshot = Samples.Snapshot(Samples.Plate, (x, _, z, _) => x * z * 1e16);
        var probe = SnapshotProbe.Read(snapshot, [[r / 1e9, z / 1e9]], LengthUnit.Nanometre);
        Assert.Equal(((double[])snapshot.Cells[0].Data)[iz * 5 + ix], probe.Fields[0].Values[0][0], 1e-12);
    }

    [Fact]
    public void AFieldWithoutBoundaryValuesContinuesItsOutermostCells()
    {
        var snapshot = Samples.Snapshot(Samples.Plate);
        var probe = SnapshotProbe.Read(snapshot, [[0, 140e-9], [10e-9, 135e-9]], LengthUnit.Nanometre);
        var vonMises = probe.Fields.Single(field => field.Name == "von_mises");
        var cell = ((double[])snapshot.Cells[1].Data)[6 * 5];
        Assert.Equal([cell, cell], vonMises.Values.Select(values => values[0]));
    }

    [Fact]
    public void IdsAreThoseOfTheCellThatHoldsThePoint()
    {
        var probe = SnapshotProbe.Read(Samples.Snapshot(Samples.Plate),
            [[0, 0], [39e-9, 1e-9], [41e-9, 1e-9], [100e-9, 140e-9]], LengthUnit.Nanometre);
        Assert.Equal([0, 1, 2, 34], probe.Fields.Single(field => field.Name == "grain").Values.Select(
            values => values[0]));
    }

    [Fact]
    public void AnUnknownValueOnTheOtherSideOfAPointDoesNotSpoilIt()
    {
        var snapshot = Samples.Snapshot(Samples.Slab, (_, _, z, _) => z > 100e-9 ? double.NaN : 1);
        var probe = SnapshotProbe.Read(snapshot, [[90e-9]], LengthUnit.Nanometre);
        Assert.Equal(1, probe.Fields[0].Values[0][0]);
    }

    [Theory]
    [InlineData("slab", "141", "point (141) nm lies outside the domain: z from 0 to 140 nm")]
    [InlineData("plate", "50,-1", "point (50, -1) nm lies outside the domain: r from 0 to 100, z from 0 to 140 nm")]
    [InlineData("strip", "12.5,3", "point (12.5, 3) nm lies outside the domain: x from 0 to 12, z from 0 to 21 nm")]
    [InlineData("film", "1,2", "point (1, 2) nm: a point of this domain has 3 coordinates (x, y, z)")]
    [InlineData("slab", "1,2", "point (1, 2) nm: a point of this domain has 1 coordinate (z)")]
    public void PointsThatAreNotInTheDomainAreRefused(string grid, string points, string message)
    {
        var snapshot = Samples.Snapshot(Samples.Grid(grid));
        var failure = Assert.Throws<InputException>(() =>
            SnapshotProbe.Read(snapshot, ProbePoints.Parse(points, LengthUnit.Nanometre), LengthUnit.Nanometre));
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void PointsAreReadInTheirUnit() =>
        Assert.Equal([[0, 1.4e-7], [5e-8, 7e-8]], ProbePoints.Parse("0,140; 50 , 70", LengthUnit.Parse("nm")));

    [Fact]
    public void ALineRunsFromItsFirstToItsLastPoint()
    {
        var line = ProbePoints.ParseLine("0,0;0,140;141", LengthUnit.Nanometre);
        Assert.Equal(141, line.Count);
        Assert.Equal([0.0, 0], line[0]);
        Assert.Equal([0, 1.4e-7], line[^1]);
        Assert.Equal(70e-9, line[70][1], 1e-22);
    }

    [Theory]
    [InlineData("0,0;0,140", "expected 'from;to;number'")]
    [InlineData("0,0;0,140;1", "'1' is not a number of points from 2 to 1000000")]
    [InlineData("0,0;0,140;2000000000", "'2000000000' is not a number of points")]
    [InlineData("0,0;0,140;many", "'many' is not a number of points")]
    [InlineData("0,0;140;3", "the ends have 2 and 1 coordinates")]
    [InlineData("0,a;0,140;3", "'a' is not a number")]
    public void ABadLineIsRefused(string line, string message) =>
        Assert.Contains(message,
            Assert.Throws<InputException>(() => ProbePoints.ParseLine(line, LengthUnit.Nanometre)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("0,140;")]
    [InlineData("0,NaN")]
    [InlineData("0;1e400")]
    public void ABadListOfPointsIsRefused(string points) =>
        Assert.Contains("is not a number",
            Assert.Throws<InputException>(() => ProbePoints.Parse(points, LengthUnit.Nanometre)).Message);

    [Fact]
    public void AnUnknownUnitIsRefusedWithTheKnownOnes() =>
        Assert.Contains("use m, mm, um, µm, nm", Assert.Throws<InputException>(() => LengthUnit.Parse("inch")).Message);

    [Fact]
    public void TheJsonHasTimePositionsAndFieldsInSi()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["s.h5"]);
        using var file = SnapshotFile.Open(folder["s.h5"]);
        using var json = JsonDocument.Parse(SnapshotProbe.Read(file, [[0, 140e-9]], LengthUnit.Nanometre).ToJson());

        Assert.Equal(["time", "points"], json.RootElement.EnumerateObject().Select(entry => entry.Name));
        Assert.Equal(1.0 / 3, json.RootElement.GetProperty("time").GetDouble());
        var point = json.RootElement.GetProperty("points")[0];
        Assert.Equal(["position", "x", "von_mises", "stress", "flux", "grain", "displacement"], point.EnumerateObject()
            .Select(entry => entry.Name));
        Assert.Equal([0, 140e-9], point.GetProperty("position").EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal(Samples.Linear(0, 0, 140e-9, 0), point.GetProperty("x").GetDouble(), 1e-12);
        Assert.Equal("30", point.GetProperty("grain").GetRawText());
        Assert.Equal(6, point.GetProperty("stress").GetArrayLength());
        Assert.Equal(3, point.GetProperty("displacement").GetArrayLength());
    }

    [Fact]
    public void ValuesThatAreNotNumbersAreNullInJson()
    {
        var snapshot = Samples.Snapshot(Samples.Slab, (_, _, _, _) => double.NaN);
        using var json = JsonDocument.Parse(SnapshotProbe.Read(snapshot, [[0]], LengthUnit.Nanometre).ToJson());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("points")[0].GetProperty("x").ValueKind);
    }

    /// <summary>Faces, centres and points between them along every axis of the domain.</summary>
    private static List<double[]> Everywhere(GridShape grid)
    {
        double[] fractions = [0, 0.03, 0.1, 0.31, 0.5, 0.77, 0.95, 1];
        IEnumerable<double[]> points = [[]];
        foreach (var length in ProbePoints.Lengths(grid))
            points = points.SelectMany(point => fractions.Select(f => (double[])[.. point, f * length])).ToList();
        return [.. points];
    }

    private static (double X, double Y, double Z) Full(GridShape grid, double[] point) =>
        (grid.Has(0) ? point[0] : 0, grid.Has(1) ? point[1] : 0, point[^1]);
}
