namespace MesoLiMg.Model;

/// <summary>A case as the file says it, every default filled in, in SI units.</summary>
public sealed record Case
{
    [Parameter("One line that says what the case is.")]
    public string Title { get; init; } = "untitled";

    [Parameter("Geometry and grid.")]
    public DomainCase Domain { get; init; } = new();

    [Parameter("Temperature.", Unit = "K", Min = 0, AboveMin = true)]
    public double Temperature { get; init; } = 298.15;

    [Parameter("Properties of the Li_xMg film; phases and grains override them one by one.")]
    public MaterialCase Material { get; init; } = new();

    [Parameter("Other materials and grains, by region, later ones over earlier ones.")]
    public IReadOnlyList<RegionCase> Regions { get; init; } = [];

    [Parameter("State at the start.")]
    public InitialCase Initial { get; init; } = new();

    [Parameter("Mechanical laws at the solid electrolyte (z = height) and the collector (z = 0).")]
    public InterfacesCase Interfaces { get; init; } = new();

    [Parameter("Whether stress is computed: none (lithium only), one-way (stress follows lithium), two-way (stress also drives lithium).")]
    public Coupling Coupling { get; init; } = Coupling.OneWay;

    [Parameter("What is done to the film, step after step; empty: the mechanics of the initial state is solved and written.")]
    public IReadOnlyList<ProtocolStep> Protocol { get; init; } = [];

    [Parameter("Accuracy and step sizes.")]
    public SolverCase Solver { get; init; } = new();

    [Parameter("What is written, and when.")]
    public OutputCase Output { get; init; } = new();

    [Parameter("Published figures, printed beside the computed ones at the end.")]
    public IReadOnlyList<PublishedCase> Published { get; init; } = [];
}

public enum DomainKind { Slab, Axisymmetric, PlaneStrain, [CaseName("3d")] ThreeD }

/// <summary>What happens mechanically at a lateral face.</summary>
public enum LateralKind { Free, Symmetric, Periodic, Clamped }

public enum Coupling { None, OneWay, TwoWay }

public enum InterfaceLaw { Bonded, Spring, Friction, Slide }

public enum NormalLaw { Pressure, Punch }

public enum OcvKind { RedlichKister, RegularSolution, Table }

/// <summary>Γ in the transport: 1, or from the open-circuit potential (docs/theory.md). It acts only where stress drives lithium.</summary>
public enum Thermodynamics { Ideal, Ocv }

public enum Axis { X, Y, Z }

/// <summary>Geometry. A slab has a height; axisymmetric a radius and a height; plane strain and 3d a size along each axis, z last.</summary>
public sealed record DomainCase
{
    [Parameter("The axes that the domain has: z, (r, z), (x, z) or (x, y, z).")]
    public DomainKind Kind { get; init; } = DomainKind.Slab;

