using System.IO.Compression;
using System.Runtime.InteropServices;

namespace MesoLiMg.Tools;

/// <summary>
/// The part of a VTK file behind the underscore: each array as its length and its bytes or, with zlib, as numbers and
/// lengths of its blocks and the compressed blocks. All lengths have 64 bits, little endian.
/// </summary>
/// <param name="cancel">Ends the writing on the way.</param>
internal sealed class VtkAppendedData(Stream stream, bool compress, CancellationToken cancel)
{
    /// <summary>Bytes compressed at a time.</summary>
    private const int BlockLength = 1 << 20;

    private readonly byte[] block = compress ? new byte[BlockLength] : [];

    /// <summary>Appends an array.</summary>
    public void Append(VtkArray array)
    {
        if (compress)
            AppendCompressed(array);
        else
            AppendRaw(array);
    }

    private void AppendRaw(VtkArray array)
    {
        stream.Write(BitConverter.GetBytes((ulong)array.Bytes));
        foreach (var piece in array.PiecesAhead())
            Split(piece, bytes => stream.Write(bytes));
    }

    /// <summary>The table of lengths comes before the blocks, so that its place is kept until they are known.</summary>
    private void AppendCompressed(VtkArray array)
    {
        var blocks = (array.Bytes + BlockLength - 1) / BlockLength;
        var table = new List<ulong> { (ulong)blocks, BlockLength, (ulong)(array.Bytes % BlockLength) };
        var start = stream.Position;
        stream.Write(new byte[(3 + blocks) * sizeof(ulong)]);
        var filled = 0;
        foreach (var piece in array.PiecesAhead())
        {
            Split(piece, bytes =>
            {
                while (bytes.Length > 0)
                {
                    var taken = Math.Min(bytes.Length, BlockLength - filled);
                    bytes[..taken].CopyTo(block.AsSpan(filled));
                    bytes = bytes[taken..];
                    if ((filled += taken) == BlockLength)
                        filled = Compress(table, filled);
                }
            });
        }
        if (filled > 0)
            Compress(table, filled);
        var end = stream.Position;
        stream.Position = start;
        stream.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(table)));
        stream.Position = end;
    }

    /// <returns>The bytes that then wait in the block: none.</returns>
    private int Compress(List<ulong> table, int length)
    {
        var start = stream.Position;
        using (var zlib = new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(block, 0, length);
        table.Add((ulong)(stream.Position - start));
        return 0;
    }

    private delegate void BytesAction(ReadOnlySpan<byte> bytes);

    /// <summary>In parts, because a piece can have more bytes than a span.</summary>
    private void Split(VtkPiece piece, BytesAction action)
    {
        for (long start = 0; start < piece.Count; start += BlockLength)
        {
            cancel.ThrowIfCancellationRequested();
            var length = (int)Math.Min(BlockLength, piece.Count - start);
            action(piece.Numbers is int[] ids
                ? MemoryMarshal.AsBytes(ids.AsSpan((int)start, length))
                : MemoryMarshal.AsBytes(((double[])piece.Numbers).AsSpan((int)start, length)));
        }
    }
}
