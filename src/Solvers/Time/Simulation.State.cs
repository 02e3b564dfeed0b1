using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>The state of a simulation: what it is, and taking one up again.</summary>
public sealed partial class Simulation
{
    /// <summary>
    /// Every field that a step takes over from the one before. All else on the device is derived from these anew.
    /// Whoever adds a quantity with a memory adds it here, and the test
    /// <c>ARunTakenUpAtAnyStepHasTheBitsOfOneThatNeverStopped</c> finds out when somebody forgot.
    /// </summary>
    public IReadOnlyList<StateField> StateFields
    {
        get
        {
            List<StateField> fields =
            [
                new("x", "1", "lithium atoms per magnesium atom", Diffusion.X),
                new("rate", "1/s", "dx/dt at the end of the last step", Diffusion.State.Rate),
                new("uptake", "m/s", "lithium taken up through the faces of the SE side, over the magnesium "
                    + "concentration", Diffusion.State.Uptake),
            ];
            if (Diffusion.Surface.IsSolved)
            {
                fields.Add(new("metal", "m",
                    "lithium metal on the faces of the SE side, moles per area over the magnesium concentration",
                    Diffusion.State.Metal));
                fields.Add(new("metal_rate", "m/s", "its rate at the end of the last step", Diffusion.State.MetalRate));
                fields.Add(new("surface_ratio", "1", "lithium atoms per magnesium atom on the faces of the SE side",
                    Diffusion.State.SurfaceRatio));
            }
            if (Mechanics is not { } mechanics)
                return fields;
            fields.Add(new("displacement", "m", "displacement of the nodes, from which the next equilibrium is sought",
                mechanics.Displacement));
            fields.AddRange(mechanics.Terms.SelectMany(term => term.State));
            return fields;
        }
    }

    /// <summary>The numbers of the state, as they are between two steps.</summary>
    public SimulationScalars Scalars => new()
    {
        Time = Time,
        Step = Step,
        Charge = Charge,
        Throughput = throughput,
        InitialContent = initialContent,
        GivenCurrent = drive.Current,
        GivenPotential = drive.Potential ?? double.NaN,
        RateCurrent = Diffusion.RateDrive?.Current ?? double.NaN,
        RatePotential = Diffusion.RateDrive?.Potential
            ?? double.NaN,
        SurfaceCurrent = Diffusion.State.Current,
        SurfacePotential = Diffusion.State.Potential,
        HasSurface = Diffusion.State.HasSurface ? 1 : 0,
        StageCharge = events.Marks.Charge,
        StageMetal = events.Marks.Metal,
        SurfaceCeiling = events.Marks.SurfaceCeiling,
        FilmCeiling = events.Marks.FilmCeiling,
        StepProposal = control.Proposal,
        StagesDone = stagesDone,
        StageStart = stageStart ?? double.NaN,
        Cycle = Cycle,
        NextOutput = nextOutput,
        LastStart = lastStart,
        LastEnd = lastEnd,
        LastReach = lastReach,
    };

    /// <summary>Takes up a run where a snapshot left it; <see cref="Run"/> then goes on from there.</summary>
    /// <param name="scalars">Numbers of the state.</param>
    /// <param name="field">The values of a field of the state by its name; null where there is none.</param>
    /// <param name="notices">What the run has noted so far.</param>
    /// <exception cref="InputException">A field is missing or of another size.</exception>
    public void Restore(SimulationScalars scalars, Func<string, double[]?> field, IEnumerable<string> notices)
    {
        foreach (var part in StateFields)
            Device.Upload<double>(
                Fitting(part, field(part.Name) ?? throw new InputException($"the state lacks '{part.Name}'")),
                part.Values);
        (Time, Step, Charge, throughput, initialContent) =
            (scalars.Time, scalars.Step, scalars.Charge, scalars.Throughput, scalars.InitialContent);
        (drive, control.Proposal, nextOutput) = (Drive(scalars.GivenCurrent, scalars.GivenPotential),
            scalars.StepProposal, scalars.NextOutput);
        if (IsNow(nextOutput))
            nextOutput += @case.Output.Every ?? double.PositiveInfinity;
        var state = Diffusion.State;
        (state.Current, state.Potential, state.HasSurface) = (scalars.SurfaceCurrent, scalars.SurfacePotential,
            scalars.HasSurface > 0);
        Diffusion.Resume(double.IsNaN(scalars.RateCurrent) ? null : Drive(scalars.RateCurrent, scalars.RatePotential));
        events.Marks = new(scalars.StageCharge, scalars.StageMetal, scalars.SurfaceCeiling, scalars.FilmCeiling);
        (stagesDone, stageStart, Cycle) = ((int)scalars.StagesDone, double.IsNaN(scalars.StageStart) ? null
            : scalars.StageStart, (int)scalars.Cycle);
        (lastStart, lastEnd, lastReach) = (scalars.LastStart, scalars.LastEnd, scalars.LastReach);
        Notices.AddRange(notices);
        (hasBegun, written) = (true, Step);
        Fields.Prepare(Diffusion.State, Mechanics, true);

        static SurfaceDrive Drive(double current, double potential) =>
            new(current, double.IsNaN(potential) ? null : potential);
    }

    /// <summary>
    /// Starts a new run from the fields of another one's state: lithium, displacement and slip, with clock and charge
    /// at zero.
    /// </summary>
    /// <param name="field">
    /// The values of a field of the state by its name; null where there is none, and then the field begins at zero.
    /// </param>
    /// <exception cref="InputException">There is no x, or a field is of another size.</exception>
    public void Adopt(Func<string, double[]?> field)
    {
        foreach (var part in StateFields)
        {
            var values = field(part.Name);
            if (values is null && part.Name == "x")
                throw new InputException("the state lacks 'x'");
            if (values is null)
                continue;
            Fitting(part, values);
            if (part.Name == "x")
                SetConcentration([.. CellIndices().Select(i => values[i])]);
            else
                Device.Upload<double>(values, part.Values);
        }
        Diffusion.Reset();
        initialContent = Diffusion.Lithium;
    }

    private static double[] Fitting(StateField part, double[] values) => values.Length == part.Values.Length
        ? values
        : throw new InputException(
            $"the state's '{part.Name}' has {values.Length} numbers, here it has {part.Values.Length}");

    /// <summary>Where the cells are in the solver's layout, x fastest.</summary>
    private IEnumerable<int> CellIndices()
    {
        for (var z = 0; z < Grid.Z; z++)
            for (var y = 0; y < Grid.Y; y++)
                for (var x = 0; x < Grid.X; x++)
                    yield return Grid.Layout.Index(x, y, z);
    }

    private void SetConcentration(double[] initial)
    {
        var values = new double[Diffusion.X.Values.Length];
        var i = 0;
        for (var z = 0; z < Grid.Z; z++)
            for (var y = 0; y < Grid.Y; y++)
                for (var x = 0; x < Grid.X; x++, i++)
                    values[Grid.Layout.Index(x, y, z)] = Materials.Holds(i) ? initial[i] : 0;
        Device.Upload<double>(values, Diffusion.X);
        Diffusion.Reset();
    }
}
