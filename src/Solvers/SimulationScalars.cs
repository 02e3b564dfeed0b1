namespace MesoLiMg.Solvers;

/// <summary>
/// The numbers that a simulation carries from one step to the next. With the fields of <see cref="Simulation.StateFields"/> they are all of its state: a simulation that gets both back takes
/// the same steps to the last bit. A property added here (a <c>double</c> or a <c>long</c>) is written to snapshots and read back under its name.
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

    /// <summary>i/(F c_Mg) at the SE side [m/s].</summary>
    public double Inflow { get; init; }

    /// <summary>The inflow that the field <c>rate</c> is for; not a number where there is none yet.</summary>
    public double RateInflow { get; init; }

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
}

/// <summary>A field that is part of the state, in the solver's layout.</summary>
/// <param name="Name">Name in <c>/state</c> of a snapshot.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Description">One line.</param>
/// <param name="Values">The field on the device.</param>
public readonly record struct StateField(string Name, string Unit, string Description, Kernels.View<double> Values);
