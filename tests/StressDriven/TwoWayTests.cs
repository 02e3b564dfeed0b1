using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Reference;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.StressDriven;

/// <summary>Stress that drives lithium.</summary>
public class TwoWayTests
{
    private static readonly Quantity[] Quantities =
    [
        new("x_LiPerMg", "x", 0, 1), new("vonMises_GPa", "von_mises", 0, 1e9), new("sigma_h_GPa", "sigma_h", 0, 1e9),
        new("u_r_nm", "displacement", 0, 1e-9), new("u_z_nm", "displacement", 2, 1e-9),
            new("sigma_rr_GPa", "stress", 0, 1e9), new("sigma_tt_GPa", "stress", 1, 1e9),
        new("sigma_zz_GPa", "stress", 2, 1e9), new("sigma_rz_GPa", "stress", 5, 1e9),
            new("w_el_MJ_m3", "energy_density", 0, 1e6),
    ];

    private const string Plate = """
        domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [20, 28] }
        interfaces: { se: { law: bonded, pressure: 9 MPa } }
        coupling: two-way
        protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } } ]
        """;

    private const string Slab = """
        domain: { kind: slab, height: 140 nm, cells: [140] }
        coupling: two-way
        protocol: [ { plate: { current: 1 mA/cm^2, time: 10 s } } ]
        """;

    [Fact]
    [Trait("Category", "Slow")]
    public void A_bonded_plate_is_within_one_percent_of_the_reference_at_1_nm_and_less_far_than_at_2_nm()
    {
        var file = ReferenceFile.Open("plate-bonded-two-way-10s");
        List<FieldError> Errors(string cells)
        {
            using var run = CaseRun.OfText(Plate, $"domain.cells={cells}", "material.ocv.kind=regular-solution");
            return FieldError.At(run, file, "points", "r", Quantities);
        }
        var fine = Errors("[100, 140]");
        Assert.All(fine, error => Assert.True(error.Relative < 0.01, $"{error}"));
        Assert.True(fine.Max(e => e.Relative) < 0.5 * Errors("[50, 70]").Max(e => e.Relative));
    }

    [Fact]
    public void A_film_clamped_in_plane_diffuses_faster_as_the_exact_solution_says()
    {
        // D (1 + 61.9 x) at 40 GPa: x = 0.09881 at the collector and 0.11253 at the SE after 10 s.
        using var run = CaseRun.OfText(Slab);
        Assert.Equal(0.09881, run.Last("x_collector"), 1e-5);
        Assert.Equal(0.11253, run.Last("x_se"), 1e-5);
    }

    [Fact]
    public void Lithium_without_volume_diffuses_by_Fick_alone()
    {
        using var coupled = CaseRun.OfText(Slab, "material.partial_molar_volume=0 m^3/mol", "solver.time_step=0.5s");
        using var free = CaseRun.OfText(Slab, "coupling=none", "solver.time_step=0.5s");
        Assert.All(coupled.Cells("x").Zip(free.Cells("x")), x => Assert.Equal(x.Second, x.First, 1e-9));
    }

    [Fact]
    public void Lithium_turns_over_where_the_electrolyte_holds_the_film_and_does_not_where_it_slides()
    {
        using var held = CaseRun.OfText(Plate);
        using var sliding = CaseRun.OfText(Plate, "interfaces.se.law=slide");
        Assert.True(held.Last("x_collector") > 2 * held.Last("x_se"));
        Assert.True(sliding.Last("x_collector") < 0.6 * sliding.Last("x_se"));
    }

