using System.Text;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Grain maps of every format are read as what they are, and what is not plain is refused.</summary>
public sealed class MapFormatTests : IDisposable
{
    private const string Domain = "domain: { kind: 3d, size: [40 nm, 30 nm, 20 nm], cells: [4, 3, 2] }\n";
    private readonly TemporaryFolder folder = new();

    private static IEnumerable<int> Cycle => Enumerable.Range(0, 24).Select(i => i % 5);

    [Theory]
    [InlineData("int64", "H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaGuo6Cell9UUpSY" +
        "F59flJIKEndLzClOBYoXZyQWpAL5GkY6CsY6CiaaOgq1CuQBLgYoYITSTFCaGUqzMKCCwaYOAIXDB6ZAAQAA" +
        "")]
    [InlineData("big endian uint16, Fortran", "H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG5XaqSuo6Cell9UUpSY" +
        "F59flJIKEg8pKk0FChdnJBakArkaRjoKxjoKJpo6CrUKZAIuBgYGJgYWBkYGZiALQkL4CFEmJFFmADPwvvqwAAAA" +
        "")]
    [InlineData("uint8, Fortran", "H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSY" +
        "F59flJIKEg8pKk0FChdnJBakArkaRjoKxjoKJpo6CrUKZAIuBiYWRmYGIALSYCYTmMkMAARPjOKYAAAA" +
        "")]
    [InlineData("float64", "H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSY" +
        "F59flJIKEndLzClOBYoXZyQWpAL5GkY6CsY6CiaaOgq1CuQBLgYU8MEeynCAUBxQWsBhsKoDANNhkVNAAQAA" +
        "")]
    [InlineData("big endian float32", "H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6XZqKuo6Cell9UUpSY" +
        "F59flJIKEndLzClOBYoXZyQWpAL5GkY6CsY6CiaaOgq1CuQBLgYgsG9gYHAA0g5AwqGBgYGaYgBRUF994AAAAA==" +
        "")]
    [InlineData("int16 (nz, ny, nx, 1)", "H4sIAAAAAAACA5vsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaSuo6Cell9UUpSY" +
        "F59flJIKEndLzClOBYoXZyQWpAL5GkY6CsY6CiY6CoaaOgq1CmQALgYGRgYmBmYGFgbiWAAYj2sYsAAAAA==" +
        "")]
    public void Arrays_of_numpy_are_read_in_both_orders_with_numbers_of_any_kind(string kind, string packed)
    {
        var grains = Read(Write($"{kind.Length}.npy", MapSamples.Unpack(packed)));
        Assert.Equal(Cycle, grains.Grain);
        Assert.Equal(4, grains.Count);
    }

    [Theory]
    [InlineData("'<f8', 'fortran_order': False, 'shape': (4, 3, 2)", 192,
        "the array has the shape (4, 3, 2), the grid has (2, 3, 4) cells (nz, ny, nx); its axes are in the order x, y, "
        + "z: transpose it")]
    [InlineData("'<i4', 'fortran_order': False, 'shape': (2, 3, 4)", 95,
        "has 95 bytes of data, expected 96 for 24 voxels; it is cut or damaged")]
    [InlineData("'<c8', 'fortran_order': False, 'shape': (2, 3, 4)", 192,
        "holds numbers of type '<c8', expected integers")]
    [InlineData("[('a', '<i4')], 'fortran_order': False, 'shape': (2, 3, 4)", 96,
        "holds records or no numbers, expected integers")]
    public void An_array_that_is_no_map_is_refused(string description, int length, string expected)
    {
        var header = $"{{'descr': {description}, }}".PadRight(117) + "\n";
        byte[] file =
            [0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, (byte)header.Length, 0,
            .. Encoding.ASCII.GetBytes(header), .. new byte[length]];
        Assert.Contains(expected, Refused(Write("a.npy", file)));
    }

    [Theory]
    [InlineData("int8", "little", 1)]
    [InlineData("uint16", "big", 2)]
    [InlineData("int32", "big", 4)]
    [InlineData("uint64", "little", 8)]
    [InlineData("int64", "big", 8)]
    public void Raw_numbers_are_of_the_type_and_order_that_the_case_says(string type, string order, int width)
    {
        var numbers = Cycle.Select(id => BitConverter.GetBytes((long)id)[..width]);
        byte[] bytes = [.. numbers.SelectMany(number => order == "big" ? number.Reverse() : number)];
        Assert.Equal(Cycle, Read(Write("a.bin", bytes), $", format: raw, type: {type}, byte_order: {order}").Grain);
    }

