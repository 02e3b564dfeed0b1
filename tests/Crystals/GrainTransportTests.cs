using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Verification;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Crystals;

/// <summary>Lithium in grains with diffusivity tensors, along grain boundaries and across them.</summary>
public class GrainTransportTests
{
    private const double D = 1e-15;

    /// <summary>The c axis tilted by 35° in the x-z plane.</summary>
    private const string TiltedInPlane = "{ euler: [90 deg, 35 deg, 0 deg] }";

    [Fact]
    public void A_cloud_in_a_tilted_crystal_spreads_as_the_turned_Gaussian_at_second_order()
    {
        double Error(int n)
        {
            using var body = new GrainBody($$"""
                domain: { kind: plane-strain, size: [200 nm, 200 nm], cells: [{{n}}, {{n}}] }
                material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: 5 }
                microstructure: { kind: layers, grains: 1, orientations: [ {{TiltedInPlane}} ] }
                """);
            return body.GaussianError(15e-9, 0.06, n);
        }
        double[] errors = [Error(16), Error(32), Error(64)];
        Assert.InRange(Math.Log2(errors[1] / errors[2]), 1.9, 2.3);
        Assert.InRange(errors[2], 0, 1.5e-3);
    }

    [Fact]
    public void A_c_axis_along_z_multiplies_the_diffusivity_along_z_alone()
    {
        const string text = "domain: { kind: plane-strain, size: [30 nm, 50 nm], cells: [6, 10] }\n";
        const string grain = "microstructure: { kind: layers, grains: 1, orientations: [ { euler: [0, 0, 0] } ] }\n";
        using var along = new GrainBody(text + grain + "material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: 4 }");
        using var four = new GrainBody(text + "material: { diffusivity: 4e-11 cm^2/s }");
        using var one = new GrainBody(text + "material: { diffusivity: 1e-11 cm^2/s }");
        foreach (var (a, b, axis) in new[] { (along, four, 2), (along, one, 0) })
        {
            foreach (var body in new[] { a, b })
            {
                body.Set((x, _, z) => 0.1 + (axis == 2 ? z / 50e-9 : x / 30e-9) * 0.05);
                body.Advance(0.3, 3);
            }
            var (left, right) = (a.Values, b.Values);
            for (var i = 0; i < left.Length; i++)
                Assert.Equal(left[i], right[i], 1e-12);
        }
    }

