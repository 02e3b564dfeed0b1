using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.IO;

/// <summary>Which cells and nodes of a snapshot are cut out of the body, by its field <c>phase</c>.</summary>
public static class Voids
{
    private const string Phase = "phase";

    /// <summary>Whether cells are void; null where none is.</summary>
    public static bool[]? Of(SnapshotFile file) => file.Cells.FirstOrDefault(field => field.Name == Phase)
        is { IsInteger: true } phase ? Of(file.Read(phase)) : null;

    /// <inheritdoc cref="Of(SnapshotFile)"/>
    public static bool[]? Of(Snapshot snapshot) => Of(snapshot.Cells.FirstOrDefault(field => field.Name == Phase));

    /// <summary>Whether nodes belong to no cell of the body.</summary>
    /// <param name="cells">Whether cells are void, layers included.</param>
    public static bool[] Nodes(GridShape grid, bool[] cells)
    {
        var (nx, ny, _) = grid.Nodes;
        var isVoid = Enumerable.Repeat(true, checked((int)grid.NodeCount)).ToArray();
        for (var cell = 0; cell < cells.Length; cell++)
        {
            if (cells[cell])
                continue;
            var (x, y, z) = (cell % grid.Cells.X, cell / grid.Cells.X % grid.Cells.Y,
                cell / grid.Cells.X / grid.Cells.Y);
            for (var corner = 0; corner < 8; corner++)
            {
                // An axis that the domain lacks has one node.
                var (i, j, k) = (Math.Min(x + (corner & 1), nx - 1), Math.Min(y + (corner >> 1 & 1), ny - 1),
                    z + (corner >> 2));
                isVoid[(k * ny + j) * nx + i] = false;
            }
        }
        return isVoid;
    }

    private static bool[]? Of(SnapshotField? phase) => phase?.Data is int[] ids && ids.Contains(Materials.VoidPhase)
        ? Array.ConvertAll(ids, id => id == Materials.VoidPhase) : null;
}
