using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>
/// Sections through grains, neighbours in different colours with lines between them: z and the first lateral axis, and
/// of a film also its upper side. What is very tall or flat is drawn less so, and the picture says that.
/// </summary>
/// <param name="Grains">Grains.</param>
/// <param name="Voids">Whether cells of no grain are void, and stay white.</param>
public sealed record GrainPicture(GrainMap Grains, bool Voids)
{
    private const double Gap = 3, TitleHeight = 14, Width = 85, LineWidth = 0.6, Tallest = 3, Flattest = 0.04;
    private const int PixelsAcross = 800;

    /// <summary>The picture.</summary>
    public Drawing Draw()
    {
        var (nx, ny, nz) = Grains.Grid.Cells;
        var (hx, hy, hz) = Grains.Grid.Spacing;
        var length = LengthScale.Of(Math.Max(nx * (Grains.Grid.Has(0) ? hx : 0), nz * hz));
        var across = Grains.Grid.Has(0) ? nx * hx : nz * hz / 4;
        var lateral = Grains.Grid.Kind == DomainKind.Axisymmetric ? "r" : "x";
        var front = new Section(Grains.Grid.Has(1) ? "front, *y* = 0" : "section", nx, nz, across, nz * hz, lateral,
            "z", (i, j) => Grains.Grain[i + nx * ny * j]);
        var top = new Section("seen from the electrolyte", nx, ny, across, ny * hy, "x", "y", (i, j) =>
            Grains.Grain[i + nx * (j + ny * (nz - 1))]);
        Section[] sections = Grains.Grid.Has(1) ? [top, front] : [front];
        var left = sections.Max(
            section => Axes.SpaceLeft(
            section.Vertical(length, new(0, 0, Drawing.Millimetres(Width), Drawing.Millimetres(Width)))));
        var width = Drawing.Millimetres(Width) - left - 4 * Gap;
        var drawing = new Drawing(Drawing.Millimetres(Width),
            sections.Sum(s => TitleHeight + width * s.DrawnAspect + Axes.SpaceBelow), Number);
        var colours = GrainColours.Of(Grains.Grid, Grains.Grain, ColourMap.Grains.Count);
        var y = 0.0;
        foreach (var section in sections)
        {
            var frame = new Area(left, y + TitleHeight, width, width * section.DrawnAspect);
            drawing.Image(frame, Cells(section, colours));
            drawing.Segments(Boundaries(section, frame), "black", LineWidth);
            drawing.Rectangle(frame);
            Axes.Horizontal(drawing, frame, section.Horizontal(length, frame));
            Axes.Vertical(drawing, frame, section.Vertical(length, frame));
            if (section.Up == "z")
            {
                drawing.Text(frame.Right, frame.Top - Gap - 1, "electrolyte", Anchor.End, PictureStyle.SideColour);
                drawing.Text(frame.Right, frame.Bottom + Axes.LabelBelow, "collector", Anchor.End,
                    PictureStyle.SideColour);
            }
            if (section.DrawnAspect != section.Height / section.Width)
                drawing.Text(frame.Left, frame.Bottom + Axes.LabelBelow, "not to scale",
                    colour: PictureStyle.SideColour);
            drawing.Text(frame.Left, frame.Top - Gap - 1, $"{Number}, {section.Title}");
            y = frame.Bottom + Axes.SpaceBelow;
        }
        return drawing;
    }

    private string Number => Grains.Count == 1 ? "1 grain" : $"{Grains.Count} grains";

    private byte[] Cells(Section section, int[] colours)
    {
        var shades = new double[section.Columns * section.Rows];
        for (var j = 0; j < section.Rows; j++)
            for (var i = 0; i < section.Columns; i++)
                shades[(section.Rows - 1 - j) * section.Columns + i] = section.Grain(i, j) is var grain && Voids
                    && grain == 0 ? double.NaN : colours[grain] / (ColourMap.Grains.Count - 1.0);
        return PngImage.Of(shades, section.Columns, ColourMap.Grains,
            Math.Max(1, PixelsAcross / Math.Max(section.Columns, section.Rows)));
    }

    /// <summary>Edges between cells of different grains; those that continue each other are one.</summary>
    private static IEnumerable<((double X, double Y) From, (double X, double Y) To)> Boundaries(
        Section section, Area frame)
    {
        (double, double) Place(int i, int j) =>
            (frame.Left + frame.Width * i / section.Columns, frame.Bottom - frame.Height * j / section.Rows);
        for (var i = 1; i < section.Columns; i++)
        {
            foreach (var (from, to) in Runs(section.Rows, j => section.Grain(i - 1, j) != section.Grain(i, j)))
                yield return (Place(i, from), Place(i, to));
        }
        for (var j = 1; j < section.Rows; j++)
        {
            foreach (var (from, to) in Runs(section.Columns, i => section.Grain(i, j - 1) != section.Grain(i, j)))
                yield return (Place(from, j), Place(to, j));
        }
    }

    /// <summary>Beginnings and ends of the runs in which something holds.</summary>
    private static IEnumerable<(int From, int To)> Runs(int count, Func<int, bool> holds)
    {
        for (var i = 0; i < count; i++)
        {
            if (!holds(i))
                continue;
            var from = i;
            while (i < count && holds(i))
                i++;
            yield return (from, i);
        }
    }

    /// <summary>A plane of cells, its edges [m], the names of its axes, and the grain of a column and row.</summary>
    private sealed record Section(string Title, int Columns, int Rows, double Width, double Height, string Right,
        string Up, Func<int, int, int> Grain)
    {
        /// <summary>Height over width, within what a page and the programs that make PNGs can take.</summary>
        public double DrawnAspect => Math.Clamp(Height / Width, Flattest, Tallest);

        public Axis Horizontal(LengthScale length, Area frame) =>
            new($"*{Right}* ({length.Unit})", new Scale(0, Width * length.PerMetre)
            {
                Intervals = Axes.Intervals(frame.Width, Axes.NumbersApart)
            });

        public Axis Vertical(LengthScale length, Area frame) =>
            new($"*{Up}* ({length.Unit})", new Scale(0, Height * length.PerMetre)
            {
                Intervals = Axes.Intervals(frame.Height, Axes.LinesApart)
            });
    }
}
