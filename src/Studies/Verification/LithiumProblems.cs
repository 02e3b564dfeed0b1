using MesoLiMg.Model;

namespace MesoLiMg.Studies.Verification;

/// <summary>Problems of diffusion, with and without stress.</summary>
internal static class LithiumProblems
{
    private const double Current = 10, Time = 10, Height = 140e-9, Diffusivity = 1e-15;

    /// <summary>The clamped film by an independent solution, see <see cref="ClampedFilm"/>.</summary>
    private const double ClampedCollector = 0.0988108226489, ClampedElectrolyte = 0.1125344040274;

    public static IReadOnlyList<Problem> All =>
        [ConstantFlux, ConstantFluxSteps, Saturation, Laminate, ClampedFilm, ClampedFilmSteps];

    private static Problem ConstantFlux => new("Slab with a constant flux", "slab-flux.yaml", """
        $\partial_t c = D\,\partial_z^2 c$ in $0 < z < H$, empty at first, $D\,\partial_z c = i/F$ at $z = H$ and 0 at
        $z = 0$. With $\tau = Dt/H^2$ and $s = z/H$

        $$c = \frac{iH}{FD}\left[\tau + \frac{3s^2-1}{6} - \frac{2}{\pi^2}\sum_{n=1}^\infty
        \frac{(-1)^n}{n^2}\,e^{-n^2\pi^2\tau}\cos n\pi s\right]$$

        H. S. Carslaw and J. C. Jaeger, *Conduction of Heat in Solids*, 2nd ed., section 3.8. Time steps are small
        beside the cells.
        """, Level.OfCells("10", "20", "40", "80"), FluxMeasures(1.9, 1e-4));

    private static Problem ConstantFluxSteps =>
        new("Slab with a constant flux, steps and cells together", "slab-flux.yaml",
        "The same with time steps of fixed length that are halved with the cells: TR-BDF2 is of second order, "
            + "although the flux sets in at once.",
        [.. new[] { (20, 1.0), (40, 0.5), (80, 0.25), (160, 0.125) }
            .Select(l => new Level(FormattableString.Invariant($"{l.Item1}, {l.Item2} s"), $"domain.cells=[{l.Item1}]",
            FormattableString.Invariant($"solver.time_step={l.Item2} s")))],
        FluxMeasures(1.9, 5e-5));

    private static Problem Saturation => new("Slab until its surface is full", "slab-saturation.yaml", """
        The same series for 5 µm at $D = 6\cdot10^{-11}$ cm²/s and 1 mA/cm², up to the time at which $c(H) = c_{max}$.
        There $\theta = \langle c\rangle/c_{max} = 0.5887$ (the paper's Figure 4a).
        The run has to find that time by itself.
        """, Level.OfCells("25", "50", "100", "200"),
        [new("θ", run => Relative(
            run.AtEnd("theta"), ExactSlab.Utilisation(Current, 5e-6, 6e-15, run.Case.Material.SaturationConcentration)),
            1.8, 3e-6)]);

    private static Problem Laminate => new("Laminate of two sheets", "slab-laminate.yaml", """
        Two sheets with $D_2 = 4 D_1$ and $E_2 = 3 E_1$ under a small constant current. After the first transients $x$
        grows everywhere at $q/H$, $q = i/(F c_{Mg})$, and

        $$D(z)\,\partial_z x = q\,z/H, \qquad \langle x\rangle = qt/H, \qquad \sigma_{xx} = \sigma_{yy} =
        -\frac{E(z)}{1-\nu}\beta(x), \quad \sigma_{zz} = 0$$

        by direct integration; the film is clamped in plane.
        """, Level.OfCells("10", "20", "40", "80"),
        [
            new("x, L²", run => run.Distance("x", (_, z) => [TwoSheets(run.Case, z)]), 1.9, 1.5e-5),
            new("stress, L²", run => run.Distance("stress", (_, z) =>
            {
                var inPlane = -(z < Height / 2 ? 20e9 : 60e9) / 0.7 * Swelling(run.Case, TwoSheets(run.Case, z));
                return [inPlane, inPlane, 0];
            }), 1.9, 2e-5),
        ]);

