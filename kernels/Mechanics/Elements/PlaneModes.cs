using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// A bilinear function on a cell in modes: f = mean + X x̃ + Z z̃ + XZ x̃ z̃ about the cell's centre. XZ is kept as the
/// second difference, XZ h_x h_z.
/// </summary>
public readonly struct Bilinear<L>(L x, L z, L xz) where L : unmanaged
{
    public readonly L X = x, Z = z, SecondDifference = xz;
}

/// <summary>Modes of nodal fields on the cells of two-dimensional grids.</summary>
public static class PlaneModes
{
    /// <summary>The modes of a component of a field on a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bilinear<L> Load<L, T>(
        in Field<Node, T> u, int component, in Point<Cell> p, L inverseX, L inverseZ)
        where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (i, strideZ) = (p.LowNode().Index + component * u.Layout.Length, u.Layout.StrideZ);
        var (low, lowNext) = (L.Load(u.Values, i), L.Load(u.Values, i + 1));
        var (high, highNext) = (L.Load(u.Values, i + strideZ), L.Load(u.Values, i + strideZ + 1));
        var (below, above) = (lowNext - low, highNext - high);
        var half = L.Of(0.5);
        return new(
            half * inverseX * (below + above), half * inverseZ * ((high - low) + (highNext - lowNext)), above - below);
    }

    /// <summary>The strain in the x-z plane at the centre of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static InPlane<L> CentreStrain<L, T>(
        in Field<Node, T> u, in Point<Cell> p, in Widths<T> x, in Widths<T> z)
        where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (ix, iz) = (L.Load(x.Inverse, p.X + 1), L.Uniform(z.Inverse, p.Z + 1));
        var a = Load(u, Component.X, p, ix, iz);
        var b = Load(u, Component.Z, p, ix, iz);
        return new(a.X, L.Of(0), b.Z, a.Z + b.X);
    }

    /// <summary>The mean of the first component of a field over a cell's corners.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Mean<L, T>(in Field<Node, T> u, in Point<Cell> p)
        where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (i, strideZ) = (p.LowNode().Index, u.Layout.StrideZ);
        return L.Of(0.25) * (L.Load(u.Values, i) + L.Load(u.Values, i + 1)
            + L.Load(u.Values, i + strideZ) + L.Load(u.Values, i + strideZ + 1));
    }
}
