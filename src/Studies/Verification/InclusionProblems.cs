using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Verification;

/// <summary>Inclusions that swell in a body that holds them, on cells that follow their surfaces in steps.</summary>
internal static class InclusionProblems
{
    private const double Young = 40e9, Stiffer = 80e9, Nu = 0.3, Core = 50e-9, Rim = 100e-9,
        Swelling = 1.3e-5 * 71508 * 0.03 / 3;

    /// <summary>Distance from the surfaces of inclusion and body within which nothing is compared [m].</summary>
    private const double Margin = 12e-9;

    private const string Steps = """
        The cells follow both surfaces in steps: stress is compared where it is more than 12 nm away from them, and
        orders about one are what such cells can give. They scatter with how the circle falls between the cells, so that
        the order is the mean over all levels.
        """;

    public static IReadOnlyList<Problem> All => [Cylinder, Sphere, Sphere3D];

    private static Problem Cylinder => new("Cylindrical inclusion in a cylinder", "inclusion-cylinder.yaml", $$"""
        Eshelby's problem in a body of finite size. An inclusion $r < a$ of Lamé's constants $\lambda_1, \mu_1$ swells
        by $\beta$ in a matrix $a < r < b$ with $\lambda_2, \mu_2$, plane strain, free rim. With $u = A r$ inside and $u
        = Br + C/r$ outside

        $$2(\lambda_1+\mu_1)A - (3\lambda_1+2\mu_1)\beta = 2\mu_2 C\left(\frac1{b^2} - \frac1{a^2}\right), \qquad B =
        \frac{\mu_2 C}{(\lambda_2+\mu_2)\,b^2}, \qquad A = B + \frac{C}{a^2}$$

        by the continuity of $u$ and $\sigma_r$; inside the stress is uniform (J. D. Eshelby, *Proc. R. Soc. A* 241
        (1957) 376). Here $E_1 = 2E_2$ and $b = 2a$. {{Steps}}
        """, Level.OfCells("22, 22", "44, 44", "88, 88", "176, 176"), Measures((x, _, z) => CylinderStress(x, z), InPlane.Energy, 5e-3))
    { Profile = runs => Radial(runs[^1], "a cylindrical inclusion", r => CylinderStress(r, 0)) };

    private static Problem Sphere => new("Spherical inclusion in a sphere", "inclusion-sphere.yaml", $$"""
        The same in rotational symmetry. With $u = Ar$ inside and $u = Br + C/r^2$ outside

        $$3K_1(A - \beta) = 4\mu_2 C\left(\frac1{b^3} - \frac1{a^3}\right), \qquad B = \frac{4\mu_2 C}{3K_2 b^3}, \qquad
        A = B + \frac{C}{a^3}$$

        For $b \to \infty$ it is Eshelby's sphere. {{Steps}}
        """, Level.OfCells("22, 22", "44, 44", "88, 88", "176, 176"), Measures((x, _, z) => SphereStress(x, 0, z), Ball.Energy / 2, 1e-2))
    { Profile = runs => Radial(runs[^1], "a spherical inclusion", r => SphereStress(r, 0, 0)) };

    private static Problem Sphere3D =>
        new("Spherical inclusion in a sphere, three dimensions", "inclusion-sphere-3d.yaml",
        "The same sphere, an eighth of it, on cubes.",
        Level.OfCells("11, 11, 11", "22, 22, 22", "44, 44, 44", "88, 88, 88"),
            Measures(SphereStress, Ball.Energy / 8, 2e-2));

    private static IReadOnlyList<Measure> Measures(Func<double, double, double, double[]> stress, double energy,
        double bound) =>
    [
        new("stress away from the surfaces, L²", run =>
            run.Distance(run.Cells("stress"), (x, y, z) => IsAway(x, y, z) ? stress(x, y, z) : null), 0.8, bound) {
            IsMeanOrder = true },
        new("elastic energy", run => Math.Abs(run.AtEnd("elastic_energy") / energy - 1), 0.8, 2 * bound) {
            IsMeanOrder = true },
    ];

    private static bool IsAway(double x, double y, double z) => Math.Sqrt(x * x + y * y + z * z) is var r
        && r < Rim - Margin && Math.Abs(r - Core) > Margin;

    /// <summary>
    /// A, B and C of a body with its elastic energy, [J/m] of a quarter of the cylinder, [J] of a sphere.
    /// </summary>
    private readonly record struct Solution(double A, double B, double C, double Energy);

    private static double Lambda(double young) => young * Nu / (1 + Nu) / (1 - 2 * Nu);

    private static double Mu(double young) => young / 2 / (1 + Nu);

