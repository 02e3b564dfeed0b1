namespace MesoLiMg.Tools.Plots;

/// <summary>How a curve is drawn: as a line, or by marks alone.</summary>
public enum LineStyle { Solid, Dashed, DashDotted, Dotted, Thin, Marks }

/// <summary>A curve.</summary>
/// <param name="Label">What it is, as <see cref="RichText"/>; without a label when empty.</param>
/// <param name="Colour">SVG colour.</param>
/// <param name="Points">In the units of the axes; NaN leaves a gap.</param>
/// <param name="Style">How it is drawn.</param>
public sealed record Curve(string Label, string Colour, IReadOnlyList<(double X, double Y)> Points, LineStyle Style = LineStyle.Solid)
{
    /// <summary>Lines that are told apart without their colours.</summary>
    private static readonly LineStyle[] Lines = [LineStyle.Solid, LineStyle.Dashed, LineStyle.DashDotted, LineStyle.Dotted];

    /// <summary>The points between gaps.</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Pieces
    {
        get
        {
            var piece = new List<(double X, double Y)>();
            foreach (var point in Points)
            {
                if (!double.IsNaN(point.Y))
                {
                    piece.Add(point);
                    continue;
                }
                if (piece.Count > 0)
                    yield return piece;
                piece = [];
            }
            if (piece.Count > 0)
                yield return piece;
        }
    }

    /// <summary>What <see cref="LineStyle.Marks"/> sets at its points.</summary>
    public Mark Mark { get; init; }

    /// <summary>A line whose colour and dashes, or marks whose colour and shape, no other curve of a picture has, so that grey print tells them apart too.</summary>
    /// <param name="number">Of the curve in the picture, from 0.</param>
    /// <param name="label">What it is.</param>
    /// <param name="points">In the units of the axes.</param>
    /// <param name="marks">Whether it is drawn by marks.</param>
    public static Curve Numbered(int number, string label, IReadOnlyList<(double X, double Y)> points, bool marks = false)
    {
        // When all colours have been used once they meet other marks.
        var (colours, signs) = (ColourMap.Lines.Count, Enum.GetValues<Mark>().Length);
        return new(label, ColourMap.Lines[number % colours], points, marks ? LineStyle.Marks : Lines[number % Lines.Length]) { Mark = (Mark)((number + number / colours) % signs) };
    }
}

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
    internal const double Gap = 3, LineHeight = 1.25 * Drawing.FontSize;

    /// <summary>Colour of what explains a picture and is none of its curves.</summary>
    internal const string SideColour = "#555555";

    private const double CurveWidth = 1.2, LeaderWidth = 0.4, LeaderSpace = 10;

    /// <summary>Whether labels stand at the curves' right ends; in a legend otherwise.</summary>
    public bool LabelsAtEnds { get; init; }

    /// <summary>What the horizontal axis begins and ends at, written above the frame.</summary>
    public (string Start, string End)? Sides { get; init; }

    /// <summary>What kinds of lines and marks mean, of whatever colour; under the legend, where the curves leave room.</summary>
    public IReadOnlyList<(LineStyle Style, string Meaning)> Key { get; init; } = [];

    /// <summary>Outer width and height [pt].</summary>
    public (double Width, double Height) Size { get; init; } = (Drawing.Millimetres(85), Drawing.Millimetres(62));

    /// <summary>The picture.</summary>
    public Drawing Draw()
    {
        var drawing = new Drawing(Size.Width, Size.Height, Title);
        var frame = Frame();
        var clip = drawing.Clip(frame);
        foreach (var (curve, piece) in Curves.SelectMany(curve => curve.Pieces.Select(piece => (curve, piece))))
            DrawCurve(drawing, curve, [.. piece.Select(point => Place(frame, point))], clip);
        drawing.Rectangle(frame);
        Axes.Horizontal(drawing, frame, X);
        Axes.Vertical(drawing, frame, Y);
        if (Sides is { } sides)
        {
            drawing.Text(frame.Left, frame.Top - Gap, sides.Start, colour: SideColour);
            drawing.Text(frame.Right, frame.Top - Gap, sides.End, Anchor.End, SideColour);
        }
        if (LabelsAtEnds)
            LabelEnds(drawing, frame);
        new Legend(LabelsAtEnds ? [] : [.. Labelled], Curves, Key).Draw(drawing, frame, [.. Curves.SelectMany(curve => curve.Pieces).SelectMany(piece => Legend.Dense([.. piece.Select(point => Place(frame, point))]))]);
        return drawing;
    }

    private IEnumerable<Curve> Labelled => Curves.Where(curve => curve.Label.Length > 0);

    private Area Frame()
    {
        var left = Axes.SpaceLeft(Y);
        var top = Sides is null ? LineHeight / 2 : LineHeight + 2;
        var lastTick = RichText.Width(X.Scale.Label(X.Scale.Ticks[^1]), Drawing.FontSize) / 2;
        var right = LabelsAtEnds && Labelled.Any() ? LeaderSpace + Labelled.Max(curve => RichText.Width(curve.Label, Drawing.FontSize)) + 2 : 0;
        return new(left, top, Size.Width - left - Math.Max(right, lastTick + 2), Size.Height - top - Axes.SpaceBelow);
    }

    private (double X, double Y) Place(Area frame, (double X, double Y) point) =>
        (frame.Left + X.Scale.Position(point.X) * frame.Width, frame.Bottom - Y.Scale.Position(point.Y) * frame.Height);

    /// <summary>A line, or marks, through places of the picture.</summary>
    /// <param name="drawing">Picture.</param>
    /// <param name="curve">Its colour and style.</param>
    /// <param name="places">[pt]</param>
    /// <param name="clip">Name of an area to which a line is cut.</param>
    internal static void DrawCurve(Drawing drawing, Curve curve, IReadOnlyList<(double X, double Y)> places, string clip)
    {
        if (curve.Style == LineStyle.Marks)
        {
            foreach (var (x, y) in places)
                drawing.Mark(x, y, curve.Mark, curve.Colour);
        }
        else
        {
            drawing.Polyline(places, curve.Colour, curve.Style == LineStyle.Thin ? CurveWidth / 2 : CurveWidth, Dashes(curve.Style), clip);
        }
    }

    private static string? Dashes(LineStyle style) => style switch
    {
        LineStyle.Dashed => "3.2 2",
        LineStyle.DashDotted => "5 1.6 1.2 1.6",
        LineStyle.Dotted => "1.2 1.6",
        _ => null,
    };

    /// <summary>Labels beside the curves' last points; those that would touch are moved apart, and a thin line leads to them.</summary>
    private void LabelEnds(Drawing drawing, Area frame)
    {
        var labels = Labelled.Select(curve => (Curve: curve, End: Place(frame, curve.Pieces.Last()[^1]))).OrderBy(label => label.End.Y).ToList();
        var heights = Spread([.. labels.Select(label => label.End.Y)], LineHeight, frame.Top, frame.Bottom);
        foreach (var ((curve, end), y) in labels.Zip(heights))
        {
            drawing.Text(frame.Right + LeaderSpace, y + Drawing.HalfCapital, curve.Label, colour: curve.Colour);
            if (Math.Abs(y - end.Y) > LineHeight / 4 || end.X < frame.Right - LineHeight)
                drawing.Line(Math.Min(end.X + Gap, frame.Right + 1), end.Y, frame.Right + LeaderSpace - 1.5, y, curve.Colour, LeaderWidth);
        }
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
}
