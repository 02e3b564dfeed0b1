using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// A grid of cells with its own width per column along each axis, as the levels of multigrid need it; the finest is
/// uniform. Arrays on the device follow <see cref="Layout"/>. Internally every grid has an x axis: a slab is one
/// column, one cell wide, between faces that cannot move.
/// </summary>
public sealed class GridLevel
{
    private readonly IDevice device;

    /// <summary>The voxel grid of a domain.</summary>
    /// <param name="periodicX">Whether the last node along x repeats the first; likewise <paramref
    /// name="periodicY"/>.</param>
    public GridLevel(IDevice device, GridShape shape, bool periodicX, bool periodicY)
        : this(device, shape.Kind, Uniform(shape.Cells.X, InternalWidth(shape)),
            Uniform(shape.Cells.Y, shape.Spacing.Y), Uniform(shape.Cells.Z, shape.Spacing.Z), periodicX, periodicY)
    {
    }

    /// <summary>A grid with given widths [m].</summary>
    public GridLevel(IDevice device, DomainKind kind, double[] widthsX, double[] widthsY, double[] widthsZ,
        bool periodicX, bool periodicY)
    {
        this.device = device;
        Kind = kind;
        Widths = [widthsX, widthsY, widthsZ];
        Periodic = [periodicX, periodicY, false];
        var (nx, ny, nz) = (widthsX.Length, widthsY.Length, widthsZ.Length);
        var row = RowLength(nx);
        var strideY = HasY ? row : 0;
        var points = (double)row * (HasY ? ny + 3 : 1) * (nz + 3);
        if (points > MostPoints)
            throw new InputException(
                $"a grid of {(HasY ? $"{nx:N0} x {ny:N0} x {nz:N0}" : $"{nx:N0} x {nz:N0}")} cells is too large: with "
                    + $"ghosts and padding it has {points:N0} points, and arrays of a stress count up to "
                    + $"{MostPoints:N0} "
                + $"({LargestCube} cells along the edges of a cube)");
        var strideZ = row * (HasY ? ny + 3 : 1);
        Layout = new Layout(strideY, strideZ, 1 + strideY + strideZ, strideZ * (nz + 3));
        BodySurface = [.. OutermostLayers()];
    }

    /// <summary>Points of a row with its ghosts and padding: whole lanes of double precision.</summary>
    public static int RowLength(int cells) => (cells + 3 + 7) / 8 * 8;

    /// <summary>
    /// Points that a grid may have at most, ghosts and padding included: the six components of its stress are indexed
    /// in 32 bits.
    /// </summary>
    public static int MostPoints => (int.MaxValue - FlatBox.RoundUp(1)) / 6;

    /// <summary>Cells along the edges of the largest cube.</summary>
    public static int LargestCube => Enumerable.Range(1, 2000)
        .Last(n => (long)RowLength(n) * (n + 3) * (n + 3) <= MostPoints);

    /// <summary>Domain.</summary>
    public DomainKind Kind { get; }

    /// <summary>Cell widths along x, y, z [m].</summary>
    public double[][] Widths { get; }

    /// <summary>Whether the last node along x, y, z repeats the first.</summary>
    public bool[] Periodic { get; }

    /// <summary>Where points lie in arrays.</summary>
    public Layout Layout { get; }

    /// <summary>Whether there is a y axis.</summary>
    public bool HasY => Kind == DomainKind.ThreeD;

    /// <summary>Displacement components: x, z(, y).</summary>
    public int Components => HasY ? 3 : 2;

    /// <summary>Cells along x.</summary>
    public int X => Widths[0].Length;

    /// <summary>Cells along y.</summary>
    public int Y => Widths[1].Length;

    /// <summary>Cells along z.</summary>
    public int Z => Widths[2].Length;

    /// <summary>All cells.</summary>
    public Box<Cell> Cells => new(Layout, 0, X, 0, Y, 0, Z);

    /// <summary>All cells and their ghosts along x and y.</summary>
    public Box<Cell> CellsWithGhosts => new(Layout, -1, X + 1, HasY ? -1 : 0, HasY ? Y + 1 : 1, 0, Z);

    /// <summary>All nodes that are unknowns of their own: without the repeated ones of periodic axes.</summary>
    public Box<Node> Nodes => new(Layout, 0, LastNode(0) + 1, 0, LastNode(1) + 1, 0, Z + 1);

