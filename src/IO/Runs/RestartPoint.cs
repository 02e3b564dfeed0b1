using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>The state in a snapshot, from which a run goes on or another one starts.</summary>
public sealed class RestartPoint
{
    private readonly SimulationScalars scalars;
    private readonly GridShape grid;
    private readonly IReadOnlyList<string> notices;
    private readonly Dictionary<string, double[]> fields;

    private RestartPoint(SnapshotFile file)
    {
        Path = file.Path;
        scalars = file.Scalars ?? throw new InputException($"'{Path}' holds no state to start from");
        (Step, Time, grid, notices, CaseText, HistoryHash) =
            (file.Step, file.Time, file.Grid, file.Notices, file.CaseText, file.HistoryHash);
        Inputs = InputFiles.Parse(file.Inputs);
        (ProgramVersion, Commit, Device) = (file.ProgramVersion, file.Commit, file.Device);
        fields = file.State.Where(field => !field.IsInteger)
            .ToDictionary(field => field.Name, field => (double[])file.Read(field).Data);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Steps done.</summary>
    public long Step { get; }

    /// <summary>Time [s].</summary>
    public double Time { get; }

    /// <summary>The case of the run that wrote the snapshot.</summary>
    public string CaseText { get; }

    /// <summary>SHA-256 of the history up to the snapshot.</summary>
    public string HistoryHash { get; }

    /// <summary>
    /// SHA-256 by entry of the files that the run read; empty where the snapshot says nothing of them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>The version of the program that wrote the snapshot.</summary>
    public string ProgramVersion { get; }

    /// <summary>The commit of the program that wrote the snapshot.</summary>
    public string Commit { get; }

    /// <summary>The device on which the state was computed.</summary>
    public string Device { get; }

    /// <summary>Reads the state of a snapshot.</summary>
    /// <exception cref="InputException">The snapshot is damaged, or holds no state.</exception>
    public static RestartPoint Read(string snapshot)
    {
        using var file = SnapshotFile.Open(snapshot);
        return new(file);
    }

    /// <summary>The numbers of the state.</summary>
    public SimulationScalars Scalars => scalars;

    /// <summary>Has a new simulation go on from the state.</summary>
    /// <param name="simulation">The simulation.</param>
    /// <param name="changed">The numbers of the state as a changed case needs them; its own when null.</param>
    /// <exception cref="InputException">It has another grid or other fields.</exception>
    public void Restore(Simulation simulation, SimulationScalars? changed = null) =>
        Into(simulation, () => simulation.Restore(changed ?? scalars, fields.GetValueOrDefault, notices));

    /// <summary>Has a new simulation start from the fields of the state.</summary>
    /// <exception cref="InputException">It has another grid, or the snapshot lacks lithium.</exception>
    public void Start(Simulation simulation)
    {
        Require(simulation.Document.Case, simulation.Grid);
        Into(simulation, () => simulation.Adopt(fields.GetValueOrDefault));
    }

    /// <summary>Refuses a state from which a case cannot start.</summary>
    /// <param name="case">The case.</param>
    /// <param name="film">The grid of its film.</param>
    /// <exception cref="InputException">It has another grid, lacks lithium, or has x above saturation.</exception>
    public void Require(Case @case, GridLevel film)
    {
        RequireGrid(GridShape.WithLayers(@case));
        var (x, layout) = (fields.GetValueOrDefault("x", []), film.Layout);
        if (x.Length < layout.Length)
            throw new InputException($"'{Path}': the state lacks x on this grid");
        if (InitialConcentration.MetalMayStand(@case))
            return;
        var cells = Enumerable.Range(0, film.X * film.Y * film.Z);
        int Index(int i) => layout.Index(i % film.X, i / film.X % film.Y, i / (film.X * film.Y));
        double[] values = [.. cells.Select(i => x[Index(i)])];
        string InCell(int i) => InitialConcentration.InCell(GridShape.Of(@case.Domain), i);
        if (InitialConcentration.AboveSaturation(@case, values, InCell) is { } problem)
            throw new InputException($"'{Path}': the state's {problem}");
    }

    private void Into(Simulation simulation, Action take)
    {
        RequireGrid(simulation.Shape);
        try
        {
            take();
        }
        catch (InputException e)
        {
            throw new InputException($"'{Path}': {e.Message}", e);
        }
    }

    private void RequireGrid(GridShape here)
    {
        if (grid != here)
            throw new InputException($"'{Path}' has another grid: {Describe(grid)} there, {Describe(here)} here");
    }

    private static string Describe(GridShape grid) =>
        $"{SnapshotLayout.Word(grid.Kind)} with {grid.Cells.X} x {grid.Cells.Y} x {grid.Cells.Z} cells of "
            + $"{grid.Spacing.X:g6} x {grid.Spacing.Y:g6} x {grid.Spacing.Z:g6} m";
}
