using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Studies.Verification;

/// <summary>
/// Chosen fields of lithium with the sources that make them solutions, and modes with the known rate at which they
/// decay.
/// </summary>
internal static class ManufacturedLithium
{
    private const double Diffusivity = 1e-15, Mean = 0.2, Amplitude = 0.1;

    private static readonly DomainKind[] Domains = [DomainKind.PlaneStrain, DomainKind.Axisymmetric, DomainKind.ThreeD];

    public static IReadOnlyList<Problem> All =>
    [
        .. Domains.Select(TwoGrains), .. Domains.Select(Composition),
            .. new[] { DomainKind.PlaneStrain, DomainKind.ThreeD }.Select(Turned), .. Domains.Select(TwoWay),
    ];

    /// <summary>Fewer cells along each axis where there are three.</summary>
    private static int[] Cells(DomainKind kind) => kind == DomainKind.ThreeD ? [6, 12, 24] : [8, 16, 32, 64];

    private static Problem TwoGrains(DomainKind kind) => new($"Two grains of different diffusivity, {ManufacturedField.Name(kind)}", "manufactured-grains.yaml", """
        Two grains one above the other, $D_2 = 4D_1$, closed on all sides. $x = \overline x + a\,f(x,
        y)\,g_i(z)\,e^{-\lambda t}$ decays with $f = \cos\pi x/L$ (times $\cos\pi y/L$, or $J_0(3.83\,r/R)$), $\nabla^2
        f = -k^2 f$ and

        $$g_i'' = -q_i^2 g_i, \qquad q_i^2 = \frac{\lambda}{D_i} - k^2, \qquad D_1 q_1\tan\frac{q_1 H}2 + D_2
        q_2\tan\frac{q_2 H}2 = 0$$

        by separation of variables, with $g$ and $D\,\partial_z g$ continuous. After $1/\lambda$, with steps so short
        that they do not count.
        """, ManufacturedField.Levels(kind, "symmetric", Cells(kind), FormattableString.Invariant($"protocol=[ {{ rest: {{ time: {1 / Layered(kind).Rate:R} s }} }} ]"), FormattableString.Invariant($"solver.time_step={0.02 / Layered(kind).Rate:R} s")),
        [new("x, L²", run => run.Distance(Change(run, Mean), (x, y, z) =>
            [Amplitude * Math.Exp(-1) * Layered(kind).At(x, y, z)]), 1.9, 3e-3)])
    { Initial = (x, y, z) => Mean + Amplitude * Layered(kind).At(x, y, z) };

    private static Problem Composition(DomainKind kind)
    {
        double[] law = [Diffusivity, 8 * Diffusivity, 20 * Diffusivity];
        var mode = new Mode(kind);
        return new($"Diffusivity that follows composition, {ManufacturedField.Name(kind)}", "manufactured-composition.yaml", """
            $D = D_0(1 + 8x + 20x^2)$. $x^* = 0.2 + 0.1 f$ with the mode $f$ of a closed domain, $\nabla^2 f = -k^2f$,
            is the steady state under the source $s = -\nabla\cdot(D(x^*)\nabla x^*) = D k^2 (x^* - 0.2) - D'|\nabla
            x^*|^2$. Manufactured solutions: P. J. Roache, *J. Fluids Eng.* 124 (2002) 4.
            """, ManufacturedField.Levels(kind, "symmetric", Cells(kind)), [new("x, L²", run => run.Distance(Change(run, Mean), (x, y, z) => [Amplitude * mode.At(x, y, z).Value]), 1.9, 3e-3)])
        {
            Initial = (x, y, z) => Mean + Amplitude * mode.At(x, y, z).Value,
            Prepare = Steady(mode, Mean, Amplitude, law)
        };
    }

    private static Problem Turned(DomainKind kind)
    {
        return new($"Turned diffusivity tensor, {ManufacturedField.Name(kind)}", "manufactured-tensor.yaml", """
            A crystal that conducts five times as well along its $c$ axis, which lies obliquely, $D_{kl} = D(\delta_{kl}
            + 4 c_k c_l)$, closed on all sides. $x^* = 0.1 + 0.1\,\sin^2(\pi x/L)\sin^2(\pi y/L)\sin^2(\pi z/L)$
            (without $y$ in the plane) is the steady state under the source
            $s = -D_{kl}\,\partial_k\partial_l x^*$; its gradient vanishes on the faces, and with it the flux.
            """, ManufacturedField.Levels(kind, "symmetric", Cells(kind)), [new("x, L²", run => run.Distance(Change(run, 0.1), (x, y, z) => [Amplitude * Squares(kind, x, y, z).Value]), 1.9, 2e-2)])
        {
            Initial = (x, y, z) => 0.1 + Amplitude * Squares(kind, x, y, z).Value,
            Prepare = ManufacturedField.Source(
                (@case, x, y, z) =>
                -Amplitude * Diffusivity * GrainTransport.Tensor(@case.Material.DiffusivityRatio,
                Orientation.Of(@case.Microstructure!.Orientations[0]))
                .Zip(Squares(kind, x, y, z).Second, (a, second) => a * second).Sum()),
        };
    }

