namespace MesoLiMg.IO.Hdf5;

/// <summary>
/// A chunk of a dataset as this program stores it: one axis is cut into parts, faster ones are whole and slower ones
/// have single layers in a chunk, so that each chunk is one run of numbers in memory.
/// </summary>
/// <param name="Start">Indices of its first number.</param>
/// <param name="First">That number's place in memory.</param>
/// <param name="Count">Numbers; a last part of the axis has fewer than others.</param>
internal readonly record struct ChunkRun(ulong[] Start, long First, int Count)
{
    /// <summary>
    /// The chunks that hold some of the numbers from <paramref name="first"/> to before <paramref name="end"/>, in
    /// order.
    /// </summary>
    /// <param name="shape">Of the dataset.</param>
    /// <param name="chunk">Extents of a chunk.</param>
    public static IEnumerable<ChunkRun> Of(long[] shape, ulong[] chunk, long first, long end)
    {
        if (first >= end)
            yield break;
        var cut = CutAxis(chunk);
        var layer = shape[(cut + 1)..].Aggregate(1L, (product, n) => product * n);
        var (whole, part) = (shape[cut] * layer, (long)chunk[cut] * layer);
        for (var outer = first / whole; outer * whole < end; outer++)
        {
            var from = Math.Max(0, first - outer * whole) / part * part;
            for (; from < whole && outer * whole + from < end; from += part)
                yield return new(Indices(shape, cut, outer, from / layer), outer * whole + from,
                    (int)Math.Min(part, whole - from));
        }
    }

    /// <summary>Whether chunks of these extents are runs.</summary>
    public static bool Are(long[] shape, ulong[] chunk) => Enumerable.Range(0, shape.Length).Skip(CutAxis(chunk) + 1)
        .All(axis => (long)chunk[axis] == shape[axis]);

    private static int CutAxis(ulong[] chunk) => Math.Max(0, Array.FindIndex(chunk, extent => extent > 1));

    private static ulong[] Indices(long[] shape, int cut, long outer, long layer)
    {
        var start = new ulong[shape.Length];
        start[cut] = (ulong)layer;
        for (var axis = cut - 1; axis >= 0; axis--)
            (outer, start[axis]) = (outer / shape[axis], (ulong)(outer % shape[axis]));
        return start;
    }
}
