using System.Text;
using System.Text.Json;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>
/// Tells files that the program has written from those of people, which it never writes over. Files of a run belong to
/// it where its folder shows that a run was there; all others are known by how they begin.
/// </summary>
public static class OwnFiles
{
    /// <summary>Bytes of a text in which it says what wrote it.</summary>
    private const int Beginning = 4096;

    /// <summary>
    /// What texts of this program contain near their beginning, by ending; pictures are drawn with the first words.
    /// </summary>
    private static readonly Dictionary<string, string[]> Signs = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = ["role=\"img\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\""],
        [".html"] = ["content=\"mesolimg\"",
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"],
        [".md"] = ["by `mesolimg paper`", "by `mesolimg verify`"],
        [".txt"] = ["Orders were observed on the three finest levels"],
        [".vti"] = VtkSigns,
        [".vts"] = VtkSigns,
        [".pvd"] = ["type=\"Collection\" version=\"1.0\" byte_order=\"LittleEndian\" header_type=\"UInt64\""],
    };

    /// <summary>The place of the first array, in as many digits as no other program writes.</summary>
    private static string[] VtkSigns => ["offset=\"0000000000000000000\""];

    /// <summary>Refuses to write over a file that the program has not written.</summary>
    /// <param name="path">The file to be written, which need not be there.</param>
    /// <param name="kind">The ending of files of the kind that is to be written; that of the path when null.</param>
    /// <param name="inputs">Files that are read for it and must not be written over, whoever made them.</param>
    /// <exception cref="InputException">It is there, and is another's.</exception>
    public static void Require(string path, string? kind = null, params IEnumerable<string> inputs)
    {
        if (!File.Exists(path))
            return;
        if (inputs.Any(input => Path.GetFullPath(input) == Path.GetFullPath(path)))
            throw new InputException($"'{path}' is read here, and would be written over; give another name or folder");
        if (!IsOwn(path, kind ?? Path.GetExtension(path)))
            throw new InputException(
                $"'{path}' is there, and was not written by this program; "
                + "give another name or folder, or move it away");
    }

    /// <summary>Refuses a folder in which files of people have the names of those of a run.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="caseText">The case.yaml that the run would write.</param>
    /// <param name="headings">The first line of its history.csv.</param>
    /// <exception cref="InputException">There are such files; the message names one.</exception>
    public static void RequireRun(string folder, string caseText, string headings)
    {
        if (IsOfRun(folder))
            return;
        // A run that was killed very early, or the case of a run that another process is about to start.
        var (path, history) = (RunFolder.CasePath(folder), RunFolder.HistoryPath(folder));
        if (File.Exists(path) && File.ReadAllText(path) != caseText)
            throw Foreign(path);
        if (File.Exists(history) && !(headings + "\n").StartsWith(FirstLine(history), StringComparison.Ordinal))
            throw Foreign(history);
        string[] others = [RunFolder.SummaryPath(folder), RunFolder.SeriesPath(folder),
            RunFolder.CheckpointPath(folder), .. RunFolder.SnapshotsOrNone(folder)];
        if (others.FirstOrDefault(File.Exists) is { } other)
            throw Foreign(other);
    }

    /// <summary>Whether a file begins as those of a kind do that the program writes.</summary>
    private static bool IsOwn(string path, string kind)
    {
        var start = Start(path);
        return kind.ToLowerInvariant() switch
        {
            // Pictures that were made of drawings have them at their side, also where an earlier version left no mark.
            ".png" => PngMark.IsIn(path)
                || (Path.ChangeExtension(path, ".svg") is var drawing && File.Exists(drawing)
                && IsOwn(drawing, ".svg")),
            ".csv" => start.StartsWith("run,", StringComparison.Ordinal)
                && start.Split('\n')[0].TrimEnd('\r').EndsWith(",status,reason", StringComparison.Ordinal)
                || start.StartsWith("quantity,unit,level 1,", StringComparison.Ordinal),
            ".h5" => Seal.Has(path),
            ".vtkhdf" => IsVtkHdf(path),
            var ending => Signs.TryGetValue(ending, out var signs)
                && signs.Any(sign => start.Contains(sign, StringComparison.Ordinal)),
        };
    }

    /// <summary>Whether a folder holds what a run alone leaves: its run.json, or a snapshot.</summary>
    private static bool IsOfRun(string folder) =>
        RunSummaryFile.Section(folder, "status") is not null
            && RunSummaryFile.Section(folder, "program_version") is { ValueKind: JsonValueKind.String }
        || RunFolder.SnapshotsOrNone(folder).Append(RunFolder.CheckpointPath(folder))
            .Any(path => File.Exists(path) && Seal.Has(path));

    private static InputException Foreign(string path) =>
        new($"'{path}' was not written by a run, and a run writes a file of this name; "
            + "choose another folder for the run");

    private static bool IsVtkHdf(string path)
    {
        try
        {
            using var file = Hdf5File.OpenRead(path);
            return file.Exists("/VTKHDF");
        }
        catch (InputException)
        {
            return false;
        }
    }

    private static string FirstLine(string path) =>
        Start(path) is var start && start.IndexOf('\n') is >= 0 and var end ? start[..(end + 1)] : start;

    private static string Start(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[Beginning];
            return Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false))
                .TrimStart('\ufeff');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
