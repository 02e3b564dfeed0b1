using MesoLiMg.Model;

namespace MesoLiMg.IO;

public static class SnapshotReader
{
    /// <summary>Reads a whole snapshot.</summary>
    /// <exception cref="InputException">The file is missing, damaged, or not a complete snapshot of a known
    /// format.</exception>
    public static Snapshot Read(string path)
    {
        using var file = SnapshotFile.Open(path);
        return file.ReadAll();
    }
}
