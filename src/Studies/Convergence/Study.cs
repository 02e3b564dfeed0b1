using System.Globalization;
using MesoLiMg.Device;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;

namespace MesoLiMg.Studies.Convergence;

/// <summary>A quantity or a field on all levels, and what they say.</summary>
/// <param name="Name">History column without its unit, or a field with its norm.</param>
/// <param name="Unit">SI unit.</param>
/// <param name="Values">A scalar on each level, or the norm of a field's change to each level from the one
/// before.</param>
/// <param name="IsField">Whether <paramref name="Values"/> are norms of changes.</param>
/// <param name="Scale">Size of the quantity: its finest value or its norm there.</param>
/// <param name="Result">What the values say.</param>
internal sealed record StudyRow(string Name, string Unit, IReadOnlyList<double> Values, bool IsField, double Scale,
    GridConvergence Result)
{
    /// <summary>Absolute changes from level to level.</summary>
    public IReadOnlyList<double> Changes =>
        IsField ? Values : [.. Values.Skip(1).Zip(Values, (fine, coarse) => Math.Abs(fine - coarse))];
}

/// <summary>A case on finer and finer levels, each a run in a folder of its own.</summary>
internal sealed class Study
{
    /// <summary>What counts steps and work, and says nothing of the solution.</summary>
    private static readonly HashSet<string> Bookkeeping =
    [
        "step", "time_step", "protocol_step", "cycle", "lithium_balance_error", "cg_iterations", "newton_steps",
            "equilibrium_residual", "diffusion_iterations", "coupling_iterations",
    ];

    /// <summary>Extremes over points. The first may sit in a corner where the stress is singular.</summary>
    private static readonly HashSet<string> Extremes = ["von_mises_max", "von_mises_max_off_corner"];

    private static readonly string[] CellFields = ["x", "von_mises", "sigma_h", "potential_mech", "stress"];

    private readonly Refinement refinement;
    private readonly CaseDocument[] documents;

    /// <summary>The files that all levels read, as they were when the cases were.</summary>
    private readonly InputFiles inputs;

    /// <summary>Reads the case of every level.</summary>
    /// <param name="levels">Their number, the case itself included.</param>
    /// <exception cref="InputException">The case of a level is wrong, or its file of grains does not fit the
    /// grid.</exception>
    public Study(string file, IReadOnlyList<string> overrides, Refinement refinement, int levels)
    {
        this.refinement = refinement;
        var first = CaseRun.Read(file, overrides);
        documents = [first, .. Enumerable.Range(1, levels - 1)
            .Select(level => CaseRun.Read(file, [.. overrides, .. refinement.Assignments(first.Case, level)]))];
        inputs = InputFiles.Of(first.Case);
        foreach (var document in documents)
            GrainFile.Check(document.Case, document.Where);
    }

    /// <summary>The case on each level.</summary>
    public IReadOnlyList<Case> Cases => [.. documents.Select(document => document.Case)];

    /// <summary>Whether a rim changes its shape with the grid.</summary>
    public bool HasSteppedRim => refinement.What.HasFlag(Refined.Space) && GrainMap.IsCut(documents[0].Case);

    /// <summary>How a level follows from the one before.</summary>
    public Refinement Refinement => refinement;

    /// <summary>Folder of a level within that of the study.</summary>
    public static string LevelFolder(string folder, int level) => Path.Combine(folder, $"level_{level + 1}");

    /// <summary>Runs the levels that have not finished, coarse ones first.</summary>
    /// <exception cref="InputException">A level does not fit the device, or its folder holds another case.</exception>
    /// <exception cref="RunException">A run failed or was interrupted.</exception>
    public void Run(string folder, string deviceName, int threads, TextWriter output, CancellationToken cancel)
    {
        foreach (var level in Enumerable.Range(0, documents.Length))
            inputs.RequireSame(LevelFolder(folder, level), Advice);
        using (var device = DeviceFactory.Open(deviceName, threads, Memory.Needed(documents[^1].Case)))
            CaseRun.Prepare(documents[^1].Case, device, where: documents[^1].Where);
        foreach (var (level, document) in documents.Index())
        {
            var own = LevelFolder(folder, level);
            var part = $"level {level + 1} of {documents.Length}";
            People.Say(output, $"{part}: {Describe(document.Case)}");
            using var device = DeviceFactory.Open(deviceName, threads, Memory.Needed(document.Case));
            var initial = CaseRun.Prepare(document.Case, device, where: document.Where);
            CaseRun.Into(own, document, device, initial, TextWriter.Null, cancel,
                new() { Inputs = Unchanged(document), Shown = new RunProgress(output, part) });
        }
    }

