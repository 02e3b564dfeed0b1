using System.Globalization;
using System.Text;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>The words of a .tesr file, between which there may be blocks of bytes.</summary>
internal sealed class TesrText(string path, byte[] bytes)
{
    private int at;

    /// <summary>The file's name.</summary>
    public string Path => path;

    /// <summary>Its bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>The next word, without going on; empty at the end.</summary>
    public string Peek()
    {
        var before = at;
        var word = Next();
        at = before;
        return word;
    }

    /// <summary>The next word; empty at the end.</summary>
    public string Next()
    {
        while (at < bytes.Length && IsBlank(bytes[at]))
            at++;
        var start = at;
        while (at < bytes.Length && !IsBlank(bytes[at]))
            at++;
        return Encoding.Latin1.GetString(bytes, start, at - start);
    }

    /// <summary>The next whole number.</summary>
    /// <param name="what">What it is, for messages.</param>
    public int Count(string what) =>
        Next() is var word && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Fail($"{what}: expected a whole number, read {Words.Quote(word)}");

    /// <summary>The next numbers.</summary>
    public double[] Numbers(long count, string what)
    {
        var numbers = new double[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var word = Next();
            numbers[i] = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Fail($"{what}: expected {count} numbers, read {Words.Quote(word)} as number {i + 1}");
        }
        return numbers;
    }

    /// <summary>Bytes that begin on the line after the last word.</summary>
    public ReadOnlySpan<byte> Block(long length, string what)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' or (byte)'\r')
            at++;
        at++;
        if (length > bytes.Length - at)
            throw Fail($"{what}: ends before {length} bytes of data; it is cut or damaged");
        var block = bytes.AsSpan(at, (int)length);
        at += (int)length;
        return block;
    }

    /// <summary>Goes on to the next word with an asterisk.</summary>
    public void SkipToKey()
    {
        while (Peek() is not "" and var word && word[0] != '*')
            Next();
    }

    /// <summary>A message that names the file.</summary>
    public InputException Fail(string what) => new($"{path}: {what}");

    private static bool IsBlank(byte letter) => letter is (byte)' ' or (>= 9 and <= 13);
}
