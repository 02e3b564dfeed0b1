namespace MesoLiMg.Tools.Plots;

/// <summary>Changes between neighbouring levels of a convergence study over the finer level's spacing, on logarithmic axes, beside the slopes of first and second order.</summary>
public static class ConvergencePicture
{
    /// <summary>The picture.</summary>
    /// <param name="quantities">Name, relative changes from coarse to fine, and whether it is a field; a line is solid for fields, thin for scalars.</param>
    /// <param name="ratio">Refinement from one level to the next.</param>
    public static Drawing Of(IReadOnlyList<(string Name, IReadOnlyList<double> Changes, bool IsField)> quantities, int ratio) =>
        Draw(quantities, ratio, 1, "spacing or step over that of level 1", "change between levels, relative", (150, 95));

    /// <summary>Errors against known answers on levels that halve the cells, on the same axes.</summary>
    /// <param name="quantities">Name and relative errors from coarse to fine.</param>
    public static Drawing OfErrors(IReadOnlyList<(string Name, IReadOnlyList<double> Errors)> quantities) =>
        Draw([.. quantities.Select(quantity => (quantity.Name, quantity.Errors, true))], 2, 0, "spacing or step over that of the first level", "error, relative", (120, 62));

    private static Drawing Draw(IReadOnlyList<(string Name, IReadOnlyList<double> Values, bool IsField)> quantities, int ratio, int firstLevel, string across, string up, (double Width, double Height) size)
    {
        var shown = quantities.Where(quantity => quantity.Values.All(value => value > 0)).ToList();
        if (shown.Count == 0)
            shown = [("nothing converges", [1, 1], false)];
        var curves = new List<Curve>();
        foreach (var (i, (name, values, isField)) in shown.Index())
        {
            var points = values.Select((value, level) => (Width(level + firstLevel, ratio), value)).ToList();
            var colour = ColourMap.Lines[i % ColourMap.Lines.Count];
            curves.Add(new("", colour, points, isField ? LineStyle.Solid : LineStyle.Thin));
            curves.Add(new(name.Replace('_', ' '), colour, points, LineStyle.Dots));
        }
        curves.AddRange(Slopes([.. shown.Select(quantity => quantity.Values)], ratio, firstLevel));
        var all = curves.SelectMany(curve => curve.Points).ToList();
        return new Chart(
            "convergence",
            new(across, Decades([.. all.Select(point => point.X)])),
            new(up, Decades([.. all.Select(point => point.Y)])), curves)
        {
            Size = (Drawing.Millimetres(size.Width), Drawing.Millimetres(size.Height)), LabelsAtEnds = true,
        }.Draw();
    }

    /// <summary>Width of a level, over that of the first.</summary>
    private static double Width(int level, int ratio) => Math.Pow(ratio, -level);

    private static IEnumerable<Curve> Slopes(IReadOnlyList<IReadOnlyList<double>> shown, int ratio, int firstLevel)
    {
        var (levels, top) = (shown.Max(values => values.Count), shown.Max(values => values[0]));
        foreach (var order in new[] { 1, 2 })
        {
            var points = Enumerable.Range(0, levels).Select(level => (Width(level + firstLevel, ratio), 2 * top * Math.Pow(ratio, -order * level))).ToList();
            yield return new(order == 1 ? "first order" : "second order", "#888888", points, LineStyle.Dashed);
        }
    }

    /// <summary>Whole decades, so that at least two powers of ten mark the axis.</summary>
    private static Scale Decades(IReadOnlyList<double> values) =>
        new(Math.Pow(10, Math.Floor(Math.Log10(values.Min()))), Math.Pow(10, Math.Ceiling(Math.Log10(values.Max()))), Logarithmic: true);
}
