using System.Globalization;
using MesoLiMg.Cli.Commands;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Cli.Sweeps;

/// <summary>The points of a sweep as a table: all of it in a file, some of it for people.</summary>
internal sealed class SweepTable
{
    private static readonly string[] DefaultColumns =
        ["time", "charge", "x_mean", "x_se", "x_collector", "theta", "von_mises_max_off_corner", "potential_chem_difference", "potential_mech_difference"];

    private readonly SweepPlan plan;
    private readonly IReadOnlyList<HistoryColumn> quantities, shown;

    /// <param name="plan">The points.</param>
    /// <param name="show">Names of history columns that people want to see; null for a choice.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public SweepTable(SweepPlan plan, IReadOnlyList<string>? show)
    {
        this.plan = plan;
        // Points of different domains may have the same quantity in different units.
        quantities = [.. plan.Points.Select(point => point.Case.Domain.Kind).Distinct().SelectMany(History.ColumnsOf).DistinctBy(column => column.Heading)];
        foreach (var name in show ?? [])
        {
            if (!quantities.Any(column => column.Name == name))
                throw new InputException($"--show {name}: no history column is called '{name}'{Words.Suggest(name, quantities.Select(column => column.Name).Distinct())}");
        }
        shown = [.. (show ?? DefaultColumns).SelectMany(name => quantities.Where(column => column.Name == name))];
    }

    /// <summary>Writes <c>sweep.csv</c>, whole or not at all: a row per point, with the last row of its history once it has finished.</summary>
    public void Write(string path)
    {
        IEnumerable<string> headings = ["run", .. plan.Variations.Select(variation => variation.Heading), .. quantities.Select(column => column.Heading), "status", "reason"];
        AtomicFile.WriteText(path, string.Concat(plan.Points.Select(Row).Prepend(headings).Select(cells => string.Join(",", cells.Select(Quoted)) + "\n")));
    }

    /// <summary>Prints the varied entries and the quantities to show, as far as any point has a value of them.</summary>
    public void Print(TextWriter output)
    {
        HistoryColumn[] columns = [.. shown.Where(column => plan.Points.Any(point => Cell(point, column) != ""))];
        var table = People.Table([.. plan.Variations.Select(variation => variation.Heading), .. columns.Select(column => $"{column.Name} [{People.Unit(column.Unit)}]"), "status"]);
        table.Columns[^1].Alignment = Spectre.Console.Justify.Left;
        foreach (var point in plan.Points)
            table.Add([.. Values(point), .. columns.Select(column => ForPeople(Cell(point, column), column.Unit)), Word(point.Status)]);
        People.Print(output, table);
    }

    private IEnumerable<string> Row(SweepPoint point) =>
        [point.Name, .. Values(point), .. quantities.Select(column => Cell(point, column)), Word(point.Status), point.Reason];

    private IEnumerable<string> Values(SweepPoint point) => plan.Variations.Zip(point.Values, (variation, value) => variation.Cell(value));

    private static string Cell(SweepPoint point, HistoryColumn column) => point.EndQuantities.GetValueOrDefault(column.Heading, "");

    private static string ForPeople(string cell, string unit) => cell == "" ? "" : People.Value(double.Parse(cell, CultureInfo.InvariantCulture), unit);

    private static string Word(PointStatus status) => status.ToString().ToLowerInvariant();

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;
}
