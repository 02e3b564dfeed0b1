using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Crystals;

/// <summary>Hexagonal plates that are cut out of the grid: cells outside are void.</summary>
public class PlateTests
{
    private const double Beta = 71508 * 1.30e-5 / 3;
    private const string Magnesium =
        "stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }";
    private const string Free = "{ x_min: free, x_max: free, y_min: free, y_max: free }", Quarter = "free";

    [Theory]
    [InlineData(Free, "youngs_modulus: 40 GPa", "")]
    [InlineData(Free, Magnesium,
        "microstructure: { kind: layers, grains: 1, orientations: [ { euler: [20 deg, 40 deg, 60 deg] } ] }")]
    [InlineData(Quarter, "youngs_modulus: 40 GPa", "")]
    public void A_plate_that_swells_freely_carries_no_stress(string lateral, string material, string grains)
    {
        using var run = CaseRun.OfText(
            Plate(lateral, material,
            grains + "\ninitial: { x: 0.1 }\ninterfaces: { se: { law: slide, pressure: 0 MPa } }"));
        Assert.All(run.Cells("von_mises"), stress => Assert.InRange(stress, 0, 100));
        Assert.InRange(run.Last("von_mises_max"), 0, 100);
        var (strain, solid) = (run.Cells("strain"), Solid(run));
        for (var i = 0; i < strain.Length; i++)
            Assert.Equal(i % 6 < 3 && solid[i / 6] ? 0.1 * Beta : 0, strain[i], 1e-9);
    }

    [Fact]
    public void A_plate_under_pressure_has_it_up_to_its_rim_and_nothing_beyond()
    {
        using var run = CaseRun.OfText(
            Plate(Free, "youngs_modulus: 40 GPa, poisson_ratio: 0.3",
            "interfaces: { se: { law: slide, pressure: 100 MPa } }"));
        var (stress, solid) = (run.Cells("stress"), Solid(run));
        for (var i = 0; i < stress.Length; i++)
            Assert.Equal(i % 6 == 2 && solid[i / 6] ? -100e6 : 0, stress[i], 10.0);
        Assert.Equal(100e6, run.Last("von_mises_se"), 10.0);
        Assert.Equal(100e6, run.Last("von_mises_mean"), 10.0);
        Assert.Equal(100e6, run.Last("von_mises_collector"), 10.0);
        Assert.Equal(-100e6 / 3, run.Last("sigma_h_mean"), 10.0);
        // ½ p²/E over the cells that are there.
        Assert.Equal(0.5 * 1e16 / 40e9 * solid.Count(s => s) * 10e-9 * 10e-9 * 5e-9, run.Last("elastic_energy"),
            1e-6 * 1.25e4 * 5e-21);
    }

    [Fact]
    public void A_plate_takes_up_its_current_through_its_own_face_as_a_slab_does()
    {
        const string uptake = "coupling: none\nprotocol: [ { plate: { current: 1 mA/cm^2, time: 3 s } } ]";
        using var plate = CaseRun.OfText(Plate(Quarter, "diffusivity: 1e-12 cm^2/s", uptake));
        using var slab = CaseRun.OfText(
            $"domain: {{ kind: slab, height: 30 nm, cells: [6] }}\nmaterial: {{ diffusivity: 1e-12 cm^2/s }}\n{uptake}");
        var (x, column, solid) = (plate.Cells("x"), slab.Cells("x"), Solid(plate));
        for (var i = 0; i < x.Length; i++)
            Assert.Equal(solid[i] ? column[i / (x.Length / 6)] : 0, x[i], 1e-10);
        foreach (var quantity in new[] { "x_mean", "x_se", "x_collector", "charge", "current", "theta" })
            Assert.Equal(slab.Last(quantity), plate.Last(quantity), 1e-9 * Math.Abs(slab.Last(quantity)));
        Assert.InRange(plate.Last("lithium_balance_error"), 0, 1e-13);
    }

