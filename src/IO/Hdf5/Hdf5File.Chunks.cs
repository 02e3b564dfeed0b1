using System.Runtime.InteropServices;
using HDF.PInvoke;

namespace MesoLiMg.IO.Hdf5;

/// <summary>Whole datasets, written chunk by chunk by all processors.</summary>
public sealed partial class Hdf5File
{
    /// <summary>
    /// Chunks that go through the filters at a time, so that memory stays bounded; more than processors, because some
    /// chunks are quicker than others.
    /// </summary>
    private static readonly int Batch = Math.Min(4 * Environment.ProcessorCount, 64);

    private ChunkFilters[] _filters = [];

    private static string Unwritten(string path) => $"dataset {path} cannot be written";

    /// <summary>
    /// Filters chunks in parallel and stores them one after the other, so that the same content gives the same bytes.
    /// </summary>
    private void WriteChunks(long id, Hdf5Dataset dataset, ulong[] chunk, int compression, bool single, Array data)
    {
        if (_filters.Length == 0)
            _filters = [.. Enumerable.Range(0, Batch).Select(_ => new ChunkFilters())];
        foreach (var batch in ChunkRun.Of(dataset.Shape, chunk, 0, dataset.Count).Chunk(Batch))
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
            return Copy(integers.AsSpan((int)run.First, run.Count), filters, length);
        var reals = ((double[])data).AsSpan((int)run.First, run.Count);
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

    private static int Length(IEnumerable<ulong> extents) => (int)extents.Aggregate(1UL, (product, n) => product * n);
}
