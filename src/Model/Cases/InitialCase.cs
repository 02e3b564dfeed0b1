namespace MesoLiMg.Model;

public sealed record InitialCase
{
    [Parameter("Li atoms per Mg atom: a number, linear, table or file.")]
    public InitialProfile X { get; init; } = new() { Value = 0 };

    [Parameter("Snapshot whose state the run starts from: lithium, displacement and slip. It then stands for x. The "
        + "option --from of run fills it in.", IsFile = true)]
    public string? State { get; init; }
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

    [Parameter("HDF5 file with a dataset shaped like the cells (nz, ny, nx); relative to the case file.",
        IsFile = true)]
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
