namespace MesoLiMg.Tools.Plots;

/// <summary>Changes between neighbouring levels of a convergence study over the finer level's spacing, on logarithmic axes, beside the slopes of first and second order.</summary>
public static class ConvergencePicture
{
    /// <summary>The picture.</summary>
    /// <param name="quantities">Name, relative changes from coarse to fine, and whether it is a field; a line is solid for fields, thin for scalars.</param>
    /// <param name="ratio">Refinement from one level to the next.</param>
    public static Drawing Of(IReadOnlyList<(string Name, IReadOnlyList<double> Changes, bool IsField)> quantities, int ratio)
    {
        var shown = quantities.Where(quantity => quantity.Changes.All(change => change > 0)).ToList();
        if (shown.Count == 0)
            shown = [("nothing converges", [1, 1], false)];
        var curves = new List<Curve>();
        foreach (var (i, (name, changes, isField)) in shown.Index())
        {
            var points = changes.Select((change, level) => (Width(level, ratio), change)).ToList();
            var colour = ColourMap.Lines[i % ColourMap.Lines.Count];
            curves.Add(new("", colour, points, isField ? LineStyle.Solid : LineStyle.Thin));
            curves.Add(new(name.Replace('_', ' '), colour, points, LineStyle.Dots));
        }
        curves.AddRange(Slopes(shown, ratio));
        var across = curves.SelectMany(curve => curve.Points.Select(point => point.X)).ToList();
        var up = curves.SelectMany(curve => curve.Points.Select(point => point.Y)).ToList();
        return new Chart(
            "convergence",
            new("spacing or step over that of level 1", Decades(across)),
            new("change between levels, relative", Decades(up)), curves)
        {
            Size = (Drawing.Millimetres(150), Drawing.Millimetres(95)), LabelsAtEnds = true,
        }.Draw();
    }

    /// <summary>Width of the finer of two levels, over that of the first.</summary>
    private static double Width(int change, int ratio) => Math.Pow(ratio, -(change + 1));

    private static IEnumerable<Curve> Slopes(IReadOnlyList<(string Name, IReadOnlyList<double> Changes, bool IsField)> shown, int ratio)
    {
        var (levels, top) = (shown.Max(quantity => quantity.Changes.Count), shown.Max(quantity => quantity.Changes[0]));
        foreach (var order in new[] { 1, 2 })
        {
            var points = Enumerable.Range(0, levels).Select(level => (Width(level, ratio), 2 * top * Math.Pow(ratio, -order * level))).ToList();
            yield return new(order == 1 ? "first order" : "second order", "#888888", points, LineStyle.Dashed);
        }
    }

    /// <summary>Whole decades, so that at least two powers of ten mark the axis.</summary>
    private static Scale Decades(IReadOnlyList<double> values) =>
        new(Math.Pow(10, Math.Floor(Math.Log10(values.Min()))), Math.Pow(10, Math.Ceiling(Math.Log10(values.Max()))), Logarithmic: true);
}
