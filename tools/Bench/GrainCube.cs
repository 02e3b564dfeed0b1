using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools.Bench;

/// <summary>
/// The reference problem of the elasticity benchmark: a cube of 100 nm with seeded Voronoi grains whose moduli are
/// spread evenly in their logarithm, a linear eigenstrain along z, bonded below, on a spring and under pressure above,
/// sides free.
/// </summary>
public sealed class GrainCube
{
    private const double Edge = 100e-9, SpringStiffness = 1e17, Pressure = 9e6;
    private readonly View<double> eigenstrain;

    /// <summary>Allocates the solver and brings the problem to the device, with zero displacement.</summary>
    public GrainCube(IDevice device, GrainCubeCells problem, double tolerance)
    {
        var (cells, h) = (problem.Count, Edge / problem.Count);
        Grid = new GridLevel(device, new GridShape(DomainKind.ThreeD, (cells, cells, cells), (h, h, h)), false, false);
        var side = new InterfaceCase { Law = Spring.Kind, Stiffness = SpringStiffness, Pressure = Pressure };
        var @case = new Case
        {
            Interfaces = new() { Se = side, Collector = new() { Law = Bonded.Kind } },
            Solver = new() { Tolerance = tolerance }
        };
        var held = new HeldFaces();
        for (var component = 0; component < 3; component++)
            held[2, false, component] = true;
        Solver = new ElasticitySolver(device, Grid, @case, held, false);
        eigenstrain = Grid.CellField<double>().Values;
        problem.Upload(device, Grid, Solver.Lame, eigenstrain);
    }

    /// <summary>Grid.</summary>
    public GridLevel Grid { get; }

    /// <summary>Solver.</summary>
    public ElasticitySolver Solver { get; }

    /// <summary>Solves to the tolerance.</summary>
    public EquilibriumResult Solve() => Solver.Solve(eigenstrain);
}
