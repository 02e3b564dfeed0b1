using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MesoLiMg.IO.Hdf5;

/// <summary>
/// What the library's filters make of a chunk when it is stored: shuffle and deflate, if it is compressed, and the
/// checksum Fletcher32. The library takes one chunk after the other; here each thread has one of its own. Buffers are
/// kept from one chunk to the next.
/// </summary>
internal sealed class ChunkFilters
{
    private byte[] numbers = [], shuffled = [];
    private readonly MemoryStream stored = new();

    /// <summary>Bytes to be stored, after <see cref="Apply"/>.</summary>
    public ReadOnlySpan<byte> Stored => stored.GetBuffer().AsSpan(0, (int)stored.Length);

    /// <summary>Room for the numbers of a chunk as the file has them, little endian.</summary>
    /// <param name="bytes">Its size.</param>
    public Span<byte> Numbers(int bytes)
    {
        if (numbers.Length < bytes)
            (numbers, shuffled) = (GC.AllocateUninitializedArray<byte>(bytes),
                GC.AllocateUninitializedArray<byte>(bytes));
        return numbers.AsSpan(0, bytes);
    }

    /// <summary>Sends the first bytes of <see cref="Numbers"/> through the filters.</summary>
    /// <param name="bytes">Their number.</param>
    /// <param name="size">Bytes of a number, 4 or 8.</param>
    /// <param name="level">Of deflate, 0 to 9; 0 is without shuffle and deflate.</param>
    public void Apply(int bytes, int size, int level)
    {
        stored.SetLength(0);
        if (level == 0)
        {
            stored.Write(numbers, 0, bytes);
        }
        else
        {
            if (size == sizeof(ulong))
                Shuffle<ulong>(numbers.AsSpan(0, bytes), shuffled);
            else
                Shuffle<uint>(numbers.AsSpan(0, bytes), shuffled);
            using var deflate = new ZLibStream(stored, Options(level), leaveOpen: true);
            deflate.Write(shuffled, 0, bytes);
        }
        Span<byte> checksum = stackalloc byte[Fletcher32.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Fletcher32.Of(Stored));
        stored.Write(checksum);
    }

    /// <summary>
    /// Low bytes of computed numbers are noise in which longer matches than runs are rarely found, so that the first
    /// level does not look for them: four times as fast as the fourth, 3 to 8 % more bytes (docs/performance.md).
    /// </summary>
    private static ZLibCompressionOptions Options(int level) => new()
    {
        CompressionLevel = level,
        CompressionStrategy = level == 1 ? ZLibCompressionStrategy.RunLengthEncoding : ZLibCompressionStrategy.Default,
    };

    /// <summary>The first bytes of all numbers, then their second ones, and so on.</summary>
    private static void Shuffle<T>(ReadOnlySpan<byte> numbers, Span<byte> shuffled)
        where T : unmanaged, IBinaryInteger<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(numbers);
        for (var place = 0; place * values.Length < numbers.Length; place++)
        {
            var bytes = shuffled.Slice(place * values.Length, values.Length);
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = byte.CreateTruncating(values[i] >> (8 * place));
        }
    }
}
