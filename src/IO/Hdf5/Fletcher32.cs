using System.Numerics;
using System.Runtime.InteropServices;

namespace MesoLiMg.IO.Hdf5;

/// <summary>Fletcher's checksum in the library's form.</summary>
internal static class Fletcher32
{
    /// <summary>Bytes of the checksum.</summary>
    public const int Length = sizeof(uint);

    /// <summary>
    /// The checksum, which stands little endian behind a chunk: over n words w_i of 16 bits, high byte first, the sums
    /// s1 = Σ w_i and s2 = Σ (n - i) w_i modulo 65535, s2 in the high half. A sum is 0 only where all words are. To
    /// turn the bytes of every word is to multiply by 2^8 modulo 2^16 - 1, so that the words are taken as they lie and
    /// the sums are turned.
    /// </summary>
    /// <param name="bytes">The chunk without its checksum.</param>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        // So many vectors that no sum of sums leaves 32 bits.
        const int block = 256;
        var words = MemoryMarshal.Cast<byte, ushort>(bytes);
        var vectors = MemoryMarshal.Cast<ushort, Vector<ushort>>(words);
        ulong s1 = 0, s2 = 0;
        for (var first = 0; first < vectors.Length; first += block)
            AddBlock(vectors.Slice(first, Math.Min(block, vectors.Length - first)), ref s1, ref s2);
        foreach (var word in words[(vectors.Length * Vector<ushort>.Count)..])
            s2 += s1 += word;
        // An odd byte is the high one of a last word.
        if (bytes.Length % 2 == 1)
            s2 += s1 += bytes[^1];
        return Turned(s2) << 16 | Turned(s1);
    }

    private static void AddBlock(ReadOnlySpan<Vector<ushort>> vectors, ref ulong s1, ref ulong s2)
    {
        var (low1, low2, high1, high2) = (Vector<uint>.Zero, Vector<uint>.Zero, Vector<uint>.Zero, Vector<uint>.Zero);
        foreach (var words in vectors)
        {
            Vector.Widen(words, out var low, out var high);
            low2 += low1 += low;
            high2 += high1 += high;
        }
        var lanes = Vector<ushort>.Count;
        s2 += s1 * (ulong)(vectors.Length * lanes);
        for (var lane = 0; lane < lanes / 2; lane++)
        {
            // What comes behind in the same vector counts once less for every lane.
            s2 += (ulong)lanes * low2[lane] - (ulong)lane * low1[lane] + (ulong)lanes * high2[lane]
                - (ulong)(lane + lanes / 2) * high1[lane];
            s1 += (ulong)low1[lane] + high1[lane];
        }
        s2 = Folded(s2);
        s1 = Folded(s1);
    }

    private static uint Turned(ulong sum)
    {
        var folded = (uint)Folded(sum);
        return (folded << 8 | folded >> 8) & 0xffff;
    }

    /// <summary>A sum modulo 65535, which stays 65535 where it is not nothing.</summary>
    private static ulong Folded(ulong sum) => sum == 0 ? 0 : (sum - 1) % 65535 + 1;
}
