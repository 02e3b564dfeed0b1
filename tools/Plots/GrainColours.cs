using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>
/// Colours of grains, as few as a table has, so that grains that touch differ; paraview/picture.py chooses in the same
/// way.
/// </summary>
public static class GrainColours
{
    /// <summary>
    /// The number of a colour for each grain, from 0: the one that the fewest grains have among those that no neighbour
    /// has.
    /// </summary>
    /// <param name="grid">The cells. Cells at opposite lateral faces count as neighbours, because films repeat.</param>
    /// <param name="grain">Grain of every cell, x fastest.</param>
    /// <param name="colours">Number of colours.</param>
    public static int[] Of(GridShape grid, int[] grain, int colours)
    {
        var neighbours = Neighbours(grid, grain);
        var chosen = Enumerable.Repeat(-1, neighbours.Length).ToArray();
        var used = new int[colours];
        foreach (var self in SmallestLast(neighbours))
        {
            var taken = neighbours[self].Select(other => chosen[other]).ToHashSet();
            chosen[self] = Enumerable.Range(0, colours).MinBy(colour => (taken.Contains(colour), used[colour], colour));
            used[chosen[self]]++;
        }
        return chosen;
    }

    /// <summary>
    /// Grains in the reverse of the order in which the one with the fewest neighbours left is taken away: each then
    /// finds few neighbours that have chosen before it, at most five in a plane and about ten in space.
    /// </summary>
    private static Stack<int> SmallestLast(HashSet<int>[] neighbours)
    {
        var (order, left) = (new Stack<int>(), neighbours.Select(others => others.Count).ToArray());
        var queue = new PriorityQueue<int, (int Left, int Grain)>(
            left.Select((count, grain) => (grain, (count, grain))));
        while (queue.TryDequeue(out var grain, out var found))
        {
            if (found.Left != left[grain])
                continue;
            left[grain] = -1;
            order.Push(grain);
            foreach (var other in neighbours[grain].Where(other => left[other] >= 0))
                queue.Enqueue(other, (--left[other], other));
        }
        return order;
    }

    private static HashSet<int>[] Neighbours(GridShape grid, int[] grain)
    {
        var (nx, ny, nz) = grid.Cells;
        var found = Enumerable.Range(0, grain.Max() + 1).Select(_ => new HashSet<int>()).ToArray();
        void Touch(int a, int b)
        {
            if (a == b)
                return;
            found[a].Add(b);
            found[b].Add(a);
        }
        for (var z = 0; z < nz; z++)
        {
            for (var y = 0; y < ny; y++)
            {
                for (var x = 0; x < nx; x++)
                {
                    int At(int i, int j, int k) => grain[(k * ny + j) * nx + i];
                    Touch(At(x, y, z), At((x + 1) % nx, y, z));
                    Touch(At(x, y, z), At(x, (y + 1) % ny, z));
                    Touch(At(x, y, z), At(x, y, Math.Min(z + 1, nz - 1)));
                }
            }
        }
        return found;
    }
}
