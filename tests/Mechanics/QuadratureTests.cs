using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// The operator in three dimensions against element matrices by 2x2x2 Gauss quadrature, on a heterogeneous grid of
/// unequal widths.
/// </summary>
public class QuadratureTests
{
    private static readonly double[] WidthsX = [1.0e-9, 0.7e-9, 1.3e-9, 2.1e-9, 0.9e-9, 1.1e-9, 1.6e-9, 0.8e-9,
        1.2e-9, 1.9e-9];
    private static readonly double[] WidthsY = [0.6e-9, 1.5e-9, 1.1e-9, 0.9e-9, 2.0e-9];
    private static readonly double[] WidthsZ = [1.4e-9, 0.8e-9, 1.7e-9, 1.2e-9];

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0L)]
    public void The_operator_equals_Gauss_quadrature(long scratchBytes)
    {
        using var device = new LimitedScratch(new HostDevice(threads: 2), scratchBytes);
        var (level, u) = RandomBody<double>(device);
        var f = level.Grid.NodeField<double>(3).Values;
        level.Apply(u, f);
        AssertEqual(level.Grid, Assembled(level, device.Download(u)), device.Download(f), 1e-13);
    }

    [Fact]
    public void In_single_precision_the_operator_equals_Gauss_quadrature_to_rounding()
    {
        using var device = new HostDevice(threads: 1);
        var (level, u) = RandomBody<double>(device);
        var (single, us) = RandomBody<float>(device);
        var f = single.Grid.NodeField<float>(3).Values;
        single.Apply(us, f);
        AssertEqual(level.Grid, Assembled(level, device.Download(u)),
            Array.ConvertAll(device.Download(f), v => (double)v), 1e-6);
    }

    [Fact]
    public void Threads_lanes_and_scratch_change_no_bit()
    {
        double[] Result(int threads, int width, long scratchBytes)
        {
            using var device = new LimitedScratch(new HostDevice(threads, width), scratchBytes);
            var (level, u) = RandomBody<double>(device, repeat: 4);
            var f = level.Grid.NodeField<double>(3).Values;
            level.Apply(u, f);
            return device.Download(f);
        }
        var expected = Result(1, 8, long.MaxValue);
        Assert.Contains(expected, v => v != 0);
        foreach (var (threads, width, scratchBytes) in new[] { (2, 8, 0L), (3, 4, 200_000L), (4, 1, 100_000L) })
            Assert.Equal(expected, Result(threads, width, scratchBytes));
    }

    private static (ElasticLevel<T>, View<T>) RandomBody<T>(IDevice device, int repeat = 1) where T : unmanaged
    {
        double[] Repeated(double[] widths) => Enumerable.Repeat(widths, repeat).SelectMany(w => w).ToArray();
        var grid = new GridLevel(device, DomainKind.ThreeD, Repeated(WidthsX), Repeated(WidthsY), Repeated(WidthsZ),
            false, false);
        var level = ElasticLevels.Create<T>(device, grid, new HeldFaces());
        var random = new Random(20);
        View<T> Fill<TPlace>(View<T> to, Box<TPlace> box, int components, Func<double> next)
            where TPlace : struct, IPlace
        {
            var values = new double[to.Length];
            foreach (var i in Indices(grid, box))
                for (var c = 0; c < components; c++)
                    values[i + c * grid.Layout.Length] = next();
            if (to is View<float> single)
                device.Upload<float>(Array.ConvertAll(values, v => (float)v), single);
            else if (to is View<double> real)
                device.Upload<double>(values, real);
            return to;
        }
        Fill(level.Lame.Lambda, grid.Cells, 1, () => 1e9 + 1e11 * random.NextDouble());
        Fill(level.Lame.Mu, grid.Cells, 1, () => 1e9 + 1e11 * random.NextDouble());
        return (level, Fill(grid.NodeField<T>(3).Values, grid.Nodes, 3, () => 1e-9 * (random.NextDouble() - 0.5)));
    }

    private static IEnumerable<int> Indices<TPlace>(GridLevel grid, Box<TPlace> box) where TPlace : struct, IPlace =>
        from z in Enumerable.Range(box.Z0, box.Z1 - box.Z0)
        from y in Enumerable.Range(box.Y0, box.Y1 - box.Y0)
        from x in Enumerable.Range(box.X0, box.X1 - box.X0)
        select grid.Layout.Index(x, y, z);

    /// <summary>K u, element by element.</summary>
    private static double[] Assembled(ElasticLevel<double> level, double[] u)
    {
        var (grid, layout, f) = (level.Grid, level.Grid.Layout, new double[u.Length]);
        var (lambda, mu) = (Read(level.Lame.Lambda), Read(level.Lame.Mu));
        for (var z = 0; z < grid.Z; z++)
            for (var y = 0; y < grid.Y; y++)
                for (var x = 0; x < grid.X; x++)
                {
                    var cell = layout.Index(x, y, z);
                    var k = ElementMatrix([grid.Widths[0][x], grid.Widths[1][y], grid.Widths[2][z]],
                        lambda[cell], mu[cell]);
                    // Fields hold the components x, z, y.
                    int At(int i) => cell + (i / 3 & 1) + (i / 3 >> 1 & 1) * layout.StrideY
                        + (i / 3 >> 2) * layout.StrideZ + (i % 3) switch { 0 => 0, 1 => 2, _ => 1 } * layout.Length;
                    for (var i = 0; i < 24; i++)
                        for (var j = 0; j < 24; j++)
                            f[At(i)] += k[i, j] * u[At(j)];
                }
        return f;
    }

    private static unsafe double[] Read(View<double> view) =>
        new ReadOnlySpan<double>(view.At(0), view.Length).ToArray();

    /// <summary>∫ (λ N_i,a N_j,b + μ N_i,b N_j,a + μ δ_ab ∇N_i·∇N_j) dV, row 3 i + a, column 3 j + b.</summary>
    private static double[,] ElementMatrix(double[] h, double lambda, double mu)
    {
        var k = new double[24, 24];
        var weight = h[0] * h[1] * h[2] / 8;
        for (var point = 0; point < 8; point++)
        {
            var gradient = new double[8, 3];
            for (var corner = 0; corner < 8; corner++)
                for (var axis = 0; axis < 3; axis++)
                    gradient[corner, axis] = Enumerable.Range(0, 3)
                        .Aggregate(1.0, (product, b) =>
                        product * Factor(corner >> b & 1, point >> b & 1, b == axis, h[b]));
            for (var i = 0; i < 24; i++)
                for (var j = 0; j < 24; j++)
                {
                    var (n, a, m, b) = (i / 3, i % 3, j / 3, j % 3);
                    var dot = a == b ? Enumerable.Range(0, 3).Sum(c => gradient[n, c] * gradient[m, c]) : 0;
                    k[i, j] += weight * (lambda * gradient[n, a] * gradient[m, b] + mu * gradient[n, b] * gradient[m, a]
                        + mu * dot);
                }
        }
        return k;
    }

    /// <summary>One axis's factor of a shape function at a Gauss point, or its derivative.</summary>
    private static double Factor(int corner, int point, bool derivative, double h)
    {
        var sign = 2 * corner - 1;
        return derivative ? sign / h : (1 + sign * (2 * point - 1) / Math.Sqrt(3)) / 2;
    }

    private static void AssertEqual(GridLevel grid, double[] expected, double[] computed, double tolerance)
    {
        var size = expected.Max(Math.Abs);
        foreach (var i in Indices(grid, grid.Nodes))
            for (var c = 0; c < 3; c++)
                Assert.Equal(expected[i + c * grid.Layout.Length] / size, computed[i + c * grid.Layout.Length] / size,
                    tolerance);
    }

    /// <summary>A device that asks for so much scratch: from bands of one row to the whole grid at once.</summary>
    private sealed class LimitedScratch(IDevice device, long bytes) : DeviceProxy(device)
    {
        public override long ScratchBytes => bytes;
    }
}
