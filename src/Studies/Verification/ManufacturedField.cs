using MesoLiMg.Device;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Studies.Verification;

/// <summary>Sources of lithium that make a chosen field the solution, and the domains they are tried on.</summary>
internal static class ManufacturedField
{
    /// <summary>Edge of all domains [m].</summary>
    public const double Size = 100e-9;

    /// <summary>Names of domains in titles.</summary>
    public static string Name(DomainKind kind) =>
        kind switch
        {
            DomainKind.Axisymmetric => "rotational symmetry",
            DomainKind.ThreeD => "three dimensions",
            _ =>
        "plane strain"
        };

    /// <summary>Levels of so many cells along each axis.</summary>
    /// <param name="lateral">What the case's <c>domain.lateral</c> is to be.</param>
    /// <param name="overrides">Of all levels.</param>
    public static IReadOnlyList<Level> Levels(DomainKind kind, string lateral, IEnumerable<int> cells,
        params string[] overrides) =>
        [.. cells.Select(n => new Level($"{n}", [Domain(kind, lateral, n), .. overrides]))];

    private static string Domain(DomainKind kind, string lateral, int n) => kind switch
    {
        DomainKind.Axisymmetric =>
            $"domain={{ kind: axisymmetric, radius: 100 nm, height: 100 nm, cells: [{n}, {n}], lateral: {lateral} }}",
        DomainKind.ThreeD => $"domain={{ kind: 3d, size: [100 nm, 100 nm, 100 nm], cells: [{n}, {n}, {n}], lateral: "
            + $"{lateral} }}",
        _ => $"domain={{ kind: plane-strain, size: [100 nm, 100 nm], cells: [{n}, {n}], lateral: {lateral} }}",
    };

    /// <summary>
    /// Puts a source on a simulation. What the sum over the cells leaves, an error of second order, is taken off
    /// evenly: a closed body has a steady state only where nothing is made in all.
    /// </summary>
    /// <param name="rate">∂x/∂t of what is made, by the case and the centre of a cell [1/s].</param>
    public static Action<Simulation> Source(Func<Case, double, double, double, double> rate) => simulation =>
    {
        var (grid, device) = (simulation.Grid, simulation.Device);
        var (source, volume) = (grid.CellField<double>(), device.Download(simulation.Diffusion.Film.Geometry.Volume));
        var values = device.Download(source);
        var cells = VerifiedRun.Centres(simulation.Shape)
            .Select((at, i) => (Volume: volume[i % grid.X + 1], Rate: rate(simulation.Document.Case, at.X, at.Y, at.Z)))
            .ToList();
        var mean = cells.Sum(cell => cell.Volume * cell.Rate) / cells.Sum(cell => cell.Volume);
        foreach (var (i, cell) in cells.Index())
            values[grid.Layout.Index(i % grid.X, i / grid.X % grid.Y, i / (grid.X * grid.Y))] =
                cell.Volume * (cell.Rate - mean);
        device.Upload<double>(values, source);
        simulation.Diffusion.Source = source;
    };
}

/// <summary>A mode between faces that nothing passes: cos(πs) along x, y and z, J₀ along r, s from 0 to 1.</summary>
/// <param name="kind">Domain.</param>
/// <param name="hasZ">Whether it varies along z.</param>
internal readonly struct Mode(DomainKind kind, bool hasZ = true)
{
    /// <summary>The first zero of J₁.</summary>
    private const double Bessel = 3.8317059702075123;

    private const double PerLength = Math.PI / ManufacturedField.Size;

    /// <summary>k²: ∇²f = -k² f.</summary>
    public double Decay => Lateral + (hasZ ? PerLength * PerLength : 0);

    private double Lateral => kind switch
    {
        DomainKind.Axisymmetric => Math.Pow(Bessel / ManufacturedField.Size, 2),
        DomainKind.ThreeD => 2 * PerLength * PerLength,
        _ => PerLength * PerLength,
    };

    /// <summary>f and |∇f|².</summary>
    public (double Value, double Slope) At(double x, double y, double z)
    {
        var k = Bessel / ManufacturedField.Size;
        var along = kind == DomainKind.Axisymmetric ? (Value: J(0, k * x), Slope: -k * J(1, k * x)) : Cosine(x);
        var (across, up) = (Cosine(y), hasZ ? Cosine(z) : (Value: 1, Slope: 0));
        var (dx, dy, dz) = (along.Slope * across.Value * up.Value, along.Value * across.Slope * up.Value,
            along.Value * across.Value * up.Slope);
        return (along.Value * across.Value * up.Value, dx * dx + dy * dy + dz * dz);
    }

    private static (double Value, double Slope) Cosine(double s) =>
        (Math.Cos(PerLength * s), -PerLength * Math.Sin(PerLength * s));

    private static double J(int order, double x) =>
        x == 0 ? 1 - order : MathNet.Numerics.SpecialFunctions.BesselJ(order, x);
}
