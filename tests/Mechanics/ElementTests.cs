using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>What every element must do exactly: constant strain, rigid motion, free swelling, layers.</summary>
public class ElementTests
{
    private const double Modulus = 40e9, Nu = 0.3;

    private static GridShape Plane(int nx, int nz) => new(DomainKind.PlaneStrain, (nx, 1, nz), (2e-9, 1, 1.5e-9));

    private static GridShape Space(int nx, int ny, int nz) =>
        new(DomainKind.ThreeD, (nx, ny, nz), (2e-9, 1e-9, 1.5e-9));

    private static GridShape Radial(int nr, int nz) => new(DomainKind.Axisymmetric, (nr, 1, nz), (2e-9, 1, 1.5e-9));

    private static HeldFaces AllHeld()
    {
        var held = new HeldFaces();
        for (var axis = 0; axis < 3; axis++)
            for (var component = 0; component < 3; component++)
                held[axis, false, component] = held[axis, true, component] = true;
        return held;
    }

    private static bool OnSurface(GridLevel grid, int x, int y, int z) => x == 0 || x == grid.X || z == 0 || z == grid.Z
        || (grid.HasY && (y == 0 || y == grid.Y));

    [Theory]
    [InlineData(1e-3, 0, 0, 0, 0, 0)]
    [InlineData(0, 1e-3, 0, 0, 0, 0)]
    [InlineData(0, 0, 1e-3, 0, 0, 0)]
    [InlineData(0, 0, 0, 1e-3, 0, 0)]
    [InlineData(0, 0, 0, 0, 1e-3, 0)]
    [InlineData(0, 0, 0, 0, 0, 1e-3)]
    [InlineData(1e-3, -2e-3, 3e-3, 2e-3, -1e-3, 4e-3)]
    public void Patch3D_a_constant_strain_is_met_exactly(double xx, double yy, double zz, double xy, double yz,
        double xz) =>
        Patch(Space(5, 6, 7), (x, y, z) =>
            (xx * x + xy * y + xz * z, xy * x + yy * y + yz * z, xz * x + yz * y + zz * z), [xx, yy, zz, xy, yz, xz]);

    [Theory]
    [InlineData(1e-3, 0, 0)]
    [InlineData(0, 1e-3, 0)]
    [InlineData(0, 0, 1e-3)]
    [InlineData(-1e-3, 2e-3, 3e-3)]
    public void PatchPlane_a_constant_strain_is_met_exactly(double xx, double zz, double xz) =>
        Patch(Plane(9, 7), (x, _, z) => (xx * x + xz * z, 0, xz * x + zz * z), [xx, 0, zz, 0, 0, xz]);

    [Theory]
    [InlineData(1e-3, 0)]
    [InlineData(0, 1e-3)]
    [InlineData(2e-3, -1e-3)]
    public void PatchAxisymmetric_a_constant_strain_is_met_exactly(double rr, double zz) =>
        Patch(Radial(9, 7), (r, _, z) => (rr * r, 0, zz * z), [rr, rr, zz, 0, 0, 0]);

    [Fact]
    public void Rigid_motions_are_free_of_stress()
    {
        foreach (var (shape, motion) in new (GridShape, Func<double, double, double, (double, double, double)>)[]
        {
            (Space(4, 5, 6), (x, y, z) => (1e-9 + 0.02 * y - 0.03 * z, -0.02 * x + 0.01 * z, 0.03 * x - 0.01 * y)),
            (Plane(6, 5), (x, _, z) => (1e-9 - 0.03 * z, 0, 2e-9 + 0.03 * x)),
            (Radial(6, 5), (_, _, _) => (0, 0, 2e-9)),
        })
        {
            using var body = new ElasticBody(shape, new HeldFaces());
            body.SetModuli((_, _, _) => (Modulus, Nu));
            body.SetNodes(motion, (_, _, _) => true);
            Assert.All(body.Stresses(), s =>
                Assert.All(s.Stress, c => Assert.InRange(Math.Abs(c), 0, 1e-12 * Modulus)));
        }
    }

