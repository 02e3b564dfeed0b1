using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>The elastic-perfectly plastic law of the SE side: stick, slip, memory.</summary>
public class FrictionTests
{
    private const double Length = 200e-9, Height = 100e-9, H = 5e-9, Strength = 5e7;

    private static readonly GridShape Strip = new(DomainKind.PlaneStrain, (40, 1, 20), (H, 1, H));

    private static readonly GridShape Film = new(DomainKind.ThreeD, (12, 10, 8), (H, H, H));

    [Fact]
    public void Where_all_of_it_slips_the_film_carries_the_sum_of_the_friction()
    {
        using var body = Body(Strip, Friction.Kind, 1e20, Strength);
        Swell(body, 0.03);
        // Balance of forces: the stress across a section holds the friction between it and the free end. The first node
        // cannot move and takes no traction.
        AssertSections(body, x => -Strength * (Length - x));
        Assert.All(Tractions(body).Skip(1), t => Assert.Equal(-Strength, t.X, 1e-6 * Strength));
    }

    [Fact]
    public void Below_its_strength_friction_is_a_spring_and_keeps_no_slip()
    {
        using var spring = Body(Strip, Spring.Kind, 1e17, 0);
        using var friction = Body(Strip, Friction.Kind, 1e17, 1e12);
        Swell(spring, 0.03);
        Swell(friction, 0.03);
        var largest = spring.Displacements().Max(d => Math.Abs(d.U.X));
        Assert.All(spring.Displacements().Zip(friction.Displacements()), pair =>
            Assert.Equal(pair.First.U.X, pair.Second.U.X, 1e-9 * largest));
        Assert.All(Slips(friction), s => Assert.InRange(Math.Abs(s.X), 0, 1e-12 * largest));
    }

    [Fact]
    public void No_traction_exceeds_the_strength_and_stick_and_slip_share_the_face()
    {
        using var body = Body(Strip, Friction.Kind, 1e18, 4e8);
        Swell(body, 0.03);
        var tractions = Tractions(body).Select(t => Math.Abs(t.X)).ToArray();
        Assert.All(tractions, t => Assert.InRange(t, 0, 4e8 * (1 + 1e-9)));
        var (slips, slip) = (tractions.Select(t => t > 4e8 * (1 - 1e-6)).ToArray(), Slips(body));
        Assert.Contains(true, slips);
        Assert.Contains(false, slips.Skip(1));
        for (var i = 0; i < slips.Length; i++)
            Assert.Equal(slips[i], Math.Abs(slip[i].X) > 1e-6 * Slips(body).Max(s => Math.Abs(s.X)));
    }

    [Fact]
    public void After_the_load_is_gone_the_slip_stays_and_the_friction_is_turned_round()
    {
        using var body = Body(Strip, Friction.Kind, 1e20, Strength);
        Swell(body, 0.03);
        var outward = Slips(body);
        Swell(body, 0);
        // The film drew back over the whole face: friction now pulls it outward, against the same strength.
        AssertSections(body, x => Strength * (Length - x));
        Assert.True(Slips(body)[^1].X > 0 && Slips(body)[^1].X < outward[^1].X);
    }

    [Fact]
    public void A_film_without_a_past_is_free_of_stress_without_load()
    {
        using var body = Body(Strip, Friction.Kind, 1e20, Strength);
        Swell(body, 0);
        Assert.All(body.Stresses(), s => Assert.All(s.Stress, c => Assert.Equal(0, c)));
    }

    [Fact]
    public void In_3D_the_friction_of_a_face_that_slips_has_the_strength_in_every_direction()
    {
        using var body = Body(Film, Friction.Kind, 1e21, Strength);
        Swell(body, 0.03);
        var inside = Tractions(body).Where(t => t.Node.X > 0 || t.Node.Y > 0).ToArray();
        Assert.All(inside, t => Assert.Equal(Strength, Math.Sqrt(t.X * t.X + t.Y * t.Y), 1e-6 * Strength));
        // The film swells away from the two planes of symmetry, and friction points toward them.
        Assert.All(inside, t => Assert.True(t.X <= 0 && t.Y <= 0));
        Assert.All(inside.Where(t => t.Node.X == t.Node.Y && t.Node.X > 0 && t.Node.X < 6), t =>
            Assert.InRange(t.X / t.Y, 0.7, 1.4));
    }

