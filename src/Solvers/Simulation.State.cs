using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>The state of a simulation: what it is, and taking one up again.</summary>
public sealed partial class Simulation
{
    /// <summary>
    /// Every field that a step takes over from the one before. All else on the device is derived from these anew. Whoever adds a quantity with a memory adds it here, and the test
    /// <c>ARunTakenUpAtAnyStepHasTheBitsOfOneThatNeverStopped</c> finds out when somebody forgot.
    /// </summary>
    public IReadOnlyList<StateField> StateFields
    {
        get
        {
            List<StateField> fields =
            [
                new("x", "1", "lithium atoms per magnesium atom", Diffusion.X),
                new("rate", "1/s", "dx/dt at the end of the last step", Diffusion.Rate),
            ];
            if (Mechanics is not { } mechanics)
                return fields;
            fields.Add(new("displacement", "m", "displacement of the nodes, from which the next equilibrium is sought", mechanics.Displacement));
            foreach (var (name, side) in new[] { ("collector", mechanics.Sides[0]), ("se", mechanics.Sides[1]) })
            {
                if (side.Slips)
                    fields.Add(new($"slip_{name}", "m", "slip of the interface's nodes, x then y", side.Slip));
                if (side.FollowsPressure)
                    fields.Add(new($"friction_bound_{name}", "Pa", "largest tangential traction of the interface's nodes", side.Bound));
            }
            return fields;
        }
    }

    /// <summary>The numbers of the state, as they are between two steps.</summary>
    public SimulationScalars Scalars => new()
    {
        Time = Time, Step = Step, Charge = Charge, Throughput = throughput, InitialContent = initialContent, Inflow = inflow, RateInflow = Diffusion.RateInflow,
        StepProposal = control.Proposal, StagesDone = stagesDone, StageStart = stageStart ?? double.NaN, Cycle = Cycle, NextOutput = nextOutput,
    };

    /// <summary>Takes up a run where a snapshot left it; <see cref="Run"/> then goes on from there.</summary>
    /// <param name="scalars">Numbers of the state.</param>
    /// <param name="field">The values of a field of the state by its name; null where there is none.</param>
    /// <param name="notices">What the run has noted so far.</param>
    /// <exception cref="InputException">A field is missing or of another size.</exception>
    public void Restore(SimulationScalars scalars, Func<string, double[]?> field, IEnumerable<string> notices)
    {
        foreach (var part in StateFields)
            Device.Upload<double>(Fitting(part, field(part.Name) ?? throw new InputException($"the state lacks '{part.Name}'")), part.Values);
        (Time, Step, Charge, throughput, initialContent) = (scalars.Time, scalars.Step, scalars.Charge, scalars.Throughput, scalars.InitialContent);
        (inflow, Diffusion.RateInflow, control.Proposal, nextOutput) = (scalars.Inflow, scalars.RateInflow, scalars.StepProposal, scalars.NextOutput);
        (stagesDone, stageStart, Cycle) = ((int)scalars.StagesDone, double.IsNaN(scalars.StageStart) ? null : scalars.StageStart, (int)scalars.Cycle);
        Notices.AddRange(notices);
        (hasBegun, written) = (true, Step);
        if (Mechanics is not null)
            Fields.PrepareMechanics(Diffusion.X, Diffusion, Mechanics, inflow, true);
    }

    /// <summary>Starts a new run from the fields of another one's state: lithium, displacement and slip, with clock and charge at zero.</summary>
    /// <param name="field">The values of a field of the state by its name; null where there is none, and then the field begins at zero.</param>
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
        initialContent = content = Diffusion.Content(Diffusion.X);
    }

    private static double[] Fitting(StateField part, double[] values) => values.Length == part.Values.Length
        ? values
        : throw new InputException($"the state's '{part.Name}' has {values.Length} numbers, here it has {part.Values.Length}");

    /// <summary>Where the cells are in the solver's layout, x fastest.</summary>
    private IEnumerable<int> CellIndices()
    {
        for (var z = 0; z < Grid.Z; z++)
            for (var y = 0; y < Grid.Y; y++)
                for (var x = 0; x < Grid.X; x++)
                    yield return Grid.Layout.Index(x, y, z);
    }
}