    /// <summary>All low faces of cells and the high faces at the end of each axis, stored at the cell above.</summary>
    public Box<Face> LowFaces => new(Layout, 0, X + 1, 0, HasY ? Y + 1 : 1, 0, Z + 1);

    /// <summary>Cells and the ghost layer, which stands for points on the faces.</summary>
    public Box<Closed> Closed => new(Layout, -1, X + 1, HasY ? -1 : 0, HasY ? Y + 1 : 1, -1, Z + 1);

    /// <summary>The centres of cells among the points of <see cref="Closed"/>.</summary>
    public Box<Closed> Centres => new(Layout, 0, X, 0, Y, 0, Z);

    /// <summary>Those of one plane z, or the points on a side: z = -1 or Z.</summary>
    public Box<Closed> ClosedPlane(int z) => new(Layout, 0, X, 0, Y, z, z + 1);

    /// <summary>The points on the surface of the body: the outermost layer of <see cref="Closed"/>, in parts.</summary>
    public Box<Closed>[] BodySurface { get; private set; } = [];

    private IEnumerable<Box<Closed>> OutermostLayers()
    {
        var all = Closed;
        yield return all.Layers(-1, 0);
        yield return all.Layers(Z, Z + 1);
        yield return new(Layout, -1, 0, all.Y0, all.Y1, 0, Z);
        yield return new(Layout, X, X + 1, all.Y0, all.Y1, 0, Z);
        if (!HasY)
            yield break;
        yield return new(Layout, 0, X, -1, 0, 0, Z);
        yield return new(Layout, 0, X, Y, Y + 1, 0, Z);
    }

    /// <summary>The nodes of the face z = 0 or of the opposite one.</summary>
    public Box<Node> NodePlane(bool top) =>
        new(Layout, 0, LastNode(0) + 1, 0, LastNode(1) + 1, top ? Z : 0, top ? Z + 1 : 1);

    /// <summary>The cells' points in plane z.</summary>
    public Box<Cell> CellPlane(int z) => new(Layout, 0, X, 0, Y, z, z + 1);

    /// <summary>The cells at one end of an axis.</summary>
    public Box<Cell> EndCells(int axis, bool high)
    {
        int From(int along) => along == axis && high ? Widths[along].Length - 1 : 0;
        int To(int along) => along == axis && !high ? 1 : Widths[along].Length;
        return new(Layout, From(0), To(0), From(1), To(1), From(2), To(2));
    }

    /// <summary>Distance in arrays to the next point along an axis.</summary>
    public int Stride(int axis) => axis switch { 0 => 1, 1 => Layout.StrideY, _ => Layout.StrideZ };

    /// <summary>Free displacement components and repeated nodes aside, unknowns of elasticity.</summary>
    public long Unknowns => Nodes.Points * Components;

    /// <summary>Position of node i along an axis, from the low face [m].</summary>
    public double NodePosition(int axis, int i) => Widths[axis].AsSpan(0, i).ToArray().Sum();

    /// <summary>
    /// Position of node i along an axis, from the middle [m]; to the bit the negative one of its image where the axis
    /// is reversed.
    /// </summary>
    public double FromMiddle(int axis, int i)
    {
        var widths = Widths[axis];
        return (NodePosition(axis, i) - widths.Reverse().Take(widths.Length - i).Sum()) / 2;
    }

    /// <summary>A field of zeros at cells; likewise at the other places.</summary>
    /// <param name="components">Numbers a point.</param>
    public Field<Cell, T> CellField<T>(int components = 1) where T : unmanaged => New<Cell, T>(Layout, components);

    /// <summary>A field of zeros at nodes.</summary>
    public Field<Node, T> NodeField<T>(int components = 1) where T : unmanaged => New<Node, T>(Layout, components);

    /// <summary>A field of zeros at faces across one axis.</summary>
    public Field<Face, T> FaceField<T>() where T : unmanaged => New<Face, T>(Layout, 1);

    /// <summary>A field of zeros at cells and on the surface of the body.</summary>
    public Field<Closed, T> ClosedField<T>(int components = 1) where T : unmanaged =>
        New<Closed, T>(Layout, components);

    /// <summary>A field of zeros at the nodes of one side.</summary>
    public Field<Side, T> SideField<T>(int components = 1) where T : unmanaged =>
        New<Side, T>(Layout.Plane, components);

    /// <summary>A field of zeros at the faces of the SE side.</summary>
    public Field<Surface, T> SurfaceField<T>() where T : unmanaged => New<Surface, T>(Layout.Plane, 1);

