using MesoLiMg.Model;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Crystals;

/// <summary>
/// Stiffness tensors in plane strain, in r-z and in a slab, where crystals must lie so that nothing moves out of the
/// plane.
/// </summary>
public class CrystalPlaneTests
{
    private const string Magnesium = "{ c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }";
    private const string Strip = "kind: plane-strain, size: [40 nm, 30 nm], cells: [8, 6]",
        Plate = "kind: axisymmetric, radius: 40 nm, height: 30 nm, cells: [8, 6]";
    private const double Beta = 71508 * 1.30e-5 / 3, Pressure = 100e6;

    /// <summary>The c axis at some angle from z in the x-z plane.</summary>
    private static string Tilted(double degrees) => $"{{ euler: [90 deg, {degrees} deg, 0] }}";

    [Theory]
    [InlineData(Strip, "free", "axis: x")]
    [InlineData(Plate, "free", "axis: x")]
    [InlineData(Plate, "free", "axis: z")]
    [InlineData("kind: slab, height: 30 nm, cells: [6]", "clamped", "axis: z")]
    public void An_isotropic_tensor_gives_what_its_moduli_give(string domain, string lateral, string axis)
    {
        const double c11 = 40 * 0.7 / 1.3 / 0.4, c12 = 40 * 0.3 / 1.3 / 0.4, c44 = 40 / 2.6;
        string Text(string material, string grains) => $$"""
            domain: { {{domain}}, lateral: {{lateral}} }
            material: { {{material}} }
            {{grains}}
            initial: { x: { linear: { {{axis}}, from: 0.02, to: 0.1 } } }
            interfaces: { se: { law: spring, stiffness: 1e17 Pa/m, pressure: 100 MPa }, collector: { law: bonded } }
            solver: { tolerance: 1e-12 }
            """;
        using var moduli = CaseRun.OfText(Text("youngs_modulus: 40 GPa, poisson_ratio: 0.3", ""));
        using var tensor = CaseRun.OfText(
            Text($"stiffness: {{ c11: {c11:R} GPa, c12: {c12:R} GPa, c44: {c44:R} GPa }}",
            "microstructure: { kind: layers, grains: 2, texture: random }"));
        foreach (var field in new[] { "stress", "strain", "von_mises", "energy_density" })
            AssertClose(moduli.Cells(field), tensor.Cells(field), 1e-8);
        Assert.InRange(tensor.Last("cg_iterations"), 1, moduli.Last("cg_iterations") + 1);
    }

    [Fact]
    public void A_strip_of_tilted_crystals_is_a_film_of_one_cell_between_planes_of_symmetry()
    {
        string Text(string domain) => $$"""
            domain: { {{domain}} }
            material: { stiffness: {{Magnesium}} }
            microstructure: { kind: layers, grains: 3, orientations: [ {{Tilted(35)}}, {{Tilted(-70)}},
              {{Tilted(10)}} ] }
            initial: { x: { linear: { axis: x, from: 0.02, to: 0.1 } } }
            interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.2 GPa, pressure: 100 MPa },
              collector: { law: bonded } }
            solver: { tolerance: 1e-12 }
            """;
        using var strip = CaseRun.OfText(Text(Strip));
        using var film = CaseRun.OfText(
            Text("kind: 3d, size: [40 nm, 7 nm, 30 nm], cells: [8, 1, 6], lateral: { y_min: symmetric, y_max: "
            + "symmetric }"));
        foreach (var field in new[] { "stress", "strain", "von_mises", "energy_density" })
            AssertClose(film.Cells(field), strip.Cells(field), 1e-8);
        foreach (var quantity in new[] { "von_mises_max", "von_mises_se", "potential_mech_difference" })
            Assert.Equal(film.Last(quantity), strip.Last(quantity), 1e-7 * Math.Abs(film.Last(quantity)));
        Assert.Equal(film.Last("elastic_energy") / 7e-9, strip.Last("elastic_energy"),
            1e-8 * strip.Last("elastic_energy"));
    }

