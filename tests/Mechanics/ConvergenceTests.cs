using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// Smooth displacements given on the surface and the body force f = -(λ+2μ) ∇ div u + μ curl curl u that goes with
/// them: the errors of displacement at nodes and of stress at centres, in root mean square over the volume, fall at
/// second order.
/// </summary>
public class ConvergenceTests
{
    private const double Size = 100e-9, Amplitude = 1e-9, Young = 40e9, Nu = 0.3;
    private const double Lambda = Young * Nu / (1 + Nu) / (1 - 2 * Nu), Mu = Young / 2 / (1 + Nu);

    private delegate (double X, double Y, double Z) VectorField(double x, double y, double z);

    /// <summary>A displacement, div u, curl curl u and ∇ div u, all in units of the size.</summary>
    private sealed record Manufactured(VectorField U, VectorField GradDiv, VectorField CurlCurl,
        Func<double, double, double, double[]> Strain);

    [Fact]
    public void Plane_strain_is_of_second_order() =>
        AssertSecondOrder(
        PlaneWaves, n => new(DomainKind.PlaneStrain, (n, 1, n + n / 4), (Size / n, 1, Size / (n + n / 4))),
        [16, 32, 64]);

    [Fact]
    public void Rotational_symmetry_is_of_second_order() =>
        AssertSecondOrder(
        RadialPowers, n => new(DomainKind.Axisymmetric, (n, 1, n + n / 4), (Size / n, 1, Size / (n + n / 4))),
        [16, 32, 64]);

    [Fact]
    public void Three_dimensions_are_of_second_order() =>
        AssertSecondOrder(
        SpaceWaves, n => new(DomainKind.ThreeD, (n, n, n + n / 4), (Size / n, Size / n, Size / (n + n / 4))),
        [4, 8, 16]);

    private static Manufactured PlaneWaves
    {
        get
        {
            // u_x = sin(2x + 0.3) cos z, u_z = cos x sin(2z + 0.5)
            static double A(double x) => Math.Sin(2 * x + 0.3);
            static double B(double z) => Math.Sin(2 * z + 0.5);
            static double A1(double x) => 2 * Math.Cos(2 * x + 0.3);
            static double B1(double z) => 2 * Math.Cos(2 * z + 0.5);
            var (cos, sin) = ((Func<double, double>)Math.Cos, (Func<double, double>)Math.Sin);
            return new(
                (x, _, z) => (A(x) * cos(z), 0, cos(x) * B(z)),
                (x, _, z) => (-4 * A(x) * cos(z) - sin(x) * B1(z), 0, -A1(x) * sin(z) - 4 * cos(x) * B(z)),
                // w = ∂z u_x - ∂x u_z; curl curl u = (-∂z w, ∂x w)
                (x, _, z) => (A(x) * cos(z) - sin(x) * B1(z), 0, -A1(x) * sin(z) + cos(x) * B(z)),
                (x, _, z) => [A1(x) * cos(z), 0, cos(x) * B1(z), 0, 0, (-A(x) * sin(z) - sin(x) * B(z)) / 2]);
        }
    }

    private static Manufactured RadialPowers => new(
        // u_r = r³ z², u_z = r² z³: div u = 7 r² z², w = ∂z u_r - ∂r u_z = 2 r³ z - 2 r z³; curl curl u = (-∂z w, ∂r(r
        // w)/r)
        (r, _, z) => (r * r * r * z * z, 0, r * r * z * z * z),
        (r, _, z) => (14 * r * z * z, 0, 14 * r * r * z),
        (r, _, z) => (-2 * r * r * r + 6 * r * z * z, 0, 8 * r * r * z - 4 * z * z * z),
        (r, _, z) => [3 * r * r * z * z, r * r * z * z, 3 * r * r * z * z, 0, 0, r * r * r * z + r * z * z * z]);

