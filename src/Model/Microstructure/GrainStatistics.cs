namespace MesoLiMg.Model;

/// <summary>Figures of a microstructure.</summary>
public sealed class GrainStatistics
{
    /// <summary>Counts and measures.</summary>
    public GrainStatistics(GrainMap grains)
    {
        double[] spacing = [grains.Grid.Spacing.X, grains.Grid.Spacing.Y, grains.Grid.Spacing.Z];
        int[] cells = [grains.Grid.Cells.X, grains.Grid.Cells.Y, grains.Grid.Cells.Z];
        // Columns are measured by their cross-section.
        var repeats = Enumerable.Range(0, 3).Except(grains.Axes)
            .Aggregate(1.0, (product, axis) => product * cells[axis]);
        var size = grains.Axes.Aggregate(1.0, (product, axis) => product * spacing[axis]) / repeats;
        var counts = new long[grains.Count + 1];
        foreach (var grain in grains.Grain)
            counts[grain]++;
        Measure = grains.Axes switch
        {
            [var along] => $"length along {"xyz"[along]}",
            [_, _] => "diameter of the circle of equal area",
            _ => "diameter of the sphere of equal volume",
        };
        Widths = [.. counts.Skip(1).Select(count => Width(count * size, grains.Axes.Count))];
        var covered = counts.Skip(1).Sum() * spacing[0] * spacing[1] * spacing[2];
        BoundaryArea = new GrainBoundaries(grains).Area;
        BoundaryDensity = BoundaryArea / covered;
    }

    /// <summary>
    /// Widths of grains 1, 2, ... [m]: diameters of circles or balls of their size, or their lengths.
    /// </summary>
    public IReadOnlyList<double> Widths { get; }

    /// <summary>
    /// What a width is: by how many axes grains differ, a length, or the diameter of a circle or of a sphere of their
    /// size.
    /// </summary>
    public string Measure { get; }

    /// <summary>Mean width [m].</summary>
    public double Mean => Widths.Average();

    /// <summary>Standard deviation of the widths [m].</summary>
    public double Deviation => Math.Sqrt(Widths.Average(w => (w - Mean) * (w - Mean)));

    /// <summary>Standard deviation of ln(width).</summary>
    public double LogDeviation
    {
        get
        {
            var logs = Widths.Select(w => Math.Log(w)).ToList();
            var mean = logs.Average();
            return Math.Sqrt(logs.Average(l => (l - mean) * (l - mean)));
        }
    }

    /// <summary>
    /// Area of the grain boundaries [m², or per metre or square metre of the axes that the domain lacks].
    /// </summary>
    public double BoundaryArea { get; }

    /// <summary>Area of the grain boundaries per volume [1/m].</summary>
    public double BoundaryDensity { get; }

    private static double Width(double size, int axes) =>
        axes switch { 1 => size, 2 => Math.Sqrt(4 / Math.PI * size), _ => Math.Cbrt(6 / Math.PI * size) };
}
