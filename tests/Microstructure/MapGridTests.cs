using MesoLiMg.Studies.Sweeps;
using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Grain maps on grids of other cells: finer ones repeat voxels, other proportions are said, and what does not
/// fit is refused before anything is run.</summary>
public sealed class MapGridTests : IDisposable
{
    private const string Film = """
        domain: { kind: 3d, size: [40 nm, 20 nm, 20 nm], cells: [4, 2, 2], lateral: periodic }
        coupling: none
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.01 s } } ]
        solver: { time_step: 5 ms }
        microstructure: { kind: file, file: grains.raw, diffusivity: [1e-15 m^2/s, 2e-15 m^2/s] }
        """;

    private readonly ProgramRun run = new();

    public MapGridTests() => File.WriteAllBytes(run["grains.raw"], [1, 1, 2, 3, 1, 1, 2, 3, 4, 4, 2, 3, 4, 4, 2, 3]);

    [Fact]
    public void Converge_repeats_the_voxels_of_a_map_on_every_level()
    {
        Assert.Equal(0, ProgramRun.Call("converge", run.Write("film.yaml", Film), "-o", run["out"]).Exit);
        var coarse = Grains("out/level_1", out var nx);
        Assert.Equal((4, 16), (nx, coarse.Length));
        for (var level = 1; level <= 3; level++)
        {
            var (fine, times) = (Grains($"out/level_{level}", out nx), 1 << (level - 1));
            Assert.Equal(4 * times, nx);
            var ny = 2 * times;
            for (var cell = 0; cell < fine.Length; cell++)
            {
                var (x, y, z) = (cell % nx / times, cell / nx % ny / times, cell / nx / ny / times);
                Assert.Equal(coarse[x + 4 * (y + 2 * z)], fine[cell]);
            }
        }
    }

    [Fact]
    public void A_sweep_takes_cells_that_are_whole_multiples_and_refuses_others_before_anything_is_run()
    {
        var file = run.Write("film.yaml", Film.Replace("file: grains.raw", "file: grains.raw, voxels: [4, 2, 2]"));
        Assert.Equal(2, SweepPlan.Read(file, [], [Variation.Parse("domain.cells=[4, 2, 2],[8, 2, 6]")]).Points.Count);
        var (exit, _, errors) =
            ProgramRun.Call("sweep", file, "-o", run["out"], "--vary", "domain.cells=[4, 2, 2],[6, 2, 2]");
        Assert.Equal(2, exit);
        Assert.Equal(
            $"{file}:5: microstructure.voxels: domain.cells, 6 x 2 x 2, are no whole multiples of 4 x 2 x 2 voxels "
            + "(point domain.cells=[6, 2, 2])", errors.Trim());
        Assert.False(Directory.Exists(run["out"]));
    }

    [Theory]
    [InlineData("[8, 4, 4]", true)]
    [InlineData("[8, 2, 2]", true)]
    [InlineData("[6, 2, 2]", false)]
    [InlineData("[2, 2, 2]", false)]
    public void A_file_that_says_its_voxels_fits_whole_multiples_of_them(string cells, bool fits)
    {
        using (var map = Hdf5File.Create(run["grains.h5"]))
        {
            map.Write("/ids", File.ReadAllBytes(run["grains.raw"]).Select(id => (int)id).ToArray(), [2, 2, 4], 0);
            map.Close();
        }
        var file = run.Write("film.yaml", Film.Replace("file: grains.raw", "file: grains.h5, dataset: ids"));
        string[] call = ["sweep", file, "-o", run["out"], "--vary", $"domain.cells={cells}"];
        if (fits)
        {
            Assert.Single(SweepPlan.Read(file, [], [Variation.Parse(call[^1])]).Points);
            return;
        }
        var (exit, _, errors) = ProgramRun.Call(call);
        Assert.Equal(2, exit);
        Assert.StartsWith(
            $"{file}:5: microstructure.file: {run["grains.h5"]}: /ids has the shape (2, 2, 4), the grid has (2, 2, "
            + $"{cells[1]}) cells (nz, ny, nx); expected as many, or cells that are whole multiples", errors);
        Assert.False(Directory.Exists(run["out"]));
    }

    [Fact]
    public void Converge_refuses_a_map_that_does_not_fit_before_anything_is_run()
    {
        var (exit, _, errors) =
            ProgramRun.Call("converge", run.Write("film.yaml", Film), "-o", run["out"], "--set",
            "domain.cells=[4, 2, 3]");
        Assert.Equal(2, exit);
        Assert.Contains(
            "has 16 bytes, which are not 1, 2, 4 or 8 for each of the 24 cells; a map that is coarser than the grid "
            + "needs microstructure.voxels", errors);
        Assert.False(Directory.Exists(run["out"]));
    }