    private Field<TPlace, T> New<TPlace, T>(Layout layout, int components) where TPlace : struct, IPlace
        where T : unmanaged =>
        new(device.Allocate<T>(FlatBox.RoundUp(checked(components * layout.Length))), layout, components);

    /// <summary>An array of displacements or forces as a field of nodes.</summary>
    public Field<Node, T> AsNodes<T>(View<T> values) where T : unmanaged => new(values, Layout, Components);

    /// <summary>An array of one number a cell as a field of cells.</summary>
    public Field<Cell, double> AsCells(View<double> values) => new(values, Layout, 1);

    /// <summary>The points of <see cref="SurfaceField{T}"/>.</summary>
    public Box<Surface> SurfacePlane => new(Layout.Plane, 0, X, 0, Y, 0, 1);

    /// <summary>
    /// All elements of a field with so many components, for pointwise kernels: in space layer by layer, all components
    /// of each together, so that threads take the same layers as in launches that know the grid's shape and find them
    /// in their caches.
    /// </summary>
    public Box<Flat> Flat(int components) => HasY
        ? new(new Layout(Layout.Length, Layout.StrideZ, 0, components * Layout.Length), 0, Layout.StrideZ, 0,
            components, 0, Z + 3)
        : FlatBox.Of(components * Layout.Length);

    /// <summary>
    /// Fills the ghosts of a field: along periodic axes they repeat the other end, and a node there its first.
    /// </summary>
    public void FillGhosts<TPlace, T>(Field<TPlace, T> field) where TPlace : struct, IPlaceWithGhosts
        where T : unmanaged =>
        Repeat(field);

    /// <summary>
    /// A vector over the cells of an axis, with entry i+1 for cell i; ghosts have the cell's on the other side of a
    /// periodic axis, else that of the end cell.
    /// </summary>
    public View<T> AlongCells<T>(int axis, Func<int, double> value) where T : unmanaged
    {
        var cells = Widths[axis].Length;
        // Along x to the end of the row's padding, over which some kernels run to keep lanes whole.
        var entries = axis > 0 ? cells + 3 : HasY ? Layout.StrideY : Layout.StrideZ;
        return Upload<T>(Enumerable.Range(-1, entries)
            .Select(i => value(Periodic[axis] ? (i + cells) % cells : Math.Clamp(i, 0, cells - 1))));
    }

    /// <summary>A vector over the nodes of an axis, with entry i+1 for node i and zeros in the ghosts.</summary>
    public View<T> AlongNodes<T>(int axis, Func<int, double> value) where T : unmanaged
    {
        var cells = Widths[axis].Length;
        return Upload<T>(Enumerable.Range(-1, cells + 3).Select(i => i < 0 || i > cells ? 0 : value(i)));
    }

