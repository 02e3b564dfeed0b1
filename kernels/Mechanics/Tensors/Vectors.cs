using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>A displacement or force at a node; in two dimensions Y is not used.</summary>
public readonly struct NodeVector<L>(L x, L y, L z) where L : unmanaged
{
    public readonly L X = x, Y = y, Z = z;
}

/// <summary>Sums over the cells of a node.</summary>
public static class NodeSums
{
    /// <summary>a + b</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NodeVector<L> Sum<L, T>(in NodeVector<L> a, in NodeVector<L> b)
        where L : unmanaged, ILane<L, T> where T : unmanaged => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>
    /// What four cells of a layer about a node add, along both diagonals first: exchanging or turning the axes x and y
    /// changes no bit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NodeVector<L> Layer<L, T>(
        in NodeVector<L> lowLow, in NodeVector<L> highHigh, in NodeVector<L> lowHigh, in NodeVector<L> highLow)
        where L : unmanaged, ILane<L, T> where T : unmanaged =>
        Sum<L, T>(Sum<L, T>(lowLow, highHigh), Sum<L, T>(lowHigh, highLow));
}

/// <summary>Vectors in fields of nodes; in two dimensions a field has no y component.</summary>
public static class NodeFields
{
    /// <summary>Writes a vector at a node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set<L, T>(this in Field<Node, T> field, in Point<Node> p, in NodeVector<L> v)
        where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        field.Set(p, Component.X, v.X);
        field.Set(p, Component.Z, v.Z);
        if (field.Components == 3)
            field.Set(p, Component.Y, v.Y);
    }
}
