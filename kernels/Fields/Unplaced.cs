using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

// Kernels whose fields do not know their place yet: this file goes with the last of them.

/// <summary>A kernel without a place.</summary>
public interface IKernel<T> where T : unmanaged
{
    /// <summary>Computes the point(s) at <paramref name="p"/>.</summary>
    void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>;
}

/// <summary>A reduction without a place.</summary>
public interface IReduction
{
    /// <summary>The value at <paramref name="p"/>.</summary>
    L Value<L>(in Point p) where L : unmanaged, ILane<L, double>;
}

/// <summary>A point without a place.</summary>
public readonly struct Point(int index, int x, int y, int z)
{
    public readonly int Index = index, X = x, Y = y, Z = z;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Point<TPlace> On<TPlace>() where TPlace : struct, IPlace => new(Index, X, Y, Z);
}

/// <summary>A box without a place.</summary>
public readonly struct Box(Layout layout, int x0, int x1, int y0, int y1, int z0, int z1)
{
    public readonly Layout Layout = layout;
    public readonly int X0 = x0, X1 = x1, Y0 = y0, Y1 = y1, Z0 = z0, Z1 = z1;

    public Box Layers(int z0, int z1) => new(Layout, X0, X1, Y0, Y1, z0, z1);

    public int Rows => (Y1 - Y0) * (Z1 - Z0);

    public long Points => (long)(X1 - X0) * Rows;

    public static Box Flat(int length) => Of(FlatBox.Of(length));

    public static int RoundUp(int length) => FlatBox.RoundUp(length);

    public static Box Of<TPlace>(in Box<TPlace> box) where TPlace : struct, IPlace =>
        new(box.Layout, box.X0, box.X1, box.Y0, box.Y1, box.Z0, box.Z1);

    public Box<TPlace> On<TPlace>() where TPlace : struct, IPlace => new(Layout, X0, X1, Y0, Y1, Z0, Z1);
}

/// <summary>A kernel without a place, as the devices take it.</summary>
public readonly struct Unplaced<TKernel, T>(TKernel kernel) : IKernel<Flat, T> where TKernel : struct, IKernel<T> where T : unmanaged
{
    private readonly TKernel kernel = kernel;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, T> => kernel.Execute<L>(new Point(p.Index, p.X, p.Y, p.Z));
}

/// <summary>A reduction without a place, as the devices take it.</summary>
public readonly struct UnplacedReduction<TReduction>(TReduction reduction) : IReduction<Flat> where TReduction : struct, IReduction
{
    private readonly TReduction reduction = reduction;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Value<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> => reduction.Value<L>(new Point(p.Index, p.X, p.Y, p.Z));
}
