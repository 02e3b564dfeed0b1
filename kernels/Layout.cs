namespace MesoLiMg.Kernels;

/// <summary>
/// Where the point (x, y, z) of a grid level lies in its arrays: <c>Origin + x + StrideY y + StrideZ z</c>. Cells and nodes share one layout; cell (x, y, z)
/// has node (x, y, z) at its low corner. Along each axis that the domain has there is one ghost layer below and room for the last node and a ghost above, so that a stencil needs no branch.
/// </summary>
public readonly struct Layout(int strideY, int strideZ, int origin, int length)
{
    /// <summary>Distance between neighbours along y.</summary>
    public readonly int StrideY = strideY;

    /// <summary>Distance between neighbours along z.</summary>
    public readonly int StrideZ = strideZ;

    /// <summary>Index of the point (0, 0, 0).</summary>
    public readonly int Origin = origin;

    /// <summary>Elements of one scalar field; component c of a vector field lies <c>c Length</c> further on.</summary>
    public readonly int Length = length;

    /// <summary>Index of a point.</summary>
    public int Index(int x, int y, int z) => Origin + x + StrideY * y + StrideZ * z;
}

/// <summary>The points of a launch: x in [X0, X1), y in [Y0, Y1), z in [Z0, Z1), of a layout.</summary>
public readonly struct Box(Layout layout, int x0, int x1, int y0, int y1, int z0, int z1)
{
    public readonly Layout Layout = layout;
    public readonly int X0 = x0, X1 = x1, Y0 = y0, Y1 = y1, Z0 = z0, Z1 = z1;

    private const int FlatRow = 2048;

    /// <summary>The same x and y, and z in [z0, z1).</summary>
    public Box Layers(int z0, int z1) => new(Layout, X0, X1, Y0, Y1, z0, z1);

    /// <summary>Rows along x, the unit in which work is split.</summary>
    public int Rows => (Y1 - Y0) * (Z1 - Z0);

    /// <summary>Number of points.</summary>
    public long Points => (long)(X1 - X0) * Rows;

    /// <summary>
    /// The first <paramref name="length"/> elements of arrays without regard to their shape, for pointwise kernels; point x, y of it is element x + 2048 y. The last row may run past the
    /// length, which <see cref="RoundUp"/> makes room for.
    /// </summary>
    public static Box Flat(int length) => new(new Layout(FlatRow, 0, 0, length), 0, Math.Min(length, FlatRow), 0, (length + FlatRow - 1) / FlatRow, 0, 1);

    /// <summary>The length to allocate, so that a flat launch stays inside.</summary>
    public static int RoundUp(int length) => checked((length + FlatRow - 1) / FlatRow * FlatRow);
}

/// <summary>What a kernel is given: the flat index in the layout and the integer position. In a lane only x varies: it is that of the lane's first point.</summary>
public readonly struct Point(int index, int x, int y, int z)
{
    public readonly int Index = index, X = x, Y = y, Z = z;
}