    [Fact]
    public void Free_swelling_is_free_of_stress()
    {
        foreach (var shape in new[] { Space(12, 9, 10), Radial(20, 11) })
        {
            using var body = new ElasticBody(shape, Sliding(), tolerance: 1e-13);
            body.SetModuli((_, _, _) => (Modulus, Nu));
            body.SetCells(body.Eigenstrain, (_, _, _) => 0.05);
            body.Solve();
            Assert.All(body.Stresses(), s =>
                Assert.All(s.Stress, c => Assert.InRange(Math.Abs(c), 0, 1e-10 * Modulus * 0.05)));
            Assert.All(body.Displacements(), d =>
                Assert.InRange(Math.Abs(d.U.X - 0.05 * d.At.X) + Math.Abs(d.U.Z - 0.05 * d.At.Z), 0, 1e-11 * 20e-9));
        }
    }

    [Fact]
    public void A_laminate_clamped_in_plane_is_exact()
    {
        // Layers with their own E, ν and eigenstrain, held along x (and y), free at the top: σ_zz = 0 and the in-plane
        // stress is E/(1-ν) times minus the eigenstrain.
        double E(double z) => z < 4.5e-9 ? 10e9 : z < 9e-9 ? 400e9 : 45e9;
        double Poisson(double z) => z < 9e-9 ? 0.25 : 0.33;
        double Strain(double z) => z < 4.5e-9 ? 0.02 : 0.05;
        foreach (var shape in new[] { Space(6, 4, 10), Plane(7, 10) })
        {
            using var body = new ElasticBody(shape, Clamped());
            body.SetModuli((_, _, z) => (E(z), Poisson(z)));
            body.SetCells(body.Eigenstrain, (_, _, z) => Strain(z));
            body.Solve();
            foreach (var (at, stress) in body.Stresses())
            {
                var exact = -E(at.Z) / (1 - Poisson(at.Z)) * Strain(at.Z);
                Assert.Equal(exact, stress[0], Math.Abs(exact) * 1e-9);
                Assert.Equal(exact, stress[1], Math.Abs(exact) * 1e-9);
                Assert.InRange(Math.Abs(stress[2]), 0, Math.Abs(exact) * 1e-9);
            }
        }
    }

    private static HeldFaces Sliding()
    {
        var held = new HeldFaces();
        held[0, false, 0] = held[1, false, 2] = held[2, false, 1] = true;
        return held;
    }

    private static HeldFaces Clamped()
    {
        var held = Sliding();
        held[0, true, 0] = held[1, true, 2] = true;
        return held;
    }

    private static void Patch(GridShape shape, Func<double, double, double, (double X, double Y, double Z)> exact,
        double[] strain)
    {
        using var body = new ElasticBody(shape, AllHeld(), tolerance: 1e-14);
        body.SetModuli((_, _, _) => (Modulus, Nu));
        body.SetNodes(exact, (x, y, z) => OnSurface(body.Grid, x, y, z));
        body.Solve();
        var size = strain.Max(Math.Abs);
        Assert.All(body.Displacements(), d =>
        {
            var u = exact(d.At.X, d.At.Y, d.At.Z);
            Assert.InRange(Math.Abs(d.U.X - u.X) + Math.Abs(d.U.Y - u.Y) + Math.Abs(d.U.Z - u.Z), 0,
                1e-12 * size * 20e-9);
        });
        var (lambda, mu) = (Modulus * Nu / (1 + Nu) / (1 - 2 * Nu), Modulus / 2 / (1 + Nu));
        var mean = lambda * (strain[0] + strain[1] + strain[2]);
        Assert.All(body.Stresses(), s =>
        {
            for (var c = 0; c < 6; c++)
                Assert.InRange(Math.Abs(s.Stress[c] - (2 * mu * strain[c] + (c < 3 ? mean : 0))), 0,
                    1e-12 * Modulus * size * 10);
        });
    }
}
