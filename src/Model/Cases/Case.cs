namespace MesoLiMg.Model;

/// <summary>A case as the file says it, every default filled in, in SI units.</summary>
public sealed record Case
{
    [Parameter("One line that says what the case is.")]
    public string Title { get; init; } = "untitled";

    [Parameter("Geometry and grid.")]
    public DomainCase Domain { get; init; } = new();

    [Parameter("Temperature; magnesium melts at 923 K.", Unit = "K", Min = 100, Max = 923)]
    public double Temperature { get; init; } = 298.15;

    [Parameter("Properties of the Li_xMg film; phases and grains override them one by one.")]
    public MaterialCase Material { get; init; } = new();

    [Parameter("Grains of the film, made from a few numbers or read from a file; without it the film is one grain.")]
    public MicrostructureCase? Microstructure { get; init; }

    [Parameter("Other materials and grains, by region, later ones over earlier ones.")]
    public IReadOnlyList<RegionCase> Regions { get; init; } = [];

    [Parameter("State at the start.")]
    public InitialCase Initial { get; init; } = new();

    [Parameter("Mechanical laws at the solid electrolyte (z = height) and the collector (z = 0).")]
    public InterfacesCase Interfaces { get; init; } = new();

    [Parameter("Whether stress is computed: none (lithium only), one-way (stress follows lithium), two-way (stress "
        + "also drives lithium).")]
    public Coupling Coupling { get; init; } = Coupling.OneWay;

    [Parameter("How the current distributes over the SE side.")]
    public KineticsCase Kinetics { get; init; } = new();

    [Parameter("When the alloy is full at the SE surface: stop (the protocol step ends), plate (what the alloy does "
        + "not take becomes lithium metal at 0 V, stripped first).")]
    public SaturationRule OnSaturation { get; init; } = SaturationRule.Stop;

    [Parameter("What is done to the film, step after step; empty: the mechanics of the initial state is solved and "
        + "written.")]
    public IReadOnlyList<ProtocolStep> Protocol { get; init; } = [];

    [Parameter("Accuracy and step sizes.")]
    public SolverCase Solver { get; init; } = new();

    [Parameter("What is written, and when.")]
    public OutputCase Output { get; init; } = new();

    [Parameter("Published figures, printed beside the computed ones at the end.")]
    public IReadOnlyList<PublishedCase> Published { get; init; } = [];
}

public enum Coupling { None, OneWay, TwoWay }

public enum SaturationRule { Stop, Plate }
