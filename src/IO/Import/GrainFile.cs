using MesoLiMg.IO.Maps;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>
/// Reads grains: HDF5 of DREAM.3D with its orientations, a snapshot or any dataset of integers shaped like the cells,
/// VTK image data, numpy's arrays, Neper's raster tessellations, or raw integers.
/// </summary>
public static class GrainFile
{
    /// <summary>How much the proportions of a map and of the domain may differ before it is said.</summary>
    private const double Alike = 1.01;

    /// <summary>The grains of a case, read or made; null where it has none.</summary>
    /// <param name="where">Where an entry of the case stands, <c>a.yaml:7</c>, for messages.</param>
    /// <exception cref="InputException">The file does not fit the grid or holds no grains.</exception>
    public static GrainMap? Of(Case @case, Func<string, string>? where = null)
    {
        if (@case.Microstructure is not { Kind: GrainKind.File } microstructure)
            return GrainGenerator.Of(@case);
        return At(where, () => Of(@case, microstructure, where));
    }

    /// <summary>Reads the map of a case, where it has one, and requires that it fits the grid.</summary>
    /// <inheritdoc cref="Of(Case, Func{string, string}?)"/>
    public static void Check(Case @case, Func<string, string>? where = null)
    {
        if (@case.Microstructure is { Kind: GrainKind.File } microstructure)
            At(where, () => MapFile.Read(microstructure, GridShape.Of(@case.Domain)));
    }

    private static T At<T>(Func<string, string>? where, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InputException e) when (where is not null)
        {
            throw new InputException($"{where("microstructure.file")}: microstructure.file: {e.Message}", e);
        }
    }

    private static GrainMap Of(Case @case, MicrostructureCase microstructure, Func<string, string>? where)
    {
        var (grid, path) = (GridShape.Of(@case.Domain), microstructure.File!);
        var map = MapFile.Read(microstructure, grid);
        if (Array.FindIndex(map.Ids, id => id < 0 && id != GrainIds.Unset) is var negative and >= 0)
            throw new InputException(
                $"{path}: voxel {negative} has the grain id {map.Ids[negative]}, expected numbers not below zero, 0 "
                + "for no grain");
        var all = map.Ids.Where(id => id > 0).Distinct().Order().ToArray();
        if (all.Length == 0)
            throw new InputException($"{path}: all grain ids are zero");
        var number = all.Select((id, i) => (id, i)).ToDictionary(pair => pair.id, pair => pair.i + 1);
        var cells = MapShape.Repeat([.. map.Ids.Select(id => id > 0 ? number[id] : 0)], map.Extents, grid);
        Hexagon.Of(@case.Domain)?.Cut(cells);
        // A plate that is cut out may leave grains without cells.
        var present = cells.Where(grain => grain > 0).Distinct().Order().ToArray();
        var kept = present.Select((grain, i) => (grain, i)).ToDictionary(pair => pair.grain, pair => pair.i + 1);
        var known = map.Orientations is { } orientations
            ? present.Select(grain => orientations.Of(all[grain - 1])).ToArray() : [];
        var lateral = LateralFaces.Of(@case.Domain);
        return new(
            grid,
            [.. cells.Select(grain => grain == 0 ? 0 : kept[grain])],
            GrainGenerator.Orientations(microstructure, present.Length, known),
            [.. Enumerable.Range(0, 3).Where(grid.Has)],
            [lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic, false])
        {
            MapSource = Source(map, path, grid),
            OrientationSource = map.Orientations is { } found ? $"{found.Source} of {path}"
                : GrainGenerator.SourceOf(microstructure),
            FileWarnings =
                [.. Warnings(map, microstructure, path, @case.Domain)
                .Select(line => $"{where?.Invoke(line.Entry) ?? path}: {line.Entry}: {line.What}")],
        };
    }

    private static string Source(VoxelMap map, string path, GridShape grid)
    {
        var times = MapShape.Cells(map.Extents, grid);
        return $"{(map.Name == "" ? "" : $"{map.Name} of ")}{path}"
            + (times == (1, 1, 1) ? ""
            : $", each of its {MapShape.Text(map.Extents)} voxels as {MapShape.Text(times)} cells");
    }

    /// <summary>What is allowed and probably not meant, each with the entry that it is about.</summary>
    private static IEnumerable<(string Entry, string What)> Warnings(VoxelMap map, MicrostructureCase microstructure,
        string path, DomainCase domain)
    {
        const string file = "microstructure.file";
        foreach (var line in map.Warnings)
            yield return (file, $"{path}: {line}");
        if (map.Ids.Count(id => id == GrainIds.Unset) is var unset and > 0)
            yield return (file,
                $"{path}: {unset} of {map.Ids.Length} voxels hold the largest number of their type, which is taken as "
                + "no grain");
        if (Proportions(map, domain) is { } drawnOut)
            yield return (file, $"{path}: {drawnOut}");
        if (map.Orientations is not null && microstructure.Texture != new TextureCase())
            yield return ("microstructure.texture", "has no effect: the file has orientations");
    }

    /// <summary>Says that a map is drawn out; null where it is not, or where its file does not say how large voxels
    /// are.</summary>
    private static string? Proportions(VoxelMap map, DomainCase domain)
    {
        var grid = GridShape.Of(domain);
        if (map.Edges is not { } edges)
            return null;
        int[] voxels = [map.Extents.X, map.Extents.Y, map.Extents.Z];
        int[] axes =
            [.. Enumerable.Range(0, 3)
            .Where(axis => grid.Has(axis) && edges[axis] > 0 && double.IsFinite(edges[axis]))];
        double[] cells = [grid.Cells.X * grid.Spacing.X, grid.Cells.Y * grid.Spacing.Y, grid.Cells.Z * grid.Spacing.Z];
        double[] own = [.. axes.Select(axis => voxels[axis] * edges[axis])],
            lengths = [.. axes.Select(axis => cells[axis])];
        double[] scales = [.. lengths.Zip(own, (length, edge) => length / edge)];
        if (axes.Length < 2 || scales.Max() <= Alike * scales.Min())
            return null;
        string Text(IEnumerable<double> numbers) =>
            string.Join(" x ", numbers.Select(number => Units.Format(Units.Rounded(number, 4), "1")));
        return $"its map is {Text(own)} in its own unit, the domain {Text(lengths.Select(length => length * 1e9))} nm: "
            + "grains are drawn to other proportions; "
            + $"{Text(own.Select(edge => edge * scales[0] * 1e9))} nm would keep them";
    }
}