    private static Problem ClampedFilm => new("Film clamped in plane, stress-enhanced diffusion", "clamped-film.yaml", """
        Two-way coupling in a film that cannot widen: $\sigma_h = -\tfrac{2E}{9(1-\nu)}\Omega c$, so that stress adds to
        the diffusivity,

        $$\partial_t x = \partial_z\left[D\,(1 + a x)\,\partial_z x\right], \qquad a = \frac{2\Omega^2 E
        c_{Mg}}{9(1-\nu)RT} = 61.9$$

        (docs/theory.md; for the effect F. Larché and J. W. Cahn, *Acta Metall.* 30 (1982) 1835). The known answer is a
        separate program for this equation: volumes about nodes, Crank-Nicolson with graded steps,
        extrapolated from 200 and 400 volumes (ten digits): x = 0.0988108 at the collector, 0.1125344 at the
        electrolyte.
        """, Level.OfCells("10", "20", "40", "80"),
        [
            new("x at the collector", run => Relative(run.AtEnd("x_collector"), ClampedCollector), 1.8, 1.5e-5, 1e-9),
            new("x at the electrolyte", run => Relative(run.AtEnd("x_se"), ClampedElectrolyte), 1.8, 1.5e-5, 1e-9),
            new("in-plane stress of the computed x, L²", run =>
            {
                var x = run.Cells("x").ToDictionary(cell => cell.Z, cell => cell.Values[0]);
                return run.Distance("stress", (_, z) =>
                    [-40e9 / 0.7 * Swelling(run.Case, x[z]), -40e9 / 0.7 * Swelling(run.Case, x[z])]);
            }, null, 1e-8),
        ]);

    private static Problem ClampedFilmSteps =>
        new("Film clamped in plane, steps and cells together", "clamped-film.yaml",
        "The same with time steps of fixed length that are halved with the cells: two-way steps are of second order.",
        [.. new[] { (20, 0.5), (40, 0.25), (80, 0.125), (160, 0.0625) }
            .Select(l => new Level(FormattableString.Invariant($"{l.Item1}, {l.Item2} s"), $"domain.cells=[{l.Item1}]",
            FormattableString.Invariant($"solver.time_step={l.Item2} s")))],
        [
            new("x at the collector", run => Relative(run.AtEnd("x_collector"), ClampedCollector), 1.8, 1e-4, 1e-9),
            new("x at the electrolyte", run => Relative(run.AtEnd("x_se"), ClampedElectrolyte), 1.8, 1e-4, 1e-9),
        ]);

    private static IReadOnlyList<Measure> FluxMeasures(double order, double bound)
    {
        static double Exact(Case @case, double z) =>
            ExactSlab.Concentration(Current, Height, Diffusivity, z, Time) / @case.Material.MagnesiumConcentration;
        return
        [
            new("x, L²", run => run.Distance("x", (_, z) => [Exact(run.Case, z)]), order, bound),
            new("x at the electrolyte", run => Relative(run.AtEnd("x_se"), Exact(run.Case, Height)), order, bound),
            new("x at the collector", run => Relative(run.AtEnd("x_collector"), Exact(run.Case, 0)), order, bound),
        ];
    }

    private static double TwoSheets(Case @case, double z)
    {
        const double lower = 1e-15, upper = 4e-15, middle = Height / 2, time = 100, current = 0.5;
        var q = current / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration);
        // ∫ z/(H D) dz from 0, and its mean over the two halves.
        double Rise(double at) => at < middle ? at * at / (2 * Height * lower) : middle * middle / (2 * Height * lower)
            + (at * at - middle * middle) / (2 * Height * upper);
        double Cubed(double from, double to) => (to * to * to - from * from * from) / (6 * Height);
        var mean = (Cubed(0, middle) / lower
            + (Height - middle) * (Rise(middle) - middle * middle / (2 * Height * upper))
            + Cubed(middle, Height) / upper) / Height;
        return q * (time / Height + Rise(z) - mean);
    }

    private static double Swelling(Case @case, double x) => 1.3e-5 * @case.Material.MagnesiumConcentration * x / 3;

    private static double Relative(double found, double exact) => Math.Abs(found / exact - 1);
}
