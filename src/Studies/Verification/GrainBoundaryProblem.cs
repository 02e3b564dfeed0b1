using MesoLiMg.Model;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Verification;

/// <summary>Diffusion along a grain boundary that leaks into the grains.</summary>
internal static class GrainBoundaryProblem
{
    private const double Diffusivity = 1e-15, Time = 0.1, Boundary = 60e-9, Height = 120e-9;

    public static IReadOnlyList<Problem> All => [Whipple];

    private static Problem Whipple => new("Grain boundary with fast diffusion", "grain-boundary.yaml", """
        A boundary of width $\delta$ with $D_{gb} \gg D$ across a surface held at $c_s$. With depth and distance $\eta =
        y/\sqrt{Dt}$, $\xi = |x|/\sqrt{Dt}$ and $\beta = \delta D_{gb}/(2D\sqrt{Dt}) = 5$

        $$\frac{c - c_0}{c_s - c_0} = \mathrm{erfc}\frac\eta2 + \frac{\eta}{2\sqrt\pi}\int_1^\infty \sigma^{-3/2}\,
        e^{-\eta^2/4\sigma}\,\mathrm{erfc}\left[\frac12\left(\frac{\sigma-1}{\beta} + \xi\right)\right] d\sigma$$

        R. T. P. Whipple, *Philos. Mag.* 45 (1954) 1225, in the limit of a thin boundary, by Simpson's rule over $\sigma
        = 1/w^2$ here; J. C. Fisher's estimate (*J. Appl. Phys.* 22 (1951) 74) leaves out diffusion along $y$ in the
        grains.
        The boundary's conduction is shared by the cells on its both sides, so that first order is expected near it.
        """, Level.OfCells("24, 24", "48, 48", "96, 96", "192, 192"),
        [
            new("x, L²", run => run.Distance(Changes(run), (x, _, z) => [Exact(x, z)]), 0.9, 1e-2),
            new("x beside the boundary, L²", run =>
                run.Distance(Changes(run), (x, _, z) => Math.Abs(x - Boundary) < 5e-9 ? [Exact(x, z)] : null), 0.9,
                2e-2),
        ])
    { Profile = Picture, IsQuick = false };

    /// <summary>x less that of the start, over that of the surface.</summary>
    private static IEnumerable<(double X, double Y, double Z, double[] Values)> Changes(VerifiedRun run)
    {
        var start = run.Case.Initial.X.Value!.Value;
        var fraction = Math.Exp(
            -PhysicalConstants.Faraday * run.Case.Protocol[0].Hold!.Potential
            / (PhysicalConstants.Gas * run.Case.Temperature));
        var surface = fraction / (1 - fraction);
        return run.Cells("x").Select(
            cell => (cell.X, cell.Y, cell.Z, new[] { (cell.Values[0] - start) / (surface - start) }));
    }

    private static double Exact(double x, double z)
    {
        const int intervals = 200;
        const double beta = 5;
        var length = Math.Sqrt(Diffusivity * Time);
        var (eta, xi) = ((Height - z) / length, Math.Abs(x - Boundary) / length);
        // σ = 1/w², dσ σ^(-3/2) = -2 dw, w from 1 to 0.
        double Integrand(double w) =>
            w == 0 ? 0 : 2 * Math.Exp(-eta * eta * w * w / 4) * Erfc(0.5 * ((1 / (w * w) - 1) / beta + xi));
        var sum = Enumerable.Range(0, intervals + 1)
            .Sum(i => (i is 0 or intervals ? 1 : i % 2 == 1 ? 4 : 2) * Integrand((double)i / intervals));
        return Erfc(eta / 2) + eta / (2 * Math.Sqrt(Math.PI)) * sum / (3 * intervals);
    }

    private static double Erfc(double x) => MathNet.Numerics.SpecialFunctions.Erfc(x);

    private static Chart Picture(IReadOnlyList<VerifiedRun> runs)
    {
        var cells = Changes(runs[^1]).ToList();
        Curve[] Depths(double distance, string label, int number)
        {
            var nearest = cells.MinBy(cell => Math.Abs(cell.X - Boundary - distance)).X;
            var column = cells.Where(cell => cell.X == nearest).ToList();
            var exact = column.Select(cell => (Depth(cell.Z), Exact(cell.X, cell.Z))).ToList();
            return [new(label, ColourMap.Lines[number], exact),
                Curve.Numbered(number, "",
                [.. column.Where((_, i) => i % 8 == 4).Select(cell => (Depth(cell.Z), cell.Values[0]))], marks: true)];
        }
        return new("Lithium under a surface that is held, beside and away from a grain boundary",
            new("depth (nm)", Scale.Around([0, Height * 1e9])),
            new("(*c* − *c*_{0})/(*c*_{s} − *c*_{0})", Scale.Around([0, 1])),
            [.. Depths(0, "at the boundary", 0), .. Depths(20e-9, "20 nm beside it", 1),
                .. Depths(55e-9, "55 nm beside it", 2)])
        {
            Key = [(LineStyle.Solid, "Whipple's solution"), (LineStyle.Marks, "computed")],
        };
        static double Depth(double z) => (Height - z) * 1e9;
    }
}
