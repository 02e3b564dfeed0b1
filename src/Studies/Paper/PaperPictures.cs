using MesoLiMg.Studies.Verification;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Paper;

/// <summary>Pictures that compare runs.</summary>
internal static class PaperPictures
{
    /// <summary>A field on the axis at the end of several runs.</summary>
    public static Chart AtEnd(string field, IReadOnlyList<(PaperRun Run, string Label)> runs)
    {
        var curves = new List<Curve>();
        Quantity? quantity = null;
        GridShape? grid = null;
        foreach (var ((run, label), i) in runs.Select((run, i) => (run, i)))
        {
            using var last = run.OpenLast();
            var values = FilmSection.Read(last, field).OnAxis;
            quantity ??= Pictures.QuantityOf(last, field, values.Max(p => Math.Abs(p.Value)));
            grid ??= last.Grid.Film;
            curves.Add(Curve.Numbered(
                i, label, Pictures.Scaled(values, LengthScale.Of(Pictures.Height(grid)), quantity)));
        }
        return Pictures.AlongZ($"{field} along z", grid!, quantity!.Label, curves);
    }

    /// <summary>θ over D for several currents: computed points, and the exact series as lines.</summary>
    public static Chart Utilisation(string sweep, Case slab)
    {
        const double squareCentimetre = 1e-4;
        const int points = 80;
        var chart = SweepPicture.Of(sweep);
        var (low, high) = (chart.X.Scale.From, chart.X.Scale.To);
        Curve Exact(Curve marks) => new("", marks.Colour,
            [.. from i in Enumerable.Range(0, points + 1)
                let d = low * Math.Pow(high / low, i / (double)points)
                select (d, ExactSlab.Utilisation(Units.Parse(marks.Label.Replace("^{2}", "^2"), "A/m^2"),
                    slab.Domain.Height!.Value, d * squareCentimetre, slab.Material.SaturationConcentration))],
            LineStyle.Thin);
        var computed = chart.Curves.Where(curve => curve.Style == LineStyle.Marks).ToList();
        return chart with
        {
            Curves = [.. computed.Select(Exact), .. computed],
            Key = [(LineStyle.Marks, "computed"), (LineStyle.Thin, "exact series")]
        };
    }

    /// <summary>Geometry and conditions of the particle.</summary>
    public static Drawing Sketch(DomainCase plate)
    {
        const double left = 46, width = 110, height = 77, top = 46, layer = 16;
        const string grey = "#555555";
        var drawing = new Drawing(Drawing.Millimetres(85), 172, "Geometry and conditions of the plate");
        var film = new Area(left, top, width, height);
        drawing.Rectangle(film with { Top = top - layer, Height = layer }, "none", "#f3e3c3");
        drawing.Rectangle(film with { Top = film.Bottom, Height = layer }, "none", "#d0d0d0");
        drawing.Rectangle(film, fill: "#dbe9f4");
        drawing.Text(left + width / 2, top - 5, "argyrodite", Anchor.Middle);
        drawing.Text(left + width / 2, film.Bottom + 11, "tungsten", Anchor.Middle);
        drawing.Text(left + width / 2, top + height / 2 + 3, "Li_{x}Mg", Anchor.Middle);
        for (var i = 0; i < 5; i++)
            Arrow(drawing, left + (i + 0.5) * width / 5, 6, 20);
        drawing.Text(film.Right + 8, 14, "1 mA/cm^{2}, 9 MPa");
        drawing.Text(film.Right + 8, top + 3, "held");
        drawing.Text(film.Right + 8, top + height / 2 + 3, "free");
        drawing.Text(film.Right + 8, film.Bottom + 3, "free to slide");
        drawing.Line(left - 12, film.Top, left - 12, film.Bottom, grey);
        drawing.Text(left - 17, top + height / 2 + 3, $"{plate.Height * 1e9:0} nm", Anchor.End, grey);
        drawing.Line(left, film.Bottom + layer + 10, film.Right, film.Bottom + layer + 10, grey);
        drawing.Text(left + width / 2, film.Bottom + layer + 21, $"{2 * plate.Radius * 1e9:0} nm, axisymmetric",
            Anchor.Middle, grey);
        return drawing;
    }

    private static void Arrow(Drawing drawing, double x, double from, double to)
    {
        drawing.Line(x, from, x, to);
        drawing.Line(x - 2.5, to - 4, x, to);
        drawing.Line(x + 2.5, to - 4, x, to);
    }
}
