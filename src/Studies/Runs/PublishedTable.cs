using System.Globalization;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using MesoLiMg.Studies.Printing;
using Spectre.Console;

namespace MesoLiMg.Studies.Runs;

/// <summary>A published figure beside the computed one, both in the unit in which it was published.</summary>
internal sealed record PublishedRow(string Quantity, string Unit, double Published, double? Computed, string Source)
{
    /// <summary>The computed value with the digits that a comparison needs.</summary>
    public string ComputedText => Computed?.ToString("G4", CultureInfo.InvariantCulture) ?? "none";

    /// <summary>Computed minus published, to the digits that are shown of both, and in per cent.</summary>
    public string DifferenceText => Computed - Published is not { } difference ? ""
        : Signed(difference) + (Published == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $" ({difference / Published:+0.0 %;-0.0 %;0 %})"));

    private string Signed(double difference)
    {
        const double exactlyDecimal = 1e15;
        var shown = double.Parse(ComputedText, CultureInfo.InvariantCulture);
        var value = Math.Abs(shown) < exactlyDecimal && Math.Abs(Published) < exactlyDecimal
            ? (double)((decimal)shown - (decimal)Published) : difference;
        return (value > 0 ? "+" : "") + value.ToString("G4", CultureInfo.InvariantCulture);
    }
}

/// <summary>Published figures beside the computed ones.</summary>
internal static class PublishedTable
{
    /// <summary>Scalar fields that a snapshot has, with their units.</summary>
    private static readonly Dictionary<string, string> ScalarFields = new()
    {
        ["x"] = "1",
        ["concentration"] = "mol/m^3",
        ["potential_chem"] = "V",
        ["potential_mech"] = "V",
        ["potential"] = "V",
        ["energy_per_mg"] = "V",
        ["energy_per_li"] = "V",
        ["von_mises"] = "Pa",
        ["sigma_h"] = "Pa",
        ["energy_density"] = "J/m^3",
    };

    /// <summary>Refuses unknown quantities and units that do not suit them, before the run.</summary>
    /// <exception cref="InputException">An entry is wrong.</exception>
    public static void Check(CaseDocument document)
    {
        var columns = History.ColumnsOf(document.Case.Domain.Kind);
        for (var i = 0; i < document.Case.Published.Count; i++)
        {
            var entry = document.Case.Published[i];
            var where = $"{document.Where($"published.{i}")}: published.{i}";
            var known = entry.Quantity is not null ? columns.Select(c => c.Name) : ScalarFields.Keys;
            var name = entry.Quantity ?? entry.Field!;
            if (!known.Contains(name))
                throw new InputException(
                    $"{where}: {(entry.Quantity is null ? "no field" : "no history column")} is called "
                    + $"'{name}'{Words.Suggest(name, known)}");
            if (entry.Field is not null && document.Case.Output.Fields is { Count: > 0 } written
                && !written.Contains(name))
                throw new InputException($"{where}: the field '{name}' is not among output.fields");
            try
            {
                Factor(entry, columns);
            }
            catch (FormatException e)
            {
                throw new InputException($"{where}: {name}: {e.Message}");
            }
        }
    }

    /// <summary>The entries of a case beside computed values, in the units in which they were published.</summary>
    /// <param name="case">A case that has passed <see cref="Check"/>.</param>
    /// <param name="computed">The computed value of an entry in SI, or null.</param>
    public static IEnumerable<PublishedRow> Rows(Case @case, Func<PublishedCase, double?> computed)
    {
        var columns = History.ColumnsOf(@case.Domain.Kind);
        foreach (var entry in @case.Published)
        {
            var factor = Factor(entry, columns);
            yield return new(Name(entry, @case.Domain.Kind), entry.ValueUnit == "1" ? "-" : entry.ValueUnit,
                entry.Value / factor, computed(entry) / factor, entry.Source);
        }
    }

    /// <summary>Prints the table, if the case has one.</summary>
    public static void Print(TextWriter output, Simulation simulation, RunRecorder recorder)
    {
        var @case = simulation.Document.Case;
        if (@case.Published.Count == 0)
            return;
        var table = People.Table("quantity", "unit", "published", "computed", "difference", "source");
        table.Columns[^1].Alignment = Justify.Left;
        foreach (var row in Rows(@case, entry => Computed(entry, simulation.History.Columns, recorder)))
            table.Add(row.Quantity, row.Unit, People.Number(row.Published), row.ComputedText, row.DifferenceText,
                row.Source);
        People.Print(output, table);
        if (simulation.Document.Change is { } change)
            People.Say(output, $"note: the published figures are those of the case as its file has it; this run has "
                + $"{change}");
    }

    private static double? Computed(PublishedCase entry, IReadOnlyList<HistoryColumn> columns, RunRecorder recorder) =>
        entry.Quantity is { } quantity
        ? recorder.LastRow[columns.TakeWhile(c => c.Name != quantity).Count()]
        : AtPoint(entry, SnapshotProbe.Read(recorder.LastSnapshot, [[.. entry.At!]], LengthUnit.Nanometre));

    /// <summary>The value of an entry that names a field; none where the field does not exist at its point.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="probe">All fields at its point.</param>
    public static double? AtPoint(PublishedCase entry, Probe probe) =>
        probe.Fields.FirstOrDefault(f => f.Name == entry.Field)?.Values[0][0] is { } value && !double.IsNaN(value)
        ? value : null;

    private static string Name(PublishedCase entry, DomainKind kind)
    {
        var axes = kind switch
        {
            DomainKind.Slab => "z",
            DomainKind.Axisymmetric => "(r, z)",
            DomainKind.PlaneStrain =>
            "(x, z)",
            _ => "(x, y, z)"
        };
        var at = string.Join(", ", (entry.At ?? []).Select(a => People.Number(a * 1e9)));
        return entry.Quantity ?? $"{entry.Field} at {axes} = {(axes == "z" ? at : $"({at})")} nm";
    }

    /// <summary>SI per unit of the published value.</summary>
    private static double Factor(PublishedCase entry, IReadOnlyList<HistoryColumn> columns)
    {
        var unit = entry.Quantity is { } quantity ? columns.First(c => c.Name == quantity).Unit
            : ScalarFields[entry.Field!];
        return Units.Parse(entry.ValueUnit == "1" ? "1" : $"1 {entry.ValueUnit}", unit == "-" ? "1" : unit);
    }
}
