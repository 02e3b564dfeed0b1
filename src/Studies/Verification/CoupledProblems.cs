using MesoLiMg.Model;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Verification;

/// <summary>Mandel's problem: stress and lithium that answer to each other.</summary>
internal static class CoupledProblems
{
    private const double Height = 100e-9, Diffusivity = 1e-15, Young = 40e9, Nu = 0.3, Omega = 1.3e-5, Initial = 0.1;

    public static IReadOnlyList<Problem> All => [Mandel];

    private static Problem Mandel => new("Mandel's problem", "mandel.yaml", """
        The poroelastic twin of two-way coupling. A strip of half thickness $H$, free at its end and far from it, is at
        one potential; then its surface is held at another. Small changes about $c_0$ obey
        Biot's equations with the pressure $p = \Delta\mu/\Omega$ and the fluid content $\zeta = \Omega\,\Delta c$:

        $$\varepsilon_{kk} = \frac{\sigma_{kk}}{3K_u} + B\zeta, \qquad p = \frac{RT\,\Gamma}{\Omega^2 c_0}\,\zeta -
        B\,\frac{\sigma_{kk}}{3}, \qquad B = 1, \quad K_u = \frac{E}{3(1-2\nu)}, \quad \nu_u = \nu, \qquad
        \partial_t\zeta = \frac{D\Omega^2 c_0}{RT\,\Gamma}\nabla^2 p$$

        so that Skempton's coefficient is one, the moduli at fixed $c$ are the undrained ones, and Biot's coefficient is
        $\alpha = 1/[1 + RT\Gamma/(\Omega^2 c_0 K_u)]$. With $\varepsilon_{xx}$ uniform along the strip,
        $\int\sigma_{xx}dz = 0$ and $\sigma_{zz} = 0$

        $$\Delta\mu = \frac{RT\Gamma}{c_0}\left[A\,\Delta c - A'\langle\Delta c\rangle\right], \qquad A = 1 +
        \frac{2\kappa}{1-\nu}, \quad A' = \kappa\frac{1+\nu}{1-\nu}, \quad \kappa = \frac{\Omega^2 E c_0}{9RT\,\Gamma}$$

        and J. Mandel's series (*Géotechnique* 3 (1953) 287; A. H.-D. Cheng and E. Detournay, *Int. J. Numer. Anal.
        Methods Geomech.* 12 (1988) 551) is, with $s = z/H$ and $\tan\beta_n = (A/A')\beta_n$, which is their
        $(1-\nu)/(\nu_u-\nu)$ with the drained $\nu$,

        $$\frac{\Delta\mu}{\Delta\mu_s} = 1 - 2\sum_n \frac{\sin\beta_n\,(\cos\beta_n s - \cos\beta_n)}{\beta_n -
        \sin\beta_n\cos\beta_n}\, e^{-\beta_n^2 A D t/H^2}$$

        The surface swells first and pulls at the middle, where the potential goes the other way before it follows
        (Mandel-Cryer effect). There is no sink at the middle that a decoupled or scalar theory could have.
        The change is $2\cdot10^{-5}\,RT$ and the strip $8H$ long, so that neither what is not linear nor the end is
        seen. Steps of fixed length are halved with the cells.
        """, [.. new[] { (10, 0.01), (20, 0.005), (40, 0.0025) }.Select(l => new Level(FormattableString.Invariant($"{2 * l.Item1} x {l.Item1}, {l.Item2 * 1e3} ms"),
            FormattableString.Invariant($"domain.cells=[{2 * l.Item1}, {l.Item1}]"),
                FormattableString.Invariant($"solver.time_step={l.Item2} s")))],
        [
            new("potential at the middle over time, L²", MiddleDistance, 1.8, 2e-3),
            new("lowest potential at the middle", run =>
                Math.Abs(Middle(run).Min(p => p.Found) / Middle(run).Min(p => p.Exact) - 1), 1.8, 2e-3),
            new("x over the thickness at the end, L²", ProfileDistance, 1.8, 5e-4),
        ])
    { Profile = Picture, IsQuick = false };

    /// <summary>What the strip answers with: A, A' and the roots of the series.</summary>
    private sealed class Series
    {
        private const int Terms = 200;

