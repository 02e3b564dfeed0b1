using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>A grain map in HDF5: of DREAM.3D (<c>/DataContainers</c>) and DREAM3D-NX (<c>/DataStructure</c>), a
/// snapshot, or any dataset shaped like the cells.</summary>
internal static class Hdf5Map
{
    private const string Snapshot = SnapshotLayout.Cells + "/grain", Old = "/DataContainers", New = "/DataStructure";

    /// <summary>The map of a file.</summary>
    /// <exception cref="InputException">It cannot be read, or does not fit the grid.</exception>
    public static VoxelMap Read(string path, MicrostructureCase microstructure, GridShape grid)
    {
        using var file = Hdf5File.OpenRead(path);
        var (name, others) = microstructure.Dataset is { } given ? (Known(file, path, given), []) : Find(file, path);
        var found = file.Describe(name);
        var extents = MapShape.OfArray(found.Shape, grid, $"{path}: {name}");
        var ids = Ids(file, found, $"{path}: {name}");
        var (orientations, unread) = microstructure.Orientations.Count > 0 ? (null, null)
            : new Hdf5Orientations(file, name, found.Shape, ids, microstructure.AngleUnit).Find();
        string[] warnings =
        [
            .. others.Count > 0
                ? [$"{name} is read, of several: {string.Join(", ", others)} too; microstructure.dataset chooses"]
                : Array.Empty<string>(),
            .. unread is null ? []
                : new[] { $"{unread} is not read: expected AvgEulerAngles, EulerAngles, AvgQuats or Quats" },
        ];
        return new(ids, extents, name)
        {
            Edges = Edges(file, path, name, extents),
            Orientations = orientations,
            Warnings = warnings,
        };
    }

    private static long[] Ids(Hdf5File file, Hdf5Dataset found, string what)
    {
        if (!found.IsInteger)
            return [.. ((double[])file.Read(found)).Select((id, i) => GrainIds.Whole(id, i, what))];
        var ids = file.ReadLongs(found);
        return found.IsUnsigned ? [.. ids.Select((id, i) => GrainIds.Unsigned((ulong)id, found.Width, i, what))] : ids;
    }

    /// <summary>The dataset that the case names.</summary>
    private static string Known(Hdf5File file, string path, string given)
    {
        var name = Hdf5File.Rooted(given);
        if (file.Exists(name) && !file.IsGroup(name))
            return name;
        var all = file.Below("/").Take(1000).ToList();
        var within = all.Where(one => one.StartsWith(name + "/", StringComparison.Ordinal));
        throw new InputException(file.Exists(name)
            ? $"{path}: {name} is a group, expected a dataset{Words.Suggest(name, within)}"
            : $"{path}: has no dataset {name}{Words.Suggest(name, all)}");
    }

    /// <summary>The dataset of ids where none is named, and further ones: a snapshot's, or the first FeatureIds of
    /// DREAM.3D.</summary>
    private static (string Name, IReadOnlyList<string> Others) Find(Hdf5File file, string path)
    {
        if (file.Exists(SnapshotLayout.Cells) && file.Exists(Snapshot))
            return (Snapshot, []);
        List<string> found =
            [.. new[] { Old, New }.Where(file.Exists).SelectMany(file.Below)
            .Where(name => Hdf5Orientations.Plain(name) == "featureids")];
        if (found.Count > 0)
            return (found[0], found[1..]);
        var all = file.Below("/").Take(10).ToList();
        throw new InputException(
            $"{path}: holds neither {Snapshot} nor FeatureIds of "
            + $"DREAM.3D{(all.Count == 0 ? "" : $" but {string.Join(", ", all)}")}; name the dataset of grain ids in "
            + "microstructure.dataset");
    }

    /// <summary>Edges of voxels: of a snapshot's grid, or of DREAM.3D's image geometry.</summary>
    private static double[]? Edges(Hdf5File file, string path, string name, (int X, int Y, int Z) extents)
    {
        if (name == Snapshot)
            return file.Exists(SnapshotLayout.Grid) && file.HasAttribute(SnapshotLayout.Grid, "spacing")
                ? file.GetDoubles(SnapshotLayout.Grid, "spacing", 3) : null;
        var container = Hdf5Orientations.ContainerOf(name);
        if (container is null)
            return null;
        const string geometry = "_SIMPL_GEOMETRY", dimensions = "DIMENSIONS", spacing = "SPACING";
        var (old, attribute) = ($"{container}/{geometry}", file.HasAttribute(container, $"_{spacing}"));
        double[]? Dataset(string what) =>
            file.Exists(old) && file.Exists($"{old}/{what}") && file.Describe($"{old}/{what}") is { Count: 3 } found
            ? found.IsInteger ? [.. file.ReadLongs(found).Select(n => (double)n)] : (double[])file.Read(found)
            : null;
        double[]? Numbers(string what) =>
            !attribute ? Dataset(what)
            : file.HasAttribute(container, $"_{what}") ? file.GetDoubles(container, $"_{what}", 3)
            : null;
        if (Numbers(dimensions) is { } said && !said.SequenceEqual([extents.X, extents.Y, extents.Z]))
            throw new InputException(
                $"{path}: says {dimensions} {string.Join(" x ", said)} (x, y, z), but {name} has "
                + $"{MapShape.Text(extents)} voxels; it is damaged or was made by hand");
        return Numbers(spacing);
    }
}
