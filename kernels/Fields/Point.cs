using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// What a kernel is given: a point of a place, with its index in the place's layout and its integer position. In a lane
/// only x varies: it is that of the lane's first point.
/// </summary>
/// <typeparam name="TPlace">What the point is: a cell, a node, ...</typeparam>
public readonly struct Point<TPlace>(int index, int x, int y, int z) where TPlace : struct, IPlace
{
    /// <summary>Index of the point in arrays of its place.</summary>
    public readonly int Index = index;

    /// <summary>Position along an axis, 0 at the first cell or node.</summary>
    public readonly int X = x, Y = y, Z = z;

    /// <summary>The point of the same place so many steps away.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Point<TPlace> Step(int dx, int dy, int dz, in Layout layout) =>
        new(Index + dx + dy * layout.StrideY + dz * layout.StrideZ, X + dx, Y + dy, Z + dz);
}

/// <summary>The points of a launch: x in [X0, X1), y in [Y0, Y1), z in [Z0, Z1), of a layout.</summary>
/// <typeparam name="TPlace">What the points are.</typeparam>
public readonly struct Box<TPlace>(Layout layout, int x0, int x1, int y0, int y1, int z0, int z1)
    where TPlace : struct, IPlace
{
    /// <summary>Where points lie in arrays.</summary>
    public readonly Layout Layout = layout;

    /// <summary>The first position along each axis, and the one behind the last.</summary>
    public readonly int X0 = x0, X1 = x1, Y0 = y0, Y1 = y1, Z0 = z0, Z1 = z1;

    /// <summary>Rows along x, the unit in which work is split.</summary>
    public int Rows => (Y1 - Y0) * (Z1 - Z0);

    /// <summary>Number of points.</summary>
    public long Points => (long)(X1 - X0) * Rows;

    /// <summary>The same x and y, and z in [z0, z1).</summary>
    public Box<TPlace> Layers(int z0, int z1) => new(Layout, X0, X1, Y0, Y1, z0, z1);

    /// <summary>The point at x of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Point<TPlace> At(int row, int x)
    {
        var height = Y1 - Y0;
        var (y, z) = (Y0 + row % height, Z0 + row / height);
        return new(Layout.Index(x, y, z), x, y, z);
    }
}

/// <summary>Arrays as they lie in memory.</summary>
public static class FlatBox
{
    private const int Row = 2048;

    /// <summary>
    /// The first <paramref name="length"/> elements of arrays, for pointwise kernels; point x, y is element x + 2048 y.
    /// The
    /// last row may run past the length, which <see cref="RoundUp"/> makes room for.
    /// </summary>
    public static Box<Flat> Of(int length) =>
        new(new Layout(Row, 0, 0, length), 0, Math.Min(length, Row), 0, (length + Row - 1) / Row, 0, 1);

    /// <summary>The length to allocate, so that a flat launch stays inside.</summary>
    public static int RoundUp(int length) => checked((length + Row - 1) / Row * Row);
}
