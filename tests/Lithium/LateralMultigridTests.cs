using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Crystals;

namespace MesoLiMg.Tests.Lithium;

/// <summary>
/// The linear system of an implicit stage takes few iterations whatever its length, the number of cells and what lies
/// beside each other; the residual falls by 1e-10. (Columns alone: up to 136 in a uniform film of 48 x 48 x 6 cells,
/// 480 with fast grain boundaries.)
/// </summary>
public class LateralMultigridTests
{
    public static TheoryData<string, int> Films => new()
    {
        { "uniform", 34 }, { "grains", 36 }, { "unlike grains", 42 }, { "boundaries", 54 }, { "fast boundaries", 70 },
            { "holes", 34 }, { "inert grains", 36 }, { "disk", 30 },
    };

    [Theory]
    [MemberData(nameof(Films))]
    public void Iterations_are_few_whatever_the_grid_and_the_length_of_the_stage(string film, int most)
    {
        foreach (var cells in new[] { (16, 16, 6), (32, 32, 6), (48, 48, 6), (37, 29, 5) })
        {
            foreach (var tau in new[] { 1e-3, 0.3, 3, 30, 1e3, 1e6 })
            {
                using var body = new StageBody(Diffusivity(film, cells), cells, tau, periodic: true);
                var (x, iterations) = body.Solve(StageBody.Random(cells, 9));
                Assert.True(iterations <= most, $"{cells}, τ = {tau}: {iterations} iterations");
                Assert.All(x, value => Assert.True(double.IsFinite(value)));
            }
        }
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain, 0.1)]
    [InlineData(DomainKind.PlaneStrain, 10)]
    [InlineData(DomainKind.Axisymmetric, 0.1)]
    [InlineData(DomainKind.Axisymmetric, 10)]
    [InlineData(DomainKind.ThreeD, 0.1)]
    [InlineData(DomainKind.ThreeD, 10)]
    public void Flat_cells_tall_cells_and_grids_with_one_lateral_axis_cost_no_more(DomainKind kind, double height)
    {
        foreach (var n in new[] { 16, 33, 64 })
        {
            var cells = (n, kind == DomainKind.ThreeD ? n : 1, 8);
            foreach (var tau in new[] { 10, 1e4 })
            {
                using var body = new StageBody(Diffusivity("uniform", cells), cells, tau, kind: kind, height: height);
                Assert.InRange(body.Solve(StageBody.Random(cells, 3)).Iterations, 1, 30);
            }
        }
    }

    [Theory]
    [InlineData("grains")]
    [InlineData("boundaries")]
    [InlineData("inert grains")]
    public void The_solution_is_the_one_whose_right_side_was_given(string film)
    {
        var cells = (21, 14, 5);
        using var body = new StageBody(Diffusivity(film, cells), cells, 20);
        var expected = StageBody.Random(cells, 4);
        var actual = body.Solve(body.Product(expected), tolerance: 1e-14).X;
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void A_field_that_does_not_vary_sideways_takes_one_iteration_in_a_film_and_in_a_slab()
    {
        foreach (var (kind, cells) in new[] { (DomainKind.ThreeD, (12, 10, 40)), (DomainKind.Slab, (1, 1, 40)) })
        {
            using var body = new StageBody(Diffusivity("uniform", cells), cells, 1e3, kind: kind);
            double[] b = [.. Enumerable.Range(0, cells.Item1 * cells.Item2 * 40)
                .Select(i => Math.Exp(-(i / (cells.Item1 * cells.Item2)) / 7.0))];
            Assert.Equal(1, body.Solve(b, varies: kind == DomainKind.Slab).Iterations);
        }
    }

    [Fact]
    public void A_field_that_varies_sideways_against_expectation_takes_two_more()
    {
        var cells = (32, 32, 6);
        using var body = new StageBody(Diffusivity("grains", cells), cells, 100);
        var b = StageBody.Random(cells, 9);
        Assert.Equal(body.Solve(b).Iterations, body.Solve(b, varies: false).Iterations, 4.0);
    }

    [Theory]
    [InlineData("unlike grains")]
    [InlineData("fast boundaries")]
    [InlineData("inert grains")]
    public void A_cycle_is_symmetric_and_positive(string film)
    {
        var cells = (13, 18, 6);
        using var body = new StageBody(Diffusivity(film, cells), cells, 30, periodic: true);
        var (a, b) = (StageBody.Random(cells, 1), StageBody.Random(cells, 2));
        var (za, zb) = (body.Precondition(a), body.Precondition(b));
        Assert.True(Dot(a, za) > 0 && Dot(b, zb) > 0);
        Assert.Equal(Dot(a, zb), Dot(b, za), 1e-6 * Math.Sqrt(Dot(a, za) * Dot(b, zb)));
    }

    [Fact]
    public void A_cycle_reaches_no_cell_that_lithium_cannot_enter()
    {
        var cells = (16, 16, 6);
        var d = Diffusivity("inert grains", cells);
        using var body = new StageBody(d, cells, 30, periodic: true);
        double[] r = [.. StageBody.Random(cells, 1).Zip(d, (value, open) => open > 0 ? value : 0)];
        Assert.All(d.Zip(body.Precondition(r)), cell => Assert.Equal(cell.First > 0, cell.Second != 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_turned_film_has_the_turned_solution_to_the_bit(bool periodic)
    {
        foreach (var (nx, ny) in new[] { (16, 12), (21, 10), (7, 9), (33, 13) })
        {
            var cells = (nx, ny, 5);
            var (d, b) = (Diffusivity("boundaries", cells), StageBody.Random(cells, 5));
            using var body = new StageBody(d, cells, 40, periodic);
            var x = body.Solve(b).X;
            foreach (var turn in QuarterTurn.All.Skip(1))
            {
                var turnedCells = turn.Quarters % 2 == 0 ? cells : (ny, nx, 5);
                using var turned = new StageBody(turn.Cells(d, body.Grid), turnedCells, 40, periodic);
                Assert.Equal(turn.Cells(x, body.Grid), turned.Solve(turn.Cells(b, body.Grid)).X);
            }
        }
    }

    [Fact]
    public void Threads_and_lanes_of_any_width_give_the_same_bits()
    {
        var cells = (37, 29, 6);
        double[] Of(int threads, int width)
        {
            using var body = new StageBody(Diffusivity("boundaries", cells), cells, 40, true, threads: threads,
                width: width);
            return body.Solve(StageBody.Random(cells, 5)).X;
        }
        var expected = Of(1, 1);
        foreach (var (threads, width) in new[] { (1, 2), (1, 4), (1, 8), (3, 8) })
            Assert.Equal(expected, Of(threads, width));
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>D at cells of films with some twenty grains.</summary>
    private static double[] Diffusivity(string film, (int X, int Y, int Z) cells)
    {
        var random = new Random(5);
        (double X, double Y, double D)[] grains =
            [.. Enumerable.Range(0, 20)
            .Select(_ => (random.NextDouble() * cells.X, random.NextDouble() * cells.Y, random.NextDouble()))];
        int Grain(int x, int y) => Enumerable.Range(0, 20)
            .MinBy(g => Math.Pow(x - grains[g].X, 2) + Math.Pow(y - grains[g].Y, 2));
        bool IsEdge(int x, int y) => new[] { Grain(x - 1, y), Grain(x + 1, y), Grain(x, y - 1), Grain(x, y + 1) }
            .Any(other => other != Grain(x, y));
        double At(int x, int y) => film switch
        {
            "grains" => Math.Pow(10, -2 * grains[Grain(x, y)].D),
            "unlike grains" => Math.Pow(10, -5 * grains[Grain(x, y)].D),
            "boundaries" => IsEdge(x, y) ? 100 : 1,
            "fast boundaries" => IsEdge(x, y) ? 1e5 : 1,
            "holes" => random.NextDouble() < 0.1 ? 0 : 1,
            "inert grains" => Grain(x, y) % 3 == 0 ? 0 : 1,
            "disk" => Math.Pow((x + 0.5) / cells.X - 0.5, 2) + Math.Pow((y + 0.5) / cells.Y - 0.5, 2) < 0.16 ? 1 : 0,
            _ => 1,
        };
        return [.. from z in Enumerable.Range(0, cells.Z) from y in Enumerable.Range(0, cells.Y)
            from x in Enumerable.Range(0, cells.X) select At(x, y)];
    }
}