    [Fact]
    public void A_tilted_crystal_under_pressure_between_rigid_walls_along_y_has_the_strain_of_its_compliances()
    {
        using var run = CaseRun.OfText($$"""
            domain: { {{Strip}}, lateral: { x_min: free, x_max: free } }
            material: { stiffness: {{Magnesium}} }
            microstructure: { kind: layers, grains: 1, orientations: [ {{Tilted(35)}} ] }
            interfaces: { se: { pressure: 100 MPa } }
            solver: { tolerance: 1e-12 }
            """);
        var s = StiffnessTensor.Of(TensorTests.Magnesium)
            .Turned(Orientation.FromEuler(Math.PI / 2, 35 * Math.PI / 180, 0)).Inverse();
        // ε_yy = S_yy,yy σ_yy - p S_yy,zz = 0.
        var (across, point) = (Pressure * s[1, 2] / s[1, 1], new double[] { 20, 15 });
        foreach (var at in new[] { point, [40, 30], [0, 0], [40, 12] })
            AssertClose([0, across, -Pressure, 0, 0, 0], run.At("stress", at)[0], 1e-7);
        double Strain(int row) => (s[row, 1] * across - s[row, 2] * Pressure) * (row < 3 ? 1 : 0.5);
        AssertClose([Strain(0), 0, Strain(2), 0, 0, Strain(5)], run.At("strain", point)[0], 1e-7);
    }

    [Theory]
    [InlineData(Strip + ", lateral: periodic", 35, -60)]
    [InlineData(Plate + ", lateral: clamped", 0, 0)]
    [InlineData("kind: slab, height: 30 nm, cells: [6]", 0, 90)]
    public void A_laminate_is_exact(string domain, double first, double second)
    {
        // Strains in the layers are zero, σ·n is that of the pressure: σ_p follows the traction, the rest is that of
        // ε_p = -β in the layer alone.
        using var run = CaseRun.OfText($$"""
            domain: { {{domain}} }
            material: { stiffness: {{Magnesium}} }
            microstructure: { kind: layers, grains: 6, orientations: [ {{Tilted(first)}}, {{Tilted(second)}} ] }
            initial: { x: { linear: { axis: z, from: 0.02, to: 0.1 } } }
            interfaces: { se: { pressure: 100 MPa } }
            solver: { tolerance: 1e-12 }
            """);
        var stress = run.Cells("stress");
        for (var layer = 0; layer < 6; layer++)
        {
            var c = StiffnessTensor.Of(TensorTests.Magnesium)
                .Turned(Orientation.FromEuler(Math.PI / 2, (layer % 2 == 0 ? first : second) * Math.PI / 180, 0));
            var beta = Beta * (0.02 + 0.08 * (layer + 0.5) / 6);
            int[] inPlane = [0, 1, 3], across = [2, 4, 5];
            var follow = c.FollowTraction(inPlane, across);
            double[] swelling = [beta, beta, 0], traction = [-Pressure, 0, 0];
            var cell = layer * stress.Length / 36;
            for (var i = 0; i < 3; i++)
            {
                var expected = Enumerable.Range(0, 3)
                    .Sum(j => follow[i, j] * traction[j] - (c[inPlane[i], inPlane[j]] - Enumerable.Range(0, 3)
                    .Sum(k => follow[i, k] * c[across[k], inPlane[j]])) * swelling[j]);
                Assert.Equal(expected, stress[6 * cell + inPlane[i]], 1e-8 * 1e9);
                Assert.Equal(traction[i], stress[6 * cell + across[i]], 1e-8 * 1e9);
            }
        }
    }

