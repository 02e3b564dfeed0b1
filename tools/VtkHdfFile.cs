using MesoLiMg.IO;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools;

/// <summary>
/// The snapshots of a run as one file, DIR/vtk/NAME.vtkhdf: temporal image data of VTK's HDF5 format, version 2.0
/// (docs.vtk.org, VTKHDF File Format). A field is an array (steps, z, y, x[, components]) over the axes that the domain
/// has; cell fields are cell data, the displacement is point data. VTK takes the axes of an image from the first one
/// on: the matrix <c>Direction</c> turns those of two and of one dimension to where the domain lies. One step alone has
/// no axis of time, which VTK expects for two and more. At no time are more than some planes of a field in memory.
/// </summary>
public static class VtkHdfFile
{
    private const string Root = "/VTKHDF", Steps = Root + "/Steps";

    /// <summary>Deflate level of files that are compressed: the fastest, as for the XML files.</summary>
    private const int Compression = 1;

    /// <summary>Writes all snapshots of a run, or some of them.</summary>
    /// <param name="paths">The folder of a run, or snapshots of one.</param>
    /// <param name="notice">Told of damaged snapshots of a folder, which are passed over.</param>
    /// <param name="options">What is written, and how.</param>
    /// <param name="cancel">Ends the writing; no part of the file is left.</param>
    /// <returns>The file and its number of steps.</returns>
    /// <exception cref="InputException">No snapshots, a bad one, ones that differ in their grid or fields, or something
    /// that this format cannot hold.</exception>
    /// <exception cref="RunException">The writing failed on the way.</exception>
    public static (string Path, int Steps) Export(IReadOnlyList<string> paths, Action<string>? notice = null,
        VtkOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        if (options.IsStructuredGrid)
            throw new InputException(
                $"{(options.Warp is null ? "--revolve" : "--warp")}: a .vtkhdf holds image data, which has no points "
                + $"of its own; --format xml writes them");
        foreach (var given in paths)
            RunFolder.RequireFolderOrSnapshot(given);
        var path = VtkExport.FilePath(VtkExport.RunOf(paths, ".vtkhdf"), ".vtkhdf", options);
        OwnFiles.Require(path);
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(path)!);
        var (steps, bytes) = Found(paths, notice ?? (_ => { }), options);
        if (!options.Compress)
            DiskSpace.Require(bytes, DiskSpace.Free(Path.GetDirectoryName(path)!)
                + (File.Exists(path) ? new FileInfo(path).Length : 0), Path.GetDirectoryName(path)!);
        OutputPath.MakeFolder(Path.GetDirectoryName(path)!);
        AtomicFile.WriteLarge(path, temporary =>
        {
            using var file = Hdf5File.Create(temporary);
            for (var step = 0; step < steps.Count; step++)
            {
                using var snapshot = steps[step].Reopen();
                if (step == 0)
                    Describe(file, snapshot, [.. steps.Select(other => other.Time)], options);
                foreach (var (field, target) in Targets(snapshot, steps.Count, options))
                    Fill(file, target, field, step, cancel);
            }
            file.Close();
        });
        return (path, steps.Count);
    }

    /// <summary>
    /// The snapshots, closed again, in the order of their times, all with the grid and the fields of the first, and the
    /// bytes of their data.
    /// </summary>
    private static (List<SnapshotFile> Steps, long Bytes) Found(IReadOnlyList<string> paths, Action<string> notice,
        VtkOptions options)
    {
        var steps = new List<SnapshotFile>();
        var bytes = 0L;
        (GridShape Grid, string Fields)? first = null;
        foreach (var snapshot in Directory.Exists(paths[0]) ? SnapshotFile.OpenAll(paths[0], notice) : paths.Distinct()
            .Select(SnapshotFile.Open))
        {
            using (snapshot)
            {
                VtkFile.Check(snapshot, options);
                var fields = string.Join(", ", Targets(snapshot, 1, options)
                    .Select(entry => $"{entry.Target.Path[(Root.Length + 1)..]} of {entry.Field.Components}"));
                first ??= (snapshot.Grid, fields);
                if (snapshot.Grid != first.Value.Grid)
                    throw new InputException(
                        $"'{snapshot.Path}' has another grid than '{steps[0].Path}': one .vtkhdf holds one grid");
                if (fields != first.Value.Fields)
                    throw new InputException(
                        $"'{snapshot.Path}' has other fields than '{steps[0].Path}' ({fields} in place of "
                        + $"{first.Value.Fields}); choose common ones by --fields");
                steps.Add(snapshot);
                bytes += VtkFile.Bytes(snapshot, options);
            }
        }
        return ([.. steps.OrderBy(step => step.Time)], bytes);
    }

    /// <summary>The groups, attributes and empty arrays of a file.</summary>
    private static void Describe(Hdf5File file, SnapshotFile snapshot, double[] times, VtkOptions options)
    {
        var (grid, perMetre) = (snapshot.Grid, options.Unit.PerMetre);
        int[] axes = [.. Enumerable.Range(0, 3).Where(grid.Has)],
            missing = [.. Enumerable.Range(0, 3).Where(axis => !grid.Has(axis))];
        int[] cells = [grid.Cells.X, grid.Cells.Y, grid.Cells.Z];
        double[] spacing = [grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z];
        file.CreateGroup(Root);
        file.SetAttribute(Root, "Version", [2L, 0]);
        file.SetAsciiAttribute(Root, "Type", "ImageData");
        file.SetAttribute(Root, "WholeExtent",
            [.. axes.SelectMany(axis => new long[] { 0, cells[axis] }),
            .. missing.SelectMany(_ => new long[] { 0, 0 })]);
        file.SetAttribute(Root, "Origin",
            [grid.Origin.X * perMetre, grid.Origin.Y * perMetre, grid.Origin.Z * perMetre]);
        // The spacing along an axis without extent means nothing; that along z keeps programs from taking the domain
        // for a metre wide.
        file.SetAttribute(Root, "Spacing",
            [.. axes.Select(axis => spacing[axis] * perMetre), .. missing.Select(_ => spacing[2] * perMetre)]);
        file.SetAttribute(Root, "Direction", Direction(axes.Length));
        file.CreateGroup(Root + "/CellData");
        file.CreateGroup(Root + "/PointData");
        foreach (var (_, target) in Targets(snapshot, times.Length, options))
            file.Create(target.Path, target.Shape, target.IsInteger, options.Compress ? Compression : 0,
                series: times.Length > 1);
        if (times.Length > 1)
            DescribeSteps(file, times, Targets(snapshot, times.Length, options)
                .Select(entry => entry.Target.Path[(Root.Length + 1)..].Split('/', 2)));
    }

    /// <summary>Times, and for every array where along its first axis the values of a step are.</summary>
    private static void DescribeSteps(Hdf5File file, double[] times, IEnumerable<string[]> arrays)
    {
        file.CreateGroup(Steps);
        file.SetAttribute(Steps, "NSteps", times.Length);
        file.Write(Steps + "/Values", times, [times.Length], compression: 0);
        int[] offsets = [.. Enumerable.Range(0, times.Length)];
        foreach (var group in arrays.GroupBy(array => array[0], array => array[1]))
        {
            file.CreateGroup($"{Steps}/{group.Key}Offsets");
            foreach (var name in group)
                file.Write($"{Steps}/{group.Key}Offsets/{name}", offsets, [times.Length], compression: 0);
        }
    }

    /// <summary>
    /// Row by row, the matrix whose columns are the directions of the image's axes: x y z; x z and -y; z x and y.
    /// </summary>
    private static double[] Direction(int dimensions) => dimensions switch
    {
        3 => [1, 0, 0, 0, 1, 0, 0, 0, 1],
        2 => [1, 0, 0, 0, 0, -1, 0, 1, 0],
        _ => [0, 1, 0, 0, 0, 1, 1, 0, 0],
    };

    /// <summary>The chosen fields with their arrays in the file, which hold so many steps.</summary>
    private static IEnumerable<(VtkArray Field, Hdf5Dataset Target)> Targets(SnapshotFile snapshot, int steps,
        VtkOptions options) =>
        VtkFile.Chosen(snapshot.Cells, options)
            .Select(field => Target(snapshot, field, snapshot.Grid.Cells, "CellData", steps, options))
            .Concat(VtkFile.Chosen(snapshot.Nodes, options)
                .Select(field => Target(snapshot, field, snapshot.Grid.Nodes, "PointData", steps, options)));

    private static (VtkArray, Hdf5Dataset) Target(SnapshotFile snapshot, SnapshotFieldInfo field,
        (int X, int Y, int Z) points, string group, int steps, VtkOptions options)
    {
        var array = VtkFile.Array(snapshot, field, points, options, Revolution.OfCells);
        long[] lattice = [points.Z, .. snapshot.Grid.Has(1) ? [points.Y] : Array.Empty<long>(), .. snapshot.Grid.Has(0)
            ? [points.X] : Array.Empty<long>()];
        // A name in HDF5 cannot hold a slash.
        return (array, new($"{Root}/{group}/{array.Name.Replace("/", " per ")}",
            [.. steps > 1 ? [steps] : Array.Empty<long>(), .. lattice, .. array.Components > 1 ? [array.Components]
            : Array.Empty<long>()], array.IsInteger));
    }

    /// <summary>Writes a field of one step, some planes at a time.</summary>
    private static void Fill(Hdf5File file, Hdf5Dataset target, VtkArray field, int step, CancellationToken cancel)
    {
        var time = target.Count > field.Count ? 1 : 0;
        long[] start = new long[target.Shape.Length], extents = [.. target.Shape];
        if (time == 1)
            (start[0], extents[0]) = (step, 1);
        var plane = extents[(time + 1)..].Aggregate(1L, (product, n) => product * n);
        foreach (var piece in field.PiecesAhead())
        {
            cancel.ThrowIfCancellationRequested();
            extents[time] = piece.Count / plane;
            file.Write(target, start, extents, piece.Numbers);
            start[time] += extents[time];
        }
    }
}
