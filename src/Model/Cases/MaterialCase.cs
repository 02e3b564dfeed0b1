namespace MesoLiMg.Model;

/// <summary>
/// Γ in the transport: 1, or from the open-circuit potential (docs/theory.md). It acts only where stress drives
/// lithium.
/// </summary>
public enum Thermodynamics { Ideal, Ocv }

public sealed record MaterialCase
{
    [Parameter("Chemical diffusivity of lithium in the film: one value, or a function of x, and of temperature.")]
    public DiffusivityCase Diffusivity { get; init; } = 1e-15;

    [Parameter("Diffusivity along the crystal's c axis over that across it, which is diffusivity, or principal: three "
        + "such ratios; grains turn the tensor by their orientations.")]
    public DiffusivityRatioCase DiffusivityRatio { get; init; } = 1;

    [Parameter("Volume Omega that a mole of lithium adds: one value, or a function of x. The eigenstrain is c_Mg/3 "
        + "times its integral over x.")]
    public MolarVolumeCase PartialMolarVolume { get; init; } = 1.30e-5;

    [Parameter("Linear strain beta of taken-up lithium as a function of x, in place of partial_molar_volume.")]
    public EigenstrainCase? Eigenstrain { get; init; }

    [Parameter("Young's modulus: one value, or a function of x.")]
    public ModulusCase YoungsModulus { get; init; } = new() { Value = 40e9 };

    [Parameter("Poisson's ratio.", Unit = "1", Min = -1, AboveMin = true, Max = 0.495)]
    public double PoissonRatio { get; init; } = 0.30;

    [Parameter("Stiffness tensor in crystal axes, which counts in place of youngs_modulus and poisson_ratio; grains "
        + "turn it by their orientations.")]
    public StiffnessCase? Stiffness { get; init; }

    [Parameter("Moles of magnesium per volume of the undeformed lattice.", Unit = "mol/m^3", Min = 0, AboveMin = true)]
    public double MagnesiumConcentration { get; init; } = 71508;

    [Parameter("Concentration at which the alloy is full (c_max).", Unit = "mol/m^3", Display = "mmol/cm^3", Min = 0,
        AboveMin = true)]
    public double SaturationConcentration { get; init; } = 69600;

    [Parameter("Molar volume of plated lithium metal.", Unit = "m^3/mol", Min = 0, AboveMin = true)]
    public double MetalMolarVolume { get; init; } = 1.30e-5;

    [Parameter("Factor Γ of the stress term in the transport: ideal (1) or ocv (from the open-circuit potential).")]
    public Thermodynamics Thermodynamics { get; init; } = Thermodynamics.Ideal;

    [Parameter("Factor Gamma of the stress term as a function of x, in place of thermodynamics.")]
    public FactorCase? ThermodynamicFactor { get; init; }

    [Parameter("Open-circuit potential of the alloy.")]
    public OcvCase Ocv { get; init; } = new();
}

public enum RegionShape { Box, Ellipsoid }

/// <summary>A body of another material or grain. Bounds not given reach to the domain's face.</summary>
public sealed record RegionCase
{
    [Parameter("box: all cells with their centres between the corners; ellipsoid: those inside the ellipsoid that "
        + "touches the box's faces (a cylinder in plane strain); corners may lie outside the domain.")]
    public RegionShape Shape { get; init; } = RegionShape.Box;

    [Parameter("Lower corner, z last.", Unit = "m", Display = "nm")]
    public IReadOnlyList<double>? From { get; init; }

    [Parameter("Upper corner, z last.", Unit = "m", Display = "nm")]
    public IReadOnlyList<double>? To { get; init; }

    [Parameter("Grain id written to the fields; 0 is the film's own.", Unit = "1", Min = 0)]
    public int Grain { get; init; }

    [Parameter("Phase id written to the fields; 0 is Li_xMg, others are inert unless diffusivity is given.",
        Unit = "1", Min = 0)]
    public int Phase { get; init; }

    [Parameter("Diffusivity here (the film's when absent; 0 in an inert phase).")]
    public DiffusivityCase? Diffusivity { get; init; }

    [Parameter("Diffusivity along the c axis over that across it here, or principal: three such ratios (the film's "
        + "when absent).")]
    public DiffusivityRatioCase? DiffusivityRatio { get; init; }

    [Parameter("Young's modulus here (the film's when absent).")]
    public ModulusCase? YoungsModulus { get; init; }

    [Parameter("Poisson's ratio here (the film's when absent).", Unit = "1", Min = -1, AboveMin = true, Max = 0.495)]
    public double? PoissonRatio { get; init; }

    [Parameter("Stiffness tensor here, in crystal axes (the film's when neither this nor youngs_modulus or "
        + "poisson_ratio is given).")]
    public StiffnessCase? Stiffness { get; init; }

    [Parameter("How the crystal lies here, for tensors of stiffness and diffusivity (crystal axes along the sample's "
        + "when absent).")]
    public OrientationCase? Orientation { get; init; }

    [Parameter("Partial molar volume here (the film's when absent).")]
    public MolarVolumeCase? PartialMolarVolume { get; init; }

    [Parameter("Eigenstrain here, in place of the partial molar volume (the film's when absent).")]
    public EigenstrainCase? Eigenstrain { get; init; }

    [Parameter("Factor of the stress term here (the film's when absent).")]
    public FactorCase? ThermodynamicFactor { get; init; }
}
