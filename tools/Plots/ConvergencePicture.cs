namespace MesoLiMg.Tools.Plots;

/// <summary>Changes between neighbouring levels of a convergence study over the finer level's spacing, on logarithmic axes, beside the slopes of first and second order.</summary>
public static class ConvergencePicture
{
    /// <summary>The picture.</summary>
    /// <param name="quantities">Name, relative changes from coarse to fine, and whether it is a field; a line is solid for fields, thin for scalars.</param>
    /// <param name="ratio">Refinement from one level to the next.</param>
    public static Drawing Of(IReadOnlyList<(string Name, IReadOnlyList<double> Changes, bool IsField)> quantities, int ratio) =>
        Draw(quantities, level => Math.Pow(ratio, -(level + 1)), "spacing or step over that of level 1", "change between levels, relative", (150, 95));

    /// <summary>Errors against known answers on levels that halve cells or steps, over how much finer they are than the first.</summary>
    /// <param name="quantities">Name and relative errors from coarse to fine; lines that repeat a colour are thin.</param>
    public static Drawing OfErrors(IReadOnlyList<(string Name, IReadOnlyList<double> Errors)> quantities) =>
        Draw([.. quantities.Select((quantity, i) => (quantity.Name, quantity.Errors, i < ColourMap.Lines.Count))], level => Math.Pow(2, level), "refinement over the first level", "error, relative", (120, 62));

    private static Drawing Draw(IReadOnlyList<(string Name, IReadOnlyList<double> Values, bool IsField)> quantities, Func<int, double> place, string across, string up, (double Width, double Height) size)
    {
        var shown = quantities.Where(quantity => quantity.Values.All(value => value > 0)).ToList();
        if (shown.Count == 0)
            shown = [("nothing converges", [1, 1], false)];
        var curves = new List<Curve>();
        foreach (var (i, (name, values, isField)) in shown.Index())
        {
            var points = values.Select((value, level) => (place(level), value)).ToList();
            var colour = ColourMap.Lines[i % ColourMap.Lines.Count];
            curves.Add(new("", colour, points, isField ? LineStyle.Solid : LineStyle.Thin));
            curves.Add(new(name.Replace('_', ' '), colour, points, LineStyle.Dots));
        }
        curves.AddRange(Slopes([.. shown.Select(quantity => quantity.Values)], place));
        var all = curves.SelectMany(curve => curve.Points).ToList();
        return new Chart(
            "convergence",
            new(across, Decades([.. all.Select(point => point.X)])),
            new(up, Decades([.. all.Select(point => point.Y)])), curves)
        {
            Size = (Drawing.Millimetres(size.Width), Drawing.Millimetres(size.Height)), LabelsAtEnds = true,
        }.Draw();
    }

    /// <summary>How much finer a level is than the first.</summary>
    private static double Finer(Func<int, double> place, int level) => Math.Max(place(level) / place(0), place(0) / place(level));

    private static IEnumerable<Curve> Slopes(IReadOnlyList<IReadOnlyList<double>> shown, Func<int, double> place)
    {
        var (levels, top) = (shown.Max(values => values.Count), shown.Max(values => values[0]));
        foreach (var order in new[] { 1, 2 })
        {
            var points = Enumerable.Range(0, levels).Select(level => (place(level), 2 * top * Math.Pow(Finer(place, level), -order))).ToList();
            yield return new(order == 1 ? "first order" : "second order", "#888888", points, LineStyle.Dashed);
        }
    }

    /// <summary>Whole decades, so that at least two powers of ten mark the axis.</summary>
    private static Scale Decades(IReadOnlyList<double> values) =>
        new(Math.Pow(10, Math.Floor(Math.Log10(values.Min()))), Math.Pow(10, Math.Ceiling(Math.Log10(values.Max()))), Logarithmic: true);
}
