using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using MesoLiMg.IO;

namespace MesoLiMg.Tools.Plots;

/// <summary>
/// Images of a colour map: PNG with a palette of 256, the last of them white where some values are none.
/// </summary>
public static class PngImage
{
    private const byte EightBits = 8, Palette = 3, Blank = 255;

    /// <summary>
    /// Every value becomes a square of equal pixels, many enough that programs which smooth images leave the cells
    /// sharp.
    /// </summary>
    /// <param name="values">Numbers from 0 to 1, row after row from the top; NaN becomes white.</param>
    /// <param name="columns">Values a row.</param>
    /// <param name="map">Colours.</param>
    /// <param name="magnify">Pixels along a square's edge.</param>
    public static byte[] Of(double[] values, int columns, ColourMap map, int magnify)
    {
        var rows = values.Length / columns;
        var shades = values.Any(double.IsNaN) ? Blank : Blank + 1;
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1a, .. "\n"u8]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns * magnify);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows * magnify);
        (header[8], header[9]) = (EightBits, Palette);
        Chunk(file, "IHDR", header);
        Chunk(file, "PLTE", [.. Enumerable.Range(0, 256)
            .Select(i => i < shades ? map.At(i / (shades - 1.0))
            : (R: byte.MaxValue, G: byte.MaxValue, B: byte.MaxValue)).SelectMany(c => new[] { c.R, c.G, c.B })]);
        Chunk(file, "IDAT", Deflated(values, columns, rows, magnify, shades));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>
    /// Puts <see cref="PngMark"/> into a picture that another program has made of ours; what is no PNG stays as it is.
    /// </summary>
    public static void Mark(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < PngMark.Head || !bytes.AsSpan(1, 3).SequenceEqual("PNG"u8))
            return;
        using var file = File.Create(path);
        file.Write(bytes.AsSpan(0, PngMark.Head));
        Chunk(file, PngMark.Type, PngMark.Content.ToArray());
        file.Write(bytes.AsSpan(PngMark.Head));
    }

    private static byte[] Deflated(double[] values, int columns, int rows, int magnify, int shades)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize))
        {
            var line = new byte[1 + columns * magnify]; // The first byte names the line's filter: none.
            for (var row = 0; row < rows; row++)
            {
                for (var i = 1; i < line.Length; i++)
                    line[i] = Entry(values[row * columns + (i - 1) / magnify], shades);
                for (var i = 0; i < magnify; i++)
                    zlib.Write(line);
            }
        }
        return data.ToArray();
    }

    private static byte Entry(double value, int shades) => double.IsNaN(value) ? Blank
        : (byte)Math.Round((shades - 1) * Math.Clamp(value, 0, 1));

    private static void Chunk(Stream file, string type, byte[] data)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(checkedPart);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(checkedPart));
        file.Write(number);
    }

    private static uint Crc32(byte[] data)
    {
        const uint polynomial = 0xEDB88320;
        var remainder = uint.MaxValue;
        foreach (var value in data)
        {
            remainder ^= value;
            for (var bit = 0; bit < 8; bit++)
                remainder = (remainder & 1) == 1 ? remainder >> 1 ^ polynomial : remainder >> 1;
        }
        return ~remainder;
    }
}
