namespace MesoLiMg.Tests.Crystals;

/// <summary>
/// A grain boundary that lies anyhow in the grid: how far a cloud on it spreads along it. Integrated along the boundary
/// lithium diffuses as if there were none, so that of N the amount N/√(2π(σ² + 2Dt)) is on it per width, and the mean
/// square along it is σ² + 2Dt + s √(2/π)/D (√(σ² + 2Dt) - σ) with s = δ D_gb.
/// </summary>
public class InclinedBoundaryTests
{
    private const double D = 1e-15, S = 2e-23, Sigma = 10e-9, Time = 0.1, Box = 200e-9;

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(30)]
    [InlineData(45)]
    [InlineData(70)]
    public void Lithium_spreads_along_a_boundary_at_any_angle_as_the_sharp_line_says(double degrees)
    {
        var (tx, tz) = (Math.Cos(degrees * Math.PI / 180), Math.Sin(degrees * Math.PI / 180));
        double[] errors = [.. new[] { 20, 40, 80 }.Select(
            n => Excess("kind: plane-strain, size: [200 nm, 200 nm], cells: [{n}, {n}]", n, (-tz, 0, tx), (tx, 0, tz))[
            0])];
        Assert.InRange(errors[0], -0.2, 0.02);
        Assert.InRange(errors[1], -0.07, 0.02);
        Assert.InRange(errors[2], -0.02, 0.02);
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 3)]
    public void Lithium_spreads_along_a_plane_that_lies_anyhow_as_the_sharp_plane_says(double x, double y, double z)
    {
        var (length, flat) = (Math.Sqrt(x * x + y * y + z * z), Math.Sqrt(x * x + z * z));
        // Two directions in the plane.
        (double, double, double)[] along =
            [(z / flat, 0, -x / flat), (x * y / length / flat, -flat / length, z * y / length / flat)];
        double[][] errors = [.. new[] {
            20, 40 }.Select(n => Excess("kind: 3d, size: [200 nm, 200 nm, 200 nm], cells: [{n}, {n}, {n}]", n,
            (x / length, y / length, z / length), along))];
        for (var i = 0; i < 2; i++)
        {
            Assert.InRange(errors[1][i], -0.085, 0.02);
            Assert.InRange(errors[1][i] / errors[0][i], 0, 0.5);
        }
    }

    /// <summary>What the boundary adds to the mean square along directions in it, over the exact one, less 1.</summary>
    private static double[] Excess(string domain, int n, (double X, double Y, double Z) normal,
        params (double X, double Y, double Z)[] along)
    {
        var text = $"domain: {{ {domain.Replace("{n}", $"{n}")} }}\n" + """
            material: { diffusivity: 1e-11 cm^2/s }
            microstructure: { kind: layers, grains: 2, boundaries: { width: 1 nm, diffusivity: 2e-10 cm^2/s } }
            """;
        // Off the middle, so that no cell's centre lies on the boundary.
        var centre = Box / 2 + 0.37e-9;
        double Dot((double X, double Y, double Z) v, double x, double y, double z) =>
            v.X * (x - centre) + v.Z * (z - centre) + v.Y * (y - centre);
        using var body = new GrainBody(text, (x, y, z) => Dot(normal, x, y, z) > 0 ? 2 : 1);
        var inSpace = domain.Contains("3d") ? 1 : 0;
        body.Set((x, y, z) => 0.1 * Math.Exp(
            -(Math.Pow(x - centre, 2) + inSpace * Math.Pow(y - centre, 2) + Math.Pow(z - centre, 2))
            / (2 * Sigma * Sigma)));
        double[] Squares() => [
            .. along.Select(direction => body.Mean((x, y, z) => Math.Pow(Dot(direction, x, y, z), 2)))];
        var start = Squares();
        body.Advance(Time, 30);
        var exact = S * Math.Sqrt(2 / Math.PI) / D * (Math.Sqrt(Sigma * Sigma + 2 * D * Time) - Sigma);
        return [.. Squares().Zip(start, (after, before) => (after - before - 2 * D * Time) / exact - 1)];
    }
}
