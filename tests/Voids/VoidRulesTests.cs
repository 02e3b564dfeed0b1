using System.Globalization;
using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Voids;

/// <summary>What is refused or said before voids and grains spoil a result.</summary>
public sealed class VoidRulesTests : IDisposable
{
    private const string Blocks = """
        domain: { kind: 3d, size: [20 nm, 20 nm, 30 nm], cells: [2, 2, 3] }
        material: { diffusivity: 1e-11 cm^2/s }
        microstructure:
          kind: file
          file: grains.raw
          outside: void
        protocol: [ { plate: { current: 1 mA/cm^2, time: 1 s } } ]
        """;

    private const string Magnesium =
        "stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }";

    private readonly ProgramRun run = new();

    [Theory]
    [InlineData(0, "collector (z = 0)")]
    [InlineData(2, "electrolyte (z = H)")]
    public void A_body_that_voids_separate_from_a_side_is_refused_before_the_run(int emptyPlane, string side)
    {
        File.WriteAllBytes(run["grains.raw"],
            [.. Enumerable.Range(0, 12).Select(i => (byte)(i / 4 == emptyPlane ? 0 : 1))]);
        var (exit, _, errors) = ProgramRun.Call("run", run.Write("case.yaml", Blocks), "-o", run["out"]);
        Assert.Equal(2, exit);
        Assert.Contains($"case.yaml:6: microstructure.outside: no film touches the {side}", errors);
        Assert.False(Directory.Exists(run["out"]));
    }

    [Theory]
    [InlineData("microstructure")]
    [InlineData("run")]
    public void A_crystal_that_plane_strain_cannot_hold_is_named_with_its_line_and_its_angles(string command)
    {
        var file = run.Write("case.yaml", $$"""
            domain: { kind: plane-strain, size: [40 nm, 20 nm], cells: [4, 2] }
            material: { {{Magnesium}} }
            microstructure:
              kind: layers
              grains: 2
              orientations:
                - { euler: [0 deg, 0 deg, 0 deg] }
                - { euler: [45 deg, 30 deg, 0 deg] }
            """);
        var (exit, _, errors) = ProgramRun.Call(command, file, "-o", run["out"]);
        Assert.Equal(2, exit);
        Assert.Contains("case.yaml:8: microstructure.orientations.1: grain 2, turned by the Euler angles 45, 30, 0 "
            + "deg: the crystal lies so that", errors);
    }

    [Theory]
    [InlineData("microstructure", 100,
        "warning: microstructure: 96 of 100 grains got no cell and are left out: 4 have some")]
    [InlineData("run", 100, "warning: microstructure: 96 of 100 grains got no cell and are left out: 4 have some")]
    [InlineData("microstructure", 4, null)]
    public void Grains_that_fall_between_the_cells_are_counted(string command, int grains, string? warning)
    {
        var file = run.Write("case.yaml", $$"""
            domain: { kind: slab, height: 20 nm, cells: [4] }
            material: { diffusivity: 1e-11 cm^2/s }
            microstructure: { kind: layers, grains: {{grains}} }
            coupling: none
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.1 s } } ]
            """);
        var (exit, output, errors) = ProgramRun.Call(command, file, "-o", run["out"]);
        Assert.Equal(0, exit);
        if (warning is null)
            Assert.DoesNotContain("got no cell", output + errors);
        else
            Assert.Contains(warning, output + errors);
    }

    [Fact]
    public void The_norm_of_a_field_is_that_of_the_body_and_the_stepped_rim_is_said()
    {
        // x = 0.3 everywhere in the plate: no change from grid to grid, though voids become film and film void at the
        // rim.
        var file = run.Write("case.yaml", """
            domain: { kind: 3d, size: [120 nm, 105 nm, 10 nm], cells: [4, 4, 1], hexagon: 200 nm }
            material: { diffusivity: 1e-11 cm^2/s }
            initial: { x: 0.3 }
            coupling: none
            protocol: [ { plate: { current: 0 mA/cm^2, time: 1 s } } ]
            """);
        var (exit, output, errors) = ProgramRun.Call("converge", file, "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        var row = File.ReadLines(run["out/converge.csv"]).Single(line => line.StartsWith("x (field),")).Split(',');
        Assert.All(row[5..7], change => Assert.InRange(double.Parse(change, CultureInfo.InvariantCulture), 0, 1e-12));
        Assert.Contains("The rim towards the void cells goes in steps", output);
        Assert.Contains("The rim towards the void cells goes in steps", File.ReadAllText(run["out/converge.txt"]));
    }

    public void Dispose() => run.Dispose();
}
