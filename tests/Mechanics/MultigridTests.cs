using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// Conjugate gradients with multigrid need as many iterations on fine grids as on coarse ones, whatever their shape.
/// The residual falls by 1e-8.
/// </summary>
public class MultigridTests
{
    private const double Size = 100e-9;

    public static TheoryData<DomainKind, string, SolverPrecision> Sides
    {
        get
        {
            var data = new TheoryData<DomainKind, string, SolverPrecision>();
            foreach (var precision in Enum.GetValues<SolverPrecision>())
            {
                foreach (var sides in new[] { "free", "periodic", "punch", "springs" })
                {
                    data.Add(DomainKind.PlaneStrain, sides, precision);
                    data.Add(DomainKind.ThreeD, sides, precision);
                }
                data.Add(DomainKind.Axisymmetric, "symmetric", precision);
                data.Add(DomainKind.Axisymmetric, "springs", precision);
            }
            return data;
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    public void Iterations_are_flat_from_32_to_512_cells_along_an_edge(DomainKind kind) =>
        AssertFlat([.. new[] { 32, 64, 128, 256, 512 }.Select(n => Iterations(kind, n, 1, n))]);

    [Fact]
    public void Iterations_are_flat_from_16_to_32_cells_along_an_edge_in_3D() =>
        AssertFlat([.. new[] { 16, 32 }.Select(n => Iterations(DomainKind.ThreeD, n, n, n))]);

    [Fact]
    [Trait("Category", "Slow")]
    public void Iterations_are_flat_from_16_to_64_cells_along_an_edge_in_3D() =>
        AssertFlat([.. new[] { 16, 32, 64 }.Select(n => Iterations(DomainKind.ThreeD, n, n, n))]);

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 37, 1, 53)]
    [InlineData(DomainKind.Axisymmetric, 37, 1, 53)]
    [InlineData(DomainKind.PlaneStrain, 101, 1, 3)]
    [InlineData(DomainKind.ThreeD, 7, 11, 13)]
    [InlineData(DomainKind.ThreeD, 23, 17, 5)]
    public void Odd_numbers_of_cells_cost_no_more(DomainKind kind, int nx, int ny, int nz) =>
        Assert.InRange(Iterations(kind, nx, ny, nz), 1, 16);

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 256, 1, 8)]
    [InlineData(DomainKind.Axisymmetric, 256, 1, 8)]
    [InlineData(DomainKind.ThreeD, 48, 48, 4)]
    [InlineData(DomainKind.PlaneStrain, 8, 1, 256)]
    public void Thin_plates_and_tall_columns_cost_little_more(DomainKind kind, int nx, int ny, int nz) =>
        Assert.InRange(Iterations(kind, nx, ny, nz), 1, 20);

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
    public void Layers_as_stiff_as_tungsten_and_as_soft_as_lithium_cost_a_few_more(DomainKind kind, int nx,
        int ny, int nz)
    {
        double Modulus(double z) => z < 0.3 * Size ? 411e9 : z < 0.6 * Size ? 5e9 : 40e9;
        Assert.InRange(Iterations(Shape(kind, nx, ny, nz), Modulus), 1, 25);
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 64, 0)]
    [InlineData(DomainKind.Axisymmetric, 64, 0)]
    [InlineData(DomainKind.ThreeD, 20, 0)]
    [InlineData(DomainKind.ThreeD, 20, 1e4)]
    public void Voids_cost_a_few_more_iterations(DomainKind kind, int n, double modulus)
    {
        // Every tenth cell, at random, and a cavity.
        var random = new Random(5);
        double At(double x, double y, double z) => random.NextDouble() < 0.1
            || (z > 0.3 * Size && z < 0.6 * Size && x < 0.5 * Size && y < 0.5 * Size) ? modulus : 40e9;
        Assert.InRange(Iterations(Shape(kind, n, kind == DomainKind.ThreeD ? n : 1, n), At,
            new InterfaceCase { Pressure = 0 }, SolverPrecision.Mixed), 1, 25);
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 0)]
    [InlineData(DomainKind.PlaneStrain, 1e8)]
    [InlineData(DomainKind.PlaneStrain, 1e26)]
    [InlineData(DomainKind.ThreeD, 0)]
    [InlineData(DomainKind.ThreeD, 1e8)]
    [InlineData(DomainKind.ThreeD, 1e26)]
    public void A_cycle_in_single_precision_needs_no_more_iterations_whatever_the_springs(
        DomainKind kind, double springs)
    {
        var shape = Shape(kind, 19, kind == DomainKind.ThreeD ? 15 : 1, 14);
        // Nothing but the springs holds the film along x and y.
        var se = new InterfaceCase
        {
            Law = springs > 0 ? Spring.Kind : Frictionless.Kind,
            Stiffness = springs,
            Pressure = 9e6
        };
        int Of(SolverPrecision precision) =>
            Iterations(shape, (x, _, z) => x + z < Size ? 40e9 : 10e9, se, precision,
            new HeldFaces { [2, false, 1] = true });
        Assert.InRange(Of(SolverPrecision.Mixed), 1, Of(SolverPrecision.Double) + 1);
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void The_operator_and_the_cycle_are_symmetric_and_positive(DomainKind kind, string sides,
        SolverPrecision precision)
    {
        using var device = new HostDevice(1);
        var held = new HeldFaces { [2, false, 1] = true };
        if (sides is not ("free" or "periodic"))
            held[0, false, 0] = held[1, false, 2] = true;
        var interfaces = new InterfacesCase
        {
            Se = new InterfaceCase
            {
                Law = sides == "springs" ? Spring.Kind : Frictionless.Kind,
                Stiffness = 1e18,
                Normal = sides == "punch" ? NormalLaw.Punch : NormalLaw.Pressure
            }
        };
        var periodic = sides == "periodic";
        var body = new ElasticBody(Shape(kind, 19, kind == DomainKind.ThreeD ? 11 : 1, 14), held, interfaces, 1e-8,
            periodic, periodic, device, precision);
        body.SetModuli((x, _, z) => (x + z < Size ? 40e9 : 10e9, 0.3));
        body.SetCells(body.Eigenstrain, (_, _, z) => 0.01 * z / Size);
        body.Solve();

        var (a, b) = (RandomField(body, device, 1), RandomField(body, device, 2));
        View<double> result = body.Grid.NodeField<double>(body.Grid.Components);
        double Form(Action<View<double>, View<double>> map, View<double> left, View<double> right)
        {
            map(right, result);
            return device.Sum(new Dot<Node>(body.Grid.AsNodes(left), body.Grid.AsNodes(result)), body.Grid.Nodes);
        }
        var rounding = precision == SolverPrecision.Mixed ? 1e-6 : 1e-11;
        foreach (var (map, tolerance) in new (Action<View<double>, View<double>>, double)[] {
            (body.Solver.Operator.Apply, 1e-11), (Precondition, rounding) })
        {
            var (aa, bb, ab, ba) = (Form(map, a, a), Form(map, b, b), Form(map, a, b), Form(map, b, a));
            Assert.True(aa > 0 && bb > 0, $"{aa:g3} and {bb:g3}");
            Assert.Equal(ab, ba, tolerance * Math.Sqrt(aa * bb));
        }

        void Precondition(View<double> r, View<double> z)
        {
            var correction = body.Solver.Preconditioner.Apply(body.Grid.AsNodes(r));
            var to = body.Grid.AsNodes(z).AsFlat;
            if (correction.IsSingle)
                device.Launch(new ToDouble<Flat>(correction.Single.AsFlat, to, correction.Scale),
                    body.Grid.Flat(body.Grid.Components));
            else
                device.Launch(new Copy<Flat, double>(correction.Real.AsFlat, to), body.Grid.Flat(body.Grid.Components));
        }
    }

    /// <summary>Random numbers at free components, as loads and displacements of the solver are.</summary>
    private static View<double> RandomField(ElasticBody body, IDevice device, int seed)
    {
        var random = new Random(seed);
        var grid = body.Grid;
        var field = grid.NodeField<double>(grid.Components);
        device.Upload<double>(Enumerable.Range(0, field.Values.Length).Select(_ => random.NextDouble() - 0.5)
            .ToArray(), field);
        device.Launch(new KeepFree<double>(body.Solver.Operator.Free, field), grid.Nodes);
        body.Solver.Operator.Project(field);
        return field;
    }

    private static void AssertFlat(int[] iterations) =>
        Assert.True(iterations.Max() - iterations.Min() <= 4 && iterations.Max() <= 16,
        $"iterations {string.Join(", ", iterations)}");

    private static GridShape Shape(DomainKind kind, int nx, int ny, int nz) =>
        new(kind, (nx, ny, nz), (Size / nz, kind == DomainKind.ThreeD ? Size / nz : 1, Size / nz));

    private static int Iterations(DomainKind kind, int nx, int ny, int nz) =>
        Iterations(Shape(kind, nx, ny, nz), _ => 40e9);

    private static int Iterations(GridShape shape, Func<double, double> modulus)
    {
        var se = new InterfaceCase { Law = Spring.Kind, Stiffness = 1e18, Pressure = 9e6 };
        return Iterations(shape, (_, _, z) => modulus(z), se, SolverPrecision.Mixed);
    }

    private static int Iterations(GridShape shape, Func<double, double, double, double> modulus, InterfaceCase se,
        SolverPrecision precision, HeldFaces? held = null)
    {
        held ??= new HeldFaces { [0, false, 0] = true, [1, false, 2] = true, [2, false, 1] = true };
        using var body = new ElasticBody(shape, held, new InterfacesCase { Se = se }, 1e-8, precision: precision);
        // μ and λ ask for each cell's modulus in turn.
        var moduli = new Dictionary<(double, double, double), double>();
        body.SetModuli((x, y, z) =>
        {
            ref var value = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                moduli, (x, y, z), out var known);
            value = known ? value : modulus(x, y, z);
            return (value, 0.3);
        });
        body.SetCells(body.Eigenstrain, (_, _, z) => 0.31 * (0.05 + 0.1 * z / Size));
        return body.Solve().Iterations;
    }
}
