using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>Names inside a snapshot, docs/files.md.</summary>
public static class SnapshotLayout
{
    public const string Format = "mesolimg-snapshot";
    public const string Case = "/case", Grid = "/grid", Cells = "/cells", Nodes = "/nodes", Boundary = "/boundary",
        State = "/state";

    /// <summary>Attribute of the grid: planes of cells of the layers below and above the film.</summary>
    public const string Layers = "layers";

    /// <summary>Attribute of the root: what the files that the run read held.</summary>
    public const string Inputs = "inputs";

    private static readonly Dictionary<DomainKind, string> Kinds = new()
    {
        [DomainKind.Slab] = "slab",
        [DomainKind.Axisymmetric] = "axisymmetric",
        [DomainKind.PlaneStrain] = "plane-strain",
        [DomainKind.ThreeD] = "3d",
    };

    /// <summary>The word for a domain, the same as in a case file.</summary>
    public static string Word(DomainKind kind) => Kinds[kind];

    /// <summary>The domain of that name, or null.</summary>
    public static DomainKind? Kind(string word) => Kinds.ContainsValue(word)
        ? Kinds.First(pair => pair.Value == word).Key : null;

    /// <summary>
    /// Extents of a field over a lattice of points; the components are an axis of their own only when there are
    /// several.
    /// </summary>
    public static long[] Shape((int X, int Y, int Z) points, int components) =>
        components == 1 ? [points.Z, points.Y, points.X] : [points.Z, points.Y, points.X, components];

    /// <summary>Extents of a field over a list of points.</summary>
    public static long[] Shape(long points, int components) => components == 1 ? [points] : [points, components];
}
