using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>Conjugate gradients with multigrid need as many iterations on fine grids as on coarse ones, whatever their shape. The residual falls by 1e-8.</summary>
public class MultigridTests
{
    private const double Size = 100e-9;

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    public void Iterations_are_flat_from_32_to_512_cells_along_an_edge(DomainKind kind) => AssertFlat([.. new[] { 32, 64, 128, 256, 512 }.Select(n => Iterations(kind, n, 1, n))]);

    [Fact]
    public void Iterations_are_flat_from_16_to_32_cells_along_an_edge_in_3D() => AssertFlat([.. new[] { 16, 32 }.Select(n => Iterations(DomainKind.ThreeD, n, n, n))]);

    [Fact]
    [Trait("Category", "Slow")]
    public void Iterations_are_flat_from_16_to_64_cells_along_an_edge_in_3D() => AssertFlat([.. new[] { 16, 32, 64 }.Select(n => Iterations(DomainKind.ThreeD, n, n, n))]);

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 37, 1, 53)]
    [InlineData(DomainKind.Axisymmetric, 37, 1, 53)]
    [InlineData(DomainKind.PlaneStrain, 101, 1, 3)]
    [InlineData(DomainKind.ThreeD, 7, 11, 13)]
    [InlineData(DomainKind.ThreeD, 23, 17, 5)]
    public void Odd_numbers_of_cells_cost_no_more(DomainKind kind, int nx, int ny, int nz) => Assert.InRange(Iterations(kind, nx, ny, nz), 1, 16);

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 256, 1, 8)]
    [InlineData(DomainKind.Axisymmetric, 256, 1, 8)]
    [InlineData(DomainKind.ThreeD, 48, 48, 4)]
    [InlineData(DomainKind.PlaneStrain, 8, 1, 256)]
    public void Thin_plates_and_tall_columns_cost_little_more(DomainKind kind, int nx, int ny, int nz) => Assert.InRange(Iterations(kind, nx, ny, nz), 1, 20);

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 64, 1, 64, 20)]
    [InlineData(DomainKind.Axisymmetric, 64, 1, 64, 20)]
    [InlineData(DomainKind.ThreeD, 24, 24, 24, 20)]
    public void Cells_four_times_as_long_as_high_cost_a_few_more(DomainKind kind, int nx, int ny, int nz, int most)
    {
        var h = Size / nz;
        var shape = new GridShape(kind, (nx, ny, nz), (4 * h, kind == DomainKind.ThreeD ? 4 * h : 1, h));
        Assert.InRange(Iterations(shape, _ => 40e9), 1, most);
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 64, 1, 64)]
    [InlineData(DomainKind.Axisymmetric, 64, 1, 64)]
    [InlineData(DomainKind.ThreeD, 20, 20, 20)]
    public void Layers_as_stiff_as_tungsten_and_as_soft_as_lithium_cost_a_few_more(DomainKind kind, int nx, int ny, int nz)
    {
        double Modulus(double z) => z < 0.3 * Size ? 411e9 : z < 0.6 * Size ? 5e9 : 40e9;
        Assert.InRange(Iterations(Shape(kind, nx, ny, nz), Modulus), 1, 25);
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain, "free")]
    [InlineData(DomainKind.PlaneStrain, "periodic")]
    [InlineData(DomainKind.PlaneStrain, "punch")]
    [InlineData(DomainKind.PlaneStrain, "springs")]
    [InlineData(DomainKind.Axisymmetric, "symmetric")]
    [InlineData(DomainKind.Axisymmetric, "springs")]
    [InlineData(DomainKind.ThreeD, "free")]
    [InlineData(DomainKind.ThreeD, "periodic")]
    [InlineData(DomainKind.ThreeD, "punch")]
    [InlineData(DomainKind.ThreeD, "springs")]
    public void The_operator_and_the_cycle_are_symmetric_and_positive(DomainKind kind, string sides)
    {
        using var device = new HostDevice(1);
        var held = new HeldFaces { [2, false, 1] = true };
        if (sides is not ("free" or "periodic"))
            held[0, false, 0] = held[1, false, 2] = true;
        var interfaces = new InterfacesCase { Se = new InterfaceCase { Law = sides == "springs" ? InterfaceLaw.Spring : InterfaceLaw.Slide, Stiffness = 1e18, Normal = sides == "punch" ? NormalLaw.Punch : NormalLaw.Pressure } };
        var periodic = sides == "periodic";
        var body = new ElasticBody(Shape(kind, 19, kind == DomainKind.ThreeD ? 11 : 1, 14), held, interfaces, 1e-8, periodic, periodic, device);
        body.SetModuli((x, _, z) => (x + z < Size ? 40e9 : 10e9, 0.3));
        body.SetCells(body.Eigenstrain, (_, _, z) => 0.01 * z / Size);
        body.Solve();

        var (a, b) = (RandomField(body, device, 1), RandomField(body, device, 2));
        var result = body.Grid.Field<double>(body.Grid.Components);
        double Form(Action<View<double>, View<double>> map, View<double> left, View<double> right)
        {
            map(right, result);
            return device.Sum(new Dot(left, result, body.Grid.Components, body.Grid.Layout.Length), body.Grid.Nodes);
        }
        foreach (var map in new Action<View<double>, View<double>>[] { ((ILinearOperator)body.Solver).Apply, ((IPreconditioner)body.Solver).Apply })
        {
            var (aa, bb, ab, ba) = (Form(map, a, a), Form(map, b, b), Form(map, a, b), Form(map, b, a));
            Assert.True(aa > 0 && bb > 0, $"{aa:g3} and {bb:g3}");
            Assert.Equal(ab, ba, 1e-11 * Math.Sqrt(aa * bb));
        }
    }

    /// <summary>Random numbers at free components, as loads and displacements of the solver are.</summary>
    private static View<double> RandomField(ElasticBody body, IDevice device, int seed)
    {
        var random = new Random(seed);
        var grid = body.Grid;
        var field = grid.Field<double>(grid.Components);
        device.Upload<double>(Enumerable.Range(0, field.Length).Select(_ => random.NextDouble() - 0.5).ToArray(), field);
        device.Launch(new KeepFree<double>(body.Solver.Operator.Free, field, grid.Components, grid.Layout.Length), grid.Nodes);
        body.Solver.Operator.Project(field);
        return field;
    }

    private static void AssertFlat(int[] iterations) => Assert.True(iterations.Max() - iterations.Min() <= 4 && iterations.Max() <= 16, $"iterations {string.Join(", ", iterations)}");

    private static GridShape Shape(DomainKind kind, int nx, int ny, int nz) => new(kind, (nx, ny, nz), (Size / nz, kind == DomainKind.ThreeD ? Size / nz : 1, Size / nz));

    private static int Iterations(DomainKind kind, int nx, int ny, int nz) => Iterations(Shape(kind, nx, ny, nz), _ => 40e9);

    private static int Iterations(GridShape shape, Func<double, double> modulus)
    {
        var held = new HeldFaces { [0, false, 0] = true, [1, false, 2] = true, [2, false, 1] = true };
        var se = new InterfaceCase { Law = InterfaceLaw.Spring, Stiffness = 1e18, Pressure = 9e6 };
        using var body = new ElasticBody(shape, held, new InterfacesCase { Se = se }, 1e-8);
        body.SetModuli((_, _, z) => (modulus(z), 0.3));
        body.SetCells(body.Eigenstrain, (_, _, z) => 0.31 * (0.05 + 0.1 * z / Size));
        return body.Solve().Iterations;
    }
}
