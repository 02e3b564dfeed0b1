namespace MesoLiMg.Model;

public enum InterfaceLaw { Bonded, Spring, Friction, Slide, Layer }

public enum NormalLaw { Pressure, Punch }

public sealed record InterfacesCase
{
    [Parameter("Solid electrolyte side, z = height.")]
    public InterfaceCase Se { get; init; } = new();

    [Parameter("Collector side, z = 0; its normal displacement is zero.")]
    public InterfaceCase Collector { get; init; } = new();
}

/// <summary>Tangential law of a side, and the normal load on the SE side. docs/theory.md.</summary>
public sealed record InterfaceCase
{
    [Parameter("Tangential law; layer: the neighbour is meshed as an elastic layer that is bonded to the film.")]
    public InterfaceLaw Law { get; init; } = InterfaceLaw.Slide;

    [Parameter("Tangential stiffness k_s (spring, friction).", Unit = "Pa/m", Min = 0)]
    public double Stiffness { get; init; } = 1e18;

    [Parameter("Largest tangential traction τ_max, or its part without pressure where there is a friction coefficient (friction).", Unit = "Pa", Display = "GPa", Min = 0)]
    public double Strength { get; init; } = 1e9;

    [Parameter("Adhesion energy γ that sets the strength instead, τ_max = γ/δ with δ = 1 nm (friction).", Unit = "J/m^2", Min = 0)]
    public double? AdhesionEnergy { get; init; }

    [Parameter("Coulomb's coefficient μ_f: pressure adds μ_f p to τ_max; p is the given one on an SE side under pressure, the local one under a punch and at the collector, none where the side is pulled (friction).", Unit = "1", Min = 0)]
    public double FrictionCoefficient { get; init; }

    [Parameter("Pressure on the SE side.", Unit = "Pa", Display = "MPa")]
    public double Pressure { get; init; }

    /// <summary>The part of τ_max that needs no pressure [Pa]: strength or adhesion.</summary>
    public double Cohesion => AdhesionEnergy / AdhesionLength ?? Strength;

    /// <summary>δ, the distance over which adhesion acts [m].</summary>
    private const double AdhesionLength = 1e-9;

    [Parameter("Thickness of the layer, a whole number of cells along z (layer).", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public double? Thickness { get; init; }

    [Parameter("Young's modulus of the layer (layer).", Unit = "Pa", Display = "GPa", Min = 0, AboveMin = true)]
    public double? YoungsModulus { get; init; }

    [Parameter("Poisson's ratio of the layer (layer).", Unit = "1", Min = -1, AboveMin = true, Max = 0.495)]
    public double? PoissonRatio { get; init; }

    [Parameter("Tangential law of the layer's far side: bonded, spring, friction or slide, with stiffness, strength and the like as given here (layer).")]
    public InterfaceLaw FarSide { get; init; } = InterfaceLaw.Slide;

    /// <summary>The meshed layer; null without one.</summary>
    public ElasticLayer? Layer => Law == InterfaceLaw.Layer ? new(Thickness!.Value, YoungsModulus!.Value, PoissonRatio!.Value) : null;

    /// <summary>The tangential law where the mesh ends: of the film's side, or of the layer's far side.</summary>
    public InterfaceLaw OuterLaw => Law == InterfaceLaw.Layer ? FarSide : Law;

    [Parameter("SE side: a pressure, or a rigid flat punch with that mean pressure.")]
    public NormalLaw Normal { get; init; } = NormalLaw.Pressure;
}

/// <summary>An elastic, inert neighbour of the film.</summary>
/// <param name="Thickness">[m]</param>
/// <param name="YoungsModulus">[Pa]</param>
/// <param name="PoissonRatio">ν</param>
public sealed record ElasticLayer(double Thickness, double YoungsModulus, double PoissonRatio);
