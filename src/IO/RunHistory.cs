using System.Globalization;
using System.Text;
using MesoLiMg.Solvers;
using Microsoft.Win32.SafeHandles;

namespace MesoLiMg.IO;

/// <summary>The file history.csv of a run, begun anew or cut to a step and gone on with.</summary>
internal sealed class RunHistory : IDisposable
{
    private readonly string path;

    // Not a stream: those may be used by one thread at a time, and Sync comes from another one.
    private readonly SafeFileHandle file;
    private long end;

    private RunHistory(string path, SafeFileHandle file, long end) => (this.path, this.file, this.end) = (path, file, end);

    /// <summary>Begins a history.</summary>
    public static RunHistory Create(string folder, IReadOnlyList<HistoryColumn> columns) => Guard(folder, () =>
    {
        var path = RunFolder.HistoryPath(folder);
        var history = new RunHistory(path, File.OpenHandle(path, FileMode.Create, FileAccess.Write), 0);
        history.WriteLine(Header(columns));
        return history;
    });

    /// <summary>Goes on with a history behind the row of a step; the rows after it go.</summary>
    public static RunHistory Continue(string folder, long step) => Guard(folder, () =>
    {
        var path = RunFolder.HistoryPath(folder);
        var end = EndOfRow(path, step);
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.SetLength(file, end);
        return new RunHistory(path, file, end);
    });

    /// <summary>The rows up to a step, numbers in the order of the columns; null where the file lacks some of them or has other columns.</summary>
    public static IReadOnlyList<double?[]>? Read(string folder, IReadOnlyList<HistoryColumn> columns, long step)
    {
        var path = RunFolder.HistoryPath(folder);
        if (!File.Exists(path))
            return null;
        using var lines = File.ReadLines(path).GetEnumerator();
        if (!lines.MoveNext() || lines.Current != Header(columns))
            return null;
        List<double?[]> rows = [];
        while (rows.Count <= step)
        {
            if (!lines.MoveNext() || Numbers(lines.Current) is not { } row || row.Length != columns.Count || row[0] != rows.Count)
                return null;
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>Adds a row, which other programs can read at once.</summary>
    public void Add(double?[] row) => Guard(Path.GetDirectoryName(path)!, () =>
    {
        if (!File.Exists(path))
            throw new IOException("it has gone, or its folder has");
        WriteLine(string.Join(",", row.Select(v => v?.ToString("R", CultureInfo.InvariantCulture) ?? "")));
        return true;
    });

    /// <summary>Brings what was added to the disk. May be called by another thread than the one that adds.</summary>
    public void Sync() => Guard(Path.GetDirectoryName(path)!, () =>
    {
        RandomAccess.FlushToDisk(file);
        return true;
    });

    public void Dispose() => file.Dispose();

    private void WriteLine(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        RandomAccess.Write(file, bytes, end);
        end += bytes.Length;
    }

    private static string Header(IReadOnlyList<HistoryColumn> columns) => string.Join(",", columns.Select(c => c.Heading));

    private static double?[]? Numbers(string line)
    {
        var cells = line.Split(',');
        var row = new double?[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] == "")
                continue;
            if (!double.TryParse(cells[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                return null;
            row[i] = value;
        }
        return row;
    }

    /// <summary>Where the line of a step ends, the heading being line -1.</summary>
    private static long EndOfRow(string path, long step)
    {
        using var file = File.OpenRead(path);
        var (buffer, lines, position) = (new byte[1 << 16], -2L, 0L);
        for (int read; (read = file.Read(buffer)) > 0; position += read)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == '\n' && ++lines == step)
                    return position + i + 1;
            }
        }
        throw new IOException("it became shorter while it was read");
    }

    private static T Guard<T>(string folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"cannot write history.csv in '{folder}': {e.Message}", e);
        }
    }
}
