namespace MesoLiMg.Tools.Plots;

/// <summary>Curves over axes, as wide as a column of a journal.</summary>
/// <param name="Title">For people who cannot see the picture.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Curves">Later ones over earlier ones.</param>
public sealed record Chart(string Title, Axis X, Axis Y, IReadOnlyList<Curve> Curves)
{
    private const double LeaderWidth = 0.4, LeaderSpace = 10;

    /// <summary>Whether labels stand at the curves' right ends; in a legend otherwise.</summary>
    public bool LabelsAtEnds { get; init; }

    /// <summary>What the horizontal axis begins and ends at, written above the frame.</summary>
    public (string Start, string End)? Sides { get; init; }

    /// <summary>
    /// What kinds of lines and marks mean, of whatever colour; under the legend, where the curves leave room.
    /// </summary>
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
            curve.Draw(drawing, [.. piece.Select(point => Place(frame, point))], clip);
        drawing.Rectangle(frame);
        Axes.Horizontal(drawing, frame, X);
        Axes.Vertical(drawing, frame, Y);
        if (Sides is { } sides)
        {
            drawing.Text(frame.Left, frame.Top - PictureStyle.Gap, sides.Start, colour: PictureStyle.SideColour);
            drawing.Text(frame.Right, frame.Top - PictureStyle.Gap, sides.End, Anchor.End, PictureStyle.SideColour);
        }
        if (LabelsAtEnds)
            LabelEnds(drawing, frame);
        new Legend(LabelsAtEnds ? [] : [.. Labelled], Curves, Key)
            .Draw(drawing, frame,
            [.. Curves.SelectMany(curve => curve.Pieces)
            .SelectMany(piece => Legend.Dense([.. piece.Select(point => Place(frame, point))]))]);
        return drawing;
    }

    private IEnumerable<Curve> Labelled => Curves.Where(curve => curve.Label.Length > 0);

    private Area Frame()
    {
        var left = Axes.SpaceLeft(Y);
        var top = Sides is null ? PictureStyle.LineHeight / 2 : PictureStyle.LineHeight + 2;
        var lastTick = RichText.Width(X.Scale.Label(X.Scale.Ticks[^1]), Drawing.FontSize) / 2;
        var right = LabelsAtEnds && Labelled.Any()
            ? LeaderSpace + Labelled.Max(curve => RichText.Width(curve.Label, Drawing.FontSize)) + 2 : 0;
        return new(left, top, Size.Width - left - Math.Max(right, lastTick + 2), Size.Height - top - Axes.SpaceBelow);
    }

    private (double X, double Y) Place(Area frame, (double X, double Y) point) =>
        (frame.Left + X.Scale.Position(point.X) * frame.Width, frame.Bottom - Y.Scale.Position(point.Y) * frame.Height);

    /// <summary>
    /// Labels beside the curves' last points; those that would touch are moved apart, and a thin line leads to them.
    /// </summary>
    private void LabelEnds(Drawing drawing, Area frame)
    {
        var labels = Labelled.Select(curve => (Curve: curve, End: Place(frame, curve.Pieces.Last()[^1])))
            .OrderBy(label => label.End.Y).ToList();
        var heights = Spread([.. labels.Select(label => label.End.Y)], PictureStyle.LineHeight, frame.Top,
            frame.Bottom);
        foreach (var ((curve, end), y) in labels.Zip(heights))
        {
            drawing.Text(frame.Right + LeaderSpace, y + Drawing.HalfCapital, curve.Label, colour: curve.Colour);
            if (Math.Abs(y - end.Y) > PictureStyle.LineHeight / 4 || end.X < frame.Right - PictureStyle.LineHeight)
                drawing.Line(Math.Min(end.X + PictureStyle.Gap, frame.Right + 1), end.Y,
                    frame.Right + LeaderSpace - 1.5, y, curve.Colour, LeaderWidth);
        }
    }

    /// <summary>
    /// The positions nearest to those wanted (least squares) that are no nearer to each other than a distance, inside a
    /// range that has room for them.
    /// </summary>
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
                pool = ((before.Mean * before.Count + pool.Mean * pool.Count) / (before.Count + pool.Count),
                    before.Count + pool.Count);
            }
            pools.Push(pool);
        }
        var last = to - (wanted.Length - 1) * distance;
        return [.. pools.Reverse().SelectMany(pool => Enumerable.Repeat(pool.Mean, pool.Count))
            .Select((mean, i) => Math.Clamp(mean, from, Math.Max(from, last)) + i * distance)];
    }
}
