using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Tests.Program;
using MesoLiMg.Tools;
using Xunit.Abstractions;

namespace MesoLiMg.Tests.Files;

public class VtkHdfTests(ITestOutputHelper log)
{
    /// <summary>
    /// Reads a file as VTK does: an array's axes of space are the first axes of WholeExtent that have an extent, the
    /// last one first; before them comes time where there are two steps or more, behind them the components. Prints
    /// what a program sees, and the place of the image's last corner.
    /// </summary>
    private const string AsVtkReads = """
        import h5py, numpy, sys
        root = h5py.File(sys.argv[1], 'r')['VTKHDF']
        kind = root.attrs.get_id('Type')
        print([int(i) for i in root.attrs['Version']], root.attrs['Type'].decode(), kind.get_type().is_variable_str(), kind.get_type().get_cset() == h5py.h5t.CSET_ASCII)
        extent = root.attrs['WholeExtent']
        dimensions = 3 - (extent[5] == extent[4]) - (extent[3] == extent[2])
        steps = root['Steps'].attrs['NSteps'] if 'Steps' in root else 1
        print([int(i) for i in extent], [float(t) for t in root['Steps/Values']])
        for group, more in (('CellData', 0), ('PointData', 1)):
            for name, array in root[group].items():
                space = tuple(int(extent[2 * i + 1]) + more for i in reversed(range(dimensions)))
                lead = 1 if steps > 1 else 0
                assert array.shape[lead:lead + dimensions] == space, (name, array.shape, space)
                assert len(array.shape) - lead - dimensions in (0, 1)
                offsets = list(root[f'Steps/{group}Offsets/{name}']) if lead else []
                assert offsets == list(range(array.shape[0] if lead else 0)), name
                print(f'{group}/{name}', array.dtype, array.shape[lead + dimensions:] or 1)
        far = numpy.array([root.attrs['Spacing'][i] * extent[2 * i + 1] for i in range(3)])
        print(' '.join('%.6g' % c for c in root.attrs['Origin'] + root.attrs['Direction'].reshape(3, 3) @ far), '%.6g' % numpy.linalg.det(root.attrs['Direction'].reshape(3, 3)))
        """;

    [Theory]
    [InlineData("slab", "0, 7, 0, 0, 0, 0", "0 0 1.4e-07")]
    [InlineData("plate", "0, 5, 0, 7, 0, 0", "1e-07 0 1.4e-07")]
    [InlineData("strip", "0, 4, 0, 3, 0, 0", "1.2e-08 0 2.1e-08")]
    [InlineData("film", "0, 3, 0, 4, 0, 5", "3e-08 2.8e-08 1.5e-08")]
    public void AReaderThatGoesAboutItAsVtkDoesFindsEveryArrayAndTheDomainWhereItLies(string name, string extent,
        string corner)
    {
        using var folder = new Scratch();
        var (path, _) = VtkHdfFile.Export([Run(folder, name, 0, 1.0 / 3)]);
        File.WriteAllText(folder["read.py"], AsVtkReads);
        if (Tool.Run("/usr/bin/python3", "-c", "import h5py").Exit != 0)
        {
            log.WriteLine("not checked: there is no h5py (apt-get install python3-h5py)");
            return;
        }
        Assert.Equal((0, $"""
            [2, 0] ImageData False True
            [{extent}] [0.0, 0.3333333333333333]
            CellData/x [-] float64 1
            CellData/von_mises [Pa] float64 1
            CellData/stress [Pa] float64 (6,)
            CellData/flux [mol per (m^2 s)] float64 (3,)
            CellData/grain [-] int32 1
            PointData/displacement [m] float64 (3,)
            {corner} 1

            """), Tool.Run("/usr/bin/python3", folder["read.py"], path));
    }

    [Theory, MemberData(nameof(Samples.Grids), MemberType = typeof(Samples))]
    public void EveryStepHoldsEveryFieldWithoutLoss(string name)
    {
        using var folder = new Scratch();
        var run = Run(folder, name, 0, 1, 2);
        var (path, steps) = VtkHdfFile.Export([run]);
        Assert.Equal((folder["run/vtk/run.vtkhdf"], 3), (path, steps));
        using var file = Hdf5File.OpenRead(path);
        for (var step = 0; step < 3; step++)
        {
            var snapshot = SnapshotReader.Read(RunFolder.SnapshotPath(run, step));
            foreach (var (group, fields) in new[] { ("CellData", snapshot.Cells), ("PointData", snapshot.Nodes) })
                foreach (var field in fields)
                    Assert.Equal(field.Data, Values(file, $"/VTKHDF/{group}/{Name(field)}", step));
        }
    }

    [Fact]
    public void OneStepHasNoAxisOfTime()
    {
        using var folder = new Scratch();
        var run = Run(folder, "film", 0, 1);
        var (path, steps) = VtkHdfFile.Export([RunFolder.SnapshotPath(run, 1)]);
        Assert.Equal(1, steps);
        using var file = Hdf5File.OpenRead(path);
        Assert.False(file.Exists("/VTKHDF/Steps"));
        var x = file.Describe("/VTKHDF/CellData/x [-]");
        Assert.Equal([5L, 4, 3], x.Shape);
        Assert.Equal(SnapshotReader.Read(RunFolder.SnapshotPath(run, 1)).Cells[0].Data, file.Read(x));
    }

