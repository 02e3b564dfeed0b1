using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Mechanics;

/// <summary>
/// Friction whose bound follows the local normal traction, τ_max = cohesion + μ_f max(0, -σ_n), and bars on which
/// friction is known in closed form.
/// </summary>
public class CoulombFrictionTests
{
    private const double H = 5e-9, Young = 40e9, Cohesion = 2e7, Coefficient = 0.3, Pressure = 1e8, Rigid = 1e22;

    /// <summary>
    /// One cell high and without Poisson's effect: a bar that friction holds from below and above alike.
    /// </summary>
    private static readonly GridShape Bar = new(DomainKind.PlaneStrain, (40, 1, 1), (H, 1, H));

    private static readonly double Length = 40 * H;

    public static TheoryData<DomainKind> Kinds => [DomainKind.PlaneStrain, DomainKind.Axisymmetric, DomainKind.ThreeD];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Under_a_punch_both_sides_have_the_bound_of_the_pressure(DomainKind kind)
    {
        using var body = Body(
            new GridShape(kind, (9, kind == DomainKind.ThreeD ? 7 : 1, 6),
            (H, kind == DomainKind.ThreeD ? H : 1, 1.5 * H)), Pressure, NormalLaw.Punch);
        Assert.InRange(body.Solve().Residual, 0, 1e-11);
        foreach (var bound in Bounds(body, 0).Concat(Bounds(body, 1)))
            Assert.Equal(Cohesion + Coefficient * Pressure, bound, 1e-6 * Pressure);
    }

    [Fact]
    public void A_pulled_side_has_no_more_than_its_cohesion()
    {
        using var body = Body(new GridShape(DomainKind.PlaneStrain, (9, 1, 6), (H, 1, H)), -Pressure, NormalLaw.Punch);
        body.Solve();
        Assert.All(Bounds(body, 0).Concat(Bounds(body, 1)), bound => Assert.Equal(Cohesion, bound, 1e-9 * Cohesion));
    }

    [Fact]
    public void A_given_pressure_counts_as_given()
    {
        using var body = Body(new GridShape(DomainKind.PlaneStrain, (9, 1, 6), (H, 1, H)), Pressure,
            NormalLaw.Pressure, nu: 0.3);
        Swell(body, 0.01);
        Assert.All(Bounds(body, 1), bound => Assert.Equal(Cohesion + Coefficient * Pressure, bound));
        Assert.Contains(Bounds(body, 0), bound => Math.Abs(bound - Cohesion - Coefficient * Pressure) > 0.01
            * Pressure);
    }

    [Fact]
    public void A_swelling_bar_under_a_punch_slips_at_Coulombs_bound_as_far_as_it_is_let()
    {
        using var body = Body(Bar, Pressure, NormalLaw.Punch);
        const double swelling = 0.2;
        var result = Swell(body, swelling);
        Assert.InRange(result.Residual, 0, 1e-11);
        var bound = Cohesion + Coefficient * Pressure;
        foreach (var (node, x, _) in body.OnSe(body.Friction(1).Traction).Skip(1))
            Assert.Equal(-bound, x, 1e-6 * bound);
        foreach (var (node, slip, _) in body.OnSe(body.Friction(1).Slip).Skip(1))
            Assert.Equal(Swollen(node.X * H, swelling, bound), slip, 1e-6 * swelling * Length);
    }

    [Fact]
    public void Where_the_film_would_lift_off_friction_has_its_cohesion_and_where_it_is_pressed_more()
    {
        // Swelling at the top bends the strip: its edge presses on the collector and a part further in is pulled.
        using var body = Body(new GridShape(DomainKind.PlaneStrain, (40, 1, 20), (H, 1, H)), 0, NormalLaw.Pressure,
            nu: 0.3, tolerance: 1e-10);
        body.SetCells(body.Eigenstrain, (_, _, z) => 0.02 * z / (20 * H));
        Assert.InRange(body.Solve().Residual, 0, 1e-10);
        var bounds = Bounds(body, 0);
        Assert.Contains(bounds, bound => bound == Cohesion);
        Assert.Contains(bounds, bound => bound > Cohesion + 1e6);
        Assert.All(bounds.Zip(body.OnCollector(body.Friction(0).Traction)), pair =>
            Assert.InRange(Math.Abs(pair.Second.X), 0, pair.First * (1 + 1e-9)));
        // Nothing presses on the film as a whole, so that what presses and what pulls at the collector are equal; the
        // bounds know of the pressing part.
        var pressed = bounds.Select((bound, i) => (bound - Cohesion) / Coefficient * (i is 0 or 40 ? H / 2 : H)).Sum();
        var near = body.Stresses().Where(s => s.At.Z < H).Sum(s => Math.Max(0, -s.Stress[2]) * H);
        Assert.InRange(pressed / near, 0.7, 1.5);
    }

