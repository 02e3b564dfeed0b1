using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools.Bench;

/// <summary>
/// What the cells of <see cref="GrainCube"/> are made of, on the host: the problem that is given, which no solver's
/// time counts.
/// </summary>
public sealed class GrainCubeCells
{
    private const double StiffestModulus = 45e9, Poisson = 0.3;
    private const int Seed = 20241;
    private readonly double[] modulus;

    /// <summary>Finds the grain of each cell.</summary>
    /// <param name="count">Cells along an edge.</param>
    /// <param name="grains">Number of grains.</param>
    /// <param name="contrast">Largest modulus over the smallest.</param>
    public GrainCubeCells(int count, int grains, double contrast)
    {
        Count = count;
        modulus = new double[checked(count * count * count)];
        var random = new Random(Seed);
        var seeds = Enumerable.Range(0, grains)
            .Select(_ => (X: random.NextDouble(), Y: random.NextDouble(), Z: random.NextDouble())).ToArray();
        var moduli = Enumerable.Range(0, grains)
            .Select(grain => StiffestModulus * Math.Pow(contrast, -(double)grain / Math.Max(1, grains - 1))).ToArray();
        Parallel.For(0, count, z =>
        {
            for (var y = 0; y < count; y++)
                for (var x = 0; x < count; x++)
                    modulus[x + count * (y + count * z)] = moduli[Nearest(seeds, Centre(x), Centre(y), Centre(z))];
        });
    }

    /// <summary>Cells along an edge.</summary>
    public int Count { get; }

    /// <summary>Brings λ, μ and β to a device.</summary>
    internal void Upload(IDevice device, GridLevel grid, LameFields<double> lame, View<double> eigenstrain)
    {
        var length = grid.Layout.Length;
        var (lambda, mu, strain) = (new double[length], new double[length], new double[length]);
        for (var z = 0; z < Count; z++)
        {
            for (var y = 0; y < Count; y++)
            {
                for (var x = 0; x < Count; x++)
                {
                    var (i, e) = (grid.Layout.Index(x, y, z), modulus[x + Count * (y + Count * z)]);
                    (lambda[i], mu[i], strain[i]) = (e * Poisson / (1 + Poisson) / (1 - 2 * Poisson),
                        e / 2 / (1 + Poisson), 0.31 * (0.05 + 0.1 * Centre(z)));
                }
            }
        }
        device.Upload<double>(lambda, lame.Lambda);
        device.Upload<double>(mu, lame.Mu);
        device.Upload<double>(strain, eigenstrain);
    }

    private double Centre(int cell) => (cell + 0.5) / Count;

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
