using System.Globalization;
using System.Text.RegularExpressions;

namespace MesoLiMg.Model;

/// <summary>A table of a function of x = Li per Mg from a file: at least two points, x increasing.</summary>
/// <param name="X">Li atoms per Mg atom.</param>
/// <param name="Y">Values, SI.</param>
public sealed partial record TwoColumns(IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    private static readonly char[] Separators = [' ', '\t', ',', ';'];

    /// <summary>
    /// Reads two columns separated by blanks, commas or semicolons. Text after # is passed over. Before the numbers
    /// there may be one heading with units in brackets, as in <c>x [%], D [cm^2/s]</c>, also behind a #. Without it x
    /// is a pure number; the unit of the second column must be given, unless it is a pure number.
    /// </summary>
    /// <exception cref="InputException">
    /// The file cannot be read, its numbers are no such table, or a unit does not suit its column.
    /// </exception>
    public static TwoColumns Read(string path, QuantityAttribute quantity)
    {
        var units = new TableUnits(quantity, quantity.Unit == "1" ? "1" : null);
        string Expected() => units.Shown == "1" ? "x and the property" : $"x and the property in {units.Shown}";
        return Read(path, Expected, units, (value, text, where) =>
        {
            if (value > quantity.Min || (!quantity.AboveMin && value == quantity.Min)) return;
            string least = $"{(quantity.AboveMin ? "above" : "at least")} {Units.Format(quantity.Min, "1")}";
            throw new InputException($"{where}: must be {least}, read {Words.Quote(text)}");
        });
    }

    /// <summary>Reads two columns.</summary>
    /// <param name="expected">What the columns are, for messages.</param>
    /// <param name="units">Their units, which a heading may change.</param>
    /// <param name="check">Refuses a value of the second column; gets its text and its place for messages too.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, its numbers are no such table, or a unit does not suit its column.
    /// </exception>
    internal static TwoColumns Read(
        string path, Func<string> expected, TableUnits units, Action<double, string, string> check)
    {
        List<double> xs = [], ys = [];
        bool headed = false;
        (string Text, string Where)? comment = null;
        string[] lines = Lines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] parts = lines[i].Split('#', 2);
            string[] columns = parts[0].Split(
                Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            string where = $"{path}:{i + 1}";
            if (columns.Length == 0)
            {
                if (parts.Length == 2) comment = (parts[1].TrimStart('#'), where);
                continue;
            }
            if (!headed)
            {
                headed = true;
                if (TakeHeading(parts[0], columns[0], where, comment, units)) continue;
            }
            if (columns.Length != 2 || !columns.All(IsNumber))
                throw new InputException($"{where}: expected two numbers, {expected()}, read {Words.Quote(lines[i])}"
                    + (DecimalComma().IsMatch(parts[0]) ? "; decimals take a point, as in 0.5" : ""));
            double x = 0, y = 0;
            Located(where, () => (x, y) = (units.X(columns[0]), units.Y(columns[1])));
            if (x < 0) throw new InputException($"{where}: x is {columns[0]}, it cannot be negative");
            if (xs.Count > 0 && x <= xs[^1])
                throw new InputException($"{where}: x must increase from line to line, {columns[0]} does not");
            check(y, columns[1], where);
            xs.Add(x);
            ys.Add(y);
        }
        return xs.Count >= 2
            ? new(xs, ys)
            : throw new InputException($"{path}: expected at least two lines of {expected()}, read {xs.Count}");
    }

    /// <summary>Takes the units of the first line that is no comment, or of the comment above it.</summary>
    /// <returns>Whether that line is the heading.</returns>
    private static bool TakeHeading(
        string line, string firstColumn, string where, (string Text, string Where)? comment, TableUnits units)
    {
        bool isHeading = !IsNumber(firstColumn);
        if (isHeading)
            Located(where, () => units.Take(TableHeading.Of(line)));
        else if (comment is { } above && TableHeading.IsIn(above.Text))
            Located(above.Where, () => units.Take(TableHeading.Of(above.Text)));
        return isHeading;
    }

    /// <summary>Messages of units get the place.</summary>
    private static void Located(string where, Action read)
    {
        try
        {
            read();
        }
        catch (FormatException e)
        {
            throw new InputException($"{where}: {e.Message}", e);
        }
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

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && double.IsFinite(value);

    [GeneratedRegex(@"\d,\d.*[;\s].*\d,\d")]
    private static partial Regex DecimalComma();
}
