using System.Text;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Map files with random edits are read, or refused in one line.</summary>
public sealed class DamagedMapTests : IDisposable
{
    private const int Tries = 300;

    private const string Tesr = "***tesr\n **format\n 2.2\n **general\n 3\n 4 3 2\n 1 1 1\n **cell\n 2\n *id\n 1 2\n"
        + " *ori\n rodrigues\n 0.1 0.2 0.3\n 0 0 0\n **data\n ";

    private const string Numbers = "1 2 1 2 1 2 1 2 1 2 1 2 1 2 1 2 1 2 1 2 1 2 1 2";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(".npy")]
    [InlineData(".tesr")]
    [InlineData("binary.tesr")]
    [InlineData(".vti")]
    [InlineData("binary.vti")]
    public void A_damaged_file_is_no_crash(string kind)
    {
        var random = new Random(kind.Length);
        var (whole, path) = (Whole(kind), Path.Combine(folder.Path, "a" + kind));
        var @case = CaseText.Parse("domain: { kind: 3d, size: [40 nm, 30 nm, 20 nm], cells: [4, 3, 2] }\n"
            + $"microstructure: {{ kind: file, file: '{folder.Write("a" + kind, "")}' }}").Case;
        var refused = 0;
        for (var i = 0; i < Tries; i++)
        {
            File.WriteAllBytes(path, Damaged(whole, random));
            try
            {
                Assert.Equal(24, GrainFile.Of(@case)!.Grain.Length);
            }
            catch (InputException e)
            {
                Assert.DoesNotContain("\n", e.Message);
                refused++;
            }
        }
        Assert.InRange(refused, Tries / 4, Tries);
        File.WriteAllBytes(path, whole);
        Assert.Equal(2, GrainFile.Of(@case)!.Count);
    }

    public void Dispose() => folder.Dispose();

    private static byte[] Damaged(byte[] whole, Random random)
    {
        List<byte> bytes = [.. whole];
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, bytes[..Math.Min(random.Next(1, 20), bytes.Count)]); break;
                default: bytes[at] = (byte)"0123456789- *"[random.Next(13)]; break;
            }
            if (bytes.Count == 0)
                bytes.Add(0);
        }
        return [.. bytes];
    }

    private static byte[] Whole(string kind)
    {
        byte[] ids = [.. Numbers.Split(' ').Select(byte.Parse)];
        string Vti(string format, string data) => "<VTKFile type=\"ImageData\" byte_order=\"LittleEndian\">"
            + "<ImageData WholeExtent=\"0 4 0 3 0 2\" Spacing=\"1 1 1\"><Piece Extent=\"0 4 0 3 0 2\"><CellData>"
            + $"<DataArray type=\"UInt8\" Name=\"FeatureIds\" format=\"{format}\">{data}</DataArray>"
            + "</CellData></Piece></ImageData></VTKFile>";
        var header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3, 4), }".PadRight(117) + "\n";
        return kind switch
        {
            ".npy" => [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. ids],
            ".tesr" => Encoding.ASCII.GetBytes($"{Tesr}ascii\n{Numbers}\n***end\n"),
            "binary.tesr" => [.. Encoding.ASCII.GetBytes($"{Tesr}binary8\n"), .. ids, .. "\n***end\n"u8],
            ".vti" => Encoding.ASCII.GetBytes(Vti("ascii", Numbers)),
            _ => Encoding.ASCII.GetBytes(Vti("binary", Convert.ToBase64String([24, 0, 0, 0, .. ids]))),
        };
    }
}
