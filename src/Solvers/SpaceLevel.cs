using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Three-dimensional grids: the forces of each cell on its corners are computed once and summed up by the nodes. The grid is worked through in slabs of a few layers, and where these are large in bands along y, so that
/// the forces are still in the cache when the nodes ask for them. Where a slab or band ends changes no result.
/// </summary>
internal class SpaceLevel<T> : ElasticLevel<Elasticity3D<T>, T> where T : unmanaged
{
    private readonly View<T> scratch;

    /// <summary>Layers of cells that are kept, and rows of cells in each.</summary>
    private readonly int layers, rows;

    public SpaceLevel(IDevice device, GridLevel grid, HeldFaces held)
        : base(device, grid, held, lame => new(grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(1), grid.WidthsAlong<T>(2), lame, grid.Layout))
    {
        var (cellRows, cellLayers) = (grid.Y + 2, grid.Z + 2);
        var fit = (int)Math.Min(device.ScratchBytes / (CornerForces<T>.BytesPerPoint * grid.Layout.StrideY), (long)cellRows * cellLayers);
        layers = Math.Clamp(fit / cellRows, 2, cellLayers);
        rows = Math.Clamp(fit / layers, 2, cellRows);
        scratch = device.Allocate<T>(CornerForces<T>.LengthFor(grid.Layout, rows, layers));
    }

    protected override void ApplyStiffness(View<T> u, View<T> f, FreeComponents<T> free)
    {
        var nodes = Grid.Nodes;
        var bands = (nodes.Y1 + rows - 2) / (rows - 1);
        for (var band = 0; band < bands; band++)
            ApplyToBand(u, f, free, nodes.Y1 * band / bands, nodes.Y1 * (band + 1) / bands);
    }

    /// <summary>The nodes y in [y0, y1).</summary>
    private void ApplyToBand(View<T> u, View<T> f, FreeComponents<T> free, int y0, int y1)
    {
        var (layout, nodes) = (Grid.Layout, Grid.Nodes);
        var forces = new CornerForces<T>(scratch, layout, y0 - 1, rows, layers);
        var done = -1;
        for (var z = 0; z < nodes.Z1; z += layers - 1)
        {
            // Nodes z need the cells z - 1 and z: the last layer of a slab serves the next one too. Rows of cells run to the end of their padding, which keeps lanes whole.
            var end = Math.Min(z + layers - 1, nodes.Z1);
            LaunchForces(u, forces, new Box(layout, -1, layout.StrideY - 1, y0 - 1, y1, done, end));
            Device.Launch<GatherForces<T>, T>(new(forces, free, f, layout.Length), new Box(layout, 0, nodes.X1, y0, y1, z, end));
            done = end;
        }
    }

    /// <summary>The forces of cells on their corners.</summary>
    protected virtual void LaunchForces(View<T> u, CornerForces<T> forces, Box cells) => Device.Launch<CellForces<T>, T>(Stiffness.CellForces(u, forces), cells);
}
