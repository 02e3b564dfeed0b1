using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Lithium;

/// <summary>
/// The system of an implicit stage for diffusivities given at cells, x fastest; lengths in cells, τ in the time that D
/// = 1 takes over one.
/// </summary>
internal sealed class StageBody : IDisposable
{
    private readonly HostDevice device;
    private readonly VolumeGeometry geometry;
    private readonly FaceFields faces;
    private readonly double tau;

    public StageBody(double[] diffusivity, (int X, int Y, int Z) cells, double tau, bool periodic = false,
        DomainKind kind = DomainKind.ThreeD, double height = 1, int threads = 1, int width = 0)
    {
        (device, this.tau) = (new HostDevice(threads, width), tau);
        Grid = new GridLevel(device, new GridShape(kind, cells, (1, 1, height)), periodic, periodic
            && kind == DomainKind.ThreeD);
        geometry = Grid.Volumes();
        var d = Field(diffusivity);
        Grid.FillGhosts(d);
        var (tx, tz) = (Grid.FaceField<double>(), Grid.FaceField<double>());
        var ty = Grid.HasY ? Grid.FaceField<double>() : tx;
        faces = new(tx, ty, tz);
        device.Launch(new FaceTransmissibility(d, tx, geometry.FaceX, 1, 1), Grid.LowFaces);
        if (Grid.HasY)
            device.Launch(new FaceTransmissibility(d, ty, geometry.FaceY, Grid.Layout.StrideY, 1), Grid.LowFaces);
        device.Launch(new FaceTransmissibility(d, tz, geometry.FaceZ, Grid.Layout.StrideZ, height), Grid.LowFaces);
    }

    public GridLevel Grid { get; }

    /// <summary>Numbers at the cells where lithium can be.</summary>
    public static double[] Random((int X, int Y, int Z) cells, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, cells.X * cells.Y * cells.Z).Select(_ => random.NextDouble() - 0.3)];
    }

    /// <summary>A x</summary>
    public double[] Product(double[] x)
    {
        var (from, to) = (Field(x), Grid.CellField<double>());
        Grid.FillGhosts(from);
        device.Launch(new ImplicitDiffusion(new FluxBalance(faces), geometry.Volume, from, to, tau), Grid.Cells);
        return Values(to);
    }

    /// <summary>The solution of A x = b from zero, and the iterations that it took.</summary>
    public (double[] X, long Iterations) Solve(double[] b, bool varies = true, double tolerance = 1e-10)
    {
        var (system, x) = (new DiffusionSystem(device, Grid, geometry.Volume), Grid.CellField<double>());
        system.Set(faces, tau, varies);
        system.Solve(Field(b), x, tolerance);
        return (Values(x), system.Iterations);
    }

    /// <summary>M⁻¹ r of multigrid on all its grids.</summary>
    public double[] Precondition(double[] r)
    {
        var (multigrid, z) = (new LateralMultigrid(device, Grid, geometry.Volume), Grid.CellField<double>());
        multigrid.Set(faces, tau, double.MaxValue);
        multigrid.Begin(Math.Sqrt(r.Sum(value => value * value)));
        var correction = multigrid.Apply(Grid.AsCells(Field(r)));
        device.Launch(new ToDouble<Flat>(correction.Single.AsFlat, z.AsFlat, correction.Scale), Grid.Flat(1));
        return Values(z);
    }

    public void Dispose() => device.Dispose();

    private IEnumerable<int> Indices => from z in Enumerable.Range(0, Grid.Z)
                                        from y in Enumerable.Range(0, Grid.Y)
                                        from x in Enumerable.Range(0, Grid.X)
                                        select Grid.Layout.Index(x, y, z);

    private double[] Values(View<double> field)
    {
        var all = device.Download(field);
        return [.. Indices.Select(i => all[i])];
    }

    private Field<Cell, double> Field(double[] values)
    {
        var field = Grid.CellField<double>();
        var all = new double[field.Values.Length];
        foreach (var (i, value) in Indices.Zip(values))
            all[i] = value;
        device.Upload<double>(all, field);
        return field;
    }
}
