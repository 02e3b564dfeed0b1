using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// The forces of cells on their corners [N], kept between <see cref="CellForces{T}"/> or <see
/// cref="HexahedronForces{TMaterial, T}"/> and <see cref="ApplyStiffness{TForces, TUse, T}"/>: for each row of cells
/// along x one row of numbers for each corner and component. Some rows y of some layers z are kept at a time; layer z
/// lies at z modulo their number, so that the next slab finds the last layer of the one before.
/// </summary>
/// <param name="values">The forces.</param>
/// <param name="layout">Layout of the cells.</param>
/// <param name="firstRow">The first y that is kept.</param>
/// <param name="rows">Rows kept in a layer.</param>
/// <param name="layers">Layers kept.</param>
public readonly struct CornerForces<T>(View<T> values, Layout layout, int firstRow, int rows, int layers)
    : INodalForces<T> where T : unmanaged
{
    private const int PerCell = 24, Lane = 16;

    /// <summary>The forces.</summary>
    public readonly View<T> Values = values;

    /// <summary>
    /// Distance between neighbouring components, and a third of that between neighbouring corners: whole lanes, which a
    /// cache delivers faster.
    /// </summary>
    public readonly int Stride = RowLength(layout);

    /// <summary>Bytes per row of cells.</summary>
    public static int BytesPerRow(Layout layout) =>
        PerCell * RowLength(layout) * (typeof(T) == typeof(float) ? sizeof(float) : sizeof(double));

    /// <summary>Elements that hold so many rows and layers.</summary>
    public static int LengthFor(Layout layout, int rows, int layers) =>
        checked(Lane + PerCell * RowLength(layout) * rows * layers);

    /// <summary>
    /// Index of the first number of a cell. A lane lies before the first one, since ghost nodes ask for the cells
    /// beyond them.
    /// </summary>
    public int Index(in Point<Cell> p) => Index(p.X, p.Y, p.Z);

    /// <summary>
    /// The sum of the forces of the eight cells of a node: in each layer of cells first along the two diagonals, so
    /// that a quarter turn turns it to the bit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public NodeVector<L> At<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var (above, below) = (Index(p.X, p.Y, p.Z), Index(p.X, p.Y, p.Z - 1) + PerCell / 2 * Stride);
        var (toY, toZ) = (Component.Y * Stride, Component.Z * Stride);
        return new(
            Sum<L>(below) + Sum<L>(above),
            Sum<L>(below + toY) + Sum<L>(above + toY),
            Sum<L>(below + toZ) + Sum<L>(above + toZ));
    }

    /// <summary>
    /// The forces of four cells of a layer on the node they share; i is the number of its corner 0 in the cell with the
    /// highest x and y.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Sum<L>(int i) where L : unmanaged, ILane<L, T>
    {
        var (corner, row) = (3 * Stride, PerCell * Stride);
        var along = L.Load(Values, i) + L.Load(Values, i - row - 1 + 3 * corner);
        return along + (L.Load(Values, i - 1 + corner) + L.Load(Values, i - row + 2 * corner));
    }

    private int Index(int x, int y, int z) =>
        Lane + PerCell * ((z + 1) % layers * rows + y - firstRow) * Stride + x + 1;

    private static int RowLength(in Layout layout) => (layout.StrideY + Lane - 1) / Lane * Lane;
}
