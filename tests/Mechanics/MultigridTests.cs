using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

public class MultigridTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Fact]
    public void Iterations_do_not_grow_with_the_grid()
    {
        foreach (var n in new[] { 32, 64, 128, 256, 512 })
            output.WriteLine($"plane {n}: {Solve(new(DomainKind.PlaneStrain, (n, 1, n), (100e-9 / n, 1, 100e-9 / n)))}");
        foreach (var n in new[] { 32, 64, 128, 256, 512 })
            output.WriteLine($"axi {n}: {Solve(new(DomainKind.Axisymmetric, (n, 1, n), (100e-9 / n, 1, 100e-9 / n)))}");
        foreach (var n in new[] { 16, 32, 64 })
            output.WriteLine($"3d {n}: {Solve(new(DomainKind.ThreeD, (n, n, n), (100e-9 / n, 100e-9 / n, 100e-9 / n)))}");
        output.WriteLine($"fig4: {Solve(new(DomainKind.Axisymmetric, (100, 1, 140), (1e-9, 1, 1e-9)))}");
    }

    private static string Solve(GridShape shape)
    {
        var held = new HeldFaces();
        held[0, false, 0] = held[1, false, 2] = held[2, false, 1] = true;
        var side = new InterfaceCase { Law = InterfaceLaw.Spring, Stiffness = 1e18 };
        using var body = new ElasticBody(shape, held, new InterfacesCase { Se = side with { Pressure = 9e6 } }, 1e-8);
        body.SetModuli((_, _, _) => (40e9, 0.3));
        body.SetCells(body.Eigenstrain, (_, _, z) => 0.31 * (0.05 + 0.1 * z / 100e-9));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var result = body.Solve();
        return $"{result.Iterations} iterations, {watch.Elapsed.TotalSeconds:f2} s";
    }
}
