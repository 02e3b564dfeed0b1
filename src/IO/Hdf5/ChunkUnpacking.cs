using System.IO.Compression;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MesoLiMg.IO.Hdf5;

/// <summary>
/// The library's filters undone: a chunk holds, as a zlib stream (deflate), the first bytes of all its numbers, then
/// the second ones and so on (shuffle).
/// </summary>
internal static class ChunkUnpacking
{
    /// <summary>Inflates a zlib stream.</summary>
    /// <exception cref="InvalidDataException">It is damaged or has another length.</exception>
    public static void Inflate(byte[] packed, int length, Span<byte> plain)
    {
        using var stream = new ZLibStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress);
        if (stream.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false) < plain.Length || stream.ReadByte() >= 0)
            throw new InvalidDataException("a chunk does not have the length that it should");
    }

    /// <summary>Puts the bytes of numbers together.</summary>
    /// <param name="bytes">From the first number's first byte on; the next byte of a number is <paramref
    /// name="stride"/> bytes further.</param>
    /// <param name="stride">Numbers of the chunk.</param>
    /// <param name="numbers">Filled.</param>
    public static void Unshuffle(ReadOnlySpan<byte> bytes, int stride, Span<uint> numbers)
    {
        var i = 0;
        for (; i <= numbers.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var (a, b, c, d) = Quads(bytes[i..], stride);
            var to = numbers[i..];
            a.CopyTo(to);
            b.CopyTo(to[Vector<uint>.Count..]);
            c.CopyTo(to[(2 * Vector<uint>.Count)..]);
            d.CopyTo(to[(3 * Vector<uint>.Count)..]);
        }
        for (; i < numbers.Length; i++)
            numbers[i] = bytes[i] | (uint)bytes[i + stride] << 8 | (uint)bytes[i + 2 * stride] << 16 | (uint)bytes[i
                + 3 * stride] << 24;
    }

    /// <inheritdoc cref="Unshuffle(ReadOnlySpan{byte}, int, Span{uint})"/>
    public static void Unshuffle(ReadOnlySpan<byte> bytes, int stride, Span<ulong> numbers)
    {
        var i = 0;
        for (; i <= numbers.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            var (a0, b0, c0, d0) = Quads(bytes[i..], stride);
            var (a1, b1, c1, d1) = Quads(bytes[(i + 4 * stride)..], stride);
            var to = numbers[i..];
            Join(a0, a1, to);
            Join(b0, b1, to[Vector<uint>.Count..]);
            Join(c0, c1, to[(2 * Vector<uint>.Count)..]);
            Join(d0, d1, to[(3 * Vector<uint>.Count)..]);
        }
        for (; i < numbers.Length; i++)
        {
            numbers[i] = 0;
            for (var place = 0; place < sizeof(ulong); place++)
                numbers[i] |= (ulong)bytes[i + place * stride] << 8 * place;
        }
    }

    /// <summary>Four bytes each, as many as a vector has bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<uint>, Vector<uint>, Vector<uint>, Vector<uint>) Quads(ReadOnlySpan<byte> bytes, int stride)
    {
        var (low0, high0) = Pairs(new(bytes), new(bytes[stride..]));
        var (low1, high1) = Pairs(new(bytes[(2 * stride)..]), new(bytes[(3 * stride)..]));
        Vector.Widen(low0, out var a0, out var b0);
        Vector.Widen(high0, out var c0, out var d0);
        Vector.Widen(low1, out var a1, out var b1);
        Vector.Widen(high1, out var c1, out var d1);
        return (a0 | a1 << 16, b0 | b1 << 16, c0 | c1 << 16, d0 | d1 << 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<ushort> Low, Vector<ushort> High) Pairs(Vector<byte> first, Vector<byte> second)
    {
        Vector.Widen(first, out var low0, out var high0);
        Vector.Widen(second, out var low1, out var high1);
        return (low0 | low1 << 8, high0 | high1 << 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Join(Vector<uint> low, Vector<uint> high, Span<ulong> numbers)
    {
        Vector.Widen(low, out var low0, out var low1);
        Vector.Widen(high, out var high0, out var high1);
        (low0 | high0 << 32).CopyTo(numbers);
        (low1 | high1 << 32).CopyTo(numbers[Vector<ulong>.Count..]);
    }
}