    private static Problem TwoWay(DomainKind kind)
    {
        const double mean = 0.05, amplitude = 0.03, young = 40e9, nu = 0.3, omega = 1.3e-5, magnesium = 71508;
        const double drift = 2 * omega * omega * young * magnesium / (9 * (1 - nu) * PhysicalConstants.Gas * 298.15);
        var mode = new Mode(kind);
        return new($"Stress that drives lithium, {ManufacturedField.Name(kind)}", "manufactured-two-way.yaml", """
            Between planes of symmetry, a collector that lets slide and a rigid punch without pressure the displacement
            is $u = \nabla\varphi$ with $\nabla^2\varphi = \frac{1+\nu}{1-\nu}(\beta - \overline\beta)$ for every mode
            (J. N. Goodier, *Phil. Mag.* 23 (1937) 1017), so that

            $$\sigma_h = -\frac{2E\beta(x)}{3(1-\nu)}, \qquad J = -D\,(1 + a x)\,c_{Mg}\nabla x, \qquad a =
            \frac{2\Omega^2 E c_{Mg}}{9(1-\nu)RT} = 61.9$$

            in any dimension. $x^* = 0.05 + 0.03 f$ is the steady state under $s = -\nabla\cdot(D(1 + a x^*)\nabla
            x^*)$.
            """, ManufacturedField.Levels(kind, "symmetric", kind == DomainKind.ThreeD ? [5, 10, 20] : [8, 16, 32]),
            [
                new("x, L²", run => run.Distance(Change(run, mean), (x, y, z) => [amplitude * mode.At(x, y, z).Value]),
                    1.9, 6e-3),
                new("hydrostatic stress, L²", run => run.Distance(run.Cells("sigma_h"),
                    (x, y, z) => [-2 * young / (3 * (1 - nu)) * omega * magnesium / 3
                        * (mean + amplitude * mode.At(x, y, z).Value)]), 1.9, 1e-3),
            ])
        {
            Initial = (x, y, z) => mean + amplitude * mode.At(x, y, z).Value,
            Prepare = Steady(mode, mean, amplitude, [Diffusivity, drift * Diffusivity])
        };
    }

    /// <summary>The source of a mode's steady state where the diffusivity is a polynomial in x.</summary>
    private static Action<Simulation> Steady(Mode mode, double mean, double amplitude, double[] law) =>
        ManufacturedField.Source((_, x, y, z) =>
    {
        var (value, slope) = mode.At(x, y, z);
        var at = mean + amplitude * value;
        var (d, rate) = (law.Select((a, k) => a * Math.Pow(at, k)).Sum(),
            law.Select((a, k) => k == 0 ? 0 : k * a * Math.Pow(at, k - 1)).Sum());
        return d * mode.Decay * amplitude * value - rate * amplitude * amplitude * slope;
    });

    private static IEnumerable<(double X, double Y, double Z, double[] Values)> Change(VerifiedRun run, double mean) =>
        run.Cells("x").Select(cell => (cell.X, cell.Y, cell.Z, new[] { cell.Values[0] - mean }));

    /// <summary>sin² along each axis, and its second derivatives XX, YY, ZZ, XY + YX, YZ + ZY, XZ + ZX.</summary>
    private static (double Value, double[] Second) Squares(DomainKind kind, double x, double y, double z)
    {
        const double k = Math.PI / ManufacturedField.Size;
        static double[] Along(double s) =>
            [Math.Pow(Math.Sin(k * s), 2), k * Math.Sin(2 * k * s), 2 * k * k * Math.Cos(2 * k * s)];
        var (a, b, c) = (Along(x), kind == DomainKind.ThreeD ? Along(y) : [1, 0, 0], Along(z));
        return (a[0] * b[0] * c[0],
            [a[2] * b[0] * c[0], a[0] * b[2] * c[0], a[0] * b[0] * c[2], 2 * a[1] * b[1] * c[0], 2 * a[0] * b[1] * c[1],
                2 * a[1] * b[0] * c[1]]);
    }

    /// <summary>The slowest mode of two layers that has no node along z: λ, and x - mean over its amplitude.</summary>
    private static (double Rate, Func<double, double, double, double> At) Layered(DomainKind kind)
    {
        const double half = ManufacturedField.Size / 2, upper = 4 * Diffusivity;
        var lateral = new Mode(kind, hasZ: false);
        // D q tan(q H/2), and its continuation to negative q².
        double Flow(double d, double rate)
        {
            var square = rate / d - lateral.Decay;
            var q = Math.Sqrt(Math.Abs(square));
            return square >= 0 ? d * q * Math.Tan(q * half) : -d * q * Math.Tanh(q * half);
        }
        var (low, high) = (Diffusivity * lateral.Decay,
            Diffusivity * (lateral.Decay + Math.Pow(Math.PI / 2 / half, 2)));
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Flow(Diffusivity, middle) + Flow(upper, middle) < 0 ? (middle, high) : (low, middle);
        }
        var rate = low;
        double Along(double d, double distance)
        {
            var square = rate / d - lateral.Decay;
            var q = Math.Sqrt(Math.Abs(square));
            return square >= 0 ? Math.Cos(q * distance) : Math.Cosh(q * distance);
        }
        var ratio = Along(Diffusivity, half) / Along(upper, half);
        return (rate, (x, y, z) =>
            lateral.At(x, y, z).Value * (z < half ? Along(Diffusivity, z) : ratio * Along(upper, 2 * half - z)));
    }
}
