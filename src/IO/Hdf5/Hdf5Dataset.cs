namespace MesoLiMg.IO.Hdf5;

/// <summary>Shape of a dataset, slowest axis first, and whether it holds integers.</summary>
public sealed record Hdf5Dataset(string Path, long[] Shape, bool IsInteger)
{
    /// <summary>Bytes of a number in the file; 0 for a dataset that is about to be written.</summary>
    public int Width { get; init; }

    /// <summary>Whether the file has integers without a sign.</summary>
    public bool IsUnsigned { get; init; }

    /// <summary>Numbers in all.</summary>
    public long Count => Shape.Aggregate(1L, (product, n) => product * n);
}
