using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools;

/// <summary>
/// The converter from snapshots to what ParaView reads: DIR/vtk/NAME_00000042.vti (or .vts) and DIR/vtk/NAME.pvd,
/// docs/files.md.
/// </summary>
public static class VtkExport
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Converts all snapshots of a run, or one snapshot. The collection is valid after every file.</summary>
    /// <param name="path">Folder of a run, or a snapshot; with a snapshot the others already converted stay in the
    /// collection.</param>
    /// <param name="written">Told the name of each file once it is there.</param>
    /// <param name="notice">Told of damaged snapshots of a run, which are passed over.</param>
    /// <param name="options">What is written, and how.</param>
    /// <param name="cancel">Ends the export; the files that are there stay.</param>
    /// <returns>The collection, NAME.pvd.</returns>
    /// <exception cref="InputException">No snapshots, a bad one, or a folder into which nothing can be written or not
    /// so much.</exception>
    /// <exception cref="RunException">The writing failed on the way.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static string Export(string path, Action<string>? written = null, Action<string>? notice = null,
        VtkOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        RunFolder.RequireFolderOrSnapshot(path);
        var isRun = Directory.Exists(path);
        var snapshots = isRun ? SnapshotFile.OpenAll(path, notice ?? (_ => { })) : [SnapshotFile.Open(path)];
        var collectionPath = FilePath(isRun ? path : RunFolder.Of(path), ".pvd", options);
        var collection = isRun ? new VtkCollection() : VtkCollection.ReadOrEmpty(collectionPath);
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(collectionPath)!);
        foreach (var (i, snapshot) in snapshots.Index())
        {
            using (snapshot)
            {
                if (i == 0)
                    RequireSpace(snapshot, isRun ? RunFolder.Snapshots(path).Count : 1, collectionPath, options);
                Convert(snapshot, collection, collectionPath, written, options, cancel);
            }
        }
        return collectionPath;
    }

    /// <summary>
    /// Converts the snapshots of a run as they come, until the run has ended or was killed, of which <paramref
    /// name="notice"/> is told.
    /// </summary>
    /// <inheritdoc cref="Export"/>
    public static string Watch(string folder, Action<string>? written = null, Action<string>? notice = null,
        VtkOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        var (collectionPath, collection, converted) = (FilePath(folder, ".pvd", options), new VtkCollection(),
            new Dictionary<string, DateTime>());
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(collectionPath)!);
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
                using var snapshot = SnapshotFile.TryOpen(path, notice ?? (_ => { }));
                if (snapshot is null)
                    continue;
                RequireSpace(snapshot, 1, collectionPath, options);
                Convert(snapshot, collection, collectionPath, written, options, cancel);
            }
            if (running)
                cancel.WaitHandle.WaitOne(Pause);
            cancel.ThrowIfCancellationRequested();
        }
        while (running);
        if (RunFolder.IsKilled(folder))
            notice?.Invoke($"the run in {folder} was killed; `{ShellCommand.Of("run", "--resume", folder)}` goes on "
                + $"with it, and the same export then goes on too");
        return collectionPath;
    }

    /// <summary>
    /// Refuses so many snapshots as this one when the disk cannot hold them. What zlib makes of the data is not known
    /// before.
    /// </summary>
    private static void RequireSpace(SnapshotFile snapshot, int count, string collectionPath, VtkOptions options)
    {
        VtkFile.Check(snapshot, options);
        if (options.Compress)
            return;
        var folder = Path.GetDirectoryName(collectionPath)!;
        var name = Path.GetFileNameWithoutExtension(collectionPath);
        var replaced = count == 1 ? $"{name}_{snapshot.Step:D8}{options.Extension}" : $"{name}_*{options.Extension}";
        var freed = Directory.Exists(folder) ? Directory.GetFiles(folder, replaced)
            .Sum(file => new FileInfo(file).Length) : 0;
        DiskSpace.Require(count * VtkFile.Bytes(snapshot, options), DiskSpace.Free(folder) + freed, folder);
    }

    private static void Convert(SnapshotFile snapshot, VtkCollection collection, string collectionPath,
        Action<string>? written, VtkOptions options, CancellationToken cancel)
    {
        var target = $"{Path.ChangeExtension(collectionPath, null)}_{snapshot.Step:D8}{options.Extension}";
        OwnFiles.Require(target);
        OwnFiles.Require(collectionPath);
        OutputPath.MakeFolder(Path.GetDirectoryName(target)!);
        VtkFile.Write(snapshot, target, options, cancel);
        collection.Add(snapshot.Time, Path.GetFileName(target));
        AtomicFile.WriteText(collectionPath, collection.ToString());
        written?.Invoke(target);
    }

    /// <summary>The folder of the files: <c>DIR/vtk</c>, or the one that the options name.</summary>
    /// <param name="path">Folder of a run, or a snapshot.</param>
    /// <param name="options">What is written, and how.</param>
    public static string Folder(string path, VtkOptions options) =>
        options.Folder ?? Path.Combine(Directory.Exists(path) ? path : Path.GetRelativePath(".", RunFolder.Of(path)),
        "vtk");

    /// <summary>The folder of the one run that is named.</summary>
    /// <param name="paths">A folder, or snapshots.</param>
    /// <param name="what">What holds one run alone, for the message.</param>
    /// <exception cref="InputException">There are several.</exception>
    public static string RunOf(IReadOnlyList<string> paths, string what)
    {
        if (paths is [var only] && Directory.Exists(only))
            return only;
        var folder = RunFolder.Of(paths[0]);
        return paths.FirstOrDefault(path => Directory.Exists(path) || RunFolder.Of(path) != folder) is { } other
            ? throw new InputException($"'{other}': one {what} holds one run; expected its folder, or snapshots of it")
            : folder;
    }

    /// <summary><c>DIR/vtk/NAME</c> with an ending, NAME being the name of the run's folder.</summary>
    internal static string FilePath(string folder, string extension, VtkOptions options)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return Path.Combine(options.Folder is null ? Path.Combine(full, "vtk")
            : Path.GetFullPath(options.Folder), Path.GetFileName(full) + extension);
    }
}
