using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Mechanics;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Properties;

/// <summary>A body that is turned, with its materials, conditions and lithium, has the turned solution.</summary>
public class RotationProperties
{
    [Fact]
    public void A_strip_turned_by_a_quarter_has_the_turned_stress() => Seeds.ForEach(3, random =>
    {
        const int nx = 9, nz = 6;
        const double width = 5e-9, height = 4e-9;
        var (young, swelling) = (random.Many(nx * nz, 10e9, 80e9), random.Many(nx * nz, 0, 0.03));
        // x' = -z, z' = x: the cell (i, k) comes to (nz - 1 - k, i), the face z = 0 to the far end of x'.
        double[][] Stress(bool turned)
        {
            int At(double x, double z) => turned ? (nz - 1 - (int)(x / height)) * nx + (int)(z / width)
                : (int)(z / height) * nx + (int)(x / width);
            var (shape, held) = turned
                ? (new GridShape(DomainKind.PlaneStrain, (nz, 1, nx), (height, 1, width)),
                    new HeldFaces { [0, true, 0] = true, [2, false, 1] = true })
                : (new GridShape(DomainKind.PlaneStrain, (nx, 1, nz), (width, 1, height)),
                    new HeldFaces { [2, false, 1] = true, [0, false, 0] = true });
            using var body = new ElasticBody(shape, held, tolerance: 1e-12);
            body.SetModuli((x, _, z) => (young[At(x, z)], 0.3));
            body.SetCells(body.Eigenstrain, (x, _, z) => swelling[At(x, z)]);
            body.Solve();
            return [.. body.Stresses().OrderBy(s => At(s.At.X, s.At.Z)).Select(s => s.Stress)];
        }
        // XX, YY, ZZ, XY, YZ, XZ
        AssertSame([.. Stress(false).SelectMany(s => new[] { s[2], s[1], s[0], -s[5] })],
            [.. Stress(true).SelectMany(s => new[] { s[0], s[1], s[2], s[5] })], 1e-8);
    });

    [Fact]
    public void A_block_turned_by_a_third_about_its_diagonal_has_the_turned_stress() => Seeds.ForEach(3, random =>
    {
        int[] cells = [5, 4, 6];
        double[] edges = [5e-9, 4e-9, 6e-9];
        var (young, swelling) = (random.Many(120, 10e9, 80e9), random.Many(120, 0, 0.03));
        // x → y → z → x: what lay along axis a lies along axis a + turns.
        double[][] Stress(int turns)
        {
            int Old(int axis) => (axis + 3 - turns) % 3;
            int At(double x, double y, double z)
            {
                double[] now = [x, y, z];
                var i = Enumerable.Range(0, 3).Select(axis => (int)(now[(axis + turns) % 3] / edges[axis])).ToArray();
                return (i[2] * cells[1] + i[1]) * cells[0] + i[0];
            }
            // On each low face its normal component is held; components count x = 0, z = 1, y = 2.
            var held = new HeldFaces { [0, false, 0] = true, [1, false, 2] = true, [2, false, 1] = true };
            using var body = new ElasticBody(
                new(DomainKind.ThreeD, (cells[Old(0)], cells[Old(1)], cells[Old(2)]),
                (edges[Old(0)], edges[Old(1)], edges[Old(2)])), held, tolerance: 1e-12);
            body.SetModuli((x, y, z) => (young[At(x, y, z)], 0.3));
            body.SetCells(body.Eigenstrain, (x, y, z) => swelling[At(x, y, z)]);
            body.Solve();
            return [.. body.Stresses().OrderBy(s => At(s.At.X, s.At.Y, s.At.Z)).Select(s => s.Stress)];
        }
        // After one turn YY is the old XX, YZ the old XY and so on.
        AssertSame([.. Stress(0).SelectMany(s => s)],
            [.. Stress(1).SelectMany(s => new[] { s[1], s[2], s[0], s[4], s[5], s[3] })], 1e-8);
        AssertSame([.. Stress(0).SelectMany(s => s)],
            [.. Stress(2).SelectMany(s => new[] { s[2], s[0], s[1], s[5], s[3], s[4] })], 1e-8);
    });

    [Fact]
    public void A_film_turned_by_a_quarter_about_z_has_the_turned_lithium_and_stress() => Seeds.ForEach(2, random =>
    {
        const int nx = 6, ny = 4, nz = 3;
        var (young, diffusivity) = (random.Many(4, 10, 80), random.Many(4, 0.3, 5));
        // x' = -y, y' = x: the cell (i, j) comes to (ny - 1 - j, i), and the symmetric face y = 0 to the far end of x'.
        CaseRun Film(bool turned)
        {
            string Region(int i)
            {
                var (x0, x1, y0, y1) = (20 * (i % 2), 20 + 40 * (i % 2), 10 * (i / 2), 10 + 30 * (i / 2));
                var (low, high) = turned ? ($"{40 - y1} nm, {x0} nm", $"{40 - y0} nm, {x1} nm")
                    : ($"{x0} nm, {y0} nm", $"{x1} nm, {y1} nm");
                return FormattableString.Invariant(
                    $"{{ from: [{low}, 0 nm], to: [{high}, 30 nm], youngs_modulus: {young[i]} GPa, diffusivity: {diffusivity[i]}e-15 m^2/s }}");
            }
            return CaseRun.OfText($$"""
                domain:
                  kind: 3d
                  size: [{{(turned ? "40 nm, 60 nm" : "60 nm, 40 nm")}}, 30 nm]
                  cells: [{{(turned ? $"{ny}, {nx}" : $"{nx}, {ny}")}}, {{nz}}]
                  lateral: { {{(turned ? "x_min: free, x_max: symmetric, y_min: symmetric, y_max: free" : "x_min: symmetric, x_max: free, y_min: symmetric, y_max: free")}} }
                regions: [{{string.Join(", ", Enumerable.Range(0, 4).Select(Region))}}]
                initial: { x: { linear: { axis: {{(turned ? "y" : "x")}}, from: 0.02, to: 0.2 } } }
                interfaces: { se: { law: spring, stiffness: 1e17 Pa/m, pressure: 9 MPa } }
                coupling: two-way
                protocol: [ { plate: { current: 0.1 mA/cm^2, time: 0.5 s } } ]
                solver: { time_step: 0.1 s, tolerance: 1e-12, coupling_tolerance: 1e-11 }
                """);
        }
        using var film = Film(false);
        using var other = Film(true);
        var (x, turnedX, stress, turnedStress) = (film.Cells("x"), other.Cells("x"), film.Cells("stress"),
            other.Cells("stress"));
        int[] places = [.. from k in Enumerable.Range(0, nz) from j in Enumerable.Range(0, ny)
            from i in Enumerable.Range(0, nx) select ny - 1 - j + ny * (i + nx * k)];
        AssertSame(x, [.. places.Select(place => turnedX[place])], 1e-9);
        // XX YY ZZ XY YZ XZ become YY XX ZZ -XY XZ -YZ.
        AssertSame(stress, [.. places.SelectMany(
            place => new[] { turnedStress[6 * place + 1], turnedStress[6 * place], turnedStress[6 * place + 2],
            -turnedStress[6 * place + 3], -turnedStress[6 * place + 5], turnedStress[6 * place + 4] })], 1e-7);
    });

    private static void AssertSame(double[] expected, double[] found, double tolerance)
    {
        var largest = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance * largest));
    }
}
