using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Voids;

/// <summary>
/// Values on faces, edges and corners beside voids are those of the body: what is uniform in it is uniform up to them.
/// </summary>
public class VoidFaceTests
{
    private const double Pressure = 100e6;
    private const string Free = "{ x_min: free, x_max: free, y_min: free, y_max: free }",
        Symmetric = "{ x_min: symmetric, x_max: free, y_min: symmetric, y_max: free }";
    private const string Magnesium =
        "stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }";

    [Theory]
    [InlineData(Free, "youngs_modulus: 40 GPa", "one-way")]
    [InlineData(Symmetric, "youngs_modulus: 40 GPa", "one-way")]
    [InlineData(Symmetric, "youngs_modulus: 40 GPa", "two-way")]
    [InlineData(Symmetric, Magnesium, "one-way")]
    public void A_plate_under_pressure_has_its_stress_and_lithium_on_planes_of_symmetry_too(
        string lateral, string material, string coupling)
    {
        using var run = CaseRun.OfText($$"""
            domain: { kind: 3d, size: [240 nm, 240 nm, 30 nm], cells: [24, 24, 6], lateral: {{lateral}},
              hexagon: 206 nm }
            material: { {{material}} }
            initial: { x: 0.1 }
            interfaces: { se: { law: slide, pressure: 100 MPa } }
            coupling: {{coupling}}
            solver: { tolerance: 1e-11 }
            """);
        AssertUniform(run);
    }

    [Theory]
    [InlineData("free", "poisson_ratio: 0.3")]
    [InlineData("symmetric", "poisson_ratio: 0.3")]
    [InlineData("periodic", "poisson_ratio: 0, partial_molar_volume: 0 m^3/mol")]
    public void A_body_of_steps_and_gaps_has_its_stress_and_lithium_on_all_faces(string lateral, string material)
    {
        // From the low x face inward one, two and three columns of the body, then a gap; at the other end of x there is
        // none where y is 1. Nothing may strain where the body is held to its own other end.
        string[] plan = ["#.###", "##.#.", "###.#"];
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(Path.Combine(folder.Path, "grains.raw"),
            [.. Enumerable.Range(0, 60).Select(i => (byte)(plan[i / 5 % 3][i % 5] == '#' ? 1 : 0))]);
        var path = Path.Combine(folder.Path, "case.yaml");
        File.WriteAllText(path, $$"""
            domain: { kind: 3d, size: [50 nm, 30 nm, 40 nm], cells: [5, 3, 4], lateral: { x_min: {{lateral}},
              x_max: {{(lateral == "symmetric" ? "free" : lateral)}}, y_min: free, y_max: free } }
            material: { {{material}} }
            microstructure: { kind: file, file: grains.raw, outside: void }
            interfaces: { se: { law: slide, pressure: 100 MPa }, collector: { law: slide } }
            initial: { x: 0.1 }
            solver: { tolerance: 1e-11 }
            """);
        using var run = CaseRun.Run(CaseReader.Read(path, []));
        AssertUniform(run);
    }

    [Fact]
    public void A_probe_on_a_face_and_at_a_corner_beside_voids_reads_the_body()
    {
        using var run = CaseRun.OfText($$"""
            domain: { kind: 3d, size: [120 nm, 105 nm, 20 nm], cells: [12, 10, 2], lateral: {{Symmetric}},
              hexagon: 206 nm }
            material: { youngs_modulus: 40 GPa }
            initial: { x: 0.1 }
            interfaces: { se: { law: slide, pressure: 100 MPa } }
            solver: { tolerance: 1e-11 }
            """);
        // The plate ends in one cell at x from 110 to 120 nm and y up to 10.5 nm; those beside it are void, as the last
        // point is.
        double[][] points = [[116, 0, 20], [116, 0, 0], [111, 1, 20], [119, 10, 20], [0, 99, 10], [119, 100, 20]];
        Assert.All(run.At("x", points).SkipLast(1), x => Assert.Equal(0.1, x[0], 1e-12));
        Assert.All(run.At("von_mises", points).SkipLast(1), stress =>
            Assert.Equal(Pressure, stress[0], 1e-6 * Pressure));
        Assert.True(double.IsNaN(run.At("x", points)[^1][0]));
    }

    [Theory]
    [InlineData("one-way")]
    [InlineData("two-way")]
    public void A_film_above_what_holds_no_lithium_reacts_as_a_film_alone(string coupling)
    {
        string Case(int cells, string regions) => $$"""
            domain: { kind: slab, height: {{10 * cells}} nm, cells: [{{cells}}] }
            material: { diffusivity: 1e-13 cm^2/s }
            {{regions}}
            initial: { x: 0.1 }
            interfaces: { se: { pressure: 500 MPa } }
            coupling: {{coupling}}
            kinetics: { law: butler-volmer, exchange_current_density: 1 A/m^2 }
            protocol: [ { plate: { current: 0.1 mA/cm^2, time: 5 s } } ]
            solver: { time_step: 0.5 s, tolerance: 1e-11 }
            """;
        using var alone = CaseRun.OfText(Case(1, ""));
        using var above = CaseRun.OfText(
            Case(3, "regions: [ { to: [20 nm], phase: 1, partial_molar_volume: 0 m^3/mol } ]"));
        Assert.Equal(alone.Last("x_se"), above.Last("x_se"), 1e-9);
        Assert.Equal(alone.Last("electrode_potential"), above.Last("electrode_potential"), 1e-9);
    }

    /// <summary>σ_zz = -p and x = 0.1 in all cells of the body and on all its faces, and so in the history.</summary>
    private static void AssertUniform(CaseRun run)
    {
        var snapshot = run.Snapshots[^1];
        var phase = run.Simulation.Materials.Phase;
        var (x, stress) = (Boundary("x"), Boundary("stress"));
        var (n, i) = (snapshot.Grid.Cells, 0);
        foreach (var (kx, ky, kz) in new ClosedGrid(snapshot.Grid).Boundary())
        {
            int Cell(int k, int cells) => Math.Clamp(k - 1, 0, cells - 1);
            if (phase[Cell(kx, n.X) + n.X * (Cell(ky, n.Y) + n.Y * Cell(kz, n.Z))] != Materials.VoidPhase)
            {
                Assert.Equal(0.1, x[i], 1e-10);
                for (var c = 0; c < 6; c++)
                    Assert.Equal(c == 2 ? -Pressure : 0, stress[6 * i + c], 1e-5 * Pressure);
            }
            i++;
        }
        foreach (var quantity in new[] { "von_mises_max", "von_mises_se", "von_mises_collector",
            "von_mises_max_off_corner" })
            Assert.Equal(Pressure, run.Last(quantity), 1e-5 * Pressure);
        Assert.Equal(0.1, run.Last("x_se"), 1e-10);
        double[] Boundary(string field) => (double[])snapshot.Boundary.Single(f => f.Name == field).Data;
    }
}
