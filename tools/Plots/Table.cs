using System.Globalization;
using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>
/// A table of comma-separated values whose first line names the columns, <c>name [unit]</c> or <c>name</c>.
/// </summary>
public sealed class Table
{
    private readonly string path;
    private readonly string[] headings;
    private readonly List<string[]> rows;

    private Table(string path, string[] headings, List<string[]> rows) =>
        (this.path, this.headings, this.rows) = (path, headings, rows);

    /// <summary>Names of the columns without units.</summary>
    public IReadOnlyList<string> Names => [.. headings.Select(Name)];

    /// <summary>Number of rows.</summary>
    public int Count => rows.Count;

    /// <summary>The unit in the heading of a column; null where there is none.</summary>
    public string? Unit(string column) => headings[Index(column)].Split(" [") is [_, var unit]
        ? unit.TrimEnd(']') : null;

    /// <summary>Reads a table.</summary>
    /// <exception cref="InputException">There is none, or its rows do not fit its heading.</exception>
    public static Table Read(string path)
    {
        try
        {
            var lines = File.ReadAllLines(path).Where(line => line.Length > 0).Select(Split).ToList();
            if (lines.Count == 0)
                throw new InputException($"{path}: is empty, expected a line of headings");
            for (var i = 1; i < lines.Count; i++)
            {
                if (lines[i].Length != lines[0].Length)
                    throw new InputException(
                        $"{path}:{i + 1}: {lines[i].Length} values, expected {lines[0].Length} as in the headings");
            }
            return new(path, lines[0], lines[1..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {e.Message}");
        }
    }

    /// <summary>The text of a cell.</summary>
    public string Text(int row, string column) => rows[row][Index(column)];

    /// <summary>A number, null where the cell is empty.</summary>
    /// <exception cref="InputException">There is no such column, or the cell holds something else.</exception>
    public double? Number(int row, string column)
    {
        var text = Text(row, column);
        return text.Length == 0 ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw new InputException($"{path}:{row + 2}: {column} is {Words.Quote(text)}, expected a number");
    }

    /// <summary>Two columns as points, without rows in which one is empty or which are not wanted.</summary>
    public IReadOnlyList<(double X, double Y)> Points(string x, string y, Func<int, bool>? wanted = null)
    {
        var points = new List<(double X, double Y)>();
        for (var row = 0; row < Count; row++)
        {
            if (Number(row, x) is { } across && Number(row, y) is { } up && wanted?.Invoke(row) != false)
                points.Add((across, up));
        }
        return points;
    }

    private int Index(string column)
    {
        var index = Array.FindIndex(headings, heading => Name(heading) == column);
        return index >= 0 ? index
            : throw new InputException($"{path}: has no column {Words.Quote(column)}{Words.Suggest(column, Names)}");
    }

    private static string Name(string heading) => heading.Split(" [")[0];

    /// <summary>Cells of a line; commas inside double quotes belong to the cell, two quotes are one.</summary>
    private static string[] Split(string line)
    {
        var cells = new List<string> { "" };
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                cells[^1] += line[i++];
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                cells.Add("");
            else
                cells[^1] += line[i];
        }
        return [.. cells];
    }
}
