using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools;

/// <summary>The converter from snapshots to what ParaView reads: DIR/vtk/NAME_00000042.vti and DIR/vtk/NAME.pvd, docs/files.md.</summary>
public static class VtkExport
{
    /// <summary>Converts all snapshots of a run, or one snapshot. The collection is valid after every file.</summary>
    /// <param name="path">Folder of a run, or a snapshot; with a snapshot the others already converted stay in the collection.</param>
    /// <param name="written">Told the name of each image once it is there.</param>
    /// <param name="notice">Told of damaged snapshots of a run, which are passed over.</param>
    /// <returns>The collection, NAME.pvd.</returns>
    /// <exception cref="InputException">No snapshots, a bad one, or a folder into which nothing can be written.</exception>
    /// <exception cref="RunException">The writing failed on the way.</exception>
    public static string Export(string path, Action<string>? written = null, Action<string>? notice = null)
    {
        var isRun = Directory.Exists(path);
        var folder = isRun ? Path.GetFullPath(path) : RunFolder.Of(path);
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var snapshots = isRun ? SnapshotFile.OpenAll(path, notice ?? (_ => { })) : [SnapshotFile.Open(path)];
        var collectionPath = Path.Combine(folder, "vtk", name + ".pvd");
        var collection = isRun ? new VtkCollection() : VtkCollection.ReadOrEmpty(collectionPath);
        foreach (var snapshot in snapshots)
        {
            using var file = snapshot;
            CreateFolder(Path.Combine(folder, "vtk"));
            var image = Path.Combine(folder, "vtk", $"{name}_{file.Step:D8}.vti");
            VtkImage.Write(file, image);
            collection.Add(file.Time, Path.GetFileName(image));
            AtomicFile.WriteText(collectionPath, collection.ToString());
            written?.Invoke(image);
        }
        return collectionPath;
    }

    private static void CreateFolder(string folder)
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