    [Fact]
    public void A_quarter_of_a_plate_between_planes_of_symmetry_is_a_quarter_of_the_whole()
    {
        const string load = """
            initial: { x: { linear: { axis: z, from: 0.02, to: 0.1 } } }
            interfaces: { se: { law: friction, stiffness: 1e17 Pa/m, strength: 0.3 GPa, pressure: 9 MPa },
              collector: { law: slide } }
            """;
        using var whole = CaseRun.OfText(
            Plate(Free, "youngs_modulus: 40 GPa", load, "[240 nm, 200 nm, 30 nm]", "[24, 20, 6]"));
        using var quarter = CaseRun.OfText(
            Plate(Quarter, "youngs_modulus: 40 GPa", load, "[120 nm, 100 nm, 30 nm]", "[12, 10, 6]"));
        var (a, b) = (whole.Cells("von_mises"), quarter.Cells("von_mises"));
        var largest = b.Max();
        for (var i = 0; i < b.Length; i++)
            Assert.Equal(b[i], a[12 + i % 12 + 24 * (10 + i / 12 % 10 + 20 * (i / 120))], 1e-6 * largest);
        foreach (var area in new[] { "stick_area_se", "slip_area_se", "elastic_energy" })
            Assert.Equal(4 * quarter.Last(area), whole.Last(area), 1e-6 * whole.Last(area));
        Assert.Equal(Solid(whole).Count(s => s) / 6 * 1e-16, whole.Last("stick_area_se") + whole.Last("slip_area_se"),
            1e-22);
        Assert.Equal(whole.Last("von_mises_se"), quarter.Last("von_mises_se"), 1e-6 * largest);
    }

    [Theory]
    [InlineData("[24, 24, 8]")]
    [InlineData("[36, 36, 12]")]
    public void Voids_about_a_plate_cost_a_few_more_iterations(string cells)
    {
        int Iterations(string hexagon)
        {
            using var run = CaseRun.OfText($$"""
                domain: { kind: 3d, size: [240 nm, 240 nm, 80 nm], cells: {{cells}}, lateral: {{Free}}{{hexagon}} }
                material: { {{Magnesium}} }
                microstructure: { kind: columnar, grains: 12, texture: random }
                initial: { x: { linear: { axis: z, from: 0.05, to: 0.15 } } }
                interfaces: { se: { law: spring, stiffness: 1e17 Pa/m, pressure: 9 MPa }, collector: { law: slide } }
                """);
            return (int)run.Last("cg_iterations");
        }
        var (plate, box) = (Iterations(", hexagon: 200 nm"), Iterations(""));
        Assert.InRange(plate, 1, Math.Min(box + 6, 25));
    }

    [Fact]
    public void Grains_of_a_plate_end_at_its_rim_and_cells_of_no_grain_are_marked()
    {
        using var run = CaseRun.OfText(
            Plate(Free, "youngs_modulus: 40 GPa", "microstructure: { kind: columnar, grains: 6 }\ncoupling: none"));
        var (grain, phase) = (run.Simulation.Materials.Grain, run.Simulation.Materials.Phase);
        Assert.All(grain.Zip(phase), pair => Assert.Equal(pair.First == 0, pair.Second == Materials.VoidPhase));
        // A hexagon of width w has the area √3/2 w²; its rim goes along cells.
        Assert.Equal(Math.Sqrt(3) / 2 * 200 * 200, grain.Count(g => g > 0) / 6.0 * 100,
            0.03 * Math.Sqrt(3) / 2 * 200 * 200);
    }

