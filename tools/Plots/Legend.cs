namespace MesoLiMg.Tools.Plots;

/// <summary>Samples of curves with their labels, and below them what kinds of lines and marks mean.</summary>
/// <param name="entries">Curves with a label.</param>
/// <param name="all">All curves of the chart: a sample shows everything of its colour, the marks and the line through
/// them.</param>
/// <param name="key">Kinds of lines and marks, of whatever colour.</param>
internal sealed class Legend(IReadOnlyList<Curve> entries, IReadOnlyList<Curve> all,
    IReadOnlyList<(LineStyle Style, string Meaning)> key)
{
    private const double SampleLength = 16, Margin = 6;

    /// <summary>Draws it where the fewest of the curves' points lie.</summary>
    /// <param name="drawing">Picture.</param>
    /// <param name="frame">Of the chart.</param>
    /// <param name="points">Of the curves, in the picture.</param>
    public void Draw(Drawing drawing, Area frame, IReadOnlyList<(double X, double Y)> points)
    {
        string[] texts = [.. entries.Select(curve => curve.Label), .. key.Select(kind => kind.Meaning)];
        if (texts.Length == 0)
            return;
        var box = EmptiestPlace(
            frame, SampleLength + PictureStyle.Gap + texts.Max(text => RichText.Width(text, Drawing.FontSize)),
            texts.Length * PictureStyle.LineHeight, points);
        var clip = drawing.Clip(box);
        for (var i = 0; i < texts.Length; i++)
        {
            var y = box.Top + (i + 0.5) * PictureStyle.LineHeight;
            IEnumerable<Curve> sample = i < entries.Count ? all.Where(curve => curve.Colour == entries[i].Colour)
                : [new("", PictureStyle.SideColour, [], key[i - entries.Count].Style)];
            foreach (var curve in sample)
                curve.Draw(drawing, curve.Style == LineStyle.Marks ? [(box.Left + SampleLength / 2, y)]
                    : [(box.Left, y), (box.Left + SampleLength, y)], clip);
            drawing.Text(box.Left + SampleLength + PictureStyle.Gap, y + Drawing.HalfCapital, texts[i],
                colour: i < entries.Count ? "black" : PictureStyle.SideColour);
        }
    }

    /// <summary>
    /// The corner of the frame, the middle of an edge or of the frame, in which the least of the curves lies.
    /// </summary>
    private static Area EmptiestPlace(Area frame, double width, double height,
        IReadOnlyList<(double X, double Y)> points)
    {
        double[] lefts = [frame.Left + Margin, frame.Right - Margin - width, (frame.Left + frame.Right - width) / 2];
        double[] tops = [frame.Top + Margin, frame.Bottom - Margin - height, (frame.Top + frame.Bottom - height) / 2];
        // A text too long for the frame reaches into the room of the labels at its right, not over the numbers at its
        // left.
        return lefts.Select(left => Math.Max(left, frame.Left + PictureStyle.Gap))
            .SelectMany(left => tops.Select(top => new Area(left, top, width, height)))
            .MinBy(box => points.Count(p => p.X > box.Left - PictureStyle.Gap && p.X < box.Right + PictureStyle.Gap
                && p.Y > box.Top - PictureStyle.Gap && p.Y < box.Bottom + PictureStyle.Gap));
    }

    /// <summary>Points of a curve so close together that none of it is overlooked.</summary>
    public static IEnumerable<(double X, double Y)> Dense(IReadOnlyList<(double X, double Y)> points)
    {
        const int between = 20;
        for (var i = 1; i < points.Count; i++)
            for (var k = 0; k <= between; k++)
                yield return (points[i - 1].X + (points[i].X - points[i - 1].X) * k / between,
                    points[i - 1].Y + (points[i].Y - points[i - 1].Y) * k / between);
    }
}
