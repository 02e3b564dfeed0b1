using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>The ways from a point of one place to those of another: all that a kernel may mix.</summary>
public static class Neighbours
{
    /// <summary>The node at a cell's low corner.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Node> LowNode(this in Point<Cell> p) => new(p.Index, p.X, p.Y, p.Z);

    /// <summary>
    /// A cell that has the node as corner: d = -1 is the one below it along an axis, 0 the one above.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Cell> CellAt(this in Point<Node> p, int dx, int dy, int dz, in Layout layout) =>
        new(p.Index + dx + dy * layout.StrideY + dz * layout.StrideZ, p.X + dx, p.Y + dy, p.Z + dz);

    /// <summary>The low face of a cell; the axis is that of the field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Face> LowFace(this in Point<Cell> p) => new(p.Index, p.X, p.Y, p.Z);

    /// <summary>The high face of a cell along an axis whose neighbours are <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Face> HighFace(this in Point<Cell> p, int stride) => new(p.Index + stride, p.X, p.Y, p.Z);

    /// <summary>The cell above a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Cell> CellAbove(this in Point<Face> p) => new(p.Index, p.X, p.Y, p.Z);

    /// <summary>The cell below a face, across an axis whose neighbours are <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Cell> CellBelow(this in Point<Face> p, int stride) => new(p.Index - stride, p.X, p.Y, p.Z);

    /// <summary>The centre of a cell among the points of the closed body.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Closed> Centre(this in Point<Cell> p) => new(p.Index, p.X, p.Y, p.Z);

    /// <summary>A cell's element in a field of cells or of the closed body, or that so many elements on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Flat> Element(this in Point<Cell> p, int distance = 0) =>
        new(p.Index + distance, p.X, p.Y, p.Z);

    /// <summary>A node of a side in the side's own plane.</summary>
    /// <param name="p">The node.</param>
    /// <param name="plane">Layout of a field of that side.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Side> OnSide(this in Point<Node> p, in Layout plane) =>
        new(plane.Origin + p.X + plane.StrideY * p.Y, p.X, p.Y, p.Z);

    /// <summary>The cell below a face of the SE side, or one so many cells deeper.</summary>
    /// <param name="p">The face.</param>
    /// <param name="cells">Layout of the cells.</param>
    /// <param name="top">z of the uppermost cells.</param>
    /// <param name="depth">Cells between the face and the one asked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Cell> CellUnder(this in Point<Surface> p, in Layout cells, int top, int depth = 0) =>
        new(cells.Index(p.X, p.Y, top - depth), p.X, p.Y, top - depth);

    /// <summary>The cell whose elements lie so far away, across a face; the position stays that of the cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Cell> Beside(this in Point<Cell> p, int distance) => new(p.Index + distance, p.X, p.Y, p.Z);

    /// <summary>The low face across z that a face of the SE side is: that above the uppermost cell.</summary>
    /// <param name="p">The face.</param>
    /// <param name="cells">Layout of the cells.</param>
    /// <param name="top">z of the uppermost cells.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Face> TopFace(this in Point<Surface> p, in Layout cells, int top) =>
        new(cells.Index(p.X, p.Y, top + 1), p.X, p.Y, top + 1);

    /// <summary>The middle of a face of the SE side among the points of the closed body.</summary>
    /// <param name="p">The face.</param>
    /// <param name="cells">Layout of the cells.</param>
    /// <param name="top">z of the uppermost cells.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Closed> OnBody(this in Point<Surface> p, in Layout cells, int top) =>
        new(cells.Index(p.X, p.Y, top + 1), p.X, p.Y, top + 1);

    /// <summary>The point of the closed body that lies so many elements away, inward from its surface.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Closed> Inward(this in Point<Closed> p, int distance) =>
        new(p.Index + distance, p.X, p.Y, p.Z);

    /// <summary>
    /// The node of a side at the low corner of a face z = const, given by its middle on the closed body.
    /// </summary>
    /// <param name="p">The middle of the face.</param>
    /// <param name="plane">Layout of a field of that side.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Point<Side> LowNodeOnSide(this in Point<Closed> p, in Layout plane) =>
        new(plane.Origin + p.X + plane.StrideY * p.Y, p.X, p.Y, p.Z);
}
