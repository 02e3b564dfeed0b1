using MesoLiMg.Model;
using MesoLiMg.Tests.Cases;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Properties;

/// <summary>What holds for lithium in every film.</summary>
public class LithiumProperties
{
    private const int X = 6, Z = 5;

    private const string Closed = """
        domain: { kind: plane-strain, size: [60 nm, 50 nm], cells: [6, 5] }
        protocol: [ { rest: { time: 2 s } } ]
        """;

    [Fact]
    public void Without_stress_no_lithium_passes_its_first_extremes() => Seeds.ForEach(8, random =>
    {
        var initial = random.Many(X * Z, 0, 0.9);
        // Steps of a fifth of h²/D: a step of second order may overshoot with long ones.
        using var run = Run(initial, "coupling=none", "material.diffusivity=1e-15 m^2/s", "solver.time_step=0.02 s",
            "output.every=0.1 s");
        Assert.All(run.Snapshots, snapshot =>
            Assert.All(CaseRun.Cells(snapshot, "x"), x =>
            Assert.InRange(x, initial.Min() - 1e-9, initial.Max() + 1e-9)));
        Assert.True(run.Cells("x").Max() - run.Cells("x").Min() < 0.5 * (initial.Max() - initial.Min()));
    });

    [Fact]
    public void Without_stress_the_sum_of_two_films_diffuses_as_the_sum_of_both() => Seeds.ForEach(3, random =>
    {
        var (one, other) = (random.Many(X * Z, 0, 0.3), random.Many(X * Z, 0, 0.3));
        double[] After(double[] initial)
        {
            using var run = Run(initial, "coupling=none", "solver.time_step=0.1 s");
            return run.Cells("x");
        }
        var (a, b, both) = (After(one), After(other), After([.. one.Zip(other, (p, q) => p + q)]));
        Assert.All(a.Zip(b, both), x => Assert.Equal(x.First + x.Second, x.Third, 1e-12));
    });

    [Fact]
    public void Twice_the_length_takes_four_times_the_time() => Seeds.ForEach(3, random =>
    {
        var initial = random.Many(X * Z, 0.02, 0.3);
        var scale = random.Between(0.1, 10);
        (double[] X, double[] Stress) After(double length)
        {
            using var run = Run(initial, "coupling=two-way", "interfaces.se.law=bonded", "solver.tolerance=1e-12",
                "solver.coupling_tolerance=1e-11",
                FormattableString.Invariant($"domain.size=[{60 * length} nm, {50 * length} nm]"),
                    FormattableString.Invariant($"protocol=[ {{ rest: {{ time: {0.5 * length * length} s }} }} ]"),
                FormattableString.Invariant($"solver.time_step={0.05 * length * length} s"));
            return (run.Cells("x"), run.Cells("stress"));
        }
        var (one, other) = (After(1), After(scale));
        Assert.All(one.X.Zip(other.X), x => Assert.Equal(x.First, x.Second, 1e-9));
        Assert.All(one.Stress.Zip(other.Stress), s => Assert.Equal(s.First, s.Second, 1e-7 * one.Stress.Max(Math.Abs)));
    });

    [Fact]
    public void The_names_of_grains_change_no_bit() => Seeds.ForEach(3, random =>
    {
        var (young, diffusivity, names) = (random.Many(4, 10, 80), random.Many(4, 0.3, 5), Enumerable.Range(1, 9)
            .ToArray());
        random.Shuffle(names);
        CaseRun Grains(Func<int, int> name) =>
            CaseRun.OfText(Closed, "initial.x={ linear: { axis: x, from: 0.02, to: 0.2 } }", "coupling=two-way",
            "regions=[" + string.Join(", ", Enumerable.Range(0, 4).Select(i => FormattableString.Invariant(
                $"{{ from: [{30 * (i % 2)} nm, {20 * (i / 2)} nm], to: [{30 * (i % 2) + 30} nm, {20 + 30 * (i / 2)} nm], grain: {name(i)}, youngs_modulus: {young[i]} GPa, diffusivity: {diffusivity[i]}e-15 m^2/s }}"))) + "]");
        using var one = Grains(i => i + 1);
        using var other = Grains(i => names[i]);
        Assert.Equal(one.Cells("x"), other.Cells("x"));
        Assert.Equal(one.Cells("stress"), other.Cells("stress"));
    });

    [Fact]
    public void A_closed_film_on_a_spring_loses_energy_on_its_way_to_equilibrium_the_spring_counted() =>
        Seeds.ForEach(3, random =>
    {
        const double stiffness = 1e17, edge = 10e-9, thermal = PhysicalConstants.Gas * 298.15;
        using var run = Run(random.Many(X * Z, 0.02, 0.3), "coupling=two-way", "material.thermodynamics=ideal",
            "interfaces.se={ law: spring, stiffness: 1e17 Pa/m }", "output.every_steps=1");
        double Energy(IO.Snapshot snapshot)
        {
            var body = CaseRun.Cells(snapshot, "x")
                .Zip(CaseRun.Cells(snapshot, "energy_density"), (x, w) =>
                edge * edge * (71508 * thermal * x * (Math.Log(x) - 1) + w)).Sum();
            var top = Enumerable.Range(0, X + 1).Select(i => new[] { i * edge * 1e9, Z * edge * 1e9 }).ToArray();
            var spring = CaseRun.At(snapshot, "displacement", top)
                .Select((u, i) => (i is 0 or X ? 0.5 : 1) * edge * stiffness * u[0] * u[0] / 2).Sum();
            return body + spring;
        }
        var energies = run.Snapshots.Select(Energy).ToArray();
        Assert.True(energies.Length > 10 && energies[0] - energies[^1] > 1e-3 * Math.Abs(energies[^1]));
        // The energy is sampled at the cells' centres, so that its minimum and the discrete equilibrium differ by the
        // error of the cells: the last ten-thousandth of the way is left out.
        var rest = 1e-4 * (energies[0] - energies[^1]);
        Assert.All(energies.Zip(energies.Skip(1)).Where(pair => pair.First - energies[^1] > rest), pair =>
            Assert.True(pair.Second < pair.First, $"{pair.First:R} {pair.Second:R}"));
    });

    private static CaseRun Run(double[] initial, params string[] overrides) =>
        CaseRun.Run(CaseText.Parse(Closed, overrides), (i, k) => initial[k * X + i], X, Z);
}
