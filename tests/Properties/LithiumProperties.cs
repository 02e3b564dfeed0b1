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
        using var run = Run(initial, "coupling=none", "material.diffusivity=1e-15 m^2/s", "solver.time_step=0.02 s", "output.every=0.1 s");
        Assert.All(run.Snapshots, snapshot => Assert.All(CaseRun.Cells(snapshot, "x"), x => Assert.InRange(x, initial.Min() - 1e-9, initial.Max() + 1e-9)));
        Assert.True(run.Cells("x").Max() - run.Cells("x").Min() < 0.5 * (initial.Max() - initial.Min()));
    });

    [Fact]
    public void The_names_of_grains_change_no_bit() => Seeds.ForEach(3, random =>
    {
        var (young, diffusivity, names) = (random.Many(4, 10, 80), random.Many(4, 0.3, 5), Enumerable.Range(1, 9).ToArray());
        random.Shuffle(names);
        CaseRun Grains(Func<int, int> name) => CaseRun.OfText(Closed, "initial.x={ linear: { axis: x, from: 0.02, to: 0.2 } }", "coupling=two-way",
            "regions=[" + string.Join(", ", Enumerable.Range(0, 4).Select(i => FormattableString.Invariant(
                $"{{ from: [{30 * (i % 2)} nm, {20 * (i / 2)} nm], to: [{30 * (i % 2) + 30} nm, {20 + 30 * (i / 2)} nm], grain: {name(i)}, youngs_modulus: {young[i]} GPa, diffusivity: {diffusivity[i]}e-15 m^2/s }}"))) + "]");
        using var one = Grains(i => i + 1);
        using var other = Grains(i => names[i]);
        Assert.Equal(one.Cells("x"), other.Cells("x"));
        Assert.Equal(one.Cells("stress"), other.Cells("stress"));
    });

    private static CaseRun Run(double[] initial, params string[] overrides) => CaseRun.Run(CaseText.Parse(Closed, overrides), (i, k) => initial[k * X + i], X, Z);
}
