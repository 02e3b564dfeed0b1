namespace MesoLiMg.Tools.Plots;

/// <summary>How a curve is drawn.</summary>
public enum LineStyle { Solid, Dashed, Dots, Thin }

/// <summary>A curve.</summary>
/// <param name="Label">What it is, as <see cref="RichText"/>; without a label when empty.</param>
/// <param name="Colour">SVG colour.</param>
/// <param name="Points">In the units of the axes.</param>
/// <param name="Style">How it is drawn.</param>
public sealed record Curve(string Label, string Colour, IReadOnlyList<(double X, double Y)> Points, LineStyle Style = LineStyle.Solid);

/// <summary>An axis.</summary>
/// <param name="Label">Quantity and unit, as <see cref="RichText"/>.</param>
/// <param name="Scale">Range and ticks.</param>
public sealed record Axis(string Label, Scale Scale);

/// <summary>Curves over axes, as wide as a column of a journal.</summary>
/// <param name="Title">For people who cannot see the picture.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Curves">Later ones over earlier ones.</param>
public sealed record Chart(string Title, Axis X, Axis Y, IReadOnlyList<Curve> Curves)
{
    private const double Gap = 3, Tick = 3, MinorTick = 1.6, LineHeight = 1.25 * Drawing.FontSize, SampleLength = 16, CurveWidth = 1.2;

    private const string SideColour = "#555555";

    /// <summary>Whether labels stand at the curves' right ends; in a legend otherwise.</summary>
    public bool LabelsAtEnds { get; init; }

    /// <summary>What the horizontal axis begins and ends at, written above the frame.</summary>
    public (string Start, string End)? Sides { get; init; }

    /// <summary>A remark inside the frame, where the curves leave room.</summary>
    public string? Note { get; init; }

    /// <summary>Outer width and height [pt].</summary>
    public (double Width, double Height) Size { get; init; } = (Drawing.Millimetres(85), Drawing.Millimetres(62));

    /// <summary>The picture.</summary>
    public Drawing Draw()
    {
        var drawing = new Drawing(Size.Width, Size.Height, Title);
        var frame = Frame();
        var clip = drawing.Clip(frame);
        foreach (var curve in Curves)
            DrawCurve(drawing, frame, curve, clip);
        drawing.Rectangle(frame);
        Axes.Horizontal(drawing, frame, X);
        Axes.Vertical(drawing, frame, Y);
        if (Sides is { } sides)
        {
            drawing.Text(frame.Left, frame.Top - Gap, sides.Start, colour: SideColour);
            drawing.Text(frame.Right, frame.Top - Gap, sides.End, Anchor.End, SideColour);
        }
        if (Note is { } note)
        {
            var box = EmptiestCorner(frame, RichText.Width(note, Drawing.FontSize), LineHeight);
            drawing.Text(box.Left, box.Top + LineHeight / 2 + Drawing.HalfCapital, note, colour: SideColour);
        }
        if (LabelsAtEnds)
            LabelEnds(drawing, frame);
        else
            DrawLegend(drawing, frame);
        return drawing;
    }

    private IEnumerable<Curve> Labelled => Curves.Where(curve => curve.Label.Length > 0);

    private Area Frame()
    {
        var left = Axes.SpaceLeft(Y);
        var top = Sides is null ? LineHeight / 2 : LineHeight + 2;
        var lastTick = RichText.Width(X.Scale.Label(X.Scale.Ticks[^1]), Drawing.FontSize) / 2;
        var right = LabelsAtEnds && Labelled.Any() ? 2 * Gap + Labelled.Max(curve => RichText.Width(curve.Label, Drawing.FontSize)) + 2 : 0;
        return new(left, top, Size.Width - left - Math.Max(right, lastTick + 2), Size.Height - top - Axes.SpaceBelow);
    }

    private (double X, double Y) Place(Area frame, (double X, double Y) point) =>
        (frame.Left + X.Scale.Position(point.X) * frame.Width, frame.Bottom - Y.Scale.Position(point.Y) * frame.Height);

    private void DrawCurve(Drawing drawing, Area frame, Curve curve, string clip)
    {
        var points = curve.Points.Select(point => Place(frame, point)).ToList();
        if (curve.Style == LineStyle.Dots)
        {
            foreach (var (x, y) in points)
                drawing.Dot(x, y, 1.7, curve.Colour);
        }
        else
        {
            drawing.Polyline(points, curve.Colour, Width(curve.Style), Dashes(curve.Style), clip);
        }
    }

    private static double Width(LineStyle style) => style == LineStyle.Thin ? CurveWidth / 2 : CurveWidth;

    private static string? Dashes(LineStyle style) => style == LineStyle.Dashed ? "3.2 2" : null;

    /// <summary>Labels beside the curves' last points, moved apart where they would touch.</summary>
    private void LabelEnds(Drawing drawing, Area frame)
    {
        var labels = Labelled.Select(curve => (Curve: curve, Place(frame, curve.Points[^1]).Y)).OrderBy(label => label.Y).ToList();
        var heights = Spread([.. labels.Select(label => label.Y)], LineHeight, frame.Top, frame.Bottom);
        foreach (var (label, y) in labels.Zip(heights))
            drawing.Text(frame.Right + 2 * Gap, y + Drawing.HalfCapital, label.Curve.Label, colour: label.Curve.Colour);
    }