    [Fact]
    public void Raw_ids_of_any_size_are_other_grains_and_only_a_type_makes_them_ids()
    {
        var path = Write("a.raw", [.. Cycle.SelectMany(id => BitConverter.GetBytes(id == 0 ? 0L : id + (1L << 40)))]);
        Assert.Equal(Cycle, Read(path, ", type: int64").Grain);
        Assert.EndsWith("they are 5 different numbers up to 1099511627780; say microstructure.type, such as uint64",
            Refused(path));
    }

    [Theory]
    [InlineData("float32", "as floats they are whole numbers; say microstructure.type: float32, or uint32")]
    [InlineData("big", "up to 4 with microstructure.byte_order: big; say it")]
    [InlineData("text",
        "holds text, expected raw integers; numpy.save writes an array as .npy; if these are bytes, say "
        + "microstructure.type: uint8")]
    [InlineData("pairs", "different numbers up to 1027; say microstructure.type, such as uint16")]
    [InlineData("coarser",
        "at one place of every 2 bytes all are 0, as in wider numbers for a coarser grid; say microstructure.type: "
        + "uint8 if they are ids")]
    public void Raw_bytes_that_can_be_something_else_are_refused(string what, string expected)
    {
        IEnumerable<byte> bytes = what switch
        {
            "float32" => Cycle.SelectMany(id => BitConverter.GetBytes((float)id)),
            "big" => Cycle.SelectMany(id => BitConverter.GetBytes(id).Reverse()),
            "text" => Encoding.ASCII.GetBytes(string.Join(" ", Cycle) + "\n"),
            "pairs" => Enumerable.Range(0, 48).Select(i => (byte)(i % 5)),
            _ => Enumerable.Range(0, 3).SelectMany(id => BitConverter.GetBytes((long)id)),
        };
        Assert.EndsWith(expected, Refused(Write("a.raw", [.. bytes])));
    }

    [Fact]
    public void A_type_without_an_order_of_bytes_is_refused_where_the_other_order_has_smaller_ids()
    {
        var path = Write("a.raw", [.. Cycle.SelectMany(id => BitConverter.GetBytes(id).Reverse())]);
        Assert.EndsWith(
            "holds ids up to 67108864 if they are little endian, and up to 4 if they are big endian; say "
                + "microstructure.byte_order: big, or little",
            Refused(path, ", type: uint32"));
        Assert.Equal(Cycle, Read(path, ", type: uint32, byte_order: big").Grain);
    }

    [Theory]
    [InlineData("long", "1 2 3 1")]
    [InlineData("unsigned", "1 2 0 1")]
    [InlineData("/widest", "1 2 0 1")]
    [InlineData("big", "1 2 3 1")]
    [InlineData("whole", "1 2 3 1")]
    public void HDF5_has_ids_of_any_type_and_names_with_or_without_a_slash(string dataset, string expected)
    {
        var grains = Read(Write("a.h5", MapSamples.Unpack(MapSamples.Hdf5)), $", dataset: {dataset}");
        Assert.Equal(expected, string.Join(" ", grains.Grain[..4]));
        Assert.Equal(expected.Contains('0'),
            grains.Warnings.Any(line =>
            line.EndsWith("8 of 24 voxels hold the largest number of their type, which is taken as no grain",
            StringComparison.Ordinal)));
    }

    [Fact]
    public void A_filter_that_is_not_there_and_a_dataset_that_is_not_are_named()
    {
        var path = Write("a.h5", MapSamples.Unpack(MapSamples.Hdf5));
        Assert.Contains(
            "dataset /packed cannot be read (it is packed by the filter lzf, which the HDF5 library here does not have",
            Refused(path, ", dataset: packed"));
        Assert.EndsWith("has no dataset /unsinged; did you mean '/unsigned'?", Refused(path, ", dataset: unsinged"));
        Assert.Contains("holds neither /cells/grain nor FeatureIds of DREAM.3D but /big, /long, /packed",
            Refused(path));
    }

    [Fact]
    public void An_initial_profile_too_has_names_without_a_slash()
    {
        Write("a.h5", MapSamples.Unpack(MapSamples.Hdf5));
        var file = folder.Write(
            "a.yaml", Domain + "on_saturation: plate\ninitial: { x: { file: a.h5, dataset: whole } }");
        Assert.Equal([1, 2, 3, 1], InitialConcentration.Of(CaseReader.Read(file, []).Case)[..4]);
    }

