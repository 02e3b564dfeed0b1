using System.Text;

namespace MesoLiMg.Tests.Terminal;

/// <summary>
/// A terminal that knows what a line of progress needs: it breaks lines at its last column and can be made narrower.
/// </summary>
/// <param name="width">Columns.</param>
/// <param name="reflows">Whether a line that has become too long is broken anew, the cursor staying with its character;
/// else it is cut off.</param>
internal sealed class Screen(int width, bool reflows) : TextWriter
{
    private readonly List<StringBuilder> rows = [new()];
    private int row, column;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The rows that are not empty.</summary>
    public string[] Rows => [.. rows.Select(line => line.ToString().TrimEnd()).Where(line => line != "")];

    public int Columns { get; private set; } = width;

    public override void Write(string? text)
    {
        for (var rest = text ?? ""; rest != "";)
        {
            var isErase = rest.StartsWith("\e[J", StringComparison.Ordinal);
            if (isErase)
                Erase();
            else
                Write(rest[0]);
            rest = rest[(isErase ? 3 : 1)..];
        }
    }

    public override void Write(char sign)
    {
        switch (sign)
        {
            case '\r':
                column = 0;
                return;
            case '\n':
                Next();
                return;
        }
        if (column == Columns)
            Next();
        var line = rows[row];
        line.Append(' ', Math.Max(0, column + 1 - line.Length));
        line[column++] = sign;
    }

    /// <summary>Makes the terminal narrower.</summary>
    public void Narrow(int columns)
    {
        Columns = columns;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Length <= columns)
                continue;
            if (reflows)
            {
                rows.Insert(i + 1, new(rows[i].ToString(columns, rows[i].Length - columns)));
                if (row == i && column >= columns)
                    (row, column) = (row + 1, column - columns);
                else if (row > i)
                    row++;
            }
            rows[i].Length = columns;
        }
        column = Math.Min(column, columns);
    }

    private void Next()
    {
        (row, column) = (row + 1, 0);
        if (row < rows.Count)
            return;
        rows.Add(new());
    }

    private void Erase()
    {
        rows[row].Length = Math.Min(rows[row].Length, column);
        rows.RemoveRange(row + 1, rows.Count - row - 1);
    }
}
