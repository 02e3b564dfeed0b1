using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>
/// The file history.csv as it is found. A program for tables may have saved it with other line ends, a byte order mark,
/// other separators and other forms of the same numbers: what it says is the same then, and
/// the SHA-256 in a snapshot tells so. Where digits have gone it is another one.
/// </summary>
internal sealed class HistoryText
{
    /// <summary>Digits that programs for tables keep of a number.</summary>
    private const int DigitsOfTables = 15;

    /// <summary>Among the numbers of so many rows there are some with more digits.</summary>
    private const int RowsThatTell = 3;

    private static readonly char[] Separators = [';', '\t', ','];
    private readonly byte[]? found;
    private readonly Lazy<byte[]> plain, normal;

    private HistoryText(byte[]? found)
    {
        this.found = found;
        plain = new(() => Encoding.UTF8.GetBytes(Text()));
        normal = new(() => Encoding.UTF8.GetBytes(
            string.Concat(Text().Split('\n').Select(Normal).Select(line => line + "\n"))));
    }

    /// <summary>Reads the history of a run.</summary>
    public static HistoryText Read(string folder)
    {
        try
        {
            return new(File.ReadAllBytes(RunFolder.HistoryPath(folder)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null);
        }
    }

    /// <summary>
    /// The heading and the rows up to that of a step, as the run wrote them; null where they are not there.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="hash">Their SHA-256.</param>
    public byte[]? UpTo(long step, string hash)
    {
        if (found is null)
            return null;
        return Matching(found, step, hash) ?? Matching(plain.Value, step, hash) ?? Matching(normal.Value, step, hash);
    }

    /// <summary>Whether the file itself begins with these rows, to the last byte.</summary>
    public bool BeginsWith(byte[] rows) => found.AsSpan().StartsWith(rows);

    /// <summary>What can be seen to be other than a run writes it, up to the row of a step.</summary>
    public string Difference(long step)
    {
        if (found is null)
            return "the file is not there";
        var lines = Text().TrimEnd('\n').Split('\n');
        if (lines.Length < step + 2)
            return $"it ends with line {lines.Length}, the row of step {step} is line {step + 2}";
        var separator = Separators.FirstOrDefault(lines[0].Contains, ',');
        var (headings, digits) = (lines[0].Split(separator), 0);
        for (var i = 1; i <= step + 1; i++)
        {
            var cells = lines[i].Split(separator);
            if (cells.Length != headings.Length)
                return $"line {i + 1} has {cells.Length} values, the headings are {headings.Length}";
            for (var k = 0; k < cells.Length; k++)
            {
                if (Number(cells[k], separator) is not { } text)
                    return $"line {i + 1}, {Words.OneLine(headings[k])}: {Words.Quote(cells[k])} is no number";
                digits = Math.Max(digits, Digits(text));
            }
        }
        return digits <= DigitsOfTables && step >= RowsThatTell
            ? $"no number has more than {digits} digits, where a run writes up to 17: "
                + "a program for tables has rounded them"
            : $"a number or a heading in lines 1 to {step + 2} is another one";
    }

    private static byte[]? Matching(byte[] text, long step, string hash)
    {
        var lines = -2L;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' && ++lines == step)
                return Hash(text.AsSpan(0, i + 1)) == hash ? text[..(i + 1)] : null;
        }
        return null;
    }

    private static string Hash(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    /// <summary>The text by whatever byte order mark it has, its lines ended as the run ends them.</summary>
    private string Text()
    {
        using var reader = new StreamReader(
            new MemoryStream(found!), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd().ReplaceLineEndings("\n");
        return text.EndsWith('\n') ? text : text + "\n";
    }

    /// <summary>A line with the separators of a run, and its numbers in the form in which a run writes them.</summary>
    private static string Normal(string line)
    {
        var separator = Separators.FirstOrDefault(line.Contains, ',');
        return string.Join(',', line.Split(separator).Select(cell => Number(cell, separator) ?? Bare(cell)));
    }

    /// <summary>
    /// A number as a run writes it, empty where the cell is; null where there is none. A comma that does not separate
    /// is a decimal one.
    /// </summary>
    private static string? Number(string cell, char separator)
    {
        var text = Bare(cell);
        if (separator != ',')
            text = text.Replace(',', '.');
        return text == "" ? ""
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number.ToString("R", CultureInfo.InvariantCulture) : null;
    }

    private static string Bare(string cell) => cell.Trim().Trim('"');

    /// <summary>Digits of a number without the zeros at its ends.</summary>
    private static int Digits(string number) =>
        string.Concat(number.Split('E')[0].Where(char.IsAsciiDigit)).Trim('0').Length;
}