    [Theory]
    [InlineData("Float32", "1.0", null)]
    [InlineData("Float64", "1.5", "FeatureIds: voxel 0 holds 1.5, expected whole numbers as grain ids")]
    [InlineData("UInt32", "4294967295", "all grain ids are zero")]
    [InlineData("Int32", "one", "FeatureIds: voxel 0 holds 'one', expected whole numbers as grain ids")]
    [InlineData("String", "1",
        "the array FeatureIds holds String, expected integers, or Float32 or Float64 that are whole")]
    public void Image_data_may_be_whole_floats(string type, string value, string? expected)
    {
        var path = Vti("CellData", type, string.Join(" ", Enumerable.Repeat(value, 24)));
        if (expected is null)
            Assert.Equal(1, Read(path).Count);
        else
            Assert.EndsWith(expected, Refused(path));
    }

    [Fact]
    public void Image_data_may_be_big_endian()
    {
        byte[] data = [0, 0, 0, 96, .. Cycle.SelectMany(id => BitConverter.GetBytes(id).Reverse())];
        Assert.Equal(Cycle, Read(Vti("CellData", "Int32", Convert.ToBase64String(data), "binary", "BigEndian")).Grain);
    }

    [Fact]
    public void Image_data_on_points_is_refused_in_words() => Assert.EndsWith(
        "has FeatureIds on its 5 x 4 x 3 points, expected it on cells (CellData); a map of pixels is to be written as "
            + "cell data", Refused(Vti("PointData", "Int32", "1")));

    [Theory]
    [InlineData("a.txt", "",
        "a.yaml:2: microstructure.file: 'a.txt' has no ending that is known: .h5, .hdf5, .dream3d, .vti, .npy, .tesr, "
        + ".raw; say the format")]
    [InlineData("a.npy", ", type: uint8",
        "a.yaml:2: microstructure.type: goes with format: raw; a file of the format npy says it itself")]
    [InlineData("a.raw", ", dataset: a",
        "a.yaml:2: microstructure.dataset: goes with the formats hdf5 and vti; a file of the format raw has no "
        + "datasets")]
    [InlineData("a.tesr", ", angle_unit: deg",
        "a.yaml:2: microstructure.angle_unit: goes with the formats hdf5 and vti; a file of the format tesr says its "
        + "descriptor and has degrees")]
    [InlineData("a.raw", ", voxels: [4, 2, 2]",
        "a.yaml:2: microstructure.voxels: domain.cells, 4 x 3 x 2, are no whole multiples of 4 x 2 x 2 voxels")]
    [InlineData("a.raw", ", format: rwa",
        "a.yaml:2: microstructure.format: 'rwa' is not one of hdf5, vti, npy, tesr, raw; did you mean 'raw'?")]
    public void What_does_not_go_with_a_file_is_refused_with_its_line(string name, string more, string expected) =>
        Assert.StartsWith(expected,
            CaseText.Refused(Domain + $"microstructure: {{ kind: file, file: '{Write(name, [1])}'{more} }}"));

    [Fact]
    public void A_file_that_is_refused_has_the_line_of_its_entry()
    {
        var document = CaseText.Parse(Domain + $"microstructure:\n  kind: file\n  file: '{Write("a.npy", [1, 2])}'");
        Assert.EndsWith("a.npy: is no array of numpy.save",
            Assert.Throws<InputException>(() => GrainFile.Of(document.Case, document.Where)).Message);
        Assert.StartsWith("a.yaml:4: microstructure.file: ",
            Assert.Throws<InputException>(() => GrainFile.Of(document.Case, document.Where)).Message);
    }

    public void Dispose() => folder.Dispose();

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private string Vti(
        string section, string type, string data, string format = "ascii", string order = "LittleEndian") =>
        folder.Write("a.vti", $"""
            <VTKFile type="ImageData" version="0.1" byte_order="{order}">
            <ImageData WholeExtent="0 4 0 3 0 2"><Piece Extent="0 4 0 3 0 2"><{section}>
            <DataArray type="{type}" Name="FeatureIds" format="{format}">{data}</DataArray>
            </{section}></Piece></ImageData></VTKFile>
            """);

    private static GrainMap Read(string path, string more = "") =>
        GrainFile.Of(CaseText.Parse(Domain + $"microstructure: {{ kind: file, file: '{path}'{more} }}").Case)!;

    private static string Refused(string path, string more = "") =>
        Assert.Throws<InputException>(() => Read(path, more)).Message;
}
