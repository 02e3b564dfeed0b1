using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Studies.Runs;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Report;

/// <summary>
/// A run as one HTML page that needs nothing beside itself. Its look and its behaviour are page.html, page.css and
/// page.js.
/// </summary>
internal static partial class RunReport
{
    private const int MostRows = 4000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the page.</summary>
    /// <param name="folder">Folder of a run.</param>
    /// <param name="page">The file to write.</param>
    /// <param name="notice">Told of what is left out.</param>
    /// <exception cref="InputException">The folder holds no run, or the page cannot be written.</exception>
    public static void Write(string folder, string page, Action<string> notice)
    {
        RunFolder.RequireFolder(folder);
        OutputPath.RequireFile(page);
        OwnFiles.Require(page, ".html");
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(Path.GetFullPath(page))!, Path.GetFileName(page));
        using var last = SnapshotFile.OpenLast(folder, notice);
        IReadOnlyList<string> snapshots =
            [.. RunFolder.Snapshots(folder).TakeWhile(path => path != last.Path), last.Path];
        var document = CaseReader.Read(RunFolder.CasePath(folder), []);
        var columns = History.ColumnsOf(document.Case.Domain.Kind);
        var history = Table.Read(RunFolder.HistoryPath(folder));
        var sections = ReportSections.Read(snapshots, notice);
        var data = new
        {
            sections.Sections,
            sections.Times,
            sections.Fields,
            sections.Inert,
            History = HistoryOf(history, columns),
            Maps = ColourMap.All.ToDictionary(map => map.Name, map => map.Hexes),
            Lines = ColourMap.Lines,
        };
        var parts = new Dictionary<string, string>
        {
            ["title"] = Html(document.Case.Title is { Length: > 0 } title ? title
                : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))),
            ["style"] = Resource("page.css"),
            ["script"] = Resource("page.js"),
            ["run"] = Rows(RunEntries(folder), ["entry", "value"]),
            ["case"] = Html(File.ReadAllText(RunFolder.CasePath(folder))),
            ["published"] = Published(document.Case, history, last, notice),
            ["end"] = Rows(AtEnd(history, columns), ["quantity", "value", "unit", "what it is"]),
            ["solver"] = Rows(Solver(history), ["quantity", "value"]),
            ["omitted"] = sections.Times.Count < snapshots.Count
                ? $"{sections.Times.Count} of {snapshots.Count} snapshots are shown. " : "",
            ["data"] = JsonSerializer.Serialize(data, Json),
        };
        AtomicFile.WriteText(page, Placeholder().Replace(Resource("page.html"), match => parts[match.Groups[1].Value]));
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(RunReport).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>The history's columns in the units shown, thinned to what a picture resolves.</summary>
    private static object HistoryOf(Table history, IReadOnlyList<HistoryColumn> columns)
    {
        var stride = Math.Max(1, (history.Count + MostRows - 1) / MostRows);
        int[] rows = [.. Enumerable.Range(0, history.Count).Where(row => (history.Count - 1 - row) % stride == 0)];
        return columns.Where(column => history.Names.Contains(column.Name)).Select(column =>
        {
            var (unit, factor) = People.Scale(column.Unit);
            return new
            {
                column.Name,
                Unit = unit,
                column.Help,
                Values = rows.Select(row => history.Number(row, column.Name) * factor).ToArray()
            };
        }).ToArray();
    }

    private static IEnumerable<string[]> RunEntries(string folder) => MesoLiMg.Studies.Runs.RunEntries.Of(folder)
        .Select(entry => new[] { entry.Name, entry.Value });

    private static string Published(Case @case, Table history, SnapshotFile last, Action<string> notice)
    {
        if (@case.Published.Count == 0 || history.Count == 0)
            return "<p>The case names no published values.</p>";
        double? AtPoint(PublishedCase entry)
        {
            try
            {
                return PublishedTable.AtPoint(entry, SnapshotProbe.Read(last, [[.. entry.At!]], LengthUnit.Nanometre));
            }
            catch (InputException e)
            {
                notice(e.Message);
                return null;
            }
        }
        var rows = PublishedTable.Rows(@case, entry => entry.Quantity is { } quantity
            ? history.Number(history.Count - 1, quantity) : AtPoint(entry));
        return Rows(rows.Select(
            row => new[] { row.Quantity, row.Unit, People.Number(row.Published), row.ComputedText, row.DifferenceText,
            row.Source }),
            ["quantity", "unit", "published", "computed", "difference", "source"]);
    }

    private static IEnumerable<string[]> AtEnd(Table history, IReadOnlyList<HistoryColumn> columns) =>
        history.Count == 0 ? [] :
        from column in columns
        where history.Names.Contains(column.Name)
        let value = history.Number(history.Count - 1, column.Name)
        where value is not null
        select new[] { column.Name, People.Value(value.Value, column.Unit), People.Unit(column.Unit), column.Help };

    /// <summary>What the solvers did in the whole run.</summary>
    private static IEnumerable<string[]> Solver(Table history)
    {
        double[] All(string column) =>
            [.. Enumerable.Range(0, history.Count).Select(row => history.Number(row, column)).OfType<double>()];
        yield return ["time steps", People.Number(All("step").LastOrDefault())];
        if (All("time_step").Where(length => length > 0).ToArray() is { Length: > 0 } lengths)
            yield return ["shortest and longest step [s]",
                $"{People.Number(lengths.Min())} to {People.Number(lengths.Max())}"];
        (string Column, string Name)[] counts =
        [
            ("cg_iterations", "iterations of the elasticity solver"),
                ("newton_steps", "linear systems solved for friction"),
            ("diffusion_iterations", "iterations of the diffusion solver"),
                ("coupling_iterations", "iterations between lithium and stress"),
        ];
        foreach (var (column, name) in counts)
        {
            if (All(column) is { Length: > 0 } values && values.Max() > 0)
                yield return [name, string.Create(CultureInfo.InvariantCulture,
                    $"{values.Sum():0} in all, {values.Average():0.0} a step, at most {values.Max():0}")];
        }
        foreach (var (column, name) in new[] { ("lithium_balance_error", "largest error of the lithium balance"),
            ("equilibrium_residual", "largest unbalanced force over the load") })
        {
            if (All(column) is { Length: > 0 } values)
                yield return [name, string.Create(CultureInfo.InvariantCulture, $"{values.Max(Math.Abs):0.0e+0}")];
        }
    }

    private static string Rows(IEnumerable<string[]> rows, string[] headings)
    {
        var table = new StringBuilder("<table><thead><tr>");
        foreach (var heading in headings)
            table.Append($"<th>{Html(heading)}</th>");
        table.Append("</tr></thead><tbody>");
        foreach (var row in rows)
            table.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Html(cell)}</td>")).Append("</tr>");
        return table.Append("</tbody></table>").ToString();
    }
}
