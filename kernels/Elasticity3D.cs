using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// A trilinear function on a cell, f = mean + X x̃ + Y ỹ + Z z̃ + XY x̃ỹ + YZ ỹz̃ + XZ x̃z̃ + XYZ x̃ỹz̃ about the cell's centre, without its mean.
/// </summary>
public readonly struct Trilinear<L>(L x, L y, L z, L xy, L yz, L xz, L xyz) where L : unmanaged
{
    public readonly L X = x, Y = y, Z = z, XY = xy, YZ = yz, XZ = xz, XYZ = xyz;
}

/// <summary>Inverse widths of a cell [1/m].</summary>
public readonly struct InverseEdges<L>(L x, L y, L z) where L : unmanaged
{
    public readonly L X = x, Y = y, Z = z;
}

/// <summary>
/// Linear elasticity on trilinear hexahedra, fully integrated: f = ∫ Bᵀ σ dV. Strain and stress are expanded in the monomials 1, x̃, ỹ, z̃, x̃ỹ, ... of the cell; these are orthogonal, so that the integral is exact and
/// costs no quadrature: each monomial's stress acts on the modes of <see cref="Trilinear{L}"/> that made its strain, with the weights V, V h²/12 and V h²h²/144.
/// Displacements at nodes [m], result at nodes [N].
/// </summary>
public readonly struct Elasticity3D<T>(Widths<T> x, Widths<T> y, Widths<T> z, LameFields<T> lame, Layout layout) : IElasticOperator<T> where T : unmanaged
{
    public NodeVector<L> Force<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fx, fy, fz) = (L.Of(0), L.Of(0), L.Of(0));
        for (var k = 0; k < 8; k++)
        {
            var f = CornerForce<L>(u, p, (k & 1) - 1, (k >> 1 & 1) - 1, (k >> 2) - 1);
            (fx, fy, fz) = (fx + f.X, fy + f.Y, fz + f.Z);
        }
        return new(fx, fz, fy);
    }

    public NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (kx, ky, kz) = (L.Of(0), L.Of(0), L.Of(0));
        for (var k = 0; k < 8; k++)
        {
            var (dx, dy, dz) = ((k & 1) - 1, (k >> 1 & 1) - 1, (k >> 2) - 1);
            var cell = Cell(p, dx, dy, dz);
            var (lambda, mu) = (L.Load(lame.Lambda, cell), L.Load(lame.Mu, cell));
            var e = Edges<L>(p, dx, dy, dz);
            var ninth = Volume<L>(p, dx, dy, dz) * L.Of(1.0 / 9);
            var (xx, yy, zz) = (e.X * e.X * ninth, e.Y * e.Y * ninth, e.Z * e.Z * ninth);
            var (shear, rest) = (mu * (xx + yy + zz), lambda + mu);
            kx += L.MulAdd(rest, xx, shear);
            ky += L.MulAdd(rest, yy, shear);
            kz += L.MulAdd(rest, zz, shear);
        }
        return new(kx, kz, ky);
    }

    public NodeVector<L> EigenstrainForce<L>(View<T> eigenstrain, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fx, fy, fz) = (L.Of(0), L.Of(0), L.Of(0));
        for (var k = 0; k < 8; k++)
        {
            var (dx, dy, dz) = ((k & 1) - 1, (k >> 1 & 1) - 1, (k >> 2) - 1);
            var cell = Cell(p, dx, dy, dz);
            var stress = L.MulAdd(L.Of(3), L.Load(lame.Lambda, cell), L.Of(2) * L.Load(lame.Mu, cell)) * L.Load(eigenstrain, cell);
            var quarter = Volume<L>(p, dx, dy, dz) * stress * L.Of(0.25);
            var e = Edges<L>(p, dx, dy, dz);
            fx = L.MulAdd(L.Of(Sign(dx)) * e.X, quarter, fx);
            fy = L.MulAdd(L.Of(Sign(dy)) * e.Y, quarter, fy);
            fz = L.MulAdd(L.Of(Sign(dz)) * e.Z, quarter, fz);
        }
        return new(fx, fz, fy);
    }

    /// <summary>±1: whether the node is the cell's high corner (the cell lies below it, d = -1) or its low one.</summary>
    private static double Sign(int d) => -1 - 2 * d;

    private int Cell(in Point p, int dx, int dy, int dz) => p.Index + dx + dy * layout.StrideY + dz * layout.StrideZ;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private InverseEdges<L> Edges<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        new(L.Load(x.Inverse, p.X + dx + 1), L.Uniform(y.Inverse, p.Y + dy + 1), L.Uniform(z.Inverse, p.Z + dz + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Volume<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        L.Load(x.Width, p.X + dx + 1) * (L.Uniform(y.Width, p.Y + dy + 1) * L.Uniform(z.Width, p.Z + dz + 1));

    /// <summary>What one cell contributes at one of its corners.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private NodeVector<L> CornerForce<L>(View<T> u, in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T>
    {
        var cell = Cell(p, dx, dy, dz);
        var e = Edges<L>(p, dx, dy, dz);
        var a = Modes(u, cell, e);
        var b = Modes(u, cell + 2 * layout.Length, e);
        var c = Modes(u, cell + layout.Length, e);
        var (mu, lambda) = (L.Load(lame.Mu, cell), L.Load(lame.Lambda, cell));
        var (two, stiff) = (mu + mu, lambda + mu + mu);
        // h²/12 of the edges, and the corner's shape function's derivatives by the modes.
        var (hx, hy, hz) = (L.Load(x.Width, p.X + dx + 1), L.Uniform(y.Width, p.Y + dy + 1), L.Uniform(z.Width, p.Z + dz + 1));
        var (qx, qy, qz) = (L.Of(1.0 / 12) * hx * hx, L.Of(1.0 / 12) * hy * hy, L.Of(1.0 / 12) * hz * hz);
        var (sx, sy, sz) = (L.Of(Sign(dx)) * e.X, L.Of(Sign(dy)) * e.Y, L.Of(Sign(dz)) * e.Z);
        var half = L.Of(0.5);

        // Constant part.
        var dilatation = lambda * (a.X + b.Y + c.Z);
        var (xy, xz, yz) = (mu * (a.Y + b.X), mu * (a.Z + c.X), mu * (b.Z + c.Y));
        var fx = L.Of(0.25) * (sx * L.MulAdd(two, a.X, dilatation) + sy * xy + sz * xz);
        var fy = L.Of(0.25) * (sx * xy + sy * L.MulAdd(two, b.Y, dilatation) + sz * yz);
        var fz = L.Of(0.25) * (sx * xz + sy * yz + sz * L.MulAdd(two, c.Z, dilatation));

        // Part linear in x̃: gradients along y and z; then in ỹ and z̃.
        dilatation = lambda * (b.XY + c.XZ);
        yz = mu * (b.XZ + c.XY);
        var (dxy, dxz) = (sx * sy * qx * half, sx * sz * qx * half);
        fx += mu * L.MulAdd(dxy, a.XY, dxz * a.XZ);
        fy += L.MulAdd(dxy, L.MulAdd(two, b.XY, dilatation), dxz * yz);
        fz += L.MulAdd(dxy, yz, dxz * L.MulAdd(two, c.XZ, dilatation));

        dilatation = lambda * (a.XY + c.YZ);
        xz = mu * (a.YZ + c.XY);
        var (dyx, dyz) = (sx * sy * qy * half, sy * sz * qy * half);
        fx += L.MulAdd(dyx, L.MulAdd(two, a.XY, dilatation), dyz * xz);
        fy += mu * L.MulAdd(dyx, b.XY, dyz * b.YZ);
        fz += L.MulAdd(dyx, xz, dyz * L.MulAdd(two, c.YZ, dilatation));

        dilatation = lambda * (a.XZ + b.YZ);
        xy = mu * (a.YZ + b.XZ);
        var (dzx, dzy) = (sx * sz * qz * half, sy * sz * qz * half);
        fx += L.MulAdd(dzx, L.MulAdd(two, a.XZ, dilatation), dzy * xy);
        fy += L.MulAdd(dzx, xy, dzy * L.MulAdd(two, b.YZ, dilatation));
        fz += mu * L.MulAdd(dzx, c.XZ, dzy * c.YZ);

        // Bilinear part.
        var (wx, wy, wz, s) = (qy * qz, qx * qz, qx * qy, sx * sy * sz);
        fx += s * a.XYZ * L.MulAdd(stiff, wx, mu * (wy + wz));
        fy += s * b.XYZ * L.MulAdd(stiff, wy, mu * (wx + wz));
        fz += s * c.XYZ * L.MulAdd(stiff, wz, mu * (wx + wy));

        var volume = hx * (hy * hz);
        return new(volume * fx, volume * fz, volume * fy);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Trilinear<L> Modes<L>(View<T> u, int i, in InverseEdges<L> e) where L : unmanaged, ILane<L, T> => SpaceModes.Load<L, T>(u, i, layout, e);

    /// <inheritdoc/>
    public Symmetric<L> CentreStrain<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var e = Edges<L>(p, 0, 0, 0);
        var (a, b, c) = (Modes(u, p.Index, e), Modes(u, p.Index + 2 * layout.Length, e), Modes(u, p.Index + layout.Length, e));
        return new(a.X, b.Y, c.Z, a.Y + b.X, b.Z + c.Y, a.Z + c.X);
    }
}

/// <summary>Modes of nodal fields on the cells of three-dimensional grids.</summary>
public static class SpaceModes
{
    /// <summary>The modes on the cell whose low corner is element <paramref name="i"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static Trilinear<L> Load<L, T>(View<T> u, int i, in Layout layout, in InverseEdges<L> e) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (sy, sz) = (layout.StrideY, layout.StrideZ);
        var (u0, u1) = Pair<L, T>(u, i);
        var (u2, u3) = Pair<L, T>(u, i + sy);
        var (u4, u5) = Pair<L, T>(u, i + sz);
        var (u6, u7) = Pair<L, T>(u, i + sz + sy);
        // Sums and differences along y, then along z.
        var (a0, a1, a2, a3) = (u0 + u2, u1 + u3, u2 - u0, u3 - u1);
        var (b0, b1, b2, b3) = (u4 + u6, u5 + u7, u6 - u4, u7 - u5);
        var (quarter, half) = (L.Of(0.25), L.Of(0.5));
        return new(
            quarter * e.X * (a1 + b1),
            quarter * e.Y * (a2 + b2),
            quarter * e.Z * (b0 - a0),
            half * e.X * e.Y * (a3 + b3),
            half * e.Y * e.Z * (b2 - a2),
            half * e.X * e.Z * (b1 - a1),
            e.X * e.Y * e.Z * (b3 - a3));
    }

    /// <summary>Sum and difference of two neighbours along x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (L Sum, L Difference) Pair<L, T>(View<T> u, int i) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (low, high) = (L.Load(u, i), L.Load(u, i + 1));
        return (low + high, high - low);
    }
}
