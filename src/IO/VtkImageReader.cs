using System.Buffers.Binary;
using System.IO.Compression;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>Reads cell data of VTK image data: ascii, binary or appended (raw or base64), plain or compressed by zlib.</summary>
internal static class VtkImageReader
{
    private static ReadOnlySpan<byte> AppendedTag => "<AppendedData"u8;

    /// <summary>The first array of integers with one of these names, a number per cell.</summary>
    /// <exception cref="InputException">The file is damaged, or does not fit the grid.</exception>
    public static int[] ReadCells(string path, IReadOnlyList<string> names, GridShape grid)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            var (root, appended) = Split(bytes);
            var extent = Numbers((string?)root.Element("ImageData")?.Attribute("WholeExtent"));
            var cells = extent.Length == 6 ? Enumerable.Range(0, 3).Select(a => Math.Max(1, extent[2 * a + 1] - extent[2 * a])).ToArray() : [];
            // An axis that the domain lacks has no extent.
            if (cells is not [var nx, var ny, var nz] || (nx, ny, nz) != grid.Cells)
                throw new InputException($"{path}: has {string.Join(" x ", cells)} cells, the grid has {grid.Cells.X} x {grid.Cells.Y} x {grid.Cells.Z}");
            var arrays = root.Descendants("CellData").Elements("DataArray").ToList();
            var array = names.Select(name => arrays.FirstOrDefault(a => (string?)a.Attribute("Name") == name)).OfType<XElement>().FirstOrDefault()
                ?? throw new InputException($"{path}: has no cell array {string.Join(" or ", names)}; it has {string.Join(", ", arrays.Select(a => (string?)a.Attribute("Name")))}");
            var values = Values(root, array, appended);
            return values.LongLength == grid.CellCount ? values : throw new InputException($"{path}: {array.Attribute("Name")!.Value} has {values.Length} numbers for {grid.CellCount} cells");
        }
        catch (Exception e) when (e is XmlException or FormatException or InvalidDataException or OverflowException or ArgumentException or IOException or NullReferenceException)
        {
            throw new InputException($"{path}: is no VTK image data that can be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The XML, and the bytes after the underscore of an appended section.</summary>
    private static (XElement Root, ReadOnlyMemory<byte> Appended) Split(byte[] bytes)
    {
        var tag = bytes.AsSpan().IndexOf(AppendedTag);
        if (tag < 0)
            return (XElement.Parse(Encoding.UTF8.GetString(bytes)), default);
        var start = tag + bytes.AsSpan(tag).IndexOf((byte)'_') + 1;
        var opening = tag + bytes.AsSpan(tag).IndexOf((byte)'>') + 1;
        return (XElement.Parse(Encoding.UTF8.GetString(bytes, 0, opening) + "</AppendedData></VTKFile>"), bytes.AsMemory(start));
    }

    private static int[] Values(XElement root, XElement array, ReadOnlyMemory<byte> appended)
    {
        var type = (string)array.Attribute("type")!;
        var format = (string?)array.Attribute("format") ?? "ascii";
        if (format == "ascii")
            return Numbers(array.Value);
        var (wide, compressed) = ((string?)root.Attribute("header_type") == "UInt64", root.Attribute("compressor") is not null);
        if (compressed && (string)root.Attribute("compressor")! != "vtkZLibDataCompressor")
            throw new FormatException($"it is compressed by {(string)root.Attribute("compressor")!}, expected vtkZLibDataCompressor");
        if (format == "binary")
            return Integers(FromBase64(Encoding.ASCII.GetBytes(array.Value.Trim()), wide, compressed), type);
        var at = appended[(int)array.Attribute("offset")!..];
        var raw = (string?)root.Element("AppendedData")?.Attribute("encoding") == "raw";
        return Integers(raw ? Unpacked(at.Span, wide, compressed) : FromBase64(at.Span, wide, compressed), type);
    }

    /// <summary>Raw data behind its header: bytes in all, or of compressed blocks their number, size, last size and compressed sizes.</summary>
    private static byte[] Unpacked(ReadOnlySpan<byte> data, bool wide, bool compressed)
    {
        var word = wide ? 8 : 4;
        var first = Word(data, 0, wide);
        if (!compressed)
            return data.Slice(word, first).ToArray();
        using var result = new MemoryStream();
        var at = word * (3 + first);
        for (var block = 0; block < first; block++)
        {
            var size = Word(data, 3 + block, wide);
            using var zlib = new ZLibStream(new MemoryStream(data.Slice(at, size).ToArray()), CompressionMode.Decompress);
            zlib.CopyTo(result);
            at += size;
        }
        return result.ToArray();
    }

    /// <summary>Base64 of a header of its own and of the data when compressed, else of both together.</summary>
    private static byte[] FromBase64(ReadOnlySpan<byte> text, bool wide, bool compressed)
    {
        var word = wide ? 8 : 4;
        static int Letters(int bytes) => (bytes + 2) / 3 * 4;
        static byte[] Decode(ReadOnlySpan<byte> letters) => System.Convert.FromBase64String(Encoding.ASCII.GetString(letters));
        var first = Word(Decode(text[..Letters(word)])[..word], 0, wide);
        if (!compressed)
            return Unpacked(Decode(text[..Letters(word + first)]), wide, false);
        var header = word * (3 + first);
        var head = Decode(text[..Letters(header)]);
        var body = Enumerable.Range(0, first).Sum(block => Word(head, 3 + block, wide));
        return Unpacked([.. head, .. Decode(text.Slice(Letters(header), Letters(body)))], wide, true);
    }

    private static int Word(ReadOnlySpan<byte> data, int i, bool wide) =>
        wide ? checked((int)BinaryPrimitives.ReadUInt64LittleEndian(data[(8 * i)..])) : checked((int)BinaryPrimitives.ReadUInt32LittleEndian(data[(4 * i)..]));

    private static int[] Integers(byte[] data, string type) => type switch
    {
        "Int8" or "UInt8" => Array.ConvertAll(data, b => (int)b),
        "Int16" or "UInt16" => [.. Enumerable.Range(0, data.Length / 2).Select(i => (int)BitConverter.ToUInt16(data, 2 * i))],
        "Int32" or "UInt32" => [.. Enumerable.Range(0, data.Length / 4).Select(i => BitConverter.ToInt32(data, 4 * i))],
        "Int64" or "UInt64" => [.. Enumerable.Range(0, data.Length / 8).Select(i => checked((int)BitConverter.ToInt64(data, 8 * i)))],
        _ => throw new FormatException($"the array holds {type}, expected integers"),
    };

    private static int[] Numbers(string? text) => [.. (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
}
