namespace MesoLiMg.Model;

/// <summary>Measured points with a monotone cubic between them.</summary>
/// <param name="File">The file that they are in.</param>
public sealed record TabulatedLaw(string? File) : OcvLaw
{
    /// <inheritdoc/>
    public override bool NeedsFile => true;

    /// <inheritdoc/>
    public override string? PointsFile => File;

    /// <inheritdoc/>
    public override string[] Unused => [.. OfRedlichKister, .. OfRegularSolution];

    /// <inheritdoc/>
    public override (double Last, string What) Limit(OcvTable? points) => points is null
        ? base.Limit(points)
        : (points.X[^1], $"the table ends at {points.X[^1]:0.####}, beyond it {points.U[^1]:0.####} V is held");
}
