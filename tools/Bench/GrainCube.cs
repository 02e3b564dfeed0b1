using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools.Bench;

/// <summary>
/// The reference problem of the elasticity benchmark: a cube of 100 nm with seeded Voronoi grains whose moduli are spread evenly in their logarithm, a linear eigenstrain along z, bonded below, on a spring and under pressure above, sides free.
/// </summary>
public sealed class GrainCube
{
    private const double Edge = 100e-9, StiffestModulus = 45e9, Poisson = 0.3, SpringStiffness = 1e17, Pressure = 9e6;
    private const int Seed = 20241;
    private readonly View<double> eigenstrain;

    /// <summary>Sets up the problem with zero displacement.</summary>
    /// <param name="cells">Cells along an edge.</param>
    /// <param name="grains">Number of grains.</param>
    /// <param name="contrast">Largest modulus over the smallest.</param>
    public GrainCube(IDevice device, int cells, int grains, double contrast, double tolerance)
    {
        var h = Edge / cells;
        Grid = new GridLevel(device, new GridShape(DomainKind.ThreeD, (cells, cells, cells), (h, h, h)), false, false);
        var side = new InterfaceCase { Law = InterfaceLaw.Spring, Stiffness = SpringStiffness, Pressure = Pressure };
        var @case = new Case { Interfaces = new() { Se = side, Collector = new() { Law = InterfaceLaw.Bonded } }, Solver = new() { Tolerance = tolerance } };
        var held = new HeldFaces();
        for (var component = 0; component < 3; component++)
            held[2, false, component] = true;
        Solver = new ElasticitySolver(device, Grid, @case, held, false);
        eigenstrain = Grid.Field<double>();
        Fill(device, cells, grains, contrast);
    }

    /// <summary>Grid.</summary>
    public GridLevel Grid { get; }

    /// <summary>Solver.</summary>
    public ElasticitySolver Solver { get; }

    /// <summary>Solves to the tolerance.</summary>
    public EquilibriumResult Solve() => Solver.Solve(eigenstrain);

    private void Fill(IDevice device, int cells, int grains, double contrast)
    {
        var (lambda, mu, strain) = (new double[Grid.Layout.Length], new double[Grid.Layout.Length], new double[Grid.Layout.Length]);
        var random = new Random(Seed);
        var seeds = Enumerable.Range(0, grains).Select(_ => (X: random.NextDouble(), Y: random.NextDouble(), Z: random.NextDouble())).ToArray();
        Parallel.For(0, cells, z =>
        {
            for (var y = 0; y < cells; y++)
            {
                for (var x = 0; x < cells; x++)
                {
                    var (px, py, pz) = ((x + 0.5) / cells, (y + 0.5) / cells, (z + 0.5) / cells);
                    var grain = Nearest(seeds, px, py, pz);
                    var modulus = StiffestModulus * Math.Pow(contrast, -(double)grain / Math.Max(1, grains - 1));
                    var i = Grid.Layout.Index(x, y, z);
                    lambda[i] = modulus * Poisson / (1 + Poisson) / (1 - 2 * Poisson);
                    mu[i] = modulus / 2 / (1 + Poisson);
                    strain[i] = 0.31 * (0.05 + 0.1 * pz);
                }
            }
        });
        device.Upload<double>(lambda, Solver.Lame.Lambda);
        device.Upload<double>(mu, Solver.Lame.Mu);
        device.Upload<double>(strain, eigenstrain);
    }

    private static int Nearest((double X, double Y, double Z)[] seeds, double x, double y, double z)
    {
        var (nearest, least) = (0, double.MaxValue);
        for (var k = 0; k < seeds.Length; k++)
        {
            var (dx, dy, dz) = (seeds[k].X - x, seeds[k].Y - y, seeds[k].Z - z);
            var distance = dx * dx + dy * dy + dz * dz;
            if (distance < least)
                (nearest, least) = (k, distance);
        }
        return nearest;
    }
}
