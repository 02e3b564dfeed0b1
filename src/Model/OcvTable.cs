using System.Globalization;

namespace MesoLiMg.Model;

/// <summary>An open-circuit potential as measured: at least two points, x increasing, U strictly decreasing.</summary>
/// <param name="X">Li atoms per Mg atom.</param>
/// <param name="U">Potential against lithium metal [V].</param>
public sealed record OcvTable(IReadOnlyList<double> X, IReadOnlyList<double> U)
{
    private static readonly char[] Separators = [' ', '\t', ',', ';'];

    /// <summary>
    /// Reads two columns, x and U in volts, separated by blanks, commas or semicolons. Text after # and one heading before the numbers are passed over.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read, or its numbers are no such table.</exception>
    public static OcvTable Read(string path)
    {
        List<double> xs = [], us = [];
        bool heading = false;
        string[] lines = Lines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] columns = lines[i].Split('#')[0].Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (columns.Length == 0) continue;
            if (xs.Count == 0 && !heading && !IsNumber(columns[0], out _))
            {
                heading = true;
                continue;
            }
            string where = $"{path}:{i + 1}";
            if (columns.Length != 2 || !IsNumber(columns[0], out double x) || !IsNumber(columns[1], out double u))
                throw new InputException($"{where}: expected two numbers, x and U in volts, read {Words.Quote(lines[i])}");
            if (x < 0) throw new InputException($"{where}: x is {columns[0]}, it cannot be negative");
            if (xs.Count > 0 && x <= xs[^1]) throw new InputException($"{where}: x must increase from line to line, {columns[0]} does not");
            if (us.Count > 0 && u >= us[^1]) throw new InputException($"{where}: U must fall as x grows, {columns[1]} V does not");
            xs.Add(x);
            us.Add(u);
        }
        return xs.Count >= 2 ? new(xs, us) : throw new InputException($"{path}: expected at least two lines of x and U, read {xs.Count}");
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