    [Theory]
    [InlineData("1 1 1", null)]
    [InlineData("0.5 0.5 0.5", null)]
    [InlineData("1 1 5",
        "its map is 4 x 2 x 10 in its own unit, the domain 40 x 20 x 20 nm: grains are drawn to other proportions; 40 "
        + "x 20 x 100 nm would keep them")]
    public void A_map_of_other_proportions_than_the_domain_is_warned_of(string spacing, string? expected)
    {
        run.Write("grains.vti", $"""
            <VTKFile type="ImageData"><ImageData WholeExtent="0 4 0 2 0 2" Spacing="{spacing}">
            <Piece Extent="0 4 0 2 0 2"><CellData><DataArray type="Int32" Name="FeatureIds" format="ascii">
            {string.Join(" ", Enumerable.Repeat(1, 16))}</DataArray></CellData></Piece></ImageData></VTKFile>
            """);
        AssertWarned("grains.vti", expected);
    }

    [Theory]
    [InlineData(1.0, null)]
    [InlineData(2.0, "its map is 4 x 2 x 4 in its own unit")]
    public void Neper_and_both_layouts_of_DREAM3D_say_how_large_voxels_are(double height, string? expected)
    {
        run.Write("grains.tesr",
            $"***tesr **format 2.2 **general 3 4 2 2 1 1 {height} **data ascii "
            + $"{string.Join(" ", Enumerable.Repeat(1, 16))} ***end");
        AssertWarned("grains.tesr", expected);
        foreach (var isNew in new[] { false, true })
        {
            Dream3D(isNew, height, [4, 2, 2]);
            AssertWarned("grains.dream3d", expected);
        }
    }

    [Fact]
    public void Dimensions_of_DREAM3D_that_contradict_its_ids_are_refused()
    {
        foreach (var isNew in new[] { false, true })
        {
            Dream3D(isNew, 1, [2, 2, 4]);
            Assert.EndsWith("says DIMENSIONS 2 x 2 x 4 (x, y, z), but "
                + (isNew ? "/DataStructure" : "/DataContainers")
                + "/Image/Cells/FeatureIds has 4 x 2 x 2 voxels; it is damaged or was made by hand",
                Assert.Throws<InputException>(() => Read("grains.dream3d")).Message);
        }
    }

    public void Dispose() => run.Dispose();

    private int[] Grains(string folder, out int nx)
    {
        var snapshot = SnapshotReader.Read(RunFolder.Snapshots(run[folder])[^1]);
        nx = snapshot.Grid.Cells.X;
        return (int[])snapshot.Cells.First(field => field.Name == "grain").Data;
    }

    private void Dream3D(bool isNew, double height, int[] dimensions)
    {
        var container = isNew ? "/DataStructure/Image" : "/DataContainers/Image";
        using var file = Hdf5File.Create(run["grains.dream3d"]);
        foreach (var group in new[] { Path.GetDirectoryName(container)!, container, $"{container}/Cells" })
            file.CreateGroup(group);
        file.Write($"{container}/Cells/FeatureIds", Enumerable.Repeat(1, 16).ToArray(), [2, 2, 4, 1], 0);
        if (isNew)
        {
            file.SetAttribute(container, "_DIMENSIONS", [.. dimensions.Select(n => (long)n)]);
            file.SetAttribute(container, "_SPACING", [1.0, 1.0, height]);
        }
        else
        {
            file.CreateGroup($"{container}/_SIMPL_GEOMETRY");
            file.Write($"{container}/_SIMPL_GEOMETRY/DIMENSIONS", dimensions, [3], 0);
            file.Write($"{container}/_SIMPL_GEOMETRY/SPACING", new[] { 1.0, 1.0, height }, [3], 0);
        }
        file.Close();
    }

    private void AssertWarned(string name, string? expected)
    {
        var warnings = Read(name).Warnings;
        if (expected is null)
            Assert.Empty(warnings);
        else
            Assert.StartsWith($"a.yaml:5: microstructure.file: {run[name]}: {expected}", Assert.Single(warnings));
    }

    private GrainMap Read(string name)
    {
        var document = CaseText.Parse(Film.Replace("grains.raw", $"'{run[name]}'"));
        return GrainFile.Of(document.Case, document.Where)!;
    }
}
