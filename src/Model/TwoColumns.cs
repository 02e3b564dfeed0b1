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
    /// Reads two columns separated by blanks, commas or semicolons. Text after # is passed over. Before the numbers there may be one heading; unless the quantity is a pure number, it must name the unit
    /// of the second column in brackets, as in <c>x, D [cm^2/s]</c>.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read, or its numbers are no such table.</exception>
    public static TwoColumns Read(string path, QuantityAttribute quantity)
    {
        var (shown, unit) = (quantity.Display ?? quantity.Unit, quantity.Unit == "1" ? "1" : null);
        return Read(path, shown == "1" ? "x and the property" : $"x and the property in {unit ?? shown}", (text, where) =>
        {
            if (unit is null)
                throw new InputException($"{where}: expected a heading with the unit in brackets before the numbers, such as 'x, value [{shown}]'");
            return InUnit(text, unit, where, quantity);
        }, heading => unit = UnitOf(heading, quantity) ?? unit);
    }

    /// <summary>Reads two columns.</summary>
    /// <param name="expected">What the columns are, for messages.</param>
    /// <param name="value">The second column's text as a number; gets the place for messages too.</param>
    /// <param name="heading">What to do with a heading.</param>
    /// <exception cref="InputException">The file cannot be read, or its numbers are no such table.</exception>
    internal static TwoColumns Read(string path, string expected, Func<string, string, double> value, Action<string>? heading = null)
    {
        List<double> xs = [], ys = [];
        bool headed = false;
        string[] lines = Lines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Split('#')[0];
            string[] columns = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (columns.Length == 0) continue;
            string where = $"{path}:{i + 1}";
            if (xs.Count == 0 && !headed && !IsNumber(columns[0], out _))
            {
                headed = true;
                Located(where, () => heading?.Invoke(line));
                continue;
            }
            if (columns.Length != 2 || !IsNumber(columns[0], out double x) || !IsNumber(columns[1], out _))
                throw new InputException($"{where}: expected two numbers, {expected}, read {Words.Quote(lines[i])}");
            if (x < 0) throw new InputException($"{where}: x is {columns[0]}, it cannot be negative");
            if (xs.Count > 0 && x <= xs[^1]) throw new InputException($"{where}: x must increase from line to line, {columns[0]} does not");
            xs.Add(x);
            ys.Add(value(columns[1], where));
        }
        return xs.Count >= 2 ? new(xs, ys) : throw new InputException($"{path}: expected at least two lines of {expected}, read {xs.Count}");
    }

    private static double InUnit(string text, string unit, string where, QuantityAttribute quantity)
    {
        double value = 0;
        Located(where, () => value = Units.Parse(unit == "1" ? text : $"{text} {unit}", quantity.Unit, quantity.Display));
        return value < quantity.Min || (quantity.AboveMin && value == quantity.Min)
            ? throw new InputException($"{where}: must be {(quantity.AboveMin ? "above" : "at least")} {Units.Format(quantity.Min, "1")}, read {Words.Quote(text)}")
            : value;
    }

    /// <summary>The unit in the last brackets of a heading, or null.</summary>
    private static string? UnitOf(string heading, QuantityAttribute quantity)
    {
        if (Brackets().Matches(heading) is not [.., var last]) return null;
        string unit = last.Groups[1].Value.Trim();
        if (unit is "-" or "" or "1") unit = "1";
        Units.Parse(unit == "1" ? "1" : $"1 {unit}", quantity.Unit, quantity.Display);
        return unit;
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

    internal static bool IsNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Brackets();
}
