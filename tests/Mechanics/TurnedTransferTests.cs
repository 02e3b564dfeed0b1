using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// What goes between the grids of multigrid does not know x from y, nor one end of them from the other: fields that are
/// turned by a quarter about z or mirrored are transferred to the turned or mirrored ones, bit for bit.
/// </summary>
public sealed class TurnedTransferTests
{
    private const int Z = 6;

    /// <summary>
    /// Exchange of x and y, a mirror in each, and a quarter turn, which is the exchange and a mirror after it: they
    /// make all eight symmetries of a square.
    /// </summary>
    private static readonly (bool Exchange, bool MirrorX, bool MirrorY)[] Turns =
        [(true, false, false), (false, true, false), (false, false, true), (true, true, false)];

    public static TheoryData<int, int, int, bool> Grids
    {
        get
        {
            var data = new TheoryData<int, int, int, bool>();
            foreach (var (nx, ny) in new[] { (12, 10), (7, 9), (9, 13), (13, 10), (33, 7), (5, 3), (40, 21) })
            {
                foreach (var width in new[] { 1, 4, 8 })
                {
                    data.Add(nx, ny, width, false);
                    data.Add(nx, ny, width, true);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Restriction_turns_with_the_grid(int nx, int ny, int width, bool periodic) =>
        AssertTurns<double>(nx, ny, width, periodic, (levels, seed) =>
        levels.Restrict(levels.Vector(levels.Fine, seed)), vector: true);

    [Theory]
    [MemberData(nameof(Grids))]
    public void Restriction_in_single_precision_turns_with_the_grid(int nx, int ny, int width, bool periodic) =>
        AssertTurns<float>(nx, ny, width, periodic, (levels, seed) => levels.Restrict(levels.Vector(levels.Fine, seed)),
            vector: true);

    [Theory]
    [MemberData(nameof(Grids))]
    public void Prolongation_turns_with_the_grid(int nx, int ny, int width, bool periodic) =>
        AssertTurns<float>(nx, ny, width, periodic, (levels, seed) =>
            levels.Prolong(levels.Vector(levels.Coarse, seed), levels.Vector(levels.Fine, seed + 1)), vector: true,
            fine: true);

    [Theory]
    [MemberData(nameof(Grids))]
    public void Coarse_moduli_turn_with_the_grid(int nx, int ny, int width, bool periodic) =>
        AssertTurns<float>(nx, ny, width, periodic, (levels, seed) => levels.CoarsenLame(seed), cells: true);

    [Theory]
    [MemberData(nameof(Grids))]
    public void Coarse_springs_turn_with_the_grid(int nx, int ny, int width, bool periodic) =>
        AssertTurns<double>(nx, ny, width, periodic, (levels, seed) => levels.RestrictSprings(seed), springs: true);

    [Theory]
    [InlineData(12, 10)]
    [InlineData(7, 9)]
    [InlineData(33, 13)]
    public void Areas_of_nodes_turn_with_the_grid_and_its_holes(int nx, int ny)
    {
        using var device = new HostDevice(1);
        bool IsThere(int x, int y) => (3 * x + 5 * y + x * y) % 4 != 0;
        foreach (var turn in Turns)
        {
            var (image, original) = (Pair<double>.Levels(device, nx, ny, false, turn).First().Fine,
                Pair<double>.Levels(device, nx, ny, false, default).First().Fine);
            var (areas, turned) = (original.NodeAreas(IsThere),
                image.NodeAreas((x, y) => IsThere(Source(image, turn, x, y, 0).X, Source(image, turn, x, y, 0).Y)));
            foreach (var (x, y) in from y in Enumerable.Range(0, image.Y + 1)
                                   from x in Enumerable.Range(0, image.X + 1)
                                   select (x, y))
            {
                var from = Source(image, turn, x, y, 1);
                Assert.Equal(areas[original.Layout.Index(from.X, from.Y, -1)], turned[image.Layout.Index(x, y, -1)]);
            }
        }
    }

    [Theory]
    [InlineData(33, 13, false)]
    [InlineData(61, 7, true)]
    [InlineData(64, 12, false)]
    public void Lanes_of_any_width_give_the_same_bits(int nx, int ny, bool periodic)
    {
        double[][] Of<T>(int width) where T : unmanaged
        {
            using var device = new HostDevice(1, width);
            return [.. Pair<T>.Levels(device, nx, ny, periodic, default)
                .SelectMany(pair =>
                (double[][])[pair.Restrict(pair.Vector(pair.Fine, 1)),
                pair.Prolong(pair.Vector(pair.Coarse, 2), pair.Vector(pair.Fine, 3)), pair.CoarsenLame(4),
                pair.RestrictSprings(5)])];
        }
        foreach (var width in new[] { 2, 4, 8 })
        {
            Assert.Equal(Of<double>(1), Of<double>(width));
            Assert.Equal(Of<float>(1), Of<float>(width));
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Restriction_is_the_transpose_of_prolongation(int nx, int ny, int width, bool periodic)
    {
        using var device = new HostDevice(1, width);
        foreach (var pair in Pair<double>.Levels(device, nx, ny, periodic, default))
        {
            var (fine, coarse) = (pair.Vector(pair.Fine, 1), pair.Vector(pair.Coarse, 2));
            var (down, up) = (pair.Restrict(fine), pair.Prolong(coarse, new double[fine.Length]));
            double Dot(GridLevel grid, double[] a, double[] b) =>
                Points(grid.Nodes).Sum(p => Enumerable.Range(0, 3).Sum(c => a[At(grid, p, c)] * b[At(grid, p, c)]));
            Assert.Equal(Dot(pair.Fine, up, fine), Dot(pair.Coarse, coarse, down), 1e-11 * fine.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Grids))]
    public void Linear_functions_are_prolonged_exactly(int nx, int ny, int width, bool periodic)
    {
        using var device = new HostDevice(1, width);
        foreach (var pair in Pair<double>.Levels(device, nx, ny, periodic, default))
        {
            // Along a periodic axis only a constant is linear.
            double[] Linear(GridLevel grid) =>
                Filled(grid, p => (periodic ? 1 : 1 + grid.NodePosition(0, p.X)) - 3 * grid.NodePosition(1, p.Y)
                + 2 * grid.NodePosition(2, p.Z));
            var (expected, actual) =
                (Linear(pair.Fine), pair.Prolong(Linear(pair.Coarse), new double[Linear(pair.Fine).Length]));
            foreach (var p in Points(pair.Fine.Nodes))
                Assert.Equal(expected[At(pair.Fine, p, 0)], actual[At(pair.Fine, p, 0)],
                    1e-11 * expected.Max(Math.Abs));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(61)]
    [InlineData(97)]
    [InlineData(1023)]
    public void Coarse_cells_are_symmetric_and_stay_of_like_width(int cells)
    {
        using var device = new HostDevice(1);
        var grid = new GridLevel(device, DomainKind.PlaneStrain, Widths(cells), [1], Widths(cells), false, false);
        while (LevelTransfer<double>.From(device, grid, new HeldFaces()) is { } transfer)
        {
            grid = transfer.Coarse;
            Assert.Equal(grid.Widths[0], grid.Widths[0].Reverse());
            Assert.Equal(cells, grid.Widths[0].Sum());
            if (grid.X > 5)
                Assert.InRange(grid.Widths[0].Max() / grid.Widths[0].Min(), 1, 3);
        }
        Assert.Equal(1, grid.X);
    }

    /// <summary>
    /// Asserts that what <paramref name="transfer"/> makes of turned fields is what it makes of fields, turned, on all
    /// levels.
    /// </summary>
    private static void AssertTurns<T>(int nx, int ny, int width, bool periodic, Func<Pair<T>, int, double[]> transfer,
        bool vector = false, bool fine = false, bool cells = false, bool springs = false) where T : unmanaged
    {
        using var device = new HostDevice(1, width);
        var originals = Pair<T>.Levels(device, nx, ny, periodic, default).ToList();
        foreach (var turn in Turns)
        {
            var images = Pair<T>.Levels(device, nx, ny, periodic, turn).ToList();
            Assert.Equal(originals.Count, images.Count);
            foreach (var (original, image) in originals.Zip(images))
            {
                var (expected, actual) = (transfer(original, 7), transfer(image, 7));
                var (from, to) = fine ? (original.Fine, image.Fine) : (original.Coarse, image.Coarse);
                foreach (var p in cells ? Points(to.Cells) : Points(springs ? to.NodePlane(false) : to.Nodes))
                {
                    for (var c = 0; c < (cells ? 2 : 3); c++)
                    {
                        var source = Source(to, turn, p.X, p.Y, cells ? 0 : 1);
                        var (component, sign) = springs ? SpringOf(turn, c) : vector ? ComponentOf(turn, c) : (c, 1);
                        var (a, b) = springs ? (expected[from.Layout.Index(source.X, source.Y, -1)
                            + component * from.Layout.StrideZ],
                            actual[to.Layout.Index(p.X, p.Y, -1) + c * to.Layout.StrideZ])
                            : (expected[At(from, (source.X, source.Y, p.Z), component)], actual[At(to, p, c)]);
                        Assert.True(sign * a == b,
                            $"{sign * a:r} became {b:r} at ({p.X}, {p.Y}, {p.Z}), component {c}, turn {turn}");
                    }
                }
            }
        }
    }

    /// <summary>
    /// Where a point of a turned grid comes from; <paramref name="ends"/> is 1 for nodes, of which there is one more
    /// than cells.
    /// </summary>
    private static (int X, int Y) Source(GridLevel image, (bool Exchange, bool MirrorX, bool MirrorY) turn, int x,
        int y, int ends)
    {
        // The repeated node of a periodic axis is node 0.
        int Mirror(int axis, int i) => ends == 1 && image.Periodic[axis]
            ? (image.Widths[axis].Length - i) % image.Widths[axis].Length : image.Widths[axis].Length - 1 + ends - i;
        (x, y) = (turn.MirrorX ? Mirror(0, x) : x, turn.MirrorY ? Mirror(1, y) : y);
        return turn.Exchange ? (y, x) : (x, y);
    }

    /// <summary>Component (x, z, y) that a turned one comes from, and its sign.</summary>
    private static (int Component, int Sign) ComponentOf((bool Exchange, bool MirrorX, bool MirrorY) turn, int c) =>
        c switch
        {
            0 => (turn.Exchange ? 2 : 0, turn.MirrorX ? -1 : 1),
            2 => (turn.Exchange ? 0 : 2, turn.MirrorY ? -1 : 1),
            _ => (1, 1)
        };

    /// <summary>The same of springs (xx, yy, xy).</summary>
    private static (int Component, int Sign) SpringOf((bool Exchange, bool MirrorX, bool MirrorY) turn, int c) =>
        c == 2 ? (2, turn.MirrorX != turn.MirrorY ? -1 : 1) : (turn.Exchange ? 1 - c : c, 1);

    private static double[] Filled(GridLevel grid, Func<(int X, int Y, int Z), double> value)
    {
        var values = new double[FlatBox.RoundUp(3 * grid.Layout.Length)];
        foreach (var p in Points(new Box<Node>(grid.Layout, 0, grid.X + 1, 0, grid.Y + 1, 0, grid.Z + 1)))
            values[At(grid, p, 0)] = value(p);
        return values;
    }

    private static int At(GridLevel grid, (int X, int Y, int Z) p, int component) =>
        grid.Layout.Index(p.X, p.Y, p.Z) + component * grid.Layout.Length;

    private static IEnumerable<(int X, int Y, int Z)> Points<TPlace>(Box<TPlace> box) where TPlace : struct, IPlace =>
        from z in Enumerable.Range(box.Z0, box.Z1 - box.Z0)
        from y in Enumerable.Range(box.Y0, box.Y1 - box.Y0)
        from x in Enumerable.Range(box.X0, box.X1 - box.X0)
        select (x, y, z);

    private static double[] Widths(int cells, double width = 1) => [.. Enumerable.Repeat(width, cells)];

    /// <summary>A number between -½ and ½ that follows from another without a pattern.</summary>
    private static double Noise(int seed)
    {
        var mixed = (ulong)seed * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return (mixed ^ mixed >> 31) / 18446744073709551616.0 - 0.5;
    }

    private static double[] Download<T>(IDevice device, View<T> view) where T : unmanaged =>
        [.. device.Download(view).Select(value => Convert.ToDouble(value))];

    /// <summary>
    /// A grid of a turned box, the next coarser one and what goes between them. Fields are those of the box as it was,
    /// turned.
    /// </summary>
    private sealed class Pair<T>(IDevice device, GridLevel fine, LevelTransfer<T> transfer,
        (bool Exchange, bool MirrorX, bool MirrorY) turn) where T : unmanaged
    {
        public GridLevel Fine => fine;

        public GridLevel Coarse => transfer.Coarse;

        /// <summary>
        /// All pairs of levels of a grid of nx x ny x 6 cells that differ along the axes; some wait until others have
        /// caught up.
        /// </summary>
        public static IEnumerable<Pair<T>> Levels(IDevice device, int nx, int ny, bool periodic,
            (bool Exchange, bool MirrorX, bool MirrorY) turn)
        {
            var (x, y) = (Widths(nx), Widths(ny, 1.3));
            var grid = turn.Exchange ? new GridLevel(device, DomainKind.ThreeD, y, x, Widths(Z, 0.7), false, periodic)
                : new GridLevel(device, DomainKind.ThreeD, x, y, Widths(Z, 0.7), periodic, false);
            while (LevelTransfer<T>.From(device, grid, new HeldFaces()) is { } transfer)
            {
                yield return new(device, grid, transfer, turn);
                grid = transfer.Coarse;
            }
        }

        /// <summary>Random vectors (x, z, y) at nodes.</summary>
        public double[] Vector(GridLevel grid, int seed) =>
            Fill(grid, grid.Nodes, 3, 1, grid.Layout.Length, 0, c => ComponentOf(turn, c), seed);

        public double[] Restrict(double[] values)
        {
            var (from, to) = (Nodes(fine, values), Coarse.NodeField<T>(3));
            device.Launch<RestrictFullWeighting<T>, Node, T>(new(from, to, transfer.Transfer), Coarse.Nodes);
            return Download(device, to.Values);
        }

        public double[] Prolong(double[] values, double[] before)
        {
            var (from, to) = (Nodes(Coarse, values), Nodes(fine, before));
            Coarse.FillGhosts(from);
            device.Launch<Prolongate<T>, Node, T>(new(from, to, transfer.Transfer), fine.Nodes);
            return Download(device, to.Values);
        }

        /// <summary>λ and μ of the coarse cells of random ones, some of them void and some soft.</summary>
        public double[] CoarsenLame(int seed)
        {
            var values = Fill(fine, fine.Cells, 1, 0, fine.Layout.Length, 0, c => (c, 1), seed)
                .Select(v => v < -0.4 ? 0 : v < -0.3 ? 0.01 * (v + 1) : v + 1).ToArray();
            var from = new LameFields<T>(new(fine.Upload<T>(values.Select(v => 0.6 * v)), fine.Layout, 1),
                new(fine.Upload<T>(values), fine.Layout, 1));
            var to = new LameFields<T>(Coarse.CellField<T>(), Coarse.CellField<T>());
            device.Launch<CoarsenLame<T>, Cell, T>(new(from, to, transfer.Children), Coarse.Cells);
            return [.. Download(device, to.Lambda.Values)[..Coarse.Layout.Length], .. Download(device, to.Mu.Values)];
        }

        /// <summary>Coarse springs of random ones, plane fields (xx, yy, xy).</summary>
        public double[] RestrictSprings(int seed)
        {
            var (layout, plane) = (fine.Layout, fine.NodePlane(false));
            var values = Fill(fine, plane, 3, 1, layout.StrideZ, layout.StrideZ, c => SpringOf(turn, c), seed);
            var (from, to) = (new Field<Side, T>(fine.Upload<T>(values), layout.Plane, 3), Coarse.SideField<T>(3));
            device.Launch<RestrictSprings<T>, Node, T>(new(from, to, transfer.Transfer), Coarse.NodePlane(false));
            return Download(device, to.Values);
        }

        private static Field<Node, T> Nodes(GridLevel grid, double[] values) =>
            new(grid.Upload<T>(values), grid.Layout, 3);

        /// <summary>
        /// Numbers between -½ and ½ at the points of a box, each that of the point and component that it comes from.
        /// </summary>
        private double[] Fill<TPlace>(GridLevel grid, Box<TPlace> box, int components, int ends, int length, int shift,
            Func<int, (int Component, int Sign)> sourceOf, int seed) where TPlace : struct, IPlace
        {
            var values = new double[FlatBox.RoundUp(components * grid.Layout.Length)];
            foreach (var p in Points(box))
            {
                var (x, y) = Source(grid, turn, p.X, p.Y, ends);
                for (var c = 0; c < components; c++)
                {
                    var (component, sign) = sourceOf(c);
                    values[grid.Layout.Index(p.X, p.Y, p.Z) - shift + c * length] =
                        sign * Noise(seed + 31 * component + 97 * (x + 101 * (y + 103 * p.Z)));
                }
            }
            return values;
        }
    }
}
