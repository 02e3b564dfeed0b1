namespace MesoLiMg.Model;

/// <summary>
/// A hexagonal plate that is cut out of a box: its flats lie across y and at 60° to that, its corners along x. It
/// stands in the middle of the box, or where a face is a plane of symmetry on that, so that a half or a quarter of it
/// is computed.
/// </summary>
public sealed class Hexagon
{
    private readonly GridShape grid;
    private readonly (double X, double Y) centre;
    private readonly double width;

    private Hexagon(DomainCase domain, double width)
    {
        (grid, this.width) = (GridShape.Of(domain), width);
        var lateral = LateralFaces.Of(domain);
        var lengths = GridShape.Lengths(domain);
        centre = (Middle(lateral.XMin, lateral.XMax, lengths[0]), Middle(lateral.YMin, lateral.YMax, lengths[1]));
        Room = (RoomAbout(centre.X, lengths[0]), RoomAbout(centre.Y, lengths[1]));
    }

    /// <summary>The plate of a domain; null where it is the whole box.</summary>
    public static Hexagon? Of(DomainCase domain) => domain.Hexagon is { } width ? new(domain, width) : null;

    /// <summary>Distances of the corners (along x) and the flats (along y) from the middle [m].</summary>
    public (double X, double Y) Needs => (width / Math.Sqrt(3), width / 2);

    /// <summary>
    /// Distances of the faces of the box from the middle [m], along each axis the nearer one that is no plane of
    /// symmetry through it.
    /// </summary>
    public (double X, double Y) Room { get; }

    /// <summary>Whether the centres of a column of cells lie in the plate.</summary>
    public bool Holds(int x, int y)
    {
        var (dx, dy) = (Math.Abs((x + 0.5) * grid.Spacing.X - centre.X),
            Math.Abs((y + 0.5) * grid.Spacing.Y - centre.Y));
        return dy <= width / 2 && Math.Sqrt(3) * dx + dy <= width;
    }

    /// <summary>Takes its grain from every cell outside, x fastest.</summary>
    public void Cut(int[] grain)
    {
        for (var i = 0; i < grain.Length; i++)
            grain[i] = Holds(i % grid.Cells.X, i / grid.Cells.X % grid.Cells.Y) ? grain[i] : 0;
    }

    private static double RoomAbout(double centre, double length) => centre == 0 || centre == length ? length
        : length / 2;

    private static double Middle(LateralKind low, LateralKind high, double length) => low == LateralKind.Symmetric ? 0
        : high == LateralKind.Symmetric ? length : length / 2;
}
