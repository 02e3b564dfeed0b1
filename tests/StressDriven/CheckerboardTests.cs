using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.StressDriven;

/// <summary>
/// Lithium that alternates from cell to cell: its stress is not that of smooth lithium, and the coupled iteration must
/// know.
/// </summary>
public class CheckerboardTests
{
    private const double Modulus = 40e9, Poisson = 0.3, Magnesium = 71508, MolarVolume = 1.3e-5,
        Temperature = 298.15, Mean = 0.1;

    /// <summary>dβ/dx</summary>
    private const double Swelling = MolarVolume * Magnesium / 3;

    private static readonly double Thermal = 8.314462618 * Temperature;

    /// <summary>ℓ = 2 E β'²/((1-ν) c_Mg RT)</summary>
    private static readonly double Stiffness =
        2 * Modulus * Swelling * Swelling / ((1 - Poisson) * Magnesium * Thermal);

    /// <summary>9K(1-ν)/(2E)</summary>
    private const double Excess = 1.5 * (1 - Poisson) / (1 - 2 * Poisson);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Along_two_axes_it_is_stressed_as_if_nothing_moved_and_along_one_as_a_film_clamped_in_plane(
        bool alongX, bool alongZ)
    {
        const double change = 0.01;
        const int cells = 12;
        var document = CaseText.Parse(
            "domain: { kind: plane-strain, size: [12 nm, 12 nm], cells: [12, 12], lateral: periodic }\ncoupling: "
                + "one-way\nprotocol: [ { rest: { time: 1e-12 s } } ]\ninterfaces: { se: { law: slide, pressure: 0 "
                + "GPa } }");
        double Sign(int i, int k) => (alongX && i % 2 == 1 ? -1 : 1) * (alongZ && k % 2 == 1 ? -1 : 1);
        using var run = CaseRun.Run(document, (i, k) => Mean + change * Sign(i, k), cells, cells);
        var stress = CaseRun.Cells(run.Snapshots[0], "sigma_h");
        var expected = (alongX && alongZ ? 1 / (1 - 2 * Poisson) : 2 / (3 * (1 - Poisson))) * Modulus
            * Swelling * change;
        // In the middle of the height, far from the faces; what is common to neighbours is the stress of the mean.
        var (here, beside) = (stress[cells / 2 * cells + 4],
            stress[(cells / 2 + (alongX ? 0 : 1)) * cells + (alongX ? 5 : 4)]);
        Assert.Equal(expected, (beside - here) / 2, 1e-3 * expected);
    }

    [Theory]
    [InlineData("plane-strain", 1, 0, 1)]
    [InlineData("plane-strain", 1, 0, 0)]
    [InlineData("plane-strain", 0, 0, 1)]
    [InlineData("3d", 1, 1, 1)]
    [InlineData("3d", 1, 1, 0)]
    [InlineData("3d", 0, 1, 1)]
    [InlineData("3d", 1, 0, 1)]
    [InlineData("3d", 0, 1, 0)]
    public void A_change_that_the_stage_finds_too_large_by_it_is_made_right_and_no_other(string kind, int alongX,
        int alongY, int alongZ)
    {
        using var device = new HostDevice(threads: 1);
        var document = CaseText.Parse(kind == "3d"
            ? "domain: { kind: 3d, size: [6 nm, 8 nm, 10 nm], cells: [6, 8, 10], lateral: periodic }\ncoupling: two-way"
            : "domain: { kind: plane-strain, size: [6 nm, 10 nm], cells: [6, 10], lateral: periodic }\ncoupling: "
                + "two-way");
        var simulation = new Simulation(device, document, [.. Enumerable.Repeat(Mean, kind == "3d" ? 480 : 60)]);
        var (grid, diffusion) = (simulation.Grid, simulation.Diffusion);
        var (change, x, stiffness, inverseGamma) =
            (grid.CellField<double>(), Filled(Mean), Filled(Stiffness), Filled(1));
        var values = new double[grid.Layout.Length];
        foreach (var (i, j, k) in Cells(grid))
            values[grid.Layout.Index(i, j, k)] = ((alongX * i + alongY * j + alongZ * k) & 1) == 0 ? 1 : -1;
        device.Upload<double>(values, change);
        const double tau = 1e-3, diffusivity = 1e-15;
        new CheckerboardSoftening(device, grid, HeldFaces.Of(document.Case), (false, false)).Apply(
            change, new(x, simulation.Materials.Constants(x), stiffness, inverseGamma), diffusion.Film.Faces.Across,
            diffusion.Film.Geometry.Volume, tau);

        // Faces that conduct with D alone: as the test knows T, what is solved for is 1 + δ, and true would be δ (1 +
        // (κ - 1) ℓx/(1 + ℓx)).
        var rate = 2 * tau * diffusivity * 2 * (kind == "3d" ? 3 : 2) / 1e-18;
        var right = alongX + alongY + alongZ < 2 ? 1
            : (1 + rate) / (1 + rate * (1 + (Excess - 1) * Stiffness * Mean / (1 + Stiffness * Mean)));
        var result = device.Download(change);
        foreach (var (i, j, k) in Cells(grid).Where(c => c.K is > 0 and < 9))
        {
            var at = grid.Layout.Index(i, j, k);
            Assert.Equal(right * values[at], result[at], 1e-9);
        }

        Field<Cell, double> Filled(double value)
        {
            var field = grid.CellField<double>();
            device.Launch(new Fill<Flat, double>(field.AsFlat, value), grid.Flat(1));
            return field;
        }
    }

    private static IEnumerable<(int I, int J, int K)> Cells(GridLevel grid) =>
        from k in Enumerable.Range(0, grid.Z)
        from j in Enumerable.Range(0, grid.Y)
        from i in Enumerable.Range(0, grid.X)
        select (i, j, k);
}
