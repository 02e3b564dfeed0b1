namespace MesoLiMg.Model;

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
