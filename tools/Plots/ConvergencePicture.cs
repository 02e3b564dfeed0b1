namespace MesoLiMg.Tools.Plots;

/// <summary>
/// What becomes smaller as cells and time steps are refined, on logarithmic axes, beside the slopes of first and second
/// order.
/// </summary>
public static class ConvergencePicture
{
    private const string SlopeColour = "#888888";

    /// <summary>
    /// Changes from one level of a convergence study to the next, over how much finer the latter is than the first.
    /// </summary>
    /// <param name="quantities">Name, relative changes from coarse to fine, and whether it is a field; lines of scalars
    /// are thin.</param>
    /// <param name="ratio">Refinement from one level to the next.</param>
    public static Chart Of(IReadOnlyList<(string Name, IReadOnlyList<double> Changes, bool IsField)> quantities,
        int ratio) =>
        Of(quantities, level => Math.Pow(ratio, level + 1), "refinement over the first level",
            "relative change from the level before", (150, 85));

    /// <summary>
    /// Errors against known answers on levels that halve cells or steps, over how much finer they are than the first.
    /// </summary>
    /// <param name="quantities">Name and relative errors from coarse to fine; lines that repeat a colour are
    /// thin.</param>
    public static Chart OfErrors(IReadOnlyList<(string Name, IReadOnlyList<double> Errors)> quantities) =>
        Of([.. quantities.Select((quantity, i) => (quantity.Name, quantity.Errors, i < ColourMap.Lines.Count))],
            level => Math.Pow(2, level), "refinement over the first level", "relative error", (120, 70));

    private static Chart Of(IReadOnlyList<(string Name, IReadOnlyList<double> Values, bool IsField)> quantities,
        Func<int, double> finer, string across, string up, (double Width, double Height) size)
    {
        var shown = quantities.Where(quantity => quantity.Values.All(value => value > 0)).ToList();
        if (shown.Count == 0)
            shown = [("nothing converges", [1, 1], false)];
        List<Curve> curves = [.. Slopes([.. shown.Select(quantity => quantity.Values)], finer)];
        foreach (var (i, (name, values, isField)) in shown.Index())
        {
            var marks = Curve.Numbered(i, RichText.Symbol(name),
                [.. values.Select((value, level) => (finer(level), value))], marks: true);
            curves.Add(new("", marks.Colour, marks.Points, isField ? LineStyle.Solid : LineStyle.Thin));
            curves.Add(marks);
        }
        double[] levels = [.. curves.SelectMany(curve => curve.Points.Select(point => point.X)).Distinct().Order()];
        return new Chart("convergence", new(across, Scale.Decades(levels) with { Marked = levels }),
            new(up, Scale.Decades(curves.SelectMany(curve => curve.Points.Select(point => point.Y)))), curves)
        {
            Size = (Drawing.Millimetres(size.Width), Drawing.Millimetres(size.Height)),
            LabelsAtEnds = true,
        };
    }

    /// <summary>Lines that fall with first and second order, above all values of the first level.</summary>
    private static IEnumerable<Curve> Slopes(IReadOnlyList<IReadOnlyList<double>> shown, Func<int, double> finer)
    {
        var (levels, top) = (shown.Max(values => values.Count), shown.Max(values => values[0]));
        foreach (var (order, label) in new[] { (1, "first order"), (2, "second order") })
            yield return new(label, SlopeColour,
                [.. Enumerable.Range(0, levels)
                .Select(level => (finer(level), 2 * top * Math.Pow(finer(level) / finer(0), -order)))],
                LineStyle.Dashed);
    }
}
