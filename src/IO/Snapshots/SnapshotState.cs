using System.Reflection;
using System.Text.Json;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>
/// The numbers of a simulation's state as attributes of <c>/state</c>: one for each property of <see
/// cref="SimulationScalars"/>.
/// </summary>
internal static class SnapshotState
{
    private const string Notices = "notices", History = "history_sha256";

    private static IEnumerable<(PropertyInfo Property, string Name)> Entries =>
        typeof(SimulationScalars).GetProperties().Where(p => p.CanWrite)
            .Select(p => (p, JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)));

    public static void Write(Hdf5File file, SimulationScalars scalars, IReadOnlyList<string> notices,
        string historyHash)
    {
        foreach (var (property, name) in Entries)
        {
            if (property.GetValue(scalars) is double real)
                file.SetAttribute(SnapshotLayout.State, name, real);
            else
                file.SetAttribute(SnapshotLayout.State, name, (long)property.GetValue(scalars)!);
        }
        file.SetAttribute(SnapshotLayout.State, History, historyHash);
        file.SetAttribute(SnapshotLayout.State, Notices, string.Join('\n', notices.Select(Words.OneLine)));
    }

    /// <summary>The hash of the history that belongs to a snapshot.</summary>
    public static string ReadHistoryHash(Hdf5File file) => ReadText(file, History);

    /// <returns>Null where the snapshot has none.</returns>
    public static SimulationScalars? ReadScalars(Hdf5File file)
    {
        if (!file.Exists(SnapshotLayout.State) || !file.HasAttribute(SnapshotLayout.State, Notices))
            return null;
        var scalars = new SimulationScalars();
        foreach (var (property, name) in Entries.Where(
            entry => !SimulationScalars.Later.Contains(entry.Property.Name)
            || file.HasAttribute(SnapshotLayout.State, entry.Name)))
            property.SetValue(scalars, property.PropertyType == typeof(double)
                ? (object)file.GetDouble(SnapshotLayout.State, name) : file.GetLong(SnapshotLayout.State, name));
        return scalars;
    }

    public static IReadOnlyList<string> ReadNotices(Hdf5File file) => ReadText(file, Notices)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string ReadText(Hdf5File file, string name) =>
        file.Exists(SnapshotLayout.State) && file.HasAttribute(SnapshotLayout.State, name)
            ? file.GetText(SnapshotLayout.State, name) : "";
}