    private const string Advice = "put the earlier file back, or choose another folder for the study";

    /// <summary>The files of a level, which must be those of the level before: hours may lie between.</summary>
    private InputFiles Unchanged(CaseDocument document)
    {
        var now = InputFiles.Of(document.Case);
        InputFiles.RequireSame(now.Files, inputs.Hashes, "the study", Advice);
        return now;
    }

    /// <summary>A level in a few words: its cells and its step in time.</summary>
    public static string Describe(Case @case)
    {
        var step = @case.Solver.TimeStep is { } fixedStep
            ? $"time step {fixedStep.ToString("G4", CultureInfo.InvariantCulture)} s"
            : $"time tolerance {@case.Solver.TimeTolerance.ToString("G3", CultureInfo.InvariantCulture)}";
        return $"{string.Join(" x ", @case.Domain.Cells)} cells, {step}";
    }

    /// <summary>Compares the last states of the levels.</summary>
    public IReadOnlyList<StudyRow> Compare(string folder)
    {
        var last = Enumerable.Range(0, documents.Length).Select(level => RunFolder.LastRow(LevelFolder(folder, level)))
            .ToList();
        var snapshots = Enumerable.Range(0, documents.Length)
            .Select(level => SnapshotReader.Read(RunFolder.Snapshots(LevelFolder(folder, level))[^1])).ToList();
        return [.. Scalars(last), .. Fields(snapshots)];
    }

    private IEnumerable<StudyRow> Scalars(IReadOnlyList<IReadOnlyDictionary<string, string>> last)
    {
        foreach (var column in History.ColumnsOf(documents[0].Case.Domain.Kind)
            .Where(column => !Bookkeeping.Contains(column.Name)))
        {
            var cells = last.Select(row => row.GetValueOrDefault(column.Heading, "")).ToList();
            if (cells.Contains(""))
                continue;
            double[] values = [.. cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            var result = Extremes.Contains(column.Name) ? GridConvergence.OfExtreme
                : GridConvergence.Of(values, refinement.Ratio);
            yield return new(column.Name, column.Unit, values, false, Math.Abs(values[^1]), result);
        }
    }

    private IEnumerable<StudyRow> Fields(IReadOnlyList<Snapshot> snapshots)
    {
        var isVoid = snapshots.Select(Voids.Of).ToList();
        foreach (var name in CellFields)
        {
            if (snapshots.Select(snapshot => snapshot.Cells.FirstOrDefault(field => field.Name == name))
                .OfType<SnapshotField>().ToList() is { } fields && fields.Count == snapshots.Count)
                yield return Field(name, fields, (a, b) =>
                    FieldChange.OfCells(snapshots[a].Grid, fields[a], snapshots[b].Grid, fields[b],
                    new(isVoid[a], isVoid[b])), FieldChange.OfCells(snapshots[^1].Grid, fields[^1], isVoid[^1]));
        }
        if (snapshots.Select(snapshot => snapshot.Nodes.FirstOrDefault(field => field.Name == "displacement"))
            .OfType<SnapshotField>().ToList() is { } nodes && nodes.Count == snapshots.Count)
            yield return Field("displacement", nodes, (a, b) =>
                FieldChange.OfNodes(snapshots[a].Grid, nodes[a], snapshots[b].Grid, nodes[b],
                new(isVoid[a], isVoid[b])), FieldChange.OfNodes(snapshots[^1].Grid, nodes[^1], isVoid[^1]));
    }

    private StudyRow Field(string name, IReadOnlyList<SnapshotField> fields, Func<int, int, double> change,
        double scale)
    {
        double[] changes = [.. Enumerable.Range(1, fields.Count - 1).Select(level => change(level - 1, level))];
        return new($"{name} (field)", fields[0].Unit, changes, true, scale,
            GridConvergence.OfField(changes, refinement.Ratio, scale));
    }
}
