using System.Globalization;
using System.Text.Json;
using MesoLiMg.IO;
using MesoLiMg.Tests.Program;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Files;

/// <summary>Real runs as ParaView and VTK's own XML readers see them, where <c>pvpython</c> is installed.</summary>
public class ParaViewTests(ITestOutputHelper log)
{
    private const string Common = """

        initial: { x: 0.02 }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]
        solver: { time_step: 0.03 s }
        """;

    private static readonly (string Name, string Case, string[] Export, string Type, string Extent)[] Runs =
    [
        ("film", """
            domain: { kind: 3d, size: [60 nm, 50 nm, 40 nm], cells: [6, 5, 4] }
            microstructure: { kind: columnar, grain_size: 30 nm, seed: 3 }
            interfaces: { se: { law: bonded } }
            """, [], "vtkImageData", "0 6 0 5 0 4"),
        ("strip", "domain: { kind: plane-strain, size: [60 nm, 40 nm], cells: [6, 4] }\ninterfaces: { se: { law: "
            + "bonded } }", [], "vtkImageData", "0 6 0 0 0 4"),
        ("slab", "domain: { kind: slab, height: 140 nm, cells: [7] }", [], "vtkImageData", "0 0 0 0 0 7"),
        ("plate", "domain: { kind: axisymmetric, radius: 50 nm, height: 40 nm, cells: [5, 4] }\ninterfaces: { se: { "
            + "law: bonded } }", [], "vtkImageData", "0 5 0 0 0 4"),
        ("turned", "domain: { kind: axisymmetric, radius: 50 nm, height: 40 nm, cells: [5, 4] }\ninterfaces: { se: { "
            + "law: bonded } }", ["--revolve", "8"], "vtkStructuredGrid", "0 5 0 8 0 4"),
    ];

    /// <summary>
    /// Prints for each collection what ParaView reads at its last time, whether VTK's reader finds the same in the file
    /// itself, and the invariants of the stress tensors that VTK makes of six components: VTK's tensor glyph turns and
    /// stretches three unit vectors by the tensor of a cell (in single precision). Filters for invariants are not part
    /// of Debian's ParaView 5.11.
    /// </summary>
    private const string Script = """
        import json, os, sys
        import numpy as np
        import vtk
        from paraview.simple import PVDReader
        from vtkmodules.util.numpy_support import vtk_to_numpy

        def tensors(data, name):
            units, points, centres = vtk.vtkPolyData(), vtk.vtkPoints(), vtk.vtkCellCenters()
            for unit in np.eye(3):
                points.InsertNextPoint(unit)
            units.SetPoints(points)
            centres.SetInputData(data)
            centres.Update()
            there = centres.GetOutput()
            there.GetPointData().SetActiveTensors(name)
            scale = 1 / np.abs(vtk_to_numpy(there.GetPointData().GetArray(name))).max()
            glyph = vtk.vtkTensorGlyph()
            glyph.SetInputData(there)
            glyph.SetSourceData(units)
            glyph.ExtractEigenvaluesOff()
            glyph.ColorGlyphsOff()
            glyph.SetScaleFactor(scale)
            glyph.Update()
            ends = vtk_to_numpy(glyph.GetOutput().GetPoints().GetData()).reshape(-1, 3, 3).astype(float)
            return (ends - vtk_to_numpy(there.GetPoints().GetData())[:, None, :]) / scale

        def names(array):
            return [array.GetComponentName(i) or '' for i in range(array.GetNumberOfComponents())]

        def ranges(array):
            return [list(array.GetRange(i)) for i in range(array.GetNumberOfComponents())]

        for path in sys.argv[1:]:
            reader = PVDReader(FileName=path)
            times = list(reader.TimestepValues)
            reader.UpdatePipeline(times[-1])
            info = reader.GetDataInformation()
            arrays = {name: (names(a), ranges(a)) for group in (reader.CellData, reader.PointData) for name,
              a in group.items()}
            last = max(f for f in os.listdir(os.path.dirname(path)) if f.endswith(('.vti', '.vts')))
            xml = vtk.vtkXMLImageDataReader() if last.endswith('.vti') else vtk.vtkXMLStructuredGridReader()
            xml.SetFileName(os.path.join(os.path.dirname(path), last))
            xml.Update()
            data = xml.GetOutput()
            groups = (data.GetCellData(), data.GetPointData())
            same = {g.GetArrayName(i): (names(g.GetArray(i)),
              ranges(g.GetArray(i))) for g in groups for i in range(g.GetNumberOfArrays())} == arrays
            t = tensors(data, 'stress [Pa]')
            deviator = t - np.trace(t, axis1=1, axis2=2)[:, None, None] * np.eye(3) / 3
            mises = np.sqrt(1.5 * (deviator ** 2).sum(axis=(1, 2)))
            print(json.dumps(dict(times=times, type=info.GetDataSetTypeAsString(), extent=' '.join(map(str, info.GetExtent())), arrays=arrays, same=same,
                mises=list(mises), third=[vtk.vtkMath.Determinant3x3(list(a)) for a in t.tolist()])))
        """;

