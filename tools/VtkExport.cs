using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools;

/// <summary>The converter from snapshots to what ParaView reads: DIR/vtk/NAME_00000042.vti (or .vts) and DIR/vtk/NAME.pvd, docs/files.md.</summary>
public static class VtkExport
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Converts all snapshots of a run, or one snapshot. The collection is valid after every file.</summary>
    /// <param name="path">Folder of a run, or a snapshot; with a snapshot the others already converted stay in the collection.</param>
    /// <param name="written">Told the name of each file once it is there.</param>
    /// <param name="notice">Told of damaged snapshots of a run, which are passed over.</param>
    /// <param name="options">What is written, and how.</param>
    /// <returns>The collection, NAME.pvd.</returns>
    /// <exception cref="InputException">No snapshots, a bad one, or a folder into which nothing can be written.</exception>
    /// <exception cref="RunException">The writing failed on the way.</exception>
    public static string Export(string path, Action<string>? written = null, Action<string>? notice = null, VtkOptions? options = null)
    {
        var isRun = Directory.Exists(path);
        var snapshots = isRun ? SnapshotFile.OpenAll(path, notice ?? (_ => { })) : [SnapshotFile.Open(path)];
        var collectionPath = CollectionPath(isRun ? path : RunFolder.Of(path));
        var collection = isRun ? new VtkCollection() : VtkCollection.ReadOrEmpty(collectionPath);
        foreach (var snapshot in snapshots)
        {
            using (snapshot)
                Convert(snapshot, collection, collectionPath, written, options ?? new());
        }
        return collectionPath;
    }

    /// <summary>Converts the snapshots of a run as they come, until the run has ended or was killed, of which <paramref name="notice"/> is told.</summary>
    /// <inheritdoc cref="Export"/>
    public static string Watch(string folder, Action<string>? written = null, Action<string>? notice = null, VtkOptions? options = null)
    {
        var (collectionPath, collection, converted) = (CollectionPath(folder), new VtkCollection(), new Dictionary<string, DateTime>());
        bool running;
        do
        {
            // Asked before the snapshots are listed, so that the last one is not missed.
            running = RunFolder.IsRunning(folder) && RunFolder.IsClaimed(folder);
            foreach (var path in running ? RunFolder.SnapshotsOrNone(folder) : RunFolder.Snapshots(folder))
            {
                var changed = File.GetLastWriteTimeUtc(path);
                if (converted.TryGetValue(path, out var known) && known == changed)
                    continue;
                converted[path] = changed;
                using var snapshot = TryOpen(path, notice);
                if (snapshot is not null)
                    Convert(snapshot, collection, collectionPath, written, options ?? new());
            }
            if (running)
                Thread.Sleep(Pause);
        }
        while (running);
        if (RunFolder.IsRunning(folder))
            notice?.Invoke($"the run in {folder} was killed; `mesolimg run --resume {folder}` goes on with it, and the same export then goes on too");
        return collectionPath;
    }

    private static SnapshotFile? TryOpen(string path, Action<string>? notice)
    {
        try
        {
            return SnapshotFile.Open(path);
        }
        catch (InputException e)
        {
            notice?.Invoke($"{e.Message}; passed over");
            return null;
        }
    }

    private static void Convert(SnapshotFile snapshot, VtkCollection collection, string collectionPath, Action<string>? written, VtkOptions options)
    {
        var target = $"{Path.ChangeExtension(collectionPath, null)}_{snapshot.Step:D8}{options.Extension}";
        CreateFolder(Path.GetDirectoryName(target)!);
        VtkFile.Write(snapshot, target, options);
        collection.Add(snapshot.Time, Path.GetFileName(target));
        AtomicFile.WriteText(collectionPath, collection.ToString());
        written?.Invoke(target);
    }

    private static string CollectionPath(string folder) => FilePath(folder, ".pvd");

    /// <summary><c>DIR/vtk/NAME</c> with an ending, NAME being the name of the run's folder.</summary>
    internal static string FilePath(string folder, string extension)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Path.Combine(full, "vtk", Path.GetFileName(full) + extension);
    }

    /// <summary>Makes the folder of the files.</summary>
    /// <exception cref="InputException">It cannot be made.</exception>
    internal static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot create the folder '{folder}': {e.Message}");
        }
    }
}