    /// <summary>Numbers in the precision of T.</summary>
    public View<T> Upload<T>(IEnumerable<double> values) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return (View<T>)(object)device.Allocate<float>(values.Select(v => (float)v).ToArray());
        return (View<T>)(object)device.Allocate<double>(values.ToArray());
    }

    /// <summary>A map.</summary>
    public View<int> Upload(int[] values) => device.Allocate<int>(values);

    /// <summary>Width and inverse width along an axis.</summary>
    public Widths<T> WidthsAlong<T>(int axis) where T : unmanaged =>
        new(AlongCells<T>(axis, i => Widths[axis][i]), AlongCells<T>(axis, i => 1 / Widths[axis][i]));

    /// <summary>Gauss points along r.</summary>
    public RadialPoints<T> RadialPoints<T>() where T : unmanaged
    {
        var length = X + 3;
        double[] sides = [-0.5 / Math.Sqrt(3), 0.5 / Math.Sqrt(3)];
        View<T> Both(Func<int, double, double> value) =>
            Upload<T>(sides.SelectMany(side => Enumerable.Range(-1, length)
                .Select(i => value(Math.Clamp(i, 0, X - 1), side))));
        var nodes = Enumerable.Range(0, X + 1).Select(i => NodePosition(0, i)).ToArray();
        double Radius(int i, double side) => nodes[i] + Widths[0][i] * (0.5 + side);
        return new(Both((i, side) => Widths[0][i] * side), Both((i, side) => Radius(i, side) * Widths[0][i] / 2),
            Both((i, side) => 1 / Radius(i, side)), length);
    }

    /// <summary>
    /// ∫ N dx (∫ N r dr in r-z, per radian) times ∫ N dy of nodes over a face z = const, a plane field.
    /// </summary>
    /// <param name="isThere">Whether the face of a cell (x, y) belongs to the body.</param>
    public double[] NodeAreas(Func<int, int, bool> isThere)
    {
        var areas = new double[Layout.StrideZ];
        foreach (var (x, y) in from y in Enumerable.Range(0, HasY ? Y + 1 : 1)
                               from x in Enumerable.Range(0, X + 1)
                               select (x, y))
        {
            double Quarter(int dx, int dy) => Half(0, x, dx) * (HasY ? Half(1, y, dy) : 1) * There(x + dx, y + dy);
            // Opposite quarters first: no matter which axis is which, and from which end it is counted.
            areas[Layout.Index(x, y, -1)] = HasY ? Quarter(-1, -1) + Quarter(0, 0) + (Quarter(-1, 0) + Quarter(0, -1))
                : Quarter(-1, 0) + Quarter(0, 0);
        }
        return areas;
        double There(int x, int y)
        {
            var (inX, inY) = (Periodic[0] ? (x + X) % X : x, Periodic[1] ? (y + Y) % Y : y);
            return inX < 0 || inX >= X || inY < 0 || inY >= Y || !isThere(inX, inY) ? 0 : 1;
        }
    }

    /// <summary>Volumes and face areas of the cells of a uniform grid (2π included in r-z).</summary>
    public VolumeGeometry Volumes()
    {
        var (hx, hy, hz) = (Widths[0][0], HasY ? Widths[1][0] : 1, Widths[2][0]);
        if (Kind != DomainKind.Axisymmetric)
            return new(AlongCells<double>(0, _ => hx * hy * hz), AlongNodes<double>(0, _ => hy * hz),
                AlongCells<double>(0, _ => hx * hz), AlongCells<double>(0, _ => hx * hy));
        double Ring(int i) => 2 * Math.PI * (i + 0.5) * hx * hx;
        return new(AlongCells<double>(0, i => Ring(i) * hz), AlongNodes<double>(0, i => 2 * Math.PI * i * hx * hz),
            AlongCells<double>(0, _ => hx * hz), AlongCells<double>(0, Ring));
    }

    private static double[] Uniform(int cells, double width) => Enumerable.Repeat(width, cells).ToArray();

    private static double InternalWidth(GridShape shape) => shape.Kind == DomainKind.Slab ? shape.Spacing.Z
        : shape.Spacing.X;

    private int LastNode(int axis) => axis == 1 && !HasY ? 0 : Widths[axis].Length - (Periodic[axis] ? 1 : 0);

    /// <summary>Share of cell i + d in the area of node i.</summary>
    private double Half(int axis, int i, int d)
    {
        var cell = i + d;
        var cells = Widths[axis].Length;
        if (Periodic[axis])
            cell = (cell + cells) % cells;
        if (cell < 0 || cell >= cells)
            return 0;
        var h = Widths[axis][cell];
        if (Kind != DomainKind.Axisymmetric || axis != 0)
            return h / 2;
        // ∫ N r dr on [r0, r1]: h (2 r0 + r1)/6 at r0, h (r0 + 2 r1)/6 at r1.
        var (r0, r1) = (NodePosition(0, cell), NodePosition(0, cell + 1));
        return h * (d == 0 ? 2 * r0 + r1 : r0 + 2 * r1) / 6;
    }

    private void Repeat<TPlace, T>(Field<TPlace, T> field) where TPlace : struct, IPlace where T : unmanaged
    {
        if (Periodic[0])
        {
            device.Launch<CopyPlane<TPlace, T>, TPlace, T>(
                new(field, X), new(Layout, -1, 0, HasY ? -1 : 0, HasY ? Y + 2 : 1, -1, Z + 2));
            device.Launch<CopyPlane<TPlace, T>, TPlace, T>(
                new(field, -X), new(Layout, X, X + 1, HasY ? -1 : 0, HasY ? Y + 2 : 1, -1, Z + 2));
        }
        if (Periodic[1])
        {
            device.Launch<CopyPlane<TPlace, T>, TPlace, T>(new(field, Y * Layout.StrideY),
                new(Layout, -1, X + 2, -1, 0, -1, Z + 2));
            device.Launch<CopyPlane<TPlace, T>, TPlace, T>(new(field, -Y * Layout.StrideY),
                new(Layout, -1, X + 2, Y, Y + 1, -1, Z + 2));
        }
    }
}
