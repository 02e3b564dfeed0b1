using MesoLiMg.Model;

namespace MesoLiMg.Tests.Cases;

/// <summary>Grids that are allowed and hardly meant are warned of with what to change.</summary>
public class GridWarningTests
{
    [Theory]
    [InlineData("kind: 3d, size: [120 nm, 105 nm, 140 nm], cells: [6, 5, 7], hexagon: 100 nm",
        "domain.hexagon: is 4.8 cells across; below 8 its shape is not resolved, take more along y in domain.cells")]
    [InlineData("kind: 3d, size: [120 nm, 105 nm, 140 nm], cells: [10, 20, 7], hexagon: 90 nm",
        "domain.hexagon: is 7.5 cells across; below 8 its shape is not resolved, take more along x in domain.cells")]
    [InlineData("kind: plane-strain, size: [10 nm, 200 um], cells: [10, 100]",
        "domain.cells: cells are 2000 times as high as they are wide along x; above 1000 the elasticity solver needs "
        + "many times its iterations, and at 1e6 it stalls: take more cells along z or fewer along x")]
    [InlineData("kind: axisymmetric, radius: 10 nm, height: 200 um, cells: [10, 100]",
        "domain.cells: cells are 2000 times as high as they are wide along r; above 1000 the elasticity solver needs "
        + "many times its iterations, and at 1e6 it stalls: take more cells along z or fewer along r")]
    [InlineData("kind: 3d, size: [100 nm, 10 nm, 50 um], cells: [10, 10, 100]",
        "domain.cells: cells are 500 times as high as they are wide along y; above 300 the elasticity solver needs "
        + "many times its iterations, and at 1e5 it stalls: take more cells along z or fewer along y")]
    public void A_grid_that_is_hardly_meant_is_warned_of(string domain, string warning) =>
        Assert.Equal([$"a.yaml:1: {warning}"], CaseText.Parse($"domain: {{ {domain} }}").Warnings);

    [Theory]
    [InlineData("kind: 3d, size: [120 nm, 105 nm, 140 nm], cells: [12, 10, 14], hexagon: 100 nm")]
    [InlineData("kind: plane-strain, size: [1 mm, 10 nm], cells: [10, 10]")] // flat cells, which multigrid takes as it takes cubes
    [InlineData("kind: 3d, size: [10 nm, 10 nm, 30 um], cells: [10, 10, 100]")]
    [InlineData("kind: slab, height: 1 mm, cells: [2]")]
    public void Others_are_not(string domain) => Assert.Empty(CaseText.Parse($"domain: {{ {domain} }}").Warnings);

    /// <summary>
    /// i h/(2 F c_Mg D) with i = 10 A/m², D = 1e-15 m²/s and c_Mg = 71512 mol/m³ (1.738 g/cm³): 0.725 for h = 1 µm,
    /// 0.0725 for 100 nm.
    /// </summary>
    [Theory]
    [InlineData("14 um", "domain.cells: cells are 1000 nm high, too coarse for 1 mA/cm^2: x rises by 0.72 within half "
        + "a cell below the electrolyte, and what is reported on that side is wrong until lithium has spread over "
        + "several cells; take 102 cells along z or more")]
    [InlineData("1.4 um", null)]
    public void Cells_too_coarse_for_the_current_are_warned_of(string height, string? warning)
    {
        var document = CaseText.Parse(
            $"domain: {{ kind: slab, height: {height}, cells: [14] }}\nmaterial: {{ diffusivity: 1e-11 cm^2/s "
            + $"}}\nprotocol: [ {{ repeat: {{ times: 2, steps: [ {{ plate: {{ current: 1 mA/cm^2, time: 10 s }} }} ] "
            + $"}} }} ]");
        Assert.Equal(warning is null ? [] : [$"a.yaml:1: {warning}"], document.Warnings);
    }

    [Fact]
    public void Without_stress_the_shape_of_cells_is_all_the_same() =>
        Assert.Empty(CaseText.Parse(
            "domain: { kind: plane-strain, size: [10 nm, 1 mm], cells: [10, 10] }\ncoupling: none").Warnings);
}
