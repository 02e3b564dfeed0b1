using System.Runtime.InteropServices;
using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using Xunit;

namespace MesoLiMg.Tests.Files;

/// <summary>
/// Sealed files are read chunk by chunk beside the library; without a seal the library reads the same bytes.
/// </summary>
public class ChunkedReadTests
{
    private const string Path = "/values";

    /// <summary>Kind of numbers, their shape, deflate level.</summary>
    public static TheoryData<string, long[], int> Storages => new()
    {
        { "double", [7], 4 },
        { "double", [300_001], 4 }, // chunks in even parts, the last one not full
        { "double", [5, 300, 301, 3], 4 }, // a chunk is a part of a plane
        { "double", [67, 50, 60], 4 }, // a chunk is some planes
        { "double", [67, 50, 60], 0 },
        { "double", [67, 50, 60], 9 },
        { "noise", [67, 50, 60], 4 },
            // written by the library, whose deflate makes chunks no smaller and passes over them
        { "single", [67, 50, 60], 4 },
        { "single", [67, 50, 60], 0 },
        { "int", [67, 50, 60], 4 },
        { "int", [67, 50, 60], 0 },
        { "int", [1, 1, 9], 1 },
    };

    [Theory, MemberData(nameof(Storages))]
    public void Chunks_hold_what_the_library_reads(string kind, long[] shape, int compression)
    {
        using var folder = new Scratch();
        var dataset = Write(folder, kind, shape, compression);
        using var unsealed = Hdf5File.OpenRead(folder["unsealed.h5"]);
        using var @sealed = Hdf5File.OpenRead(folder["sealed.h5"]);
        Assert.True(Same(unsealed.Read(dataset), @sealed.Read(dataset)));
        // Planes that begin and end within chunks.
        foreach (var (first, count) in new[] { (0L, 1L), (shape[0] - 1, 1), (shape[0] / 3, shape[0] / 2),
            (shape[0] / 2, 0) })
        {
            var (expected, read) = (Numbers(kind, shape, 5), Numbers(kind, shape, 5));
            unsealed.Read(dataset, first, count, expected);
            @sealed.Read(dataset, first, count, read);
            // Behind the planes nothing is touched.
            Assert.True(Same(expected, read));
        }
    }

    [Theory]
    [InlineData("double", 4)]
    [InlineData("double", 0)]
    [InlineData("noise", 4)]
    [InlineData("single", 4)]
    [InlineData("int", 4)]
    public void A_chunk_that_changes_after_the_seal_was_checked_is_refused_in_one_line(string kind, int compression)
    {
        using var folder = new Scratch();
        var dataset = Write(folder, kind, [67, 50, 60], compression);
        var path = folder["sealed.h5"];
        using var file = Hdf5File.OpenRead(path);
        // All but some thousand bytes are chunks.
        var middle = new FileInfo(path).Length / 2;
        Assert.True(middle > 20_000);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        stream.Position = middle;
        var value = stream.ReadByte();
        stream.Position = middle;
        stream.WriteByte((byte)(value ^ 4));
        stream.Flush();
        Assert.Equal($"'{path}': dataset {Path} cannot be read (the checksum of a chunk is not that of what it holds)",
            Assert.Throws<InputException>(() => file.Read(dataset)).Message);

        stream.SetLength(middle);
        Assert.Equal($"'{path}': dataset {Path} cannot be read (the file has become shorter)",
            Assert.Throws<InputException>(() => file.Read(dataset, 66, 1, Numbers(kind, [1, 50, 60], 0))).Message);
    }

    /// <summary>Writes <c>sealed.h5</c> and the same without a seal.</summary>
    private static Hdf5Dataset Write(Scratch folder, string kind, long[] shape, int compression)
    {
        using (var file = Hdf5File.Create(folder["unsealed.h5"]))
        {
            if (kind == "noise")
                file.Write(file.Create(Path, shape, isInteger: false, compression, series: false),
                    new long[shape.Length], shape, Numbers(kind, shape, 1));
            else
                file.Write(Path, Numbers(kind, shape, 1), shape, compression, single: kind == "single");
            file.Close();
        }
        File.Copy(folder["unsealed.h5"], folder["sealed.h5"]);
        Seal.Put(folder["sealed.h5"]);
        return new(Path, shape, kind == "int");
    }

    private static Array Numbers(string kind, long[] shape, int seed)
    {
        var count = (int)shape.Aggregate(1L, (product, n) => product * n);
        var random = new Random(seed);
        return kind switch
        {
            "int" => Enumerable.Range(0, count).Select(i => i * (seed + i) % 1009 - 500).ToArray(),
            "noise" => Enumerable.Range(0, count)
                .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))).ToArray(),
            _ => Enumerable.Range(0, count).Select(i => Math.Sin(1e-3 * (seed + i)) * 1e9).ToArray(),
        };
    }

    /// <summary>Bit for bit: numbers that are none have many forms.</summary>
    private static bool Same(Array a, Array b) => a.GetType() == b.GetType() && MemoryMarshal.AsBytes(Bits(a))
        .SequenceEqual(MemoryMarshal.AsBytes(Bits(b)));

    private static ReadOnlySpan<int> Bits(Array numbers) => numbers is int[] integers ? integers
        : MemoryMarshal.Cast<double, int>((double[])numbers);
}
