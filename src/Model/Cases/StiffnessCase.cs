namespace MesoLiMg.Model;

/// <summary>
/// Stiffness tensor in crystal axes: hexagonal (c11, c12, c13, c33, c44; the c axis is the third), cubic (c11, c12,
/// c44), or all of it.
/// </summary>
public sealed record StiffnessCase
{
    [Parameter("C11.", Unit = "Pa", Display = "GPa")]
    public double? C11 { get; init; }

    [Parameter("C12.", Unit = "Pa", Display = "GPa")]
    public double? C12 { get; init; }

    [Parameter("C13 (hexagonal).", Unit = "Pa", Display = "GPa")]
    public double? C13 { get; init; }

    [Parameter("C33 (hexagonal).", Unit = "Pa", Display = "GPa")]
    public double? C33 { get; init; }

    [Parameter("C44.", Unit = "Pa", Display = "GPa")]
    public double? C44 { get; init; }

    [Parameter("All 36 constants of Voigt's matrix, row by row, in the order 11 22 33 23 13 12, in place of the "
        + "others.", Unit = "Pa", Display = "GPa")]
    public IReadOnlyList<double>? Tensor { get; init; }
}