    private static double Bulk(double young) => young / 3 / (1 - 2 * Nu);

    private static Solution InPlane
    {
        get
        {
            var (inner, outer) = (Lambda(Stiffer) + Mu(Stiffer), Lambda(Young) + Mu(Young));
            var (core, rim) = (Core * Core, Rim * Rim);
            var perC = 1 / core + Mu(Young) / (outer * rim);
            var free = 3 * Bulk(Stiffer) * Swelling;
            var c = free / (2 * inner * perC + 2 * Mu(Young) * (1 / core - 1 / rim));
            // Half of -σ:ε* over the inclusion: what the free swelling has to be held back by.
            var a = perC * c;
            var (inside, along) = (2 * inner * a - free, 2 * Lambda(Stiffer) * a - free);
            return new(a, Mu(Young) * c / (outer * rim), c,
                -0.5 * Swelling * (2 * inside + along) * Math.PI * core / 4);
        }
    }

    private static Solution Ball
    {
        get
        {
            var (core, rim) = (Core * Core * Core, Rim * Rim * Rim);
            var perC = 1 / core + 4 * Mu(Young) / (3 * Bulk(Young) * rim);
            var c = 3 * Bulk(Stiffer) * Swelling / (3 * Bulk(Stiffer) * perC + 4 * Mu(Young) * (1 / core - 1 / rim));
            var inside = 3 * Bulk(Stiffer) * (perC * c - Swelling);
            return new(perC * c, 4 * Mu(Young) * c / (3 * Bulk(Young) * rim), c,
                -0.5 * Swelling * 3 * inside * 4 * Math.PI / 3 * core);
        }
    }

    /// <summary>XX, YY, ZZ, XY, YZ, XZ; y is along the cylinder.</summary>
    private static double[] CylinderStress(double x, double z)
    {
        var (r, s) = (Math.Sqrt(x * x + z * z), InPlane);
        if (r < Core)
        {
            var (inside, along) = (2 * (Lambda(Stiffer) + Mu(Stiffer)) * s.A - 3 * Bulk(Stiffer) * Swelling,
                2 * Lambda(Stiffer) * s.A - 3 * Bulk(Stiffer) * Swelling);
            return [inside, along, inside, 0, 0, 0];
        }
        var (mean, part) = (2 * (Lambda(Young) + Mu(Young)) * s.B, -2 * Mu(Young) * s.C / (r * r));
        var (nx, nz) = (x / r, z / r);
        return [mean + part * (nx * nx - nz * nz), 2 * Lambda(Young) * s.B, mean + part * (nz * nz - nx * nx), 0, 0,
            2 * part * nx * nz];
    }

    /// <summary>XX, YY, ZZ, XY, YZ, XZ.</summary>
    private static double[] SphereStress(double x, double y, double z)
    {
        var (r, s) = (Math.Sqrt(x * x + y * y + z * z), Ball);
        if (r < Core)
        {
            var inside = 3 * Bulk(Stiffer) * (s.A - Swelling);
            return [inside, inside, inside, 0, 0, 0];
        }
        var (mean, part) = (3 * Bulk(Young) * s.B, 2 * Mu(Young) * s.C / (r * r * r));
        var (nx, ny, nz) = (x / r, y / r, z / r);
        double Normal(double n) => mean + part * (1 - 3 * n * n);
        return [Normal(nx), Normal(ny), Normal(nz), -3 * part * nx * ny, -3 * part * ny * nz, -3 * part * nx * nz];
    }

    private static Chart Radial(VerifiedRun run, string what, Func<double, double[]> exact)
    {
        var stress = run.Cells("stress").Where(cell => cell.Z == run.Last.Grid.Spacing.Z / 2 && cell.X < Rim).ToList();
        Curve[] Of(int number, int component, string label) =>
        [
            new(label, ColourMap.Lines[number],
                [.. Enumerable.Range(1, 199).Select(i => i / 200.0 * Rim)
                .Select(r => (r * 1e9, exact(r)[component] / 1e9))]),
            Curve.Numbered(number, "",
                [.. stress.Where((_, i) => i % 4 == 1).Select(cell => (cell.X * 1e9, cell.Values[component] / 1e9))],
                marks: true),
        ];
        Curve[] curves = [.. Of(0, 0, "radial"), .. Of(1, 2, "hoop")];
        return new($"Stress along the radius of {what}", new("*r* (nm)", Scale.Around([0, 100])),
            new("stress (GPa)", Scale.Around(curves.SelectMany(curve => curve.Points.Select(p => p.Y)))), curves)
        {
            Key = [(LineStyle.Solid, "exact"), (LineStyle.Marks, "computed")],
        };
    }
}
