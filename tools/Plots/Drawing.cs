using System.Xml.Linq;

namespace MesoLiMg.Tools.Plots;

/// <summary>Where a text stands about its point.</summary>
public enum Anchor { Start, Middle, End }

/// <summary>A sign at a point, filled or open.</summary>
public enum Mark { Disc, Square, Triangle, Diamond, Circle, OpenSquare, OpenTriangle }

/// <summary>An SVG picture on white, coordinates in points (1/72 inch), y downwards.</summary>
public sealed class Drawing
{
    /// <summary>Size of all text, as journals ask for.</summary>
    public const double FontSize = 8;

    /// <summary>From the baseline up to the middle of figures and capitals.</summary>
    public const double HalfCapital = 0.36 * FontSize;

    private const double PointsPerMillimetre = 72 / 25.4;
    private readonly XElement root;

    /// <summary>An empty picture.</summary>
    /// <param name="width">[pt]</param>
    /// <param name="height">[pt]</param>
    /// <param name="title">For people who cannot see it.</param>
    public Drawing(double width, double height, string title)
    {
        (Width, Height) = (width, height);
        root = new(Svg.Namespace + "svg",
            new XAttribute("width", $"{Svg.Number(width / PointsPerMillimetre)}mm"),
                new XAttribute("height", $"{Svg.Number(height / PointsPerMillimetre)}mm"),
            new XAttribute("viewBox", $"0 0 {Svg.Number(width)} {Svg.Number(height)}"), new XAttribute("role", "img"),
            new XAttribute("font-family", "Helvetica, Arial, 'Liberation Sans', sans-serif"),
                new XAttribute("font-size", Svg.Number(FontSize)),
            new XElement(Svg.Namespace + "title", title));
        Add("rect", ("width", width), ("height", height), ("fill", "white"));
    }

    /// <summary>[pt]</summary>
    public double Width { get; }

    /// <summary>[pt]</summary>
    public double Height { get; }

