using MesoLiMg.Model;
using Spectre.Console;

namespace MesoLiMg.Studies.Printing;

/// <summary>
/// Lays a table out for a line of some width. The first of these forms that fits is taken: all columns side by side;
/// the words broken into lines beside the numbers; the words below their rows; long names on lines of their own as
/// well; blocks of columns, each with the names; a value a line.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="width">Characters on a line.</param>
internal sealed class TableLayout(PeopleTable table, int width)
{
    /// <summary>Words in fewer characters a line are hard to read: they go below their row.</summary>
    private const int NarrowestWords = 26;

    /// <summary>What is not longer is no sentence.</summary>
    private const int LongestStatus = 12;

    /// <summary>Names in a column that is narrower than this would all but all be too long for it.</summary>
    private const int NarrowestNames = 12;

    /// <summary>Blanks between two columns, and before the first; fewer of both where room is scarce.</summary>
    private const int Gap = 3, Margin = 2;

    /// <summary>Blanks before words below their row.</summary>
    private const int Indent = 4;

    private readonly int last = table.Columns.Count - 1;

    private readonly bool hasWords = HasWords(table);

    /// <summary>Columns without the words.</summary>
    private readonly int[] values = [.. Enumerable.Range(0, table.Columns.Count - (HasWords(table) ? 1 : 0))];

    /// <summary>Columns that stand in each block: the names, and the unit beside them.</summary>
    private int Keys =>
        table.Names + (values.Length > table.Names && table.Columns[table.Names].Name == "unit" ? 1 : 0);

    /// <summary>
    /// The lines, an empty one at both ends; none is wider than the width unless one name, value or word is.
    /// </summary>
    public IReadOnlyList<string> Lines()
    {
        Func<Drawing?>[] forms =
        [
            () => Fitting(values, Words.Beside),
            () => Fitting(values, Words.Below),
            () => Fitting(values, Words.Below, isTight: true),
            Named,
        ];
        var drawings = forms.Select(form => form()).FirstOrDefault(drawing => drawing is not null) is { } whole
            ? [whole] : Blocks() ?? [Entries()];
        return [.. drawings.SelectMany(drawing => drawing.Lines(width)), ""];
    }

    /// <summary>Some columns with the words in a place for them; null where they do not fit.</summary>
    private Drawing? Fitting(int[] columns, Words words, bool isTight = false)
    {
        var room = width;
        if (words == Words.Beside && hasWords)
        {
            var all = Draw([.. columns, last], row => Physical(row, columns, row[last].Split('\n')), isTight);
            if (all.Width <= width)
                return all;
            room = width - Draw(columns, row => [Cells(row, columns)], isTight).Width - Gap;
            if (room < NarrowestWords)
                return null;
        }
        var drawing = words == Words.Beside && hasWords
            ? Draw([.. columns, last],
                row => Physical(row, columns, IsWhole(row, room) ? TextLines.Wrap(row[last], room) : [""]), isTight)
            : Draw(columns, row => [Cells(row, columns)], isTight);
        if (drawing.Width > width)
            return null;
        if (hasWords && words != Words.None)
            PutBelow(drawing, row => words == Words.Below || !IsWhole(row, room));
        return drawing;
    }

    /// <summary>
    /// Names that are too long for what the numbers leave on lines of their own, all of them where that is next to
    /// nothing; null where the numbers alone do not fit.
    /// </summary>
    private Drawing? Named()
    {
        if (table.Names != 1 || values.Length <= Keys)
            return null;
        var numbers = Draw(values[1..], row => [Cells(row, values[1..])], isTight: false);
        var room = width - numbers.Width - Gap;
        var isAbove = room < Math.Max(NarrowestNames, table.Columns[0].Name.Length);
        var drawing = isAbove ? numbers.Indented(Margin)
            : Draw(values, row => [[row[0].Length <= room ? row[0] : "", .. Cells(row, values[1..])]], isTight: false);
        if (isAbove)
            drawing.Head.Insert(0, new string(' ', Margin) + table.Columns[0].Name);
        foreach (var (row, lines) in table.Rows.Zip(drawing.Rows)
            .Where(entry => isAbove || entry.First[0].Length > room))
            lines.Insert(0, new string(' ', Margin) + row[0]);
        if (drawing.Width > width)
            return null;
        if (hasWords)
            PutBelow(drawing, _ => true);
        return drawing;
    }

    /// <summary>
    /// As many columns as fit side by side, then the next ones, each time with the names; null where a column alone
    /// does not fit.
    /// </summary>
    private List<Drawing>? Blocks()
    {
        List<Drawing> blocks = [];
        for (var (begin, end) = (Keys, Keys); begin < values.Length; begin = end)
        {
            Drawing? block = null;
            for (var next = begin + 1; next <= values.Length; next++)
            {
                int[] columns = [.. values[..Keys], .. values[begin..next]];
                // The words belong to the last block.
                var wider = next < values.Length
                    ? Fitting(columns, Words.None) ?? Fitting(columns, Words.None, isTight: true)
                    : Fitting(columns, Words.Beside) ?? Fitting(columns, Words.Below)
                        ?? Fitting(columns, Words.Below, isTight: true);
                if (wider is null)
                    break;
                (block, end) = (wider, next);
            }
            if (block is null)
                return null;
            blocks.Add(block);
        }
        return blocks.Count > 0 ? blocks : null;
    }

