using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>
/// A field over a section of a grid: cells in their colours, equal scales along both axes unless it is too narrow for
/// that, and a colour bar.
/// </summary>
/// <param name="Title">Above the picture.</param>
/// <param name="Quantity">What the colours mean.</param>
/// <param name="Values">One number a cell, in the unit of <paramref name="Quantity"/>, from the collector upwards and
/// from the axis outwards; NaN where there is none (voids, inert phases), which stays white.</param>
/// <param name="Grid">The cells; of a film, those of its face y = 0.</param>
public sealed record FieldPicture(string Title, Quantity Quantity, double[] Values, GridShape Grid)
{
    private const double Gap = 3, BarWidth = 7, TitleHeight = 18, TitleGap = 7, LargestHeight = 200, LongStrip = 3,
        NarrowestWidth = 20;
    private const string Above = "electrolyte", Below = "collector";
    private const int PixelsAcross = 800, MostRows = 7, MostShades = 8;

    /// <summary>Colour range; the values' own, widened to ticks, when null.</summary>
    public (double From, double To)? Range { get; init; }

    /// <summary>The picture.</summary>
    public Drawing Draw()
    {
        var (columns, rows) = (Grid.Cells.X, Grid.Cells.Z);
        var mirrored = Grid.Kind == DomainKind.Axisymmetric;
        var length = LengthScale.Of(Math.Max(columns * Grid.Spacing.X, rows * Grid.Spacing.Z));
        var (extent, height) = (columns * Grid.Spacing.X * length.PerMetre, rows * Grid.Spacing.Z * length.PerMetre);
        var (from, colours) = (mirrored ? -extent : 0, Colours());
        Axis Vertical(int intervals) => new($"*z* ({length.Unit})", new Scale(0, height) { Intervals = intervals });
        var (frame, isNarrow) = Frame(Vertical(MostRows), colours, aspect: (extent - from) / height);
        var horizontal = new Axis($"*{(mirrored ? "r" : "x")}* ({length.Unit})",
            new Scale(from, extent) { Intervals = Axes.Intervals(frame.Width, Axes.NumbersApart) });
        var vertical = Vertical(Math.Min(MostRows, Axes.Intervals(frame.Height, Axes.LinesApart)));
        var bar = new Area(frame.Right + 3 * Gap, frame.Top, BarWidth, frame.Height);
        var right = bar.Right + Gap
            + Math.Max(Axes.NumbersWidth(colours), RichText.Width(Quantity.Label, Drawing.FontSize) - BarWidth - Gap)
            + 4;

        var title = isNarrow ? $"{Title}, not to scale" : Title;
        var titleWidth = RichText.Width(title, Drawing.FontSize);
        // What has no room beside its neighbour has a line of its own.
        var down = titleWidth + Gap + RichText.Width(Above, Drawing.FontSize) > frame.Width
            ? PictureStyle.LineHeight : 0;
        var below = RichText.Width(horizontal.Label, Drawing.FontSize)
            + 2 * (Gap + RichText.Width(Below, Drawing.FontSize)) > frame.Width ? PictureStyle.LineHeight : 0;
        (frame, bar) = (frame with { Top = frame.Top + down }, bar with { Top = bar.Top + down });

        var drawing = new Drawing(Math.Max(right, frame.Left + titleWidth + Gap), frame.Bottom + Axes.SpaceBelow
            + below, $"{Quantity.Label}, {Title}".Replace("*", "").Replace("_{", "").Replace("}", ""));
        drawing.Image(frame, Cells(colours, mirrored));
        drawing.Rectangle(frame);
        Axes.Horizontal(drawing, frame, horizontal);
        Axes.Vertical(drawing, frame, vertical);
        drawing.Text(frame.Left, frame.Top - TitleGap - down, title);
        Side(drawing, frame, frame.Top - TitleGap, Above);
        Side(drawing, frame, frame.Bottom + Axes.LabelBelow + below, Below);
        DrawBar(drawing, bar, colours);
        return drawing;
    }

    /// <summary>The name of a side, at the frame's right end, but inside the picture.</summary>
    private static void Side(Drawing drawing, Area frame, double y, string name) =>
        drawing.Text(Math.Max(frame.Right, RichText.Width(name, Drawing.FontSize) + Gap), y, name, Anchor.End,
            PictureStyle.SideColour);

    private Scale Colours()
    {
        if (Range is { } range)
            return new(range.From, range.To);
        var own = Scale.Exactly(Values);
        if (Scale.Only(Values) is { } only)
            return (Quantity.Signed && only != 0 ? new Scale(-Math.Abs(only), Math.Abs(only)) : own)
                with
            { Marked = [only] };
        var largest = Math.Max(Math.Abs(own.From), Math.Abs(own.To));
        return Scale.ToTicks(Quantity.Signed ? -largest : own.From, Quantity.Signed ? largest : own.To, MostShades);
    }

    private static (Area Frame, bool IsNarrow) Frame(Axis vertical, Scale colours, double aspect)
    {
        var left = Axes.SpaceLeft(vertical);
        var width = Drawing.Millimetres(aspect > LongStrip ? 180 : 85) - left - 4 * Gap - BarWidth
            - Math.Max(20, Axes.NumbersWidth(colours)) - 12;
        var height = Math.Min(width / aspect, LargestHeight);
        return (new(left, TitleHeight, Math.Max(height * aspect, NarrowestWidth), height),
            height * aspect < NarrowestWidth);
    }

    private byte[] Cells(Scale colours, bool mirrored)
    {
        var (columns, rows) = (Grid.Cells.X, Grid.Cells.Z);
        var across = mirrored ? 2 * columns : columns;
        var image = new double[across * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < across; i++)
            {
                var column = !mirrored ? i : i < columns ? columns - 1 - i : i - columns;
                image[(rows - 1 - row) * across + i] = colours.Position(Values[row * columns + column]);
            }
        }
        return PngImage.Of(image, across, Map, magnify: Math.Max(1, PixelsAcross / Math.Max(across, rows)));
    }

    private ColourMap Map => Quantity.Map;

    private void DrawBar(Drawing drawing, Area bar, Scale colours)
    {
        const int shades = 256;
        drawing.Image(bar, PngImage.Of([.. Enumerable.Range(0, shades).Select(i => 1 - i / (shades - 1.0))], 1, Map,
            magnify: 1));
        drawing.Rectangle(bar);
        foreach (var tick in colours.Ticks)
        {
            var y = bar.Bottom - colours.Position(tick) * bar.Height;
            drawing.Line(bar.Right - 2, y, bar.Right, y);
            drawing.Text(bar.Right + Gap, y + Drawing.HalfCapital, colours.Label(tick));
        }
        drawing.Text(bar.Left, bar.Top - TitleGap, Quantity.Label);
    }
}
