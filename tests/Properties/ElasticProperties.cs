using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Mechanics;

namespace MesoLiMg.Tests.Properties;

/// <summary>What holds for every body, whatever its stiffness and its swelling.</summary>
public class ElasticProperties
{
    private const double Edge = 5e-9, Stiff = 40e9;

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    [InlineData(DomainKind.ThreeD)]
    public void The_elastic_operator_is_reciprocal_and_positive_definite(DomainKind kind) => Seeds.ForEach(8, random =>
    {
        using var device = new HostDevice(1);
        var body = Body(random, kind, device);
        var level = body.Solver.Operator;
        View<double> Displacement()
        {
            // K w of any w is zero where nodes are held.
            var (w, u) = (body.Grid.NodeField<double>(body.Grid.Components).Values,
                body.Grid.NodeField<double>(body.Grid.Components).Values);
            device.Upload<double>(random.Many(device.Download(w).Length, -1e-20, 1e-20), w);
            level.Apply(w, u);
            return u;
        }
        var (u, v) = (Displacement(), Displacement());
        var (ku, kv) = (body.Grid.NodeField<double>(body.Grid.Components).Values,
            body.Grid.NodeField<double>(body.Grid.Components).Values);
        level.Apply(u, ku);
        level.Apply(v, kv);
        var size = Math.Sqrt(level.Dot(u, ku) * level.Dot(v, kv));
        Assert.True(level.Dot(u, ku) > 0 && level.Dot(v, kv) > 0);
        Assert.Equal(level.Dot(v, ku) / size, level.Dot(u, kv) / size, 1e-12);
    });

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    [InlineData(DomainKind.ThreeD)]
    public void The_stress_of_two_swellings_is_the_sum_of_their_stresses(DomainKind kind) => Seeds.ForEach(3, random =>
    {
        var seed = random.Next();
        var (a, b) = (random.Between(-2, 2), random.Between(-2, 2));
        var (first, second) = (random.Many(1000, 0, 0.03), random.Many(1000, 0, 0.03));
        double[] Stress(Func<int, double> swelling) => Solve(kind, seed, 1, 1, swelling);
        var (one, two, both) =
            (Stress(i => first[i]), Stress(i => second[i]), Stress(i => a * first[i] + b * second[i]));
        AssertSame([.. one.Zip(two, (p, q) => a * p + b * q)], both);
    });

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    [InlineData(DomainKind.ThreeD)]
    public void Stress_does_not_know_the_unit_of_length_and_follows_that_of_the_stiffness(DomainKind kind) =>
        Seeds.ForEach(3, random =>
    {
        var seed = random.Next();
        var (length, stiffness) = (random.Between(0.1, 100), random.Between(0.1, 100));
        var swelling = random.Many(1000, 0, 0.03);
        var expected = Solve(kind, seed, 1, 1, i => swelling[i]).Select(s => s * stiffness).ToArray();
        AssertSame(expected, Solve(kind, seed, length, stiffness, i => swelling[i]));
    });

