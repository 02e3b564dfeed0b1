using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>The forces of cells on their corners, for a displacement, as one launch.</summary>
internal interface ICornerKernel<T> where T : unmanaged
{
    /// <summary>Launches it over a box of cells.</summary>
    void Launch(ILauncher launcher, Field<Node, T> u, CornerForces<T> forces, in Box<Cell> cells);
}

/// <summary><see cref="CellForces{T}"/>.</summary>
internal readonly struct IsotropicCorners<T>(Widths<T> x, Widths<T> y, Widths<T> z, LameFields<T> lame)
    : ICornerKernel<T> where T : unmanaged
{
    public void Launch(ILauncher launcher, Field<Node, T> u, CornerForces<T> forces, in Box<Cell> cells) =>
        launcher.Launch<CellForces<T>, Cell, T>(new(x, y, z, lame, u, forces), cells);
}

/// <summary><see cref="HexahedronForces{TMaterial, T}"/>.</summary>
internal readonly struct Corners<TMaterial, T>(Widths<T> x, Widths<T> y, Widths<T> z, TMaterial material)
    : ICornerKernel<T> where TMaterial : struct, IMaterial<T> where T : unmanaged
{
    public void Launch(ILauncher launcher, Field<Node, T> u, CornerForces<T> forces, in Box<Cell> cells) =>
        launcher.Launch<HexahedronForces<TMaterial, T>, Cell, T>(new(x, y, z, material, u, forces), cells);
}

/// <summary>
/// Three-dimensional grids: the forces of each cell on its corners are computed once and summed up by the nodes. Each
/// thread works through its share of the grid in slabs of a few layers, and where these are large in bands along y, so
/// that the forces are still in its cache when the nodes ask for them. Where a share, slab or band ends changes no
/// result.
/// </summary>
internal sealed class SpaceElements<TCorners, TMaterial, T> : IElementOperator<T>
    where TCorners : struct, ICornerKernel<T> where TMaterial : struct, IMaterial<T> where T : unmanaged
{
    /// <summary>
    /// Layers and rows of nodes that a share has at least: it computes the cells below them once more.
    /// </summary>
    private const int LeastInShare = 6;

    private readonly Dictionary<Type, ISharedWork> passes = [];
    private readonly ElementLaunches<Hexahedron<T>, TMaterial, T> launches;
    private readonly TCorners corners;
    private readonly GridLevel grid;
    private readonly int alongY, alongZ;

    /// <summary>Layers of cells that a share keeps, and rows of cells in each.</summary>
    private readonly int layers, rows;

    private readonly View<T>[] scratch;

    /// <summary>Divides a grid into shares.</summary>
    public SpaceElements(IDevice device, GridLevel grid, Hexahedron<T> element, TMaterial material, TCorners corners)
    {
        (this.grid, this.corners) = (grid, corners);
        launches = new(device, grid, element, material);
        var nodes = grid.Nodes;
        alongZ = Math.Clamp(nodes.Z1 / LeastInShare, 1, device.Shares);
        alongY = Math.Clamp(nodes.Y1 / LeastInShare, 1, device.Shares / alongZ);
        var (cellRows, cellLayers) = (Most(nodes.Y1, alongY) + 1, Most(nodes.Z1, alongZ) + 1);
        var bytes = CornerForces<T>.BytesPerRow(grid.Layout);
        var fit = (int)Math.Min(device.ScratchBytes / bytes, (long)cellRows * cellLayers);
        layers = Math.Clamp(fit / cellRows, 2, cellLayers);
        rows = Math.Clamp(fit / layers, 2, cellRows);
        var length = CornerForces<T>.LengthFor(grid.Layout, rows, layers);
        scratch = [.. Enumerable.Range(0, alongY * alongZ).Select(_ => device.Allocate<T>(length))];
    }

    public void Apply<TUse>(Field<Node, T> u, in TUse use, SideSprings<T>? springs) where TUse : struct, IForceUse<T>
    {
        if (!passes.TryGetValue(typeof(TUse), out var pass))
            passes.Add(typeof(TUse), pass = new Pass<TUse>(this));
        ((Pass<TUse>)pass).Run(u, use, springs);
    }

    public void Diagonal(Field<Node, T> d) => launches.Diagonal(d);

    public void InelasticLoad<TInelastic>(in TInelastic inelastic, Field<Node, T> f)
        where TInelastic : struct, IInelasticStrain<T> => launches.InelasticLoad(inelastic, f);

    public void Stress<TInelastic>(Field<Node, T> u, in TInelastic inelastic, Field<Closed, T> stress)
        where TInelastic : struct, IInelasticStrain<T> => launches.Stress(u, inelastic, stress);

    public void Strain(Field<Node, T> u, Field<Closed, T> strain) => launches.Strain(u, strain);

    /// <summary>Nodes of the largest share.</summary>
    private static int Most(int nodes, int shares) => (nodes + shares - 1) / shares;

    /// <summary>
    /// A pass over all nodes, in shares along z, and along y where there are more threads than that keeps busy. One
    /// object a use, so that a pass allocates nothing.
    /// </summary>
    private sealed class Pass<TUse>(SpaceElements<TCorners, TMaterial, T> of) : ISharedWork
        where TUse : struct, IForceUse<T>
    {
        private Field<Node, T> u;
        private TUse use;
        private SideSprings<T>? springs;

        public void Run(Field<Node, T> displacement, in TUse what, SideSprings<T>? with)
        {
            (u, use, springs) = (displacement, what, with);
            of.launches.Device.Share(this, of.scratch.Length);
        }

        void ISharedWork.Run(ILauncher launcher, int share)
        {
            var (nodes, y, z, rows) = (of.grid.Nodes, share % of.alongY, share / of.alongY, of.rows);
            var (y0, y1) = (nodes.Y1 * y / of.alongY, nodes.Y1 * (y + 1) / of.alongY);
            var (z0, z1) = (nodes.Z1 * z / of.alongZ, nodes.Z1 * (z + 1) / of.alongZ);
            var bands = (y1 - y0 + rows - 2) / (rows - 1);
            for (var band = 0; band < bands; band++)
            {
                var (from, to) = (y0 + (y1 - y0) * band / bands, y0 + (y1 - y0) * (band + 1) / bands);
                // Rows run from their ghost to the end of their padding, where nothing is free: so lanes are whole and
                // begin where rows do.
                RunBand(launcher, of.scratch[share],
                    new(of.grid.Layout, -1, of.grid.Layout.StrideY - 1, from, to, z0, z1));
            }
        }

        private void RunBand(ILauncher launcher, View<T> values, in Box<Node> band)
        {
            var layout = of.grid.Layout;
            var forces = new CornerForces<T>(values, layout, band.Y0 - 1, of.rows, of.layers);
            var done = band.Z0 - 1;
            for (var z = band.Z0; z < band.Z1; z += of.layers - 1)
            {
                // Nodes z need the cells z - 1 and z: the last layer of a slab serves the next one too.
                var end = Math.Min(z + of.layers - 1, band.Z1);
                of.corners.Launch(launcher, u, forces, new(layout, band.X0, band.X1, band.Y0 - 1, band.Y1, done, end));
                if (springs is not null)
                    springs.Use(launcher, forces, u, use, band.Layers(z, end));
                else
                    launcher.Launch<ApplyStiffness<CornerForces<T>, TUse, T>, Node, T>(
                        new(forces, use), band.Layers(z, end));
                done = end;
            }
        }
    }
}
