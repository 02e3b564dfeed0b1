using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>
/// Reads grains: HDF5 of DREAM.3D (<c>/DataContainers/*/CellData/FeatureIds</c>, with Euler angles where there are), a snapshot or any dataset of integers shaped like the cells, VTK image data, or raw integers.
/// </summary>
public static class GrainFile
{
    private static readonly string[] VtkNames = ["FeatureIds", "grain [-]", "grain"];

    /// <summary>The grains of a case, read or made; null where it has none.</summary>
    /// <exception cref="InputException">The file does not fit the grid or holds no grains.</exception>
    public static GrainMap? Of(Case @case)
    {
        if (@case.Microstructure is not { Kind: GrainKind.File, File: { } path } microstructure)
            return GrainGenerator.Of(@case);
        var grid = GridShape.Of(@case.Domain);
        var (ids, angles) = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".vti" => (VtkImageReader.ReadCells(path, microstructure.Dataset is { } name ? [name] : VtkNames, grid), null),
            ".h5" or ".hdf5" or ".dream3d" => FromHdf5(path, microstructure.Dataset, grid),
            _ => (FromRaw(path, grid), null),
        };
        Hexagon.Of(@case.Domain)?.Cut(ids);
        var present = ids.Distinct().Where(id => id > 0).Order().ToArray();
        if (Array.FindIndex(ids, id => id < 0) is var negative and >= 0)
            throw new InputException($"{path}: cell {negative} has the grain id {ids[negative]}, expected numbers not below zero");
        if (present.Length == 0)
            throw new InputException($"{path}: all grain ids are zero");
        var number = present.Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => pair.i + 1);
        var grain = ids.Select(id => id == 0 ? 0 : number[id]).ToArray();
        var known = angles is null ? [] : present.Select(id => angles(id)).ToArray();
        var axes = Enumerable.Range(0, 3).Where(grid.Has).ToArray();
        var lateral = LateralFaces.Of(@case.Domain);
        return new(grid, grain, GrainGenerator.Orientations(microstructure, present.Length, known), axes, [lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic, false]);
    }

    private static (int[] Ids, Func<int, Orientation>? Orientations) FromHdf5(string path, string? dataset, GridShape grid)
    {
        using var file = Hdf5File.OpenRead(path);
        var name = dataset ?? Find(file, path);
        var found = file.Describe(name);
        long[] expected = [grid.Cells.Z, grid.Cells.Y, grid.Cells.X];
        if (!found.Shape.SequenceEqual(expected) && !found.Shape.SequenceEqual([.. expected, 1]))
            throw new InputException($"{path}: {name} has the shape ({string.Join(", ", found.Shape)}), the grid has ({string.Join(", ", expected)}) cells (nz, ny, nx)");
        if (!found.IsInteger)
            throw new InputException($"{path}: {name} holds no integers");
        var ids = (int[])file.Read(found);
        return (ids, Angles(file, name, ids));
    }

    /// <summary>The dataset of ids where none is named: a snapshot's, or the first FeatureIds of DREAM.3D.</summary>
    private static string Find(Hdf5File file, string path)
    {
        if (file.Exists("/cells") && file.Exists("/cells/grain"))
            return "/cells/grain";
        foreach (var container in file.Exists("/DataContainers") ? file.List("/DataContainers") : [])
        {
            foreach (var matrix in file.List($"/DataContainers/{container}"))
            {
                var ids = $"/DataContainers/{container}/{matrix}/FeatureIds";
                if (file.Exists(ids))
                    return ids;
            }
        }
        throw new InputException($"{path}: holds neither /cells/grain nor /DataContainers/.../FeatureIds; name the dataset of grain ids in microstructure.dataset");
    }

    /// <summary>Orientation by id, from Euler angles [rad] that lie beside DREAM.3D's ids: one set per feature, or one per cell, of which the first of each grain counts.</summary>
    private static Func<int, Orientation>? Angles(Hdf5File file, string ids, int[] values)
    {
        var cellData = ids[..ids.LastIndexOf('/')];
        var container = cellData.LastIndexOf('/') is var slash and > 0 ? cellData[..slash] : "";
        foreach (var matrix in container.StartsWith("/DataContainers/") ? file.List(container) : [])
        {
            var mean = $"{container}/{matrix}/AvgEulerAngles";
            if (file.Exists(mean) && Triples(file, mean) is { } features)
                return id => 3 * id + 2 < features.Length ? At(features, id) : throw new InputException($"{file.Path}: {mean} has {features.Length / 3} rows, none for grain {id}");
        }
        var single = $"{cellData}/EulerAngles";
        if (!file.Exists(single) || Triples(file, single) is not { } cells || cells.Length != 3 * values.Length)
            return null;
        return id => At(cells, Array.IndexOf(values, id));
    }

    private static double[]? Triples(Hdf5File file, string path) => file.Describe(path) is { Shape: [.., 3], IsInteger: false } found ? (double[])file.Read(found) : null;

    private static Orientation At(double[] angles, int i) => Orientation.FromEuler(angles[3 * i], angles[3 * i + 1], angles[3 * i + 2]);

    /// <summary>Little-endian integers of 1, 2, 4 or 8 bytes, by the size of the file.</summary>
    private static int[] FromRaw(string path, GridShape grid)
    {
        var bytes = File.ReadAllBytes(path);
        var cells = checked((int)grid.CellCount);
        return (bytes.Length % cells == 0 ? bytes.Length / cells : 0) switch
        {
            1 => Array.ConvertAll(bytes, b => (int)b),
            2 => [.. Enumerable.Range(0, cells).Select(i => (int)BitConverter.ToUInt16(bytes, 2 * i))],
            4 => [.. Enumerable.Range(0, cells).Select(i => BitConverter.ToInt32(bytes, 4 * i))],
            8 => [.. Enumerable.Range(0, cells).Select(i => checked((int)BitConverter.ToInt64(bytes, 8 * i)))],
            _ => throw new InputException($"{path}: has {bytes.Length} bytes, which are not 1, 2, 4 or 8 for each of the {cells} cells"),
        };
    }
}
