using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>Draws what a folder holds: the run in it, the table of a sweep, or both.</summary>
public static class RunPlots
{
    /// <summary>Fields that are drawn when none are asked for, as far as the run has them.</summary>
    public static readonly IReadOnlyList<string> DefaultFields = ["x", "von_mises", "potential"];

    private const string SweepTable = "sweep.csv", HistoryTable = "history.csv";
    private const int MostProfiles = 6;

    /// <summary>Writes the pictures as SVG.</summary>
    /// <param name="folder">Folder of a run or a sweep.</param>
    /// <param name="fields">Scalar fields to draw; <see cref="DefaultFields"/> when empty.</param>
    /// <param name="output">Folder to write to, made when it is not there.</param>
    /// <param name="notice">Told of damaged snapshots, which are passed over.</param>
    /// <returns>The files, in the order in which they were drawn.</returns>
    /// <exception cref="InputException">There is nothing to draw, a field that the run lacks, or no permission to
    /// write.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<string> fields, string output,
        Action<string> notice)
    {
        RunFolder.RequireFolder(folder);
        OutputPath.RequireFolder(output);
        var sweep = Path.Combine(folder, SweepTable);
        var drawings = new List<(string Name, Drawing Drawing)>();
        if (File.Exists(sweep))
            drawings.Add(("sweep-theta", SweepPicture.Of(sweep).Draw()));
        if (!File.Exists(sweep) || Directory.Exists(Path.Combine(folder, "snapshots")))
            drawings.AddRange(OfRun(folder, fields, notice));
        foreach (var (name, _) in drawings)
            RequireOwn(Path.Combine(output, name + ".svg"));
        OutputPath.MakeFolder(output);
        AtomicFile.RemoveLeftovers(output);
        return [.. drawings.Select(drawing => Save(drawing.Drawing, Path.Combine(output, drawing.Name + ".svg")))];
    }

    /// <summary>Refuses to draw over pictures of people: the drawing, and the PNG that may be made of it.</summary>
    /// <exception cref="InputException">There is one; the message names it.</exception>
    public static void RequireOwn(string drawing)
    {
        OwnFiles.Require(Path.ChangeExtension(drawing, ".png"));
        OwnFiles.Require(drawing);
    }

    /// <summary>Writes a picture.</summary>
    /// <returns>The file.</returns>
    public static string Save(Drawing drawing, string path)
    {
        AtomicFile.WriteText(path, drawing.ToString());
        return path;
    }

    /// <summary>
    /// Snapshots for profiles: equally far apart, back from the last; the first, which no current has changed, only
    /// when there is no other.
    /// </summary>
    public static IReadOnlyList<string> Selected(IReadOnlyList<string> snapshots)
    {
        var later = snapshots.Count - 1;
        var stride = Math.Max(1, (later + MostProfiles - 1) / MostProfiles);
        return [.. snapshots.Where((_, i) => (later - i) % stride == 0 && (i > 0 || later == 0))];
    }

    private static IEnumerable<(string Name, Drawing Drawing)> OfRun(string folder, IReadOnlyList<string> asked,
        Action<string> notice)
    {
        var snapshots = Open(folder, notice);
        try
        {
            var last = snapshots[^1];
            var fields = asked.Count > 0 ? asked : [.. DefaultFields.Where(field => Pictures.Has(last, field))];
            foreach (var field in fields)
            {
                var name = field.Replace('_', '-');
                yield return ($"profiles-{name}", Pictures.Profiles(snapshots, field).Draw());
                if (last.Grid.Has(0))
                    yield return ($"field-{name}", Pictures.Field(last, field).Draw());
            }
            if (Pictures.Has(last, "potential_chem"))
                yield return ("potentials", Pictures.Potentials(last).Draw());
        }
        finally
        {
            snapshots.ForEach(snapshot => snapshot.Dispose());
        }
        foreach (var drawing in OfHistory(Path.Combine(folder, HistoryTable)))
            yield return drawing;
    }

    /// <summary>The selected ones of the snapshots up to the last that is whole.</summary>
    private static List<SnapshotFile> Open(string folder, Action<string> notice)
    {
        var last = SnapshotFile.OpenLast(folder, notice);
        string[] upTo = [.. RunFolder.Snapshots(folder).TakeWhile(path => path != last.Path), last.Path];
        return [.. Selected(upTo).SkipLast(1).Select(path => SnapshotFile.TryOpen(path, notice))
            .OfType<SnapshotFile>(), last];
    }

    private static IEnumerable<(string Name, Drawing Drawing)> OfHistory(string path)
    {
        if (!File.Exists(path))
            yield break;
        var history = Table.Read(path);
        if (history.Count < 2)
            yield break;
        // A film that holds no lithium has no x, and before the first metal no potential.
        if (history.Points("time", "x_mean").Count > 1)
            yield return ("history-x", Pictures.Sides(history).Draw());
        if (Pictures.VoltagePoints(history).Count > 1)
            yield return ("voltage", Pictures.Voltage(history).Draw());
    }
}
