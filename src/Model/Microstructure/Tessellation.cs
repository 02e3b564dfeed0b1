namespace MesoLiMg.Model;

/// <summary>
/// Voronoi and Laguerre (power) diagrams of points in a box: a point belongs to the seed with the least |x - s|² - w
/// (Aurenhammer, SIAM J. Comput. 16 (1987) 78); without weights w this is Voronoi's. Ties go to the first seed. All
/// numbers come from operations that IEEE 754 rounds exactly, so that every machine finds the same.
/// </summary>
/// <param name="lengths">Edges of the box along the axes that count.</param>
/// <param name="periodic">Whether the box repeats along them.</param>
/// <param name="seeds">Positions, a number per axis.</param>
internal sealed class Tessellation(double[] lengths, bool[] periodic, double[][] seeds)
{
    private readonly int axes = lengths.Length;
    private int[] bins = [];
    private double width, heaviest;
    private int furthest;
    private List<int>[] members = [];
    private readonly List<int[][]> rings = [];

    /// <summary>w of the seeds.</summary>
    public double[] Weights { get; } = new double[seeds.Length];

    /// <summary>Positions of the seeds.</summary>
    public double[][] Seeds => seeds;

    /// <summary>
    /// Sorts the seeds into bins of about one seed each; to be called when seeds or weights have changed.
    /// </summary>
    public void Sort()
    {
        var size = Root(lengths.Aggregate(1.0, (product, length) => product * length) / seeds.Length, axes);
        bins = [.. lengths.Select(length => Math.Clamp((int)(length / size), 1, 1 << 9))];
        // A little less, so that rounding hides no seed.
        width = 0.999 * Enumerable.Range(0, axes).Min(a => lengths[a] / bins[a]);
        furthest = periodic.Contains(true) ? int.MaxValue : bins.Max();
        heaviest = Weights.Max();
        members = [.. Enumerable.Range(0, bins.Aggregate(1, (product, n) => product * n)).Select(_ => new List<int>())];
        for (var k = 0; k < seeds.Length; k++)
            members[Flat([.. Enumerable.Range(0, axes).Select(a => Bin(seeds[k][a], a))])].Add(k);
    }

    /// <summary>The seed that a point belongs to.</summary>
    /// <param name="offset">From that seed, or its nearest repetition, to the point.</param>
    public int Find(ReadOnlySpan<double> point, Span<double> offset)
    {
        var (found, least) = (-1, double.PositiveInfinity);
        Span<int> home = stackalloc int[axes], at = stackalloc int[axes];
        Span<double> shift = stackalloc double[axes], to = stackalloc double[axes];
        for (var a = 0; a < axes; a++)
            home[a] = Bin(point[a], a);
        // Rings of bins about the point's own. All seeds nearer than ring times width have been seen.
        for (var ring = 0; ring <= furthest
            && (ring <= 1 || found < 0 || least > (ring - 1) * width * ((ring - 1) * width) - heaviest); ring++)
        {
            foreach (var step in Ring(ring))
            {
                if (!Visit(step, home, at, shift))
                    continue;
                foreach (var seed in members[Flat(at)])
                {
                    var power = -Weights[seed];
                    for (var a = 0; a < axes; a++)
                    {
                        to[a] = point[a] - (seeds[seed][a] + shift[a]);
                        power += to[a] * to[a];
                    }
                    if (power > least || (power == least && seed >= found))
                        continue;
                    (found, least) = (seed, power);
                    to.CopyTo(offset);
                }
            }
        }
        return found;
    }

    /// <summary>d-th root for d = 1, 2, 3, by Newton's iteration.</summary>
    public static double Root(double value, int d)
    {
        if (d == 1)
            return value;
        if (d == 2)
            return Math.Sqrt(value);
        var root = Math.Sqrt(value);
        for (var i = 0; i < 100; i++)
            root = (2 * root + value / (root * root)) / 3;
        return root;
    }

    /// <summary>
    /// The bin that lies some steps from <paramref name="home"/>, when it is inside the box or a repetition of it.
    /// </summary>
    private bool Visit(int[] step, ReadOnlySpan<int> home, Span<int> at, Span<double> shift)
    {
        for (var a = 0; a < axes; a++)
        {
            var bin = home[a] + step[a];
            var wraps = bin >= 0 ? bin / bins[a] : -((bins[a] - 1 - bin) / bins[a]);
            if (wraps != 0 && !periodic[a])
                return false;
            (at[a], shift[a]) = (bin - wraps * bins[a], wraps * lengths[a]);
        }
        return true;
    }

    /// <summary>The steps to the surface of a cube of bins.</summary>
    private int[][] Ring(int ring)
    {
        lock (rings)
        {
            while (rings.Count <= ring)
            {
                var outermost = rings.Count;
                var along = Enumerable.Range(-outermost, 2 * outermost + 1);
                var steps = Enumerable.Range(0, axes)
                    .Aggregate((IEnumerable<int[]>)[[]], (head, _) =>
                    head.SelectMany(_ => along, (start, step) => (int[])[.. start, step]));
                rings.Add([.. steps.Where(step => step.Max(Math.Abs) == outermost)]);
            }
            return rings[ring];
        }
    }

    private int Bin(double position, int axis) =>
        Math.Clamp((int)(position / lengths[axis] * bins[axis]), 0, bins[axis] - 1);

    private int Flat(ReadOnlySpan<int> bin)
    {
        var flat = 0;
        for (var a = axes - 1; a >= 0; a--)
            flat = flat * bins[a] + bin[a];
        return flat;
    }
}
