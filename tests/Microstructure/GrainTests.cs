using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Microstructure;

/// <summary>Grains that are made from a few numbers.</summary>
public class GrainTests
{
    private const string Film =
        "domain: { kind: 3d, size: [1 um, 1 um, 140 nm], cells: [48, 48, 4], lateral: periodic }\nmicrostructure: ";

    [Theory]
    [InlineData("{ kind: columnar, grains: 20 }", 0xABFA_AC14U)]
    [InlineData("{ kind: columnar, grains: 20, size_spread: 0.2 }", 0xC4D7_0394U)]
    [InlineData("{ kind: equiaxed, grains: 50 }", 0x1701_7247U)]
    [InlineData("{ kind: equiaxed, grains: 30, size_spread: 0.2, seed: 7 }", 0x09F1_0CF0U)]
    [InlineData("{ kind: hexagonal, grain_size: 250 nm }", 0xC7B7_F619U)]
    public void The_same_seed_gives_the_same_grains_and_orientations_on_every_machine(string text, uint expected) =>
        Assert.Equal(expected.ToString("X8"), Hash(Grains(Film + text)).ToString("X8"));

    [Theory]
    [InlineData("columnar", "3d, size: [90 nm, 90 nm, 30 nm], cells: [9, 9, 3], lateral: periodic",
        "mean width (diameter of the circle of equal area)")]
    [InlineData("equiaxed", "3d, size: [90 nm, 90 nm, 30 nm], cells: [9, 9, 3], lateral: periodic",
        "mean width (diameter of the sphere of equal volume)")]
    [InlineData("equiaxed", "plane-strain, size: [90 nm, 30 nm], cells: [9, 3]",
        "mean width (diameter of the circle of equal area)")]
    [InlineData("columnar", "plane-strain, size: [90 nm, 30 nm], cells: [9, 3]", "mean width (length along x)")]
    [InlineData("layers", "slab, height: 30 nm, cells: [6]", "mean width (length along z)")]
    public void The_figures_say_what_a_width_is(string kind, string domain, string said)
    {
        using var run = new Program.ProgramRun();
        var (exit, output, _) =
            Program.ProgramRun.Call(
            "microstructure", run.Write(
            "a.yaml", $"domain: {{ kind: {domain} }}\nmicrostructure: {{ kind: {kind}, grains: 3 }}"));
        Assert.Equal(0, exit);
        Assert.Contains(said, output);
    }

    [Fact]
    public void A_png_is_made_or_what_makes_it_is_named()
    {
        using var run = new Program.ProgramRun();
        var (exit, output, errors) =
            Program.ProgramRun.Call(
            "microstructure", run.Write(
            "a.yaml", "domain: { kind: plane-strain, size: [90 nm, 30 nm], cells: [9, 3] }\nmicrostructure: { kind: "
            + "columnar, grains: 3 }"), "-o", run["out"]);
        Assert.Equal(0, exit);
        var isMade = MesoLiMg.Tools.Plots.Rasteriser.Find() is not null;
        Assert.Equal((isMade, isMade),
            (output.Contains("microstructure.png"), File.Exists(run["out/microstructure.png"])));
        Assert.Equal(isMade ? "" : MesoLiMg.Tools.Plots.Rasteriser.Missing, errors.Trim());
    }

    [Fact]
    public void Another_seed_gives_other_grains() =>
        Assert.NotEqual(Hash(Grains(Film + "{ grains: 20, seed: 1 }")), Hash(Grains(Film + "{ grains: 20, seed: 2 }")));

    [Theory]
    [InlineData("{ kind: columnar, grain_size: 100 nm }", 127)]
    [InlineData("{ kind: equiaxed, grain_size: 100 nm }", 267)]
    [InlineData("{ kind: hexagonal, grain_size: 250 nm }", 16)]
    [InlineData("{ kind: layers, grain_size: 35 nm }", 4)]
    public void A_grain_size_makes_as_many_grains_as_fill_the_film(string text, int expected) =>
        Assert.Equal(expected, Grains(Film + text).Count);

