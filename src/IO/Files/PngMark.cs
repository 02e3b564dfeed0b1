namespace MesoLiMg.IO;

/// <summary>
/// The word <c>mesolimg</c> as the entry <c>Software</c> of a PNG (chunk tEXt), by which the program knows pictures
/// that it had made from those of people. Programs that show pictures pass over it.
/// </summary>
public static class PngMark
{
    /// <summary>Length of the file's signature and of its first chunk, behind which the mark stands.</summary>
    public const int Head = 8 + 12 + 13;

    /// <summary>Type of the mark's chunk.</summary>
    public const string Type = "tEXt";

    /// <summary>What the chunk holds.</summary>
    public static ReadOnlySpan<byte> Content => "Software\0mesolimg"u8;

    /// <summary>Whether a picture has the mark.</summary>
    public static bool IsIn(string path)
    {
        using var stream = File.OpenRead(path);
        const int lengthAndType = 8;
        var start = new byte[Head + lengthAndType + Content.Length];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.AsSpan(Head + lengthAndType).SequenceEqual(Content);
    }
}
