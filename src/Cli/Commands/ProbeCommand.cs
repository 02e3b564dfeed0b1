using System.CommandLine;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;

namespace MesoLiMg.Cli.Commands;

/// <summary><c>mesolimg probe SNAPSHOT --points "0,140;50,70"</c>: fields at points.</summary>
public static class ProbeCommand
{
    /// <summary>Points up to which a field is a row and a point a column; beyond, the other way round.</summary>
    private const int FewPoints = 4;

    public static Command Create()
    {
        var snapshot = new Argument<string>("SNAPSHOT") { Description = "File of a snapshot." };
        var points = new Option<string>("--points")
        {
            Description = "Points such as \"0,140;50,70\": r,z or x,z; z in a slab; x,y,z in 3D.",
            HelpName = "POINTS"
        };
        var line = new Option<string>("--line")
        {
            Description = "Equally spaced points such as \"0,0;0,140;141\": from, to, number.",
            HelpName = "LINE"
        };
        var unit = new Option<string>("--unit")
        {
            Description = "Unit of the coordinates.",
            DefaultValueFactory = _ =>
            "nm",
            HelpName = "UNIT"
        };
        var json = new Option<bool>("--json") { Description = "JSON in SI units with all digits." };
        var command = new Command("probe", "Print fields of a snapshot at points.") {
            snapshot, points, line, unit, json };
        command.SetAction(parsed => Fail.Guard(parsed.InvocationConfiguration.Error, () => Run(
            parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(snapshot), parsed.GetValue(points),
                parsed.GetValue(line),
            LengthUnit.Parse(parsed.GetRequiredValue(unit)), parsed.GetValue(json))));
        return command;
    }

    private static int Run(TextWriter output, string snapshot, string? points, string? line, LengthUnit unit, bool json)
    {
        if (points is null && line is null)
            throw new InputException("nothing to probe: give --points \"0,140;50,70\" or --line \"0,0;0,140;141\"");
        IReadOnlyList<double[]> at =
        [
            .. points is null ? [] : ProbePoints.Parse(points, unit),
            .. line is null ? [] : ProbePoints.ParseLine(line, unit),
        ];
        using var file = SnapshotFile.Open(snapshot);
        var probe = SnapshotProbe.Read(file, at, unit);
        if (json)
            output.WriteLine(probe.ToJson());
        else
            Print(output, probe, ProbePoints.AxisNames(file.Grid), unit);
        return 0;
    }

    private static void Print(TextWriter output, Probe probe, string[] axes, LengthUnit unit)
    {
        output.WriteLine($"t = {People.Number(probe.Time)} s");
        if (probe.Points.Count <= FewPoints)
            PrintFieldsAsRows(output, probe, axes, unit);
        else
            PrintPointsAsRows(output, probe, axes, unit);
        if (probe.InInert.Count > 0)
            People.Say(output, "-: no lithium can be there, in a layer or in a region without diffusivity, and so "
                + "there is no x, potential or flux");
    }

    private static void PrintFieldsAsRows(TextWriter output, Probe probe, string[] axes, LengthUnit unit)
    {
        string Coordinates(double[] point) => string.Join(", ", point.Select(x => People.Number(x * unit.PerMetre)));
        var table = People.Table(
            ["field", "unit", .. probe.Points.Select(
            point => $"{string.Join(",", axes)} = {Coordinates(point)} {unit.Name}")]);
        foreach (var field in probe.Fields)
            foreach (var (name, component) in People.Components(field.Name, field.Components)
                .Select((name, i) => (name, i)))
                table.Add([name, People.Unit(field.Unit),
                    .. field.Values.Select((values, i) => Text(probe, field, i, values[component]))]);
        People.Print(output, table);
    }

    private static string Text(Probe probe, ProbedField field, int point, double value) =>
        probe.InVoid.Contains(point) && !field.IsInteger ? "void"
        : probe.InInert.Contains(point) && SnapshotPhases.FieldsOfLithium.Contains(field.Name) ? "-"
        : People.Value(value, field.Unit);

    /// <summary>A profile: fields of one component, so that a row fits a line.</summary>
    private static void PrintPointsAsRows(TextWriter output, Probe probe, string[] axes, LengthUnit unit)
    {
        var scalars = probe.Fields.Where(field => field.Components == 1).ToList();
        var table = new PeopleTable(
            [.. axes.Select(axis => $"{axis} [{unit.Name}]"),
            .. scalars.Select(field => $"{field.Name} [{People.Unit(field.Unit)}]")])
        {
            Names = axes.Length,
        };
        for (var i = 0; i < probe.Points.Count; i++)
            table.Add([
                .. probe.Points[i].Select(x => People.Number(x * unit.PerMetre)),
                .. scalars.Select(field => Text(probe, field, i, field.Values[i][0]))]);
        People.Print(output, table);
        output.WriteLine("Vectors and tensors: --json.");
    }
}
