using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>Who and what made a run, for the attributes of its files.</summary>
public sealed record Provenance(string CaseText, string ProgramVersion, string Commit, string Device, string Host,
    string Command)
{
    /// <summary>What the case was warned of, kept in run.json.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The files that the run reads, and what they hold.</summary>
    public IReadOnlyList<InputFile> Inputs { get; init; } = [];
}

/// <summary>Copies the state of a simulation and its fields from the device.</summary>
public static class SnapshotBuilder
{
    /// <summary>Names of the fields that a case writes when it does not choose.</summary>
    public static IReadOnlyList<string> FieldsOf(Case @case) => @case.Coupling == Coupling.None
        ? ["x", "concentration", "potential_chem", "flux", "grain", "phase"]
        :
        [
            "x", "concentration", "potential_chem", "potential_mech", "potential", "energy_per_mg", "energy_per_li",
                "stress", "strain", "von_mises", "sigma_h", "energy_density",
            "flux", "grain", "phase", "displacement",
        ];

    /// <summary>
    /// Begins to copy the simulation as it is now; its fields must belong to the state. The simulation may go on at
    /// once, and what is returned makes the snapshot, on any thread, once.
    /// </summary>
    /// <param name="historyHash">See <see cref="Snapshot.HistoryHash"/>.</param>
    public static Func<Snapshot> Begin(Simulation simulation, Provenance provenance, string historyHash = "")
    {
        var fields = new SnapshotFields(simulation, simulation.Document.Case.Output.Fields);
        AddFields(fields, simulation);
        return Begin(simulation, provenance, historyHash, fields);
    }

    /// <summary>The state alone, without fields.</summary>
    /// <inheritdoc cref="Begin(Simulation, Provenance, string)"/>
    public static Func<Snapshot> BeginState(Simulation simulation, Provenance provenance, string historyHash) =>
        Begin(simulation, provenance, historyHash, new(simulation, []));

    /// <summary>The simulation as it is now; its fields must belong to the state.</summary>
    public static Snapshot Build(Simulation simulation, Provenance provenance) => Begin(simulation, provenance)();

    private static Func<Snapshot> Begin(Simulation simulation, Provenance provenance, string historyHash,
        SnapshotFields fields)
    {
        foreach (var field in simulation.StateFields)
            fields.AddState(field);
        var (@case, time, step, scalars, notices) = (simulation.Document.Case, simulation.Time, simulation.Step,
            simulation.Scalars, simulation.Notices.ToArray());
        return () =>
        {
            fields.Complete();
            return new Snapshot
            {
                Grid = simulation.Shape,
                Time = time,
                Step = step,
                CaseText = provenance.CaseText,
                Parameters = CaseParameters.Of(@case),
                ProgramVersion = provenance.ProgramVersion,
                Commit = provenance.Commit,
                Device = provenance.Device,
                Host = provenance.Host,
                Command = provenance.Command,
                Cells = fields.Cells,
                Boundary = fields.Boundary,
                Nodes = fields.Nodes,
                State = fields.State,
                Scalars = scalars,
                Notices = notices,
                HistoryHash = historyHash,
                Precision = @case.Output.Precision,
                Inputs = InputFiles.Text(provenance.Inputs),
            };
        };
    }

    private static void AddFields(SnapshotFields taken, Simulation simulation)
    {
        var fields = simulation.Fields;
        taken.Add("x", "1", "lithium atoms per magnesium atom", fields.X);
        taken.Add("concentration", "mol/m^3", "lithium concentration in the undeformed lattice",
            simulation.Files.Concentration);
        taken.Add("potential_chem", "V", "open-circuit potential against lithium metal", fields.Potentials);
        if (simulation.Mechanics is { } mechanics)
        {
            taken.Add("potential_mech", "V", "potential shift by stress, -mu_mech/F", fields.Potentials, 1);
            taken.Add("potential", "V", "sum of the chemical and the mechanical part", fields.Potentials, 2);
            taken.Add("energy_per_mg", "V", "elastic energy per mole of magnesium over F", fields.Potentials, 3);
            taken.Add("energy_per_li", "V", "elastic energy per mole of lithium over F", fields.Potentials, 4);
            taken.AddMechanical("stress", "Pa", "Cauchy stress, XX YY ZZ XY YZ XZ (r-z: XX = rr, YY = tt)", f =>
                f.Stress, 6);
            taken.AddMechanical("strain", "1", "total strain, tensor shears, XX YY ZZ XY YZ XZ", f => f.Strain, 6);
            taken.AddMechanical("von_mises", "Pa", "von Mises stress", f => f.VonMises);
            taken.AddMechanical("sigma_h", "Pa", "hydrostatic stress, tr(stress)/3", f => f.SigmaH);
            taken.AddMechanical("energy_density", "J/m^3", "elastic energy per volume", f => f.EnergyDensity);
            taken.AddDisplacement(mechanics.Displacement);
        }
        taken.AddCells("flux", "mol/(m^2 s)", "lithium flux X Y Z at the cell's centre", simulation.Files.Flux);
        taken.AddIds("grain", "grain id", simulation.Materials.Grain, (0, 0));
        // Whoever reads a field must know where it has no value.
        taken.AddIds("phase", "phase id, 0 is the film", simulation.Materials.Phase, simulation.Materials.LayerPhases,
            always: simulation.Materials.HasVoids);
    }
}