    [Fact]
    public void Points_at_random_make_cells_whose_areas_spread_as_those_of_a_Poisson_Voronoi_diagram()
    {
        // The standard deviation of areas over their mean is 0.529 (Gilbert, Ann. Math. Stat. 33 (1962) 958).
        var grains = Grains("domain: { kind: 3d, size: [1 um, 1 um, 10 nm], cells: [400, 400, 1], lateral: periodic "
            + "}\nmicrostructure: { grains: 1000 }");
        var areas = new GrainStatistics(grains).Widths.Select(w => w * w).ToList();
        var mean = areas.Average();
        Assert.InRange(Math.Sqrt(areas.Average(a => (a - mean) * (a - mean))) / mean, 0.48, 0.58);
    }

    [Theory]
    [InlineData("columnar", 0.1)]
    [InlineData("columnar", 0.3)]
    [InlineData("equiaxed", 0.2)]
    public void A_Laguerre_tessellation_has_the_spread_of_widths_that_is_asked_for(string kind, double spread)
    {
        var film = "domain: { kind: 3d, size: [1 um, 1 um, 500 nm], cells: [60, 60, 30], lateral: periodic }\n";
        var statistics = new GrainStatistics(
            Grains(film + $"microstructure: {{ kind: {kind}, grains: 100, size_spread: {spread} }}"));
        Assert.Equal(100, statistics.Widths.Count);
        Assert.InRange(statistics.LogDeviation, 0.85 * spread, 1.15 * spread);
    }

    [Fact]
    public void Grains_go_on_through_periodic_faces()
    {
        var grains = Grains("domain: { kind: 3d, size: [100 nm, 100 nm, 10 nm], cells: [50, 50, 1], lateral: periodic "
            + "}\nmicrostructure: { grains: 3, size_spread: 0.1 }");
        // Most of the cells along an edge have the same grain beyond it; in an open box only by chance.
        Assert.True(Enumerable.Range(0, 50).Count(j => grains.Grain[50 * j] == grains.Grain[50 * j + 49]) > 35);
    }

