using MesoLiMg.IO.Hdf5;

namespace MesoLiMg.IO;

/// <summary>
/// The file <c>series.h5</c> of a run: every snapshot as a group of its own by an external link, with their times and
/// steps, so that a program opens one file for all. It holds names relative to its folder, which can be moved.
/// </summary>
internal static class SeriesFile
{
    /// <summary>Writes the file anew.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="snapshots">Step and time [s] of each snapshot, in the order of time.</param>
    public static void Write(string folder, IReadOnlyCollection<(long Step, double Time)> snapshots) =>
        AtomicFile.Write(RunFolder.SeriesPath(folder), temporary =>
    {
        using var file = Hdf5File.Create(temporary);
        file.SetAttribute("/", "format", "mesolimg-series");
        Put(file, "/time", snapshots.Select(s => s.Time).ToArray(), "s", "times of the snapshots");
        Put(file, "/step", snapshots.Select(s => checked((int)s.Step)).ToArray(), "1", "numbers of their steps");
        foreach (var (step, _) in snapshots)
        {
            var snapshot = RunFolder.SnapshotPath(folder, step);
            file.LinkFile(Path.GetFileNameWithoutExtension(snapshot), Path.GetRelativePath(folder, snapshot)
                .Replace('\\', '/'));
        }
        file.Close();
    });

    private static void Put(Hdf5File file, string path, Array values, string unit, string description)
    {
        file.Write(path, values, [values.LongLength], compression: 0);
        file.SetAttribute(path, "unit", unit);
        file.SetAttribute(path, "description", description);
    }
}
