using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Crystals;

/// <summary>
/// A film of one grain that takes up lithium and slips: turned by a quarter about z, with its grain, its load and its
/// box, it has the turned lithium, stress and displacement after several steps. Bit for bit.
/// </summary>
public class TurnedFilmTests
{
    private const int X = 10, Y = 13, Z = 6;

    public static TheoryData<int, bool, string, string, bool> Turns
    {
        get
        {
            const string crystal =
                "stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }",
                follows = "youngs_modulus: { mg: 45 GPa, li: 7.8 GPa }";
            var data = new TheoryData<int, bool, string, string, bool>();
            foreach (var turn in QuarterTurn.All.Skip(1))
                data.Add(turn.Quarters, turn.Mirrored, "one-way", crystal, true);
            data.Add(1, false, "one-way", follows, true);
            data.Add(3, true, "one-way", crystal + ", diffusivity_ratio: 1.5", true);
            data.Add(1, false, "one-way", crystal, false);
            data.Add(2, true, "one-way", crystal, false);
            // All turns are made of these two.
            data.Add(1, false, "two-way", crystal + ", diffusivity_ratio: 1.5", true);
            data.Add(0, true, "two-way", crystal + ", diffusivity_ratio: 1.5", true);
            data.Add(1, false, "two-way", follows, true);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void A_turned_film_has_the_turned_solution(int quarters, bool mirrored, string coupling,
        string material, bool held)
    {
        var turn = new QuarterTurn(quarters, mirrored);
        using var device = new HostDevice(1);
        var grid = new GridLevel(device, DomainKind.ThreeD, new double[X], new double[Y], new double[Z], false, false);
        var random = new Random(11);
        double[] start = [.. Enumerable.Range(0, X * Y * Z).Select(_ => 0.05 + 0.02 * random.NextDouble())];

        using var film = CaseRun.Run(CaseText.Parse(Text(default, coupling, material, held)), start);
        using var turned = CaseRun.Run(CaseText.Parse(Text(turn, coupling, material, held)), turn.Cells(start, grid));
        Assert.Equal(film.Rows.Count, turned.Rows.Count);
        Assert.InRange(film.Rows.Count, 4, 1000);
        Assert.Equal(held, film.Last("slip_area_se") > 0);
        AssertTurned("x", QuarterTurn.Scalar);
        AssertTurned("stress", QuarterTurn.Tensor);
        AssertTurned("von_mises", QuarterTurn.Scalar);
        AssertTurned("potential", QuarterTurn.Scalar);

        void AssertTurned(string field, int[][] components)
        {
            var (values, images) = (film.Cells(field), turned.Cells(field));
            for (var c = 0; c < components.Length; c++)
            {
                var (source, sign) = turn.Component(components, components[c]);
                double[] expected = turn.Cells(
                    [.. Enumerable.Range(0, X * Y * Z).Select(i => sign * values[i * components.Length + source])],
                    grid);
                for (var i = 0; i < expected.Length; i++)
                    Assert.Equal(expected[i], images[i * components.Length + c]);
            }
        }
    }

    private static string Text(QuarterTurn turn, string coupling, string material, bool held)
    {
        string[] x = held ? ["symmetric", "free"] : ["free", "free"];
        var (size, cells, lateral) = (turn.Axes<int>([44], [27], [20]), turn.Axes<int>([X], [Y], [Z]),
            turn.Axes<string>(x, x, []));
        return $$"""
            domain: { kind: 3d, size: [{{size[0][0]}} nm, {{size[1][0]}} nm, 20 nm], cells: [{{cells[0][0]}}, {{cells[1][0]}}, {{Z}}],
              lateral: { x_min: {{lateral[0][0]}}, x_max: {{lateral[0][1]}}, y_min: {{lateral[1][0]}}, y_max: {{lateral[1][1]}} } }
            material: { diffusivity: 1e-12 cm^2/s, {{material}} }
            microstructure: { kind: layers, grains: 1, orientations: [ { euler: [{{string.Join(", ", turn.Euler(33.3, 71.25, 10).Select(angle => $"{angle:R} deg"))}}] } ] }
            interfaces: { se: {{(held ? "{ law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa, pressure: 9 MPa }" : "{ law: slide }")}}, collector: { law: slide } }
            coupling: {{coupling}}
            protocol: [ { plate: { current: 1 mA/cm^2, time: 0.5 s } } ]
            output: { every: 0.5 s }
            """;
    }
}
