using System.Globalization;
using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>A unit of length in which points are given and named.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="PerMetre">How many make a metre; a divisor, so that 140 nm is the double nearest to 1.4e-7.</param>
public sealed record LengthUnit(string Name, double PerMetre)
{
    public static readonly LengthUnit Metre = new("m", 1), Nanometre = new("nm", 1e9);

    private static readonly LengthUnit[] Known = [Metre, new("mm", 1e3), new("um", 1e6), new("µm", 1e6), Nanometre];

    public static LengthUnit Parse(string name) => Known.FirstOrDefault(unit => unit.Name == name)
        ?? throw new InputException(
            $"--unit {name}: not a known unit of length; use {string.Join(", ", Known.Select(unit => unit.Name))}");
}

/// <summary>
/// The points of <c>--points</c> and <c>--line</c>, in metres, one coordinate per axis of the domain.
/// </summary>
public static class ProbePoints
{
    private const int MostPoints = 1_000_000;

    /// <summary>Points such as <c>0,140;50,70</c>.</summary>
    public static IReadOnlyList<double[]> Parse(string text, LengthUnit unit) =>
        [.. text.Split(';').Select(point => Point(point, unit, $"--points {text}"))];

    /// <summary>Equally spaced points such as <c>0,0;0,140;141</c>: from, to, number.</summary>
    public static IReadOnlyList<double[]> ParseLine(string text, LengthUnit unit)
    {
        var option = $"--line {text}";
        if (text.Split(';') is not [var first, var last, var number])
            throw new InputException($"{option}: expected 'from;to;number' such as '0,0;0,140;141'");
        if (!int.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
            || count is < 2 or > MostPoints)
            throw new InputException($"{option}: '{number.Trim()}' is not a number of points from 2 to {MostPoints}");
        var (from, to) = (Point(first, unit, option), Point(last, unit, option));
        if (from.Length != to.Length)
            throw new InputException($"{option}: the ends have {from.Length} and {to.Length} coordinates");
        return [.. Enumerable.Range(0, count).Select(i => Between(from, to, i, count - 1))];
    }

    /// <summary>
    /// Refuses points outside the domain; what lies outside by round-off is taken to lie on the face.
    /// </summary>
    /// <returns>The points, all of them in the domain.</returns>
    public static IReadOnlyList<double[]> Inside(GridShape grid, IReadOnlyList<double[]> points, LengthUnit unit) =>
        [.. points.Select(point => Inside(grid, point, unit))];

    /// <summary>Names of a domain's axes, in the order of a point's coordinates.</summary>
    public static string[] AxisNames(GridShape grid) => grid.Kind switch
    {
        DomainKind.Slab => ["z"],
        DomainKind.Axisymmetric => ["r", "z"],
        DomainKind.PlaneStrain => ["x", "z"],
        _ => ["x", "y", "z"],
    };

    /// <summary>Lengths [m] of a domain's axes, in the order of a point's coordinates.</summary>
    public static double[] Lengths(GridShape grid)
    {
        double[] all = [grid.Cells.X * grid.Spacing.X, grid.Cells.Y * grid.Spacing.Y, grid.Cells.Z * grid.Spacing.Z];
        return [.. all.Where((_, axis) => grid.Has(axis))];
    }

    /// <summary>Low ends [m] of a domain's axes: 0, along z the bottom of the layer below the film.</summary>
    private static double[] Low(GridShape grid) =>
        [.. Lengths(grid).Select((_, i) => i == Lengths(grid).Length - 1 ? grid.Origin.Z : 0)];

    private static double[] Inside(GridShape grid, double[] point, LengthUnit unit)
    {
        const double roundOff = 1e-9;
        var (names, lengths, low) = (AxisNames(grid), Lengths(grid), Low(grid));
        if (point.Length != names.Length)
            throw new InputException(
                $"point {Text(point, unit)}: a point of this domain has {names.Length} "
                + $"coordinate{(names.Length == 1 ? "" : "s")} ({string.Join(", ", names)})");
        double[] at = [.. point.Zip(low).Select(pair => pair.First - pair.Second)];
        if (at.Zip(lengths).Any(
            pair => !(pair.First >= -roundOff * pair.Second && pair.First <= (1 + roundOff) * pair.Second)))
        {
            string Number(double metres) => (metres * unit.PerMetre).ToString("G10", CultureInfo.InvariantCulture);
            var domain = names.Select((name, i) => $"{name} from {Number(low[i])} to {Number(low[i] + lengths[i])}");
            throw new InputException(
                $"point {Text(point, unit)} lies outside the domain: {string.Join(", ", domain)} {unit.Name}");
        }
        return [.. point.Select((x, i) => Math.Clamp(x, low[i], low[i] + lengths[i]))];
    }

    private static double[] Between(double[] from, double[] to, int i, int last) =>
        [.. from.Zip(to).Select(pair => i == last ? pair.Second : pair.First + (pair.Second - pair.First) * i / last)];

    private static double[] Point(string text, LengthUnit unit, string option) =>
        [.. text.Split(',').Select(coordinate =>
        double.TryParse(coordinate, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value / unit.PerMetre
            : throw new InputException($"{option}: '{coordinate.Trim()}' is not a number"))];

    private static string Text(double[] point, LengthUnit unit) =>
        $"({string.Join(", ", point.Select(x => (x * unit.PerMetre).ToString("G10", CultureInfo.InvariantCulture)))}) "
            + $"{unit.Name}";
}
