using System.Globalization;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Printing;

/// <summary>Numbers and tables for people: units of the film's size, four to six digits.</summary>
internal static class People
{
    /// <summary>Characters on a line of a file or a pipe, where nothing is to be wrapped.</summary>
    private const int WideLine = int.MaxValue;

    /// <summary>What a terminal has that does not say how wide it is.</summary>
    private const int UsualLine = 80;

    private static readonly Dictionary<string, (string Unit, double Factor)> Scales = new()
    {
        ["m"] = ("nm", 1e9),
        ["Pa"] = ("MPa", 1e-6),
        ["V"] = ("mV", 1e3),
        ["J/m^3"] = ("MJ/m^3", 1e-6),
    };

    /// <summary>The unit in which a quantity is shown; <c>-</c> for a pure number.</summary>
    public static string Unit(string si) => Scale(si).Unit;

    /// <summary>The unit in which a quantity is shown, and how many of it make the SI unit.</summary>
    public static (string Unit, double Factor) Scale(string si) => Scales.TryGetValue(si, out var scale) ? scale
        : (si == "1" ? "-" : si, 1);

    /// <summary>A value of an SI unit, in the unit in which it is shown.</summary>
    public static string Value(double value, string si) => Number(value * Scale(si).Factor);

    public static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{time.TotalHours:0.0} h" : time.TotalMinutes >= 1 ? $"{time.TotalMinutes:0.0} min"
            : $"{time.TotalSeconds:0} s";

    /// <summary>Names of a field's components after its own: <c>stress XX</c>.</summary>
    public static IReadOnlyList<string> Components(string field, int components) => components switch
    {
        1 => [field],
        3 => [.. "X Y Z".Split(' ').Select(name => $"{field} {name}")],
        6 => [.. "XX YY ZZ XY YZ XZ".Split(' ').Select(name => $"{field} {name}")],
        _ => [.. Enumerable.Range(0, components).Select(i => $"{field} {i}")],
    };

    public static string Grid(GridShape grid)
    {
        int[] all = [grid.Cells.X, grid.Cells.Y, grid.Cells.Z];
        var cells = all.Where((_, axis) => grid.Has(axis));
        var lengths = ProbePoints.Lengths(grid).Select(length => Value(length, "m"));
        var layers = grid.HasLayers
            ? $", layers of {grid.Layers.Below} cells below and {grid.Layers.Above} above the film among them" : "";
        return $"{SnapshotLayout.Word(grid.Kind)}, {string.Join(" x ", ProbePoints.AxisNames(grid))}: "
            + $"{string.Join(" x ", cells)} cells, {string.Join(" x ", lengths)} nm{layers}";
    }

    /// <summary>A table whose columns after the first are numbers.</summary>
    public static PeopleTable Table(params IEnumerable<string> columns) => new(columns);

    /// <summary>Prints a table in the form that the line has room for.</summary>
    public static void Print(TextWriter output, PeopleTable table)
    {
        foreach (var line in new TableLayout(table, Width(output)).Lines())
            output.WriteLine(line);
    }

    /// <summary>
    /// Prints a paragraph, on a terminal broken between words; no number is parted from its unit. A long path is left
    /// to the terminal.
    /// </summary>
    /// <param name="indent">Blanks before the lines after the first.</param>
    public static void Say(TextWriter output, string text, int indent = 2)
    {
        foreach (var line in TextLines.Wrap(text, Width(output), 0, indent))
            output.WriteLine(line);
    }

    /// <summary>
    /// Prints a command that can be pasted, and what it does where the line has room for that. It is never broken.
    /// </summary>
    public static void Command(TextWriter output, string command, string purpose)
    {
        var (line, remark) = ("  " + command, "   # " + purpose);
        output.WriteLine(line.Length + remark.Length <= Width(output) ? line + remark : line);
    }

    /// <summary>Whether people watch an output as it is written.</summary>
    public static bool IsTerminal(TextWriter output) => ReferenceEquals(output, Console.Out)
        && !Console.IsOutputRedirected;

    /// <summary>Characters that stand on a line of an output.</summary>
    public static int Width(TextWriter output) => !IsTerminal(output) ? WideLine : Console.WindowWidth > 0
        ? Console.WindowWidth : UsualLine;
}
