using MesoLiMg.Model;
using MesoLiMg.Tests.Lithium;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Composition;

/// <summary>Diffusion with D(x).</summary>
public class TransportTests
{
    private const double Height = 140e-9, D = 1e-15;

    [Fact]
    public void Kirchhoffs_steady_profile_has_the_same_flux_through_every_face()
    {
        // D = D0 (1 + 5x)², K = ∫D dx = D0 [(1 + 5x)³ - 1]/15 linear in z from x = 0.1 to 0.8.
        const int n = 12;
        static double K(double x) => D * (Math.Pow(1 + 5 * x, 3) - 1) / 15;
        using var body = LithiumBody.Slab(n, Height, new DiffusivityCase { Polynomial = [D, 10 * D, 25 * D] });
        body.Set((_, _, z) => (Math.Cbrt(1 + 15 / D * (K(0.1) + (K(0.8) - K(0.1)) * z / Height)) - 1) / 5);
        var x = body.Values;
        body.Solver.Fluxes.Observe(body.Solver.X, body.Solver.State.Uptake);
        var t = body.Download(body.Solver.Fluxes.Transmissibility.Z);
        var expected = (K(0.8) - K(0.1)) / Height;
        for (var k = 1; k < n; k++)
            Assert.Equal(expected, t[body.Grid.Layout.Index(0, 0, k)] * (x[k] - x[k - 1]) / body.FaceArea,
                1e-12 * expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Barenblatts_front_is_met_and_nowhere_negative(int m)
    {
        // ∂x/∂t = (D0 x^m x')' from a point source: x = s^(-1) [C - m ξ²/(2(m+2))]^(1/m), ξ = z/(H s), s = (D0
        // t/H²)^(1/(m+2)).
        double Exact(double z, double time)
        {
            var s = Math.Pow(D * time / (Height * Height), 1.0 / (m + 2));
            var xi = z / Height / s;
            return Math.Pow(Math.Max(0, 0.1 - m * xi * xi / (2 * (m + 2))), 1.0 / m) / s;
        }
        var (start, end) = (0.1 * Height * Height / D, 0.2 * Height * Height / D);
        double Error(int n)
        {
            using var body = LithiumBody.Slab(
                n, Height, new DiffusivityCase { Polynomial = m == 1 ? [0, D] : [0, 0, D] });
            body.Set((_, _, z) => Exact(z, start));
            body.Advance(end - start, 4 * n);
            Assert.InRange(body.Values.Min(), -1e-9, 1);
            return body.Values.Select((x, k) => Math.Abs(x - Exact((k + 0.5) * Height / n, end)) / n).Sum();
        }
        var (coarse, middle, fine) = (Error(20), Error(40), Error(80));
        Assert.InRange(fine, 0, 1e-3);
        Assert.True(coarse / fine > (m == 1 ? 10 : 5), $"{coarse} {middle} {fine}");
    }

    [Theory]
    [InlineData(DomainKind.Slab)]
    [InlineData(DomainKind.Axisymmetric)]
    public void Steps_and_cells_are_of_second_order(DomainKind kind)
    {
        // Averages over the cells of the coarsest grid, against the next finer grid and step.
        double[] Averages(int n)
        {
            var h = Height / n;
            using var body = new LithiumBody(
                new GridShape(kind, (kind == DomainKind.Slab ? 1 : n, 1, n), (kind == DomainKind.Slab ? 1 : h, 1, h)),
                new DiffusivityCase { Polynomial = [D, 8 * D, 20 * D] });
            body.Set((x, _, z) => 0.2 + 0.15 * Math.Cos(Math.PI * z / Height) * (kind == DomainKind.Slab ? 1
                : Math.Cos(Math.PI * x / Height)));
            body.Advance(0.02 * Height * Height / D, n);
            var values = body.Values;
            var ratio = n / 8;
            return [.. Enumerable.Range(0, 8)
                .Select(k => Enumerable.Range(0, ratio)
                .Average(j => values[(k * ratio + j) * (kind == DomainKind.Slab ? 1 : n)]))];
        }
        var (a, b, c) = (Averages(8), Averages(16), Averages(32));
        double Distance(double[] p, double[] q) => p.Zip(q, (x, y) => Math.Abs(x - y)).Max();
        Assert.InRange(Math.Log2(Distance(a, b) / Distance(b, c)), 1.7, 2.4);
    }

    [Fact]
    public void Steps_are_of_second_order()
    {
        double[] After(int steps)
        {
            using var body = LithiumBody.Slab(20, Height, new DiffusivityCase { Polynomial = [D, 8 * D, 20 * D] });
            body.Set((_, _, z) => 0.2 + 0.15 * Math.Cos(Math.PI * z / Height));
            body.Advance(0.05 * Height * Height / D, steps);
            return body.Values;
        }
        var (a, b, c) = (After(10), After(20), After(40));
        double Distance(double[] p, double[] q) => p.Zip(q, (x, y) => Math.Abs(x - y)).Max();
        Assert.InRange(Math.Log2(Distance(a, b) / Distance(b, c)), 1.85, 2.15);
    }

    [Fact]
    public void Plating_and_stripping_keep_the_balance()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: plane-strain, size: [100 nm, 140 nm], cells: [13, 21], lateral: periodic }
            material: { diffusivity: { polynomial: [2e-12 cm^2/s, 1e-10 cm^2/s] } }
            regions: [ { from: [30 nm, 40 nm], to: [60 nm, 140 nm], phase: 1, grain: 1 }, { to: [30 nm, 140 nm],
              grain: 2, diffusivity: { mg: 1e-11 cm^2/s, li: 5e-11 cm^2/s } } ]
            coupling: none
            protocol: [ { plate: { current: 1 mA/cm^2, time: 5 s } }, { strip: { current: 1 mA/cm^2, time: 1 s } },
              { rest: { time: 1 s } } ]
            """);
        Assert.All(run.Column("lithium_balance_error"), error => Assert.InRange(error, 0, 1e-13));
        Assert.All(run.Cells("x"), x => Assert.InRange(x, 0, 1));
        var grain = (int[])run.Snapshots[^1].Cells.Single(f => f.Name == "grain").Data;
        Assert.All(run.Cells("x").Zip(grain).Where(c => c.Second == 1), c => Assert.Equal(0, c.First));
    }

    [Theory]
    [InlineData("diffusivity: { polynomial: [1e-11 cm^2/s, 0] }")]
    [InlineData("diffusivity: { mg: 1e-11 cm^2/s, li: 1e-11 cm^2/s }")]
    [InlineData("diffusivity: { x: [0, 0.5, 1], values: [1e-11 cm^2/s, 1e-11 cm^2/s, 1e-11 cm^2/s] }")]
    public void A_constant_in_another_form_is_the_same_constant(string diffusivity)
    {
        double[] Run(string material)
        {
            using var run = CaseRun.OfText($$"""
                domain: { kind: slab, height: 140 nm, cells: [50] }
                material: { {{material}} }
                coupling: none
                initial: { x: { linear: { from: 0.05, to: 0.3 } } }
                protocol: [ { rest: { time: 5 s } } ]
                solver: { time_step: 0.5 s, coupling_tolerance: 1e-12 }
                """);
            return run.Cells("x");
        }
        Assert.All(Run("diffusivity: 1e-11 cm^2/s").Zip(Run(diffusivity)), x => Assert.Equal(x.First, x.Second, 1e-12));
    }
}
