using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Crystals;

/// <summary>Elasticity with stiffness tensors that grains turn.</summary>
public class CrystalElasticityTests
{
    private const string Magnesium = "{ c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }";
    private const string Lithium = "{ c11: 13.5 GPa, c12: 11.44 GPa, c44: 8.78 GPa }";
    private const double Beta = 71508 * 1.30e-5 / 3;
    private static readonly double[] Tilted = [0.4, 0.9, 1.3];

    [Fact]
    public void An_isotropic_tensor_gives_what_its_moduli_give()
    {
        const double c11 = 40 * 0.7 / 1.3 / 0.4, c12 = 40 * 0.3 / 1.3 / 0.4, c44 = 40 / 2.6;
        using var moduli = CaseRun.OfText(
            Film("youngs_modulus: 40 GPa, poisson_ratio: 0.3", "",
            "initial: { x: { linear: { axis: x, from: 0.02, to: 0.1 } } }", "free"));
        using var tensor = CaseRun.OfText(
            Film($"stiffness: {{ c11: {c11:R} GPa, c12: {c12:R} GPa, c44: {c44:R} GPa }}",
            "{ kind: equiaxed, grains: 5, texture: random }",
            "initial: { x: { linear: { axis: x, from: 0.02, to: 0.1 } } }", "free"));
        foreach (var field in new[] { "stress", "strain", "von_mises", "energy_density" })
            AssertClose(moduli.Cells(field), tensor.Cells(field), 1e-8);
        AssertClose(moduli.At("stress", [0, 0, 0], [40, 15, 20], [10, 30, 20])[1],
            tensor.At("stress", [0, 0, 0], [40, 15, 20], [10, 30, 20])[1], 1e-7);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(30, 60, 10)]
    [InlineData(125, 80, 200)]
    public void Under_a_uniform_strain_any_turn_of_the_grain_gives_the_turned_stress(double phi1, double phi,
        double phi2)
    {
        double[,] strain = { { 1e-3, 2e-4, -3e-4 }, { 2e-4, -5e-4, 4e-4 }, { -3e-4, 4e-4, 7e-4 } };
        var orientation = Orientation.FromEuler(phi1 * Math.PI / 180, phi * Math.PI / 180, phi2 * Math.PI / 180);
        using var body = new CrystalBody(5, [StiffnessTensor.Of(TensorTests.Magnesium).Turned(orientation)], _ => 0);
        body.Strain(strain);
        // σ = gᵀ σ' g, with σ' of the crystal's own tensor for the strain in its axes.
        var g = orientation.Matrix();
        var inCrystal = Stress(StiffnessTensor.Of(TensorTests.Magnesium), Turn(g, strain));
        var expected = Turn(Transpose(g), inCrystal);
        foreach (var stress in body.Stresses())
            AssertClose([expected[0, 0], expected[1, 1], expected[2, 2], expected[0, 1], expected[1, 2],
                expected[0, 2]], stress, 1e-10);
    }

    [Fact]
    public void A_single_crystal_that_swells_freely_carries_no_stress()
    {
        using var run = CaseRun.OfText(Film($"stiffness: {Magnesium}", OneGrain, "initial: { x: 0.1 }", "free"));
        Assert.All(run.Cells("von_mises"), stress => Assert.InRange(stress, 0, 1));
        var strain = run.Cells("strain");
        for (var i = 0; i < strain.Length; i++)
            Assert.Equal(i % 6 < 3 ? 0.1 * Beta : 0, strain[i], 1e-10);
    }

