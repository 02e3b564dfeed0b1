using MesoLiMg.Cli.Commands;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Solvers;
using Spectre.Console;

namespace MesoLiMg.Cli;

/// <summary>Published figures beside the computed ones.</summary>
internal static class PublishedTable
{
    /// <summary>Scalar fields that a snapshot has, with their units.</summary>
    private static readonly Dictionary<string, string> ScalarFields = new()
    {
        ["x"] = "1", ["concentration"] = "mol/m^3", ["potential_chem"] = "V", ["potential_mech"] = "V", ["potential"] = "V", ["energy_per_mg"] = "V", ["energy_per_li"] = "V",
        ["von_mises"] = "Pa", ["sigma_h"] = "Pa", ["energy_density"] = "J/m^3",
    };

    /// <summary>Refuses unknown quantities and units that do not suit them, before the run.</summary>
    /// <exception cref="InputException">An entry is wrong.</exception>
    public static void Check(CaseDocument document)
    {
        var columns = History.ColumnsOf(document.Case.Domain.Kind);
        for (var i = 0; i < document.Case.Published.Count; i++)
        {
            var entry = document.Case.Published[i];
            var known = entry.Quantity is not null ? columns.Select(c => c.Name) : ScalarFields.Keys;
            var name = entry.Quantity ?? entry.Field!;
            if (!known.Contains(name))
                throw new InputException($"{document.Path}: published.{i}: {(entry.Quantity is null ? "no field" : "no history column")} is called '{name}'{Words.Suggest(name, known)}");
            try
            {
                Factor(entry, columns);
            }
            catch (FormatException e)
            {
                throw new InputException($"{document.Path}: published.{i}: {name}: {e.Message}");
            }
        }
    }

    /// <summary>Prints the table, if the case has one.</summary>
    public static void Print(TextWriter output, Simulation simulation, RunRecorder recorder)
    {
        var @case = simulation.Document.Case;
        if (@case.Published.Count == 0)
            return;
        var columns = simulation.History.Columns;
        var table = People.Table("quantity", "unit", "published", "computed", "difference", "source");
        table.Columns[^1].Alignment = Justify.Left;
        foreach (var entry in @case.Published)
        {
            var factor = Factor(entry, columns);
            var published = entry.Value / factor;
            var computed = Computed(entry, columns, recorder) / factor;
            var difference = computed - published;
            table.Add(
                Name(entry, @case.Domain.Kind), entry.ValueUnit == "1" ? "-" : entry.ValueUnit, People.Number(published), computed is { } c ? c.ToString("G4") : "none",
                difference is { } d ? Signed(d) + (published != 0 ? $" ({d / published:+0.0 %;-0.0 %;0 %})" : "") : "", entry.Source);
        }
        People.Print(output, table);
    }

    private static double? Computed(PublishedCase entry, IReadOnlyList<HistoryColumn> columns, RunRecorder recorder)
    {
        if (entry.Quantity is { } quantity)
            return recorder.LastRow[columns.TakeWhile(c => c.Name != quantity).Count()];
        var probe = SnapshotProbe.Read(recorder.LastSnapshot!, [[.. entry.At!]], LengthUnit.Nanometre);
        return probe.Fields.FirstOrDefault(f => f.Name == entry.Field)?.Values[0][0];
    }

    private static string Signed(double value) => (value > 0 ? "+" : "") + value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);

    private static string Name(PublishedCase entry, DomainKind kind)
    {
        var axes = kind switch { DomainKind.Slab => "z", DomainKind.Axisymmetric => "(r, z)", DomainKind.PlaneStrain => "(x, z)", _ => "(x, y, z)" };
        var at = string.Join(", ", (entry.At ?? []).Select(a => People.Number(a * 1e9)));
        return entry.Quantity ?? $"{entry.Field} at {axes} = {(axes == "z" ? at : $"({at})")} nm";
    }

    /// <summary>SI per unit of the published value.</summary>
    private static double Factor(PublishedCase entry, IReadOnlyList<HistoryColumn> columns)
    {
        var unit = entry.Quantity is { } quantity ? columns.First(c => c.Name == quantity).Unit : ScalarFields[entry.Field!];
        return Units.Parse(entry.ValueUnit == "1" ? "1" : $"1 {entry.ValueUnit}", unit == "-" ? "1" : unit);
    }
}
