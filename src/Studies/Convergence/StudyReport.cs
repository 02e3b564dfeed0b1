using System.Globalization;
using MesoLiMg.IO;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Studies.Convergence;

/// <summary>What a study has found: a table, a file of numbers, and a paragraph for a paper.</summary>
internal sealed class StudyReport(Study study, IReadOnlyList<StudyRow> rows)
{
    private const string SteppedRim =
        "The rim towards the void cells goes in steps along the cells and changes its shape with the grid, which "
        + "limits the order: to about one for integrals over the plate, and stresses at the rim need not converge.";

    /// <summary>The files of a study beside its runs.</summary>
    public static readonly IReadOnlyList<string> Files = ["converge.csv", "converge.txt", "converge.svg"];

    /// <summary>Writes <c>converge.csv</c> and <c>converge.txt</c>, whole or not at all.</summary>
    public void Write(string folder)
    {
        var levels = study.Cases.Count;
        IEnumerable<string> heading =
        [
            "quantity", "unit", .. Enumerable.Range(1, levels).Select(level => $"level {level}"),
                .. Enumerable.Range(2, levels - 1).Select(level => $"change to level {level}"),
            "observed order", "richardson value", "error bar", "safety factor", "verdict",
        ];
        AtomicFile.WriteText(Path.Combine(folder, "converge.csv"),
            string.Concat(rows.Select(Cells).Prepend(heading).Select(cells => string.Join(",", cells) + "\n")));
        AtomicFile.WriteText(Path.Combine(folder, "converge.txt"), Paragraph() + "\n");
    }

    /// <summary>Prints what the study has found.</summary>
    public void Print(TextWriter output)
    {
        var table = People.Table(
            ["at the end", "unit", .. study.Cases.Select((_, level) => $"level {level + 1}"), "order", "limit",
            "error bar", ""]);
        table.Columns[^1].Alignment = Spectre.Console.Justify.Left;
        table.Columns[1].Alignment = Spectre.Console.Justify.Left;
        foreach (var row in rows.Where(row => row.Result.Verdict != Verdict.Exact))
        {
            var values = row.IsField ? row.Values.Select(value => Relative(value, row)).Prepend("")
                : row.Values.Select(value => People.Value(value, row.Unit));
            var bar = row.Result.ErrorBar is not { } half ? "" : row.IsField ? Relative(half, row)
                : $"{People.Value(half, row.Unit)} ({Relative(half, row)})";
            table.Add([row.Name, row.IsField ? "" : People.Unit(row.Unit), .. values, Order(row), row.Result.Richardson
                is { } limit ? People.Value(limit, row.Unit) : "", bar, Words(row.Result.Verdict)]);
        }
        People.Print(output, table);
        People.Say(output, "fields: change from the level before in the L² norm over the body, relative to the "
            + "field's own norm");
        if (study.HasSteppedRim)
            People.Say(output, $"note: {SteppedRim}");
        if (rows.Where(row => row.Result.Verdict == Verdict.Exact).Select(row => row.Name)
            .ToList() is { Count: > 0 } exact)
            People.Say(output, $"the same on all levels up to rounding: {string.Join(", ", exact)}");
    }

    /// <summary>A paragraph that can go into a paper.</summary>
    public string Paragraph()
    {
        var what = study.Refinement.What switch
        {
            Refined.Space => "grid",
            Refined.Time => "time step",
            _ =>
            "grid and time step together"
        };
        var bars = rows.Where(row => row is { IsField: false, Result.ErrorBar: not null }
            && row.Result.Verdict is Verdict.Asymptotic or Verdict.PreAsymptotic).ToList();
        var (fitted, vague) = (bars.Where(row => row.Result.ErrorBar < Math.Abs(row.Values[^1])).ToList(),
            bars.Where(row => row.Result.ErrorBar >= Math.Abs(row.Values[^1])).Select(row => row.Name).ToList());
        var found = fitted.Select(
            row => $"{row.Name} = "
            + $"{WithBar(row.Values[^1], row.Result.ErrorBar!.Value, row.Unit)}{(People.Unit(row.Unit) is "-" ? "" : $" {People.Unit(row.Unit)}")} (observed order {Order(row)}{(row.Result.Verdict == Verdict.Asymptotic ? "" : ", not yet asymptotic")})");
        var loose = rows.Where(row => row.Result.Verdict is Verdict.NotConvergent or Verdict.Pointwise)
            .Select(row => row.Name).ToList();
        return $"The {what} was refined by {study.Refinement.Ratio} on {study.Cases.Count} levels, from "
            + $"{Study.Describe(study.Cases[0])} to {Study.Describe(study.Cases[^1])}. "
            + "Orders were observed on the three finest levels; error bars are those of the grid convergence index "
                + "(Roache 1994) about the finest value, with a safety factor of 1.25 where the order is asymptotic "
                + "and of 3 elsewhere. "
            + (fitted.Count > 0 ? $"At the end of the run {string.Join("; ", found)}. " : "")
            + (vague.Count > 0 ? $"The error bar is larger than the value of {string.Join(", ", vague)}. " : "")
            + (study.HasSteppedRim ? $"{SteppedRim} " : "")
            + (loose.Count > 0 ? $"No order is given for {string.Join(", ", loose)}: extremes over points, or values "
                + $"that do not settle on these levels." : "");
    }

    private IEnumerable<string> Cells(StudyRow row)
    {
        var values = row.IsField ? Enumerable.Repeat("", study.Cases.Count) : row.Values.Select(value => Text(value));
        return [row.Name, row.Unit, .. values, .. row.Changes.Select(change => Text(change)), Text(row.Result.Order),
            Text(row.Result.Richardson), Text(row.Result.ErrorBar), Text(row.Result.SafetyFactor),
            Words(row.Result.Verdict)];
    }

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Asymptotic => "asymptotic",
        Verdict.PreAsymptotic => "converges; not yet asymptotic",
        Verdict.Exact => "exact",
        Verdict.Pointwise => "an extreme over points; not fitted",
        _ => "does not settle; not fitted",
    };

    private static string Order(StudyRow row) => row.Result.Order?.ToString("0.00", CultureInfo.InvariantCulture) ?? "";

    private static string Relative(double value, StudyRow row) => row.Scale > 0 ? Percent(value / row.Scale * 100) : "";

    /// <summary>A value and its error bar, both to the digit that is the second one of the bar.</summary>
    private static string WithBar(double value, double bar, string unit)
    {
        var factor = People.Scale(unit).Factor;
        var decimals = 1 - (int)Math.Floor(Math.Log10(bar * factor));
        if (decimals is < 0 or > 8)
            return $"{People.Value(value, unit)} ± {(bar * factor).ToString("G2", CultureInfo.InvariantCulture)}";
        return $"{(value * factor).ToString($"F{decimals}", CultureInfo.InvariantCulture)} ± "
            + $"{(bar * factor).ToString($"F{decimals}", CultureInfo.InvariantCulture)}";
    }

    private static string Percent(double percent) =>
        percent.ToString(Math.Abs(percent) >= 10 ? "F0" : "G2", CultureInfo.InvariantCulture) + " %";

    private static string Text(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