    [Theory]
    [InlineData(DomainKind.PlaneStrain)]
    [InlineData(DomainKind.Axisymmetric)]
    [InlineData(DomainKind.ThreeD)]
    public void Bounds_settle_for_strong_friction_too(DomainKind kind)
    {
        using var body = Body(
            new GridShape(kind, (24, kind == DomainKind.ThreeD ? 12 : 1, 16),
            (H, kind == DomainKind.ThreeD ? H : 1, H)), Pressure, NormalLaw.Punch, nu: 0.3, stiffness: 1e18,
            coefficient: 0.8, tolerance: 1e-8);
        foreach (var swelling in new[] { 0.01, 0.03, 0.01, 0.0 })
        {
            body.SetCells(body.Eigenstrain, (_, _, z) => swelling * (1 + z / (16 * H)));
            Assert.InRange(body.Solve().Residual, 0, 1e-8);
            body.Solver.Accept();
        }
    }

    [Fact]
    public void A_bar_that_swells_and_shrinks_back_keeps_the_slip_of_its_middle()
    {
        // Rigid friction τ above and below: swelling β makes all of the bar slip, N = -2τ (L - x). Shrinking back turns
        // the friction round from the end inward, as far as N can rise by E h β; further in nothing slips again and u
        // stays. With E h β = 4τ h k the k outermost nodes slip back (the last of them has half the area), and the next
        // one takes half of what it could.
        const int back = 28;
        const double tau = 3e7, swelling = 4 * tau * back / Young;
        using var body = Body(Bar, 0, NormalLaw.Pressure, coefficient: 0, cohesion: tau);
        Swell(body, swelling);
        foreach (var (node, slip, _) in body.OnSe(body.Friction(1).Slip).Skip(1))
            Assert.Equal(Swollen(node.X * H, swelling, tau), slip, 1e-6 * swelling * Length);
        Swell(body, 0);
        var last = 40 - back;
        double Left(int i)
        {
            if (i <= last)
                return Swollen(i * H, swelling, tau);
            var (x, x0) = (i * H, last * H);
            return Swollen(x0, swelling, tau) + 2 * tau / (Young * H) * (Length * (x - x0) - (x * x - x0 * x0) / 2);
        }
        foreach (var (node, slip, _) in body.OnSe(body.Friction(1).Slip).Skip(1))
            Assert.Equal(Left(node.X), slip, 1e-6 * swelling * Length);
    }

    [Fact]
    public void What_sticks_and_what_slips_is_the_face()
    {
        using var run = CaseRun.OfText("""
            domain: { kind: axisymmetric, radius: 100 nm, height: 140 nm, cells: [20, 28] }
            initial: { x: { linear: { from: 0.05, to: 0.15 } } }
            interfaces:
              se: { law: friction, stiffness: 1e18 Pa/m, strength: 0.3 GPa }
              collector: { law: friction, stiffness: 1e18 Pa/m, strength: 0.15 GPa, friction_coefficient: 0.2 }
            """);
        foreach (var side in new[] { "se", "collector" })
        {
            Assert.Equal(Math.PI * 1e-14, run.Last($"stick_area_{side}") + run.Last($"slip_area_{side}"),
                1e-10 * Math.PI * 1e-14);
            Assert.InRange(run.Last($"slip_area_{side}") / (Math.PI * 1e-14), 0.1, 0.99);
        }
        Assert.Equal(run.Last("slip_fraction_se"), run.Last("slip_area_se") / (Math.PI * 1e-14), 1e-12);
        Assert.InRange(run.Last("equilibrium_residual"), 0, 1e-8);
    }

    /// <summary>
    /// Displacement of the bar that swells against friction τ from below and above: E h u'' = 2τ, u(0) = 0, no force at
    /// the end.
    /// </summary>
    private static double Swollen(double x, double swelling, double tau) =>
        swelling * x - 2 * tau / (Young * H) * (Length * x - x * x / 2);

    private static EquilibriumResult Swell(ElasticBody body, double swelling)
    {
        body.SetCells(body.Eigenstrain, (_, _, _) => swelling);
        var result = body.Solve();
        body.Solver.Accept();
        return result;
    }

    private static ElasticBody Body(GridShape shape, double pressure, NormalLaw normal, double nu = 0,
        double stiffness = Rigid, double coefficient = Coefficient, double cohesion = Cohesion,
        double tolerance = 1e-11)
    {
        var held = new HeldFaces { [0, false, 0] = true, [1, false, 2] = true, [2, false, 1] = true };
        var side = new InterfaceCase
        {
            Law = Friction.Kind,
            Stiffness = stiffness,
            ShearStrength = cohesion,
            FrictionCoefficient = coefficient
        };
        var body = new ElasticBody(
            shape, held, new InterfacesCase
            {
                Se = side with { Pressure = pressure, Normal = normal },
                Collector = side
            }, tolerance);
        body.SetModuli((_, _, _) => (Young, nu));
        return body;
    }

    private static double[] Bounds(ElasticBody body, int side) =>
        [.. (side == 1 ? body.OnSe(body.Friction(1).Bound, 1) : body.OnCollector(body.Friction(0).Bound, 1))
            .Select(b => b.X)];
}
