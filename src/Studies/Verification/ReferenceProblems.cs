using System.Text.Json;
using MesoLiMg.Model;

namespace MesoLiMg.Studies.Verification;

/// <summary>Cases with an independent finite-element solution.</summary>
/// <param name="folder">Folder with the reference files.</param>
internal sealed class ReferenceProblems(string folder)
{
    /// <summary>
    /// A quantity of a reference file: its name, its key there, which carries the unit, and what it is here.
    /// </summary>
    private sealed record Quantity(string Name, string Key, string Field, int Component, double Scale);

    private static readonly Quantity[] Plate =
    [
        new("x", "x_LiPerMg", "x", 0, 1), new("u_r", "u_r_nm", "displacement", 0, 1e-9),
            new("u_z", "u_z_nm", "displacement", 2, 1e-9),
        new("σ_rr", "sigma_rr_GPa", "stress", 0, 1e9), new("σ_θθ", "sigma_tt_GPa", "stress", 1, 1e9),
            new("σ_zz", "sigma_zz_GPa", "stress", 2, 1e9), new("σ_rz", "sigma_rz_GPa", "stress", 5, 1e9),
        new("von Mises stress", "vonMises_GPa", "von_mises", 0, 1e9), new("σ_h", "sigma_h_GPa", "sigma_h", 0, 1e9),
            new("elastic energy density", "w_el_MJ_m3", "energy_density", 0, 1e6),
    ];

    private static readonly Quantity[] StripNodes =
        [new("x", "x_LiPerMg", "x", 0, 1), new("u_x", "u_x_nm", "displacement", 0, 1e-9),
        new("u_z", "u_z_nm", "displacement", 2, 1e-9)];

    private static readonly Quantity[] StripCentres =
    [
        new("σ_xx", "sigma_xx_GPa", "stress", 0, 1e9), new("σ_yy", "sigma_yy_outofplane_GPa", "stress", 1, 1e9),
            new("σ_zz", "sigma_zz_GPa", "stress", 2, 1e9), new("σ_xz", "sigma_xz_GPa", "stress", 5, 1e9),
        new("von Mises stress", "vonMises_GPa", "von_mises", 0, 1e9), new("σ_h", "sigma_h_GPa", "sigma_h", 0, 1e9),
    ];

    private const string PlateRemark =
        "The tolerance of the time steps is 1e-6, two-way 1e-4; on the finest grids it is seen in x and the "
        + "displacement. Rows of stress that fall with first order have their largest deviation at (0, 140) nm, where "
        + "the axis meets the held face and the values of cells are extrapolated to both.";

    private static readonly string[] PlateCells = ["25, 35", "50, 70", "100, 140"];

    /// <summary>
    /// x and the displacement that follows it are of second order until the error of the time steps is seen.
    /// </summary>
    private static (double? Order, double Bound) OneWay(Quantity quantity) => quantity.Field is "x" or "displacement"
        ? (1, 3e-4) : (0.8, 6e-3);

    public IReadOnlyList<Problem> All =>
    [
        OfPlate("Plate bonded to the electrolyte", "plate-bonded.yaml", "plate-bonded-one-way-10s",
            [.. PlateCells, "200, 280"], OneWay),
        OfPlate("Plate on a shear spring", "plate-spring.yaml", "plate-spring-1e17-one-way-10s",
            [.. PlateCells, "200, 280"], OneWay),
        OfPlate("Plate held by friction", "plate-friction.yaml", "plate-friction-0.5GPa-one-way-10s",
            [.. PlateCells, "200, 280"], OneWay),
        OfPlate("Plate bonded, two-way", "plate-bonded.yaml", "plate-bonded-two-way-10s", PlateCells, _ => (1.5, 6e-3),
            "coupling=two-way"),
        Strip,
    ];

