using System.Text;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Raster tessellations of Neper, written as its manual and its own files have them.</summary>
public sealed class TesrTests : IDisposable
{
    private const string Domain = "domain: { kind: 3d, size: [30 nm, 20 nm, 20 nm], cells: [3, 2, 2] }\n";
    private const string Plane = "domain: { kind: plane-strain, size: [30 nm, 20 nm], cells: [3, 2] }\n";
    private const string Head =
        "***tesr\n **format\n   2.2\n **general\n   3\n   3 2 2\n   0.1 0.1 0.1\n  *origin\n   0.5 0 0\n";
    private const string Ids = "1 1 2 1 1 2 0 1 2 1 2 2";
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("ascii")]
    [InlineData("binary8")]
    [InlineData("binary16")]
    [InlineData("binary16_big")]
    [InlineData("binary32")]
    [InlineData("binary32_big")]
    public void Data_are_read_as_text_and_as_bytes_in_the_file_and_beside_it(string format)
    {
        var data = Data(format);
        byte[] end = [(byte)'\n', .. "***end\n"u8];
        Assert.Equal(Ids, Text(Read([.. Encoding.ASCII.GetBytes($"{Head} **data\n   {format}\n"), .. data, .. end])));
        File.WriteAllBytes(Path.Combine(folder.Path, "data.raw"), data);
        Assert.Equal(Ids,
            Text(Read(Encoding.ASCII.GetBytes($"{Head} **data\n   {format}\n  *file data.raw\n***end\n"))));
        // Format 2.0 says the format of all data at its beginning.
        Assert.Equal(Ids,
            Text(Read(
            [.. Encoding.ASCII.GetBytes($"{Head.Replace("2.2", $"2.0 {format}")} **data\n"), .. data, .. end])));
    }

    [Fact]
    public void Bytes_that_are_blanks_to_a_reader_of_text_are_ids()
    {
        byte[] ids = [10, 32, 9, 13, 10, 32, 9, 13, 10, 32, 9, 13];
        var grains = Read([.. Encoding.ASCII.GetBytes($"{Head} **data\n   binary8\n"), .. ids, .. "\n***end\n"u8]);
        Assert.Equal("2 4 1 3", string.Join(" ", grains.Grain[..4]));
    }

    /// <summary>The values that Neper's manual gives for a crystal that is turned by 30° about the sample's
    /// x.</summary>
    [Theory]
    [InlineData("rodrigues", "0.267949192 0 0")]
    [InlineData("rodrigues:passive", "0.267949192 0 0")]
    [InlineData("rodrigues:active", "-0.267949192 0 0")]
    [InlineData("euler-bunge", "0 30 0")]
    [InlineData("e:active", "0 -30 0")]
    [InlineData("euler-kocks", "270 30 90")]
    [InlineData("euler-roe", "270 30 90")]
    [InlineData("rotmat", "1 0 0 0 0.866025404 0.5 0 -0.5 0.866025404")]
    [InlineData("axis-angle", "1 0 0 30")]
    [InlineData("quaternion", "0.965925826 0.258819045 0 0")]
    public void Every_descriptor_gives_the_matrix_of_the_manual(string descriptor, string numbers)
    {
        double[] expected = [1, 0, 0, 0, 0.866025404, 0.5, 0, -0.5, 0.866025404];
        AssertClose(expected, Read(Orientations("2.2", descriptor, numbers)).Orientations[0]);
    }

    [Theory]
    [InlineData("rodrigues:active", "0.267949192 0 0")]
    [InlineData("rodrigues:passive", "-0.267949192 0 0")]
    [InlineData("rodrigues", "0.267949192 0 0")]
    public void Up_to_format_2_1_the_conventions_had_each_others_name(string descriptor, string numbers) =>
        AssertClose([1, 0, 0, 0, 0.866025404, 0.5, 0, -0.5, 0.866025404],
            Read(Orientations("2.1", descriptor, numbers)).Orientations[0]);

    [Fact]
    public void Matrices_of_half_turns_are_read()
    {
        var grains = Read(Orientations("2.2", "rotmat", "-1 0 0 0 -1 0 0 0 1", "-1 0 0 0 1 0 0 0 -1"));
        AssertClose([-1, 0, 0, 0, -1, 0, 0, 0, 1], grains.Orientations[0]);
        AssertClose([-1, 0, 0, 0, 1, 0, 0, 0, -1], grains.Orientations[1]);
    }

    [Fact]
    public void A_list_of_ids_names_the_cells_that_data_count()
    {
        var text =
            $"{Head} **cell\n   2\n  *id\n   70 30\n  *ori\n   euler-bunge\n   70 0 0\n   30 0 0\n  *crysym\n   "
            + "hexagonal\n **data\n   ascii\n";
        foreach (var data in new[] { Ids, Ids.Replace("1", "70").Replace("2", "30") })
        {
            var grains = Read(Encoding.ASCII.GetBytes($"{text}{data}\n***end\n"));
            // Grains are numbered in the order of their ids, 30 before 70.
            Assert.Equal([30, 70],
                grains.Orientations.Select(orientation => Math.Round(orientation.Euler().Phi1 * 180 / Math.PI, 9)));
            Assert.Equal(2, grains.Grain[0]);
        }
    }

    [Fact]
    public void Orientations_of_voxels_count_where_they_are_defined()
    {
        var angles = string.Join("\n", Enumerable.Range(0, 12).Select(i => $"{i} 0 0"));
        var text =
            $"{Head} **data\n ascii\n {Ids}\n **oridata\n euler-bunge:passive\n ascii\n {angles}\n **oridef\n ascii\n "
            + "0 1 1 1 1 1 1 1 1 1 1 1\n***end\n";
        Assert.Equal([1, 2],
            Read(Encoding.ASCII.GetBytes(text)).Orientations.Select(orientation =>
            Math.Round(orientation.Euler().Phi1 * 180 / Math.PI, 9)));
    }

    [Fact]
    public void Two_axes_are_those_of_a_plane_domain()
    {
        var path =
            folder.Write("a.tesr", "***tesr **format 2.2 **general 2 3 2 0.1 0.1 **data ascii 1 2 3 4 5 6 ***end");
        Assert.Equal("1 2 3 4 5 6",
            Text(GrainFile.Of(CaseText.Parse($"{Plane}microstructure: {{ kind: file, file: '{path}' }}").Case)!));
    }

    [Theory]
    [InlineData("***tess", "is no raster tessellation of Neper, which begins with ***tesr")]
    [InlineData("***tesr **format 3.0", "is of the format '3.0', expected 2.0, 2.1 or 2.2")]
    [InlineData(Head + "**data ascii 1 1 2", "**data: voxel 3 holds '', expected whole numbers as grain ids")]
    [InlineData(Head + "**data binary8\n123", "**data: ends before 12 bytes of data; it is cut or damaged")]
    [InlineData(Head + "**data binary24\n123", "**data: no format is called 'binary24'; did you mean 'binary8'?")]
    [InlineData(Head + "**data ascii " + Ids, "ends before ***end; it is cut or damaged")]
    [InlineData(Head
        + "**cell 2 *ori rodriguez", "no descriptor of orientations is called 'rodriguez'; did you mean 'rodrigues'?")]
    [InlineData(Head + "**cell 2 *ori e 1 2 3 4 x", "*ori: expected 6 numbers, read 'x' as number 5")]
    [InlineData(Head + "**cell 1 *ori e 1 2 3 **data ascii " + Ids
        + " ***end", "*ori: has orientations of 1 cells, none for grain 2; ids that are not 1, 2, ... need *id")]
    [InlineData(Head + "**cell 2 *ori q 1 0 0 0 1 1 0 0 **data ascii " + Ids
        + " ***end", "*ori: grain 2 has a quaternion of length 1.41421, expected 1")]
    [InlineData(Head + "**cell 2 *ori g 1 0 0 0 1 0 0 0 1 1 0 0 0 1 0 0 0 -1 **data ascii " + Ids
        + " ***end", "*ori: grain 2 has a matrix that is no rotation")]
    [InlineData(Head + "**data ascii *file none.raw ***end", "*file: there is no file '")]
    public void What_is_damaged_or_not_known_is_refused(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => Read(Encoding.ASCII.GetBytes(text))).Message);

    public void Dispose() => folder.Dispose();

    private static byte[] Orientations(string version, string descriptor, string first, string? second = null) =>
        Encoding.ASCII.GetBytes(
        $"{Head.Replace("2.2", version)} **cell\n 2\n *id\n 1 2\n *ori\n {descriptor}\n {first}\n {second ?? first}\n "
            + $"**data\n ascii\n {Ids}\n***end\n");

    private static byte[] Data(string format) => format == "ascii" ? Encoding.ASCII.GetBytes(Ids)
        : [.. Ids.Split(' ')
            .SelectMany(id =>
            BitConverter.GetBytes(int.Parse(id))[..(int.Parse(format[6..].Split('_')[0]) / 8)] is var bytes
            && format.EndsWith("big") ? bytes.Reverse() : bytes)];

    private GrainMap Read(byte[] bytes)
    {
        var path = Path.Combine(folder.Path, "a.tesr");
        File.WriteAllBytes(path, bytes);
        return GrainFile.Of(CaseText.Parse($"{Domain}microstructure: {{ kind: file, file: '{path}' }}").Case)!;
    }

    private static string Text(GrainMap grains) => string.Join(" ", grains.Grain);

    private static void AssertClose(double[] expected, Orientation orientation)
    {
        var g = orientation.Matrix().Cast<double>().ToArray();
        for (var i = 0; i < 9; i++)
            Assert.Equal(expected[i], g[i], 1e-8);
    }
}
