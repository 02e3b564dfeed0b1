namespace MesoLiMg.Model;

/// <summary>
/// A property as a function of the composition x = Li per Mg, in one of the forms below. The records that derive from
/// it say of what quantity.
/// </summary>
public abstract record PropertyCase
{
    [Parameter("The same at every x.", Unit = ParameterAttribute.Own, OwnRange = true, Shorthand = true)]
    public double? Value { get; init; }

    [Parameter("a0 + a1 x + a2 x^2 + ... by its coefficients.", Unit = ParameterAttribute.Own)]
    public IReadOnlyList<double>? Polynomial { get; init; }

    [Parameter("Rule of mixtures in X = x/(1+x): the value at X = 0.", Unit = ParameterAttribute.Own, OwnRange = true)]
    public double? Mg { get; init; }

    [Parameter("Rule of mixtures: the value at X = 1.", Unit = ParameterAttribute.Own, OwnRange = true)]
    public double? Li { get; init; }

    [Parameter("File with two columns, x and the property, under a heading that gives its unit in brackets; relative "
        + "to the case file.", IsFile = true)]
    public string? Table { get; init; }

    [Parameter("x of the points of a table written in the case, increasing.", Unit = "1", Min = 0)]
    public IReadOnlyList<double>? X { get; init; }

    [Parameter("Values at these x; between them a monotone cubic, beyond the ends the end values.",
        Unit = ParameterAttribute.Own, OwnRange = true)]
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>Whether it is the constant 0.</summary>
    public bool IsZero => Value == 0;
}

/// <summary>D(x), and how it follows the temperature: D(x) exp[(E_a/R)(1/T_ref - 1/T)] (Arrhenius).</summary>
[Quantity("m^2/s", Display = "cm^2/s", Min = 0)]
public sealed record DiffusivityCase : PropertyCase
{
    [Parameter("Activation energy E_a: what is given holds at the reference temperature, and is multiplied by "
        + "exp[(E_a/R)(1/T_ref - 1/T)].", Unit = "J/mol", Display = "kJ/mol", Min = 0)]
    public double? ActivationEnergy { get; init; }

    [Parameter("T_ref (298.15 K when absent); goes with activation_energy.", Unit = "K", Min = 100, Max = 923)]
    public double? ReferenceTemperature { get; init; }

    /// <summary>The factor by which D at a temperature [K] differs from what is given.</summary>
    public double ArrheniusFactor(double temperature) =>
        Math.Exp((ActivationEnergy ?? 0) / PhysicalConstants.Gas * (1 / (ReferenceTemperature ?? StandardTemperature)
            - 1 / temperature));

    private const double StandardTemperature = 298.15;

    public static implicit operator DiffusivityCase(double value) => new() { Value = value };
}

/// <summary>
/// Exactly one of its entries: the diffusivity's tensor in crystal axes, by its principal values over the <see
/// cref="DiffusivityCase"/>.
/// </summary>
public sealed record DiffusivityRatioCase
{
    [Parameter("Along the c axis over that across it, which is the diffusivity.", Unit = "1", Min = 0, AboveMin = true,
        Max = 1e4, Shorthand = true)]
    public double? Axial { get; init; }

    [Parameter("Along the crystal's three axes, over the diffusivity.", Unit = "1", Min = 0,
        AboveMin = true, Max = 1e4)]
    public IReadOnlyList<double>? Principal { get; init; }

    /// <summary>The three principal values.</summary>
    public (double A, double B, double C) Values => Principal is [var a, var b, var c] ? (a, b, c) : (1, 1, Axial ?? 1);

    /// <summary>Whether all directions are alike.</summary>
    public bool IsIsotropic => Values == (1, 1, 1);

    public static implicit operator DiffusivityRatioCase(double axial) => new() { Axial = axial };
}

/// <summary>E(x).</summary>
[Quantity("Pa", Display = "GPa", Min = 0, AboveMin = true)]
public sealed record ModulusCase : PropertyCase;

/// <summary>Ω_Li(x).</summary>
[Quantity("m^3/mol")]
public sealed record MolarVolumeCase : PropertyCase
{
    public static implicit operator MolarVolumeCase(double value) => new() { Value = value };
}

/// <summary>β(x).</summary>
[Quantity("1")]
public sealed record EigenstrainCase : PropertyCase;

/// <summary>Γ(x).</summary>
[Quantity("1", Min = 0, AboveMin = true)]
public sealed record FactorCase : PropertyCase;