    [Fact, Trait("Category", "Slow")]
    public void RunsOpenWithTheirTimesRangesAndComponentsAndVtksInvariantsOfTheStressAreOurs()
    {
        if (Tool.Run("pvpython", "--version").Exit == Tool.Missing)
        {
            log.WriteLine("not checked: there is no pvpython (apt-get install paraview)");
            return;
        }
        using var folder = new Scratch();
        var collections = Runs.Select(run => Export(folder, run.Name, run.Case, run.Export)).ToArray();
        File.WriteAllText(folder["read.py"], Script);
        var (exit, output) = Tool.Run("pvpython", [folder["read.py"], .. collections]);
        Assert.True(exit == 0, output);
        foreach (var (run, line) in Runs.Zip(output.Trim().Split('\n')))
        {
            using var seen = JsonDocument.Parse(line);
            AssertSeen(run.Name, seen.RootElement, folder[run.Name], (run.Type, run.Extent),
                turned: run.Export.Length > 0);
        }
    }

    private static string Export(Scratch folder, string name, string text, string[] options)
    {
        File.WriteAllText(folder[$"{name}.yaml"], text + Common);
        Assert.Equal((0, ""), ProgramRun.Call("run", folder[$"{name}.yaml"], "-o", folder[name], "--threads", "1")
            is var (ran, _, reason) ? (ran, reason) : default);
        Assert.Equal((0, ""), ProgramRun.Call(["export", folder[name], .. options]) is var (exit, _, errors)
            ? (exit, errors) : default);
        return Path.Combine(folder[name], "vtk", $"{name}.pvd");
    }

    private static void AssertSeen(string name, JsonElement seen, string run, (string Type, string Extent) shape,
        bool turned)
    {
        var snapshots = RunFolder.Snapshots(run).Select(SnapshotReader.Read).ToList();
        var last = snapshots[^1];
        Assert.Equal(snapshots.Select(s => s.Time), seen.GetProperty("times").EnumerateArray()
            .Select(t => t.GetDouble()));
        Assert.Equal(shape, (seen.GetProperty("type").GetString(), seen.GetProperty("extent").GetString()));
        Assert.True(seen.GetProperty("same").GetBoolean(), $"{name}: VTK's reader finds something else than ParaView");
        var arrays = seen.GetProperty("arrays");
        foreach (var field in last.Cells.Concat(last.Nodes))
        {
            var array = arrays.GetProperty($"{field.Name} [{(field.Unit == "1" ? "-" : field.Unit)}]");
            string[] names = field.Components switch
            {
                3 => ["X", "Y", "Z"],
                6 => ["XX", "YY", "ZZ", "XY", "YZ", "XZ"],
                _ => [""]
            };
            Assert.Equal(names, array[0].EnumerateArray().Select(n => n.GetString()));
            // In a turned plate only Z and ZZ keep their values.
            foreach (var c in turned && field.Components > 1 ? [2] : Enumerable.Range(0, field.Components))
                Assert.Equal(Range(field, c), (array[1][c][0].GetDouble(), array[1][c][1].GetDouble()));
        }
        AssertInvariants(name, seen, last, turned ? 8 : 1);
    }

    /// <summary>
    /// The second invariant of VTK's tensors is our von Mises stress, the third that of the snapshot's components as
    /// docs/files.md orders them.
    /// </summary>
    private static void AssertInvariants(string name, JsonElement seen, Snapshot last, int around)
    {
        var stress = (double[])last.Cells.Single(f => f.Name == "stress").Data;
        var mises = (double[])last.Cells.Single(f => f.Name == "von_mises").Data;
        var (second, third, scale) = (Numbers(seen, "mises"), Numbers(seen, "third"), stress.Max(Math.Abs));
        Assert.True(scale > 1e6 && second.Length == mises.Length * around, name);
        for (var i = 0; i < second.Length; i++)
        {
            // Turned: the radius first, then the angle, then z.
            var cell = i / (last.Grid.Cells.X * around) * last.Grid.Cells.X + i % last.Grid.Cells.X;
            Assert.Equal(mises[cell] / scale, second[i] / scale, 1e-6);
            Assert.Equal(Determinant(stress.AsSpan(6 * cell, 6), scale), third[i] / (scale * scale * scale), 1e-6);
        }
    }

    private static double Determinant(ReadOnlySpan<double> s, double scale)
    {
        var (xx, yy, zz, xy, yz, xz) = (s[0] / scale, s[1] / scale, s[2] / scale, s[3] / scale, s[4] / scale,
            s[5] / scale);
        return xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
    }

    private static (double, double) Range(SnapshotField field, int component)
    {
        var values = field.Data.Cast<object>().Where((_, i) => i % field.Components == component)
            .Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture)).ToList();
        return (values.Min(), values.Max());
    }

    private static double[] Numbers(JsonElement seen, string name) =>
        [.. seen.GetProperty(name).EnumerateArray().Select(n => n.GetDouble())];
}
