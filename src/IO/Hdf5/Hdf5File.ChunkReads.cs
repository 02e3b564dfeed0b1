using HDF.PInvoke;

namespace MesoLiMg.IO.Hdf5;

/// <summary>
/// Reading of sealed files, which this program wrote: the library unpacks one chunk after the other, here all cores do.
/// </summary>
public sealed partial class Hdf5File
{
    /// <summary>
    /// Reads numbers <paramref name="first"/> to <paramref name="end"/> of a dataset into the start of an array of its
    /// type.
    /// </summary>
    /// <returns>False, and nothing was read, when the dataset is not stored as this program does it.</returns>
    private bool TryReadChunks(Hdf5Dataset dataset, long first, long end, Array data)
    {
        var failure = $"dataset {dataset.Path} cannot be read";
        if (_bytes is null || FindChunks(dataset, first, end, failure) is not var (storage, chunks))
            return false;
        var reader = new ChunkReader(_bytes, storage);
        try
        {
            Parallel.ForEach(chunks, chunk => reader.Read(chunk, first, end, data));
            return true;
        }
        catch (AggregateException e) when (e.InnerException is IOException or InvalidDataException)
        {
            throw Failed(failure, e.InnerException.Message);
        }
    }

    private (ChunkedStorage Storage, StoredChunk[] Chunks)? FindChunks(Hdf5Dataset dataset, long first, long end,
        string failure)
    {
        using (Hdf5Library.Enter())
        {
            using var id = Own(H5D.open(_id, dataset.Path), H5D.close, failure);
            using var properties = Own(H5D.get_create_plist(id), H5P.close, failure);
            return ChunkedStorage.Of(dataset, id, properties) is { } storage
                ? (storage, [.. ChunkRun.Of(dataset.Shape, storage.Chunk, first, end).Select(Find)]) : null;

            StoredChunk Find(ChunkRun run)
            {
                var (skipped, address, length) = (0u, 0ul, 0ul);
                Check(H5D.get_chunk_info_by_coord(id, run.Start, ref skipped, ref address, ref length), failure);
                return new(run, (long)address, checked((int)length), skipped);
            }
        }
    }
}