    private static Manufactured SpaceWaves
    {
        get
        {
            // u = (a(x) b(y) c(z), 0, 0) + cyclic would be long; one potential gives the rest: u = ∇φ + (sin 2y cos z,
            // 0, 0), φ = sin(x + 0.3) cos(y) sin(z + 0.2).
            static (double S, double C) At(double t) => (Math.Sin(t), Math.Cos(t));
            static double[] Hessian(double x, double y, double z)
            {
                var ((sx, cx), (sy, cy), (sz, cz)) = (At(x + 0.3), At(y), At(z + 0.2));
                var phi = sx * cy * sz;
                return [-phi, -phi, -phi, -cx * sy * sz, -sx * sy * cz, cx * cy * cz];
            }
            static (double X, double Y, double Z) Gradient(double x, double y, double z)
            {
                var ((sx, cx), (sy, cy), (sz, cz)) = (At(x + 0.3), At(y), At(z + 0.2));
                return (cx * cy * sz, -sx * sy * sz, sx * cy * cz);
            }
            return new(
                (x, y, z) => Gradient(x, y, z) is var g ? (g.X + Math.Sin(2 * y) * Math.Cos(z), g.Y, g.Z) : default,
                // div u = -3 φ
                (x, y, z) => Gradient(x, y, z) is var g ? (-3 * g.X, -3 * g.Y, -3 * g.Z) : default,
                // curl curl of a field without divergence is minus its Laplacian
                (_, y, z) => (5 * Math.Sin(2 * y) * Math.Cos(z), 0, 0),
                (x, y, z) => Hessian(x, y, z) is var h
                    ? [h[0], h[1], h[2], h[3] + Math.Cos(2 * y) * Math.Cos(z), h[4],
                    h[5] - Math.Sin(2 * y) * Math.Sin(z) / 2] : []);
        }
    }

    private static void AssertSecondOrder(Manufactured exact, Func<int, GridShape> shape, int[] cells)
    {
        var errors = cells.Select(n => Errors(exact, shape(n))).ToArray();
        for (var i = 1; i < errors.Length; i++)
        {
            Assert.InRange(Math.Log2(errors[i - 1].Displacement / errors[i].Displacement), 1.85, 2.6);
            Assert.InRange(Math.Log2(errors[i - 1].Stress / errors[i].Stress), 1.85, 2.6);
        }
    }

    private static (double Displacement, double Stress) Errors(Manufactured exact, GridShape shape)
    {
        using var body = new ElasticBody(shape, SurfaceHeld(shape.Kind == DomainKind.Axisymmetric), tolerance: 1e-11);
        body.SetModuli((_, _, _) => (Young, Nu));
        (double X, double Y, double Z) Displacement(double x, double y, double z) =>
            Times(Amplitude, exact.U(x / Size, y / Size, z / Size));
        body.SetNodes(Displacement, (x, y, z) => x == 0 || x == body.Grid.X || z == 0 || z == body.Grid.Z
            || (body.Grid.HasY && (y == 0 || y == body.Grid.Y)));
        body.Solve((x, y, z) =>
        {
            var (g, c) = (exact.GradDiv(x / Size, y / Size, z / Size), exact.CurlCurl(x / Size, y / Size, z / Size));
            double Force(double gradDiv, double curlCurl) =>
                (-(Lambda + 2 * Mu) * gradDiv + Mu * curlCurl) * Amplitude / (Size * Size);
            return (Force(g.X, c.X), Force(g.Y, c.Y), Force(g.Z, c.Z));
        });
        double Weight((double X, double Y, double Z) at) => shape.Kind == DomainKind.Axisymmetric ? at.X : 1;
        var displacement = RootMeanSquare(body.Displacements().Select(d =>
        {
            var u = Displacement(d.At.X, d.At.Y, d.At.Z);
            return (Weight(d.At), Math.Pow(d.U.X - u.X, 2) + (body.Grid.HasY ? Math.Pow(d.U.Y - u.Y, 2) : 0)
                + Math.Pow(d.U.Z - u.Z, 2));
        }));
        var stress = RootMeanSquare(body.Stresses().Select(s =>
        {
            var strain = exact.Strain(s.At.X / Size, body.Grid.HasY ? s.At.Y / Size : 0, s.At.Z / Size);
            var trace = strain[0] + strain[1] + strain[2];
            return (Weight(s.At), Enumerable.Range(0, 6)
                .Sum(c => Math.Pow(s.Stress[c] - (2 * Mu * strain[c] + (c < 3 ? Lambda * trace : 0)) * Amplitude / Size,
                2)));
        }));
        return (displacement, stress);
    }

    private static double RootMeanSquare(IEnumerable<(double Weight, double Square)> errors)
    {
        var all = errors.ToArray();
        return Math.Sqrt(all.Sum(e => e.Weight * e.Square) / all.Sum(e => e.Weight));
    }

    private static (double X, double Y, double Z) Times(double a, (double X, double Y, double Z) v) =>
        (a * v.X, a * v.Y, a * v.Z);

    /// <summary>Every component held on every face; on the axis of rotation u_r alone.</summary>
    private static HeldFaces SurfaceHeld(bool axis)
    {
        var held = new HeldFaces();
        for (var i = 0; i < 3; i++)
            for (var component = 0; component < 3; component++)
                (held[i, false, component], held[i, true, component]) = (!axis || i > 0 || component == 0, true);
        return held;
    }
}
