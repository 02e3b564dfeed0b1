using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Verification;
using MesoLiMg.Tests.Cases;

namespace MesoLiMg.Tests.Crystals;

/// <summary>
/// Turning grain, load and box by a quarter about z, or mirroring them, turns tensors and fields to the bit, with no
/// tolerance.
/// </summary>
public class QuarterTurnTests
{
    private const double Degree = Math.PI / 180;

    /// <summary>A cubic, a hexagonal and a triclinic crystal.</summary>
    private static readonly StiffnessTensor[] Crystals =
        [StiffnessTensor.Of(TensorTests.Lithium), StiffnessTensor.Of(TensorTests.Magnesium),
        StiffnessTensor.Of(new StiffnessCase { Tensor = Triclinic() })];

    private static readonly double[][] Angles =
    [
        [0, 0, 0], [90, 90, 0], [0, 45, 0], [30, 0, 0], [10, 50, 20], [33.3, 71.25, 10], [45, 35, 45], [-45, 90, 12.5],
            [135, 54.7356103, 225], [123.456789, 33.3, 271.1], [359.9, 179.9, 0.1], [22.918311805, 51.5, 74.4],
            [0.1, 0.2, 0.3],
    ];

    public static IEnumerable<object[]> Orientations =>
        Angles.Select(angles => new object[] { angles[0], angles[1], angles[2] });

    public static IEnumerable<object[]> Turns => from turn in QuarterTurn.All
                                                 from width in new[] { 1, 8 }
                                                 select new object[] { turn.Quarters, turn.Mirrored, width };

