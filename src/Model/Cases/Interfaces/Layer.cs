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
    public InterfaceLawKind FarSide { get; init; } = Frictionless.Kind;
}

/// <summary>The neighbour is meshed as an elastic layer that is bonded to the film.</summary>
/// <param name="Mesh">The layer.</param>
/// <param name="FarSide">The law where it ends.</param>
public sealed record Layer(ElasticLayer Mesh, InterfaceLaw FarSide) : InterfaceLaw
{
    private static readonly string[] Needed = ["thickness", "youngs_modulus", "poisson_ratio"];

    public static readonly InterfaceLawKind Kind = new("layer", Of)
    {
        Entries = [.. Needed, "far_side"], FarSideEntry = "far_side",
    };

    public override ElasticLayer Neighbour => Mesh;

    public override InterfaceLaw AtEnd() => FarSide;

    public override void Check(ISideRules rules)
    {
        foreach (string key in Needed) rules.Require(key);
        if (FarSide is Layer)
        {
            string[] others = [.. InterfaceLaws.OfFarSides.Select(kind => kind.Word)];
            throw rules.Fail("far_side", $"a layer's far side is {string.Join(", ", others[..^1])} or {others[^1]}");
        }
        double cell = GridShape.Of(rules.Case.Domain).Spacing.Z;
        double planes = Math.Max(1, Math.Round(Mesh.Thickness / cell));
        if (Math.Abs(Mesh.Thickness - planes * cell) > 1e-6 * cell)
        {
            throw rules.Fail("thickness", $"{Nanometres(Mesh.Thickness)} is no whole number of cells along z "
                + $"({Nanometres(cell)} each); the nearest is {Nanometres(planes * cell)}");
        }
        FarSide.Check(rules);
    }

    private static Layer Of(InterfaceCase side)
    {
        var mesh = new ElasticLayer(side.Thickness ?? 0, side.YoungsModulus ?? 0, side.PoissonRatio ?? 0);
        // A layer behind a layer is refused, not followed.
        return new(mesh, side.FarSide == Kind ? new Layer(mesh, new Frictionless()) : side.FarSide.Of(side));
    }

    // Without the last digits, which a product does not keep.
    private static string Nanometres(double length) =>
        $"{(length * 1e9).ToString("G10", CultureInfo.InvariantCulture)} nm";
}

/// <summary>An elastic, inert neighbour of the film.</summary>
/// <param name="Thickness">[m]</param>
/// <param name="YoungsModulus">[Pa]</param>
/// <param name="PoissonRatio">ν</param>
public sealed record ElasticLayer(double Thickness, double YoungsModulus, double PoissonRatio);
