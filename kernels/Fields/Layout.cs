namespace MesoLiMg.Kernels;

/// <summary>
/// Where the point (x, y, z) of a grid lies in its arrays: <c>Origin + x + StrideY y + StrideZ z</c>. Cells and nodes
/// share one layout; cell (x, y, z) has node (x, y, z) at its low corner. Along each axis that the domain has there is
/// one layer below the first cell and room for the last node and one layer above, so that a stencil needs no branch.
/// What that layer means is said by the place of a field (<see cref="IPlace"/>).
/// </summary>
public readonly struct Layout(int strideY, int strideZ, int origin, int length)
{
    /// <summary>Distance between neighbours along y; 0 where the domain has no y axis.</summary>
    public readonly int StrideY = strideY;

    /// <summary>Distance between neighbours along z; 0 in the layout of a plane.</summary>
    public readonly int StrideZ = strideZ;

    /// <summary>Index of the point (0, 0, 0).</summary>
    public readonly int Origin = origin;

    /// <summary>Elements of one component; component c of a field lies <c>c Length</c> further on.</summary>
    public readonly int Length = length;

    /// <summary>Index of a point.</summary>
    public int Index(int x, int y, int z) => Origin + x + StrideY * y + StrideZ * z;

    /// <summary>The layout of one plane z = const with the same rows.</summary>
    public Layout Plane => new(StrideY, 0, 1 + StrideY, StrideZ);
}