    [Parameter("Radius of the plate (axisymmetric).", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public double? Radius { get; init; }

    [Parameter("Height from collector to solid electrolyte (slab, axisymmetric).", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public double? Height { get; init; }

    [Parameter("Edge lengths, z last (plane-strain, 3d).", Unit = "m", Display = "nm", Min = 0, AboveMin = true)]
    public IReadOnlyList<double>? Size { get; init; }

    [Parameter("Cells along each axis of the domain, z last.", Unit = "1", Min = 1)]
    public IReadOnlyList<int> Cells { get; init; } = [100];

    [Parameter("Lateral faces: one word for all, or one word per face.")]
    public LateralCase Lateral { get; init; } = new();
}

/// <summary>
/// Lateral faces. <c>lateral: free</c> sets the far faces (x_max, y_max) and leaves x_min, y_min symmetric (an axis in r-z); <c>lateral: periodic</c>, <c>symmetric</c> and
/// <c>clamped</c> set all four. A slab is clamped in plane.
/// </summary>
public sealed record LateralCase
{
    [Parameter("All lateral faces at once; free leaves x_min and y_min symmetric.", Shorthand = true)]
    public LateralKind? All { get; init; }

    [Parameter("Face x = 0.")]
    public LateralKind? XMin { get; init; }

    [Parameter("Face x = length (r = radius).")]
    public LateralKind? XMax { get; init; }

    [Parameter("Face y = 0 (3d).")]
    public LateralKind? YMin { get; init; }

    [Parameter("Face y = length (3d).")]
    public LateralKind? YMax { get; init; }
}

public sealed record MaterialCase
{
    [Parameter("Chemical diffusivity of lithium in the film.", Unit = "m^2/s", Display = "cm^2/s", Min = 0)]
    public double Diffusivity { get; init; } = 1e-15;

    [Parameter("Volume that a mole of lithium adds.", Unit = "m^3/mol")]
    public double PartialMolarVolume { get; init; } = 1.30e-5;

    [Parameter("Young's modulus: one value, or a rule of mixtures in X = x/(1+x) between mg and li.")]
    public ModulusCase YoungsModulus { get; init; } = new() { Value = 40e9 };

    [Parameter("Poisson's ratio.", Unit = "1", Min = -1, AboveMin = true, Max = 0.495)]
    public double PoissonRatio { get; init; } = 0.30;

    [Parameter("Moles of magnesium per volume of the undeformed lattice.", Unit = "mol/m^3", Min = 0, AboveMin = true)]
    public double MagnesiumConcentration { get; init; } = 71508;

    [Parameter("Concentration at which the alloy is full (c_max).", Unit = "mol/m^3", Display = "mmol/cm^3", Min = 0, AboveMin = true)]
    public double SaturationConcentration { get; init; } = 69600;

    [Parameter("Factor Γ of the stress term in the transport: ideal (1) or ocv (from the open-circuit potential).")]
    public Thermodynamics Thermodynamics { get; init; } = Thermodynamics.Ideal;

    [Parameter("Open-circuit potential of the alloy.")]
    public OcvCase Ocv { get; init; } = new();
}

public sealed record ModulusCase
{
    [Parameter("Constant value.", Unit = "Pa", Display = "GPa", Min = 0, AboveMin = true, Shorthand = true)]
    public double? Value { get; init; }

    [Parameter("Value at X = 0.", Unit = "Pa", Display = "GPa", Min = 0, AboveMin = true)]
    public double? Mg { get; init; }

    [Parameter("Value at X = 1.", Unit = "Pa", Display = "GPa", Min = 0, AboveMin = true)]
    public double? Li { get; init; }
}

/// <summary>U_chem(x), docs/theory.md.</summary>
public sealed record OcvCase
{
    [Parameter("Form of U_chem(x).")]
    public OcvKind Kind { get; init; } = OcvKind.RedlichKister;

    [Parameter("Redlich-Kister coefficients L0, L1, ... of any number.", Unit = "J/mol")]
    public IReadOnlyList<double> Coefficients { get; init; } = [-39815.5, -13880.3];

    [Parameter("U0 of the regular solution.", Unit = "V")]
    public double StandardPotential { get; init; } = 0.20807;

    [Parameter("L of the regular solution.", Unit = "J/mol")]
    public double Interaction { get; init; } = -6520.6;

    [Parameter("File with two columns x and U in volts (monotone interpolation), for kind table; relative to the case file.", IsFile = true)]
    public string? File { get; init; }
}

/// <summary>A box of another material or grain. Bounds not given reach to the domain's face.</summary>
public sealed record RegionCase
{
    [Parameter("Lower corner, z last.", Unit = "m", Display = "nm")]
    public IReadOnlyList<double>? From { get; init; }

    [Parameter("Upper corner, z last.", Unit = "m", Display = "nm")]
    public IReadOnlyList<double>? To { get; init; }

    [Parameter("Grain id written to the fields; 0 is the film's own.", Unit = "1", Min = 0)]
    public int Grain { get; init; }

    [Parameter("Phase id written to the fields; 0 is Li_xMg, others are inert unless diffusivity is given.", Unit = "1", Min = 0)]
    public int Phase { get; init; }

    [Parameter("Diffusivity here (the film's when absent; 0 in an inert phase).", Unit = "m^2/s", Display = "cm^2/s", Min = 0)]
    public double? Diffusivity { get; init; }

    [Parameter("Young's modulus here (the film's when absent).")]
    public ModulusCase? YoungsModulus { get; init; }

    [Parameter("Poisson's ratio here (the film's when absent).", Unit = "1", Min = -1, AboveMin = true, Max = 0.495)]
    public double? PoissonRatio { get; init; }

    [Parameter("Partial molar volume here (the film's when absent).", Unit = "m^3/mol")]
    public double? PartialMolarVolume { get; init; }
}

public sealed record InitialCase
{
    [Parameter("Li atoms per Mg atom: a number, linear, table or file.")]
    public InitialProfile X { get; init; } = new() { Value = 0 };
}

/// <summary>Exactly one of its entries.</summary>
public sealed record InitialProfile
{
    [Parameter("The same everywhere.", Unit = "1", Min = 0, Shorthand = true)]
    public double? Value { get; init; }

    [Parameter("Linear along an axis from the low to the high face.")]
    public LinearProfile? Linear { get; init; }

    [Parameter("Piecewise linear along an axis.")]
    public TableProfile? Table { get; init; }

    [Parameter("HDF5 file with a dataset shaped like the cells (nz, ny, nx); relative to the case file.", IsFile = true)]
    public string? File { get; init; }

    [Parameter("Dataset in that file.")]
    public string Dataset { get; init; } = "/cells/x";
}

public sealed record LinearProfile
{
    [Parameter("Axis.")]
    public Axis Axis { get; init; } = Axis.Z;

    [Parameter("x at the low face.", Unit = "1", Min = 0, Required = true)]
    public double From { get; init; }

    [Parameter("x at the high face.", Unit = "1", Min = 0, Required = true)]
    public double To { get; init; }
}

public sealed record TableProfile
{
    [Parameter("Axis.")]
    public Axis Axis { get; init; } = Axis.Z;

    [Parameter("Positions, increasing.", Unit = "m", Display = "nm", Required = true)]
    public IReadOnlyList<double> At { get; init; } = [];

    [Parameter("x at the positions.", Unit = "1", Min = 0, Required = true)]
    public IReadOnlyList<double> Values { get; init; } = [];
}

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
    [Parameter("Tangential law.")]
    public InterfaceLaw Law { get; init; } = InterfaceLaw.Slide;

    [Parameter("Tangential stiffness k_s (spring, friction).", Unit = "Pa/m", Min = 0)]
    public double Stiffness { get; init; } = 1e18;

    [Parameter("Largest tangential traction τ_max (friction).", Unit = "Pa", Display = "GPa", Min = 0)]
    public double Strength { get; init; } = 1e9;

    [Parameter("Adhesion energy γ that sets the strength instead, τ_max = γ/δ with δ = 1 nm (friction).", Unit = "J/m^2", Min = 0)]
    public double? AdhesionEnergy { get; init; }

    [Parameter("Coulomb's coefficient μ_f: the pressure on the SE side adds μ_f p to τ_max (friction).", Unit = "1", Min = 0)]
    public double FrictionCoefficient { get; init; }

    [Parameter("Pressure on the SE side.", Unit = "Pa", Display = "MPa")]
    public double Pressure { get; init; }

    /// <summary>τ_max [Pa]: strength or adhesion, and what pressure adds.</summary>
    public double LargestTraction => (AdhesionEnergy / AdhesionLength ?? Strength) + FrictionCoefficient * Math.Max(0, Pressure);

    /// <summary>δ, the distance over which adhesion acts [m].</summary>
    private const double AdhesionLength = 1e-9;

    [Parameter("SE side: a pressure, or a rigid flat punch with that mean pressure.")]
    public NormalLaw Normal { get; init; } = NormalLaw.Pressure;
}

/// <summary>Exactly one of its entries.</summary>
public record PlainStep
{
    [Parameter("Take up lithium at a given current; ends early when the SE surface is saturated.")]
    public CurrentStep? Plate { get; init; }

    [Parameter("Give lithium back at a given current; ends early when the SE surface is empty.")]
    public CurrentStep? Strip { get; init; }

    [Parameter("No current.")]
    public RestStep? Rest { get; init; }
}

/// <summary>Exactly one of its entries.</summary>
public sealed record ProtocolStep : PlainStep
{
    [Parameter("Repeat steps, as in cycles of plate and strip.")]
    public RepeatStep? Repeat { get; init; }

    /// <summary>The steps of a protocol one after the other, with the number of their cycle: 0 outside of repetitions, else from 1.</summary>
    public static IEnumerable<(PlainStep Step, int Cycle)> InOrder(IEnumerable<ProtocolStep> protocol) => protocol.SelectMany(step => step.Repeat is not { } repeat
        ? [(step, 0)]
        : Enumerable.Range(1, repeat.Times).SelectMany(cycle => repeat.Steps.Select(inner => (inner, cycle))));
}

public sealed record RepeatStep
{
    [Parameter("How often.", Unit = "1", Min = 1, Max = 100000, Required = true)]
    public int Times { get; init; } = 1;

    [Parameter("What is repeated.", Required = true)]
    public IReadOnlyList<PlainStep> Steps { get; init; } = [];
}

/// <summary>Ends at the first condition met.</summary>
public sealed record CurrentStep
{
    [Parameter("Current density at the SE side, positive in both directions.", Unit = "A/m^2", Display = "mA/cm^2", Min = 0, Required = true)]
    public double Current { get; init; }

    [Parameter("Ends after this time.", Unit = "s", Min = 0, AboveMin = true)]
    public double? Time { get; init; }

    [Parameter("Ends after this charge per area.", Unit = "C/m^2", Display = "mAh/cm^2", Min = 0, AboveMin = true)]
    public double? Capacity { get; init; }

    [Parameter("saturation: ends when c reaches c_max at the SE surface; empty: when it reaches zero there.")]
    public SurfaceEvent? Until { get; init; }

    [Parameter("Ends when the mean potential of the SE side falls (plate) or rises (strip) to this value.", Unit = "V", Display = "V")]
    public double? Potential { get; init; }
}

public enum SurfaceEvent { Saturation, Empty }

public sealed record RestStep
{
    [Parameter("Ends after this time.", Unit = "s", Min = 0, AboveMin = true, Required = true)]
    public double Time { get; init; } = 1;
}

public sealed record SolverCase
{
    [Parameter("Relative residual to which the linear systems are solved.", Unit = "1", Min = 1e-14, Max = 1e-2)]
    public double Tolerance { get; init; } = 1e-8;

    [Parameter("Fixed time step; adaptive when absent.", Unit = "s", Min = 0, AboveMin = true)]
    public double? TimeStep { get; init; }

    [Parameter("Largest adaptive time step.", Unit = "s", Min = 0, AboveMin = true)]
    public double? MaxTimeStep { get; init; }

    [Parameter("Local error of x allowed per time step, relative to the largest x and no less than 0.02.", Unit = "1", Min = 1e-12, Max = 0.1)]
    public double TimeTolerance { get; init; } = 1e-5;

    [Parameter("Change of x, relative to the largest, at which the iteration between lithium and stress ends (two-way).", Unit = "1", Min = 1e-12, Max = 1e-2)]
    public double CouplingTolerance { get; init; } = 1e-7;

    [Parameter("Iterations after which a linear solver is taken to stall.", Unit = "1", Min = 1)]
    public int MaxIterations { get; init; } = 500;
}

public sealed record OutputCase
{
    [Parameter("A snapshot every so much time, met exactly; without it only the first and last state of each protocol step.", Unit = "s", Min = 0, AboveMin = true)]
    public double? Every { get; init; }

    [Parameter("Deflate level of the snapshots.", Unit = "1", Min = 0, Max = 9)]
    public int Compression { get; init; } = 4;
}

/// <summary>A column of history.csv at the end (its name without the unit), or a field at a point.</summary>
public sealed record PublishedCase
{
    [Parameter("History column without its unit, such as x_se.")]
    public string? Quantity { get; init; }

    [Parameter("Field, such as von_mises, read at the point `at`.")]
    public string? Field { get; init; }

    [Parameter("Point at which the field is read, z last.", Unit = "m", Display = "nm")]
    public IReadOnlyList<double>? At { get; init; }

    [Parameter("Published value, in any unit of the quantity.", Unit = "any", UnitInto = nameof(ValueUnit), Required = true)]
    public double Value { get; init; }

    /// <summary>Unit in which the value was written, 1 for a pure number; <see cref="Value"/> is in SI.</summary>
    public string ValueUnit { get; init; } = "1";

    [Parameter("Where it was published.")]
    public string Source { get; init; } = "";
}
