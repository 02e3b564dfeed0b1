using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>A grain map as numpy.save writes it (NEP 1): integers, bool or whole floats of either byte order, in C's or
/// Fortran's order.</summary>
internal static partial class NpyMap
{
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    private static readonly Dictionary<string, MapNumber> Types = new()
    {
        ["b1"] = MapNumber.UInt8,
        ["i1"] = MapNumber.Int8,
        ["u1"] = MapNumber.UInt8,
        ["i2"] = MapNumber.Int16,
        ["u2"] = MapNumber.UInt16,
        ["i4"] = MapNumber.Int32,
        ["u4"] = MapNumber.UInt32,
        ["i8"] = MapNumber.Int64,
        ["u8"] = MapNumber.UInt64,
        ["f4"] = MapNumber.Float32,
        ["f8"] = MapNumber.Float64,
    };

    /// <summary>The map in the bytes of a file, an array shaped (nz, ny, nx).</summary>
    /// <exception cref="InputException">It is no array of whole numbers, is cut, or does not fit the grid.</exception>
    public static VoxelMap Read(string path, byte[] bytes, GridShape grid)
    {
        var (header, start) = Header(path, bytes);
        var (type, big) = TypeOf(path, header);
        var shape = ShapeOf(path, header);
        var isFortran = FortranOrder().Match(header).Groups[1].Value == "True";
        var extents = MapShape.OfArray(shape, grid, $"{path}: the array");
        var count = (long)extents.X * extents.Y * extents.Z;
        if (bytes.Length - start != count * GrainIds.Width(type))
            throw new InputException(
                $"{path}: has {bytes.Length - start} bytes of data, expected {count * GrainIds.Width(type)} for "
                + $"{count} voxels; it is cut or damaged");
        var ids = GrainIds.Decode(bytes.AsSpan(start), type, big, path);
        return new(isFortran ? Turned(ids, extents) : ids, extents);
    }

    private static (string Header, int Start) Header(string path, byte[] bytes)
    {
        if (!bytes.AsSpan().StartsWith(Magic))
            throw new InputException(
                $"{path}: is no array of "
                + $"numpy.save{(bytes.AsSpan().StartsWith("PK"u8) ? " but an archive, perhaps of numpy.savez" : "")}");
        var wide = bytes.Length > 6 && bytes[6] > 1;
        var first = wide ? 12 : 10;
        var length = bytes.Length < first ? uint.MaxValue : wide
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8))
            : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        if (length > bytes.Length - first)
            throw new InputException($"{path}: ends within its header; it is cut or damaged");
        return (Encoding.UTF8.GetString(bytes, first, (int)length), first + (int)length);
    }

    private static (MapNumber Type, bool Big) TypeOf(string path, string header)
    {
        var match = Descriptor().Match(header);
        if (match.Success && Types.TryGetValue(match.Groups[2].Value, out var type))
            return (type, match.Groups[1].Value == ">");
        var read = match.Success ? $"numbers of type {Words.Quote(match.Groups[1].Value + match.Groups[2].Value)}"
            : "records or no numbers";
        throw new InputException(
            $"{path}: holds {read}, expected integers, or floats of 4 or 8 bytes that are whole; numpy's "
            + "astype('int32') makes them");
    }

    private static long[] ShapeOf(string path, string header)
    {
        var match = Shape().Match(header);
        string[] words =
            match.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return match.Success
            && words.All(word => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? [.. words.Select(word => long.Parse(word, CultureInfo.InvariantCulture))]
            : throw new InputException($"{path}: has a header without a shape; it is damaged");
    }

    /// <summary>Numbers with x fastest out of those with z fastest.</summary>
    private static long[] Turned(long[] ids, (int X, int Y, int Z) extents)
    {
        var (nx, ny, nz) = extents;
        var turned = new long[ids.Length];
        for (var z = 0; z < nz; z++)
            for (var y = 0; y < ny; y++)
                for (var x = 0; x < nx; x++)
                    turned[x + nx * (y + ny * z)] = ids[z + nz * (y + ny * x)];
        return turned;
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([<>=|]?)([^'"]*)['"]""")]
    private static partial Regex Descriptor();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex FortranOrder();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex Shape();
}