    [Fact]
    public void Columns_do_not_change_along_z_and_layers_change_along_z_alone()
    {
        var columns = Grains(Film + "{ kind: columnar, grains: 9 }").Grain;
        Assert.All(Enumerable.Range(0, columns.Length), i => Assert.Equal(columns[i % (48 * 48)], columns[i]));
        var layers = Grains(Film + "{ kind: layers, grains: 4 }").Grain;
        Assert.All(Enumerable.Range(0, layers.Length), i => Assert.Equal(1 + i / (48 * 48), layers[i]));
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 2, 3)]
    public void The_area_of_an_inclined_plane_does_not_count_its_steps(double nx, double ny, double nz)
    {
        const int n = 80;
        var grid = new GridShape(DomainKind.ThreeD, (n, n, n), (1.0 / n, 1.0 / n, 1.0 / n));
        double Side(int x, int y, int z) => nx * (x + 0.5 - 0.501 * n) + ny * (y + 0.5 - 0.503 * n)
            + nz * (z + 0.5 - 0.507 * n);
        var grain = new int[n * n * n];
        for (var i = 0; i < grain.Length; i++)
            grain[i] = Side(i % n, i / n % n, i / n / n) < 0 ? 1 : 2;
        var boundaries = new GrainBoundaries(
            new GrainMap(grid, grain, [Orientation.Identity, Orientation.Identity], [0, 1, 2], [false, false, false]));
        // The plane's area in the unit cube, by its projection along the largest component, sampled finely.
        double[] normal = [nx, ny, nz];
        var largest = Array.IndexOf(normal, normal.Max());
        var rest = Enumerable.Range(0, 3).Where(a => a != largest).ToArray();
        const int fine = 1000;
        var inside = 0;
        for (var i = 0; i < fine; i++)
            for (var j = 0; j < fine; j++)
                if (Math.Abs((normal[rest[0]] * ((i + 0.5) / fine - 0.5) + normal[rest[1]] * ((j + 0.5) / fine - 0.5))
                    / normal[largest]) < 0.5)
                    inside++;
        var exact = inside / (double)(fine * fine) * Math.Sqrt(nx * nx + ny * ny + nz * nz) / normal[largest];
        Assert.Equal(exact, boundaries.Area, 0.02 * exact);
    }

    [Fact]
    public void Random_orientations_are_uniform_over_all_rotations()
    {
        var random = new SplitMix64(5);
        var matrices = Enumerable.Range(0, 20000).Select(_ => Orientation.Random(random).Matrix()).ToList();
        // Every entry of a random rotation has mean 0 and mean square 1/3; its trace has the mean square 1.
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(0, matrices.Average(g => g[i, j]), 0.02);
                Assert.Equal(1.0 / 3, matrices.Average(g => g[i, j] * g[i, j]), 0.01);
            }
        }
        Assert.Equal(1, matrices.Average(g => (g[0, 0] + g[1, 1] + g[2, 2]) * (g[0, 0] + g[1, 1] + g[2, 2])), 0.04);
    }

    [Fact]
    public void A_fibre_texture_has_its_c_axis_along_z_within_the_spread_and_any_direction_in_plane()
    {
        var random = new SplitMix64(5);
        const double spread = 0.05;
        var matrices = Enumerable.Range(0, 20000).Select(_ => Orientation.Fibre(random, spread).Matrix()).ToList();
        Assert.Equal(spread * spread, matrices.Average(g => g[2, 0] * g[2, 0]), 0.05 * spread * spread);
        Assert.Equal(spread * spread, matrices.Average(g => g[2, 1] * g[2, 1]), 0.05 * spread * spread);
        Assert.Equal(0.5, matrices.Average(g => g[0, 0] * g[0, 0]), 0.01);
        Assert.Equal(0, matrices.Average(g => g[0, 0]), 0.02);
        Assert.All(matrices.Take(100), _ => Assert.Equal(1, Orientation.Fibre(random, 0).Matrix()[2, 2]));
    }

    [Fact]
    public void Twelve_uniform_numbers_and_the_series_of_exp_are_what_they_stand_for()
    {
        var random = new SplitMix64(5);
        var numbers = Enumerable.Range(0, 20000).Select(_ => random.Normal()).ToList();
        Assert.Equal(0, numbers.Average(), 0.03);
        Assert.Equal(1, numbers.Average(n => n * n), 0.03);
        foreach (var x in new[] { -6.0, -0.3, 0, 1, 5 })
            Assert.Equal(Math.Exp(x), SplitMix64.Exp(x), 1e-11 * Math.Exp(x));
    }

    [Fact]
    public void SplitMix64_gives_the_published_sequence()
    {
        // The first numbers from the seed 1234567 of the reference implementation (Vigna, prng.di.unimi.it).
        var random = new SplitMix64(1234567);
        Assert.Equal(new ulong[] { 6457827717110365317, 3203168211198807973, 9817491932198370423 },
            new[] { random.Next(), random.Next(), random.Next() });
    }

    internal static GrainMap Grains(string text) => GrainGenerator.Of(CaseText.Parse(text).Case)!;

    /// <summary>FNV-1a over the ids of cells and the bits of the orientations.</summary>
    private static uint Hash(GrainMap grains)
    {
        var hash = 2166136261;
        void Add(long value)
        {
            for (var i = 0; i < 8; i++)
                hash = (hash ^ (byte)(value >> 8 * i)) * 16777619;
        }
        foreach (var grain in grains.Grain)
            Add(grain);
        foreach (var (w, x, y, z) in grains.Orientations)
            foreach (var number in new[] { w, x, y, z })
                Add(BitConverter.DoubleToInt64Bits(number));
        return hash;
    }
}
