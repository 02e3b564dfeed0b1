using System.Globalization;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Sweeps;

/// <summary>The points of a sweep as a table: all of it in a file, some of it for people.</summary>
internal sealed class SweepTable
{
    private static readonly string[] DefaultColumns =
        ["time", "theta", "x_se", "x_collector", "von_mises_max_off_corner", "potential_chem_difference",
            "potential_mech_difference", "charge"];

    private readonly SweepPlan plan;
    private readonly IReadOnlyList<HistoryColumn> quantities, shown;
    private string[]? earlier;

    /// <param name="plan">The points.</param>
    /// <param name="show">Names of history columns that people want to see; null for a choice.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public SweepTable(SweepPlan plan, IReadOnlyList<string>? show)
    {
        this.plan = plan;
        // Points of different domains may have the same quantity in different units.
        quantities = [.. plan.Points.Select(point => point.Case.Domain.Kind).Distinct().SelectMany(History.ColumnsOf)
            .DistinctBy(column => column.Heading)];
        foreach (var name in show ?? [])
        {
            if (!quantities.Any(column => column.Name == name))
                throw new InputException(
                    $"--show {name}: no history column is called "
                    + $"'{name}'{Words.Suggest(name, quantities.Select(column => column.Name).Distinct())}");
        }
        shown = [.. (show ?? DefaultColumns).SelectMany(name => quantities.Where(column => column.Name == name))];
    }

    /// <summary>
    /// Writes <c>sweep.csv</c>, whole or not at all: a row per point, with the last row of its history once it has
    /// finished. Rows of other values of the same entries, from calls before, stay.
    /// </summary>
    public void Write(string path)
    {
        IEnumerable<string> headings = ["run", .. plan.Variations.Select(variation => variation.Heading),
            .. quantities.Select(column => column.Heading), "status", "reason"];
        var lines = plan.Points.Select(Row).Prepend(headings).Select(cells => string.Join(",", cells.Select(Quoted)))
            .ToArray();
        earlier ??= RowsOfOtherPoints(path, lines[0]);
        AtomicFile.WriteText(path,
            string.Concat(lines.Take(1).Concat(earlier).Concat(lines.Skip(1)).Select(line => line + "\n")));
    }

    private string[] RowsOfOtherPoints(string path, string heading)
    {
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var names = plan.Points.Select(point => Quoted(point.Name) + ",").ToArray();
        return lines.FirstOrDefault() == heading
            ? [.. lines.Skip(1).Where(line => !names.Any(name => line.StartsWith(name, StringComparison.Ordinal)))]
            : [];
    }

    /// <summary>
    /// Prints the varied entries and the quantities to show, as far as any point has a value of them.
    /// </summary>
    public void Print(TextWriter output)
    {
        List<string[]> columns =
        [
            .. plan.Variations.Select(
                (variation, i) => Column(LastPart(variation), point => variation.Cell(point.Values[i]))),
            .. shown.Where(quantity => plan.Points.Any(point => Cell(point, quantity) != "")).Select(quantity =>
                Column($"{quantity.Name} [{People.Unit(quantity.Unit)}]", point =>
                    ForPeople(Cell(point, quantity), quantity.Unit))),
            Column("status", point => Word(point.Status)),
        ];
        var table = new PeopleTable(columns.Select(column => column[0])) { Names = Math.Max(1, plan.Variations.Count) };
        table.Columns[^1].Alignment = Spectre.Console.Justify.Left;
        for (var row = 1; row <= plan.Points.Count; row++)
            table.Add(columns.Select(column => column[row]));
        People.Print(output, table);
    }

    /// <summary>A heading and the cells below it.</summary>
    private string[] Column(string heading, Func<SweepPoint, string> cell) => [heading, .. plan.Points.Select(cell)];

    /// <summary>A heading without the path to its entry, unless another one would look the same.</summary>
    private string LastPart(Variation variation)
    {
        string Last(string key) => key[(key.LastIndexOf('.') + 1)..];
        return plan.Variations.Count(other => Last(other.Key) == Last(variation.Key)) == 1
            ? Last(variation.Key) + variation.Heading[variation.Key.Length..] : variation.Heading;
    }

    private IEnumerable<string> Row(SweepPoint point) =>
        [point.Name, .. Values(point), .. quantities.Select(column => Cell(point, column)), Word(point.Status),
            point.Reason];

    private IEnumerable<string> Values(SweepPoint point) =>
        plan.Variations.Zip(point.Values, (variation, value) => variation.Cell(value));

    private static string Cell(SweepPoint point, HistoryColumn column) =>
        point.EndQuantities.GetValueOrDefault(column.Heading, "");

    private static string ForPeople(string cell, string unit) =>
        cell == "" ? "" : People.Value(double.Parse(cell, CultureInfo.InvariantCulture), unit);

    private static string Word(PointStatus status) => status.ToString().ToLowerInvariant();

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
