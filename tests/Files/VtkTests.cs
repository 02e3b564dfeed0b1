using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tools;
using Xunit;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Files;

public class VtkTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData("slab", "0 0 0 0 0 7")]
    [InlineData("plate", "0 5 0 0 0 7")]
    [InlineData("strip", "0 4 0 0 0 3")]
    [InlineData("film", "0 3 0 4 0 5")]
    public void AnAxisThatTheDomainLacksHasNoExtent(string name, string extent)
    {
        using var folder = new Scratch();
        var (header, _) = Image(Export(folder, Samples.Snapshot(Samples.Grid(name))));
        Assert.Equal(extent, (string?)header.Element("ImageData")!.Attribute("WholeExtent"));
        Assert.Equal(extent, (string?)header.Descendants("Piece").Single().Attribute("Extent"));
    }

    [Theory, MemberData(nameof(Samples.Grids), MemberType = typeof(Samples))]
    public void TheImageHoldsEveryFieldWithoutLoss(string name)
    {
        using var folder = new Scratch();
        var snapshot = Samples.Snapshot(Samples.Grid(name));
        var (header, data) = Image(Export(folder, snapshot));
        var arrays = header.Descendants("CellData").Elements().Concat(header.Descendants("PointData").Elements())
            .ToList();
        Assert.Equal(
            ["x [-]", "von_mises [Pa]", "stress [Pa]", "flux [mol/(m^2 s)]", "grain [-]", "displacement [m]"],
            arrays.Select(array => (string)array.Attribute("Name")!));
        foreach (var (array, field) in arrays.Zip(snapshot.Cells.Concat(snapshot.Nodes)))
        {
            var start = (int)array.Attribute("offset")!;
            var bytes = (int)BitConverter.ToUInt64(data, start);
            var values = data.AsSpan(start + 8, bytes);
            Assert.Equal(field.Components, (int)array.Attribute("NumberOfComponents")!);
            if (field.Data is int[] ids)
                Assert.Equal(ids, MemoryMarshal.Cast<byte, int>(values).ToArray());
            else
                Assert.Equal((double[])field.Data, MemoryMarshal.Cast<byte, double>(values).ToArray());
        }
    }

    [Fact]
    public void AFieldLargerThanTheBufferIsWhole()
    {
        using var folder = new Scratch();
        var grid = new GridShape(DomainKind.ThreeD, (110, 100, 101), (1e-9, 1e-9, 1e-9));
        var ids = Enumerable.Range(0, (int)grid.CellCount).ToArray();
        var (_, data) = Image(Export(folder, new()
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
        }));
        Assert.True(MemoryMarshal.Cast<byte, int>(data.AsSpan(8)).SequenceEqual(ids));
    }

    [Fact]
    public void TensorsAndVectorsNameTheirComponentsInVtksOrder()
    {
        using var folder = new Scratch();
        var (header, _) = Image(Export(folder, Samples.Snapshot(Samples.Plate)));
        string Names(string array) =>
            string.Join(' ', header.Descendants("DataArray").Single(entry => (string?)entry.Attribute("Name") == array)
            .Attributes().Where(attribute =>
                attribute.Name.LocalName.StartsWith("ComponentName", StringComparison.Ordinal))
                .Select(attribute => attribute.Value));
        Assert.Equal("XX YY ZZ XY YZ XZ", Names("stress [Pa]"));
        Assert.Equal("X Y Z", Names("flux [mol/(m^2 s)]"));
        Assert.Equal("X Y Z", Names("displacement [m]"));
    }

    [Fact]
    public void TheCollectionNamesTheImagesRelativelyWithAllDigitsOfTheirTimes()
    {
        using var folder = new Scratch();
        double[] times = [0, 1.0 / 3, 1e-9 + 2];
        var run = Run(folder, "a & b", times);
        var collection = VtkExport.Export(run);
        Assert.Equal(Path.Combine(run, "vtk", "a & b.pvd"), collection);
        var entries = XDocument.Load(collection).Descendants("DataSet").ToList();
        Assert.Equal(["a & b_00000000.vti", "a & b_00000001.vti", "a & b_00000002.vti"],
            entries.Select(entry => (string)entry.Attribute("file")!));
        Assert.Equal(times, entries.Select(
            entry => double.Parse((string)entry.Attribute("timestep")!, CultureInfo.InvariantCulture)));
        Assert.NotEqual(0xEF, File.ReadAllBytes(collection)[0]); // No byte order mark, which some readers stumble over.
    }

    [Fact]
    public void TheCollectionIsValidAfterEveryStep()
    {
        using var folder = new Scratch();
        var run = Run(folder, "plate", [0, 1, 2]);
        var seen = 0;
        VtkExport.Export(run, _ =>
        {
            var entries = XDocument.Load(Path.Combine(run, "vtk", "plate.pvd")).Descendants("DataSet").ToList();
            Assert.Equal(++seen, entries.Count);
            Assert.All(entries, entry =>
                Assert.True(File.Exists(Path.Combine(run, "vtk", (string)entry.Attribute("file")!))));
        });
        Assert.Equal(3, seen);
    }

    [Fact]
    public void ASingleSnapshotJoinsTheCollection()
    {
        using var folder = new Scratch();
        var run = Run(folder, "plate", [0, 1, 2]);
        VtkExport.Export(RunFolder.SnapshotPath(run, 2));
        VtkExport.Export(RunFolder.SnapshotPath(run, 0));
        Assert.Equal(["plate_00000000.vti", "plate_00000002.vti"],
            XDocument.Load(Path.Combine(run, "vtk", "plate.pvd")).Descendants("DataSet")
                .Select(entry => (string)entry.Attribute("file")!));
    }

    [Fact]
    public void AFolderWithoutSnapshotsIsRefused()
    {
        using var folder = new Scratch();
        Assert.Contains("holds no snapshots",
            Assert.Throws<InputException>(() => VtkExport.Export(folder.Path)).Message);
    }

    [Fact]
    public void ParaViewReadsTimesRangesAndComponentNames()
    {
        const string script = """
            import sys
            from paraview.simple import *
            reader = PVDReader(FileName=sys.argv[1])
            reader.UpdatePipeline(reader.TimestepValues[-1])
            data = reader.GetDataInformation()
            print(list(reader.TimestepValues), data.GetDataSetTypeAsString(), list(data.GetExtent()))
            for name, arrays in (('stress [Pa]', reader.CellData), ('grain [-]', reader.CellData), ('displacement [m]', reader.PointData)):
                array = arrays[name]
                count = array.GetNumberOfComponents()
                print(name, [array.GetComponentName(i) for i in range(count)], '%.6g %.6g' % array.GetRange(count - 1))
            """;
        using var folder = new Scratch();
        var collection = VtkExport.Export(Run(folder, "plate", [0, 1.0 / 3]));
        File.WriteAllText(folder["read.py"], script);
        var (exit, output) = Tool.Run("pvpython", folder["read.py"], collection);
        if (exit == Tool.Missing)
        {
            log.WriteLine("not checked: there is no pvpython (apt-get install paraview)");
            return;
        }
        string Range(int component, double x0, double x1, double z0, double z1) =>
            string.Create(CultureInfo.InvariantCulture,
            $"{Samples.Linear(x0, 0, z0, component):G6} {Samples.Linear(x1, 0, z1, component):G6}");
        Assert.Equal((0, $"""
            [0.0, 0.3333333333333333] vtkImageData [0, 5, 0, 0, 0, 7]
            stress [Pa] ['XX', 'YY', 'ZZ', 'XY', 'YZ', 'XZ'] {Range(5, 0.5 * 20e-9, 4.5 * 20e-9, 0.5 * 20e-9,
              6.5 * 20e-9)}
            grain [-] [''] 0 34
            displacement [m] ['X', 'Y', 'Z'] {Range(2, 0, 5 * 20e-9, 0, 7 * 20e-9)}

            """), (exit, output));
    }

    private static string Run(Scratch folder, string name, double[] times)
    {
        var run = folder[name];
        Directory.CreateDirectory(Path.Combine(run, "snapshots"));
        foreach (var (time, step) in times.Select((time, step) => (time, step)))
            SnapshotWriter.Write(Samples.Snapshot(Samples.Plate, step: step, time: time),
                RunFolder.SnapshotPath(run, step));
        return run;
    }

    private static string Export(Scratch folder, Snapshot snapshot)
    {
        SnapshotWriter.Write(snapshot, folder["s.h5"]);
        VtkExport.Export(folder["s.h5"]);
        return Directory.GetFiles(folder["vtk"], "*.vti").Single();
    }

    /// <summary>The XML of an image and the bytes behind the underscore.</summary>
    internal static (XElement Header, byte[] Data) Image(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var mark = "<AppendedData encoding=\"raw\">\n_"u8;
        var start = bytes.AsSpan().IndexOf(mark) + mark.Length;
        var tail = "\n  </AppendedData>\n</VTKFile>\n"u8;
        Assert.True(bytes.AsSpan().EndsWith(tail));
        var header = XElement.Parse(Encoding.UTF8.GetString(bytes, 0, start) + "</AppendedData></VTKFile>");
        return (header, bytes[start..^tail.Length]);
    }
}
