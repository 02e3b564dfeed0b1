using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>Elastic neighbours that are meshed with the film and bonded to it.</summary>
public class LayerTests
{
    private const double Young = 40e9, Nu = 0.3, Swelling = 1.3e-5 * 71508 * 0.1 / 3;

    /// <summary>A long strip; its middle knows nothing of the free end.</summary>
    private const string Strip = """
        domain: { kind: plane-strain, size: [1200 nm, 80 nm], cells: [120, 8] }
        initial: { x: 0.1 }
        solver: { tolerance: 1e-9 }

        """;

    private const string Plate = """
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [20, 28] }
        material: { diffusivity: 1e-11 cm^2/s }
        interfaces: { se: { law: bonded, pressure: 9 MPa }, collector: { law: slide } }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 5 s } } ]

        """;

    private const string BothLayers =
        "{ se: { law: layer, thickness: 50 nm, youngs_modulus: 22 GPa, poisson_ratio: 0.37, pressure: 9 MPa }, "
        + "collector: { law: layer, thickness: 30 nm, youngs_modulus: 411 GPa, poisson_ratio: 0.28 } }";

    [Theory]
    [InlineData("collector")]
    [InlineData("se")]
    public void A_thick_and_stiff_layer_clamps_the_film(string side)
    {
        using var run = CaseRun.OfText(
            $"{Strip}interfaces: {{ {side}: {{ law: layer, thickness: 400 nm, youngs_modulus: 1e6 GPa, poisson_ratio: "
            + $"0.2 }} }}");
        var stress = run.At("stress", [5, 40])[0];
        // A stiff layer on top stays straight, so that the edge's stress along z, whose sum is zero, reaches far
        // inward.
        var clamped = -Young * Swelling / (1 - Nu) + Nu / (1 - Nu) * stress[2];
        Assert.Equal(clamped, stress[0], 1e-4 * Young * Swelling);
        Assert.Equal(clamped, stress[1], 1e-4 * Young * Swelling);
        Assert.InRange(Math.Abs(stress[2]), 0, side == "se" ? 0.1 * Young * Swelling : 1e-4 * Young * Swelling);
    }

    [Theory]
    [InlineData("collector")]
    [InlineData("se")]
    public void A_soft_layer_leaves_the_film_free(string side)
    {
        using var run = CaseRun.OfText(
            $"{Strip}interfaces: {{ {side}: {{ law: layer, thickness: 40 nm, youngs_modulus: 1e-6 GPa, poisson_ratio: "
            + $"0.3 }} }}");
        foreach (var stress in run.At("stress", [5, 40], [600, 20], [900, 75]))
        {
            Assert.Equal(0, stress[0], 1e-4 * Young * Swelling);
            Assert.Equal(-Young * Swelling, stress[1], 1e-4 * Young * Swelling);
            Assert.Equal(0, stress[2], 1e-4 * Young * Swelling);
        }
    }

    [Fact]
    public void Film_and_layer_share_the_strain_that_balances_their_forces()
    {
        // Kept flat by the collector, plane strain: H E'_f (ε - (1 + ν_f) β) + t E'_l ε = 0 with E' = E/(1 - ν²).
        const double layerYoung = 411e9, layerNu = 0.28, t = 30, h = 80;
        using var run = CaseRun.OfText(
            $"{Strip}interfaces: {{ collector: {{ law: layer, thickness: 30 nm, youngs_modulus: 411 GPa, "
            + $"poisson_ratio: 0.28 }} }}");
        var (film, layer) = (h * Young / (1 - Nu * Nu), t * layerYoung / (1 - layerNu * layerNu));
        var strain = film * (1 + Nu) * Swelling / (film + layer);
        Assert.All(run.At("strain", [5, 40], [5, -15]), e => Assert.Equal(strain, e[0], 1e-4 * Swelling));
        var (inFilm, inLayer) = (run.At("stress", [5, 40])[0], run.At("stress", [5, -15])[0]);
        Assert.Equal(film / h * (strain - (1 + Nu) * Swelling), inFilm[0], 1e-4 * Young * Swelling);
        Assert.Equal(layer / t * strain, inLayer[0], 1e-4 * Young * Swelling);
        Assert.Equal(layerNu * inLayer[0], inLayer[1], 1e-4 * Young * Swelling);
    }

