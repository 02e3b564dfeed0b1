using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace MesoLiMg.IO.Hdf5;

/// <summary>Whole datasets, written chunk by chunk by all processors.</summary>
public sealed partial class Hdf5File
{
    /// <summary>Chunks that go through the filters at a time, so that memory stays bounded; more than processors, because some chunks are quicker than others.</summary>
    private static readonly int Batch = Math.Min(4 * Environment.ProcessorCount, 64);

    private ChunkFilters[] _filters = [];

    private static string Unwritten(string path) => $"dataset {path} cannot be written";

    /// <summary>Filters chunks in parallel and stores them one after the other, so that the same content gives the same bytes.</summary>
    private void WriteChunks(long id, Hdf5Dataset dataset, ulong[] chunk, int compression, bool single, Array data)
    {
        if (_filters.Length == 0)
            _filters = [.. Enumerable.Range(0, Batch).Select(_ => new ChunkFilters())];
        foreach (var batch in Runs(dataset.Shape, chunk).Chunk(Batch))
        {
            Parallel.For(0, batch.Length, i =>
            {
                var bytes = Fill(_filters[i], data, batch[i], Length(chunk), single);
                _filters[i].Apply(bytes, dataset.IsInteger || single ? sizeof(float) : sizeof(double), compression);
            });
            using (Hdf5Library.Enter())
            {
                foreach (var (run, filters) in batch.Zip(_filters))
                    Check(Store(id, run.Start, filters.Stored), Unwritten(dataset.Path));
            }
        }
    }

    private static unsafe int Store(long id, ulong[] start, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
            return H5D.write_chunk(id, H5P.DEFAULT, 0, ref start[0], bytes.Length, (nint)at);
    }

    /// <summary>Takes the numbers of a chunk as the file has them. What a last part lacks is zero.</summary>
    /// <returns>Bytes.</returns>
    private static int Fill(ChunkFilters filters, Array data, ChunkRun run, int length, bool single)
    {
        if (data is int[] integers)
            return Copy(integers.AsSpan(run.First, run.Count), filters, length);
        var reals = ((double[])data).AsSpan(run.First, run.Count);
        if (!single)
            return Copy(reals, filters, length);
        var bytes = filters.Numbers(length * sizeof(float));
        bytes[(run.Count * sizeof(float))..].Clear();
        var rounded = MemoryMarshal.Cast<byte, float>(bytes);
        for (var i = 0; i < reals.Length; i++)
            rounded[i] = (float)reals[i];
        return bytes.Length;
    }

    private static unsafe int Copy<T>(ReadOnlySpan<T> numbers, ChunkFilters filters, int length) where T : unmanaged
    {
        var bytes = filters.Numbers(length * sizeof(T));
        MemoryMarshal.AsBytes(numbers).CopyTo(bytes);
        bytes[(numbers.Length * sizeof(T))..].Clear();
        return bytes.Length;
    }

    /// <summary>A chunk's place in its dataset, and the run of numbers that it holds in memory.</summary>
    private readonly record struct ChunkRun(ulong[] Start, int First, int Count);

    /// <summary>
    /// The chunks of a dataset in order. One axis is cut into parts (<see cref="Chunk"/>), faster ones are whole and slower ones have single layers in a chunk, so that each chunk is one run of numbers in memory.
    /// </summary>
    private static IEnumerable<ChunkRun> Runs(long[] shape, ulong[] chunk)
    {
        var cut = Math.Max(0, Array.FindIndex(chunk, extent => extent > 1));
        var start = new ulong[shape.Length];
        var (layer, part) = (Length(shape[(cut + 1)..]), (int)chunk[cut]);
        var total = Length(shape);
        for (var first = 0; first < total;)
        {
            var count = Math.Min(part, (int)shape[cut] - (int)start[cut]) * layer;
            yield return new([.. start], first, count);
            first += count;
            Advance(start, shape, chunk, cut);
        }
    }

    /// <summary>The start of the next chunk.</summary>
    private static void Advance(ulong[] start, long[] shape, ulong[] chunk, int cut)
    {
        for (var axis = cut; axis >= 0; axis--)
        {
            start[axis] += chunk[axis];
            if (start[axis] < (ulong)shape[axis])
                return;
            start[axis] = 0;
        }
    }

    private static int Length(IEnumerable<long> extents) => (int)extents.Aggregate(1L, (product, n) => product * n);

    private static int Length(IEnumerable<ulong> extents) => (int)extents.Aggregate(1UL, (product, n) => product * n);
}
