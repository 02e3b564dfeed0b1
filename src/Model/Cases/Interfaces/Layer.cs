using System.Globalization;

namespace MesoLiMg.Model;

public sealed partial record InterfaceCase
{
    [Parameter("Thickness of the layer, a whole number of cells along z.",
        Unit = "m", Display = "nm", Min = 0, AboveMin = true, Order = 300)]
    public double? Thickness { get; init; }

    [Parameter("Young's modulus of the layer.", Unit = "Pa", Display = "GPa", Min = 0, AboveMin = true, Order = 301)]
    public double? YoungsModulus { get; init; }

    [Parameter("Poisson's ratio of the layer.", Unit = "1", Min = -1, AboveMin = true, Max = 0.495, Order = 302)]
    public double? PoissonRatio { get; init; }

    [Parameter("Tangential law of the layer's far side, any but layer, with stiffness, shear_strength and the like as "
        + "given here.", Order = 303)]
    public InterfaceLawName FarSide { get; init; } = InterfaceLawName.Default;
}

/// <summary>The neighbour is meshed as an elastic layer that is bonded to the film.</summary>
/// <param name="Mesh">The layer.</param>
/// <param name="FarSide">The law where it ends.</param>
public sealed record Layer(ElasticLayer Mesh, InterfaceLaw FarSide) : InterfaceLaw
{
    private static readonly string[] Needed = ["thickness", "youngs_modulus", "poisson_ratio"];

    public static readonly InterfaceLawKind Kind = new("layer", side => new Layer(MeshOf(side), new Frictionless()))
    {
        Entries = [.. Needed, "far_side"],
        FarSideEntry = "far_side",
        // A layer behind a layer is refused, not followed.
        Over = (side, far) => new Layer(MeshOf(side), far),
    };

    public override ElasticLayer Neighbour => Mesh;

    public override InterfaceLaw AtEnd() => FarSide;

    public override void Check(ISideRules rules)
    {
        foreach (string key in Needed) rules.Require(key);
        if (FarSide is Layer)
        {
            IReadOnlyList<string> others = rules.FarSides;
            throw rules.Fail("far_side",
                $"a layer's far side is {string.Join(", ", others.SkipLast(1))} or {others[^1]}");
        }
        double cell = GridShape.Of(rules.Domain).Spacing.Z;
        double planes = Math.Max(1, Math.Round(Mesh.Thickness / cell));
        if (Math.Abs(Mesh.Thickness - planes * cell) > 1e-6 * cell)
        {
            throw rules.Fail("thickness", $"{Nanometres(Mesh.Thickness)} is no whole number of cells along z "
                + $"({Nanometres(cell)} each); the nearest is {Nanometres(planes * cell)}");
        }
        FarSide.Check(rules);
    }

    private static ElasticLayer MeshOf(InterfaceCase side) =>
        new(side.Thickness ?? 0, side.YoungsModulus ?? 0, side.PoissonRatio ?? 0);

    // Without the last digits, which a product does not keep.
    private static string Nanometres(double length) =>
        $"{(length * 1e9).ToString("G10", CultureInfo.InvariantCulture)} nm";
}