    [Fact]
    public void A_slab_feels_of_its_layers_what_the_pressure_makes_them_yield()
    {
        const double pressure = 1e9, layerYoung = 22e9, layerNu = 0.37;
        using var run = CaseRun.OfText("""
            domain: { kind: slab, height: 140 nm, cells: [28] }
            initial: { x: 0.1 }
            solver: { tolerance: 1e-12 }
            interfaces: { se: { pressure: 1 GPa }, collector: { law: layer, thickness: 50 nm, youngs_modulus: 22 GPa,
              poisson_ratio: 0.37 } }
            """);
        var film = run.At("stress", [70])[0];
        Assert.Equal(-Young * Swelling / (1 - Nu) - Nu / (1 - Nu) * pressure, film[0], 1e-6 * pressure);
        var layer = run.At("stress", [-20])[0];
        Assert.Equal(-layerNu / (1 - layerNu) * pressure, layer[0], 1e-6 * pressure);
        Assert.Equal(-pressure, layer[2], 1e-6 * pressure);
        var compliance = (1 + layerNu) * (1 - 2 * layerNu) / (layerYoung * (1 - layerNu));
        Assert.Equal(-pressure * compliance * 50e-9, run.At("displacement", [0])[0][2], 1e-6 * 50e-9);
    }

    [Fact]
    public void Lithium_that_stress_does_not_drive_knows_nothing_of_layers()
    {
        using var alone = CaseRun.OfText(Plate);
        using var layered = CaseRun.OfText(Plate, $"interfaces={BothLayers}");
        foreach (var column in new[] { "x_mean", "x_se", "x_collector", "potential_chem_difference",
            "lithium_balance_error" })
            Assert.Equal(alone.Column(column), layered.Column(column));
        Assert.Equal(alone.At("x", [0, 140], [50, 0], [30, 77]).Select(v => v[0]),
            layered.At("x", [0, 140], [50, 0], [30, 77]).Select(v => v[0]));
        Assert.NotEqual(alone.Last("von_mises_collector"), layered.Last("von_mises_collector"));
    }

    [Fact]
    public void Snapshots_hold_layers_outside_of_the_film()
    {
        using var run = CaseRun.OfText(Plate, $"interfaces={BothLayers}");
        var grid = run.Snapshots[^1].Grid;
        Assert.Equal(((20, 1, 44), (6, 10), -30e-9), (grid.Cells, grid.Layers, Math.Round(grid.Origin.Z, 12)));
        double At(string field, double z) => run.At(field, [2.5, z])[0][0];
        Assert.Equal([1, 1, 0, 0, 0, 2, 2], new[] { -30.0, -1, 0, 70, 140, 141, 190 }.Select(z => At("phase", z)));
        Assert.Equal([0, 0, 0, 0], new[] { -30.0, -1, 141, 190 }.Select(z => At("x", z)));
        Assert.True(At("x", 140) > At("x", 139) && At("x", 0) > 0);
        Assert.True(At("von_mises", -15) > 1e7 && At("von_mises", 160) > 1e6);
        // The pressure passes through: a cut anywhere carries it.
        var (nx, cells) = (20, run.Cells("stress"));
        foreach (var z in new[] { 0, 10, 40 })
            Assert.Equal(-9e6, Enumerable.Range(0, nx).Sum(i => cells[(z * nx + i) * 6 + 2] * (2 * i + 1)) / (nx * nx),
                2e6);
    }

    [Fact]
    public void Friction_may_act_on_the_far_side_of_a_layer()
    {
        using var run = CaseRun.OfText(
            Plate, "interfaces={ se: { law: slide, pressure: 9 MPa }, collector: { law: layer, thickness: 30 nm, "
            + "youngs_modulus: 411 GPa, poisson_ratio: 0.28, far_side: friction, stiffness: 1e18 Pa/m, strength: 1 "
            + "MPa } }");
        Assert.Equal(Math.PI * 1e-14, run.Last("stick_area_collector") + run.Last("slip_area_collector"), 1e-22);
        Assert.True(run.Last("slip_area_collector") > 0.5 * Math.PI * 1e-14);
    }

    [Fact]
    public void Stress_of_a_bonded_layer_drives_lithium_away_from_it()
    {
        using var sliding = CaseRun.OfText(Plate, "coupling=two-way", "interfaces.se.law=slide");
        using var layered = CaseRun.OfText(Plate, "coupling=two-way",
            "interfaces={ se: { law: slide, pressure: 9 MPa }, collector: { law: layer, thickness: 30 nm, "
            + "youngs_modulus: 411 GPa, poisson_ratio: 0.28 } }");
        Assert.True(layered.Last("x_collector") < 0.9 * sliding.Last("x_collector"));
        Assert.InRange(layered.Last("lithium_balance_error"), 0, 1e-12);
    }
}