    [Theory]
    [InlineData(1e16, 1e6)]
    [InlineData(1e18, 1e8)]
    [InlineData(1e18, 4.3e8)]
    [InlineData(1e20, 1e9)]
    public void Newtons_iteration_ends_for_soft_and_stiff_springs(double stiffness, double strength)
    {
        foreach (var shape in new[] { Strip, Film, new GridShape(DomainKind.Axisymmetric, (30, 1, 20), (H, 1, H)) })
        {
            using var body = Body(shape, Friction.Kind, stiffness, strength, 1e-8);
            foreach (var swelling in new[] { 0.01, 0.03, 0.0 })
            {
                var result = Swell(body, swelling);
                Assert.InRange(result.NewtonSteps, 1, 30);
                Assert.InRange(result.Residual, 0, 1e-8);
            }
        }
    }

    [Fact]
    public void A_plate_plated_and_stripped_is_not_what_it_was_with_the_same_lithium()
    {
        const string plate = """
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [20, 28] }
            material: { diffusivity: 1e-10 cm^2/s }
            interfaces: { se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.1 GPa }, collector: { law: slide } }
            solver: { time_tolerance: 1e-4 }

            """;
        using var run = CaseRun.OfText(
            plate + "protocol: [ { plate: { current: 1 mA/cm^2, time: 5 s } }, { strip: { current: 1 mA/cm^2, time: 4 "
            + "s } }, { rest: { time: 20 s } } ]");
        var x = run.Last("x_mean");
        Assert.All(run.Cells("x"), value => Assert.Equal(x, value, 1e-4));
        // Friction holds back the film that shrinks: it is pulled, while the film that has only grown is pressed.
        using var fresh = CaseRun.OfText(FormattableString.Invariant($"{plate}initial: {{ x: {x:R} }}"));
        Assert.True(run.Last("sigma_h_se") > 1e7 && fresh.Last("sigma_h_se") < -1e7,
            $"{run.Last("sigma_h_se"):g3} Pa and {fresh.Last("sigma_h_se"):g3} Pa");
    }

    private static ElasticBody Body(GridShape shape, InterfaceLawKind law, double stiffness, double strength,
        double tolerance = 1e-12)
    {
        var held = new HeldFaces { [0, false, 0] = true, [1, false, 2] = true, [2, false, 1] = true };
        var body = new ElasticBody(
            shape, held, new InterfacesCase
            {
                Se = new InterfaceCase { Law = law, Stiffness = stiffness, ShearStrength = strength }
            }, tolerance);
        body.SetModuli((_, _, _) => (40e9, 0.3));
        return body;
    }

    private static EquilibriumResult Swell(ElasticBody body, double swelling)
    {
        body.SetCells(body.Eigenstrain, (_, _, _) => swelling);
        var result = body.Solve();
        body.Solver.Accept();
        return result;
    }

    private static void AssertSections(ElasticBody body, Func<double, double> force)
    {
        foreach (var column in body.Stresses().GroupBy(s => s.At.X))
            Assert.Equal(force(column.Key), column.Sum(s => s.Stress[0]) * H, 1e-6 * Strength * Length);
    }

    private static IReadOnlyList<((int X, int Y) Node, double X, double Y)> Tractions(ElasticBody body) =>
        body.OnSe(body.Friction(1).Traction);

    private static IReadOnlyList<((int X, int Y) Node, double X, double Y)> Slips(ElasticBody body) =>
        body.OnSe(body.Friction(1).Slip);
}
