using MesoLiMg.Model;

namespace MesoLiMg.Studies.Verification;

/// <summary>Bodies under eigenstrain whose stress or shape is known.</summary>
internal static class MechanicsProblems
{
    private const double Young = 40e9, Nu = 0.3, Swelling = 1.3e-5 * 71508 * 0.03 / 3;

    public static IReadOnlyList<Problem> All => [Bimetal, Cylinder, Disc, ShearLag];

    private static Problem Bimetal => new("Bimetal strip", "bimetal.yaml", """
        A free strip of two layers, thickness $h = h_1 + h_2$, the first of which swells by $\beta$. Far from its ends
        it bends to the curvature

        $$\kappa = \frac{6(1+\nu)\beta\,(1+m)^2}{h\left[3(1+m)^2 + (1+mn)\left(m^2 + \frac{1}{mn}\right)\right]}, \qquad
        m = \frac{h_1}{h_2},\ n = \frac{E_1}{E_2}$$

        S. Timoshenko, *J. Opt. Soc. Am.* 11 (1925) 233, in plane strain; with $h_1 \ll h_2$ it is Stoney's. Here
        $h_1/h_2 = 1.5$, $E_1/E_2 = 0.5$, and the curvature is read over the half of the strip
        next to its plane of symmetry. The formula is exact for a long strip.
        """, Level.OfCells("5, 40", "10, 80", "20, 160", "40, 320"), [new("curvature", run => Math.Abs(Curvature(run) / ExactCurvature - 1), 1.9, 2e-3)]);

    private static Problem Cylinder => new("Swelling core of a cylinder", "composite-cylinder.yaml", """
        A cylinder of radius $b$ whose core $r < a$ swells by $\beta$; free rim, plane ends without a resultant force (a
        rigid punch without pressure). Lamé's solution with an eigenstrain:

        $$r < a:\ \sigma_r = \sigma_\theta = \frac{E\beta}{2(1-\nu)}\left(\frac{a^2}{b^2} - 1\right), \qquad r > a:\
        \sigma_{r,\theta} = \frac{E\beta a^2}{2(1-\nu)}\left(\frac{1}{b^2} \mp \frac{1}{r^2}\right), \qquad
        \sigma_z = \frac{E\beta}{1-\nu}\left(\frac{a^2}{b^2} - [r < a]\right)$$

        S. Timoshenko and J. N. Goodier, *Theory of Elasticity*, section 151 with a temperature that jumps; for $b \to
        \infty$ Eshelby's uniform stress in a cylindrical inclusion.
        """, Level.OfCells("10, 4", "20, 8", "40, 16", "80, 32"),
        [
            new("stress, L²", run => run.Distance("stress", (r, _) => CylinderStress(r)), 1.9, 5e-4),
            new("radial displacement of the rim", run =>
                Math.Abs(run.At("displacement", [[100e-9, 20e-9]])[0][0] / RimDisplacement - 1), null, 1e-9),
        ]);

    private static Problem Disc => new("Disc that swells with the radius", "disc.yaml", """
        Thermal stress of a disc, $\beta = \beta_1 r/b$, free rim, plane ends without a resultant force:

        $$\sigma_r = \frac{E\beta_1}{3(1-\nu)}\left(1 - \frac rb\right), \qquad \sigma_\theta =
        \frac{E\beta_1}{3(1-\nu)}\left(1 - \frac{2r}b\right), \qquad \sigma_z = \frac{E\beta_1}{1-\nu}\left(\frac23 -
        \frac rb\right)$$

        S. Timoshenko and J. N. Goodier, *Theory of Elasticity*, section 151.
        """, Level.OfCells("10, 2", "20, 4", "40, 8", "80, 16"),
        [
            new("stress, L²", run => run.Distance("stress", (r, _) => DiscStress(run.Case, r)), 1.8, 2e-3),
            new("hoop stress at the rim", run =>
                Math.Abs(run.At("stress", [[100e-9, 10e-9]])[0][1] / DiscStress(run.Case, 100e-9)[1] - 1), 1.5, 3e-3),
        ]);

    private static double[] DiscStress(Model.Case @case, double r)
    {
        const double b = 100e-9;
        var scale = Young * 1.3e-5 * @case.Material.MagnesiumConcentration * 0.1 / 3 / (1 - Nu);
        return [scale * (1 - r / b) / 3, scale * (1 - 2 * r / b) / 3, scale * (2.0 / 3 - r / b)];
    }

    private static Problem ShearLag => new("Film on a shear spring", "shear-lag.yaml", """
        A film of thickness $h$ and half width $L$ on a collector with $t = -k_s u$. Where $h$ is small beside $\ell =
        \sqrt{Eh/((1-\nu^2)k_s)}$ its mean stress is

        $$\sigma_{xx} = -\frac{E\beta}{1-\nu}\left[1 - \frac{\cosh(x/\ell)}{\cosh(L/\ell)}\right]$$

        H. L. Cox, *Br. J. Appl. Phys.* 3 (1952) 72. The levels make the film thinner at the same $\ell$, with 8 cells
        across it and square cells: the formula, not the grid, is what converges, with $(h/\ell)^2$.
        """,
        [.. new[] { 40, 20, 10, 5 }.Select(
            h => new Level($"{h} nm", $"domain.size=[400 nm, {h} nm]", $"domain.cells=[{3200 / h}, 8]",
            FormattableString.Invariant($"interfaces.collector.stiffness={h * 1e15:0.0} Pa/m")))],
        [new("mean stress over the thickness, L² over x", LagDistance, 1.9, 2e-3)]);

    private static double ExactCurvature
    {
        get
        {
            const double h = 20e-9, m = 12.0 / 8, n = 0.5;
            return 6 * (1 + Nu) * Swelling * (1 + m) * (1 + m)
                / (h * (3 * (1 + m) * (1 + m) + (1 + m * n) * (m * m + 1 / (m * n))));
        }
    }

    private static double Curvature(VerifiedRun run)
    {
        const double z = 80e-9, x = 8e-9;
        var u = run.At("displacement", [[x, 0], [x, z]]);
        return 2 * (u[1][0] - u[0][0]) / (z * z);
    }

    private static double[] CylinderStress(double r)
    {
        const double a = 40e-9, b = 100e-9, scale = Young * Swelling / (1 - Nu), core = a * a / (b * b);
        return r < a
            ? [scale * (core - 1) / 2, scale * (core - 1) / 2, scale * (core - 1)]
            : [scale * (core - a * a / (r * r)) / 2, scale * (core + a * a / (r * r)) / 2, scale * core];
    }

    // u_r(b)/b = ε_θ = (σ_θ - ν σ_z)/E, no eigenstrain there.
    private static double RimDisplacement =>
        100e-9 * (CylinderStress(100e-9)[1] - Nu * CylinderStress(100e-9)[2]) / Young;

    private static double LagDistance(VerifiedRun run)
    {
        const double length = 400e-9, plane = Young / (1 - Nu * Nu), clamped = -Young * Swelling / (1 - Nu);
        var lag = Math.Sqrt(plane * run.Case.Domain.Size![1] / run.Case.Interfaces.Collector.Stiffness);
        var means = run.Cells("stress").GroupBy(cell => cell.X)
            .Select(column => (X: column.Key, Mean: column.Average(cell => cell.Values[0])));
        var (difference, size) = (0.0, 0.0);
        foreach (var (x, mean) in means)
        {
            var exact = clamped * (1 - Math.Cosh(x / lag) / Math.Cosh(length / lag));
            (difference, size) = (difference + (mean - exact) * (mean - exact), size + exact * exact);
        }
        return Math.Sqrt(difference / size);
    }
}