    [Fact]
    public void Cells_of_no_grain_of_a_file_can_be_void()
    {
        using var folder = new TemporaryFolder();
        // Two blocks of 2 x 3 cells with a gap of one cell between them.
        byte[] ids = [.. Enumerable.Range(0, 5 * 3 * 2).Select(i => (byte)(i % 5 == 2 ? 0 : i % 5 < 2 ? 1 : 2))];
        File.WriteAllBytes(Path.Combine(folder.Path, "grains.raw"), ids);
        var path = Path.Combine(folder.Path, "case.yaml");
        File.WriteAllText(path, """
            domain: { kind: 3d, size: [50 nm, 30 nm, 20 nm], cells: [5, 3, 2] }
            material: { diffusivity: 1e-11 cm^2/s }
            microstructure: { kind: file, file: grains.raw, outside: void }
            interfaces: { se: { law: slide, pressure: 30 MPa } }
            initial: { x: 0.05 }
            solver: { tolerance: 1e-10 }
            """);
        using var run = CaseRun.Run(Model.CaseReader.Read(path, []));
        var stress = run.Cells("stress");
        for (var i = 0; i < 30; i++)
            Assert.Equal(ids[i] == 0 ? 0 : -30e6, stress[6 * i + 2], 10.0);
        Assert.Equal(ids.Select(id => id == 0 ? Materials.VoidPhase : 0), run.Simulation.Materials.Phase);
    }

    [Theory]
    [InlineData("domain: { kind: plane-strain, size: [40 nm, 20 nm], cells: [4, 2], hexagon: 20 nm }",
        "domain.hexagon: kind plane-strain has none")]
    [InlineData("domain: { kind: 3d, size: [40 nm, 40 nm, 20 nm], cells: [4, 4, 2], lateral: free, hexagon: 1 nm }",
        "domain.hexagon: is thinner than the cells")]
    [InlineData("domain: { kind: 3d, size: [120 nm, 105 nm, 140 nm], cells: [12, 10, 14], lateral: free, hexagon: 1 "
        + "um }", "a.yaml:1: domain.hexagon: the plate's corners lie 577.4 nm from its middle along x, the box leaves "
        + "120 nm there")]
    [InlineData("domain: { kind: 3d, size: [240 nm, 105 nm, 140 nm], cells: [24, 10, 14], lateral: free, hexagon: 300 "
        + "nm }", "domain.hexagon: the plate's flats lie 150 nm from its middle along y, the box leaves 105 nm there")]
    [InlineData("domain: { kind: 3d, size: [240 nm, 210 nm, 140 nm], cells: [24, 10, 14], lateral: { x_min: free, "
        + "x_max: free, y_min: free, y_max: free }, hexagon: 220 nm }",
        "domain.hexagon: the plate's corners lie 127 nm from its middle along x, the box leaves 120 nm there")]
    [InlineData("domain: { kind: 3d, size: [240 nm, 200 nm, 140 nm], cells: [24, 10, 14], lateral: periodic, hexagon: "
        + "200 nm }", "and a periodic one must be wider than the plate")]
    [InlineData("domain: { kind: 3d, size: [120 nm, 105 nm, 140 nm], cells: [1, 1, 14], lateral: free, hexagon: 200 "
        + "nm }", "domain.hexagon: cuts no cell out of the box")]
    [InlineData("domain: { kind: slab, height: 20 nm, cells: [4] }\nmicrostructure: { kind: layers, grains: 2, "
        + "outside: void }", "microstructure.outside: cells of no grain are those of a file, here the kind is layers")]
    public void Plates_that_cannot_be_cut_are_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<Model.InputException>(() => CaseText.Parse(text)).Message);

    private static bool[] Solid(CaseRun run) =>
        [.. run.Simulation.Materials.Phase.Select(phase => phase != Materials.VoidPhase)];

    private static string Plate(string lateral, string material, string more, string size = "[240 nm, 240 nm, 30 nm]", string cells = "[24, 24, 6]") => $$"""
        domain: { kind: 3d, size: {{size}}, cells: {{cells}}, lateral: {{lateral}}, hexagon: 200 nm }
        material: { {{material}} }
        solver: { tolerance: 1e-10 }
        {{more}}
        """;
}
