using MesoLiMg.Model;
using MesoLiMg.Studies.Verification;

namespace MesoLiMg.Tests.Lithium;

/// <summary>Order and damping of the time step, order of the finite volumes.</summary>
public class ConvergenceTests
{
    private const double Height = 140e-9, D = 1e-15;

    /// <summary>
    /// The factor by which a step multiplies a mode that decays at a rate λ, z = -λ Δt: TR-BDF2 (Hosea and Shampine
    /// 1996), second order, zero at -∞.
    /// </summary>
    private static double Amplification(double z)
    {
        var d = 1 - Math.Sqrt(0.5);
        return (1 + (1 - 2 * d) * z) / ((1 - d * z) * (1 - d * z));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1e5)]
    public void The_roughest_mode_is_multiplied_by_the_factor_of_an_L_stable_step(double step)
    {
        const int n = 32;
        using var body = LithiumBody.Slab(n, Height, D);
        // The highest mode of n cells between tight faces, an eigenvector of the finite volumes.
        double Mode(double z) => Math.Cos((n - 1) * Math.PI * z / Height);
        var h = Height / n;
        var rate = 4 * D / (h * h) * Math.Pow(Math.Sin((n - 1) * Math.PI / (2 * n)), 2);
        body.Set((_, _, z) => 0.1 + 0.05 * Mode(z));
        body.Advance(step / rate, 1);
        var factor = Amplification(-step);
        for (var k = 0; k < n; k++)
            Assert.Equal(0.1 + 0.05 * factor * Mode((k + 0.5) * h), body.Values[k], 1e-10);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1e3)]
    [InlineData(1e5)]
    [InlineData(1e7)]
    public void Steps_of_any_length_damp_a_jump_without_ringing(double crossings)
    {
        using var body = LithiumBody.Slab(100, Height, D);
        body.Set((_, _, z) => z < Height / 2 ? 0 : 0.2);
        var step = crossings * Math.Pow(Height / 100, 2) / D;
        // The factor of a step is nowhere below -0.2072, and tends to zero: what overshoots is a fifth of the jump at
        // most, and dies out.
        for (var (i, bound) = (0, 0.1 * 1.2072); i < 6; i++)
        {
            body.Advance(step, 1);
            Assert.All(body.Values, x => Assert.InRange(x, 0.1 - bound, 0.1 + bound));
        }
        body.Advance(100 * Height * Height / D, 100);
        Assert.All(body.Values, x => Assert.Equal(0.1, x, 1e-10));
    }

    [Fact]
    public void Steps_are_of_second_order()
    {
        const int n = 20;
        var h = Height / n;
        // An eigenvector of the finite volumes, so that only time makes an error.
        var rate = 4 * D / (h * h) * Math.Pow(Math.Sin(Math.PI / (2 * n)), 2);
        double Error(int steps)
        {
            using var body = LithiumBody.Slab(n, Height, D);
            body.Set((_, _, z) => 0.1 + 0.05 * Math.Cos(Math.PI * z / Height));
            body.Advance(1 / rate, steps);
            return Math.Abs(body.Values[0] - 0.1 - 0.05 * Math.Exp(-1) * Math.Cos(Math.PI / (2 * n)));
        }
        int[] steps = [10, 20, 40, 80];
        var errors = steps.Select(Error).ToArray();
        for (var i = 1; i < errors.Length; i++)
            Assert.InRange(Math.Log2(errors[i - 1] / errors[i]), 1.9, 2.1);
    }

    [Theory]
    [InlineData(DomainKind.Slab)]
    [InlineData(DomainKind.Axisymmetric)]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.ThreeD)]
    public void Cells_are_of_second_order(DomainKind kind)
    {
        int[] cells = [8, 16, 32];
        var errors = cells.Select(n => ErrorOfAMode(kind, n)).ToArray();
        for (var i = 1; i < errors.Length; i++)
            Assert.InRange(Math.Log2(errors[i - 1] / errors[i]), 1.85, 2.15);
    }

    /// <summary>
    /// The largest error of a mode that decays between tight faces: cos(π s) along each axis, along r the Bessel
    /// function J0 whose slope vanishes at the rim.
    /// </summary>
    private static double ErrorOfAMode(DomainKind kind, int n)
    {
        const double bessel = 3.8317059702075123;
        var (hasX, hasY, h) = (kind != DomainKind.Slab, kind == DomainKind.ThreeD, Height / n);
        double Along(double s) => Math.Cos(Math.PI * s / Height);
        double Mode(double x, double y, double z) =>
            (kind == DomainKind.Axisymmetric ? J0(bessel * x / Height) : hasX ? Along(x) : 1) * (hasY ? Along(y)
                : 1) * Along(z);
        var lateral = kind == DomainKind.Axisymmetric ? bessel : hasX ? Math.PI : 0;
        var rate = D / (Height * Height) * (Math.PI * Math.PI + lateral * lateral + (hasY ? Math.PI * Math.PI : 0));

        using var body = new LithiumBody(
            new GridShape(kind, (hasX ? n : 1, hasY ? n : 1, n), (hasX ? h : 1, hasY ? h : 1, h)), D);
        body.Set((x, y, z) => 0.1 + 0.05 * Mode(x, y, z));
        body.Advance(0.5 / rate, 100);
        var found = body.Values;
        body.Set((x, y, z) => 0.1 + 0.05 * Math.Exp(-0.5) * Mode(x, y, z));
        return found.Zip(body.Values, (a, b) => Math.Abs(a - b)).Max();
    }

    /// <summary>J0 by its integral over half a period, to rounding with so many points.</summary>
    private static double J0(double x) => Enumerable.Range(0, 40)
        .Average(i => Math.Cos(x * Math.Sin(Math.PI * (i + 0.5) / 40)));
}