    [Theory]
    [MemberData(nameof(Orientations))]
    public void Turned_grains_have_turned_stiffnesses_compliances_and_diffusivities(double phi1, double phi,
        double phi2)
    {
        foreach (var turn in QuarterTurn.All)
        {
            var (orientation, turned) = (Euler(phi1, phi, phi2), Euler(turn.Euler(phi1, phi, phi2)));
            foreach (var crystal in Crystals)
            {
                AssertTurned(turn, crystal.Turned(orientation), crystal.Turned(turned));
                AssertTurned(turn, crystal.Turned(orientation).Inverse(), crystal.Turned(turned).Inverse());
            }
            var ratio = new DiffusivityRatioCase { Principal = [1.5, 2, 4.1] };
            var (a, b) = (GrainTransport.Tensor(ratio, orientation), GrainTransport.Tensor(ratio, turned));
            for (var i = 0; i < 6; i++)
                Assert.Equal(b[i], turn.Component(QuarterTurn.Tensor, QuarterTurn.Tensor[i]) is var (from, sign)
                    ? sign * a[from] : 0);
        }
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void Quarters_go_through_the_properties_of_a_grain(int quarters, bool mirrored, int width)
    {
        var turn = new QuarterTurn(quarters, mirrored);
        using var device = new HostDevice(1, width);
        // As a case has them: angles in degrees, to radians, to the orientation of a grain, to that of its region.
        Orientation Of(double[] angles)
        {
            var text = $"domain: {{ kind: 3d, size: [1 nm, 1 nm, 1 nm], cells: [1, 1, 1] }}\nmicrostructure: {{ kind: "
                + $"layers, grains: 1, orientations: [ {{ euler: "
                + $"[{string.Join(", ", angles.Select(angle => $"{angle % 360:R} deg"))}] }} ] }}";
            var @case = CaseText.Parse(text).Case;
            return Orientation.Of(GrainGenerator.Of(@case)!.Properties(@case.Microstructure!)[0].Orientation!);
        }
        foreach (var angles in Angles)
            AssertTurned(turn, Crystals[2].Turned(Of(angles)), Crystals[2].Turned(Of(turn.Euler(angles))));
    }

    [Fact]
    public void A_quaternion_turned_by_180_degrees_about_an_axis_of_the_sample_only_changes_signs()
    {
        var random = new SplitMix64(5);
        for (var i = 0; i < 50; i++)
        {
            var q = Orientation.Random(random);
            var g = q.Matrix();
            for (var axis = 0; axis < 3; axis++)
            {
                var turned = (new Orientation(0, axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0) * q).Matrix();
                for (var k = 0; k < 9; k++)
                    Assert.Equal(k % 3 == axis ? g[k / 3, k % 3] : -g[k / 3, k % 3], turned[k / 3, k % 3]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void Diagonals_and_loads_of_crystals_turn(int quarters, bool mirrored, int width)
    {
        var turn = new QuarterTurn(quarters, mirrored);
        using var device = new HostDevice(1, width);
        var (body, image) = Bodies(device, turn);
        var (diagonal, turned) = (body.Grid.NodeField<double>(3).Values, image.Grid.NodeField<double>(3).Values);
        body.Level.InverseDiagonal(diagonal);
        image.Level.InverseDiagonal(turned);
        AssertTurned(device, turn, body, image, diagonal, turned, QuarterTurn.Diagonal, nodes: true);

        var eigenstrain = Noise(body.Grid.CellField<double>().Values.Length, 7);
        var (beta, turnedBeta) =
            (Upload(device, eigenstrain),
            Upload(device, turn.Field(eigenstrain, body.Grid, image.Grid, QuarterTurn.Scalar, false, false)));
        var (load, turnedLoad) = (body.Grid.NodeField<double>(3).Values, image.Grid.NodeField<double>(3).Values);
        body.Level.EigenstrainLoad(beta, load);
        image.Level.EigenstrainLoad(turnedBeta, turnedLoad);
        AssertTurned(device, turn, body, image, load, turnedLoad, QuarterTurn.Vector, nodes: true);
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void Forces_of_crystals_turn(int quarters, bool mirrored, int width)
    {
        var turn = new QuarterTurn(quarters, mirrored);
        using var device = new HostDevice(1, width);
        var (body, image) = Bodies(device, turn);
        var displacement = Noise(body.Grid.NodeField<double>(3).Values.Length, 10);
        View<double> Force(Body of, QuarterTurn by)
        {
            var force = of.Grid.NodeField<double>(3).Values;
            of.Level.Apply(Upload(device, by.Field(displacement, body.Grid, of.Grid, QuarterTurn.Vector, true, false)),
                force);
            return force;
        }
        AssertTurned(device, turn, body, image, Force(body, default), Force(image, turn), QuarterTurn.Vector,
            nodes: true);
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void Stress_of_a_given_strain_turns(int quarters, bool mirrored, int width)
    {
        var turn = new QuarterTurn(quarters, mirrored);
        using var device = new HostDevice(1, width);
        var (body, image) = Bodies(device, turn);
        var length = body.Grid.CellField<double>(6).Values.Length;
        double[] strain = Noise(length, 8), eigenstrain = Noise(length, 9);
        View<double> Stress(Body of, double[] e, double[] beta)
        {
            var stress = of.Grid.CellField<double>(6).Values;
            ((IDevice)device).Launch<CellStress<GivenStrain, Anisotropic<double>, Swelling<double>, double>,
                Cell, double>(
                new(
                    default, of.Crystals.Stiffnesses<double>(of.Grid),
                    new(new(Upload(device, beta), of.Grid.Layout, 1)),
                    new(Upload(device, e), of.Grid.Layout, 6), new(stress, of.Grid.Layout, 6)),
                of.Grid.Cells);
            return stress;
        }
        var (a, b) = (Stress(body, strain, eigenstrain),
            Stress(image, turn.Field(strain, body.Grid, image.Grid, QuarterTurn.Tensor, false, false),
                turn.Field(eigenstrain, body.Grid, image.Grid, QuarterTurn.Scalar, false, false)));
        AssertTurned(device, turn, body, image, a, b, QuarterTurn.Tensor, nodes: false);
    }

    [Theory]
    [InlineData("free", "symmetric", "periodic", "periodic", 1)]
    [InlineData("symmetric", "free", "free", "clamped", 8)]
    [InlineData("free", "free", "symmetric", "symmetric", 1)]
    [InlineData("free", "free", "free", "free", 8)]
    public void Values_on_faces_edges_and_corners_and_what_follows_from_them_turn(string xMin, string xMax, string yMin,
        string yMax, int width)
    {
        using var device = new HostDevice(1, width);
        foreach (var material in new[] { "youngs_modulus: { polynomial: [45 GPa, -20 GPa] }",
            "stiffness: { c11: 59.7 GPa, c12: 26.2 GPa, c13: 21.7 GPa, c33: 61.7 GPa, c44: 16.4 GPa }" })
        {
            var film = new ClosedFilm(device, default, material, [[xMin, xMax], [yMin, yMax], []]);
            foreach (var turn in QuarterTurn.All)
                film.AssertTurned(turn, new ClosedFilm(device, turn, material, [[xMin, xMax], [yMin, yMax], []]));
        }
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void Tractions_of_interfaces_and_their_springs_turn(int quarters, bool mirrored, int width)
    {
        var turn = new QuarterTurn(quarters, mirrored);
        using var device = new HostDevice(1, width);
        var (body, image) = Bodies(device, turn);
        var plane = FlatBox.RoundUp(3 * Math.Max(body.Grid.Layout.StrideZ, image.Grid.Layout.StrideZ));
        double[] u = Noise(body.Grid.NodeField<double>(3).Values.Length, 11), slip = Noise(plane, 12),
            bound = [.. Noise(plane, 13).Select(Math.Abs)];
        (View<double> Traction, View<double> Springs, View<double> Force, View<double> Product) Run(
            Body of, QuarterTurn by)
        {
            View<double> At(double[] field, int[][] components, bool isPlane) =>
                Upload(device, by.Field(field, body.Grid, of.Grid, components, true, isPlane));
            var (grid, length) = (of.Grid, of.Grid.Layout.Length);
            Field<Side, double> OnSide(View<double> values, int components) =>
                new(values, grid.Layout.Plane, components);
            Field<Node, double> AtNodes(View<double> values) => new(values, grid.Layout, 3);
            var (displacement, traction, force) = (At(u, QuarterTurn.Vector, false), device.Allocate<double>(plane),
                grid.NodeField<double>(3).Values);
            var (areas, springs) = (OnSide(Upload(device, grid.NodeAreas((_, _) => true)), 1), of.Level.Springs[1]);
            var law = new FrictionTraction(OnSide(At(slip, QuarterTurn.PlaneVector, true), 2),
                OnSide(At(bound, QuarterTurn.Scalar, true), 1), 0.7);
            var nodes = grid.NodePlane(true);
            device.Launch(new AddInterfaceForce<FrictionTraction>(law, AtNodes(displacement), OnSide(traction, 2),
                AtNodes(force), areas, of.Level.Free), nodes);
            device.Launch(new LineariseInterface<FrictionTraction>(law, AtNodes(displacement), springs, areas,
                of.Level.Free), nodes);
            of.Level.HasSprings[1] = true;
            var product = grid.NodeField<double>(3).Values;
            of.Level.Apply(displacement, product);
            return (traction, springs, force, product);
        }
        var ((traction, springs, force, product), (turnedTraction, turnedSprings, turnedForce, turnedProduct)) =
            (Run(body, default), Run(image, turn));
        AssertTurned(device, turn, body, image, traction, turnedTraction, QuarterTurn.PlaneVector, nodes: true,
            plane: true);
        AssertTurned(device, turn, body, image, springs, turnedSprings, QuarterTurn.PlaneTensor, nodes: true,
            plane: true);
        AssertTurned(device, turn, body, image, force, turnedForce, QuarterTurn.Vector, nodes: true);
        AssertTurned(device, turn, body, image, product, turnedProduct, QuarterTurn.Vector, nodes: true);
        Assert.Contains(device.Download(springs)[(2 * body.Grid.Layout.StrideZ)..], entry => entry != 0);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    [InlineData(3, true)]
    public void Rigid_motions_turn_about_the_middle(int quarters, bool mirrored)
    {
        var turn = new QuarterTurn(quarters, mirrored);
        using var device = new HostDevice(1);
        var (body, image) = Bodies(device, turn);
        var (motions, turned) = (RigidMotions.Candidates(body.Grid, new HeldFaces()).ToList(),
            RigidMotions.Candidates(image.Grid, new HeldFaces()).ToList());
        for (var y = 0; y <= body.Grid.Y; y++)
        {
            for (var x = 0; x <= body.Grid.X; x++)
            {
                double[] at = [body.Grid.FromMiddle(0, x), body.Grid.FromMiddle(1, y)];
                int[] node = [x, y], last = [body.Grid.X, body.Grid.Y];
                double Along(int axis) =>
                    image.Grid.FromMiddle(axis, turn.Sign(axis) > 0 ? node[turn.From(axis)]
                    : last[turn.From(axis)] - node[turn.From(axis)]);
                Assert.Equal(turn.Sign(0) * at[turn.From(0)], Along(0));
                Assert.Equal(turn.Sign(1) * at[turn.From(1)], Along(1));
                var ((ux, uy), (vx, vy)) = (motions[2](at[0], at[1]), turned[2](Along(0), Along(1)));
                double[] u = [ux, uy];
                Assert.Equal((mirrored ? -1 : 1) * turn.Sign(0) * u[turn.From(0)], vx);
                Assert.Equal((mirrored ? -1 : 1) * turn.Sign(1) * u[turn.From(1)], vy);
            }
        }
    }

    private static Orientation Euler(params double[] degrees) =>
        Orientation.FromEuler(degrees[0] * Degree, degrees[1] * Degree, degrees[2] * Degree);

    private static void AssertTurned(QuarterTurn turn, StiffnessTensor tensor, StiffnessTensor turned)
    {
        for (var i = 0; i < 6; i++)
        {
            for (var j = 0; j < 6; j++)
            {
                var ((row, rowSign), (column, columnSign)) = (turn.Component(QuarterTurn.Tensor, QuarterTurn.Tensor[i]),
                    turn.Component(QuarterTurn.Tensor, QuarterTurn.Tensor[j]));
                Assert.Equal(rowSign * columnSign * tensor[row, column], turned[i, j]);
                Assert.Equal(turned[i, j], turned[j, i]);
            }
        }
    }

    private static void AssertTurned(HostDevice device, QuarterTurn turn, Body body, Body image, View<double> field,
        View<double> turned, int[][] components, bool nodes, bool plane = false) =>
        QuarterTurn.AssertSame(turn.Field(device.Download(field), body.Grid, image.Grid, components, nodes, plane),
            device.Download(turned), image.Grid, components, nodes, plane);

    /// <summary>Bodies of cells of uneven widths and several crystals, one of them turned.</summary>
    private static (Body Body, Body Image) Bodies(HostDevice device, QuarterTurn turn)
    {
        double[] x = [1, 0.7, 1.6, 1.1, 0.9, 1.3, 0.8, 1.2, 1, 0.6, 1.4], y = [0.6, 1.3, 1.1, 0.7, 0.9, 1.7, 0.8, 1.5],
            z = [1.4, 0.8, 1.1];
        double[][] widths = [[.. x.Select(h => h * 1e-9)], [.. y.Select(h => h * 1e-9)], [.. z.Select(h => h * 1e-9)]];
        var random = new Random(3);
        int[] groups = [.. Enumerable.Range(0, x.Length * y.Length * z.Length).Select(_ => random.Next(Angles.Length))];
        var body = new Body(device, widths, groups, default);
        return (body, new Body(device, turn.Axes(widths), turn.Cells(groups, body.Grid), turn));
    }

    private static View<double> Upload(HostDevice device, double[] values) => device.Allocate<double>(values);

    private static double[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextDouble() - 1)];
    }

    private static double[] Triclinic()
    {
        var (random, c) = (new Random(1), new double[36]);
        for (var i = 0; i < 6; i++)
            for (var j = i; j < 6; j++)
                c[6 * i + j] = c[6 * j + i] = (i == j ? 80e9 : 0) + 20e9 * random.NextDouble();
        return c;
    }

    private sealed class Body
    {
        public Body(HostDevice device, double[][] widths, int[] groups, QuarterTurn turn)
        {
            Grid = new GridLevel(device, DomainKind.ThreeD, widths[0], widths[1], widths[2], false, false);
            StiffnessTensor[] tensors =
                [.. Angles.Select((angles, i) => QuarterTurnTests.Crystals[i % 3].Turned(Euler(turn.Euler(angles))))];
            Crystals = new(device, Grid, tensors, device.Allocate<int>(new int[Grid.Layout.Length]), groups);
            Level = ElasticLevels.Create<double>(device, Grid, new HeldFaces(), Crystals);
        }

        public GridLevel Grid { get; }

        public Solvers.Crystals Crystals { get; }

        public ElasticLevel<double> Level { get; }
    }

    /// <summary>A strain per cell in place of that of displacements.</summary>
    private readonly struct GivenStrain : IElement<double>
    {
        public Symmetric<L> CentreStrain<L>(in Field<Node, double> u, in Point<Cell> p)
            where L : unmanaged, ILane<L, double> => u.TensorAt<L, Node, double>(p.LowNode());

        public NodeVector<L> Diagonal<L, TMaterial>(in TMaterial material, in Point<Node> p)
            where L : unmanaged, ILane<L, double> where TMaterial : struct, IMaterial<double> => default;

        public NodeVector<L> InelasticForce<L, TMaterial, TInelastic>(
            in TMaterial material, in TInelastic inelastic, in Point<Node> p)
            where L : unmanaged, ILane<L, double> where TMaterial : struct, IMaterial<double>
            where TInelastic : struct, IInelasticStrain<double> => default;
    }

    /// <summary>x and stress of noise in the cells of a turned film, its values on faces, and what follows.</summary>
    private sealed class ClosedFilm
    {
        private static readonly int[] Cells = [11, 9, 5];
        private readonly HostDevice device;
        private readonly GridLevel grid, original;
        private readonly StressFields fields;
        private readonly View<double> x, extrapolated;

        public ClosedFilm(HostDevice device, QuarterTurn turn, string material, string[][] lateral)
        {
            this.device = device;
            var @case = CaseText.Parse(Text(turn, material, turn.Axes(lateral))).Case;
            var periodic = LateralFaces.Of(@case.Domain);
            grid = new GridLevel(device, GridShape.Of(@case.Domain), periodic.XMax == LateralKind.Periodic,
                periodic.YMax == LateralKind.Periodic);
            original = new GridLevel(device, DomainKind.ThreeD, new double[Cells[0]], new double[Cells[1]],
                new double[Cells[2]], false, false);
            var materials = new Materials(device, @case, grid, GrainGenerator.Of(@case));
            var closure = new FaceClosure(device, grid, @case);
            fields = new StressFields(device, grid);
            double[] Turned(int seed, int[][] components, bool plane = false, double scale = 1) =>
                turn.Field([.. Noise(Math.Max(grid.Layout.Length, original.Layout.Length) * 8, seed)
                    .Select(v => scale * v)], original, grid, components, false, plane);
            View<double> Field(int seed, int[][] components, bool plane = false, double scale = 1) =>
                Upload(device, Turned(seed, components, plane, scale));

            (x, extrapolated) = (Field(21, QuarterTurn.Scalar, scale: 0.1), Field(21, QuarterTurn.Scalar, scale: 0.1));
            device.Launch(new Fill<Closed, double>(fields.EnergyDensity, 0.1), grid.Closed);
            closure.Concentration(
                new(x, grid.Layout, 1), materials.Solid, new(Field(22, QuarterTurn.Scalar), grid.Layout, 1),
                new(Field(23, QuarterTurn.Scalar, plane: true), grid.Layout.Plane, 1));
            closure.Concentration(extrapolated, materials.Solid, Field(24, QuarterTurn.Scalar, plane: true));
            SideLaw Law(InterfaceCase side, bool high) =>
                SideLaws.Of(new(device, grid, high, grid.SideField<double>(), default, side));
            SideLaw[] sides = [Law(@case.Interfaces.Collector, false), Law(@case.Interfaces.Se, true)];
            device.Upload<double>(turn.Field(Traction(), original, grid, QuarterTurn.PlaneVector, true, true)[
                ..(2 * grid.Layout.StrideZ)], ((FrictionSide)sides[1]).Traction);
            device.Upload<double>(
                Turned(26, QuarterTurn.Tensor, scale: 1e9)[..fields.Stress.Values.Length], fields.Stress.Values);
            device.Upload<double>(Turned(28, QuarterTurn.Tensor)[..fields.Strain.Values.Length], fields.Strain.Values);
            closure.Stress(fields.Stress, materials.Solid, materials.Constants(x), sides, materials.Crystals);
            var eigenstrain = Field(27, QuarterTurn.Scalar, scale: 0.1);
            fields.FollowCells(eigenstrain);
            fields.FollowSurface(eigenstrain, materials.Constants(x), materials.Crystals);
        }

        public void AssertTurned(QuarterTurn turn, ClosedFilm turned)
        {
            void Same(View<double> field, View<double> image, int[][] components) =>
                QuarterTurn.AssertSame(turn.Field(device.Download(field), grid, turned.grid, components, false, false),
                    device.Download(image), turned.grid, components, false);
            Same(x, turned.x, QuarterTurn.Scalar);
            Same(extrapolated, turned.extrapolated, QuarterTurn.Scalar);
            Same(fields.Stress, turned.fields.Stress, QuarterTurn.Tensor);
            Same(fields.Strain, turned.fields.Strain, QuarterTurn.Tensor);
            Same(fields.VonMises, turned.fields.VonMises, QuarterTurn.Scalar);
            Same(fields.SigmaH, turned.fields.SigmaH, QuarterTurn.Scalar);
            Same(fields.EnergyDensity, turned.fields.EnergyDensity, QuarterTurn.Scalar);
        }

        /// <summary>Tractions of nodes of the SE side, the same at both ends, as periodic axes ask for.</summary>
        private double[] Traction()
        {
            double[] field = [.. Noise(2 * original.Layout.StrideZ, 25).Select(v => 1e8 * v)];
            foreach (var (x, y, z) in QuarterTurn.Points(original, nodes: true, plane: true))
                for (var c = 0; c < 2; c++)
                    field[original.Layout.Index(x, y, z) + c * original.Layout.StrideZ] =
                        field[original.Layout.Index(x % original.X, y % original.Y, z) + c * original.Layout.StrideZ];
            return field;
        }

        private static string Text(QuarterTurn turn, string material, string[][] lateral)
        {
            var (size, cells) = (turn.Axes<int>([44], [27], [20]), turn.Axes<int>([Cells[0]], [Cells[1]], [Cells[2]]));
            return $$"""
                domain: { kind: 3d, size: [{{size[0][0]}} nm, {{size[1][0]}} nm, 20 nm], cells: [{{cells[0][0]}},
                  {{cells[1][0]}}, {{cells[2][0]}}],
                  lateral: { x_min: {{lateral[0][0]}}, x_max: {{lateral[0][1]}}, y_min: {{lateral[1][0]}},
                    y_max: {{lateral[1][1]}} } }
                material: { {{material}} }
                microstructure: { kind: layers, grains: 1, orientations: [ { euler: [{{string.Join(", ",
                  turn.Euler(33.3, 71.25, 10).Select(angle => $"{angle:R} deg"))}}] } ] }
                interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.4 GPa, pressure: 9 MPa },
                  collector: { law: slide } }
                """;
        }
    }
}