        public Series(Case @case)
        {
            var thermal = PhysicalConstants.Gas * @case.Temperature;
            var magnesium = @case.Material.MagnesiumConcentration;
            // Ideal mixing on sites, μ_chem = RT ln(x/(1+x)): Γ = 1/(1+x).
            Gamma = 1 / (1 + Initial);
            var kappa = Omega * Omega * Young * magnesium * Initial / (9 * thermal * Gamma);
            (A, Mean) = (1 + 2 * kappa / (1 - Nu), kappa * (1 + Nu) / (1 - Nu));
            Roots = [.. Enumerable.Range(0, Terms).Select(Root)];
            // U at the start, the uniform stress of plane strain included, less the potential that is held, over RT/F.
            var start = thermal * Math.Log((1 + Initial) / Initial)
                - Omega * Young * (Omega * magnesium * Initial / 3) / 3;
            Held = (start - PhysicalConstants.Faraday * @case.Protocol[0].Hold!.Potential) / thermal;
            StartPotential = start / PhysicalConstants.Faraday;
            Thermal = thermal / PhysicalConstants.Faraday;
        }

        public double A { get; }

        public double Mean { get; }

        public double Gamma { get; }

        /// <summary>Δμ of the surface over RT.</summary>
        public double Held { get; }

        /// <summary>U at the start [V].</summary>
        public double StartPotential { get; }

        /// <summary>RT/F [V].</summary>
        public double Thermal { get; }

        private double[] Roots { get; }

        /// <summary>Δμ/Δμ_s.</summary>
        public double Potential(double s, double time) => 1 - Sum(time, beta => Math.Cos(beta * s) - Math.Cos(beta));

        /// <summary>x - x₀.</summary>
        public double Change(double s, double time) =>
            Held * Initial / Gamma * (1 / (A - Mean) - Sum(time, beta => Math.Cos(beta * s)) / A);

        private double Sum(double time, Func<double, double> shape) => Roots.Sum(beta =>
            2 * Math.Sin(beta) / (beta - Math.Sin(beta) * Math.Cos(beta)) * shape(beta) * Math.Exp(
                -beta * beta * A * Diffusivity * time / (Height * Height)));

        /// <summary>The root of tan β = (A/A') β above n π, where A/A' > 1.</summary>
        private double Root(int n)
        {
            var (low, high) = (n * Math.PI + 1e-9, (n + 0.5) * Math.PI);
            for (var i = 0; i < 100; i++)
            {
                var middle = (low + high) / 2;
                (low, high) = Mean * Math.Tan(middle) < A * middle ? (middle, high) : (low, middle);
            }
            return low;
        }
    }

    /// <summary>Δμ/Δμ_s at the middle at the instants written, the start aside.</summary>
    private static IReadOnlyList<(double Time, double Found, double Exact)> Middle(VerifiedRun run)
    {
        var series = new Series(run.Case);
        return [.. run.States.Where(state => state.Time > 0).Select(state =>
            (state.Time, (series.StartPotential - VerifiedRun.At(state, "potential", [[0, 0]])[0][0])
                / (series.Thermal * series.Held), series.Potential(0, state.Time)))];
    }

    private static double MiddleDistance(VerifiedRun run) =>
        Math.Sqrt(Middle(run).Sum(p => Math.Pow(p.Found - p.Exact, 2)) / Middle(run).Sum(p => p.Exact * p.Exact));

    private static double ProfileDistance(VerifiedRun run)
    {
        var series = new Series(run.Case);
        var changes = run.Cells("x")
            .Select(cell => (cell.X, cell.Y, cell.Z, Values: new[] { cell.Values[0] - Initial }));
        return run.Distance(changes, (x, _, z) => x < Height ? [series.Change(z / Height, run.Last.Time)] : null);
    }

    private static Chart Picture(IReadOnlyList<VerifiedRun> runs)
    {
        var (series, middle) = (new Series(runs[^1].Case), Middle(runs[^1]));
        var end = middle[^1].Time;
        var exact = Enumerable.Range(1, 200).Select(i => i / 200.0 * end).Select(t => (t, series.Potential(0, t)))
            .ToList();
        return new("Potential at the middle of the strip over time", new("*t* (s)", Scale.Around([0, end])),
            new("Δ*μ*/Δ*μ*_{s} at the middle", Scale.Around([.. exact.Select(p => p.Item2), 0])),
            [new("Mandel's series", ColourMap.Lines[0], exact),
                new("computed", ColourMap.Lines[1], [.. middle.Select(p => (p.Time, p.Found))], LineStyle.Marks)]);
    }
}
