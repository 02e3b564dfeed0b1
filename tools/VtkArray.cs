using MesoLiMg.IO;

namespace MesoLiMg.Tools;

/// <summary>Numbers of a field at a place of its lattice: a piece of an array, in the order of the file.</summary>
/// <param name="Numbers"><c>double[]</c> or <c>int[]</c>; the first <paramref name="Count"/> count.</param>
internal readonly record struct VtkPiece(Array Numbers, long Count);

/// <summary>A data array of a VTK file, whose numbers come piece by piece.</summary>
/// <param name="Name">With its unit.</param>
/// <param name="Count">Numbers in all.</param>
/// <param name="Pieces">In order. The numbers of one stay until the second after it is asked for.</param>
internal sealed record VtkArray(string Name, bool IsInteger, int Components, long Count, IEnumerable<VtkPiece> Pieces)
{
    /// <summary>Numbers held in memory at a time, at least a plane.</summary>
    private const long BufferLength = 1 << 20;

    public long Bytes => Count * (IsInteger ? sizeof(int) : sizeof(double));

    /// <summary>The pieces, of which each is made by another thread while the one before it is used.</summary>
    public IEnumerable<VtkPiece> PiecesAhead()
    {
        using var pieces = Pieces.GetEnumerator();
        var next = Task.Run(pieces.MoveNext);
        try
        {
            while (next.GetAwaiter().GetResult())
            {
                var piece = pieces.Current;
                next = Task.Run(pieces.MoveNext);
                yield return piece;
            }
        }
        finally
        {
            // Whoever stops on the way has its own reason.
            ((IAsyncResult)next).AsyncWaitHandle.WaitOne();
        }
    }

    /// <summary>The numbers of a field as they are in the snapshot, slab by slab.</summary>
    /// <param name="points">The lattice of the field: cells or nodes.</param>
    public static IEnumerable<VtkPiece> Planes(SnapshotFile snapshot, SnapshotFieldInfo field,
        (int X, int Y, int Z) points)
    {
        var plane = (long)points.X * points.Y * field.Components;
        var planes = Math.Clamp(BufferLength / plane, 1, points.Z);
        var (buffer, other) = (Buffer(), Buffer());
        for (long first = 0; first < points.Z; first += planes)
        {
            var count = Math.Min(planes, points.Z - first);
            snapshot.ReadPlanes(field, first, count, buffer);
            yield return new(buffer, count * plane);
            (buffer, other) = (other, buffer);
        }

        Array Buffer() => field.IsInteger ? new int[planes * plane] : new double[planes * plane];
    }
}
