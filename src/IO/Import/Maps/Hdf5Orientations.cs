using System.Globalization;
using MesoLiMg.IO.Hdf5;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>
/// Orientations that lie beside grain ids in HDF5, as DREAM.3D and snapshots have them: Bunge's Euler angles or
/// quaternions x, y, z, w, of features (a row for each id) or of voxels (the first of each grain counts).
/// What carries such a name and is not understood is refused.
/// </summary>
/// <param name="ids">Dataset of the ids.</param>
/// <param name="shape">Its shape.</param>
/// <param name="values">The ids.</param>
/// <param name="unit">Unit of angles that the case gives.</param>
internal sealed class Hdf5Orientations(Hdf5File file, string ids, IReadOnlyList<long> shape, long[] values,
    AngleUnit? unit)
{
    private const int Angles = 3, Quaternion = 4;

    private readonly string own = GroupOf(ids);

    /// <summary>A dataset's last name without blanks, in small letters.</summary>
    public static string Plain(string path) =>
        string.Concat(path[(path.LastIndexOf('/') + 1)..].Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    /// <summary>The group around that of a dataset, such as DREAM.3D's geometry; null where there is none below the
    /// root.</summary>
    public static string? ContainerOf(string path) =>
        GroupOf(path) is var group && group.LastIndexOf('/') is > 0 and var slash ? group[..slash] : null;

    /// <summary>The orientations, and where there are none a dataset that may hold some and is not read.</summary>
    /// <exception cref="InputException">They are not understood.</exception>
    public (MapOrientations? Found, string? Unread) Find()
    {
        var all = Neighbours().ToList();
        string? Named(bool isOwn, params string[] names) =>
            names.Select(name => all.Find(path => Plain(path) == name && GroupOf(path) == own == isOwn))
                .FirstOrDefault(path => path is not null);
        if ((Named(false, "avgeulerangles", "eulerangles") ?? Named(true, "avgeulerangles")) is { } angles)
            return (OfRows(angles, Angles), null);
        if ((Named(false, "avgquats", "quats") ?? Named(true, "avgquats")) is { } quaternions)
            return (OfRows(quaternions, Quaternion), null);
        if (Named(true, "eulerangles", "euler") is { } each)
            return (OfVoxels(each, Angles), null);
        if (Named(true, "quats") is { } turns)
            return (OfVoxels(turns, Quaternion), null);
        string[] words = ["euler", "quat", "rodrigues", "orientation"];
        return (null, all.Find(path => words.Any(Plain(path).Contains) && !Plain(path).Contains("misorientation")));
    }

    private static string GroupOf(string path) => path[..path.LastIndexOf('/')];

    /// <summary>Datasets beside the ids and in the groups beside theirs.</summary>
    private IEnumerable<string> Neighbours()
    {
        string[] groups = ContainerOf(ids) is { } container
            ? [.. file.List(container).Select(name => $"{container}/{name}").Where(file.IsGroup)] : [own];
        return from matrix in groups
               from name in file.List(matrix == "" ? "/" : matrix)
               let path = $"{matrix}/{name}"
               where !file.IsGroup(path)
               select path;
    }

    private MapOrientations OfRows(string path, int width)
    {
        var numbers = Read(path, width, found => found.Count == 2, "(ids + 1, {0}), a row for each grain id from 0 on");
        var rows = numbers.Length / width;
        return new(path, id => id < rows
            ? Of(numbers.AsSpan((int)id * width, width), $"{file.Path}: {path}: grain {id}")
            : throw new InputException($"{file.Path}: {path} has {rows} rows, none for grain {id}"));
    }

    private MapOrientations OfVoxels(string path, int width)
    {
        IReadOnlyList<long> voxels = shape is [_, _, _, 1] ? [.. shape.Take(3)] : shape;
        bool Fits(IReadOnlyList<long> found) => found.SkipLast(1).SequenceEqual(voxels);
        var numbers = Read(path, width, Fits, "that of the ids with a last axis of {0}");
        var first = MapOrientations.FirstVoxels(values);
        return new($"{path}, the first voxel of each grain", id =>
            Of(numbers.AsSpan(first[id] * width, width), $"{file.Path}: {path}: grain {id}"));
    }

    private double[] Read(string path, int width, Func<IReadOnlyList<long>, bool> fits, string expected)
    {
        var found = file.Describe(path);
        if (found.Shape is not [.., var last] || last != width || !fits(found.Shape))
            throw new InputException(
                $"{file.Path}: {path} has the shape ({string.Join(", ", found.Shape)}), expected "
                + $"{string.Format(CultureInfo.InvariantCulture, expected, width)}{Way}");
        if (!found.IsInteger)
            return (double[])file.Read(found);
        if (width == Quaternion || unit is null)
            throw new InputException($"{file.Path}: {path} holds integers, expected floating-point numbers"
                + (width == Angles ? "; if they are whole degrees, say microstructure.angle_unit: deg" : Way));
        return [.. file.ReadLongs(found).Select(number => (double)number)];
    }

    private const string Way = "; microstructure.orientations in the case stand for those in the file";

    private Orientation Of(ReadOnlySpan<double> numbers, string whose) =>
        numbers.Length == Angles ? OrientationNumbers.Euler(numbers, unit, whose)
            : OrientationNumbers.OfDream3D(numbers, whose);
}
