using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Lithium;

/// <summary>
/// A film in which lithium diffuses by given steps, with x at cells given and read as functions of position.
/// </summary>
internal sealed class LithiumBody : IDisposable
{
    private readonly HostDevice device = new(1);

    public LithiumBody(GridShape shape, DiffusivityCase diffusivity, params RegionCase[] regions)
    {
        Grid = new GridLevel(device, shape, false, false);
        var @case = new Case
        {
            Material = new MaterialCase { Diffusivity = diffusivity },
            Regions = regions,
            Solver = new SolverCase { CouplingTolerance = 1e-12 }
        };
        var materials = new Materials(device, @case, Grid);
        var film = new FilmTransport(device, Grid, materials);
        Solver = new DiffusionSolver(device, @case, film, new FickFluxes(device, film), materials.Solid);
    }

    public GridLevel Grid { get; }
    public DiffusionSolver Solver { get; }

    /// <summary>x at cells, x fastest.</summary>
    public double[] Values
    {
        get
        {
            var all = device.Download(Solver.X);
            return [.. from z in Enumerable.Range(0, Grid.Z) from y in Enumerable.Range(0, Grid.Y)
                from x in Enumerable.Range(0, Grid.X) select all[Grid.Layout.Index(x, y, z)]];
        }
    }

    /// <summary>A slab of unit-free use: n cells over a height.</summary>
    public static LithiumBody Slab(int cells, double height, DiffusivityCase diffusivity,
        params RegionCase[] regions) =>
        new(new GridShape(DomainKind.Slab, (1, 1, cells), (1, 1, height / cells)), diffusivity, regions);

    /// <summary>Area of a face z = const of a slab.</summary>
    public double FaceArea => Solver.Surface.Area;

    /// <summary>A field as it lies on the device.</summary>
    public double[] Download(Kernels.View<double> field) => device.Download(field);

    /// <summary>Sets x at the centres of cells.</summary>
    public void Set(Func<double, double, double, double> at)
    {
        var field = device.Download(Solver.X);
        var h = Grid.Widths.Select(w => w[0]).ToArray();
        for (var z = 0; z < Grid.Z; z++)
            for (var y = 0; y < Grid.Y; y++)
                for (var x = 0; x < Grid.X; x++)
                    field[Grid.Layout.Index(x, y, z)] = at((x + 0.5) * h[0], (y + 0.5) * h[1], (z + 0.5) * h[2]);
        device.Upload<double>(field, Solver.X);
        Solver.Reset();
    }

    /// <summary>Takes equal steps.</summary>
    /// <param name="inflow">i/(F c_Mg) [m/s].</param>
    public void Advance(double time, int steps, double inflow = 0)
    {
        for (var i = 0; i < steps; i++)
        {
            Solver.Try(time / steps, new SurfaceDrive(inflow));
            Solver.Accept();
        }
    }

    public void Dispose() => device.Dispose();
}
