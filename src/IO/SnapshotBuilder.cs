using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>Who and what made a run, for the attributes of its files.</summary>
public sealed record Provenance(string CaseText, string ProgramVersion, string Commit, string Device, string Host, string Command)
{
    /// <summary>What the case was warned of, kept in run.json.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Copies the state of a simulation and its fields from the device.</summary>
public static class SnapshotBuilder
{
    /// <summary>Names of the fields that a case writes when it does not choose.</summary>
    public static IReadOnlyList<string> FieldsOf(Case @case) => @case.Coupling == Coupling.None
        ? ["x", "concentration", "potential_chem", "flux", "grain", "phase"]
        :
        [
            "x", "concentration", "potential_chem", "potential_mech", "potential", "energy_per_mg", "energy_per_li", "stress", "strain", "von_mises", "sigma_h", "energy_density",
            "flux", "grain", "phase", "displacement",
        ];

    /// <summary>The simulation as it is now; its fields must belong to the state.</summary>
    /// <param name="historyHash">See <see cref="Snapshot.HistoryHash"/>.</param>
    public static Snapshot Build(Simulation simulation, Provenance provenance, string historyHash = "")
    {
        var closed = new ClosedFields(simulation, simulation.Document.Case.Output.Fields);
        AddFields(closed, simulation);
        return Build(simulation, provenance, historyHash, closed.Cells, closed.Boundary, closed.Nodes);
    }

    /// <summary>The state alone, without fields.</summary>
    /// <inheritdoc cref="Build(Simulation, Provenance, string)"/>
    public static Snapshot BuildState(Simulation simulation, Provenance provenance, string historyHash) => Build(simulation, provenance, historyHash, [], [], []);

    private static Snapshot Build(
        Simulation simulation, Provenance provenance, string historyHash, IReadOnlyList<SnapshotField> cells, IReadOnlyList<SnapshotField> boundary, IReadOnlyList<SnapshotField> nodes)
    {
        var @case = simulation.Document.Case;
        return new Snapshot
        {
            Grid = simulation.Shape, Time = simulation.Time, Step = simulation.Step,
            CaseText = provenance.CaseText, Parameters = CaseParameters.Of(@case), ProgramVersion = provenance.ProgramVersion, Commit = provenance.Commit,
            Device = provenance.Device, Host = provenance.Host, Command = provenance.Command,
            Cells = cells, Boundary = boundary, Nodes = nodes,
            State = [.. simulation.StateFields.Select(field => new SnapshotField(field.Name, field.Unit, $"{field.Description}, in the solver's layout", 1, simulation.Device.Download(field.Values)))],
            Scalars = simulation.Scalars, Notices = [.. simulation.Notices], HistoryHash = historyHash, Precision = @case.Output.Precision,
        };
    }

    private static void AddFields(ClosedFields closed, Simulation simulation)
    {
        var fields = simulation.Fields;
        closed.Add("x", "1", "lithium atoms per magnesium atom", fields.X);
        closed.Add("concentration", "mol/m^3", "lithium concentration in the undeformed lattice", fields.Concentration);
        closed.Add("potential_chem", "V", "open-circuit potential against lithium metal", fields.Potentials);
        if (simulation.Mechanics is { } mechanics)
        {
            closed.Add("potential_mech", "V", "potential shift by stress, -mu_mech/F", fields.Potentials, 1);
            closed.Add("potential", "V", "sum of the chemical and the mechanical part", fields.Potentials, 2);
            closed.Add("energy_per_mg", "V", "elastic energy per mole of magnesium over F", fields.Potentials, 3);
            closed.Add("energy_per_li", "V", "elastic energy per mole of lithium over F", fields.Potentials, 4);
            closed.AddMechanical("stress", "Pa", "Cauchy stress, XX YY ZZ XY YZ XZ (r-z: XX = rr, YY = tt)", f => f.Stress, 6);
            closed.AddMechanical("strain", "1", "total strain, tensor shears, XX YY ZZ XY YZ XZ", f => f.Strain, 6);
            closed.AddMechanical("von_mises", "Pa", "von Mises stress", f => f.VonMises);
            closed.AddMechanical("sigma_h", "Pa", "hydrostatic stress, tr(stress)/3", f => f.SigmaH);
            closed.AddMechanical("energy_density", "J/m^3", "elastic energy per volume", f => f.EnergyDensity);
            closed.AddDisplacement(mechanics.Displacement);
        }
        closed.AddCells("flux", "mol/(m^2 s)", "lithium flux X Y Z at the cell's centre", fields.Flux);
        closed.AddIds("grain", "grain id", simulation.Materials.Grain, (0, 0));
        // Whoever reads a field must know where it has no value.
        closed.AddIds("phase", "phase id, 0 is the film", simulation.Materials.Phase, simulation.Materials.LayerPhases, always: simulation.Materials.HasVoids);
    }

    /// <summary>Fields taken apart into cells, with those of layers, and the points on the boundary of the film.</summary>
    /// <param name="chosen">Names of the fields to take; all when there are none.</param>
    private sealed class ClosedFields(Simulation simulation, IReadOnlyList<string> chosen)
    {
        private readonly GridShape shape = simulation.Shape;
        private readonly int[] cells = CellIndices(simulation.Grid), boundary = BoundaryIndices(simulation);

