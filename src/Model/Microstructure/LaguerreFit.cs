namespace MesoLiMg.Model;

/// <summary>
/// Moves the seeds and weights of a Laguerre diagram until its cells have given sizes: weights climb the concave dual
/// of the problem of transport between seeds and box, whose gradient is wanted minus present size (Aurenhammer,
/// Hoffmann and Aronov, Algorithmica 20 (1998) 61), while seeds go to the middles of their cells, which makes these
/// compact (Bourne et al., Phil. Mag. 100 (2020) 2677).
/// </summary>
internal static class LaguerreFit
{
    private const int Rounds = 50, RoundsThatMove = 30, MostSamples = 1 << 15;

    /// <summary>
    /// Share of the size that is corrected per round, by what the size of a cell in a lattice gains with its weight, in
    /// units of spacing^(axes - 2).
    /// </summary>
    private static readonly double[] Gain = [0.5, 0.4, 0.25];

    /// <summary>Draws log-normal sizes and fits the diagram to them.</summary>
    /// <param name="samples">Points per axis at which cells are measured, at most; those of the grid.</param>
    /// <param name="spread">Standard deviation of ln(width).</param>
    public static void Apply(Tessellation diagram, double[] lengths, int[] samples, double spread, SplitMix64 random)
    {
        var (axes, count) = (lengths.Length, diagram.Seeds.Length);
        var lattice = Lattice(samples);
        var total = lattice.Aggregate(1L, (product, n) => product * n);
        var wanted = Wanted(count, axes, spread, random, total);
        var cell = lengths.Aggregate(1.0, (product, length) => product * length) / total;
        var spacing = Tessellation.Root(cell * total / count, axes);
        var unit = axes switch { 1 => spacing, 2 => 1, _ => 1 / spacing };
        for (var round = 0; round < Rounds; round++)
        {
            diagram.Sort();
            var (sizes, middles) = Measure(diagram, lengths, lattice);
            for (var k = 0; k < count; k++)
            {
                diagram.Weights[k] += Gain[axes - 1] * unit * cell * (wanted[k] - sizes[k]);
                if (round >= RoundsThatMove || sizes[k] == 0)
                    continue;
                for (var a = 0; a < axes; a++)
                {
                    var moved = diagram.Seeds[k][a] + middles[k][a] / sizes[k];
                    diagram.Seeds[k][a] = moved < 0 ? moved + lengths[a] : moved >= lengths[a]
                        ? moved - lengths[a] : moved;
                }
            }
        }
        diagram.Sort();
    }

    private static int[] Lattice(int[] samples)
    {
        var lattice = samples.ToArray();
        while (lattice.Aggregate(1L, (product, n) => product * n) > MostSamples)
            lattice = [.. lattice.Select(n => (n + 1) / 2)];
        return lattice;
    }

    /// <summary>Sizes in samples: log-normal widths to the power of the axes, that fill the box.</summary>
    private static double[] Wanted(int count, int axes, double spread, SplitMix64 random, long total)
    {
        var sizes = Enumerable.Range(0, count).Select(_ => SplitMix64.Exp(axes * spread * random.Normal())).ToArray();
        var sum = sizes.Sum();
        return [.. sizes.Select(size => size / sum * total)];
    }

    /// <summary>Samples of each cell, and the sum of their offsets from the seed.</summary>
    private static (long[] Sizes, double[][] Middles) Measure(Tessellation diagram, double[] lengths, int[] lattice)
    {
        var axes = lengths.Length;
        var (sizes, middles) = (new long[diagram.Seeds.Length], diagram.Seeds.Select(_ => new double[axes]).ToArray());
        Span<double> point = stackalloc double[axes], offset = stackalloc double[axes];
        var total = lattice.Aggregate(1L, (product, n) => product * n);
        for (var i = 0L; i < total; i++)
        {
            var rest = i;
            for (var a = 0; a < axes; a++, rest /= lattice[a - 1])
                point[a] = (rest % lattice[a] + 0.5) / lattice[a] * lengths[a];
            var seed = diagram.Find(point, offset);
            sizes[seed]++;
            for (var a = 0; a < axes; a++)
                middles[seed][a] += offset[a];
        }
        return (sizes, middles);
    }
}
