using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Three-dimensional grids: the forces of each cell on its corners are computed once and summed up by the nodes. Each thread works through its share of the grid in slabs of a few layers, and where these are large in bands along y, so
/// that the forces are still in its cache when the nodes ask for them. Where a share, slab or band ends changes no result.
/// </summary>
internal class SpaceLevel<T> : ElasticLevel<Elasticity3D<T>, T> where T : unmanaged
{
    /// <summary>Layers and rows of nodes that a share has at least: it computes the cells below them once more.</summary>
    private const int LeastInShare = 6;

    private readonly Dictionary<Type, ISharedWork> passes = [];
    private readonly int alongY, alongZ;

    /// <summary>Layers of cells that a share keeps, and rows of cells in each.</summary>
    private readonly int layers, rows;

    private readonly View<T>[] scratch;

    public SpaceLevel(IDevice device, GridLevel grid, HeldFaces held)
        : base(device, grid, held, lame => new(grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(1), grid.WidthsAlong<T>(2), lame, grid.Layout))
    {
        var nodes = grid.Nodes;
        alongZ = Math.Clamp(nodes.Z1 / LeastInShare, 1, device.Shares);
        alongY = Math.Clamp(nodes.Y1 / LeastInShare, 1, device.Shares / alongZ);
        var (cellRows, cellLayers) = (Most(nodes.Y1, alongY) + 1, Most(nodes.Z1, alongZ) + 1);
        var fit = (int)Math.Min(device.ScratchBytes / CornerForces<T>.BytesPerRow(grid.Layout), (long)cellRows * cellLayers);
        layers = Math.Clamp(fit / cellRows, 2, cellLayers);
        rows = Math.Clamp(fit / layers, 2, cellRows);
        scratch = [.. Enumerable.Range(0, alongY * alongZ).Select(_ => device.Allocate<T>(CornerForces<T>.LengthFor(grid.Layout, rows, layers)))];
    }

    protected override void ApplyStiffness<TUse>(View<T> u, in TUse use, bool springs)
    {
        if (!passes.TryGetValue(typeof(TUse), out var pass))
            passes.Add(typeof(TUse), pass = new Pass<TUse>(this));
        ((Pass<TUse>)pass).Run(u, use, springs);
    }

    /// <summary>The forces of cells on their corners.</summary>
    protected virtual void LaunchForces(ILauncher launcher, View<T> u, CornerForces<T> forces, Box cells) => launcher.Launch<CellForces<T>, T>(Stiffness.CellForces(u, forces), cells);

    /// <summary>Nodes of the largest share.</summary>
    private static int Most(int nodes, int shares) => (nodes + shares - 1) / shares;

    /// <summary>A pass over all nodes, in shares along z, and along y where there are more threads than that keeps busy. One object a use, so that a pass allocates nothing.</summary>
    private sealed class Pass<TUse>(SpaceLevel<T> level) : ISharedWork where TUse : struct, IForceUse<T>
    {
        private View<T> u;
        private TUse use;
        private bool springs;

        public void Run(View<T> displacement, in TUse what, bool withSprings)
        {
            (u, use, springs) = (displacement, what, withSprings);
            level.Device.Share(this, level.scratch.Length);
        }

        void ISharedWork.Run(ILauncher launcher, int share)
        {
            var (nodes, y, z, rows) = (level.Grid.Nodes, share % level.alongY, share / level.alongY, level.rows);
            var (y0, y1) = (nodes.Y1 * y / level.alongY, nodes.Y1 * (y + 1) / level.alongY);
            var (z0, z1) = (nodes.Z1 * z / level.alongZ, nodes.Z1 * (z + 1) / level.alongZ);
            var bands = (y1 - y0 + rows - 2) / (rows - 1);
            for (var band = 0; band < bands; band++)
                RunBand(launcher, level.scratch[share], y0 + (y1 - y0) * band / bands, y0 + (y1 - y0) * (band + 1) / bands, z0, z1);
        }

        /// <summary>The nodes y in [y0, y1) and z in [z0, z1).</summary>
        private void RunBand(ILauncher launcher, View<T> values, int y0, int y1, int z0, int z1)
        {
            var layout = level.Grid.Layout;
            var forces = new CornerForces<T>(values, layout, y0 - 1, level.rows, level.layers);
            var done = z0 - 1;
            for (var z = z0; z < z1; z += level.layers - 1)
            {
                // Nodes z need the cells z - 1 and z: the last layer of a slab serves the next one too. Rows run from their ghost to the end of their padding, where nothing is free: so lanes are whole and begin where rows do.
                var end = Math.Min(z + level.layers - 1, z1);
                level.LaunchForces(launcher, u, forces, new Box(layout, -1, layout.StrideY - 1, y0 - 1, y1, done, end));
                level.Use(launcher, forces, u, use, springs, new Box(layout, -1, layout.StrideY - 1, y0, y1, z, end));
                done = end;
            }
        }
    }
}
