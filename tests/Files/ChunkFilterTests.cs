using System.IO.Compression;
using MesoLiMg.IO.Hdf5;
using Xunit;

namespace MesoLiMg.Tests.Files;

/// <summary>HDF5's filters against their definitions.</summary>
public class ChunkFilterTests
{
    [Fact]
    public void The_checksum_of_any_number_of_bytes_is_that_of_two_sums_word_by_word()
    {
        var bytes = new byte[40_000];
        new Random(1).NextBytes(bytes);
        foreach (var length in Enumerable.Range(0, 200).Concat([8191, 8192, 8193, 16384, 39_999, 40_000]))
            Assert.Equal(Fletcher(bytes.AsSpan(0, length)), Fletcher32.Of(bytes.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(0)] // the sums stay nothing
    [InlineData(255)] // every word is 65535, which is nothing modulo 65535, and still the sums are not 0; the largest sums
    public void The_checksum_of_words_that_are_nothing_modulo_65535(byte value)
    {
        var bytes = new byte[1 << 20];
        Array.Fill(bytes, value);
        Assert.Equal(value == 0 ? 0 : uint.MaxValue, Fletcher32.Of(bytes));
        Assert.Equal(Fletcher(bytes), Fletcher32.Of(bytes));
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1000, 0, 1000)]
    [InlineData(1000, 13, 700)]
    public void Shuffled_bytes_become_the_numbers_again(int count, int first, int taken)
    {
        var numbers = new ulong[count];
        var random = new Random(2);
        for (var i = 0; i < count; i++)
            numbers[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        var shuffled = new byte[8 * count];
        for (var i = 0; i < count; i++)
            for (var place = 0; place < 8; place++)
                shuffled[place * count + i] = (byte)(numbers[i] >> 8 * place);
        var (wide, narrow) = (new ulong[taken], new uint[taken]);
        ChunkUnpacking.Unshuffle(shuffled.AsSpan(first), count, wide);
        ChunkUnpacking.Unshuffle(shuffled.AsSpan(first), count, narrow);
        Assert.Equal(numbers[first..(first + taken)], wide);
        Assert.Equal(numbers[first..(first + taken)].Select(number => (uint)number), narrow);
    }

    [Fact]
    public void A_stream_that_is_damaged_cut_or_of_another_length_is_refused()
    {
        var bytes = Enumerable.Range(0, 5000).Select(i => (byte)(i % 7 * i)).ToArray();
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(bytes);
        var packed = memory.ToArray();
        var plain = new byte[bytes.Length];
        ChunkUnpacking.Inflate(packed, packed.Length, plain);
        Assert.Equal(bytes, plain);

        Assert.Throws<InvalidDataException>(
            () => ChunkUnpacking.Inflate(packed, packed.Length, new byte[bytes.Length - 1]));
        Assert.Throws<InvalidDataException>(
            () => ChunkUnpacking.Inflate(packed, packed.Length, new byte[bytes.Length + 1]));
        Assert.Throws<InvalidDataException>(() => ChunkUnpacking.Inflate(packed, packed.Length / 2, plain));
        packed[^1] ^= 1; // of Adler's checksum
        Assert.Throws<InvalidDataException>(() => ChunkUnpacking.Inflate(packed, packed.Length, plain));
    }

    /// <summary>Fletcher-32 over words of 16 bits, high byte first, in one's complement arithmetic.</summary>
    private static uint Fletcher(ReadOnlySpan<byte> bytes)
    {
        uint s1 = 0, s2 = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            s1 = Fold(s1 + (uint)(bytes[i] << 8 | (i + 1 < bytes.Length ? bytes[i + 1] : 0)));
            s2 = Fold(s2 + s1);
        }
        return s2 << 16 | s1;

        static uint Fold(uint sum) => (sum & 0xffff) + (sum >> 16);
    }
}