    private Problem Strip
    {
        get
        {
            const string name = "strip-four-grains-one-way-5s";
            using var json = Open(name);
            var (section, uncertainty) = (json.RootElement.GetProperty("converged_Q2_5x_SDIRK2").Clone(),
                json.RootElement.GetProperty("converged_uncertainty_absdiff_5x_vs_3x").Clone());
            return new("Strip with four grains", "strip-four-grains.yaml",
                Account(name, "Finite elements of second order on 400 x 200 cells with SDIRK2.",
                "The row of x is of first order because of one point, (90, 45) nm, where four grains meet and the "
                    + "gradient of x jumps, while a probe interpolates between cells; elsewhere x deviates by less "
                    + "than 1e-5. Those of the displacements are the free corner under the spring, (200, 100) nm, 15 "
                    + "pm off at 160 x 80 cells; elsewhere they deviate by less than 0.3 pm."),
                Cells("80, 40", "160, 80", "320, 160"),
                [.. Measures(section, "node_points", "x", StripNodes, _ => (0.9, 3e-3), key =>
                    Number(uncertainty, $"node_points.{key}")),
                    .. Measures(section, "element_center_points", "x", StripCentres, _ => (0.9, 3e-3), key =>
                    Number(uncertainty, $"element_center_points.{key}"))])
            { IsQuick = false };
        }
    }

    private Problem OfPlate(string title, string @case, string name, string[] cells,
        Func<Quantity, (double? Order, double Bound)> bounds, params string[] overrides)
    {
        using var json = Open(name);
        var root = json.RootElement.Clone();
        var uncertainty = root.TryGetProperty("uncertainty_absdiff_vs_coarser_mesh", out var mesh) ? mesh
            : root.GetProperty("uncertainty_absdiff_vs_coarser");
        return new(title, @case, Account(name, root.GetProperty("method").GetString()!.Split("; uncertainty")[0] + ".",
            PlateRemark), Cells(cells, overrides),
            [.. Measures(root, "points", "r", Plate, bounds, key => Number(uncertainty, key))])
        { IsQuick = false };
    }

    private static string Account(string name, string method, string remark) => $"""
        Against the independent solution `{name}.json`. {method} Each row is the largest deviation over the points of
        that file, relative to the range of the quantity over them; its own uncertainty is its
        difference to a coarser mesh, on the same scale. {remark}
        """;

    private static IEnumerable<Measure> Measures(JsonElement section, string list, string axis, Quantity[] quantities,
        Func<Quantity, (double? Order, double Bound)> bounds, Func<string, double> uncertainty)
    {
        var points = section.GetProperty(list).EnumerateArray().ToList();
        double[][] positions =
            [.. points.Select(p => new[] { 1e-9 * Number(p, $"{axis}_nm"), 1e-9 * Number(p, "z_nm") })];
        foreach (var quantity in quantities)
        {
            double[] expected = [.. points.Select(p => Number(p, quantity.Key))];
            var range = expected.Max() - expected.Min();
            var (order, bound) = bounds(quantity);
            yield return new(quantity.Name, run => run.At(quantity.Field, positions)
                .Zip(expected, (found, exact) => Math.Abs(found[quantity.Component] / quantity.Scale - exact))
                .Max() / range, order, bound, uncertainty(quantity.Key) / range);
        }
    }

    // Two-way steps are longer than by default: their error stays far below that of the cells.
    private static IReadOnlyList<Level> Cells(string[] cells, params string[] overrides) =>
        [.. Level.OfCells(cells)
        .Select(level => level
        with { Assignments = [.. level.Assignments, overrides.Contains("coupling=two-way")
        ? "solver.time_tolerance=1e-4" : "solver.time_tolerance=1e-6", .. overrides] })];

    private static IReadOnlyList<Level> Cells(params string[] cells) => Cells(cells, []);

    private static double Number(JsonElement element, string key) => element.GetProperty(key).GetDouble();

    private JsonDocument Open(string name)
    {
        var path = Path.Combine(folder, name + ".json");
        return File.Exists(path) ? JsonDocument.Parse(File.ReadAllText(path))
            : throw new InputException(
            $"{path}: no such file; --references names the folder of the reference solutions");
    }
}
