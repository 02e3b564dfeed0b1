namespace MesoLiMg.Kernels;

/// <summary>
/// Where on the grid a value lives. Places are types, so that a kernel which reads a field of nodes at a cell does not
/// compile; the ways from one place to another are the methods of <see cref="Neighbours"/>.
/// </summary>
public interface IPlace;

/// <summary>A place whose fields have one layer of ghosts about them.</summary>
public interface IPlaceWithGhosts : IPlace;

/// <summary>
/// Centres of cells. A ghost cell is the cell at the other end of a periodic axis, and empty elsewhere.
/// </summary>
public readonly struct Cell : IPlaceWithGhosts;

/// <summary>Corners of cells. A ghost is the node at the other end of a periodic axis, and empty elsewhere.</summary>
public readonly struct Node : IPlaceWithGhosts;

/// <summary>Faces between cells across one axis: the entry of a cell is that of its low face.</summary>
public readonly struct Face : IPlace;

/// <summary>
/// Centres of cells, and as outermost layer the points of the body's surface: the middles of the outer faces of cells,
/// of their edges and corners. What snapshots, probes and history know of a field; there are no ghosts.
/// </summary>
public readonly struct Closed : IPlace;

/// <summary>Nodes of one side z = const, in a plane of their own.</summary>
public readonly struct Side : IPlace;

/// <summary>Faces of cells on the SE side, in a plane of their own.</summary>
public readonly struct Surface : IPlace;

/// <summary>Elements of an array without regard to where they lie, for pointwise kernels.</summary>
public readonly struct Flat : IPlace;

/// <summary>Order in memory of the components of a vector; two dimensions have the first two.</summary>
public static class Component
{
    /// <summary>Along x (r in r-z).</summary>
    public const int X = 0;

    /// <summary>Along z, across the film.</summary>
    public const int Z = 1;

    /// <summary>Along y.</summary>
    public const int Y = 2;
}

/// <summary>Order in memory of the components of a symmetric tensor, VTK's; in r-z XX = rr, YY = θθ, XZ = rz.</summary>
public static class Pair
{
    /// <summary>Normal components.</summary>
    public const int XX = 0, YY = 1, ZZ = 2;

    /// <summary>Shears.</summary>
    public const int XY = 3, YZ = 4, XZ = 5;

    /// <summary>Components of a symmetric tensor.</summary>
    public const int Count = 6;
}