    [Fact]
    public void AFieldLargerThanTheBufferIsWhole()
    {
        using var folder = new Scratch();
        var grid = new GridShape(DomainKind.ThreeD, (110, 100, 101), (1e-9, 1e-9, 1e-9));
        for (var step = 0; step < 2; step++)
            SnapshotWriter.Write(OfGrains(grid, step), folder[$"s{step}.h5"]);
        var (path, _) = VtkHdfFile.Export([folder["s1.h5"], folder["s0.h5"]], options: new() { Compress = true });
        using var file = Hdf5File.OpenRead(path);
        for (var step = 0; step < 2; step++)
            Assert.True(((int[])Values(file, "/VTKHDF/CellData/grain [-]", step))
                .SequenceEqual(Enumerable.Range(step, (int)grid.CellCount)));
    }

    [Fact]
    public void CoordinatesAndDisplacementHaveTheUnitAskedForAndOnlyChosenFieldsAreThere()
    {
        using var folder = new Scratch();
        var (path, _) = VtkHdfFile.Export([Run(folder, "film", 0, 1)],
            options: new() { Fields = ["displacement", "x"], Unit = LengthUnit.Nanometre });
        using var file = Hdf5File.OpenRead(path);
        Assert.Equal([10.0, 7, 3], file.GetDoubles("/VTKHDF", "Spacing", 3).Select(h => Math.Round(h, 12)));
        Assert.Equal(["x [-]"], file.List("/VTKHDF/CellData"));
        Assert.Equal(1e9 * (1 + Samples.Linear(10e-9, 0, 0, 1)),
            ((double[])Values(file, "/VTKHDF/PointData/displacement [nm]", 1))[3 + 1], 1e-3);
    }

    [Fact]
    public void ADamagedSnapshotIsPassedOver()
    {
        using var folder = new Scratch();
        var run = Run(folder, "plate", 0, 1, 2);
        var damaged = RunFolder.SnapshotPath(run, 1);
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^10]);
        var notes = new List<string>();
        var (path, steps) = VtkHdfFile.Export([run], notes.Add);
        Assert.Contains("passed over", Assert.Single(notes));
        Assert.Equal(2, steps);
        using var file = Hdf5File.OpenRead(path);
        Assert.Equal(new[] { 0.0, 2 }, file.Read(file.Describe("/VTKHDF/Steps/Values")));
    }

    [Theory]
    [InlineData("--warp: a .vtkhdf holds image data", "--warp", "1")]
    [InlineData("--revolve: a .vtkhdf holds image data", "--revolve")]
    [InlineData("--watch: a .vtkhdf is written when all its steps are there", "--watch")]
    [InlineData("has no field 'von_mise'; did you mean 'von_mises'?", "--fields", "von_mise")]
    public void WhatCannotBeDoneIsBadInputAndNothingIsWritten(string message, params string[] options)
    {
        using var folder = new Scratch();
        var run = Run(folder, "plate", 0);
        var (exit, _, errors) = ProgramRun.Call(["export", run, "--format", "vtkhdf", .. options]);
        Assert.Equal(2, exit);
        Assert.Contains(message, Assert.Single(errors.Trim().Split('\n')));
        Assert.Equal([RunFolder.SnapshotPath(run, 0)], folder.Files);
    }

    [Fact]
    public void SnapshotsThatDoNotGoTogetherAreRefused()
    {
        using var folder = new Scratch();
        SnapshotWriter.Write(Samples.Snapshot(Samples.Plate), folder["a.h5"]);
        SnapshotWriter.Write(Samples.Snapshot(Samples.Film), folder["b.h5"]);
        SnapshotWriter.Write(OfGrains(Samples.Plate, 0), folder["c.h5"]);
        var run = Run(folder, "plate", 0);
        Assert.Contains("has another grid than", Refused(folder["a.h5"], folder["b.h5"]));
        Assert.Contains("has other fields than", Refused(folder["a.h5"], folder["c.h5"]));
        Assert.Contains("one .vtkhdf holds one run", Refused(folder["a.h5"], RunFolder.SnapshotPath(run, 0)));
        Assert.Contains("--format vtk: expected xml or vtkhdf",
            ProgramRun.Call("export", run, "--format", "vtk").Errors);
    }

    private static Snapshot OfGrains(GridShape grid, int step) => new()
    {
        Grid = grid,
        Time = step,
        Step = step,
        CaseText = "",
        ProgramVersion = "",
        Commit = "",
        Device = "",
        Host = "",
        Command = "",
        Cells = [new("grain", "1", "", 1, Enumerable.Range(step, (int)grid.CellCount).ToArray())],
        Nodes = [],
        Boundary = [],
        State = [],
    };

    private static string Refused(params string[] paths) =>
        Assert.Throws<InputException>(() => VtkHdfFile.Export(paths)).Message;

    private static string Name(SnapshotField field) =>
        $"{field.Name} [{(field.Unit == "1" ? "-" : field.Unit.Replace("/", " per "))}]";

    private static Array Values(Hdf5File file, string path, int step)
    {
        var dataset = file.Describe(path);
        var count = dataset.Count / dataset.Shape[0];
        Array values = dataset.IsInteger ? new int[count] : new double[count];
        file.Read(dataset, step, 1, values);
        return values;
    }

    private static string Run(Scratch folder, string grid, params double[] times)
    {
        var run = folder["run"];
        Directory.CreateDirectory(Path.Combine(run, "snapshots"));
        foreach (var (step, time) in times.Index())
            SnapshotWriter.Write(Samples.Snapshot(Samples.Grid(grid), (x, y, z, c) => step + Samples.Linear(x, y, z, c),
                step, time), RunFolder.SnapshotPath(run, step));
        return run;
    }
}