        public List<SnapshotField> Cells { get; } = [];

        public List<SnapshotField> Boundary { get; } = [];

        public List<SnapshotField> Nodes { get; } = [];

        public void Add(string name, string unit, string description, View<double> field, int first = 0, int components = 1)
        {
            if (!Takes(name))
                return;
            var values = simulation.Device.Download(field);
            Cells.Add(new(name, unit, description, components, WithLayers(Pick(values, cells, first, components), components)));
            AddBoundary(name, unit, description, values, first, components);
        }

        /// <summary>A field that layers have too, in the film's grid with its faces and in that of the stack.</summary>
        public void AddMechanical(string name, string unit, string description, Func<StressFields, View<double>> field, int components = 1)
        {
            var film = field(simulation.Fields.Mechanical);
            if (simulation.Stack.Mechanical is not { } stack)
            {
                Add(name, unit, description, film, 0, components);
                return;
            }
            if (!Takes(name))
                return;
            var grid = simulation.Stack.Grid;
            Cells.Add(new(name, unit, description, components, Pick(simulation.Device.Download(field(stack)), CellIndices(grid), 0, components, grid.Layout.Length)));
            AddBoundary(name, unit, description, simulation.Device.Download(film), 0, components);
        }

        /// <summary>A vector whose components are fields of their own and which has no values on the boundary.</summary>
        public void AddCells(string name, string unit, string description, IReadOnlyList<View<double>> components)
        {
            if (!Takes(name))
                return;
            var values = components.Select(simulation.Device.Download).ToArray();
            var n = values.Length;
            var result = new double[cells.Length * n];
            for (var i = 0; i < cells.Length; i++)
                for (var c = 0; c < n; c++)
                    result[i * n + c] = values[c][cells[i]];
            Cells.Add(new(name, unit, description, n, WithLayers(result, n)));
        }

        /// <summary>Ids of the film's cells, and those of the layers below and above.</summary>
        public void AddIds(string name, string description, int[] ids, (int Below, int Above) layers, bool always = false)
        {
            if (!always && !Takes(name))
                return;
            var plane = shape.Cells.X * shape.Cells.Y;
            Cells.Add(new(name, "1", description, 1,
                shape.HasLayers ? (int[])[.. Enumerable.Repeat(layers.Below, plane * shape.Layers.Below), .. ids, .. Enumerable.Repeat(layers.Above, plane * shape.Layers.Above)] : ids));
        }

        public void AddDisplacement(View<double> displacement)
        {
            if (!Takes("displacement"))
                return;
            var (layout, values) = (simulation.Stack.Grid.Layout, simulation.Device.Download(displacement));
            var result = new double[3 * shape.NodeCount];
            var i = 0;
            for (var z = 0; z < shape.Nodes.Z; z++)
            {
                for (var y = 0; y < shape.Nodes.Y; y++)
                {
                    for (var x = 0; x < shape.Nodes.X; x++)
                    {
                        var at = layout.Index(x, y, z);
                        result[i++] = values[at];
                        result[i++] = simulation.Grid.HasY ? values[at + 2 * layout.Length] : 0;
                        result[i++] = values[at + layout.Length];
                    }
                }
            }
            Nodes.Add(new("displacement", "m", "displacement X Y Z of the nodes", 3, result));
        }

        private bool Takes(string name) => chosen.Count == 0 || chosen.Contains(name);

        private void AddBoundary(string name, string unit, string description, double[] values, int first, int components) =>
            Boundary.Add(new(name, unit, description, components, Pick(values, boundary, first, components)));

        /// <summary>Values of the film's cells with zeros for those of layers.</summary>
        private double[] WithLayers(double[] film, int components)
        {
            if (!shape.HasLayers)
                return film;
            var result = new double[shape.CellCount * components];
            film.CopyTo(result, (long)shape.Layers.Below * shape.Cells.X * shape.Cells.Y * components);
            return result;
        }

        private double[] Pick(double[] values, int[] indices, int first, int components) => Pick(values, indices, first, components, simulation.Grid.Layout.Length);

        private static double[] Pick(double[] values, int[] indices, int first, int components, int length)
        {
            var result = new double[indices.Length * components];
            for (var i = 0; i < indices.Length; i++)
                for (var c = 0; c < components; c++)
                    result[i * components + c] = values[indices[i] + (first + c) * length];
            return result;
        }

        private static int[] CellIndices(GridLevel grid)
        {
            var box = grid.Cells;
            var indices = new int[box.Points];
            var i = 0;
            for (var z = 0; z < box.Z1; z++)
                for (var y = 0; y < box.Y1; y++)
                    for (var x = 0; x < box.X1; x++)
                        indices[i++] = box.Layout.Index(x, y, z);
            return indices;
        }

        private static int[] BoundaryIndices(Simulation simulation)
        {
            var shape = simulation.Shape.Film;
            var (dx, dy) = (shape.Has(0) ? 1 : 0, shape.Has(1) ? 1 : 0);
            return [.. new ClosedGrid(shape).Boundary().Select(k => simulation.Grid.Layout.Index(k.X - dx, k.Y - dy, k.Z - 1))];
        }
    }
}
