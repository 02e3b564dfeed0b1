using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>Names of the files in the folder of a run, docs/files.md.</summary>
public static class RunFolder
{
    private const string Prefix = "step_", Suffix = ".h5";

    /// <summary><c>DIR/snapshots/step_00000042.h5</c></summary>
    public static string SnapshotPath(string folder, long step) => Path.Combine(folder, "snapshots", $"{Prefix}{step:D8}{Suffix}");

    /// <summary>The run's snapshots in the order of their steps.</summary>
    /// <exception cref="InputException">There are none.</exception>
    public static IReadOnlyList<string> Snapshots(string folder)
    {
        var snapshots = Path.Combine(folder, "snapshots");
        string[] found = Directory.Exists(snapshots) ? Directory.GetFiles(snapshots, $"{Prefix}*{Suffix}") : [];
        return found.Length > 0 ? [.. found.Order(StringComparer.Ordinal)] : throw new InputException($"the folder '{folder}' holds no snapshots");
    }

    /// <summary>The folder of the run to which a snapshot belongs: the one around <c>snapshots</c>, or else the snapshot's own.</summary>
    public static string Of(string snapshot)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(snapshot))!;
        return Path.GetFileName(folder) == "snapshots" ? Path.GetDirectoryName(folder)! : folder;
    }
}
