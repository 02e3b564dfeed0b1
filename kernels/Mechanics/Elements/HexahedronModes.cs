using System.Runtime.CompilerServices;

// Lanes on the stack need no zeros first.
[module: SkipLocalsInit]

namespace MesoLiMg.Kernels;

/// <summary>
/// A trilinear function f on a cell, in coordinates x, y, z from -1 to 1: 8 f = mean + X x + Y y + Z z + XY xy + YZ yz
/// + XZ xz + XYZ xyz, without the mean; or the forces that work on such modes. A component of a vector counts the axes
/// from its own one: X is along the component, Y and Z are the next two in cyclic order. So all three components obey
/// the same formulas.
/// </summary>
public readonly struct Trilinear<L>(L x, L y, L z, L xy, L yz, L xz, L xyz) where L : unmanaged
{
    public readonly L X = x, Y = y, Z = z, XY = xy, YZ = yz, XZ = xz, XYZ = xyz;
}

/// <summary>A number for each axis.</summary>
public readonly struct PerAxis<L>(L x, L y, L z) where L : unmanaged
{
    public readonly L X = x, Y = y, Z = z;

    /// <summary>The same, counted from the next axis on.</summary>
    public PerAxis<L> Next() => new(Y, Z, X);
}

/// <summary>
/// The axis of a vector's component: what the modes by the axes x, y, z are when they are counted from it, and back.
/// </summary>
public interface IComponentAxis
{
    /// <summary>Modes counted from the component's axis.</summary>
    static abstract Trilinear<L> FromOwn<L>(L x, L y, L z, L xy, L yz, L xz, L xyz) where L : unmanaged;

    /// <summary>Modes by the axes x, y, z.</summary>
    static abstract Trilinear<L> FromX<L>(in Trilinear<L> own) where L : unmanaged;
}

/// <summary>The x component.</summary>
public readonly struct AlongX : IComponentAxis
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trilinear<L> FromOwn<L>(L x, L y, L z, L xy, L yz, L xz, L xyz) where L : unmanaged =>
        new(x, y, z, xy, yz, xz, xyz);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trilinear<L> FromX<L>(in Trilinear<L> own) where L : unmanaged => own;
}

/// <summary>The y component, whose axes are y, z, x.</summary>
public readonly struct AlongY : IComponentAxis
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trilinear<L> FromOwn<L>(L x, L y, L z, L xy, L yz, L xz, L xyz) where L : unmanaged =>
        new(y, z, x, yz, xz, xy, xyz);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trilinear<L> FromX<L>(in Trilinear<L> own) where L : unmanaged =>
        new(own.Z, own.X, own.Y, own.XZ, own.XY, own.YZ, own.XYZ);
}

/// <summary>The z component, whose axes are z, x, y.</summary>
public readonly struct AlongZ : IComponentAxis
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trilinear<L> FromOwn<L>(L x, L y, L z, L xy, L yz, L xz, L xyz) where L : unmanaged =>
        new(z, x, y, xz, xy, yz, xyz);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Trilinear<L> FromX<L>(in Trilinear<L> own) where L : unmanaged =>
        new(own.Y, own.Z, own.X, own.YZ, own.XZ, own.XY, own.XYZ);
}

/// <summary>
/// Modes of nodal fields on the cells of three-dimensional grids. In the plane of x and y corners are combined along
/// the two diagonals first, so that turning a field by a quarter about z, or exchanging its ends, turns its modes to
/// the bit. Bodies such as <see cref="Load"/> are long enough that the host's compiler does not inline them, and must
/// not be marked for it: in one body with the rest it would reach its limit of local variables and call every lane
/// operation, 20 times slower.
/// </summary>
public static class HexahedronModes
{
    /// <summary>The modes of a component of a field on a cell, counted from the component's axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Trilinear<L> Load<L, T, TAxis>(in Field<Node, T> u, int component, in Point<Cell> p)
        where L : unmanaged, ILane<L, T> where T : unmanaged where TAxis : struct, IComponentAxis
    {
        var i = p.LowNode().Index + component * u.Layout.Length;
        var low = LoadFace<L, T>(u.Values, i, u.Layout.StrideY);
        var high = LoadFace<L, T>(u.Values, i + u.Layout.StrideZ, u.Layout.StrideY);
        return TAxis.FromOwn(
            low.X + high.X, low.Y + high.Y, high.Mean - low.Mean,
            low.XY + high.XY, high.Y - low.Y, high.X - low.X, high.XY - low.XY);
    }

    /// <summary>
    /// The transpose of <see cref="Load"/>: writes the forces on the eight corners that do the work of
    /// <paramref name="own"/> on the modes.
    /// </summary>
    /// <param name="forces">Where they go.</param>
    /// <param name="i">Number of that on the first corner.</param>
    /// <param name="corner">
    /// Distance from one corner's numbers to the next one's; corners along x first, then y, then z.
    /// </param>
    /// <param name="own">Forces on the modes, counted from the component's axis.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<L, T, TAxis>(in View<T> forces, int i, int corner, in Trilinear<L> own)
        where L : unmanaged, ILane<L, T> where T : unmanaged where TAxis : struct, IComponentAxis
    {
        var f = TAxis.FromX(own);
        StoreFace<L, T>(forces, i, corner, new(-f.Z, f.X - f.XZ, f.Y - f.YZ, f.XY - f.XYZ));
        StoreFace<L, T>(forces, i + 4 * corner, corner, new(f.Z, f.X + f.XZ, f.Y + f.YZ, f.XY + f.XYZ));
    }

    /// <summary>Sums and differences of the four corners of a face z = const.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Face<L> LoadFace<L, T>(in View<T> u, int i, int toY) where L : unmanaged, ILane<L, T>
        where T : unmanaged
    {
        var (u00, u10, u01, u11) = (L.Load(u, i), L.Load(u, i + 1), L.Load(u, i + toY), L.Load(u, i + toY + 1));
        var (along, across, difference, differenceAcross) = (u11 + u00, u10 + u01, u11 - u00, u10 - u01);
        return new(along + across, difference + differenceAcross, difference - differenceAcross, along - across);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFace<L, T>(in View<T> forces, int i, int corner, in Face<L> f)
        where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (along, across) = (f.Mean + f.XY, f.Mean - f.XY);
        var (difference, differenceAcross) = (f.X + f.Y, f.X - f.Y);
        L.Store(forces, i, along - difference);
        L.Store(forces, i + corner, across + differenceAcross);
        L.Store(forces, i + 2 * corner, across - differenceAcross);
        L.Store(forces, i + 3 * corner, along + difference);
    }

    private readonly struct Face<L>(L mean, L x, L y, L xy) where L : unmanaged
    {
        public readonly L Mean = mean, X = x, Y = y, XY = xy;
    }
}
