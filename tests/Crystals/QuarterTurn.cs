using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Crystals;

/// <summary>
/// A symmetry of a film's grid: first, if <paramref name="Mirrored"/>, x changes sign, then the film is turned by
/// quarters about z. Axes x and y are exchanged or reversed, z stays.
/// </summary>
internal readonly record struct QuarterTurn(int Quarters, bool Mirrored)
{
    private static readonly (int A, int B)[] Pairs = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)];

    public static IEnumerable<QuarterTurn> All =>
        from mirrored in new[] { false, true }
        from quarters in Enumerable.Range(0, 4)
        select new QuarterTurn(quarters, mirrored);

    /// <summary>Components of a field, as (x, y, z): the axes of each, of which it changes sign with.</summary>
    public static int[][] Scalar => [[]];

    /// <summary>Displacements and forces, in the order of memory.</summary>
    public static int[][] Vector => [[0], [2], [1]];

    /// <summary>The diagonal of a matrix of displacements.</summary>
    public static int[][] Diagonal => [[0, 0], [2, 2], [1, 1]];

    public static int[][] Tensor => [.. Pairs.Select(pair => new[] { pair.A, pair.B })];

    public static int[][] PlaneVector => [[0], [1]];

    public static int[][] PlaneTensor => [[0, 0], [1, 1], [0, 1]];

    /// <summary>The axis that becomes this one.</summary>
    public int From(int axis) => axis == 2 || Quarters % 2 == 0 ? axis : 1 - axis;

    /// <summary>Its sign.</summary>
    public int Sign(int axis)
    {
        var sign = axis switch { 0 => Quarters is 1 or 2 ? -1 : 1, 1 => Quarters is 2 or 3 ? -1 : 1, _ => 1 };
        return Mirrored && From(axis) == 0 ? -sign : sign;
    }

    /// <summary>The component that becomes one with these axes, and its sign.</summary>
    public (int From, int Sign) Component(int[][] components, int[] axes)
    {
        var turn = this;
        int[] from = [.. axes.Select(turn.From).Order()];
        return (Array.FindIndex(components, c => c.Order().SequenceEqual(from)),
            axes.Aggregate(1, (sign, axis) => sign * turn.Sign(axis)));
    }

    /// <summary>
    /// Euler angles [degrees] of a turned grain. The image of a crystal in a mirror differs from the crystal turned by
    /// 180° about its normal by an inversion, which tensors do not see.
    /// </summary>
    public double[] Euler(params double[] angles) => Mirrored ? [-angles[0] + 90 * Quarters, angles[1] + 180, angles[2]]
        : [angles[0] + 90 * Quarters, angles[1], angles[2]];

    /// <summary>What belongs to the axes x, y, z, each from its low end to its high one.</summary>
    public T[][] Axes<T>(params T[][] axes)
    {
        var turn = this;
        return [.. Enumerable.Range(0, 3)
            .Select(axis => turn.Sign(axis) > 0 ? axes[turn.From(axis)] : axes[turn.From(axis)].Reverse().ToArray())];
    }

    /// <summary>What belongs to the cells, x fastest.</summary>
    public T[] Cells<T>(T[] values, GridLevel from)
    {
        var to = new T[values.Length];
        int[] cells = [from.X, from.Y];
        foreach (var (x, y, z) in Points(0, from.X, from.Y, 0, from.Z))
        {
            var (imageX, imageY) = Image(x, y, from, 1);
            to[imageX + cells[From(0)] * (imageY + cells[From(1)] * z)] = values[x + from.X * (y + from.Y * z)];
        }
        return to;
    }

    /// <summary>A field on cells and their ghosts, or on nodes, turned.</summary>
    /// <param name="plane">Whether it is a field of the plane z = -1.</param>
    public double[] Field(double[] field, GridLevel from, GridLevel to, int[][] components, bool nodes, bool plane)
    {
        var result = new double[Kernels.FlatBox.RoundUp(components.Length * Distance(to, plane))];
        for (var c = 0; c < components.Length; c++)
        {
            var (source, sign) = Component(components, components[c]);
            foreach (var (x, y, z) in Points(from, nodes, plane))
            {
                var (imageX, imageY) = Image(x, y, from, nodes ? 0 : 1);
                result[to.Layout.Index(imageX, imageY, z) + c * Distance(to, plane)] =
                    sign * field[from.Layout.Index(x, y, z) + source * Distance(from, plane)];
            }
        }
        return result;
    }

    /// <summary>Asserts that two fields have the same bits; zeros may differ in sign.</summary>
    public static void AssertSame(double[] expected, double[] actual, GridLevel grid, int[][] components, bool nodes,
        bool plane = false)
    {
        for (var c = 0; c < components.Length; c++)
        {
            foreach (var (x, y, z) in Points(grid, nodes, plane))
            {
                var i = grid.Layout.Index(x, y, z) + c * Distance(grid, plane);
                if (expected[i] != actual[i])
                    Assert.Fail($"component {c} at {x} {y} {z}: {expected[i]:R} becomes {actual[i]:R}");
            }
        }
    }

    /// <summary>
    /// Cells and their ghosts, or nodes; those of the plane z = -1 alone, where plane fields keep theirs.
    /// </summary>
    public static IEnumerable<(int X, int Y, int Z)> Points(GridLevel grid, bool nodes, bool plane) =>
        Points(nodes ? 0 : -1, grid.X + 1, grid.Y + 1, plane ? -1 : nodes ? 0 : -1, plane ? 0 : grid.Z + 1);

    private static IEnumerable<(int X, int Y, int Z)> Points(int low, int endX, int endY, int z0, int z1)
    {
        for (var z = z0; z < z1; z++)
            for (var y = low; y < endY; y++)
                for (var x = low; x < endX; x++)
                    yield return (x, y, z);
    }

    private static int Distance(GridLevel grid, bool plane) => plane ? grid.Layout.StrideZ : grid.Layout.Length;

    /// <summary>Where a point goes; <paramref name="last"/> is 1 for cells, 0 for nodes.</summary>
    private (int X, int Y) Image(int x, int y, GridLevel grid, int last)
    {
        var turned = Quarters % 2 == 0 ? (X: x, Y: y, EndX: grid.X, EndY: grid.Y)
            : (X: y, Y: x, EndX: grid.Y, EndY: grid.X);
        return (Sign(0) > 0 ? turned.X : turned.EndX - last - turned.X, Sign(1) > 0 ? turned.Y
            : turned.EndY - last - turned.Y);
    }
}
