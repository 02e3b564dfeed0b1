using HDF.PInvoke;

namespace MesoLiMg.IO.Hdf5;

/// <summary>What the chunks of a dataset hold that is stored as <see cref="Hdf5File"/> does it.</summary>
/// <param name="Chunk">Extents of a chunk, which is a run of numbers, see <see cref="ChunkRun"/>.</param>
/// <param name="Width">Bytes of a number.</param>
/// <param name="IsDeflated">Whether they went through shuffle and deflate.</param>
internal sealed record ChunkedStorage(ulong[] Chunk, int Width, bool IsDeflated)
{
    /// <summary>Numbers in a chunk, also in one at the end of an axis, of which fewer count.</summary>
    public int Count { get; } = (int)Chunk.Aggregate(1UL, (product, n) => product * n);

    /// <summary>The storage of an open dataset; null where it is another one than this program's.</summary>
    /// <param name="dataset">Its shape and kind of numbers.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="properties">Of its creation.</param>
    public static ChunkedStorage? Of(Hdf5Dataset dataset, long id, long properties)
    {
        if (!BitConverter.IsLittleEndian || H5P.get_layout(properties) != H5D.layout_t.CHUNKED || WidthOf(dataset, id)
            is not { } width || IsDeflatedBy(properties) is not { } isDeflated)
            return null;
        var chunk = new ulong[dataset.Shape.Length];
        return H5P.get_chunk(properties, chunk.Length, chunk) == chunk.Length && ChunkRun.Are(dataset.Shape, chunk)
            ? new(chunk, width, isDeflated) : null;
    }

    private static int? WidthOf(Hdf5Dataset dataset, long id)
    {
        var type = H5D.get_type(id);
        try
        {
            return dataset.IsInteger ? Is(H5T.STD_I32LE) ? sizeof(int) : null : Is(H5T.IEEE_F64LE) ? sizeof(double)
                : Is(H5T.IEEE_F32LE) ? sizeof(float) : null;
        }
        finally
        {
            H5T.close(type);
        }

        bool Is(long other) => H5T.equal(type, other) > 0;
    }

    /// <summary>Null for filters that are not this program's.</summary>
    private static bool? IsDeflatedBy(long properties)
    {
        var filters = Enumerable.Range(0, H5P.get_nfilters(properties)).Select(i =>
        {
            var (flags, values, configuration) = (0u, (nint)0, 0u);
            return H5P.get_filter(properties, (uint)i, ref flags, ref values, null, 0, null, ref configuration);
        });
        return filters.ToArray() switch
        {
            [H5Z.filter_t.SHUFFLE, H5Z.filter_t.DEFLATE, H5Z.filter_t.FLETCHER32] => true,
            [H5Z.filter_t.FLETCHER32] => false,
            _ => null,
        };
    }
}
