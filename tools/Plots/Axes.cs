namespace MesoLiMg.Tools.Plots;

/// <summary>An axis.</summary>
/// <param name="Label">Quantity and unit, as <see cref="RichText"/>.</param>
/// <param name="Scale">Range and ticks.</param>
public sealed record Axis(string Label, Scale Scale);

/// <summary>Ticks, numbers and labels of a frame's axes.</summary>
internal static class Axes
{
    private const double Gap = PictureStyle.Gap, Tick = 3, MinorTick = 1.6;

    /// <summary>Distances at which numbers beside each other and above each other are read easily [pt].</summary>
    public const double NumbersApart = 30, LinesApart = 15;

    /// <summary>Numbers and label under a frame.</summary>
    public const double SpaceBelow = LabelBelow + Gap;

    /// <summary>From a frame down to the baseline of its label.</summary>
    public const double LabelBelow = 2 * PictureStyle.LineHeight + Gap + 1;

    /// <summary>Intervals for which an edge of a picture has room, numbers being so far apart [pt].</summary>
    public static int Intervals(double length, double distance) => Math.Clamp((int)(length / distance), 1, 10);

    /// <summary>Numbers and label left of a frame.</summary>
    public static double SpaceLeft(Axis axis) => PictureStyle.LineHeight + NumbersWidth(axis.Scale) + 3 * Gap;

    /// <summary>The widest number of an axis.</summary>
    public static double NumbersWidth(Scale scale) =>
        scale.Ticks.Max(tick => RichText.Width(scale.Label(tick), Drawing.FontSize));

    public static void Horizontal(Drawing drawing, Area frame, Axis axis)
    {
        double At(double value) => frame.Left + axis.Scale.Position(value) * frame.Width;
        foreach (var tick in axis.Scale.MinorTicks)
            drawing.Line(At(tick), frame.Bottom, At(tick), frame.Bottom - MinorTick);
        foreach (var tick in axis.Scale.Ticks)
        {
            drawing.Line(At(tick), frame.Bottom, At(tick), frame.Bottom - Tick);
            drawing.Text(At(tick), frame.Bottom + PictureStyle.LineHeight + 1, axis.Scale.Label(tick), Anchor.Middle);
        }
        drawing.Text((frame.Left + frame.Right) / 2, frame.Bottom + LabelBelow, axis.Label, Anchor.Middle);
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
        drawing.Text(frame.Left - 3 * Gap - NumbersWidth(axis.Scale), (frame.Top + frame.Bottom) / 2, axis.Label,
            Anchor.Middle, upwards: true);
    }
}
