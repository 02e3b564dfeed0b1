using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MesoLiMg.IO.Hdf5;

/// <summary>A chunk in its file.</summary>
/// <param name="Run">The numbers of the dataset that it holds.</param>
/// <param name="Address">Of its bytes.</param>
/// <param name="Length">Bytes in the file.</param>
/// <param name="Skipped">A bit for every filter that was not applied, the first one lowest.</param>
internal readonly record struct StoredChunk(ChunkRun Run, long Address, int Length, uint Skipped);

/// <summary>Reads and unpacks chunks, on any number of threads.</summary>
/// <param name="file">The file.</param>
/// <param name="storage">What its chunks hold.</param>
internal sealed class ChunkReader(SafeFileHandle file, ChunkedStorage storage)
{
    /// <summary>The second filter: deflate passes over a chunk that it would make no smaller.</summary>
    private const uint DeflateSkipped = 2;

    private readonly int length = storage.Count * storage.Width;

    /// <summary>
    /// Puts those numbers of a chunk that are among <paramref name="first"/> to <paramref name="end"/> where they
    /// belong in an array that starts with the first.
    /// </summary>
    /// <exception cref="InvalidDataException">The chunk is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Read(StoredChunk chunk, long first, long end, Array data)
    {
        var (stored, inflated) = (ArrayPool<byte>.Shared.Rent(chunk.Length), ArrayPool<byte>.Shared.Rent(length));
        try
        {
            var filtered = ReadChecked(chunk, stored);
            ReadOnlySpan<byte> numbers = stored.AsSpan(0, filtered);
            if (storage.IsDeflated && chunk.Skipped != DeflateSkipped)
            {
                ChunkUnpacking.Inflate(stored, filtered, inflated.AsSpan(0, length));
                numbers = inflated.AsSpan(0, length);
            }
            if (numbers.Length != length)
                throw new InvalidDataException("a chunk does not have the length that it should");
            var (from, to) = (Math.Max(first, chunk.Run.First), Math.Min(end, chunk.Run.First + chunk.Run.Count));
            Copy(numbers, (int)(from - chunk.Run.First), data, (int)(from - first), (int)(to - from));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
            ArrayPool<byte>.Shared.Return(inflated);
        }
    }

    /// <returns>Bytes without the checksum.</returns>
    private int ReadChecked(StoredChunk chunk, byte[] stored)
    {
        for (int read = 0, n; read < chunk.Length; read += n)
        {
            n = RandomAccess.Read(file, stored.AsSpan(read, chunk.Length - read), chunk.Address + read);
            if (n == 0)
                throw new InvalidDataException("the file has become shorter");
        }
        var filtered = chunk.Length - Fletcher32.Length;
        if (Fletcher32.Of(stored.AsSpan(0, filtered)) != BinaryPrimitives.ReadUInt32LittleEndian(
            stored.AsSpan(filtered)))
            throw new InvalidDataException("the checksum of a chunk is not that of what it holds");
        return filtered;
    }

    private void Copy(ReadOnlySpan<byte> bytes, int start, Array data, int at, int count)
    {
        switch (data)
        {
            case int[] integers:
                Take(bytes, start, MemoryMarshal.Cast<int, uint>(integers.AsSpan(at, count)));
                break;
            case double[] numbers when storage.Width == sizeof(double):
                Take(bytes, start, MemoryMarshal.Cast<double, ulong>(numbers.AsSpan(at, count)));
                break;
            case double[] numbers:
                var singles = new float[count];
                Take(bytes, start, MemoryMarshal.Cast<float, uint>(singles.AsSpan()));
                for (var i = 0; i < count; i++)
                    numbers[at + i] = singles[i];
                break;
        }
    }

    private void Take(ReadOnlySpan<byte> bytes, int start, Span<uint> numbers)
    {
        if (storage.IsDeflated)
            ChunkUnpacking.Unshuffle(bytes[start..], storage.Count, numbers);
        else
            MemoryMarshal.Cast<byte, uint>(bytes).Slice(start, numbers.Length).CopyTo(numbers);
    }

    private void Take(ReadOnlySpan<byte> bytes, int start, Span<ulong> numbers)
    {
        if (storage.IsDeflated)
            ChunkUnpacking.Unshuffle(bytes[start..], storage.Count, numbers);
        else
            MemoryMarshal.Cast<byte, ulong>(bytes).Slice(start, numbers.Length).CopyTo(numbers);
    }
}
