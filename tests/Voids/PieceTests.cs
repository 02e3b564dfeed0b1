using MesoLiMg.Tests.Program;

namespace MesoLiMg.Tests.Voids;

/// <summary>
/// A body that voids cut in pieces: those that nothing holds are refused by size and place, suspicious ones are warned
/// of.
/// </summary>
public sealed class PieceTests : IDisposable
{
    private const string Text = """
        domain: { kind: 3d, size: [60 nm, 40 nm, 50 nm], cells: [6, 4, 5] }
        material: { diffusivity: 1e-11 cm^2/s }
        microstructure:
          kind: file
          file: grains.raw
          outside: void
        interfaces: { se: { pressure: 5 MPa } }
        protocol: [ { plate: { current: 1 mA/cm^2, time: 0.01 s } } ]
        """;

    private readonly ProgramRun run = new();

    [Fact]
    public void A_plane_of_void_across_the_film_is_refused_with_the_piece_that_nothing_holds()
    {
        var (exit, _, errors) = Run((_, _, z) => z != 2);
        Assert.Equal(2, exit);
        Assert.Equal("case.yaml:6: microstructure.outside: void cuts the body in 2 pieces; nothing holds 1 of them, "
            + "which touches the electrolyte but not the collector (z = 0): "
            + "48 cells at x = 0 to 60 nm, y = 0 to 40 nm, z = 30 to 50 nm; join them to the rest or give them the "
                + "grain id 0", errors.Trim().Replace(run.Folder + Path.DirectorySeparatorChar, ""));
        Assert.False(Directory.Exists(run["out"]));
    }

    [Fact]
    public void Without_stress_the_pieces_are_warned_of()
    {
        var (exit, output, _) = Run((_, _, z) => z != 2, "coupling=none");
        Assert.Equal(0, exit);
        Assert.Contains("void cuts the body in 2 pieces; 1 does not touch the collector (z = 0): 48 cells at ", output);
        Assert.Contains("no current reaches a piece of the film, which void or what lithium does not pass separates "
            + "from the electrolyte: 48 cells at x = 0 to 60 nm, y = 0 to 40 nm, z = 0 to 20 nm;", output);
        Assert.Contains("96 of 120 cells are film, 24 are void; the body is in 2 pieces", output);
    }

    [Fact]
    public void Islands_in_a_pore_are_counted_and_the_largest_are_named()
    {
        // Two islands of one cell and one of two, in a pore from wall to wall that leaves columns at the rim.
        var (exit, _, errors) =
            Run((x, y, z) => z is 0 or 4 || x is 0 || (z == 2 && (x, y) is (2, 0) or (3, 0) or (5, 3) or (2, 2)));
        Assert.Equal(2, exit);
        Assert.Contains("void cuts the body in 4 pieces; nothing holds 3 of them, which do not touch the collector (z "
            + "= 0): 2 cells at x = 20 to 40 nm, y = 0 to 10 nm, z = 20 to 30 nm; 1 cell at ", errors);
    }

    [Theory]
    [InlineData(false, 2, "nothing holds 1 of them, which touches the electrolyte but not the collector (z = 0) and "
        + "turns freely about edges or corners of cells: 24 cells at x = 30 to 60 nm")]
    [InlineData(true, 0, "1 hangs on the rest by edges or corners of cells alone, where stress is not to be trusted: ")]
    public void Pieces_that_touch_by_edges_alone_are_held_only_where_these_leave_no_hinge(bool two, int expected,
        string message)
    {
        var (exit, output, errors) = two
            ? Run((x, y, z) => z is 0 or 1 or 4 || (z == 2 && x < 3 && y < 2) || (z == 3 && x < 3 != y < 2))
            : Run((x, _, z) => z < 3 == x < 3);
        Assert.Equal(expected, exit);
        Assert.Contains(message, output + errors);
    }

    [Theory]
    [InlineData("columns that stand apart", "the body is in 2 pieces")]
    [InlineData("a pore", "are void")]
    [InlineData("a bridge of one cell", "are void")]
    public void Bodies_that_are_held_are_computed(string which, string expected)
    {
        var (exit, output, errors) = Run((x, y, z) => which switch
        {
            "a pore" => (x, y, z) != (2, 2, 2),
            "a bridge of one cell" => z != 2 || (x, y) == (3, 1),
            _ => x != 3,
        });
        Assert.Equal((0, ""), (exit, errors));
        Assert.Contains(expected, output);
        Assert.DoesNotContain("warning", output);
    }

    [Theory]
    [InlineData("regions: [ { phase: 1, from: [0 nm, 0 nm, 20 nm], to: [60 nm, 40 nm, 30 nm] } ]",
        "regions: no current reaches a piece of the film, which what lithium does not pass separates from the "
        + "electrolyte: 48 cells at x = 0 to 60 nm, y = 0 to 40 nm, z = 0 to 20 nm;")]
    [InlineData("regions: [ { phase: 1, to: [60 nm, 40 nm, 20 nm] } ]", null)]
    [InlineData("microstructure: { kind: layers, grains: 5, boundaries: { permeability: 0 m/s } }",
        "microstructure: no current reaches 4 pieces of the film, ")]
    [InlineData("microstructure: { kind: layers, grains: 5, boundaries: { permeability: 1e-6 m/s } }", null)]
    public void Film_that_no_current_reaches_is_warned_of(string section, string? expected)
    {
        var lines = Text.Split('\n').Where((_, i) => i is < 2 or > 5);
        var (exit, output, errors) =
            ProgramRun.Call("run", run.Write("case.yaml", string.Join('\n', lines) + "\n" + section), "-o", run["out"]);
        Assert.Equal((0, ""), (exit, errors));
        if (expected is null)
            Assert.DoesNotContain("no current reaches", output);
        else
            Assert.Contains(expected, output);
    }

    private (int Exit, string Output, string Errors) Run(Func<int, int, int, bool> isThere, params string[] overrides)
    {
        File.WriteAllBytes(run["grains.raw"],
            [.. Enumerable.Range(0, 120).Select(i => isThere(i % 6, i / 6 % 4, i / 24) ? (byte)1 : (byte)0)]);
        return ProgramRun.Call(
            ["run", run.Write("case.yaml", Text), "-o", run["out"],
            .. overrides.SelectMany(change => new[] { "--set", change })]);
    }

    public void Dispose() => run.Dispose();
}
