namespace MesoLiMg.Model;

/// <summary>Names of the forms in case files.</summary>
public enum OcvKind { RedlichKister, RegularSolution, Table }

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

    [Parameter("File with two columns x and U in volts (monotone interpolation), for kind table; relative to the case "
        + "file.", IsFile = true)]
    public string? File { get; init; }

    /// <summary>The form that is chosen, with its parameters: the one place that knows all of them.</summary>
    public OcvLaw Chosen => Kind switch
    {
        OcvKind.RegularSolution => new RegularSolutionLaw(StandardPotential, Interaction),
        OcvKind.Table => new TabulatedLaw(File),
        _ => new RedlichKisterLaw(Coefficients),
    };
}
