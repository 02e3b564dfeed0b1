using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Reference;

/// <summary>
/// Four grains in plane strain against an independent finite-element solution of second order, five times finer than
/// its map of grains.
/// </summary>
public class StripReferenceTests
{
    private static readonly double[] FreeCorner = [200, 100];

    private static readonly Quantity[] AtNodes =
    [
        new("x_LiPerMg", "x", 0, 1), new("u_x_nm", "displacement", 0, 1e-9), new("u_z_nm", "displacement", 2, 1e-9),
    ];

    private static readonly Quantity[] AtCentres =
    [
        new("x_LiPerMg", "x", 0, 1),
        new("sigma_xx_GPa", "stress", 0, 1e9), new("sigma_yy_outofplane_GPa", "stress", 1, 1e9),
            new("sigma_zz_GPa", "stress", 2, 1e9), new("sigma_xz_GPa", "stress", 5, 1e9),
        new("vonMises_GPa", "von_mises", 0, 1e9), new("sigma_h_GPa", "sigma_h", 0, 1e9),
    ];

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_field_is_within_half_a_percent_of_its_range()
    {
        // The free corner under the solid electrolyte, where the stress is the steepest, needs the finer grid.
        Assert.All(Errors().Where(e => !e.Point.SequenceEqual(FreeCorner)), error =>
            Assert.True(error.Relative < 0.005, error.ToString()));
        Assert.All(Errors("domain.cells=[320, 160]"), error => Assert.True(error.Relative < 0.005, error.ToString()));
    }

    private static List<FieldError> Errors(params string[] overrides)
    {
        var file = ReferenceFile.Open("strip-four-grains-one-way-5s", "converged_Q2_5x_SDIRK2");
        using var run = CaseRun.OfFile("verification/strip-four-grains.yaml",
            ["solver.time_tolerance=1e-4", .. overrides]);
        return [.. FieldError.At(run, file, "node_points", "x", AtNodes),
            .. FieldError.At(run, file, "element_center_points", "x", AtCentres)];
    }
}
