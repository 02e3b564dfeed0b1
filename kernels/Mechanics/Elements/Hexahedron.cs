using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// What <see cref="HexahedronForces{TMaterial, T}"/>'s elements have at nodes and cells: the diagonal, the load of
/// inelastic strains, the strain.
/// </summary>
/// <param name="x">Widths of cells along x [m]; likewise <paramref name="y"/>, <paramref name="z"/>.</param>
/// <param name="layout">Layout of cells and nodes.</param>
public readonly struct Hexahedron<T>(Widths<T> x, Widths<T> y, Widths<T> z, Layout layout) : IElement<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public Symmetric<L> CentreStrain<L>(in Field<Node, T> u, in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var a = HexahedronModes.Load<L, T, AlongX>(u, Component.X, p);
        var b = HexahedronModes.Load<L, T, AlongY>(u, Component.Y, p);
        var c = HexahedronModes.Load<L, T, AlongZ>(u, Component.Z, p);
        var quarter = L.Of(0.25);
        var (ex, ey, ez) = (
            quarter * L.Load(x.Inverse, p.X + 1), quarter * L.Uniform(y.Inverse, p.Y + 1),
            quarter * L.Uniform(z.Inverse, p.Z + 1));
        return new(ex * a.X, ey * b.X, ez * c.X, ey * a.Y + ex * b.Z, ez * b.Y + ey * c.Z, ez * a.Z + ex * c.Y);
    }

    /// <summary>
    /// diag K at a node: ∫ C_iajb N,a N,b, with ∫ N,a² = V/(9 h_a²) and ∫ N,a N,b = ±V/(12 h_a h_b).
    /// </summary>
    public NodeVector<L> Diagonal<L, TMaterial>(in TMaterial material, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T> => NodeSums.Sum<L, T>(
            DiagonalOfLayer<L, TMaterial>(material, p, -1), DiagonalOfLayer<L, TMaterial>(material, p, 0));

    /// <summary>∫ N,a (C : ε*)_ia, with ∫ N,a = ±V/(4 h_a).</summary>
    public NodeVector<L> InelasticForce<L, TMaterial, TInelastic>(
        in TMaterial material, in TInelastic inelastic, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
        where TInelastic : struct, IInelasticStrain<T> => NodeSums.Sum<L, T>(
            ForceOfLayer<L, TMaterial, TInelastic>(material, inelastic, p, -1),
            ForceOfLayer<L, TMaterial, TInelastic>(material, inelastic, p, 0));

    private NodeVector<L> DiagonalOfLayer<L, TMaterial>(in TMaterial material, in Point<Node> p, int dz)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T> => NodeSums.Layer<L, T>(
            CellDiagonal<L, TMaterial>(material, p, -1, -1, dz), CellDiagonal<L, TMaterial>(material, p, 0, 0, dz),
            CellDiagonal<L, TMaterial>(material, p, -1, 0, dz), CellDiagonal<L, TMaterial>(material, p, 0, -1, dz));

    private NodeVector<L> ForceOfLayer<L, TMaterial, TInelastic>(
        in TMaterial material, in TInelastic inelastic, in Point<Node> p, int dz)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
        where TInelastic : struct, IInelasticStrain<T> => NodeSums.Layer<L, T>(
            CellForce<L>(InelasticStress<L, TMaterial, TInelastic>(material, inelastic, p, -1, -1, dz), p, -1, -1, dz),
            CellForce<L>(InelasticStress<L, TMaterial, TInelastic>(material, inelastic, p, 0, 0, dz), p, 0, 0, dz),
            CellForce<L>(InelasticStress<L, TMaterial, TInelastic>(material, inelastic, p, -1, 0, dz), p, -1, 0, dz),
            CellForce<L>(InelasticStress<L, TMaterial, TInelastic>(material, inelastic, p, 0, -1, dz), p, 0, -1, dz));

    /// <summary>What the cell at (dx, dy, dz) from the node adds to its diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private NodeVector<L> CellDiagonal<L, TMaterial>(in TMaterial material, in Point<Node> p, int dx, int dy, int dz)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
    {
        var c = material.Tangent<L>(p.CellAt(dx, dy, dz, layout));
        var (e, volume) = (Edges<L>(p, dx, dy, dz), Volume<L>(p, dx, dy, dz));
        return new(
            volume * Form(e, new(c.XXXX, c.XYXY, c.XZXZ, c.XXXY, c.XYXZ, c.XXXZ)),
            volume * Form(e, new(c.XYXY, c.YYYY, c.YZYZ, c.YYXY, c.YYYZ, c.XYYZ)),
            volume * Form(e, new(c.XZXZ, c.YZYZ, c.ZZZZ, c.YZXZ, c.ZZYZ, c.ZZXZ)));
    }

    /// <summary>e · A e in the mean over the cell for a shape function's gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Form<L>(in PerAxis<L> e, in Symmetric<L> a) where L : unmanaged, ILane<L, T>
    {
        var own = L.MulAdd(a.ZZ, e.Z * e.Z, a.XX * (e.X * e.X) + a.YY * (e.Y * e.Y));
        var mixed = L.MulAdd(a.XY, e.X * e.Y, a.YZ * (e.Y * e.Z) + a.XZ * (e.X * e.Z));
        return L.MulAdd(L.Of(1.0 / 9), own, L.Of(1.0 / 6) * mixed);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Symmetric<L> InelasticStress<L, TMaterial, TInelastic>(
        in TMaterial material, in TInelastic inelastic, in Point<Node> p, int dx, int dy, int dz)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
        where TInelastic : struct, IInelasticStrain<T>
    {
        var cell = p.CellAt(dx, dy, dz, layout);
        return material.Stress(cell, inelastic.At<L>(cell));
    }

    /// <summary>The force of a uniform stress of the cell at (dx, dy, dz) on the node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private NodeVector<L> CellForce<L>(in Symmetric<L> s, in Point<Node> p, int dx, int dy, int dz)
        where L : unmanaged, ILane<L, T>
    {
        var (e, quarter) = (Edges<L>(p, dx, dy, dz), Volume<L>(p, dx, dy, dz) * L.Of(0.25));
        var (ex, ey, ez) = (quarter * e.X, quarter * e.Y, quarter * e.Z);
        return new(
            L.MulAdd(ex, s.XX, L.MulAdd(ey, s.XY, ez * s.XZ)),
            L.MulAdd(ey, s.YY, L.MulAdd(ex, s.XY, ez * s.YZ)),
            L.MulAdd(ez, s.ZZ, ex * s.XZ + ey * s.YZ));
    }

    /// <summary>±1/h along each axis, the sign being that of the node within the cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PerAxis<L> Edges<L>(in Point<Node> p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> => new(
        L.Of(Corner.Sign(dx)) * L.Load(x.Inverse, p.X + dx + 1),
        L.Of(Corner.Sign(dy)) * L.Uniform(y.Inverse, p.Y + dy + 1),
        L.Of(Corner.Sign(dz)) * L.Uniform(z.Inverse, p.Z + dz + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Volume<L>(in Point<Node> p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        L.Load(x.Width, p.X + dx + 1) * L.Uniform(y.Width, p.Y + dy + 1) * L.Uniform(z.Width, p.Z + dz + 1);
}
