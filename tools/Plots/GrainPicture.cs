using MesoLiMg.Model;

namespace MesoLiMg.Tools.Plots;

/// <summary>Sections through grains, each in a colour of its own: z and the first lateral axis, and of a film also its upper side.</summary>
/// <param name="Grains">Grains.</param>
/// <param name="Voids">Whether cells of no grain are void, and stay white.</param>
public sealed record GrainPicture(GrainMap Grains, bool Voids)
{
    private const double Gap = 3, TitleHeight = 14, Width = 85;
    private const int PixelsAcross = 800;

    /// <summary>Golden ratio: neighbouring numbers get distant colours.</summary>
    private const double Scatter = 0.6180339887498949;

    /// <summary>The picture.</summary>
    public Drawing Draw()
    {
        var (nx, ny, nz) = Grains.Grid.Cells;
        var (hx, hy, hz) = Grains.Grid.Spacing;
        var length = LengthScale.Of(Math.Max(nx * (Grains.Grid.Has(0) ? hx : 0), nz * hz));
        var across = Grains.Grid.Has(0) ? nx * hx : nz * hz / 4;
        var lateral = Grains.Grid.Kind == DomainKind.Axisymmetric ? "r" : "x";
        var front = new Section("front", nx, nz, across, nz * hz, lateral, "z", (i, j) => Grains.Grain[i + nx * ny * j]);
        var top = new Section("electrolyte side", nx, ny, across, ny * hy, "x", "y", (i, j) => Grains.Grain[i + nx * (j + ny * (nz - 1))]);
        Section[] sections = Grains.Grid.Has(1) ? [top, front] : [front];
        var left = sections.Max(section => Axes.SpaceLeft(section.Vertical(length)));
        var width = Drawing.Millimetres(Width) - left - 4 * Gap;
        var drawing = new Drawing(Drawing.Millimetres(Width), sections.Sum(s => TitleHeight + width * s.Height / s.Width + Axes.SpaceBelow), $"{Grains.Count} grains");
        var y = 0.0;
        foreach (var section in sections)
        {
            var frame = new Area(left, y + TitleHeight, width, width * section.Height / section.Width);
            drawing.Image(frame, Cells(section));
            drawing.Rectangle(frame);
            Axes.Horizontal(drawing, frame, section.Horizontal(length));
            Axes.Vertical(drawing, frame, section.Vertical(length));
            drawing.Text(frame.Left, frame.Top - Gap - 1, $"{Grains.Count} grains, {section.Title}");
            y = frame.Bottom + Axes.SpaceBelow;
        }
        return drawing;
    }

    private byte[] Cells(Section section)
    {
        var colours = new double[section.Columns * section.Rows];
        for (var j = 0; j < section.Rows; j++)
            for (var i = 0; i < section.Columns; i++)
                colours[(section.Rows - 1 - j) * section.Columns + i] = section.Grain(i, j) is var grain && Voids && grain == 0 ? double.NaN : grain * Scatter % 1;
        return PngImage.Of(colours, section.Columns, ColourMap.Sequential, Math.Max(1, PixelsAcross / Math.Max(section.Columns, section.Rows)));
    }

    /// <summary>A plane of cells, its edges [m], the names of its axes, and the grain of a column and row.</summary>
    private sealed record Section(string Title, int Columns, int Rows, double Width, double Height, string Right, string Up, Func<int, int, int> Grain)
    {
        public Axis Horizontal(LengthScale length) => new($"*{Right}* ({length.Unit})", new Scale(0, Width * length.PerMetre) { Intervals = 4 });

        public Axis Vertical(LengthScale length) => new($"*{Up}* ({length.Unit})", new Scale(0, Height * length.PerMetre) { Intervals = Height < Width / 2 ? 2 : 4 });
    }
}
