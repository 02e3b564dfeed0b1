namespace MesoLiMg.Model;

/// <summary>Snapshots. The start and the end of a run are always written.</summary>
public sealed record OutputCase
{
    [Parameter("A snapshot every so much time, met exactly.", Unit = "s", Min = 0, AboveMin = true)]
    public double? Every { get; init; }

    [Parameter("A snapshot every so many time steps.", Unit = "1", Min = 1)]
    public int? EverySteps { get; init; }

    [Parameter("Times at which a snapshot is written, met exactly.", Unit = "s", Min = 0)]
    public IReadOnlyList<double> At { get; init; } = [];

    [Parameter("A snapshot whenever one of these ends: step (of the protocol, at a time, charge or event), cycle (a "
        + "repetition; steps outside of repetitions too), run.")]
    public OutputEvent AtEndOf { get; init; } = OutputEvent.Step;

    [Parameter("The state is kept in checkpoint.h5 when so much time has passed by the clock since it was last "
        + "written, so that a run that is killed loses no more than that; 0 never keeps it.", Unit = "s", Min = 0)]
    public double Checkpoint { get; init; } = 600;

    [Parameter("Fields that are written, such as [x, von_mises]; all when empty. What a restart needs is always "
        + "written.")]
    public IReadOnlyList<string> Fields { get; init; } = [];

    [Parameter("Precision of the fields: double, or single in half the space. What a restart needs is always written "
        + "in double precision.")]
    public OutputPrecision Precision { get; init; } = OutputPrecision.Double;

    [Parameter("Deflate level of the snapshots: 0 none, 1 runs of equal bytes alone, quickest, 2 to 9 longer matches "
        + "too, slower and a few per cent smaller.", Unit = "1", Min = 0, Max = 9)]
    public int Compression { get; init; } = 1;
}

public enum OutputEvent { Step, Cycle, Run }

public enum OutputPrecision { Double, Single }

/// <summary>A column of history.csv at the end (its name without the unit), or a field at a point.</summary>
public sealed record PublishedCase
{
    [Parameter("History column without its unit, such as x_se.")]
    public string? Quantity { get; init; }

    [Parameter("Field, such as von_mises, read at the point `at`.")]
    public string? Field { get; init; }

    [Parameter("Point at which the field is read, z last.", Unit = "m", Display = "nm")]
    public IReadOnlyList<double>? At { get; init; }

    [Parameter("Published value, in any unit of the quantity.", Unit = "any", UnitInto = nameof(ValueUnit),
        Required = true)]
    public double Value { get; init; }

    /// <summary>Unit in which the value was written, 1 for a pure number; <see cref="Value"/> is in SI.</summary>
    public string ValueUnit { get; init; } = "1";

    [Parameter("Where it was published.")]
    public string Source { get; init; } = "";
}
