using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tools;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Files;

public class VtkOptionTests(ITestOutputHelper log)
{
    private const double H = 20e-9;

    [Fact]
    public void OnlyTheFieldsThatAreAskedForAreWritten()
    {
        using var folder = new Scratch();
        var (header, _) = Write(folder, Samples.Plate, new() { Fields = ["stress", "x"] });
        Assert.Equal(["x [-]", "stress [Pa]"], header.Descendants("DataArray").Skip(1)
            .Select(array => (string)array.Attribute("Name")!));
    }

    [Fact]
    public void CoordinatesAndDisplacementHaveTheUnitAskedFor()
    {
        using var folder = new Scratch();
        var (header, data) = Write(folder, Samples.Film, new() { Unit = LengthUnit.Nanometre });
        Assert.Equal([10.0, 7, 3], ((string)header.Element("ImageData")!.Attribute("Spacing")!).Split(' ')
            .Select(h => Math.Round(double.Parse(h, CultureInfo.InvariantCulture), 12)));
        Assert.Equal(1e9 * Samples.Linear(10e-9, 0, 0, 1), Values(header, data, "displacement [nm]")[3 + 1], 1e-3);
        Assert.Equal(Samples.Linear(5e-9, 3.5e-9, 1.5e-9, 0), Values(header, data, "von_mises [Pa]")[0], 1e-12);
    }

    [Fact]
    public void PointsAreDisplacedByTheFactor()
    {
        using var folder = new Scratch();
        const double factor = -2;
        var (header, data) = Write(folder, Samples.Film, new() { Warp = factor });
        Assert.Equal("StructuredGrid", (string?)header.Attribute("type"));
        var points = Values(header, data, "Points");
        var at = 0;
        for (var k = 0; k <= 5; k++)
            for (var j = 0; j <= 4; j++)
                for (var i = 0; i <= 3; i++)
                {
                    double[] place = [i * 10e-9, j * 7e-9, k * 3e-9];
                    for (var c = 0; c < 3; c++)
                        Assert.Equal(place[c] + factor * Samples.Linear(place[0], place[1], place[2], c),
                            points[at++], 1e-12);
                }
        Assert.Equal(at, points.Length);
    }

    [Fact]
    public void ATurnedPlateHasTheTensorsOfItsHalfPlaneInTheLocalAxesEverywhere()
    {
        using var folder = new Scratch();
        const int around = 8;
        var (header, data) = Write(folder, Samples.Plate, new() { Revolve = around });
        Assert.Equal("0 5 0 8 0 7", (string?)header.Element("StructuredGrid")!.Attribute("WholeExtent"));
        var (stress, flux, grains) = (Values(header, data, "stress [Pa]"), Values(header, data, "flux [mol/(m^2 s)]"),
            Ids(header, data, "grain [-]"));
        Assert.Equal(5 * around * 7 * 6, stress.Length);
        for (var cell = 0; cell < 5 * around * 7; cell++)
        {
            var (i, j, k) = (cell % 5, cell / 5 % around, cell / 5 / around);
            var (r, t, z) = Axes(2 * Math.PI * (j + 0.5) / around);
            // VTK's order: XX YY ZZ XY YZ XZ.
            var s = stress.AsSpan(6 * cell, 6);
            double[][] tensor = [[s[0], s[3], s[5]], [s[3], s[1], s[4]], [s[5], s[4], s[2]]];
            double Component(double[] a, double[] b) => a.Zip(tensor, (left, row) => left * Dot(row, b)).Sum();
            double[] local = [Component(r, r), Component(t, t), Component(z, z), Component(r, t), Component(t, z),
                Component(r, z)];
            double[] vector = [Dot(r, flux.AsSpan(3 * cell, 3)), Dot(t, flux.AsSpan(3 * cell, 3)),
                Dot(z, flux.AsSpan(3 * cell, 3))];
            for (var c = 0; c < 6; c++)
                Assert.Equal(Samples.Linear((i + 0.5) * H, 0, (k + 0.5) * H, c), local[c], 1e-12);
            for (var c = 0; c < 3; c++)
                Assert.Equal(Samples.Linear((i + 0.5) * H, 0, (k + 0.5) * H, c), vector[c], 1e-12);
            Assert.Equal(5 * k + i, grains[cell]);
        }
    }