    [Theory]
    [InlineData("ideal")]
    [InlineData("ocv")]
    public void A_closed_body_comes_to_one_potential_and_loses_energy_on_the_way(string thermodynamics)
    {
        using var run = CaseRun.OfText($$"""
            domain: { kind: plane-strain, size: [100 nm, 60 nm], cells: [20, 12] }
            material: { thermodynamics: {{thermodynamics}} }
            coupling: two-way
            initial: { x: { linear: { axis: z, from: 0.02, to: 0.2 } } }
            protocol: [ { rest: { time: 400 s } } ]
            output: { every: 20 s }
            """);
        // RT ln x + μ_mech for ideal transport, -F U for the open-circuit potential; in units of RT/F.
        var thermal = PhysicalConstants.Gas * 298.15 / PhysicalConstants.Faraday;
        double[] Potential(IO.Snapshot s) => thermodynamics == "ocv"
            ? CaseRun.Cells(s, "potential")
            : [.. CaseRun.Cells(s, "x")
                .Zip(CaseRun.Cells(s, "potential_mech"), (x, mech) => mech - thermal * Math.Log(x))];
        var end = Potential(run.Snapshots[^1]);
        Assert.InRange(end.Max() - end.Min(), 0, 1e-4 * thermal);
        Assert.True(Potential(run.Snapshots[0]).Max() - Potential(run.Snapshots[0]).Min() > thermal);

        if (thermodynamics == "ideal")
        {
            var energies = run.Snapshots.Select(s => CaseRun.Cells(s, "x")
                .Zip(CaseRun.Cells(s, "energy_density"), (x, w) =>
                71508 * PhysicalConstants.Gas * 298.15 * x * (Math.Log(x) - 1) + w).Sum()).ToArray();
            Assert.All(energies.Zip(energies.Skip(1)), pair =>
                Assert.True(pair.Second <= pair.First + 1e-9 * Math.Abs(pair.First)));
        }
    }

    [Fact]
    public void On_closed_faces_x_is_positive_also_beside_slopes_that_cells_do_not_resolve()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: axisymmetric, radius: 60 nm, height: 60 nm, cells: [15, 15] }
            interfaces: { se: { law: bonded }, collector: { law: bonded } }
            initial: { x: 0.05 }
            coupling: two-way
            protocol: [ { rest: { time: 100 s } } ]
            """);
        var least = run.Cells("x").Min() / 8;
        // On the edge the face's value is what the cell's is elsewhere.
        Assert.InRange(run.At("x", [60.0, 0.0]).Single()[0], least / 8, 1);
        Assert.InRange(run.At("x", [60.0, 2.0]).Single()[0], least, 1);
    }

    [Fact]
    public void Cycles_keep_charge_and_lithium()
    {
        using var run = CaseRun.OfText(Plate, "domain.cells=[10, 14]",
            "protocol=[ { repeat: { times: 5, steps: [ { plate: { current: 1 mA/cm^2, time: 5 s } }, { strip: { "
            + "current: 1 mA/cm^2, time: 10 s, potential: 0.4 V } } ] } } ]");
        Assert.InRange(run.Column("lithium_balance_error").Max(), 0, 1e-12);
        Assert.Equal(5, run.Column("cycle").Max());
        Assert.InRange(run.Cells("x").Min(), 0, 1);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var document = CaseText.Parse(Plate, "domain.cells=[60, 40]", "protocol.0.plate.time=0.1s");
        using var one = CaseRun.Run(document);
        using var three = CaseRun.Run(document, 3);
        Assert.Equal(one.Cells("x"), three.Cells("x"));
        Assert.Equal(one.Cells("stress"), three.Cells("stress"));
    }

    [Theory]
    [InlineData("interfaces.se.law=bonded")]
    [InlineData("interfaces.se={ law: friction, strength: 0.43 GPa, stiffness: 1e18 Pa/m }")]
    public void The_coupling_needs_few_iterations(string law)
    {
        using var run = CaseRun.OfText(Plate, law);
        Assert.InRange(run.Column("coupling_iterations").Average(), 1, 15);
    }

    [Fact]
    public void Steps_are_of_second_order()
    {
        double[] Run(double step) =>
            Profile(FormattableString.Invariant($"solver.time_step={step}s"), "solver.coupling_tolerance=1e-11");
        var (coarse, middle, fine) = (Run(0.1), Run(0.05), Run(0.025));
        double Distance(double[] a, double[] b) => a.Zip(b, (p, q) => Math.Abs(p - q)).Max();
        Assert.InRange(Math.Log2(Distance(coarse, middle) / Distance(middle, fine)), 1.7, 2.5);

        static double[] Profile(params string[] overrides)
        {
            using var run = CaseRun.OfText("""
                domain: { kind: plane-strain, size: [100 nm, 60 nm], cells: [10, 6] }
                interfaces: { se: { law: bonded } }
                coupling: two-way
                initial: { x: { linear: { axis: x, from: 0.05, to: 0.15 } } }
                protocol: [ { rest: { time: 1 s } } ]
                """, overrides);
            return run.Cells("x");
        }
    }
}
