namespace MesoLiMg.Studies.Verification;

/// <summary>A round precipitate with misfit in a cubic crystal.</summary>
internal static class PrecipitateProblems
{
    private const double C11 = 250e9, C12 = 150e9, C44 = 100e9, Misfit = 0.005, Radius = 20e-9, Period = 200e-9,
        Thickness = 2.5e-9;

    public static IReadOnlyList<Problem> All => [SameStiffness, Stiffer];

    private static Problem SameStiffness => Of("Elastic precipitate", 1, """
        A round precipitate with a misfit $\varepsilon_0 = 0.5$ % in a cubic crystal with the constants of PFHub's
        benchmark problem 4 (A. M. Jokisaari et al., *Comput. Mater. Sci.* 149 (2018) 336), which lets the
        shape evolve by a phase field; here it stays a circle with a sharp edge, 20 nm in radius, in cells of 200 nm
        that repeat. Plane strain, no mean strain along $x$, no mean stress along $z$. Its elastic energy is the series
        of A. G. Khachaturyan
        (*Theory of Structural Transformations in Solids*, 1983, section 7.2) over the reciprocal lattice,

        $$\frac{W}{V} = \frac12\sum_{k\neq0} \left[3\sigma^0\varepsilon_0 - (\sigma^0)^2\, n\cdot\Omega(n)\cdot n\right]
        |\theta_k|^2 + \overline w, \qquad \theta_k = f\,\frac{2J_1(kR)}{kR}, \quad \sigma^0 =
        (C_{11}+2C_{12})\varepsilon_0$$

        with the share $f$ of the precipitate, the inverse $\Omega$ of $C_{ijkl}n_jn_l$ and the energy $\overline w$ of
        the mean strain.
        """);

    private static Problem Stiffer => Of("Elastic precipitate, ten percent stiffer", 1.1, """
        The same with a precipitate whose constants are 1.1 times those of the matrix, as in the benchmark. The answer
        is Hashin and Shtrikman's stationary principle (*J. Mech. Phys. Solids* 10 (1962) 335) with one polarisation
        $\tau$ for the whole precipitate,

        $$\tau = (C_1 - C)\langle\varepsilon\rangle_1 - C_1\varepsilon_0, \qquad \langle\varepsilon\rangle_1 =
        \overline\varepsilon - \frac1f\sum_{k\neq0}|\theta_k|^2\,\Gamma(n)\,\tau, \qquad \frac WV = -\frac
        f2\,\varepsilon_0 : C_1(\langle\varepsilon\rangle_1 - \varepsilon_0)$$

        which is exact for equal stiffness and, since strain in a circle is all but uniform (Eshelby) and the principle
        stationary, off by far less than $10^{-4}$ here.
        """, "regions.0.stiffness={ c11: 275 GPa, c12: 165 GPa, c44: 110 GPa }");

    private static Problem Of(string title, double contrast, string account, params string[] overrides)
    {
        var energy = new Lazy<double>(() => EnergyDensity(contrast) * Period * Period / 4 * Thickness);
        return new(title, "precipitate.yaml", account,
            [.. Level.OfCells("40, 1, 40", "80, 1, 80", "160, 1, 160", "320, 1, 320")
            .Select(level => level with { Assignments = [.. level.Assignments, .. overrides] })],
            [new("elastic energy", run => Math.Abs(run.AtEnd("elastic_energy") / energy.Value - 1), 0.9, 1e-2) {
                IsMeanOrder = true }]);
    }

    /// <summary>W/V [J/m³] where the precipitate is so many times as stiff as the matrix.</summary>
    private static double EnergyDensity(double contrast)
    {
        const double share = Math.PI * Radius * Radius / (Period * Period);
        const double bulk = C11 + 2 * C12;
        var response = Response(share);
        // Normal components XX, YY, ZZ; shears vanish by symmetry. The fixed point contracts by the contrast less one.
        double[] polarisation = [.. Enumerable.Repeat(-contrast * bulk * Misfit, 3)], inside = [0, 0, 0];
        for (var i = 0; i < 100; i++)
        {
            // No mean strain along x and y; no mean stress along z.
            double[] mean = [0, 0, -share * polarisation[2] / C11];
            var t = polarisation;
            inside = [mean[0] - response[0] * t[0] - response[1] * t[2], mean[1],
                mean[2] - response[1] * t[0] - response[2] * t[2]];
            var stress = Stress(inside);
            polarisation = [.. stress.Select(s => (contrast - 1) * s - contrast * bulk * Misfit)];
        }
        return -share / 2 * Misfit * contrast * (Stress(inside).Sum() - 3 * bulk * Misfit);
    }

    private static double[] Stress(double[] e) => [.. e.Select(own => (C11 - C12) * own + C12 * e.Sum())];

    /// <summary>
    /// (1/f) Σ |θ|² Γ(n): XX by XX, XX by ZZ, ZZ by ZZ [1/Pa]. Σ|θ|² = f - f² is known, so that only what Γ differs
    /// from its mean over the directions is summed, whose end cancels.
    /// </summary>
    private static double[] Response(double share)
    {
        const int most = 200, directions = 360;
        static double[] Gamma(double nx, double nz)
        {
            // The inverse of C_ijkl n_j n_l in the plane.
            var (xx, zz, xz) = (C11 * nx * nx + C44 * nz * nz, C11 * nz * nz + C44 * nx * nx, (C12 + C44) * nx * nz);
            var determinant = xx * zz - xz * xz;
            return [nx * nx * zz / determinant, -nx * nz * xz / determinant, nz * nz * xx / determinant];
        }
        var around = Enumerable.Range(0, directions).Select(i => 2 * Math.PI * i / directions)
            .Select(angle => Gamma(Math.Cos(angle), Math.Sin(angle))).ToList();
        double[] mean = [.. Enumerable.Range(0, 3).Select(c => around.Average(gamma => gamma[c]))],
            sum = [.. mean.Select(m => m * (1 - share))];
        for (var i = -most; i <= most; i++)
        {
            for (var k = -most; k <= most; k++)
            {
                var n = Math.Sqrt((double)i * i + (double)k * k);
                if (n == 0 || n > most)
                    continue;
                var kr = 2 * Math.PI / Period * n * Radius;
                var theta = 2 * MathNet.Numerics.SpecialFunctions.BesselJ(1, kr) / kr;
                var gamma = Gamma(i / n, k / n);
                for (var c = 0; c < 3; c++)
                    sum[c] += share * theta * theta * (gamma[c] - mean[c]);
            }
        }
        return sum;
    }
}