    [Fact]
    public void PointsAreDisplacedBeforeTheyAreTurned()
    {
        using var folder = new Scratch();
        var (header, data) = Write(folder, Samples.Plate,
            new() { Revolve = 6, Warp = 0.5, Unit = LengthUnit.Nanometre });
        var points = Values(header, data, "Points");
        for (var node = 0; node < 6 * 7 * 8; node++)
        {
            var (x, angle, height) = (node % 6 * H, node / 6 % 7 * Math.PI / 3, node / 42 * H);
            var (r, t, z) = Axes(angle);
            var at = points.AsSpan(3 * node, 3);
            Assert.Equal(1e9 * (x + 0.5 * Samples.Linear(x, 0, height, 0)), Dot(r, at), 1e-3);
            Assert.Equal(1e9 * 0.5 * Samples.Linear(x, 0, height, 1), Dot(t, at), 1e-3);
            Assert.Equal(1e9 * (height + 0.5 * Samples.Linear(x, 0, height, 2)), Dot(z, at), 1e-3);
        }
    }

    [Fact]
    public void CompressedBlocksHoldTheSameBytes()
    {
        using var folder = new Scratch();
        var grid = new GridShape(DomainKind.ThreeD, (110, 100, 101), (1e-9, 1e-9, 1e-9));
        var ids = Enumerable.Range(0, (int)grid.CellCount).ToArray();
        var snapshot = new Snapshot
        {
            Grid = grid,
            Time = 0,
            Step = 0,
            CaseText = "",
            ProgramVersion = "",
            Commit = "",
            Device = "",
            Host = "",
            Command = "",
            Cells = [new("grain", "1", "", 1, ids)],
            Nodes = [],
            Boundary = [],
            State = [],
        };
        var (header, data) = Write(folder, snapshot, new() { Compress = true });
        Assert.Equal("vtkZLibDataCompressor", (string?)header.Attribute("compressor"));
        var table = MemoryMarshal.Cast<byte, ulong>(data);
        var (blocks, length, last) = ((int)table[0], (int)table[1], (int)table[2]);
        Assert.Equal((4L * grid.CellCount + length - 1) / length, blocks);
        Assert.Equal(4L * grid.CellCount % length, last);
        var (start, whole) = ((3 + blocks) * 8, new MemoryStream());
        for (var b = 0; b < blocks; b++)
        {
            new ZLibStream(new MemoryStream(data, start, (int)table[3 + b]), CompressionMode.Decompress).CopyTo(whole);
            start += (int)table[3 + b];
        }
        Assert.Equal(data.Length, start);
        Assert.True(MemoryMarshal.Cast<byte, int>(whole.ToArray()).SequenceEqual(ids));
    }