    [Fact]
    public void A_round_plate_with_c_along_its_axis_under_pressure_has_the_strain_of_its_compliances()
    {
        using var run = CaseRun.OfText(
            $"domain: {{ {Plate} }}\nmaterial: {{ stiffness: {Magnesium} }}\ninterfaces: {{ se: {{ pressure: 100 MPa "
            + $"}} }}\nsolver: {{ tolerance: 1e-12 }}");
        var s = StiffnessTensor.Of(TensorTests.Magnesium).Inverse();
        foreach (var point in new double[][] { [20, 15], [40, 30], [0, 0] })
        {
            AssertClose([0, 0, -Pressure, 0, 0, 0], run.At("stress", point)[0], 1e-7);
            AssertClose([-Pressure * s[0, 2], -Pressure * s[1, 2], -Pressure * s[2, 2], 0, 0, 0],
                run.At("strain", point)[0], 1e-7);
        }
    }

    [Theory]
    [InlineData(Magnesium, 14)]
    [InlineData("{ c11: 13.5 GPa, c12: 11.44 GPa, c44: 8.78 GPa }", 30)]
    public void A_strip_of_two_hundred_crystals_needs_few_iterations(string stiffness, int most)
    {
        var orientations = string.Join(", ", Enumerable.Range(0, 37).Select(i => Tilted(5 * i)));
        using var run = CaseRun.OfText($$"""
            domain: { kind: plane-strain, size: [400 nm, 140 nm], cells: [128, 48] }
            material: { stiffness: {{stiffness}} }
            microstructure: { kind: equiaxed, grains: 200, orientations: [ {{orientations}} ] }
            initial: { x: { linear: { axis: z, from: 0.05, to: 0.15 } } }
            interfaces: { se: { law: spring, stiffness: 1e17 Pa/m, pressure: 9 MPa }, collector: { law: bonded } }
            """);
        Assert.InRange(run.Last("cg_iterations"), 1, most);
    }

    [Theory]
    [InlineData(Strip, "{ euler: [0, 35 deg, 0] }",
        "a.yaml:3: microstructure.orientations.0: grain 1, turned by the Euler angles 0, 35, 0 deg: the crystal lies "
        + "so that strains in the x-z plane shear it along y")]
    [InlineData(Plate, "{ euler: [90 deg, 35 deg, 0] }",
        "a.yaml:3: microstructure.orientations.0: grain 1, turned by the Euler angles 90, 35, 0 deg: the crystal is "
        + "not the same in all directions about the axis z")]
    [InlineData("kind: slab, height: 30 nm, cells: [6]", "{ euler: [90 deg, 35 deg, 0] }",
        "a.yaml:3: microstructure.orientations.0: grain 1, turned by the Euler angles 90, 35, 0 deg: the crystal lies "
        + "so that a strain along z shears it sideways")]
    public void Crystals_that_would_leave_the_plane_are_refused(string domain, string orientation, string message)
    {
        var text = $"domain: {{ {domain} }}\nmaterial: {{ stiffness: {Magnesium} }}\nmicrostructure: {{ kind: layers, "
            + $"grains: 1, orientations: [ {orientation} ] }}";
        Assert.Contains(message, Assert.Throws<InputException>(() => CaseRun.OfText(text)).Message);
    }

    [Theory]
    [InlineData("se", "material: { stiffness: ")]
    [InlineData("collector", "material: { stiffness: ")]
    [InlineData("collector", "regions: [ { to: [20 nm, 30 nm, 10 nm], stiffness: ")]
    [InlineData("se", "microstructure: { kind: layers, grains: 1, stiffness: [ ")]
    public void Meshed_layers_beside_crystals_are_refused(string side, string before)
    {
        var after = before[0] switch { 'm' when before[1] == 'a' => " }", 'r' => " } ]", _ => " ] }" };
        var text = $"domain: {{ kind: 3d, size: [40 nm, 30 nm, 20 nm], cells: [4, 3, 2] "
            + $"}}\n{before}{Magnesium}{after}\ninterfaces: {{ {side}: {{ law: layer, thickness: 20 nm, "
            + $"youngs_modulus: 411 GPa, poisson_ratio: 0.28 }} }}";
        Assert.Contains("cannot be combined with an elastic layer; one of the interfaces has law: layer",
            Assert.Throws<InputException>(() => Cases.CaseText.Parse(text)).Message);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        var scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance * scale);
    }
}
