using System.Buffers.Binary;
using System.Globalization;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>Grain ids out of numbers of any type.</summary>
internal static class GrainIds
{
    /// <summary>Stands for the largest number of 32 or 64 bits without a sign, -1 to other programs, which is no
    /// grain.</summary>
    public const long Unset = long.MinValue;

    /// <summary>Whole numbers beyond this are not all doubles.</summary>
    private const double LargestWhole = 1L << 53;

    /// <summary>Bytes of a number.</summary>
    public static int Width(MapNumber type) => type switch
    {
        MapNumber.Int8 or MapNumber.UInt8 => 1,
        MapNumber.Int16 or MapNumber.UInt16 => 2,
        MapNumber.Int32 or MapNumber.UInt32 or MapNumber.Float32 => 4,
        _ => 8,
    };

    /// <summary>The ids in bytes, one after the other.</summary>
    /// <param name="what">Whose they are, for messages.</param>
    /// <exception cref="InputException">Fractions, or a number beyond 2⁶³.</exception>
    public static long[] Decode(ReadOnlySpan<byte> data, MapNumber type, bool big, string what)
    {
        var width = Width(type);
        var ids = new long[data.Length / width];
        for (var i = 0; i < ids.Length; i++)
        {
            var bits = Bits(data.Slice(i * width, width), big);
            ids[i] = type switch
            {
                MapNumber.Int8 => (sbyte)bits,
                MapNumber.Int16 => (short)bits,
                MapNumber.Int32 => (int)bits,
                MapNumber.Int64 => (long)bits,
                MapNumber.UInt32 or MapNumber.UInt64 => Unsigned(bits, width, i, what),
                MapNumber.Float32 => Whole(BitConverter.UInt32BitsToSingle((uint)bits), i, what),
                MapNumber.Float64 => Whole(BitConverter.UInt64BitsToDouble(bits), i, what),
                _ => (long)bits,
            };
        }
        return ids;
    }

    /// <summary>An id of a type without a sign.</summary>
    /// <param name="width">Bytes of the type.</param>
    /// <param name="voxel">Number of the voxel, for messages.</param>
    public static long Unsigned(ulong id, int width, int voxel, string what) =>
        (width == 4 && id == uint.MaxValue) || (width == 8 && id == ulong.MaxValue) ? Unset
        : id <= long.MaxValue ? (long)id
        : throw new InputException($"{what}: voxel {voxel} holds {id}, expected ids up to {long.MaxValue}");

    /// <summary>A whole number that is stored as a floating-point one.</summary>
    /// <exception cref="InputException">It is not whole.</exception>
    public static long Whole(double id, int voxel, string what) => id == Math.Floor(id) && Math.Abs(id) <= LargestWhole
        ? (long)id
        : throw new InputException(
            $"{what}: voxel {voxel} holds {id.ToString("R", CultureInfo.InvariantCulture)}, expected whole numbers as "
            + "grain ids");

    /// <summary>An id that is written out.</summary>
    /// <param name="width">Bytes of the type without a sign that it is of; 0 for others.</param>
    public static long Parse(string word, int width, int voxel, string what)
    {
        if (width > 0 && ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Unsigned(number, width, voxel, what);
        return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                ? Whole(real, voxel, what)
            : throw new InputException(
                $"{what}: voxel {voxel} holds {Words.Quote(word)}, expected whole numbers as grain ids");
    }

    private static ulong Bits(ReadOnlySpan<byte> number, bool big) => number.Length switch
    {
        1 => number[0],
        2 => big ? BinaryPrimitives.ReadUInt16BigEndian(number) : BinaryPrimitives.ReadUInt16LittleEndian(number),
        4 => big ? BinaryPrimitives.ReadUInt32BigEndian(number) : BinaryPrimitives.ReadUInt32LittleEndian(number),
        _ => big ? BinaryPrimitives.ReadUInt64BigEndian(number) : BinaryPrimitives.ReadUInt64LittleEndian(number),
    };
}