    /// <summary>A line for each value, below the names.</summary>
    private Drawing Entries()
    {
        int[] named = [.. values[Keys..]];
        var widest = named.Select(column => table.Columns[column].Name.Length).DefaultIfEmpty(0).Max();
        var drawing = new Drawing([], [], []);
        foreach (var row in table.Rows)
        {
            string[] names = [.. row.Take(table.Names)
                .Select((name, i) => table.Names > 1 ? $"{table.Columns[i].Name}: {name}" : name)];
            var line = new string(' ', Margin) + string.Join(", ", names);
            List<string> lines = line.Length <= width ? [line]
                : [.. names.Select(name => new string(' ', Margin) + name)];
            var unit = Keys > table.Names && row[table.Names] is not ("-" or "") ? " " + row[table.Names] : "";
            lines.AddRange(named.Where(column => row[column] != "").Select(column =>
                $"{new string(' ', Indent)}{table.Columns[column].Name.PadRight(widest)}  {row[column]}{unit}"));
            drawing.Rows.Add(lines);
        }
        if (hasWords)
            PutBelow(drawing, _ => true);
        return drawing;
    }

    /// <summary>
    /// Puts words below their rows; those with a word that is longer than a line, such as a path, below the table.
    /// </summary>
    private void PutBelow(Drawing drawing, Func<string[], bool> isBelow)
    {
        foreach (var (i, (row, lines)) in table.Rows.Zip(drawing.Rows).Index())
        {
            var isShared = table.SharesWords && i + 1 < table.Rows.Count && table.Rows[i + 1][last] == row[last];
            if (row[last] == "" || isShared || !isBelow(row))
                continue;
            if (IsWhole(row, width - Indent))
            {
                lines.AddRange(
                    TextLines.Wrap(row[last], width - Indent).Select(line => new string(' ', Indent) + line));
                continue;
            }
            drawing.After.Add($"{row[0]}: {row[last].ReplaceLineEndings(" ")}");
            if (values.Length == table.Names)
                lines.Clear();
        }
    }

    /// <summary>
    /// Whether there are words to be broken; a word each, such as a status, is better kept in its column.
    /// </summary>
    private static bool HasWords(PeopleTable table) =>
        table.EndsInWords && table.Rows.Any(row => row[^1].Length > LongestStatus);

    private bool IsWhole(string[] row, int room) => TextLines.LongestPiece(row[last]) <= room;

    private static string[] Cells(string[] row, int[] columns) => [.. columns.Select(column => row[column])];

    /// <summary>A row as lines of cells, one for each line of its words.</summary>
    private static string[][] Physical(string[] row, int[] columns, IReadOnlyList<string> words) =>
        [.. words.Select((line, i) => (string[])[.. columns.Select(column => i == 0 ? row[column] : ""), line])];

    /// <summary>Lets Spectre.Console draw columns side by side.</summary>
    private Drawing Draw(int[] columns, Func<string[], string[][]> cells, bool isTight)
    {
        var drawn = new Table { Border = TableBorder.Simple };
        foreach (var column in columns.Select(column => table.Columns[column]))
        {
            var padding = new Padding(isTight ? 0 : 1, 0, 1, 0);
            drawn.AddColumn(new TableColumn(new Text(column.Name))
            {
                Alignment = column.Alignment,
                NoWrap = true,
                Padding = padding,
            });
        }
        var rows = table.Rows.Select(cells).ToList();
        foreach (var line in rows.SelectMany(row => row))
            drawn.AddRow(line.Select(cell => new Text(cell)));
        var text = new StringWriter();
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        // All that the columns ask for, so that nothing is broken.
        console.Profile.Width = columns
            .Select((column, i) => rows.SelectMany(row => row).Select(line => line[i].GetCellWidth())
            .Append(table.Columns[column].Name.GetCellWidth()).Max() + Gap).Sum() + Gap;
        console.Write(drawn);
        List<string> lines = [.. text.ToString().Split('\n').Select(line => line.TrimEnd())];
        // A blank line, the headings and the rule come before the rows.
        var drawing = new Drawing([.. lines[1..Math.Min(Head, lines.Count)]], [], []);
        var next = Head;
        foreach (var row in rows)
        {
            drawing.Rows.Add(lines[next..(next + row.Length)]);
            next += row.Length;
        }
        return drawing;
    }

    private const int Head = 3;

    private enum Words
    {
        None,
        Beside,
        Below,
    }

    /// <summary>A table as lines.</summary>
    /// <param name="Head">Headings and the rule below them.</param>
    /// <param name="Rows">The lines of each row.</param>
    /// <param name="After">What is said below the table.</param>
    private sealed record Drawing(List<string> Head, List<List<string>> Rows, List<string> After)
    {
        /// <summary>Characters of the longest line, the rule left out, which is cut to them.</summary>
        public int Width =>
            Head.Where(line => !IsRule(line)).Concat(Rows.SelectMany(row => row)).Select(line => line.GetCellWidth())
            .DefaultIfEmpty(0).Max();

        public Drawing Indented(int blanks)
        {
            string Indent(string line) => IsRule(line) ? line : new string(' ', blanks) + line;
            return new([.. Head.Select(Indent)], [.. Rows.Select(row => row.Select(Indent).ToList())], After);
        }

        public IEnumerable<string> Lines(int width) =>
            ["", .. Head.Select(line => IsRule(line) && line.Length > width ? line[..width] : line),
                .. Rows.SelectMany(row => row), .. After];

        private static bool IsRule(string line) => line.StartsWith('─');
    }
}
