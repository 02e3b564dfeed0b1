using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Crystals;

/// <summary>Lithium in the domain, material and grains of a case.</summary>
internal sealed class GrainBody : IDisposable
{
    private readonly HostDevice device = new(1);
    private readonly GridLevel grid;
    private readonly GrainMap? grains;
    private readonly MaterialCase material;

    /// <param name="grainAt">The grain at a position, in place of those that the case makes.</param>
    public GrainBody(string text, Func<double, double, double, int>? grainAt = null)
    {
        var @case = CaseText.Parse(text).Case;
        material = @case.Material;
        var lateral = LateralFaces.Of(@case.Domain);
        grid = new GridLevel(device, GridShape.Of(@case.Domain), lateral.XMax == LateralKind.Periodic,
            lateral.YMax == LateralKind.Periodic);
        grains = GrainGenerator.Of(@case);
        if (grainAt is not null)
            grains = grains! with { Grain = [.. Cells().Select(cell => grainAt(cell.X, cell.Y, cell.Z))] };
        var materials = new Materials(device, @case, grid, grains);
        var film = new FilmTransport(device, grid, materials);
        Solver = new DiffusionSolver(device, @case, film, new FickFluxes(device, film), materials.Solid);
    }

    public DiffusionSolver Solver { get; }

    public double[] Values
    {
        get
        {
            var all = device.Download(Solver.X);
            return [.. Cells().Select(cell => all[cell.Index])];
        }
    }

    public void Set(Func<double, double, double, double> at)
    {
        var field = device.Download(Solver.X);
        foreach (var (index, x, y, z) in Cells())
            field[index] = at(x, y, z);
        device.Upload<double>(field, Solver.X);
        Solver.Reset();
    }

    /// <param name="uptake">What enters through the SE side, current over F c_Mg [m/s].</param>
    public void Advance(double time, int steps, double uptake = 0)
    {
        for (var i = 0; i < steps; i++)
        {
            Assert.True(double.IsFinite(Solver.Try(time / steps, new SurfaceDrive(uptake, null))));
            Solver.Accept();
        }
    }

    /// <summary>Mean of a function of position, weighted by x.</summary>
    public double Mean(Func<double, double, double, double> of) =>
        Cells().Zip(Values).Sum(pair => pair.Second * of(pair.First.X, pair.First.Y, pair.First.Z)) / Values.Sum();

    public double LargestError(Func<double, double, double, double> exact) =>
        Cells().Zip(Values).Max(pair => Math.Abs(pair.Second - exact(pair.First.X, pair.First.Y, pair.First.Z)));

    /// <summary>
    /// A Gaussian cloud in the middle after some time, against the one whose covariance has grown by 2 D t.
    /// </summary>
    public double GaussianError(double sigma, double time, int steps)
    {
        var a = GrainTransport.Tensor(material.DiffusivityRatio, grains!.Orientations[0]);
        int[] axes = grid.HasY ? [0, 1, 2] : [0, 2];
        var middle = axes.Select(axis => grid.NodePosition(axis, grid.Widths[axis].Length) / 2).ToArray();
        var build = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build;
        int Entry(int i, int j) =>
            (Math.Min(i, j), Math.Max(i, j)) switch { (0, 1) => 3, (1, 2) => 4, (0, 2) => 5, (var k, _) => k };
        Func<double, double, double, double> Cloud(double t)
        {
            var covariance = build.Dense(axes.Length, axes.Length, (i, j) => (i == j ? sigma * sigma : 0)
                + 2 * material.Diffusivity.Value!.Value * t * a[Entry(axes[i], axes[j])]);
            var (inverse, peak) = (covariance.Inverse(),
                Math.Pow(sigma, axes.Length) / Math.Sqrt(covariance.Determinant()));
            return (x, y, z) =>
            {
                var r = build.Dense(axes.Length, 1, (i, _) => (axes[i] switch { 0 => x, 1 => y, _ => z }) - middle[i]);
                return 0.05 + 0.1 * peak * Math.Exp(-0.5 * (r.Transpose() * inverse * r)[0, 0]);
            };
        }
        Set(Cloud(0));
        Advance(time, steps);
        return LargestError(Cloud(time)) / 0.1;
    }

    private IEnumerable<(int Index, double X, double Y, double Z)> Cells()
    {
        var h = grid.Widths.Select(w => w[0]).ToArray();
        for (var z = 0; z < grid.Z; z++)
            for (var y = 0; y < grid.Y; y++)
                for (var x = 0; x < grid.X; x++)
                    yield return (grid.Layout.Index(x, y, z), (x + 0.5) * h[0], (y + 0.5) * h[1], (z + 0.5) * h[2]);
    }

    public void Dispose() => device.Dispose();
}
