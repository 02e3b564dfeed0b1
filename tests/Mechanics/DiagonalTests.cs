using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Verification;
using MesoLiMg.Tests.Crystals;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// The diagonal that the smoother divides by: a wrong one costs iterations and shows in nothing else.
/// </summary>
public class DiagonalTests
{
    [Theory]
    [InlineData(DomainKind.PlaneStrain, false)]
    [InlineData(DomainKind.Axisymmetric, false)]
    [InlineData(DomainKind.ThreeD, false)]
    [InlineData(DomainKind.PlaneStrain, true)]
    [InlineData(DomainKind.Axisymmetric, true)]
    [InlineData(DomainKind.ThreeD, true)]
    public void It_is_the_work_of_each_unit_displacement(DomainKind kind, bool crystals)
    {
        using var device = new HostDevice(threads: 1);
        var grid = new GridLevel(device, kind, [1e-9, 0.7e-9, 1.6e-9], kind == DomainKind.ThreeD ? [0.6e-9, 1.3e-9]
            : [1], [1.4e-9, 0.8e-9, 1.1e-9], false, false);
        var level = Level(device, grid, crystals);
        var (u, f) = (grid.NodeField<double>(grid.Components).Values, grid.NodeField<double>(grid.Components).Values);
        level.InverseDiagonal(f);
        var inverse = device.Download(f);
        var unit = new double[inverse.Length];
        foreach (var i in Unknowns(grid))
        {
            unit[i] = 1;
            device.Upload<double>(unit, u);
            level.Apply(u, f);
            Assert.Equal(1, inverse[i] * device.Download(f)[i], 1e-12);
            unit[i] = 0;
        }
    }

    /// <summary>Every cell with moduli, or a tensor, of its own.</summary>
    private static ElasticLevel<double> Level(IDevice device, GridLevel grid, bool crystals)
    {
        var (random, cells) = (new Random(3), grid.X * grid.Y * grid.Z);
        var tensors = crystals
            ? new Solvers.Crystals(device, grid, [.. Enumerable.Range(0, cells).Select(_ => Tensor(grid.Kind, random))],
            device.Allocate<int>(new int[grid.Layout.Length]), [.. Enumerable.Range(0, cells)]) : null;
        var level = ElasticLevels.Create<double>(device, grid, new HeldFaces(), tensors);
        var (lambda, mu) = (new double[grid.Layout.Length], new double[grid.Layout.Length]);
        for (var i = 0; i < cells; i++)
        {
            var at = grid.Layout.Index(i % grid.X, i / grid.X % grid.Y, i / (grid.X * grid.Y));
            (lambda[at], mu[at]) = (1e9 + 1e11 * random.NextDouble(), 1e9 + 1e11 * random.NextDouble());
        }
        device.Upload<double>(lambda, level.Lame.Lambda);
        device.Upload<double>(mu, level.Lame.Mu);
        return level;
    }

    /// <summary>Magnesium, turned in any way in 3D, about y in plane strain, and not at all in r-z.</summary>
    private static StiffnessTensor Tensor(DomainKind kind, Random random)
    {
        var magnesium = StiffnessTensor.Of(TensorTests.Magnesium);
        return kind switch
        {
            DomainKind.ThreeD => magnesium.Turned(
                Orientation.FromEuler(6 * random.NextDouble(), 3 * random.NextDouble(), 6 * random.NextDouble())),
            // c lies in the plane x z: about z by a quarter, about x' by any angle.
            DomainKind.PlaneStrain => magnesium.Turned(Orientation.FromEuler(Math.PI / 2, 3 * random.NextDouble(), 0)),
            _ => magnesium
        };
    }

    private static IEnumerable<int> Unknowns(GridLevel grid) =>
        from c in Enumerable.Range(0, grid.Components)
        from z in Enumerable.Range(0, grid.Z + 1)
        from y in Enumerable.Range(0, grid.HasY ? grid.Y + 1 : 1)
        from x in Enumerable.Range(0, grid.X + 1)
        select grid.Layout.Index(x, y, z) + c * grid.Layout.Length;
}
