using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tests.Crystals;

/// <summary>
/// Lithium in crystals whose diffusivity is a tensor with three principal values, turned any way: inside, at closed
/// faces and where two crystals meet.
/// </summary>
public class DiffusionTensorTests
{
    private const double D = 1e-15, Width = 80e-9, Height = 100e-9;

    /// <summary>The c axis tilted by 35° in the x-z plane, and its mirror image.</summary>
    private const string Tilted = "{ euler: [90 deg, 35 deg, 0 deg] }",
        Mirrored = "{ euler: [270 deg, 35 deg, 0 deg] }";

    /// <summary>D_xx, D_zz, D_xz over D of <see cref="Tilted"/> with a fivefold diffusivity along c.</summary>
    private static readonly (double XX, double ZZ, double XZ) Tensor =
        InPlane(GrainTransport.Tensor(5, Orientation.FromEuler(Math.PI / 2, 35 * Math.PI / 180, 0)));

    [Fact]
    public void Three_principal_values_turned_are_the_sum_over_the_axes_of_the_crystal()
    {
        var orientation = Orientation.FromEuler(0.7, 1.1, 2.3);
        var (g, a) = (orientation.Matrix(), GrainTransport.Tensor(new() { Principal = [1.5, 2, 4] }, orientation));
        (int, int)[] pairs = [(0, 0), (1, 1), (2, 2), (0, 1), (1, 2), (0, 2)];
        for (var k = 0; k < 6; k++)
            Assert.Equal(1.5 * g[0, pairs[k].Item1] * g[0, pairs[k].Item2] + 2 * g[1, pairs[k].Item1]
                * g[1, pairs[k].Item2] + 4 * g[2, pairs[k].Item1] * g[2, pairs[k].Item2], a[k], 1e-14);
        Assert.Equal([3, 3, 3, 0, 0, 0], GrainTransport.Tensor(new() { Principal = [3, 3, 3] }, orientation));
    }

    [Fact]
    public void A_cloud_in_a_crystal_with_three_principal_values_spreads_as_the_turned_Gaussian_at_second_order()
    {
        double Error(int n)
        {
            using var body = new GrainBody($$"""
                domain: { kind: 3d, size: [200 nm, 200 nm, 200 nm], cells: [{{n}}, {{n}}, {{n}}] }
                material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: { principal: [1, 2, 4] } }
                microstructure: { kind: layers, grains: 1, orientations: [ { euler: [40 deg, 50 deg, 25 deg] } ] }
                """);
            return body.GaussianError(20e-9, 0.03, n / 4);
        }
        double[] errors = [Error(16), Error(24), Error(36)];
        Assert.InRange(Math.Log(errors[0] / errors[1], 1.5), 1.7, 2.5);
        Assert.InRange(Math.Log(errors[1] / errors[2], 1.5), 1.85, 2.3);
    }

    [Fact]
    public void A_tilted_crystal_between_closed_faces_decays_as_its_exact_mode_at_second_order_up_to_the_faces()
    {
        // Without flux through z = 0 and H: c = cos(k (x - s z)) cos(πz/H) e^(-λt) with s = D_xz/D_zz and λ = D_zz
        // (π/H)² + (D_xx - D_xz²/D_zz) k².
        AssertSecondOrder(
            $"microstructure: {{ kind: layers, grains: 1, orientations: [ {Tilted} ] }}",
            (x, z) => Math.Cos(Wave * (x - Tensor.XZ / Tensor.ZZ * z)) * Math.Cos(Math.PI * z / Height));
    }

    [Fact]
    public void Two_crystals_that_are_mirror_images_decay_as_the_exact_odd_mode_at_second_order_up_to_their_boundary()
    {
        // The mode of a single crystal up to the boundary, where it is zero, and its negative mirror image beyond.
        double Below(double x, double z) =>
            Math.Cos(Wave * (x - Tensor.XZ / Tensor.ZZ * z)) * Math.Cos(Math.PI * z / Height);
        AssertSecondOrder(
            $"microstructure: {{ kind: layers, grains: 2, orientations: [ {Tilted}, {Mirrored} ] }}",
            (x, z) => z < Height / 2 ? Below(x, z) : -Below(x, Height - z));
    }

