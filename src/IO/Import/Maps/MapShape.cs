using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>How the voxels of a map lie on the cells of a grid, which may be whole multiples of them.</summary>
internal static class MapShape
{
    /// <summary>Voxels along x, y, z of an array with its slowest axis first: (nz, ny, nx), with or without a last axis
    /// of 1 and axes that the domain lacks.</summary>
    /// <param name="what">Whose shape it is, for messages.</param>
    /// <exception cref="InputException">It fits no grid of this kind, or not this one.</exception>
    public static (int X, int Y, int Z) OfArray(IReadOnlyList<long> shape, GridShape grid, string what)
    {
        IReadOnlyList<long> axes = shape is [_, _, _, 1] ? [shape[0], shape[1], shape[2]] : shape;
        (long X, long Y, long Z) extents = (axes.Count, grid.Kind) switch
        {
            (3, _) => (axes[2], axes[1], axes[0]),
            (2, DomainKind.Axisymmetric or DomainKind.PlaneStrain) => (axes[1], 1, axes[0]),
            (1, DomainKind.Slab) => (1, 1, axes[0]),
            _ => (0, 0, 0),
        };
        if (Fits(extents, grid))
            return ((int)extents.X, (int)extents.Y, (int)extents.Z);
        var isTransposed = axes.Count == 3 && Fits((axes[0], axes[1], axes[2]), grid);
        throw new InputException(
            $"{what} has the shape ({string.Join(", ", shape)}), the grid has ({grid.Cells.Z}, {grid.Cells.Y}, "
            + $"{grid.Cells.X}) cells (nz, ny, nx)"
            + (isTransposed ? "; its axes are in the order x, y, z: transpose it" : Expected));
    }

    /// <summary>Requires that voxels along x, y, z fit the grid.</summary>
    /// <exception cref="InputException">They do not.</exception>
    public static void Require((int X, int Y, int Z) extents, GridShape grid, string what, string voxels = "voxels")
    {
        if (!Fits(extents, grid))
            throw new InputException(
                $"{what}: has {Text(extents)} {voxels}, the grid has {Text(grid.Cells)} cells{Expected}");
    }

    /// <summary>Cells along x, y, z that a voxel is.</summary>
    public static (int X, int Y, int Z) Cells((int X, int Y, int Z) extents, GridShape grid) =>
        (grid.Cells.X / extents.X, grid.Cells.Y / extents.Y, grid.Cells.Z / extents.Z);

    /// <summary>Numbers along the axes: <c>6 x 4 x 3</c>.</summary>
    public static string Text((int X, int Y, int Z) numbers) => $"{numbers.X} x {numbers.Y} x {numbers.Z}";

    /// <summary>A number per cell out of one per voxel.</summary>
    public static int[] Repeat(int[] voxels, (int X, int Y, int Z) extents, GridShape grid)
    {
        var (nx, ny, nz) = grid.Cells;
        var (fx, fy, fz) = Cells(extents, grid);
        if ((fx, fy, fz) == (1, 1, 1))
            return voxels;
        var cells = new int[checked((int)grid.CellCount)];
        for (var z = 0; z < nz; z++)
            for (var y = 0; y < ny; y++)
                for (var x = 0; x < nx; x++)
                    cells[x + nx * (y + ny * z)] = voxels[x / fx + extents.X * (y / fy + extents.Y * (z / fz))];
        return cells;
    }

    private const string Expected = "; expected as many, or cells that are whole multiples of the map's";

    private static bool Fits((long X, long Y, long Z) voxels, GridShape grid) =>
        voxels.X > 0 && voxels.Y > 0 && voxels.Z > 0 && grid.Cells.X % voxels.X == 0 && grid.Cells.Y % voxels.Y == 0
            && grid.Cells.Z % voxels.Z == 0;
}
