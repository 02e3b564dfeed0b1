using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>What the phases of a snapshot are, by the case in it.</summary>
public static class SnapshotPhases
{
    /// <summary>
    /// Fields of a snapshot that exist only where lithium can be: in other phases they are zeros that say nothing.
    /// </summary>
    public static IReadOnlySet<string> FieldsOfLithium { get; } = new HashSet<string> {
        "x", "concentration", "potential_chem", "potential_mech", "potential", "energy_per_mg",
        "energy_per_li", "flux" };

    /// <summary>
    /// Phases that hold no lithium and their names (<see cref="InertPhases"/>); none where this version does not read
    /// the case.
    /// </summary>
    public static IReadOnlyDictionary<int, string> Inert(SnapshotFile file) => Inert(file.CaseText, file.Path);

    private static IReadOnlyDictionary<int, string> Inert(string caseText, string name)
    {
        try
        {
            return InertPhases.Of(CaseReader.Parse(caseText, name, []).Case);
        }
        catch (InputException)
        {
            return new Dictionary<int, string>();
        }
    }

    /// <summary>
    /// Whether cells are of a phase that holds no lithium; null where none is. Without the field <c>phase</c> the
    /// layers alone are known.
    /// </summary>
    public static bool[]? InertCells(SnapshotFile file) =>
        InertCells(Inert(file), file.Grid, () => file.Cells.FirstOrDefault(field => field.Name == "phase")
            is { IsInteger: true } phase ? file.Read(phase) : null);

    /// <inheritdoc cref="InertCells(SnapshotFile)"/>
    public static bool[]? InertCells(Snapshot snapshot) =>
        InertCells(Inert(snapshot.CaseText, "case.yaml"), snapshot.Grid, () =>
            snapshot.Cells.FirstOrDefault(field => field.Name == "phase"));

    private static bool[]? InertCells(IReadOnlyDictionary<int, string> inert, GridShape grid,
        Func<SnapshotField?> phase)
    {
        if (inert.Count == 0)
            return null;
        var cells = phase()?.Data is int[] ids ? Array.ConvertAll(ids, inert.ContainsKey) : Layers(grid);
        return cells.Contains(true) ? cells : null;
    }

    /// <summary>Whether cells are those of layers.</summary>
    private static bool[] Layers(GridShape grid)
    {
        var plane = grid.Cells.X * grid.Cells.Y;
        var cells = new bool[plane * grid.Cells.Z];
        cells.AsSpan(0, plane * grid.Layers.Below).Fill(true);
        cells.AsSpan(cells.Length - plane * grid.Layers.Above).Fill(true);
        return cells;
    }
}
