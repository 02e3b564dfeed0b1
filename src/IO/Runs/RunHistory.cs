using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MesoLiMg.Solvers;
using Microsoft.Win32.SafeHandles;

namespace MesoLiMg.IO;

/// <summary>The file history.csv of a run, begun anew or cut to a step and gone on with.</summary>
internal sealed class RunHistory : IDisposable
{
    /// <summary>Characters of a number and what follows it, at most.</summary>
    private const int LongestNumber = 32;

    private readonly string path;

    // Not a stream: those may be used by one thread at a time, and Sync comes from another one.
    private readonly SafeFileHandle file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long end;

    private RunHistory(string path, SafeFileHandle file) => (this.path, this.file) = (path, file);

    /// <summary>SHA-256 of all that was added so far, by which a snapshot knows the rows that belong to it.</summary>
    public string Hash => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Begins a history.</summary>
    public static RunHistory Create(string folder, IReadOnlyList<HistoryColumn> columns) => Guard(folder, () =>
    {
        var path = RunFolder.HistoryPath(folder);
        var history = new RunHistory(path, File.OpenHandle(path, FileMode.Create, FileAccess.Write));
        history.Write(Encoding.UTF8.GetBytes(Header(columns) + "\n"));
        return history;
    });

    /// <summary>Goes on with a history behind some of its rows; those after them go.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="rows">The heading and the rows, as the run wrote them.</param>
    /// <param name="isRewritten">Whether the file has them in another form, in place of which they are written.</param>
    public static RunHistory Continue(string folder, byte[] rows, bool isRewritten) => Guard(folder, () =>
    {
        var path = RunFolder.HistoryPath(folder);
        if (isRewritten)
            AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, rows));
        var history = new RunHistory(path, File.OpenHandle(path, FileMode.Open, FileAccess.Write))
        {
            end = rows.Length
        };
        RandomAccess.SetLength(history.file, rows.Length);
        history.hash.AppendData(rows);
        return history;
    });

    /// <summary>The rows of a history, numbers in the order of the columns.</summary>
    public static IReadOnlyList<double?[]> Read(string folder) =>
        [.. File.ReadLines(RunFolder.HistoryPath(folder)).Skip(1).Select(Numbers)];

    /// <summary>Adds a row, which other programs can read at once.</summary>
    public void Add(ReadOnlySpan<double?> row)
    {
        var line = (Span<byte>)stackalloc byte[LongestNumber * row.Length];
        var length = 0;
        foreach (var value in row)
        {
            if (value is { } number
                && number.TryFormat(line[length..], out var written, "R", CultureInfo.InvariantCulture))
                length += written;
            line[length++] = (byte)',';
        }
        line[length - 1] = (byte)'\n';
        try
        {
            if (!File.Exists(path))
                throw new IOException("it has gone, or its folder has");
            Write(line[..length]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(Path.GetDirectoryName(path)!, e);
        }
    }

    /// <summary>Brings what was added to the disk. May be called by another thread than the one that adds.</summary>
    public void Sync() => Guard(Path.GetDirectoryName(path)!, () =>
    {
        RandomAccess.FlushToDisk(file);
        return true;
    });

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(file, bytes, end);
        hash.AppendData(bytes);
        end += bytes.Length;
    }

    /// <summary>The first line.</summary>
    public static string Header(IReadOnlyList<HistoryColumn> columns) =>
        string.Join(",", columns.Select(c => c.Heading));

    private static double?[] Numbers(string line) =>
        [.. line.Split(',').Select(cell => cell == "" ? (double?)null
            : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture))];

    private static T Guard<T>(string folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, e);
        }
    }

    private static RunException CannotWrite(string folder, Exception e) =>
        new($"cannot write history.csv in '{folder}': {e.Message}", e);
}
