namespace MesoLiMg.Solvers;

/// <summary>
/// The numbers that a simulation carries from one step to the next. With the fields of
/// <see cref="Simulation.StateFields"/> they are all of its state: a simulation that gets both back takes
/// the same steps to the last bit. A property added here (a <c>double</c> or a <c>long</c>) is written to snapshots and
/// read back under its name.
/// </summary>
public sealed record SimulationScalars
{
    /// <summary>Time [s].</summary>
    public double Time { get; init; }

    /// <summary>Steps done.</summary>
    public long Step { get; init; }

    /// <summary>Charge passed per area [C/m²].</summary>
    public double Charge { get; init; }

    /// <summary>Charge passed per area, both directions added [C/m²].</summary>
    public double Throughput { get; init; }

    /// <summary>∫ x dV at the start of the run.</summary>
    public double InitialContent { get; init; }

    /// <summary>Given current i/(F c_Mg), mean over the SE side [m/s].</summary>
    public double GivenCurrent { get; init; }

    /// <summary>Given electrode potential [V]; not a number where a current is given.</summary>
    public double GivenPotential { get; init; }

    /// <summary>The given current that the field <c>rate</c> is for; not a number where there is none yet.</summary>
    public double RateCurrent { get; init; }

    /// <summary>
    /// The given potential that the field <c>rate</c> is for; not a number where it is for a current.
    /// </summary>
    public double RatePotential { get; init; }

    /// <summary>Current i/(F c_Mg) at the end of the last step, mean over the SE side [m/s].</summary>
    public double SurfaceCurrent { get; init; }

    /// <summary>Electrode potential there [V]; not a number with a uniform current.</summary>
    public double SurfacePotential { get; init; }

    /// <summary>1 where the field <c>surface_ratio</c> is known, else 0.</summary>
    public long HasSurface { get; init; }

    /// <summary>Charge when the protocol step that runs began [C/m²].</summary>
    public double StageCharge { get; init; }

    /// <summary>Largest metal on a face of the SE side then [m].</summary>
    public double StageMetal { get; init; }

    /// <summary>x over that of saturation at which the protocol step ends, on the SE side.</summary>
    public double SurfaceCeiling { get; init; }

    /// <summary>x over that of saturation at which the protocol step ends, inside the film.</summary>
    public double FilmCeiling { get; init; }

    /// <summary>What the step control holds to be right for the next step [s].</summary>
    public double StepProposal { get; init; }

    /// <summary>Protocol steps that have ended, repetitions counted one by one.</summary>
    public long StagesDone { get; init; }

    /// <summary>Time at which the protocol step that runs began; not a number between two of them.</summary>
    public double StageStart { get; init; }

    /// <summary>Number of the repetition.</summary>
    public long Cycle { get; init; }

    /// <summary>The next instant of <c>output.every</c> [s].</summary>
    public double NextOutput { get; init; }

    /// <summary>
    /// Time at which the protocol step began that runs or has ended last [s]; not a number where the state does not
    /// say.
    /// </summary>
    public double LastStart { get; init; } = double.NaN;

    /// <summary>
    /// The <see cref="StageEvent"/> that ended the last protocol step, 0 where its time or charge did; -1 while one
    /// runs, and where the state does not say.
    /// </summary>
    public long LastEnd { get; init; } = -1;

    /// <summary>
    /// The earliest end of that protocol step that leaves all of its time steps as they were [s]: they were cut where
    /// its own end is before. Not a number where the state does not say.
    /// </summary>
    public double LastReach { get; init; } = double.NaN;

    /// <summary>Names of those that states of earlier versions lack.</summary>
    public static IReadOnlySet<string> Later { get; } =
        new HashSet<string> { nameof(LastStart), nameof(LastEnd), nameof(LastReach) };
}