    [Fact]
    public void A_single_crystal_under_pressure_has_uniform_stress_up_to_its_faces_and_the_strain_of_its_compliances()
    {
        const double pressure = 100e6;
        using var run = CaseRun.OfText(
            Film($"stiffness: {Magnesium}", OneGrain, "interfaces: { se: { pressure: 100 MPa } }", "free"));
        var s = StiffnessTensor.Of(TensorTests.Magnesium).Turned(Orientation.FromEuler(Tilted[0], Tilted[1], Tilted[2]))
            .Inverse();
        foreach (var point in new[] { new double[] { 20, 15, 10 }, [40, 15, 20], [0, 0, 0], [40, 30, 20], [0, 15, 7] })
        {
            AssertClose([0, 0, -pressure, 0, 0, 0], run.At("stress", point)[0], 1e-7);
            AssertClose([.. Enumerable.Range(0, 6).Select(i => -pressure * s[i, 2] * (i < 3 ? 1 : 0.5))],
                run.At("strain", point)[0], 1e-7);
            Assert.Equal(0.5 * pressure * pressure * s[2, 2], run.At("energy_density", point)[0][0],
                1e-6 * pressure * pressure * s[2, 2]);
        }
    }

    [Fact]
    public void A_laminate_is_exact()
    {
        // Layers of two crystals swell by different amounts between periodic faces: σ·n is that of the pressure in
        // every layer, and the strain in the layers is zero.
        using var run = CaseRun.OfText(
            Film($"stiffness: {Magnesium}",
            "{ kind: layers, grains: 4, orientations: [ { euler: [0.4 rad, 0.9 rad, 1.3 rad] }, { euler: [2 rad, 0.3 "
            + "rad, 0] } ] }",
            "initial: { x: { linear: { axis: z, from: 0.02, to: 0.1 } } }\ninterfaces: { se: { pressure: 100 MPa } }",
                "periodic", layers: 4));
        var stress = run.Cells("stress");
        for (var layer = 0; layer < 4; layer++)
        {
            var euler = layer % 2 == 0 ? Tilted : [2, 0.3, 0];
            var c = StiffnessTensor.Of(TensorTests.Magnesium)
                .Turned(Orientation.FromEuler(euler[0], euler[1], euler[2]));
            var beta = Beta * (0.02 + 0.08 * (layer + 0.5) / 4);
            int[] inPlane = [0, 1, 3], across = [2, 4, 5];
            // t = C_np (ε_p - β) + C_nn (ε_n - β): what a traction adds follows it, the rest is that of ε_p = -β in the
            // layer alone.
            var follow = c.FollowTraction(inPlane, across);
            double[] swelling = [beta, beta, 0], traction = [-100e6, 0, 0];
            for (var i = 0; i < 3; i++)
            {
                var expected = 0.0;
                for (var j = 0; j < 3; j++)
                {
                    var reduced = c[inPlane[i], inPlane[j]] - Enumerable.Range(0, 3)
                        .Sum(k => follow[i, k] * c[across[k], inPlane[j]]);
                    expected += follow[i, j] * traction[j] - reduced * swelling[j];
                }
                var cell = layer * 4 * 3;
                Assert.Equal(expected, stress[6 * cell + inPlane[i]], 1e-8 * 1e9);
                Assert.Equal(traction[i], stress[6 * cell + across[i]], 1e-8 * 1e9);
            }
        }
    }

    [Fact]
    public void Turning_grain_load_and_box_by_a_quarter_turns_the_solution()
    {
        string Case(string size, string cells, string axis, double phi1) => $$"""
            domain: { kind: 3d, size: [{{size}}, 20 nm], cells: [{{cells}}, 5], lateral: periodic }
            material: { stiffness: {{Magnesium}} }
            microstructure: { kind: layers, grains: 1, orientations: [ { euler: [{{phi1}} deg, 50 deg, 20 deg] } ] }
            initial: { x: { linear: { axis: {{axis}}, from: 0.02, to: 0.1 } } }
            interfaces: { se: { law: spring, stiffness: 1e18 Pa/m, pressure: 9 MPa }, collector: { law: bonded } }
            solver: { tolerance: 1e-12 }
            """;
        using var run = CaseRun.OfText(Case("40 nm, 30 nm", "8, 6", "x", 10));
        using var turned = CaseRun.OfText(Case("30 nm, 40 nm", "6, 8", "y", 100));
        // x' = -y, y' = x: cell (i, j) goes to (5 - j, i), and XX YY ZZ XY YZ XZ to YY XX ZZ -XY XZ -YZ.
        var (a, b) = (run.Cells("stress"), turned.Cells("stress"));
        var largest = a.Max(Math.Abs);
        (int From, int Sign)[] from = [(1, 1), (0, 1), (2, 1), (3, -1), (5, 1), (4, -1)];
        for (var z = 0; z < 5; z++)
            for (var j = 0; j < 6; j++)
                for (var i = 0; i < 8; i++)
                    for (var c = 0; c < 6; c++)
                        Assert.Equal(from[c].Sign * a[6 * (i + 8 * (j + 6 * z)) + from[c].From],
                            b[6 * (5 - j + 6 * (i + 8 * z)) + c], 1e-13 * largest);
    }

