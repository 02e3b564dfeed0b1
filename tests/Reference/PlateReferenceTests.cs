using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Reference;

/// <summary>
/// The plate of the paper's Figure 4d-g under three interface laws against independent finite-element solutions of
/// third order.
/// </summary>
public class PlateReferenceTests
{
    private static readonly Quantity[] Quantities =
    [
        new("x_LiPerMg", "x", 0, 1),
        new("vonMises_GPa", "von_mises", 0, 1e9),
        new("sigma_h_GPa", "sigma_h", 0, 1e9),
        new("u_r_nm", "displacement", 0, 1e-9),
        new("u_z_nm", "displacement", 2, 1e-9),
        new("sigma_rr_GPa", "stress", 0, 1e9),
        new("sigma_tt_GPa", "stress", 1, 1e9),
        new("sigma_zz_GPa", "stress", 2, 1e9),
        new("sigma_rz_GPa", "stress", 5, 1e9),
        new("w_el_MJ_m3", "energy_density", 0, 1e6),
    ];

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("plate-bonded", "plate-bonded-one-way-10s")]
    [InlineData("plate-spring", "plate-spring-1e17-one-way-10s")]
    [InlineData("plate-friction", "plate-friction-0.5GPa-one-way-10s")]
    public void Every_field_is_within_one_percent_of_its_range_at_1_nm_and_nearer_at_half_a_nm(
        string @case, string reference)
    {
        var file = ReferenceFile.Open(reference);
        var coarse = Errors(@case, file);
        Assert.All(coarse, error => Assert.True(error.Relative < 0.01, $"1 nm cells: {error}"));
        var fine = Errors(@case, file, "domain.cells=[200, 280]");
        Assert.All(fine, error => Assert.True(error.Relative < 0.01, $"0.5 nm cells: {error}"));
        Assert.True(fine.Max(e => e.Relative) < coarse.Max(e => e.Relative),
            $"1 nm cells: {coarse.MaxBy(e => e.Relative)}, 0.5 nm cells: {fine.MaxBy(e => e.Relative)}");
    }

    [Theory]
    [InlineData("plate-bonded", "plate-bonded-one-way-10s")]
    [InlineData("plate-spring", "plate-spring-1e17-one-way-10s")]
    [InlineData("plate-friction", "plate-friction-0.5GPa-one-way-10s")]
    public void Energy_and_potential_differences_are_those_of_the_reference(string @case, string reference)
    {
        var file = ReferenceFile.Open(reference);
        using var run = CaseRun.OfFile($"verification/{@case}.yaml", "domain.cells=[50, 70]",
            "solver.time_tolerance=1e-4");
        Assert.Equal(file.Number("avg_x_LiPerMg"), run.Last("x_mean"), 1e-9);
        Assert.Equal(1, run.Last("elastic_energy") / file.Number("elastic_energy_J"), 0.02);
        Assert.Equal(file.Number("chem_diff_axis_mV"), 1e3 * run.Last("potential_chem_difference"), 0.1);
        Assert.Equal(1, 1e3 * run.Last("potential_mech_difference") / file.Number("mech_diff_areaavg_mV"), 0.02);
    }

    private static List<FieldError> Errors(string @case, ReferenceFile file, params string[] overrides)
    {
        // Longer time steps than by default: their error stays far below that of the cells.
        using var run = CaseRun.OfFile($"verification/{@case}.yaml", ["solver.time_tolerance=1e-4", .. overrides]);
        return FieldError.At(run, file, "points", "r", Quantities);
    }
}
