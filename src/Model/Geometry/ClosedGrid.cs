namespace MesoLiMg.Model;

/// <summary>
/// The cells of a grid closed by one layer of points that lie on the domain's faces, edges and corners. Along an axis
/// with n cells of edge h the points are k = 0, 1, ..., n, n+1 at 0, h/2, 3h/2, ..., L-h/2, L; an axis that the domain
/// lacks has the single point k = 0. Points with 1 ≤ k ≤ n along every axis of the domain are the cells, all others the
/// boundary; both are numbered z slowest, then y, x.
/// </summary>
public sealed class ClosedGrid(GridShape grid)
{
    private readonly int _firstX = grid.Has(0) ? 1 : 0, _firstY = grid.Has(1) ? 1 : 0;

    /// <summary>Points along x, y, z.</summary>
    public (int X, int Y, int Z) Points { get; } =
        (grid.Cells.X + (grid.Has(0) ? 2 : 0), grid.Cells.Y + (grid.Has(1) ? 2 : 0), grid.Cells.Z + 2);

    public long BoundaryCount => (long)Points.X * Points.Y * Points.Z - grid.CellCount;

    /// <summary>
    /// Whether the point is a cell, and its index among the cells or among the points of the boundary.
    /// </summary>
    public (bool IsCell, long Index) Locate(int kx, int ky, int kz)
    {
        var (nx, ny, nz) = grid.Cells;
        var (ix, iy, iz) = (kx - _firstX, ky - _firstY, kz - 1);
        var (inX, inY, inZ) = (ix >= 0 && ix < nx, iy >= 0 && iy < ny, iz >= 0 && iz < nz);

        // The cells that come before this point: whole planes, then whole rows of its plane, then those of its row.
        var before = (long)Math.Clamp(iz, 0, nz) * ny * nx;
        if (inZ)
            before += (long)Math.Clamp(iy, 0, ny) * nx;
        if (inZ && inY)
            before += Math.Clamp(ix, 0, nx);

        return inX && inY && inZ ? (true, before) : (false, ((long)kz * Points.Y + ky) * Points.X + kx - before);
    }

    /// <summary>Position [m] of point k along an axis (0 = x, 1 = y, 2 = z).</summary>
    public double Coordinate(int axis, int k)
    {
        var (n, h) = axis switch
        {
            0 => (grid.Cells.X, grid.Spacing.X),
            1 => (grid.Cells.Y, grid.Spacing.Y),
            _ => (grid.Cells.Z, grid.Spacing.Z),
        };
        return !grid.Has(axis) || k == 0 ? 0 : k > n ? n * h : (k - 0.5) * h;
    }

    /// <summary>The points of the boundary in their order, as (kx, ky, kz).</summary>
    public IEnumerable<(int X, int Y, int Z)> Boundary()
    {
        for (var z = 0; z < Points.Z; z++)
            for (var y = 0; y < Points.Y; y++)
                for (var x = 0; x < Points.X; x++)
                    if (!Locate(x, y, z).IsCell)
                        yield return (x, y, z);
    }
}