    /// <summary>Points of so many millimetres.</summary>
    public static double Millimetres(double length) => length * PointsPerMillimetre;

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string colour = "black", double width = 0.6) =>
        Add("line", ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2), ("stroke", colour), ("stroke-width", width));

    /// <summary>A line through points.</summary>
    /// <param name="points">At least two.</param>
    /// <param name="colour">Stroke.</param>
    /// <param name="width">[pt]</param>
    /// <param name="dashes">Lengths of dashes and gaps; solid when null.</param>
    /// <param name="clip">Name of a <see cref="Clip"/>.</param>
    public void Polyline(IEnumerable<(double X, double Y)> points, string colour, double width, string? dashes,
        string clip) =>
        Add("polyline", ("points", Places(points)), ("fill", "none"), ("stroke", colour),
            ("stroke-width", width), ("stroke-linejoin", "round"), ("stroke-dasharray", dashes),
                ("clip-path", $"url(#{clip})"));

    /// <summary>Straight lines with rounded ends, as one element.</summary>
    public void Segments(IEnumerable<((double X, double Y) From, (double X, double Y) To)> lines, string colour,
        double width)
    {
        var path = string.Concat(
            lines.Select(line =>
            $"M{Svg.Number(line.From.X)} {Svg.Number(line.From.Y)}L{Svg.Number(line.To.X)} {Svg.Number(line.To.Y)}"));
        if (path.Length > 0)
            Add("path", ("d", path), ("fill", "none"), ("stroke", colour), ("stroke-width", width),
                ("stroke-linecap", "round"));
    }

    /// <summary>
    /// A sign at a point. All have about the same area; open ones hide the line that runs through them.
    /// </summary>
    public void Mark(double x, double y, Mark mark, string colour)
    {
        const double size = 1.8;
        var isOpen = mark is Plots.Mark.Circle or Plots.Mark.OpenSquare or Plots.Mark.OpenTriangle;
        (string, object?)[] look = isOpen ? [("fill", "white"), ("stroke", colour), ("stroke-width", 0.8)]
            : [("fill", colour)];
        (double X, double Y)[] corners = mark switch
        {
            Plots.Mark.Square or Plots.Mark.OpenSquare => [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Plots.Mark.Triangle or Plots.Mark.OpenTriangle => [(0, -1.3), (1.2, 0.8), (-1.2, 0.8)],
            Plots.Mark.Diamond => [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
            _ => [],
        };
        if (corners.Length == 0)
            Add("circle", [("cx", x), ("cy", y), ("r", size), .. look]);
        else
            Add("polygon", [("points", Places(corners.Select(corner => (x + size * corner.X, y + size * corner.Y)))),
                .. look]);
    }

    /// <summary>A rectangle.</summary>
    /// <param name="area">Where.</param>
    /// <param name="stroke">Colour of its edge.</param>
    /// <param name="fill">Colour inside.</param>
    public void Rectangle(Area area, string stroke = "black", string fill = "none") =>
        Add("rect", ("x", area.Left), ("y", area.Top), ("width", area.Width), ("height", area.Height), ("fill", fill),
            ("stroke", stroke), ("stroke-width", 0.6));

    /// <summary>Declares an area to which lines are cut, and returns its name.</summary>
    public string Clip(Area area)
    {
        var name = $"area{root.Elements(Svg.Namespace + "clipPath").Count()}";
        root.Add(new XElement(Svg.Namespace + "clipPath", new XAttribute("id", name),
            Element("rect", ("x", area.Left), ("y", area.Top), ("width", area.Width), ("height", area.Height))));
        return name;
    }

    /// <summary>An image of cells that fills an area; cells stay sharp.</summary>
    /// <param name="area">Where.</param>
    /// <param name="png">A PNG file.</param>
    public void Image(Area area, byte[] png) => Add("image",
        ("x", area.Left), ("y", area.Top), ("width", area.Width), ("height", area.Height),
            ("preserveAspectRatio", "none"), ("style", "image-rendering: pixelated"),
        ("href", $"data:image/png;base64,{Convert.ToBase64String(png)}"));

    /// <summary>A text, see <see cref="RichText"/>.</summary>
    /// <param name="x">Its anchor.</param>
    /// <param name="y">Its baseline.</param>
    /// <param name="text">Text.</param>
    /// <param name="anchor">Where the anchor is.</param>
    /// <param name="colour">Fill.</param>
    /// <param name="upwards">Whether it is turned to read from below.</param>
    public void Text(double x, double y, string text, Anchor anchor = Anchor.Start, string colour = "black",
        bool upwards = false)
    {
        var element = Element("text", ("x", x), ("y", y), ("fill", colour),
            ("text-anchor", anchor == Anchor.Start ? null : anchor.ToString().ToLowerInvariant()),
            ("transform", upwards ? $"rotate(-90 {Svg.Number(x)} {Svg.Number(y)})" : null));
        element.Add(RichText.Spans(text, FontSize));
        root.Add(element);
    }

    /// <summary>The file.</summary>
    public override string ToString() => new XDocument(root).ToString(SaveOptions.DisableFormatting) + "\n";

    private static string Places(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(p => $"{Svg.Number(p.X)},{Svg.Number(p.Y)}"));

    private void Add(string name, params (string Name, object? Value)[] attributes) =>
        root.Add(Element(name, attributes));

    private static XElement Element(string name, params (string Name, object? Value)[] attributes) =>
        new(Svg.Namespace + name,
        attributes.Where(a => a.Value is not null)
            .Select(a => new XAttribute(a.Name, a.Value is double number ? Svg.Number(number) : a.Value!)));
}

/// <summary>A rectangle of a picture [pt].</summary>
public readonly record struct Area(double Left, double Top, double Width, double Height)
{
    /// <summary>Right edge.</summary>
    public double Right => Left + Width;

    /// <summary>Lower edge.</summary>
    public double Bottom => Top + Height;
}