    /// <summary>The positions nearest to those wanted (least squares) that are no nearer to each other than a distance, inside a range that has room for them.</summary>
    /// <param name="wanted">In increasing order.</param>
    /// <param name="distance">Between neighbours.</param>
    /// <param name="from">Start of the range.</param>
    /// <param name="to">End of the range.</param>
    public static double[] Spread(double[] wanted, double distance, double from, double to)
    {
        // With the distances taken out the order alone must be kept: neighbours out of order are pooled at their mean.
        var pools = new Stack<(double Mean, int Count)>();
        for (var i = 0; i < wanted.Length; i++)
        {
            var pool = (Mean: wanted[i] - i * distance, Count: 1);
            while (pools.TryPeek(out var before) && before.Mean > pool.Mean)
            {
                pools.Pop();
                pool = ((before.Mean * before.Count + pool.Mean * pool.Count) / (before.Count + pool.Count), before.Count + pool.Count);
            }
            pools.Push(pool);
        }
        var last = to - (wanted.Length - 1) * distance;
        return [.. pools.Reverse().SelectMany(pool => Enumerable.Repeat(pool.Mean, pool.Count)).Select((mean, i) => Math.Clamp(mean, from, Math.Max(from, last)) + i * distance)];
    }

    private void DrawLegend(Drawing drawing, Area frame)
    {
        var entries = Labelled.ToList();
        if (entries.Count == 0)
            return;
        var width = SampleLength + Gap + entries.Max(curve => RichText.Width(curve.Label, Drawing.FontSize));
        var box = EmptiestCorner(frame, width, entries.Count * LineHeight);
        for (var i = 0; i < entries.Count; i++)
        {
            var (curve, y) = (entries[i], box.Top + (i + 0.5) * LineHeight);
            if (curve.Style == LineStyle.Dots)
                drawing.Dot(box.Left + SampleLength / 2, y, 1.7, curve.Colour);
            else
                drawing.Polyline([(box.Left, y), (box.Left + SampleLength, y)], curve.Colour, Width(curve.Style), Dashes(curve.Style), clip: drawing.Clip(frame));
            drawing.Text(box.Left + SampleLength + Gap, y + Drawing.HalfCapital, curve.Label);
        }
    }

    /// <summary>The corner of the frame, or the middle of its upper or lower edge, in which the least of the curves lies.</summary>
    private Area EmptiestCorner(Area frame, double width, double height)
    {
        const double margin = 6;
        var points = Curves.SelectMany(curve => Dense([.. curve.Points.Select(point => Place(frame, point))])).ToList();
        double[] lefts = [frame.Left + margin, frame.Right - margin - width, (frame.Left + frame.Right - width) / 2];
        double[] tops = [frame.Top + margin, frame.Bottom - margin - height, (frame.Top + frame.Bottom - height) / 2];
        return lefts.SelectMany(left => tops.Select(top => new Area(left, top, width, height)))
            .MinBy(box => points.Count(p => p.X > box.Left - Gap && p.X < box.Right + Gap && p.Y > box.Top - Gap && p.Y < box.Bottom + Gap));
    }

    private static IEnumerable<(double X, double Y)> Dense(IReadOnlyList<(double X, double Y)> points)
    {
        const int between = 20;
        for (var i = 1; i < points.Count; i++)
            for (var k = 0; k <= between; k++)
                yield return (points[i - 1].X + (points[i].X - points[i - 1].X) * k / between, points[i - 1].Y + (points[i].Y - points[i - 1].Y) * k / between);
    }

    /// <summary>Ticks, numbers and labels of a frame's axes.</summary>
    internal static class Axes
    {
        /// <summary>Numbers and label under a frame.</summary>
        public const double SpaceBelow = 2 * LineHeight + 2 * Gap + 1;

        /// <summary>Numbers and label left of a frame.</summary>
        public static double SpaceLeft(Axis axis) => LineHeight + NumbersWidth(axis.Scale) + 3 * Gap;

        /// <summary>The widest number of an axis.</summary>
        public static double NumbersWidth(Scale scale) => scale.Ticks.Max(tick => RichText.Width(scale.Label(tick), Drawing.FontSize));

        public static void Horizontal(Drawing drawing, Area frame, Axis axis)
        {
            double At(double value) => frame.Left + axis.Scale.Position(value) * frame.Width;
            foreach (var tick in axis.Scale.MinorTicks)
                drawing.Line(At(tick), frame.Bottom, At(tick), frame.Bottom - MinorTick);
            foreach (var tick in axis.Scale.Ticks)
            {
                drawing.Line(At(tick), frame.Bottom, At(tick), frame.Bottom - Tick);
                drawing.Text(At(tick), frame.Bottom + LineHeight + 1, axis.Scale.Label(tick), Anchor.Middle);
            }
            drawing.Text((frame.Left + frame.Right) / 2, frame.Bottom + 2 * LineHeight + Gap + 1, axis.Label, Anchor.Middle);
        }

        public static void Vertical(Drawing drawing, Area frame, Axis axis)
        {
            double At(double value) => frame.Bottom - axis.Scale.Position(value) * frame.Height;
            foreach (var tick in axis.Scale.MinorTicks)
                drawing.Line(frame.Left, At(tick), frame.Left + MinorTick, At(tick));
            foreach (var tick in axis.Scale.Ticks)
            {
                drawing.Line(frame.Left, At(tick), frame.Left + Tick, At(tick));
                drawing.Text(frame.Left - Gap, At(tick) + Drawing.HalfCapital, axis.Scale.Label(tick), Anchor.End);
            }
            drawing.Text(frame.Left - 3 * Gap - NumbersWidth(axis.Scale), (frame.Top + frame.Bottom) / 2, axis.Label, Anchor.Middle, upwards: true);
        }
    }
}
