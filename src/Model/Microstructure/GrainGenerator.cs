namespace MesoLiMg.Model;

/// <summary>Makes the grains that a case describes by kind, size and seed.</summary>
public static class GrainGenerator
{
    /// <summary>
    /// What separates the random numbers of orientations from those of grains, so that neither depends on how many the
    /// other takes.
    /// </summary>
    private const ulong OrientationStream = 0xA5A5_5A5A_0123_4567;

    /// <summary>The grains of a case; null where it has none.</summary>
    /// <exception cref="ArgumentException">They come from a file.</exception>
    /// <exception cref="InputException">A grain is too small for the grid.</exception>
    public static GrainMap? Of(Case @case)
    {
        if (@case.Microstructure is not { } microstructure)
            return null;
        if (microstructure.Kind == GrainKind.File)
            throw new ArgumentException("grains from a file are read, not made", nameof(@case));
        var grid = GridShape.Of(@case.Domain);
        var (lateral, axes) = (LateralFaces.Of(@case.Domain), AxesOf(microstructure.Kind, grid));
        bool[] periodic = [lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic, false];
        var diagram = Diagram(microstructure, grid, axes, periodic);
        var seeds = Fill(grid, axes, diagram);
        // An array of hexagons has seeds outside of the box, and a plate is cut out afterwards: neither is a grain too
        // small for the cells.
        var lost = microstructure.Kind == GrainKind.Hexagonal ? 0 : diagram.Seeds.Length - seeds.Distinct().Count();
        Hexagon.Of(@case.Domain)?.Cut(seeds);
        var (grain, count) = Numbered(seeds);
        return new(grid, grain, Orientations(microstructure, count, []), axes, periodic)
        {
            WithoutCells = lost,
            OrientationSource = SourceOf(microstructure),
        };
    }

    /// <summary>Orientations of grains: those given by the case, else by the file, else drawn.</summary>
    /// <param name="known">What a file says of grain 1, 2, ...; empty where it says nothing.</param>
    public static IReadOnlyList<Orientation> Orientations(MicrostructureCase microstructure, int count,
        IReadOnlyList<Orientation> known)
    {
        var random = new SplitMix64((ulong)microstructure.Seed ^ OrientationStream);
        var given = microstructure.Orientations.Select(Orientation.Of).ToList();
        return [.. Enumerable.Range(0, count).Select(grain =>
            given.Count > 0 ? given[grain % given.Count]
            : known.Count > 0 ? known[grain]
            : microstructure.Texture.Kind == TextureKind.Random ? Orientation.Random(random)
                : Orientation.Fibre(random, microstructure.Texture.Spread))];
    }

    /// <summary>Where orientations are from that no file gives, for people.</summary>
    public static string SourceOf(MicrostructureCase microstructure)
    {
        if (microstructure.Orientations.Count > 0) return "microstructure.orientations of the case";
        var texture = microstructure.Texture;
        var spread = texture.Spread == 0 ? "" : $" with a spread of {Units.Format(texture.Spread, "deg")}";
        var kind = texture.Kind == TextureKind.Random ? "random" : $"fibre along z{spread}";
        return $"drawn, {kind}, seed "
            + $"{microstructure.Seed}{(microstructure.Kind == GrainKind.File ? "; the file has none" : "")}";
    }

    /// <summary>The axes along which grains of a kind differ.</summary>
    internal static int[] AxesOf(GrainKind kind, GridShape grid) =>
        [.. Enumerable.Range(0, 3)
            .Where(axis => grid.Has(axis)
            && kind switch { GrainKind.Layers => axis == 2, GrainKind.Columnar or GrainKind.Hexagonal => axis < 2,
            _ => true })];

    private static Tessellation Diagram(MicrostructureCase microstructure, GridShape grid, int[] axes, bool[] periodic)
    {
        double[] all = [grid.Cells.X * grid.Spacing.X, grid.Cells.Y * grid.Spacing.Y, grid.Cells.Z * grid.Spacing.Z];
        int[] cells = [grid.Cells.X, grid.Cells.Y, grid.Cells.Z];
        double[] lengths = [.. axes.Select(axis => all[axis])];
        bool[] repeats = [.. axes.Select(axis => periodic[axis])];
        if (microstructure.Kind is GrainKind.Hexagonal or GrainKind.Layers)
            return new(lengths, repeats, axes.Length == 1 ? Row(microstructure, lengths[0])
                : Hexagons(microstructure, lengths, repeats));
        var random = new SplitMix64((ulong)microstructure.Seed);
        var seeds = Enumerable.Range(0, Count(microstructure, lengths))
            .Select(_ => lengths.Select(length => length * random.Uniform()).ToArray()).ToArray();
        var diagram = new Tessellation(lengths, repeats, seeds);
        if (microstructure.SizeSpread is { } spread)
            LaguerreFit.Apply(diagram, lengths, [.. axes.Select(axis => cells[axis])], spread, random);
        return diagram;
    }