    [Fact]
    public void A_mirrored_film_has_the_mirrored_stress() => Seeds.ForEach(3, random =>
    {
        const int nx = 9, nz = 6;
        var (young, swelling) = (random.Many(nx * nz, 10e9, 80e9), random.Many(nx * nz, 0, 0.03));
        double[][] Stress(bool mirrored)
        {
            int At(double x, double z) =>
                (int)(z / Edge) * nx + (mirrored ? nx - 1 - (int)(x / Edge) : (int)(x / Edge));
            using var body = new ElasticBody(new(DomainKind.PlaneStrain, (nx, 1, nz), (Edge, 1, Edge)),
                new HeldFaces { [2, false, 1] = true }, Spring(1), 1e-12);
            body.SetModuli((x, _, z) => (young[At(x, z)], 0.3));
            body.SetCells(body.Eigenstrain, (x, _, z) => swelling[At(x, z)]);
            body.Solve();
            return [.. body.Stresses().OrderBy(s => At(s.At.X, s.At.Z)).Select(s => s.Stress)];
        }
        // A shear changes its sign in the mirror.
        AssertSame([.. Stress(false).SelectMany(s => s)],
            [.. Stress(true).SelectMany(s => new[] { s[0], s[1], s[2], -s[3], s[4], -s[5] })]);
    });

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.ThreeD)]
    public void A_film_moved_along_its_periodic_axes_has_the_moved_stress(DomainKind kind) => Seeds.ForEach(3, random =>
    {
        const int nx = 7, nz = 4;
        var ny = kind == DomainKind.ThreeD ? 5 : 1;
        var (young, swelling) = (random.Many(nx * ny * nz, 10e9, 80e9), random.Many(nx * ny * nz, 0, 0.03));
        double[] Stress(int shiftX, int shiftY)
        {
            int At(double x, double y, double z) => ((int)(z / Edge) * ny + ((int)(y / Edge) + shiftY) % ny) * nx
                + ((int)(x / Edge) + shiftX) % nx;
            using var body = new ElasticBody(new(kind, (nx, ny, nz), (Edge, ny > 1 ? Edge : 1, Edge)),
                new HeldFaces { [2, false, 1] = true }, Spring(1), 1e-12, true, true);
            body.SetModuli((x, y, z) => (young[At(x, ny > 1 ? y : 0, z)], 0.3));
            body.SetCells(body.Eigenstrain, (x, y, z) => swelling[At(x, ny > 1 ? y : 0, z)]);
            body.Solve();
            return [.. body.Stresses().OrderBy(s => At(s.At.X, ny > 1 ? s.At.Y : 0, s.At.Z)).SelectMany(s => s.Stress)];
        }
        AssertSame(Stress(0, 0), Stress(random.Next(1, nx), random.Next(0, ny)));
    });

    private static InterfacesCase Spring(double scale) =>
        new() { Se = new InterfaceCase { Law = Model.Spring.Kind, Stiffness = 1e17 * scale } };

    private static GridShape Shape(DomainKind kind, double edge) => kind == DomainKind.ThreeD
        ? new(kind, (5, 4, 6), (edge, 1.1 * edge, 0.9 * edge)) : new(kind, (6, 1, 7), (edge, 1, 0.9 * edge));

    private static HeldFaces Sliding(DomainKind kind) => kind == DomainKind.ThreeD
        ? new() { [0, false, 0] = true, [1, false, 2] = true, [2, false, 1] = true }
        : new() { [0, false, 0] = true, [2, false, 1] = true };

    private static ElasticBody Body(Random random, DomainKind kind, IDevice? device = null, double length = 1,
        double stiffness = 1)
    {
        var body = new ElasticBody(Shape(kind, Edge * length), Sliding(kind), Spring(stiffness / length), 1e-12,
            device: device);
        var (young, poisson) = (random.Many(1000, 0.2, 5), random.Many(1000, 0, 0.45));
        int At(double x, double y, double z) =>
            101 * (int)(x / length / Edge) + 10 * (int)(y / length / Edge / 1.1) % 100 + (int)(z / length / Edge / 0.9);
        body.SetModuli((x, y, z) => At(x, kind == DomainKind.ThreeD ? y : 0, z) is var cell
            ? (stiffness * Stiff * young[cell], poisson[cell]) : default);
        return body;
    }

    private static double[] Solve(DomainKind kind, int seed, double length, double stiffness,
        Func<int, double> swelling)
    {
        using var device = new HostDevice(1);
        var body = Body(new Random(seed), kind, device, length, stiffness);
        var i = 0;
        body.SetCells(body.Eigenstrain, (_, _, _) => swelling(i++));
        body.Solve();
        return [.. body.Stresses().SelectMany(s => s.Stress)];
    }

    private static void AssertSame(double[] expected, double[] found)
    {
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-8 * largest));
    }
}