    [Fact]
    public void A_tilted_crystal_that_takes_up_lithium_between_closed_faces_converges_at_second_order()
    {
        double[] At(int n)
        {
            using var body = new GrainBody($$"""
                domain: { kind: plane-strain, size: [80 nm, 100 nm], cells: [{{n}}, {{n}}] }
                material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: { principal: [1, 1, 5] } }
                microstructure: { kind: layers, grains: 1, orientations: [ {{Tilted}} ] }
                """);
            body.Set((_, _, _) => 0.05);
            body.Advance(0.6, n, 5e-9);
            // Means over blocks of the coarsest cells, 8 x 8.
            var values = body.Values;
            var means = new double[64];
            for (var i = 0; i < n * n; i++)
                means[i % n * 8 / n + 8 * (i / n * 8 / n)] += values[i] * 64 / (n * n);
            return means;
        }
        var (a, b, c, d) = (At(8), At(16), At(32), At(64));
        double Change(double[] coarse, double[] fine) =>
            coarse.Zip(fine).Max(pair => Math.Abs(pair.First - pair.Second));
        Assert.InRange(Math.Log2(Change(a, b) / Change(b, c)), 1.8, 4);
        Assert.InRange(Math.Log2(Change(b, c) / Change(c, d)), 1.8, 4);
    }

    [Fact]
    public void A_quarter_turn_of_the_crystal_turns_what_becomes_of_lithium()
    {
        GrainBody Of(string size, string cells, double phi1) => new($$"""
            domain: { kind: 3d, size: [{{size}}, 20 nm], cells: [{{cells}}, 5] }
            material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: { principal: [1, 2, 5] } }
            microstructure: { kind: layers, grains: 1, orientations: [ { euler: [{{phi1}} deg, 50 deg, 20 deg] } ] }
            """);
        using var body = Of("40 nm, 30 nm", "8, 6", 10);
        using var turned = Of("30 nm, 40 nm", "6, 8", 100);
        body.Set((x, y, z) => 0.05 + x * 1e6 + y * 2e6 * z * 1e8);
        // x' = 30 nm - y, y' = x.
        turned.Set((x, y, z) => 0.05 + y * 1e6 + (30e-9 - x) * 2e6 * z * 1e8);
        foreach (var each in new[] { body, turned })
            each.Advance(0.05, 4);
        var (a, b) = (body.Values, turned.Values);
        for (var z = 0; z < 5; z++)
            for (var j = 0; j < 6; j++)
                for (var i = 0; i < 8; i++)
                    Assert.Equal(a[i + 8 * (j + 6 * z)], b[5 - j + 6 * (i + 8 * z)], 1e-11);
    }

    [Theory]
    [InlineData("{ principal: [1, 2] }",
        "material.diffusivity_ratio.principal: expected 3 ratios, one for each axis of the crystal, read 2")]
    [InlineData("{ axial: 2, principal: [1, 1, 2] }",
        "material.diffusivity_ratio: expected one number, that along the c axis, or { principal: [1, 1, 2] }")]
    [InlineData("{ principal: [1, 0, 2] }", "material.diffusivity_ratio.principal.1: must be")]
    public void Ratios_that_are_no_tensor_are_refused(string ratio, string message) =>
        Assert.Contains(message,
            Assert.Throws<InputException>(
            () => Cases.CaseText.Parse($"domain: {{ kind: slab, height: 20 nm, cells: [4] }}\nmaterial: {{ "
            + $"diffusivity_ratio: {ratio} }}")).Message);

    private static double Wave => 2 * Math.PI / Width;

    private static void AssertSecondOrder(string grains, Func<double, double, double> mode)
    {
        var rate = D * (Tensor.ZZ * Math.Pow(Math.PI / Height, 2) + (Tensor.XX - Tensor.XZ * Tensor.XZ / Tensor.ZZ)
            * Wave * Wave);
        double Error(int n)
        {
            using var body = new GrainBody($$"""
                domain: { kind: plane-strain, size: [80 nm, 100 nm], cells: [{{n}}, {{n}}], lateral: periodic }
                material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: 5 }
                {{grains}}
                """);
            body.Set((x, _, z) => 0.1 + 0.05 * mode(x, z));
            body.Advance(0.5 / rate, n);
            return body.LargestError((x, _, z) => 0.1 + 0.05 * Math.Exp(-0.5) * mode(x, z)) / 0.05;
        }
        double[] errors = [Error(16), Error(32), Error(64)];
        Assert.InRange(Math.Log2(errors[0] / errors[1]), 1.7, 2.5);
        Assert.InRange(Math.Log2(errors[1] / errors[2]), 1.85, 2.3);
        Assert.InRange(errors[2], 0, 2e-3);
    }

    private static (double, double, double) InPlane(double[] a) => (a[0], a[2], a[5]);
}