    [Fact]
    public void A_cubic_polycrystal_lies_between_Voigt_and_Reuss()
    {
        var random = new SplitMix64(3);
        var tensors = Enumerable.Range(0, 30)
            .Select(_ => StiffnessTensor.Of(TensorTests.Lithium).Turned(Orientation.Random(random))).ToArray();
        var grains = GrainGenerator.Of(
            Cases.CaseText.Parse(
            "domain: { kind: 3d, size: [1 um, 1 um, 1 um], cells: [12, 12, 12] }\nmicrostructure: { kind: equiaxed, "
            + "grains: 30 }").Case)!;
        using var body = new CrystalBody(12, tensors[..grains.Count], cell => grains.Grain[cell] - 1);
        double[,] strain = { { 0, 1e-3, 0 }, { 1e-3, 0, 0 }, { 0, 0, 0 } };
        body.Strain(strain);
        // With a linear displacement on its surface the body stores less than under uniform strain and more than under
        // uniform stress (Hill 1952).
        var share = Enumerable.Range(0, grains.Count)
            .Select(g => grains.Grain.Count(id => id == g + 1) / (double)grains.Grain.Length).ToArray();
        var stored = body.Stresses().Average(s => 2 * s[3] * 1e-3) / 2;
        var uniformStrain = share.Select((f, g) => f * 0.5 * tensors[g][3, 3] * 4e-6).Sum();
        var softest = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
            6, 6, (i, j) => share.Select((f, g) => f * tensors[g].Inverse()[i, j]).Sum()).Inverse()[3, 3] * 0.5 * 4e-6;
        Assert.InRange(stored, 1.02 * softest, 0.98 * uniformStrain);
    }

    [Theory]
    [InlineData(Magnesium, 14)]
    [InlineData(Lithium, 25)]
    [Trait("Category", "Slow")]
    public void A_thousand_grains_need_few_iterations(string stiffness, int most)
    {
        using var run = CaseRun.OfText($$"""
            domain: { kind: 3d, size: [100 nm, 100 nm, 100 nm], cells: [32, 32, 32] }
            material: { stiffness: {{stiffness}} }
            microstructure: { kind: equiaxed, grains: 1000, texture: random }
            initial: { x: { linear: { axis: z, from: 0.05, to: 0.15 } } }
            interfaces: { se: { law: spring, stiffness: 1e17 Pa/m, pressure: 9 MPa }, collector: { law: bonded } }
            """);
        Assert.InRange(run.Last("cg_iterations"), 1, most);
    }

    private const string OneGrain =
        "{ kind: layers, grains: 1, orientations: [ { euler: [0.4 rad, 0.9 rad, 1.3 rad] } ] }";

    private static string Film(string material, string grains, string more, string lateral = "symmetric", int layers = 5) => $$"""
        domain: { kind: 3d, size: [40 nm, 30 nm, 20 nm], cells: [4, 3, {{layers}}], lateral: { x_min: {{lateral}},
          x_max: {{lateral}}, y_min: {{lateral}}, y_max: {{lateral}} } }
        material: { {{material}} }
        {{(grains == "" ? "" : "microstructure: " + grains)}}
        solver: { tolerance: 1e-12 }
        {{more}}
        """;

    private static double[,] Stress(StiffnessTensor c, double[,] e)
    {
        double[] strain = [e[0, 0], e[1, 1], e[2, 2], 2 * e[0, 1], 2 * e[1, 2], 2 * e[0, 2]];
        double At(int row) => Enumerable.Range(0, 6).Sum(k => c[row, k] * strain[k]);
        return new[,] { { At(0), At(3), At(5) }, { At(3), At(1), At(4) }, { At(5), At(4), At(2) } };
    }

    /// <summary>g t gᵀ</summary>
    private static double[,] Turn(double[,] g, double[,] t)
    {
        var result = new double[3, 3];
        for (var k = 0; k < 81; k++)
            result[k / 27, k / 9 % 3] += g[k / 27, k / 3 % 3] * t[k / 3 % 3, k % 3] * g[k / 9 % 3, k % 3];
        return result;
    }

    private static double[,] Transpose(double[,] g) =>
        new[,] { { g[0, 0], g[1, 0], g[2, 0] }, { g[0, 1], g[1, 1], g[2, 1] }, { g[0, 2], g[1, 2], g[2, 2] } };

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        var scale = expected.Max(Math.Abs);
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance * scale);
    }

    /// <summary>A cube of given crystals whose whole surface is held.</summary>
    private sealed class CrystalBody : IDisposable
    {
        private readonly HostDevice device = new(1);
        private readonly GridLevel grid;
        private readonly ElasticitySolver solver;
        private readonly View<double> eigenstrain;

        public CrystalBody(int cells, StiffnessTensor[] tensors, Func<int, int> groupOfCell)
        {
            grid = new GridLevel(device, new GridShape(DomainKind.ThreeD, (cells, cells, cells), (1e-9, 1e-9, 1e-9)),
                false, false);
            var groups = Enumerable.Range(0, cells * cells * cells).Select(groupOfCell).ToArray();
            var group = device.Allocate<int>(new int[grid.Layout.Length]);
            var held = new HeldFaces();
            for (var face = 0; face < 18; face++)
                held[face / 6, face % 2 == 1, face / 2 % 3] = true;
            var @case = new Case { Solver = new SolverCase { Tolerance = 1e-12 } };
            solver = new ElasticitySolver(device, grid, @case, held, false,
                new Solvers.Crystals(device, grid, tensors, group, groups));
            var hill = tensors[0].Hill();
            device.Launch(new Fill<Cell, double>(
                solver.Lame.Lambda, hill.Modulus * hill.Poisson / (1 + hill.Poisson) / (1 - 2 * hill.Poisson)),
                grid.Cells);
            device.Launch(new Fill<Cell, double>(solver.Lame.Mu, hill.Modulus / 2 / (1 + hill.Poisson)), grid.Cells);
            eigenstrain = grid.CellField<double>().Values;
        }

        /// <summary>Holds the surface at u = ε x and solves.</summary>
        public void Strain(double[,] strain)
        {
            var u = device.Download(solver.Displacement);
            var n = grid.X;
            for (var i = 0; i < (n + 1) * (n + 1) * (n + 1); i++)
            {
                int[] at = [i % (n + 1), i / (n + 1) % (n + 1), i / ((n + 1) * (n + 1))];
                if (at.All(k => k > 0 && k < n))
                    continue;
                for (var c = 0; c < 3; c++)
                {
                    // Components lie in the order x, z, y.
                    var place = grid.Layout.Index(at[0], at[1], at[2]) + new[] { 0, 2, 1 }[c] * grid.Layout.Length;
                    u[place] = Enumerable.Range(0, 3).Sum(k => strain[c, k] * at[k] * 1e-9);
                }
            }
            device.Upload<double>(u, solver.Displacement);
            solver.Solve(eigenstrain);
        }

        public IEnumerable<double[]> Stresses()
        {
            var stress = grid.CellField<double>(6).Values;
            solver.Operator.CellStress(solver.Displacement, eigenstrain, stress);
            var values = device.Download(stress);
            for (var i = 0; i < grid.X * grid.X * grid.X; i++)
            {
                var at = grid.Layout.Index(i % grid.X, i / grid.X % grid.X, i / grid.X / grid.X);
                yield return [.. Enumerable.Range(0, 6).Select(c => values[at + c * grid.Layout.Length])];
            }
        }

        public void Dispose() => device.Dispose();
    }
}
