using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>
/// Curves from the table of a sweep, one point a row: the columns between the run's name and the history are the keys
/// that were varied.
/// </summary>
public static class SweepPicture
{
    private const double WideRange = 8;

    /// <summary>
    /// The utilisation θ over the diffusivity, or over the first key where that was not varied; a curve for each
    /// combination of the others.
    /// </summary>
    /// <exception cref="InputException">The table is not that of a sweep, or no point of it has a θ.</exception>
    public static Chart Of(string path)
    {
        var table = Table.Read(path);
        var keys = table.Names.TakeWhile(name => name is not ("step" or "theta")).Where(name => name != "run").ToList();
        if (keys.Count == 0 || !table.Names.Contains("theta"))
            throw new InputException(
                $"{path}: is not the table of a sweep with theta; expected varied keys, then history columns such as "
                + $"'theta [-]'");
        var along = keys.Find(key => key.EndsWith("diffusivity", StringComparison.Ordinal)) ?? keys[0];
        var unit = Unit(table, along, path);
        var groups =
            from row in Enumerable.Range(0, table.Count)
            let theta = table.Number(row, "theta")
            where theta is not null
            group (X: Value(table, row, along, path) / unit.Si, Y: theta.Value) by string.Join(
                ", ", keys.Where(key => key != along).Select(key => Typed(WithUnit(table, row, key)))) into curve
            select (Name: curve.Key, Points: curve.OrderBy(point => point.X).ToList());
        return Draw($"*{(along.EndsWith("diffusivity", StringComparison.Ordinal) ? "D" : along.Split('.')[^1])}*{(unit.Name == "1" ? "" : $" ({Typed(unit.Name)})")}", [.. groups], path);
    }

    private static Chart Draw(string label, List<(string Name, List<(double X, double Y)> Points)> groups, string path)
    {
        if (groups.Count == 0)
            throw new InputException($"{path}: no row has a value of theta");
        var curves = new List<Curve>();
        foreach (var ((name, points), i) in groups.Select((group, i) => (group, i)))
        {
            var marks = Curve.Numbered(i, name, points, marks: true);
            if (points.Count > 1)
                curves.Add(new("", marks.Colour, points, LineStyle.Thin));
            curves.Add(marks);
        }
        var across = curves.SelectMany(curve => curve.Points.Select(point => point.X)).ToList();
        var scale = across.Min() > 0 && across.Max() / across.Min() > WideRange ? Scale.Decades(across)
            : Scale.Around(across);
        return new("utilisation at saturation", new(label, scale), new("utilisation *θ*", new Scale(0, 1)), curves);
    }

    /// <summary>The unit of a key as its first row has it, and its size in SI.</summary>
    private static (string Name, double Si) Unit(Table table, string key, string path)
    {
        var name = Quantity(table, 0, key, path).Unit;
        return (name, name == "1" ? 1 : Units.ParseAny($"1 {name}").Value);
    }

    private static double Value(Table table, int row, string key, string path) => Quantity(table, row, key, path).Value;

    private static (double Value, string Unit) Quantity(Table table, int row, string key, string path)
    {
        try
        {
            return Units.ParseAny(WithUnit(table, row, key));
        }
        catch (FormatException e)
        {
            throw new InputException($"{path}:{row + 2}: {key}: {e.Message}");
        }
    }

    /// <summary>A cell with the unit of its heading, if it has one.</summary>
    private static string WithUnit(Table table, int row, string key) => table.Unit(key) is { } unit and not "-"
        ? $"{table.Text(row, key)} {unit}" : table.Text(row, key);

    /// <summary>A quantity or a unit as typed in a case, with exponents raised: <c>1 mA/cm^2</c>.</summary>
    private static string Typed(string text) =>
        System.Text.RegularExpressions.Regex.Replace(
            System.Text.RegularExpressions.Regex.Replace(text, @"\^(-?[0-9]+)", "^{$1}"),
            @"^([0-9.]+)(?=[a-zA-Zµ])(?![eE][0-9+-])", "$1 ");
}
