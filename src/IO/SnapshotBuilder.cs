using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>Who and what made a run, for the attributes of its files.</summary>
public sealed record Provenance(string CaseText, string ProgramVersion, string Commit, string Device, string Host, string Command);

/// <summary>Copies the state of a simulation and its fields from the device.</summary>
public static class SnapshotBuilder
{
    /// <summary>The simulation as it is now; its fields must belong to the state.</summary>
    public static Snapshot Build(Simulation simulation, Provenance provenance)
    {
        var fields = simulation.Fields;
        var mechanical = simulation.Mechanics is not null;
        var closed = new ClosedFields(simulation);
        closed.Add("x", "1", "lithium atoms per magnesium atom", fields.X);
        closed.Add("concentration", "mol/m^3", "lithium concentration in the undeformed lattice", fields.Concentration);
        closed.Add("potential_chem", "V", "open-circuit potential against lithium metal", fields.Potentials);
        if (mechanical)
        {
            closed.Add("potential_mech", "V", "potential shift by stress, -mu_mech/F", fields.Potentials, 1);
            closed.Add("potential", "V", "sum of the chemical and the mechanical part", fields.Potentials, 2);
            closed.Add("energy_per_mg", "V", "elastic energy per mole of magnesium over F", fields.Potentials, 3);
            closed.Add("energy_per_li", "V", "elastic energy per mole of lithium over F", fields.Potentials, 4);
            closed.Add("stress", "Pa", "Cauchy stress, XX YY ZZ XY YZ XZ (r-z: XX = rr, YY = tt)", fields.Stress, 0, 6);
            closed.Add("strain", "1", "total strain, tensor shears, XX YY ZZ XY YZ XZ", fields.Strain, 0, 6);
            closed.Add("von_mises", "Pa", "von Mises stress", fields.VonMises);
            closed.Add("sigma_h", "Pa", "hydrostatic stress, tr(stress)/3", fields.SigmaH);
            closed.Add("energy_density", "J/m^3", "elastic energy per volume", fields.EnergyDensity);
        }
        closed.AddCells("flux", "mol/(m^2 s)", "lithium flux X Y Z at the cell's centre", fields.Flux);
        closed.AddIds("grain", "grain id", simulation.Materials.Grain);
        closed.AddIds("phase", "phase id, 0 is the film", simulation.Materials.Phase);
        return new Snapshot
        {
            Grid = simulation.Shape, Time = simulation.Time, Step = simulation.Step,
            CaseText = provenance.CaseText, Parameters = CaseParameters.Of(simulation.Document.Case), ProgramVersion = provenance.ProgramVersion, Commit = provenance.Commit,
            Device = provenance.Device, Host = provenance.Host, Command = provenance.Command,
            Cells = closed.Cells, Boundary = closed.Boundary,
            Nodes = mechanical ? [closed.Displacement(simulation.Mechanics!.Displacement)] : [],
            State = State(simulation),
        };
    }

    /// <summary>What is needed to go on beside x and the displacement.</summary>
    private static IReadOnlyList<SnapshotField> State(Simulation simulation)
    {
        List<SnapshotField> state = [new("charge", "C/m^2", "charge passed per area of the SE side", 1, new[] { simulation.Charge })];
        if (simulation.Mechanics is { } mechanics)
        {
            foreach (var (name, side) in new[] { ("collector", mechanics.Sides[0]), ("se", mechanics.Sides[1]) })
            {
                if (side.Slips)
                    state.Add(new($"slip_{name}", "m", "slip of the interface's nodes, x then y, in the solver's layout", 1, simulation.Device.Download(side.Slip)));
                if (side.FollowsPressure)
                    state.Add(new($"friction_bound_{name}", "Pa", "largest tangential traction of the interface's nodes, in the solver's layout", 1, simulation.Device.Download(side.Bound)));
            }
        }
        return state;
    }

    /// <summary>Fields taken apart into cells and the points on the boundary.</summary>
    private sealed class ClosedFields(Simulation simulation)
    {
        private readonly GridShape shape = simulation.Shape;
        private readonly int[] cells = CellIndices(simulation), boundary = BoundaryIndices(simulation);

        public List<SnapshotField> Cells { get; } = [];

        public List<SnapshotField> Boundary { get; } = [];

        public void Add(string name, string unit, string description, View<double> field, int first = 0, int components = 1)
        {
            var values = simulation.Device.Download(field);
            Cells.Add(new(name, unit, description, components, Pick(values, cells, first, components)));
            Boundary.Add(new(name, unit, description, components, Pick(values, boundary, first, components)));
        }

        /// <summary>A vector whose components are fields of their own and which has no values on the boundary.</summary>
        public void AddCells(string name, string unit, string description, IReadOnlyList<View<double>> components)
        {
            var values = components.Select(simulation.Device.Download).ToArray();
            var n = values.Length;
            var result = new double[cells.Length * n];
            for (var i = 0; i < cells.Length; i++)
                for (var c = 0; c < n; c++)
                    result[i * n + c] = values[c][cells[i]];
            Cells.Add(new(name, unit, description, n, result));
        }

        public void AddIds(string name, string description, int[] ids) => Cells.Add(new(name, "1", description, 1, ids));

        public SnapshotField Displacement(View<double> displacement)
        {
            var (layout, values) = (simulation.Grid.Layout, simulation.Device.Download(displacement));
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
            return new("displacement", "m", "displacement X Y Z of the nodes", 3, result);
        }

        private double[] Pick(double[] values, int[] indices, int first, int components)
        {
            var length = simulation.Grid.Layout.Length;
            var result = new double[indices.Length * components];
            for (var i = 0; i < indices.Length; i++)
                for (var c = 0; c < components; c++)
                    result[i * components + c] = values[indices[i] + (first + c) * length];
            return result;
        }

        private static int[] CellIndices(Simulation simulation)
        {
            var box = simulation.Grid.Cells;
            return [.. from z in Enumerable.Range(0, box.Z1) from y in Enumerable.Range(0, box.Y1) from x in Enumerable.Range(0, box.X1) select box.Layout.Index(x, y, z)];
        }

        private static int[] BoundaryIndices(Simulation simulation)
        {
            var shape = simulation.Shape;
            var (dx, dy) = (shape.Has(0) ? 1 : 0, shape.Has(1) ? 1 : 0);
            return [.. new ClosedGrid(shape).Boundary().Select(k => simulation.Grid.Layout.Index(k.X - dx, k.Y - dy, k.Z - 1))];
        }
    }
}
