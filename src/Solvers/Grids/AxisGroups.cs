using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Which cells along an axis become one on the coarser grid: pairs, and where their number is odd triples or a cell
/// that stays alone, in the middle, so that the axis looks the same from both ends.
/// </summary>
internal sealed class AxisGroups
{
    /// <summary>
    /// A cell in the middle that is narrower than this share of those at the ends is taken in by triples.
    /// </summary>
    private const double Narrow = 0.75;

    private readonly bool coarsened, periodic;
    private readonly double[] fine;
    private readonly int[] sizes, kept;

    /// <param name="widths">Widths of the cells [m].</param>
    /// <param name="periodic">Whether the last node repeats the first.</param>
    /// <param name="coarsened">Whether there are groups at all; else every cell stays.</param>
    public AxisGroups(double[] widths, bool periodic, bool coarsened)
    {
        (fine, this.periodic, this.coarsened) = (widths, periodic, coarsened);
        sizes = coarsened ? Sizes(widths) : [.. widths.Select(_ => 1)];
        kept = [0, .. sizes.Select((_, i) => sizes[..(i + 1)].Sum())];
        Widths = Sums(widths);
    }

    /// <summary>Widths of the coarse cells [m].</summary>
    public double[] Widths { get; }

    private int Length => sizes.Length + 3;

    /// <summary>How nodes relate.</summary>
    public AxisTransfer<T> Nodes<T>(GridLevel grid) where T : unmanaged
    {
        var (parent, weights, fineLength) = (new int[fine.Length + 3], new double[2 * (fine.Length + 3)],
            fine.Length + 3);
        for (var node = 0; node <= fine.Length; node++)
        {
            parent[node + 1] = Parent(node);
            (weights[node + 1], weights[fineLength + node + 1]) =
                (Weight(node, Parent(node)), coarsened ? Weight(node, Parent(node) + 1) : 0);
        }

        var (reaches, around, shares) = (new int[Length], new int[5 * Length], new double[5 * Length]);
        for (var i = 0; i <= sizes.Length; i++)
        {
            for (var d = -2; d <= 2; d++)
            {
                var (node, share) = Around(i, d);
                (around[(d + 2) * Length + i + 1], shares[(d + 2) * Length + i + 1]) =
                    (share > 0 ? node : kept[i], share);
                reaches[i + 1] = share > 0 ? Math.Max(reaches[i + 1], Math.Abs(d)) : reaches[i + 1];
            }
        }
        return new(grid.Upload(parent), grid.Upload<T>(weights), fineLength, grid.Upload(around),
            grid.Upload<T>(shares), Length, grid.Upload(reaches), reaches.Max());
    }

    /// <summary>How cells relate.</summary>
    public AxisChildren<T> Children<T>(GridLevel grid) where T : unmanaged
    {
        var (child, shares) = (new int[3 * Length], new double[3 * Length]);
        for (var (place, i) = (-1, 0); place <= 1; (place, i) = i + 1 < sizes.Length ? (place, i + 1) : (place + 1, 0))
        {
            var at = (place + 1) * Length + i + 1;
            var there = place == 0 ? sizes[i] != 2 : sizes[i] > 1;
            child[at] = place < 0 || !there ? kept[i] : place == 0 ? kept[i] + sizes[i] / 2 : kept[i + 1] - 1;
            shares[at] = there ? fine[child[at]] / Widths[i] : 0;
        }
        return new(grid.Upload(child), grid.Upload<T>(shares), Length, coarsened ? 1 : 0, sizes.All(size => size == 2)
            ? 2 : 1);
    }

    /// <summary>Sums over the cells of each group, from outside.</summary>
    public double[] Sums(double[] cells) => [.. sizes.Select((_, i) => Sum(cells, i))];

    /// <summary>
    /// The coarse cell that holds a fine one; entry i+1 for cell i. Ghosts have the parent of the cell on the other
    /// side of a periodic axis, else any.
    /// </summary>
    public View<int> Parents(GridLevel grid) =>
        grid.Upload([periodic ? sizes.Length - 1 : 0, .. sizes.SelectMany((size, i) => Enumerable.Repeat(i, size)), 0,
        0]);

    /// <summary>
    /// The fine face that each coarse one lies on, entry i+1 for the low face of cell i, and the distance of the fine
    /// cells beside it over that of the coarse ones.
    /// </summary>
    public (View<int> Fine, View<T> Closer) Faces<T>(GridLevel grid) where T : unmanaged
    {
        var closer = kept.Select((face, i) => Across(fine, face) / Across(Widths, i));
        return (grid.Upload([0, .. kept, 0]), grid.Upload<T>([0, .. closer, 0]));

        // At the ends of an axis that is not periodic nothing flows.
        double Across(double[] widths, int face) =>
            widths[(face + widths.Length - 1) % widths.Length] + widths[face % widths.Length];
    }

    /// <summary>
    /// Cells in each group. 4k + 3 cells have a triple in the middle. Of 4k + 1 the middle one stays alone, so that the
    /// next grid has 2k + 1; where it has stayed alone before and is narrow, three triples take it in. (Measured:
    /// triples in both cases need up to four iterations more, single cells in both up to five more on grids of 2ᵏ + 1
    /// cells.)
    /// </summary>
    private static int[] Sizes(double[] widths)
    {
        var (n, k) = (widths.Length, widths.Length / 4);
        if (n % 2 == 0)
            return WithPairs(k, n % 4 == 0 ? [] : [2]);
        if (n % 4 == 3)
            return WithPairs(k, 3);
        return widths[n / 2] < Narrow * widths[0] && k > 1 ? WithPairs(k - 2, 3, 3, 3) : WithPairs(k, 1);

        static int[] WithPairs(int pairs, params int[] middle) =>
            [.. Enumerable.Repeat(2, pairs), .. middle, .. Enumerable.Repeat(2, pairs)];
    }

    private double Sum(double[] cells, int i)
    {
        var (first, last) = (kept[i], kept[i + 1] - 1);
        return sizes[i] switch
        {
            1 => cells[first],
            2 => cells[first] + cells[last],
            _ => cells[first] + cells[last]
            + cells[first + 1]
        };
    }

    /// <summary>
    /// The lower one of the two coarse nodes that a fine one lies between, or the same node where all are kept.
    /// </summary>
    private int Parent(int node) =>
        !coarsened ? node : Math.Min(Array.FindLastIndex(kept, at => at <= node), sizes.Length - 1);

    /// <summary>
    /// The share of a coarse node in a fine one: the hat function that is 1 at the coarse node, at the fine one.
    /// </summary>
    private double Weight(int node, int coarse)
    {
        if (kept[coarse] == node || Array.IndexOf(kept, node) >= 0)
            return kept[coarse] == node ? 1 : 0;
        // To the coarse node on the other side, one or two cells.
        var below = Parent(node);
        return coarse == below ? Distance(node, kept[below + 1]) / Widths[below] : coarse == below + 1
            ? Distance(kept[below], node) / Widths[below] : 0;
    }

    /// <summary>
    /// The fine node d away from the one that a coarse node keeps, and its weight. Before the first node of a periodic
    /// axis comes the last but one.
    /// </summary>
    private (int Node, double Share) Around(int coarse, int d)
    {
        var (node, i) = kept[coarse] + d < 0 && periodic ? (fine.Length + d, sizes.Length) : (kept[coarse] + d, coarse);
        return (node, node < 0 || node > fine.Length ? 0 : Weight(node, i));
    }

    private double Distance(int from, int to) => fine.AsSpan(from, to - from).ToArray().Sum();
}