    [Fact]
    public void SnapshotsThatComeDuringTheRunAreConvertedUntilItEnds()
    {
        using var folder = new Scratch();
        var run = folder["run"];
        Directory.CreateDirectory(Path.Combine(run, "snapshots"));
        void Status(string status) => File.WriteAllText(RunFolder.SummaryPath(run), $$"""{ "status": "{{status}}" }""");
        void Add(int step) => SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, step: step, time: step),
            RunFolder.SnapshotPath(run, step));
        Status("running");
        Add(0);
        using var claim = RunFolder.Claim(run);
        var seen = 0;
        var collection = VtkExport.Watch(run, _ =>
        {
            Assert.Equal(++seen, XDocument.Load(Path.Combine(run, "vtk", "run.pvd")).Descendants("DataSet").Count());
            if (seen < 3)
                Add(seen);
            else
                Status("finished");
        });
        Assert.Equal(["run_00000000.vti", "run_00000001.vti", "run_00000002.vti"], XDocument.Load(collection)
            .Descendants("DataSet").Select(entry => (string)entry.Attribute("file")!));
    }

    [Fact]
    public void WatchingEndsWithWhatIsThereWhenTheRunWasKilled()
    {
        using var folder = new Scratch();
        var run = Directory.CreateDirectory(folder["run"]).FullName;
        Directory.CreateDirectory(Path.Combine(run, "snapshots"));
        File.WriteAllText(RunFolder.SummaryPath(run), """{ "status": "running" }""");
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, step: 0, time: 0), RunFolder.SnapshotPath(run, 0));
        // The file that a run keeps locked stays when it is killed; the lock does not.
        File.WriteAllText(Path.Combine(run, ".lock"), "");
        var (exit, output, errors) = ProgramRun.Call("export", run, "--watch");
        Assert.Equal(0, exit);
        Assert.StartsWith("1 image, collection", output);
        Assert.Equal($"note: the run in {run} was killed; `mesolimg run --resume {run}` goes on with it, and the same "
            + $"export then goes on too", errors.Trim());
    }

    [Theory]
    [InlineData("strip", "only an axisymmetric domain can be turned about its axis, and this one is plane-strain",
        "--revolve")]
    [InlineData("plate", "--revolve: expected a number of cells round the axis from 3 to 3600", "--revolve", "two")]
    [InlineData("plate", "--revolve: expected a number of cells round the axis from 3 to 3600", "--revolve", "3601")]
    [InlineData("plate", "has no field 'von_mise'; did you mean 'von_mises'?", "--fields", "von_mise")]
    [InlineData("plate", "--unit mile: not a known unit of length", "--unit", "mile")]
    [InlineData("plate", "--watch: expected the folder of one run", "--watch")]
    public void WhatCannotBeDoneIsBadInputAndNothingIsWritten(string grid, string message, params string[] options)
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Grid(grid)), folder["s.h5"]);
        var (exit, _, errors) = ProgramRun.Call(["export", folder["s.h5"], .. options]);
        Assert.Equal(2, exit);
        Assert.Contains(message, errors);
        Assert.Equal([folder["s.h5"]], folder.Files);
    }

    [Fact]
    public void AGridTakesThePlaceOfTheImageOfItsSnapshot()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["s.h5"]);
        VtkExport.Export(folder["s.h5"]);
        var collection = VtkExport.Export(folder["s.h5"], options: new() { Warp = 1 });
        Assert.EndsWith(".vts", (string)XDocument.Load(collection).Descendants("DataSet").Single().Attribute("file")!);
    }

    [Fact]
    public void APatternNamesSnapshots()
    {
        using var folder = new Scratch();
        for (var step = 0; step < 3; step++)
            SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, step: step, time: step), folder[$"s{step}.h5"]);
        Assert.Equal((0, ""), ProgramRun.Call("export", folder["s[02].h5".Replace("[02]", "?")], "--fields", "x")
            is var (exit, _, errors) ? (exit, errors) : default);
        Assert.Equal(3, Directory.GetFiles(folder["vtk"], "*.vti").Length);
    }

    [Fact]
    public void ParaViewReadsATurnedAndCompressedPlateWithItsVolume()
    {
        const string script = """
            import sys
            from paraview.simple import *
            reader = PVDReader(FileName=sys.argv[1])
            reader.UpdatePipeline()
            data = reader.GetDataInformation()
            print(data.GetDataSetTypeAsString(), list(data.GetExtent()), reader.CellData['stress [Pa]'].GetComponentName(4), '%.6g %.6g' % reader.CellData['stress [Pa]'].GetRange(2))
            total = IntegrateVariables(Input=reader)
            total.UpdatePipeline()
            print('%.8g' % total.CellData['Volume'].GetRange(0)[0])
            """;
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["s.h5"]);
        var collection = VtkExport.Export(
            folder["s.h5"], options: new() { Revolve = 12, Compress = true, Unit = LengthUnit.Nanometre });
        File.WriteAllText(folder["read.py"], script);
        var (exit, output) = Tool.Run("pvpython", folder["read.py"], collection);
        if (exit == Tool.Missing)
        {
            log.WriteLine("not checked: there is no pvpython (apt-get install paraview)");
            return;
        }
        // A prism over a regular polygon of 12 corners.
        var volume = 12 * Math.Sin(2 * Math.PI / 12) / 2 * 100 * 100 * 140;
        Assert.Equal((0, string.Create(CultureInfo.InvariantCulture, $"""
            vtkStructuredGrid [0, 5, 0, 12, 0, 7] YZ {Samples.Linear(H / 2, 0, H / 2, 2):G6} {Samples.Linear(4.5 * H, 0,
              6.5 * H, 2):G6}
            {volume:G8}

            """)), (exit, output));
    }

    private static (XElement Header, byte[] Data) Write(Scratch folder, GridShape grid, VtkOptions options) =>
        Write(folder, Samples.Snapshot(grid), options);

    private static (XElement Header, byte[] Data) Write(Scratch folder, Snapshot snapshot, VtkOptions options)
    {
        SnapshotWriter.Write(snapshot, folder["s.h5"]);
        VtkExport.Export(folder["s.h5"], options: options);
        return VtkTests.Image(Directory.GetFiles(folder["vtk"], "*.vt?")
            .Single(path => !path.EndsWith(".pvd", StringComparison.Ordinal)));
    }

    private static double[] Values(XElement header, byte[] data, string name) =>
        MemoryMarshal.Cast<byte, double>(Bytes(header, data, name)).ToArray();

    private static int[] Ids(XElement header, byte[] data, string name) =>
        MemoryMarshal.Cast<byte, int>(Bytes(header, data, name)).ToArray();

    private static ReadOnlySpan<byte> Bytes(XElement header, byte[] data, string name)
    {
        var start = (int)header.Descendants("DataArray").Single(array => (string?)array.Attribute("Name") == name)
            .Attribute("offset")!;
        return data.AsSpan(start + 8, (int)BitConverter.ToUInt64(data, start));
    }

    private static (double[] R, double[] Theta, double[] Z) Axes(double angle) =>
        ([Math.Cos(angle), Math.Sin(angle), 0], [-Math.Sin(angle), Math.Cos(angle), 0], [0, 0, 1]);

    private static double Dot(double[] a, ReadOnlySpan<double> b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
