namespace MesoLiMg.Model;

/// <summary>A part of a body whose cells hang together by their faces.</summary>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Cells">How many cells it has.</param>
/// <param name="Low">Smallest indices of its cells along x, y, z.</param>
/// <param name="High">Largest indices of its cells along x, y, z.</param>
public sealed record Piece(int Number, int Cells, int[] Low, int[] High);

/// <summary>The parts of a body that do not touch each other by faces of cells.</summary>
public sealed class Pieces
{
    private readonly GridShape grid;
    private readonly int[] extents;

    /// <summary>Finds them.</summary>
    /// <param name="grid">Grid.</param>
    /// <param name="periodicX">Whether the body goes on through the faces across x.</param>
    /// <param name="periodicY">Whether it goes on through those across y.</param>
    /// <param name="belongs">Whether a cell, x fastest, is of the body.</param>
    /// <param name="passes">Whether two neighbours hang together; null where all do.</param>
    public Pieces(
        GridShape grid, bool periodicX, bool periodicY, Func<int, bool> belongs, Func<int, int, bool>? passes = null)
    {
        (this.grid, Periodic) = (grid, [periodicX, periodicY, false]);
        extents = [grid.Cells.X, grid.Cells.Y, grid.Cells.Z];
        Of = new int[grid.CellCount];
        for (int cell = 0; cell < Of.Length; cell++) Of[cell] = belongs(cell) ? Unknown : None;
        List<Piece> all = [];
        Stack<int> open = [];
        for (int seed = 0; seed < Of.Length; seed++)
        {
            if (Of[seed] == Unknown) all.Add(Fill(seed, all.Count, open, passes));
        }
        All = all;
    }

    /// <summary>The number of cells of no piece.</summary>
    public const int None = -1;

    private const int Unknown = -2;

    /// <summary>Number of the piece of each cell, x fastest; <see cref="None"/> outside.</summary>
    public int[] Of { get; }

    /// <summary>The pieces, by number.</summary>
    public IReadOnlyList<Piece> All { get; }

    /// <summary>Whether the body goes on through the faces across x, y, z.</summary>
    public bool[] Periodic { get; }

    /// <summary>The cell at some distance from another; -1 outside.</summary>
    public int Neighbour(int cell, int dx, int dy, int dz)
    {
        int plane = extents[0] * extents[1];
        Span<int> at = [cell % extents[0] + dx, cell % plane / extents[0] + dy, cell / plane + dz];
        for (int axis = 0; axis < 3; axis++)
        {
            if (Periodic[axis]) at[axis] = (at[axis] + extents[axis]) % extents[axis];
            if (at[axis] < 0 || at[axis] >= extents[axis]) return -1;
        }
        return at[0] + extents[0] * (at[1] + extents[1] * at[2]);
    }

    /// <summary>Numbers of the pieces in a plane of cells across z.</summary>
    public HashSet<int> InPlane(int z)
    {
        int plane = extents[0] * extents[1];
        return [.. Of.AsSpan(z * plane, plane).ToArray().Where(number => number != None)];
    }

    /// <summary>How large a piece is and where: <c>12 cells at x = 0 to 20 nm, z = 10 to 30 nm</c>.</summary>
    public string Describe(Piece piece)
    {
        double[] spacing = [grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z];
        string[] names = [grid.Kind == DomainKind.Axisymmetric ? "r" : "x", "y", "z"];
        string Along(int axis) => $"{names[axis]} = {piece.Low[axis] * spacing[axis] * 1e9:G5} to "
            + $"{(piece.High[axis] + 1) * spacing[axis] * 1e9:G5} nm";
        string where = string.Join(", ", Enumerable.Range(0, 3).Where(grid.Has).Select(Along));
        return $"{piece.Cells:N0} cell{(piece.Cells == 1 ? "" : "s")} at {where}";
    }

    /// <summary>The largest of some pieces in words, and how many more there are.</summary>
    public string Describe(IReadOnlyCollection<Piece> pieces)
    {
        const int most = 3;
        Piece[] first = [.. pieces.OrderByDescending(piece => piece.Cells).Take(most)];
        int rest = pieces.Sum(piece => piece.Cells) - first.Sum(piece => piece.Cells);
        string more = rest > 0 ? $"; and {pieces.Count - most} more of {rest:N0} cells in all" : "";
        return string.Join("; ", first.Select(Describe)) + more;
    }

    private Piece Fill(int seed, int number, Stack<int> open, Func<int, int, bool>? passes)
    {
        int count = 0;
        int[] low = [int.MaxValue, int.MaxValue, int.MaxValue], high = [-1, -1, -1];
        Of[seed] = number;
        open.Push(seed);
        while (open.TryPop(out int cell))
        {
            count++;
            int plane = extents[0] * extents[1];
            Span<int> at = [cell % extents[0], cell % plane / extents[0], cell / plane];
            for (int axis = 0; axis < 3; axis++)
                (low[axis], high[axis]) = (Math.Min(low[axis], at[axis]), Math.Max(high[axis], at[axis]));
            for (int side = 0; side < 6; side++)
            {
                int step = side % 2 == 0 ? -1 : 1, axis = side / 2;
                int next = Neighbour(cell, axis == 0 ? step : 0, axis == 1 ? step : 0, axis == 2 ? step : 0);
                if (next < 0 || Of[next] != Unknown || passes?.Invoke(cell, next) == false) continue;
                Of[next] = number;
                open.Push(next);
            }
        }
        return new(number, count, low, high);
    }
}
