using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;
using MesoLiMg.Tools;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Grains from files of this program and of others.</summary>
public sealed class GrainFileTests : IDisposable
{
    private const string Domain = "domain: { kind: 3d, size: [40 nm, 30 nm, 20 nm], cells: [4, 3, 2] }\n";
    private static readonly Provenance Nobody = new("", "", "", "", "", "");
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(".h5")]
    [InlineData(".vti")]
    public void What_the_program_writes_it_reads_back(string extension)
    {
        var document = CaseText.Parse(Domain + "microstructure: { kind: equiaxed, grains: 6 }");
        var made = GrainFile.Of(document.Case)!;
        var path = Path.Combine(folder.Path, "grains.h5");
        SnapshotWriter.Write(GrainSnapshot.Of(made, document.Case, Nobody), path);
        using (var snapshot = SnapshotFile.Open(path))
            VtkFile.Write(snapshot, Path.ChangeExtension(path, ".vti"));
        Assert.Equal(made.Grain, Read(Path.ChangeExtension(path, extension)).Grain);
    }

    [Fact]
    public void DREAM3D_files_give_ids_and_Euler_angles_of_features()
    {
        var path = Path.Combine(folder.Path, "a.dream3d");
        using (var file = Hdf5File.Create(path))
        {
            foreach (var group in new[] { "/DataContainers", "/DataContainers/Image", "/DataContainers/Image/Cells",
                "/DataContainers/Image/Grains" })
                file.CreateGroup(group);
            file.Write("/DataContainers/Image/Cells/FeatureIds", Enumerable.Range(0, 24).Select(i => i % 2 == 0 ? 1 : 2)
                .ToArray(), [2, 3, 4, 1], 0);
            file.Write("/DataContainers/Image/Grains/AvgEulerAngles",
                new double[] { 0, 0, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6 }, [3, 3], 0);
            file.Close();
        }
        var grains = Read(path);
        Assert.Equal([1, 2, 1, 2], grains.Grain[..4]);
        Assert.Equal(0.5, grains.Orientations[1].Euler().Phi, 1e-14);
        Assert.Equal(0.3, grains.Orientations[0].Euler().Phi2, 1e-14);
    }

    [Fact]
    public void DREAM3D_files_with_angles_of_cells_give_each_grain_those_of_its_first_cell()
    {
        var path = Path.Combine(folder.Path, "a.dream3d");
        using (var file = Hdf5File.Create(path))
        {
            foreach (var group in new[] { "/DataContainers", "/DataContainers/Image", "/DataContainers/Image/Cells" })
                file.CreateGroup(group);
            file.Write("/DataContainers/Image/Cells/FeatureIds", Enumerable.Range(0, 24).Select(i => i < 12 ? 3 : 8)
                .ToArray(), [2, 3, 4, 1], 0);
            file.Write("/DataContainers/Image/Cells/EulerAngles", Enumerable.Range(0, 72)
                .Select(i => i < 36 ? 0.25 : 0.5).ToArray(), [2, 3, 4, 3], 0);
            file.Close();
        }
        Assert.Equal(0.5, Read(path).Orientations[1].Euler().Phi, 1e-14);
        Assert.Equal(2, Read(path).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Raw_integers_are_read_by_their_size(int bytes)
    {
        var path = Path.Combine(folder.Path, "grains.raw");
        File.WriteAllBytes(path,
            [.. Enumerable.Range(0, 24).SelectMany(i => BitConverter.GetBytes((long)(i % 5)).Take(bytes))]);
        var grains = Read(path);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => i % 5), grains.Grain);
        Assert.Equal(4, grains.Count);
    }

    [Theory]
    [InlineData("ascii", "", "1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6 1 2 3 4 5 6")]
    [InlineData("binary", "", "GAAAAAECAwQFBgECAwQFBgECAwQFBgECAwQFBg==")]
    [InlineData("binary", " compressor=\"vtkZLibDataCompressor\"", "zlib")]
    public void Image_data_is_read_in_the_formats_that_VTK_writes(string format, string compressor, string data)
    {
        if (data == "zlib")
            data = Compressed([.. Enumerable.Range(0, 24).Select(i => (byte)(1 + i % 6))]);
        var path = Path.Combine(folder.Path, "a.vti");
        File.WriteAllText(path, $"""
            <?xml version="1.0"?>
            <VTKFile type="ImageData" version="0.1" byte_order="LittleEndian" header_type="UInt32"{compressor}>
              <ImageData WholeExtent="0 4 0 3 0 2"><Piece Extent="0 4 0 3 0 2"><CellData>
                <DataArray type="UInt8" Name="FeatureIds" format="{format}">{data}</DataArray>
              </CellData></Piece></ImageData>
            </VTKFile>
            """);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => 1 + i % 6), Read(path).Grain);
    }

    [Theory]
    [InlineData("a.raw", "has 7 bytes, which are not 1, 2, 4 or 8 for each of the 24 cells")]
    [InlineData("a.vti", "is no VTK image data that can be read")]
    [InlineData("a.h5", "is not an HDF5 file")]
    public void A_file_that_does_not_fit_is_refused(string name, string expected)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, [1, 2, 3, 4, 5, 6, 7]);
        Assert.Contains(expected, Assert.Throws<InputException>(() => Read(path)).Message);
    }

    [Fact]
    public void Another_grid_or_no_grain_is_refused()
    {
        var path = Path.Combine(folder.Path, "a.h5");
        using (var file = Hdf5File.Create(path))
        {
            file.Write("/wide", new int[30], [2, 3, 5], 0);
            file.Write("/none", new int[24], [2, 3, 4], 0);
            file.Write("/real", Enumerable.Repeat(1.5, 24).ToArray(), [2, 3, 4], 0);
            file.Close();
        }
        Assert.Contains("/wide has the shape (2, 3, 5), the grid has (2, 3, 4) cells (nz, ny, nx)",
            Assert.Throws<InputException>(() => Read(path, ", dataset: /wide")).Message);
        Assert.EndsWith("all grain ids are zero",
            Assert.Throws<InputException>(() => Read(path, ", dataset: /none")).Message);
        Assert.EndsWith("/real: voxel 0 holds 1.5, expected whole numbers as grain ids",
            Assert.Throws<InputException>(() => Read(path, ", dataset: /real")).Message);
        Assert.EndsWith("name the dataset of grain ids in microstructure.dataset",
            Assert.Throws<InputException>(() => Read(path)).Message);
    }

    [Fact]
    public void Properties_of_grains_reach_their_cells_and_regions_lie_over_them()
    {
        const string text = """
            domain: { kind: plane-strain, size: [40 nm, 40 nm], cells: [4, 4] }
            coupling: none
            microstructure: { kind: layers, grains: 4, diffusivity: [1e-11 cm^2/s, 2e-11 cm^2/s] }
            regions: [ { to: [40 nm, 10 nm], phase: 1 } ]
            """;
        using var run = CaseRun.OfText(text);
        var materials = run.Simulation.Materials;
        Assert.Equal([0, 2, 3, 4], Enumerable.Range(0, 4).Select(z => materials.Grain[4 * z]));
        var d = run.Simulation.Device.Download(run.Simulation.Diffusion.Film.Faces.AcrossSurface);
        Assert.Equal([0, 2e-15, 1e-15, 2e-15], Enumerable.Range(0, 4)
            .Select(z => d[run.Simulation.Grid.Layout.Index(1, 0, z)]));
    }

    public void Dispose() => folder.Dispose();

    private static GrainMap Read(string path, string more = "") =>
        GrainFile.Of(CaseText.Parse(Domain + $"microstructure: {{ kind: file, file: '{path}'{more} }}").Case)!;

    /// <summary>VTK's header and blocks of zlib, each in base64.</summary>
    private static string Compressed(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Optimal,
            leaveOpen: true))
            zlib.Write(data);
        int[] header = [1, data.Length, 0, (int)packed.Length];
        return Convert.ToBase64String(header.SelectMany(BitConverter.GetBytes).ToArray()) + Convert.ToBase64String(
            packed.ToArray());
    }
}
