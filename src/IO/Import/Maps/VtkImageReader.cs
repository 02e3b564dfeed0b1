using System.Buffers.Binary;
using System.IO.Compression;
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using MesoLiMg.IO.Maps;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>Reads cell data of VTK image data: ascii, binary or appended (raw or base64), plain or compressed by zlib,
/// of either byte order.</summary>
internal sealed class VtkImageReader
{
    private const string CellData = "CellData";

    private static readonly string[] IdNames = ["FeatureIds", "grain [-]", "grain"];

    private readonly string path;
    private readonly XElement root;
    private readonly ReadOnlyMemory<byte> appended;
    private readonly bool wide, compressed, big;

    private VtkImageReader(string path)
    {
        this.path = path;
        (root, appended) = Split(MapBytes.Of(path));
        wide = (string?)root.Attribute("header_type") == "UInt64";
        big = (string?)root.Attribute("byte_order") == "BigEndian";
        compressed = root.Attribute("compressor") is not null;
    }

    private static ReadOnlySpan<byte> AppendedTag => "<AppendedData"u8;

    /// <summary>The grain map in a file, and how its grains lie where it says so for each cell.</summary>
    /// <exception cref="InputException">The file is damaged, or does not fit the grid.</exception>
    public static VoxelMap Read(string path, MicrostructureCase microstructure, GridShape grid)
    {
        try
        {
            return new VtkImageReader(path).Read(microstructure, grid);
        }
        catch (Exception e) when (e is XmlException or FormatException or InvalidDataException or OverflowException
            or ArgumentException or IOException)
        {
            throw new InputException(
                $"{path}: is no VTK image data that can be read: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    private VoxelMap Read(MicrostructureCase microstructure, GridShape grid)
    {
        var image = root.Element("ImageData")
            ?? throw new FormatException(
            $"expected an element ImageData, read {(string?)root.Attribute("type") ?? root.Name.LocalName}");
        int[] extent = [.. Words((string?)image.Attribute("WholeExtent"))
            .Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        if (extent.Length != 6)
            throw new FormatException("expected a WholeExtent of 6 numbers");
        // An axis that the domain lacks has no extent.
        int Along(int axis) => Math.Max(1, extent[2 * axis + 1] - extent[2 * axis]);
        var extents = (Along(0), Along(1), Along(2));
        var names = microstructure.Dataset is { } name ? [name] : IdNames;
        var array = Find(names, extent);
        MapShape.Require(extents, grid, path, "cells");
        var ids = Ids(array);
        if (ids.Length != extents.Item1 * (long)extents.Item2 * extents.Item3)
            throw new InputException(
                $"{path}: {NameOf(array)} has {ids.Length} numbers for {MapShape.Text(extents)} cells");
        return new(ids, extents, NameOf(array))
        {
            Edges = Edges(image),
            Orientations = microstructure.Orientations.Count > 0 ? null : Orientations(ids, microstructure.AngleUnit),
        };
    }

    /// <summary>The array of ids.</summary>
    private XElement Find(IReadOnlyList<string> names, int[] extent)
    {
        var arrays = Arrays(CellData);
        if (names.Select(name => arrays.Find(array => NameOf(array) == name))
            .FirstOrDefault(array => array is not null) is { } found)
            return found;
        var points = Arrays("PointData").Select(NameOf).ToList();
        if (points.Intersect(names).FirstOrDefault() is { } onPoints)
        {
            var count =
                MapShape.Text((extent[1] - extent[0] + 1, extent[3] - extent[2] + 1, extent[5] - extent[4] + 1));
            throw new InputException(
                $"{path}: has {onPoints} on its {count} points, expected it on cells (CellData); a map of pixels is to "
                + "be written as cell data");
        }
        throw new InputException($"{path}: has no cell array {string.Join(" or ", names)}; "
            + (arrays.Count > 0 ? $"it has {string.Join(", ", arrays.Select(NameOf))}" : points.Count > 0
                ? $"it has no cell data, and on points {string.Join(", ", points)}" : "it has no arrays"));
    }

    private List<XElement> Arrays(string section) => [.. root.Descendants(section).Elements("DataArray")];

    private static string NameOf(XElement array) => (string?)array.Attribute("Name") ?? "without a name";

    private static double[]? Edges(XElement image) =>
        Words((string?)image.Attribute("Spacing")) is { Length: 3 } words
            ? [.. words.Select(word => double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture))] : null;

    private MapOrientations? Orientations(long[] ids, AngleUnit? unit)
    {
        bool Is(XElement array, params string[] names) => names.Contains(Hdf5Orientations.Plain(NameOf(array)));
        var arrays = Arrays(CellData);
        // This program's own name has the unit in it.
        var (euler, quats) =
            (arrays.Find(array => Is(array, "eulerrad", "euler", "eulerangles", "avgeulerangles")),
            arrays.Find(array => Is(array, "quats", "avgquats")));
        if ((euler ?? quats) is not { } array)
            return null;
        var width = euler is null ? 4 : 3;
        var numbers = Reals(array);
        if (numbers.Length != width * ids.LongLength)
            throw new InputException(
                $"{path}: {NameOf(array)} has {numbers.Length} numbers for {ids.Length} cells, expected {width} for "
                + "each");
        var first = MapOrientations.FirstVoxels(ids);
        return new($"{NameOf(array)}, the first cell of each grain", id =>
        {
            var own = numbers.AsSpan(first[id] * width, width);
            var whose = $"{path}: {NameOf(array)}: grain {id}";
            return euler is null ? OrientationNumbers.OfDream3D(own, whose)
                : OrientationNumbers.Euler(own, unit, whose);
        });
    }

    /// <summary>The XML, and the bytes after the underscore of an appended section.</summary>
    private static (XElement Root, ReadOnlyMemory<byte> Appended) Split(byte[] bytes)
    {
        var tag = bytes.AsSpan().IndexOf(AppendedTag);
        if (tag < 0)
            return (XElement.Parse(Encoding.UTF8.GetString(bytes)), default);
        var start = tag + bytes.AsSpan(tag).IndexOf((byte)'_') + 1;
        var opening = tag + bytes.AsSpan(tag).IndexOf((byte)'>') + 1;
        return (XElement.Parse(Encoding.UTF8.GetString(bytes, 0, opening) + "</AppendedData></VTKFile>"),
            bytes.AsMemory(start));
    }

    private long[] Ids(XElement array)
    {
        var (type, what) = (TypeOf(array), $"{path}: {NameOf(array)}");
        var unsigned = type is MapNumber.UInt32 or MapNumber.UInt64 ? GrainIds.Width(type) : 0;
        return IsText(array) ? [.. Words(array.Value).Select((word, i) => GrainIds.Parse(word, unsigned, i, what))]
            : GrainIds.Decode(Bytes(array), type, big, what);
    }

    private double[] Reals(XElement array)
    {
        if (IsText(array))
            return [.. Words(array.Value)
                .Select(word => double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture))];
        var (type, bytes) = (TypeOf(array), Bytes(array));
        if (type is not (MapNumber.Float32 or MapNumber.Float64))
            throw new InputException(
                $"{path}: {NameOf(array)} holds {(string?)array.Attribute("type")}, expected Float32 or Float64");
        var width = GrainIds.Width(type);
        double Real(ReadOnlySpan<byte> number) => width == 4
            ? big ? BinaryPrimitives.ReadSingleBigEndian(number) : BinaryPrimitives.ReadSingleLittleEndian(number)
            : big ? BinaryPrimitives.ReadDoubleBigEndian(number) : BinaryPrimitives.ReadDoubleLittleEndian(number);
        return [.. Enumerable.Range(0, bytes.Length / width).Select(i => Real(bytes.AsSpan(i * width, width)))];
    }

    private static MapNumber TypeOf(XElement array) =>
        Enum.TryParse<MapNumber>((string?)array.Attribute("type"), out var type) && Enum.IsDefined(type)
        ? type
        : throw new FormatException(
            $"the array {NameOf(array)} holds {(string?)array.Attribute("type") ?? "no type"}, expected integers, or "
            + "Float32 or Float64 that are whole");

    private static bool IsText(XElement array) => ((string?)array.Attribute("format") ?? "ascii") == "ascii";

    private byte[] Bytes(XElement array)
    {
        if (compressed && (string)root.Attribute("compressor")! != "vtkZLibDataCompressor")
            throw new FormatException(
                $"it is compressed by {(string)root.Attribute("compressor")!}, expected vtkZLibDataCompressor");
        if ((string)array.Attribute("format")! == "binary")
            return FromBase64(Encoding.ASCII.GetBytes(array.Value.Trim()));
        var offset = array.Attribute("offset") ?? throw new FormatException($"the array {NameOf(array)} has no offset");
        var at = appended[(int)offset..];
        return (string?)root.Element("AppendedData")?.Attribute("encoding") == "raw" ? Unpacked(at.Span, compressed)
            : FromBase64(at.Span);
    }

    /// <summary>
    /// Raw data behind its header: bytes in all, or of compressed blocks their number, size, last size and compressed
    /// sizes.
    /// </summary>
    private byte[] Unpacked(ReadOnlySpan<byte> data, bool inBlocks)
    {
        var word = wide ? 8 : 4;
        var first = Word(data, 0);
        if (!inBlocks)
            return data.Slice(word, first).ToArray();
        using var result = new MemoryStream();
        var at = word * (3 + first);
        for (var block = 0; block < first; block++)
        {
            var size = Word(data, 3 + block);
            using var zlib = new ZLibStream(new MemoryStream(data.Slice(at, size).ToArray()),
                CompressionMode.Decompress);
            zlib.CopyTo(result);
            at += size;
        }
        return result.ToArray();
    }

    /// <summary>Base64 of a header of its own and of the data when compressed, else of both together.</summary>
    private byte[] FromBase64(ReadOnlySpan<byte> text)
    {
        var word = wide ? 8 : 4;
        static int Letters(int bytes) => (bytes + 2) / 3 * 4;
        static byte[] Decode(ReadOnlySpan<byte> letters) =>
            System.Convert.FromBase64String(Encoding.ASCII.GetString(letters));
        var first = Word(Decode(text[..Letters(word)])[..word], 0);
        if (!compressed)
            return Unpacked(Decode(text[..Letters(word + first)]), false);
        var header = word * (3 + first);
        var head = Decode(text[..Letters(header)]);
        var body = Enumerable.Range(0, first).Sum(block => Word(head, 3 + block));
        return Unpacked([.. head, .. Decode(text.Slice(Letters(header), Letters(body)))], true);
    }

    private int Word(ReadOnlySpan<byte> data, int i)
    {
        var number = data[((wide ? 8 : 4) * i)..];
        return checked((int)(wide
            ? big ? BinaryPrimitives.ReadUInt64BigEndian(number) : BinaryPrimitives.ReadUInt64LittleEndian(number)
            : big ? BinaryPrimitives.ReadUInt32BigEndian(number) : BinaryPrimitives.ReadUInt32LittleEndian(number)));
    }

    private static string[] Words(string? text) =>
        (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
