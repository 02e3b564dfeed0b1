using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// The operators of two-dimensional grids, their diagonals and the forces of eigenstrains against ∫ Bᵀ C B and ∫ Bᵀ C β
/// by 2x2 Gauss quadrature, on a heterogeneous grid of unequal widths.
/// </summary>
public class PlaneQuadratureTests
{
    private static readonly double[] WidthsX = [1.0e-9, 0.7e-9, 1.3e-9, 2.1e-9, 0.9e-9, 1.1e-9, 1.6e-9, 0.8e-9,
        1.2e-9, 1.9e-9];
    private static readonly double[] WidthsZ = [1.4e-9, 0.8e-9, 1.7e-9, 1.2e-9];

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    public void The_operator_its_diagonal_and_the_force_of_swelling_equal_Gauss_quadrature(DomainKind kind)
    {
        using var device = new HostDevice(threads: 2);
        var grid = new GridLevel(device, kind, WidthsX, [1], WidthsZ, false, false);
        var level = ElasticLevels.Create<double>(device, grid, new HeldFaces());
        var random = new Random(20);
        var lambda = Fill(device, grid, level.Lame.Lambda, grid.Cells, 1, () => 1e9 + 1e11 * random.NextDouble());
        var mu = Fill(device, grid, level.Lame.Mu, grid.Cells, 1, () => 1e9 + 1e11 * random.NextDouble());
        var (u, swelling, f) = (grid.NodeField<double>(2).Values, grid.CellField<double>().Values,
            grid.NodeField<double>(2).Values);
        var uValues = Fill(device, grid, u, grid.Nodes, 2, () => 1e-9 * (random.NextDouble() - 0.5));
        var swellingValues = Fill(device, grid, swelling, grid.Cells, 1, () => 0.1 * random.NextDouble());
        var isotropic = lambda.Zip(mu, (l, m) => Isotropic(l, m)).ToArray();
        AssertQuadrature(device, level, Assemble(grid, kind, cell => isotropic[cell], uValues, swellingValues), u,
            swelling, f);
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    public void The_operator_of_crystals_its_diagonal_and_the_force_of_swelling_equal_Gauss_quadrature(DomainKind kind)
    {
        using var device = new HostDevice(threads: 2);
        var grid = new GridLevel(device, kind, WidthsX, [1], WidthsZ, false, false);
        var random = new Random(21);
        // Hexagonal crystals with constants of their own, c in the plane, or along the axis of r-z.
        double Near(double constant) => constant * (0.7 + 0.6 * random.NextDouble()) * 1e9;
        StiffnessTensor[] tensors =
            [.. Enumerable.Range(0, 7)
            .Select(k => StiffnessTensor.Of(
            new() { C11 = Near(59.7), C12 = Near(20), C13 = Near(15), C33 = Near(61.7), C44 = Near(16.4) })
            .Turned(Orientation.FromEuler(Math.PI / 2, kind == DomainKind.Axisymmetric ? 0 : k, 0)))];
        int[] groupOfCell = [.. Enumerable.Range(0, grid.X * grid.Z).Select(_ => random.Next(7))];
        var group = new int[grid.Layout.Length];
        for (var cell = 0; cell < groupOfCell.Length; cell++)
            group[grid.Layout.Index(cell % grid.X, 0, cell / grid.X)] = groupOfCell[cell];
        var level = ElasticLevels.Create<double>(device, grid, new HeldFaces(),
            new Solvers.Crystals(device, grid, tensors, device.Allocate<int>(group), groupOfCell));
        var (u, swelling, f) = (grid.NodeField<double>(2).Values, grid.CellField<double>().Values,
            grid.NodeField<double>(2).Values);
        var uValues = Fill(device, grid, u, grid.Nodes, 2, () => 1e-9 * (random.NextDouble() - 0.5));
        var swellingValues = Fill(device, grid, swelling, grid.Cells, 1, () => 0.1 * random.NextDouble());
        AssertQuadrature(device, level, Assemble(grid, kind, cell => tensors[group[cell]], uValues, swellingValues), u,
            swelling, f);
    }

    private static StiffnessTensor Isotropic(double lambda, double mu) =>
        lambda + mu > 0 ? StiffnessTensor.Isotropic(mu * (3 * lambda + 2 * mu) / (lambda + mu),
            lambda / (2 * (lambda + mu))) : StiffnessTensor.Isotropic(0, 0);

    private static void AssertQuadrature(IDevice device, ElasticLevel<double> level,
        (double[] Force, double[] Diagonal, double[] Swelling) expected, View<double> u, View<double> swelling,
        View<double> f)
    {
        var grid = level.Grid;
        level.Apply(u, f);
        AssertEqual(grid, expected.Force, device.Download(f));
        level.InverseDiagonal(f);
        AssertEqual(grid, Array.ConvertAll(expected.Diagonal, k => k > 0 ? 1 / k : 0), device.Download(f));
        level.EigenstrainLoad(swelling, f);
        AssertEqual(grid, expected.Swelling, device.Download(f));
    }

    private static double[] Fill<TPlace>(IDevice device, GridLevel grid, View<double> to, Box<TPlace> box,
        int components, Func<double> next) where TPlace : struct, IPlace
    {
        var values = new double[to.Length];
        foreach (var i in Indices(grid, box))
            for (var c = 0; c < components; c++)
                values[i + c * grid.Layout.Length] = next();
        device.Upload<double>(values, to);
        return values;
    }

    private static IEnumerable<int> Indices<TPlace>(GridLevel grid, Box<TPlace> box) where TPlace : struct, IPlace =>
        from z in Enumerable.Range(box.Z0, box.Z1 - box.Z0)
        from x in Enumerable.Range(box.X0, box.X1 - box.X0)
        select grid.Layout.Index(x, 0, z);

    /// <summary>K u, the diagonal of K, and ∫ Bᵀ C β, element by element.</summary>
    private static (double[] Force, double[] Diagonal, double[] Swelling) Assemble(GridLevel grid, DomainKind kind,
        Func<int, StiffnessTensor> tensor, double[] u, double[] swelling)
    {
        var (layout, force, diagonal, eigen) = (grid.Layout, new double[u.Length], new double[u.Length],
            new double[u.Length]);
        var left = 0.0;
        for (var x = 0; x < grid.X; left += WidthsX[x++])
        {
            for (var z = 0; z < grid.Z; z++)
            {
                var cell = layout.Index(x, 0, z);
                var c = tensor(cell);
                // Corner n: along x its first bit, along z its second; unknown 2 n + a, components x, z.
                int At(int i) => cell + (i / 2 & 1) + (i / 2 >> 1) * layout.StrideZ + i % 2 * layout.Length;
                for (var point = 0; point < 4; point++)
                {
                    var (b, weight) = Strains(WidthsX[x], WidthsZ[z], left, kind, point & 1, point >> 1);
                    for (var i = 0; i < 8; i++)
                    {
                        for (var j = 0; j < 8; j++)
                            force[At(i)] += weight * Product(b[i], b[j], c) * u[At(j)];
                        diagonal[At(i)] += weight * Product(b[i], b[i], c);
                        eigen[At(i)] += weight * Product(b[i], [1, 1, 1, 0], c) * swelling[cell];
                    }
                }
            }
        }
        return (force, diagonal, eigen);
    }

    /// <summary>a·C b of strains xx, yy (the hoop in r-z), zz and 2 xz.</summary>
    private static double Product(double[] a, double[] b, StiffnessTensor c)
    {
        int[] pairs = [0, 1, 2, 5];
        var sum = 0.0;
        for (var k = 0; k < 16; k++)
            sum += a[k / 4] * c[pairs[k / 4], pairs[k % 4]] * b[k % 4];
        return sum;
    }

    /// <summary>The strains that each of the eight unknowns makes at a Gauss point, and the point's weight.</summary>
    private static (double[][] B, double Weight) Strains(double hx, double hz, double left, DomainKind kind,
        int pointX, int pointZ)
    {
        static double Shape(int corner, int point) => (1 + (2 * corner - 1) * (2 * point - 1) / Math.Sqrt(3)) / 2;
        var radius = left + hx * Shape(1, pointX);
        var b = new double[8][];
        for (var n = 0; n < 4; n++)
        {
            var (cx, cz) = (n & 1, n >> 1);
            var (nx, nz) = (Shape(cx, pointX), Shape(cz, pointZ));
            var (slopeX, slopeZ) = ((2 * cx - 1) / hx * nz, (2 * cz - 1) / hz * nx);
            b[2 * n] = [slopeX, kind == DomainKind.Axisymmetric ? nx * nz / radius : 0, 0, slopeZ];
            b[2 * n + 1] = [0, 0, slopeZ, slopeX];
        }
        return (b, hx * hz / 4 * (kind == DomainKind.Axisymmetric ? radius : 1));
    }

    private static void AssertEqual(GridLevel grid, double[] expected, double[] computed)
    {
        var size = expected.Max(Math.Abs);
        foreach (var i in Indices(grid, grid.Nodes))
            for (var c = 0; c < 2; c++)
                Assert.Equal(expected[i + c * grid.Layout.Length] / size, computed[i + c * grid.Layout.Length] / size,
                    1e-13);
    }
}
