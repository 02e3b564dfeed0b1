namespace MesoLiMg.Tools.Plots;

/// <summary>How a curve is drawn: as a line, or by marks alone.</summary>
public enum LineStyle { Solid, Dashed, DashDotted, Dotted, Thin, Marks }

/// <summary>A curve.</summary>
/// <param name="Label">What it is, as <see cref="RichText"/>; without a label when empty.</param>
/// <param name="Colour">SVG colour.</param>
/// <param name="Points">In the units of the axes; NaN leaves a gap.</param>
/// <param name="Style">How it is drawn.</param>
public sealed record Curve(string Label, string Colour, IReadOnlyList<(double X, double Y)> Points,
    LineStyle Style = LineStyle.Solid)
{
    private const double Width = 1.2;

    /// <summary>Lines that are told apart without their colours.</summary>
    private static readonly LineStyle[] Lines = [LineStyle.Solid, LineStyle.Dashed, LineStyle.DashDotted,
        LineStyle.Dotted];

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

    /// <summary>
    /// A line whose colour and dashes, or marks whose colour and shape, no other curve of a picture has, so that grey
    /// print tells them apart too.
    /// </summary>
    /// <param name="number">Of the curve in the picture, from 0.</param>
    /// <param name="label">What it is.</param>
    /// <param name="points">In the units of the axes.</param>
    /// <param name="marks">Whether it is drawn by marks.</param>
    public static Curve Numbered(int number, string label, IReadOnlyList<(double X, double Y)> points,
        bool marks = false)
    {
        // When all colours have been used once they meet other marks.
        var (colours, signs) = (ColourMap.Lines.Count, Enum.GetValues<Mark>().Length);
        return new(label, ColourMap.Lines[number % colours], points, marks ? LineStyle.Marks
            : Lines[number % Lines.Length])
        { Mark = (Mark)((number + number / colours) % signs) };
    }

    /// <summary>A line, or marks, through places of the picture.</summary>
    /// <param name="drawing">Picture.</param>
    /// <param name="places">[pt]</param>
    /// <param name="clip">Name of an area to which a line is cut.</param>
    internal void Draw(Drawing drawing, IReadOnlyList<(double X, double Y)> places, string clip)
    {
        if (Style == LineStyle.Marks)
        {
            foreach (var (x, y) in places)
                drawing.Mark(x, y, Mark, Colour);
        }
        else
        {
            drawing.Polyline(places, Colour, Style == LineStyle.Thin ? Width / 2 : Width, Dashes(Style), clip);
        }
    }

    private static string? Dashes(LineStyle style) => style switch
    {
        LineStyle.Dashed => "3.2 2",
        LineStyle.DashDotted => "5 1.6 1.2 1.6",
        LineStyle.Dotted => "1.2 1.6",
        _ => null,
    };
}