    [Fact]
    public void Steep_fronts_in_tilted_crystals_stay_positive_and_keep_all_lithium()
    {
        using var body = new GrainBody($$"""
            domain: { kind: 3d, size: [60 nm, 60 nm, 60 nm], cells: [12, 12, 12], lateral: periodic }
            material: { diffusivity: 1e-11 cm^2/s, diffusivity_ratio: 20 }
            microstructure: { kind: equiaxed, grains: 6, texture: random }
            """);
        body.Set((x, y, z) => x < 20e-9 && z > 40e-9 ? 0.5 : 0);
        var before = body.Solver.Film.Content(body.Solver.X);
        for (var step = 0; step < 5; step++)
        {
            body.Advance(0.02, 1);
            Assert.InRange(body.Values.Min(), -1e-9, 0.5);
        }
        Assert.Equal(before, body.Solver.Film.Content(body.Solver.X), 1e-13 * before);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void What_boundaries_carry_along_a_film_does_not_depend_on_the_size_of_cells(int n)
    {
        // Two grains, narrow enough to be nearly uniform across: D + δ D_gb/W.
        using var grains = new GrainBody($$"""
            domain: { kind: plane-strain, size: [4 nm, 100 nm], cells: [{{n}}, 20] }
            material: { diffusivity: 1e-11 cm^2/s }
            microstructure: { kind: hexagonal, grains: 2, boundaries: { width: 1 nm, diffusivity: 8e-11 cm^2/s } }
            """);
        using var slab = new GrainBody(
            "domain: { kind: slab, height: 100 nm, cells: [20] }\nmaterial: { diffusivity: 3e-11 cm^2/s }");
        foreach (var body in new[] { grains, slab })
        {
            body.Set((_, _, z) => 0.1 + 0.05 * z / 100e-9);
            body.Advance(1, 10);
        }
        for (var k = 0; k < 20; k++)
            Assert.Equal(slab.Values[k], grains.Values[k * n], 1e-5);
    }

    [Fact]
    public void What_inclined_columns_carry_along_z_does_not_count_their_steps()
    {
        const string columns =
            "domain: { kind: 3d, size: [4 nm, 4 nm, 100 nm], cells: [60, 60, 8], lateral: periodic }\n";
        var text = columns + "material: { diffusivity: 1e-11 cm^2/s }\nmicrostructure: { kind: columnar, grains: 5, "
            + "size_spread: 0.1, boundaries: { width: 0.1 nm, diffusivity: 1e-9 cm^2/s } }";
        var grains = GrainGenerator.Of(CaseText.Parse(text).Case)!;
        // Of polygons, the length of the boundary by Crofton's count of crossings with lines in many directions.
        var effective = D + 0.1e-9 * 1e-13 * Crofton(grains) / (4e-9 * 4e-9);
        using var film = new GrainBody(text);
        using var slab = new GrainBody(
            $"domain: {{ kind: slab, height: 100 nm, cells: [8] }}\nmaterial: {{ diffusivity: {effective:R} m^2/s }}");
        foreach (var body in new[] { film, slab })
        {
            body.Set((_, _, z) => 0.1 + 0.05 * z / 100e-9);
            body.Advance(1, 10);
        }
        var (start, end, expected) = (0.1 + 0.05 / 16, film.Values[0], slab.Values[0]);
        Assert.Equal(expected - start, end - start, 0.02 * (expected - start));
    }

    [Fact]
    public void Lithium_along_a_boundary_decays_as_the_sharp_line_says()
    {
        // c = cos(kz) cos(q(|x| - W/2)) e^(-λt), λ = D(q² + k²), where 2 D q tan(qW/2) = s k² and s = δ D_gb: what
        // leaves the grains' sides flows along the line.
        const double width = 40e-9, height = 100e-9, s = 1e-9 * 2e-14, k = Math.PI / height, time = 0.4;
        var (low, high) = (0.0, Math.PI / width);
        for (var i = 0; i < 200; i++)
        {
            var q0 = (low + high) / 2;
            (low, high) = 2 * D * q0 * Math.Tan(q0 * width / 2) > s * k * k ? (low, q0) : (q0, high);
        }
        double Error(int n)
        {
            using var body = new GrainBody($$"""
                domain: { kind: plane-strain, size: [40 nm, 100 nm], cells: [{{n}}, 64] }
                material: { diffusivity: 1e-11 cm^2/s }
                microstructure: { kind: hexagonal, grains: 2, boundaries: { width: 1 nm, diffusivity: 2e-10 cm^2/s } }
                """);
            double Mode(double x, double z) => Math.Cos(k * z) * Math.Cos(low * (Math.Abs(x - width / 2) - width / 2));
            body.Set((x, _, z) => 0.1 + 0.05 * Mode(x, z));
            body.Advance(time, 40);
            var decay = Math.Exp(-D * (low * low + k * k) * time);
            return body.LargestError((x, _, z) => 0.1 + 0.05 * decay * Mode(x, z)) / 0.05;
        }
        double[] errors = [Error(8), Error(16), Error(32)];
        Assert.InRange(errors[0] / errors[1], 1.6, 4.5);
        Assert.InRange(errors[1] / errors[2], 1.6, 4.5);
        Assert.InRange(errors[2], 0, 0.01);
    }

    [Fact]
    public void Lithium_crosses_a_barrier_as_the_sharp_interface_says_at_second_order()
    {
        // c = ±cos(qz) from both ends with D q tan(qH/2) = 2 P.
        const double height = 100e-9, permeability = 2e-8, time = 0.5;
        var (low, high) = (0.0, Math.PI / height);
        for (var i = 0; i < 200; i++)
        {
            var q0 = (low + high) / 2;
            (low, high) = D * q0 * Math.Tan(q0 * height / 2) > 2 * permeability ? (low, q0) : (q0, high);
        }
        double Error(int n)
        {
            using var body = new GrainBody($$"""
                domain: { kind: slab, height: 100 nm, cells: [{{n}}] }
                material: { diffusivity: 1e-11 cm^2/s }
                microstructure: { kind: layers, grains: 2, boundaries: { permeability: 2e-8 m/s } }
                """);
            double Mode(double z) => z < height / 2 ? Math.Cos(low * z) : -Math.Cos(low * (height - z));
            body.Set((_, _, z) => 0.1 + 0.05 * Mode(z));
            body.Advance(time, 100);
            return body.LargestError((_, _, z) => 0.1 + 0.05 * Math.Exp(-D * low * low * time) * Mode(z)) / 0.05;
        }
        double[] errors = [Error(8), Error(16), Error(32)];
        Assert.InRange(Math.Log2(errors[1] / errors[2]), 1.8, 2.2);
        Assert.InRange(errors[2], 0, 1e-3);
    }

    [Fact]
    public void Pairs_of_classes_have_their_own_boundaries_and_a_tight_one_lets_nothing_through()
    {
        using var body = new GrainBody("""
            domain: { kind: slab, height: 30 nm, cells: [30] }
            material: { diffusivity: 1e-11 cm^2/s }
            microstructure:
              kind: layers
              grains: 3
              classes: [1, 1, 2]
              boundaries: { pairs: [ { classes: [2, 1], permeability: 0 } ] }
            """);
        body.Set((_, _, z) => z < 10e-9 ? 0.3 : 0);
        body.Advance(10, 20);
        Assert.Equal(0.15, body.Values[5], 1e-6);
        Assert.Equal(0.15, body.Values[15], 1e-6);
        Assert.Equal(0, body.Values[25], 1e-12);
    }

    /// <summary>
    /// Length of the boundaries between columns: π/2 times the mean number of crossings per length of lines, over
    /// directions, times the area.
    /// </summary>
    private static double Crofton(GrainMap grains)
    {
        var (n, sum) = (grains.Grid.Cells.X, 0.0);
        const int directions = 60;
        for (var d = 0; d < directions; d++)
        {
            var (cosine, sine) = (Math.Cos(Math.PI * (d + 0.5) / directions),
                Math.Sin(Math.PI * (d + 0.5) / directions));
            var crossings = 0;
            for (var line = 0; line < n; line++)
            {
                var last = -1;
                for (var step = 0; step <= 8 * n; step++)
                {
                    // A line from anywhere that goes on through the periodic box.
                    var (x, y) = (line * 0.37 + 0.25 * cosine * step * 0.5, line + 0.25 * sine * step * 0.5);
                    var grain = grains.Grain[((int)Math.Floor(x) % n + n) % n + n * (((int)Math.Floor(y) % n + n) % n)];
                    crossings += last >= 0 && grain != last ? 1 : 0;
                    last = grain;
                }
            }
            sum += crossings / (n * 8 * n * 0.125 * grains.Grid.Spacing.X);
        }
        return Math.PI / 2 * sum / directions * n * n * grains.Grid.Spacing.X * grains.Grid.Spacing.Y;
    }
}