    /// <summary>As many grains as fill the box with circles or balls of the mean size.</summary>
    private static int Count(MicrostructureCase microstructure, double[] lengths)
    {
        if (microstructure.Grains is { } grains)
            return grains;
        var d = microstructure.GrainSize!.Value;
        var one = lengths.Length switch { 1 => d, 2 => Math.PI / 4 * d * d, _ => Math.PI / 6 * d * d * d };
        var count = lengths.Aggregate(1.0, (product, length) => product * length) / one;
        return count < 1e6 ? Math.Max(1, (int)Math.Round(count))
            : throw new InputException($"microstructure.grain_size: makes {count:0.#e0} grains, more than a million");
    }

    private static double[][] Row(MicrostructureCase microstructure, double length)
    {
        var count = Count(microstructure, [length]);
        return [.. Enumerable.Range(0, count).Select(k => new[] { (k + 0.5) / count * length })];
    }

    /// <summary>
    /// The triangular lattice of the centres of hexagons, one of them at the corner x = y = 0, where a quarter of a
    /// film begins. Along a periodic axis the lattice is stretched to fit.
    /// </summary>
    private static double[][] Hexagons(MicrostructureCase microstructure, double[] lengths, bool[] periodic)
    {
        var y = microstructure.GrainSize
            ?? Math.Sqrt(lengths[0] * lengths[1] / microstructure.Grains!.Value * 2 / Math.Sqrt(3));
        var x = y * Math.Sqrt(3) / 2;
        if (periodic[0])
            x = lengths[0] / (2 * Math.Max(1, (int)Math.Round(lengths[0] / (2 * x))));
        if (periodic[1])
            y = lengths[1] / Math.Max(1, (int)Math.Round(lengths[1] / y));
        // A column more at open ends, whose hexagons may reach into the box.
        var (columns, rows) = ((int)Math.Round(lengths[0] / x) + (periodic[0] ? 0 : 2), (int)Math.Round(lengths[1] / y)
            + (periodic[1] ? 0 : 2));
        return columns * (double)rows < 1e6
            ? [.. from i in Enumerable.Range(0, columns) from j in Enumerable.Range(0, rows) select new[] {
                i * x, (j + (i % 2 == 0 ? 0 : 0.5)) * y }]
            : throw new InputException("microstructure: makes more than a million grains");
    }

    /// <summary>Asks for the seed of each cell's centre, counted from 1.</summary>
    private static int[] Fill(GridShape grid, int[] axes, Tessellation diagram)
    {
        diagram.Sort();
        var (nx, ny, nz) = grid.Cells;
        int[] cells = [nx, ny, nz];
        double[] spacing = [grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z];
        var seeds = new int[checked((int)grid.CellCount)];
        Parallel.For(0, nz * ny, row =>
        {
            Span<double> point = stackalloc double[axes.Length], offset = stackalloc double[axes.Length];
            Span<int> at = [0, row % ny, row / ny];
            // Columns repeat their lowest layer, which is filled afterwards.
            if (!axes.Contains(2) && at[2] > 0)
                return;
            for (var x = 0; x < nx; x++)
            {
                at[0] = x;
                for (var a = 0; a < axes.Length; a++)
                    point[a] = (at[axes[a]] + 0.5) * spacing[axes[a]];
                seeds[row * nx + x] = diagram.Find(point, offset) + 1;
            }
        });
        for (var z = 1; z < nz && !axes.Contains(2); z++)
            Array.Copy(seeds, 0, seeds, z * nx * ny, nx * ny);
        return seeds;
    }

    /// <summary>
    /// Numbers 1, 2, ... in the order of the seeds that have cells, so that grains are numbered without gaps; 0 stays
    /// 0.
    /// </summary>
    private static (int[] Grain, int Count) Numbered(int[] seeds)
    {
        var present = seeds.Where(seed => seed > 0).Distinct().Order().ToArray();
        var number = present.Select((seed, i) => (seed, i)).ToDictionary(pair => pair.seed, pair => pair.i + 1);
        number[0] = 0;
        return ([.. seeds.Select(seed => number[seed])], present.Length);
    }
}
