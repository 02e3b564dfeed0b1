using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>Widths h of cells along an axis and their inverses [m, 1/m], as vectors over the cells; entry i+1 is that of cell i, so that ghosts have one too.</summary>
public readonly struct Widths<T>(View<T> width, View<T> inverse) where T : unmanaged
{
    public readonly View<T> Width = width, Inverse = inverse;
}

/// <summary>Lamé's constants λ, μ at cells [Pa]; zero in ghost cells outside the body.</summary>
public readonly struct LameFields<T>(View<T> lambda, View<T> mu) where T : unmanaged
{
    public readonly View<T> Lambda = lambda, Mu = mu;
}

/// <summary>A displacement or force at a point; in two dimensions Y is not used.</summary>
public readonly struct NodeVector<L>(L x, L z, L y) where L : unmanaged
{
    public readonly L X = x, Z = z, Y = y;
}

/// <summary>Sums over the cells of a node.</summary>
public static class NodeSums
{
    /// <summary>a + b</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NodeVector<L> Sum<L, T>(in NodeVector<L> a, in NodeVector<L> b) where L : unmanaged, ILane<L, T> where T : unmanaged => new(a.X + b.X, a.Z + b.Z, a.Y + b.Y);

    /// <summary>What four cells of a layer about a node add, along both diagonals first: exchanging or turning the axes x and y changes no bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static NodeVector<L> Layer<L, T>(in NodeVector<L> lowLow, in NodeVector<L> highHigh, in NodeVector<L> lowHigh, in NodeVector<L> highLow) where L : unmanaged, ILane<L, T> where T : unmanaged =>
        Sum<L, T>(Sum<L, T>(lowLow, highHigh), Sum<L, T>(lowHigh, highLow));
}

/// <summary>What elements of some discretisation have at nodes and cells; pointwise, so that kernels of any purpose can be built on it.</summary>
public interface IElasticOperator<T> where T : unmanaged
{
    /// <summary>The diagonal of K at node <paramref name="p"/>.</summary>
    NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T>;

    /// <summary>The force Σ ∫ Bᵀ C ε_chem of isotropic eigenstrains at node <paramref name="p"/>.</summary>
    NodeVector<L> EigenstrainForce<L>(View<T> eigenstrain, in Point p) where L : unmanaged, ILane<L, T>;

    /// <summary>The strain at the centre of cell <paramref name="p"/>, where it is most accurate; shears are γ.</summary>
    Symmetric<L> CentreStrain<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>;
}

/// <summary>Elements cheap enough that every node sums up the forces of its cells by itself.</summary>
public interface INodalOperator<T> : IElasticOperator<T> where T : unmanaged
{
    /// <summary>K u at node <paramref name="p"/>; u holds components x, z one after the other.</summary>
    NodeVector<L> Force<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>;
}

/// <summary>A symmetric tensor in VTK's order; in r-z XX = rr, YY = θθ, XZ = rz.</summary>
public readonly struct Symmetric<L>(L xx, L yy, L zz, L xy, L yz, L xz) where L : unmanaged
{
    public readonly L XX = xx, YY = yy, ZZ = zz, XY = xy, YZ = yz, XZ = xz;
}

/// <summary>A bilinear function on a cell in modes: f = mean + X x̃ + Z z̃ + XZ x̃ z̃ about the cell's centre. XZ is kept as the second difference, XZ h_x h_z.</summary>
public readonly struct Bilinear<L>(L x, L z, L xz) where L : unmanaged
{
    public readonly L X = x, Z = z, SecondDifference = xz;
}

/// <summary>
/// Plane strain on bilinear quadrilaterals, fully integrated: f = ∫ Bᵀ σ dA. In the modes of <see cref="Bilinear{L}"/> the integral is exact and short: the mean stress acts on the mean strain, and
/// the x̃ z̃ modes of u and w see the stiffness ((λ+2μ) h_z/h_x + μ h_x/h_z)/12 and its mirror image (Belytschko et al., Comput. Methods Appl. Mech. Eng. 43 (1984) 251, with the exact integral in place
/// of an artificial stiffness). Displacements at nodes [m], result at nodes [N/m].
/// </summary>
public readonly struct ElasticityPlane<T>(Widths<T> x, Widths<T> z, LameFields<T> lame, Layout layout) : INodalOperator<T> where T : unmanaged
{
    public NodeVector<L> Force<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fx, fz) = (L.Of(0), L.Of(0));
        for (var dz = -1; dz <= 0; dz++)
        {
            for (var dx = -1; dx <= 0; dx++)
            {
                var f = CornerForce<L>(u, p, dx, dz);
                (fx, fz) = (fx + f.X, fz + f.Z);
            }
        }
        return new(fx, fz, L.Of(0));
    }

    public NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (kx, kz) = (L.Of(0), L.Of(0));
        for (var dz = -1; dz <= 0; dz++)
        {
            for (var dx = -1; dx <= 0; dx++)
            {
                var cell = p.Index + dx + dz * layout.StrideZ;
                var (lambda, mu) = (L.Load(lame.Lambda, cell), L.Load(lame.Mu, cell));
                var aspect = L.Uniform(z.Width, p.Z + dz + 1) * L.Load(x.Inverse, p.X + dx + 1);
                var (stiff, inverse) = (lambda + mu + mu, L.Of(1) / aspect);
                kx += L.MulAdd(stiff, aspect, mu * inverse) * L.Of(1.0 / 3);
                kz += L.MulAdd(stiff, inverse, mu * aspect) * L.Of(1.0 / 3);
            }
        }
        return new(kx, kz, L.Of(0));
    }

    public NodeVector<L> EigenstrainForce<L>(View<T> eigenstrain, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fx, fz) = (L.Of(0), L.Of(0));
        for (var dz = -1; dz <= 0; dz++)
        {
            for (var dx = -1; dx <= 0; dx++)
            {
                var cell = p.Index + dx + dz * layout.StrideZ;
                var (lambda, mu) = (L.Load(lame.Lambda, cell), L.Load(lame.Mu, cell));
                var stress = L.MulAdd(L.Of(3), lambda, mu + mu) * L.Load(eigenstrain, cell);
                fx = L.MulAdd(L.Of(Side(dx)) * L.Uniform(z.Width, p.Z + dz + 1), stress, fx);
                fz = L.MulAdd(L.Of(Side(dz)) * L.Load(x.Width, p.X + dx + 1), stress, fz);
            }
        }
        return new(fx, fz, L.Of(0));
    }

    public Symmetric<L> CentreStrain<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T> => PlaneModes.CentreStrain<L, T>(u, p, x, z, layout);

    /// <summary>±½: the derivative of a corner's shape function along an axis, in units of 1/h, averaged over the cell; the node is the cell's high corner where the cell lies below it.</summary>
    private static double Side(int d) => -0.5 - d;

    private NodeVector<L> CornerForce<L>(View<T> u, in Point p, int dx, int dz) where L : unmanaged, ILane<L, T>
    {
        var cell = p.Index + dx + dz * layout.StrideZ;
        var (hx, ix) = (L.Load(x.Width, p.X + dx + 1), L.Load(x.Inverse, p.X + dx + 1));
        var (hz, iz) = (L.Uniform(z.Width, p.Z + dz + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
        var (lambda, mu) = (L.Load(lame.Lambda, cell), L.Load(lame.Mu, cell));
        var a = PlaneModes.Load<L, T>(u, cell, layout.StrideZ, ix, iz);
        var b = PlaneModes.Load<L, T>(u, cell + layout.Length, layout.StrideZ, ix, iz);

        var dilatation = lambda * (a.X + b.Z);
        var xx = L.MulAdd(mu + mu, a.X, dilatation);
        var zz = L.MulAdd(mu + mu, b.Z, dilatation);
        var xz = mu * (a.Z + b.X);

        var (stiff, aspect, inverse) = (lambda + mu + mu, hz * ix, hx * iz);
        var bendX = L.MulAdd(stiff, aspect, mu * inverse) * a.SecondDifference;
        var bendZ = L.MulAdd(stiff, inverse, mu * aspect) * b.SecondDifference;

        var (sx, sz, s) = (L.Of(Side(dx)) * hz, L.Of(Side(dz)) * hx, L.Of(Side(dx) * Side(dz) / 3));
        return new(
            L.MulAdd(sx, xx, L.MulAdd(sz, xz, s * bendX)),
            L.MulAdd(sx, xz, L.MulAdd(sz, zz, s * bendZ)),
            L.Of(0));
    }
}

/// <summary>Modes of nodal fields on the cells of two-dimensional grids.</summary>
public static class PlaneModes
{
    /// <summary>The modes on the cell whose low corner is element <paramref name="i"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bilinear<L> Load<L, T>(View<T> u, int i, int strideZ, L inverseX, L inverseZ) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (low, lowNext) = (L.Load(u, i), L.Load(u, i + 1));
        var (high, highNext) = (L.Load(u, i + strideZ), L.Load(u, i + strideZ + 1));
        var (below, above) = (lowNext - low, highNext - high);
        var half = L.Of(0.5);
        return new(half * inverseX * (below + above), half * inverseZ * ((high - low) + (highNext - lowNext)), above - below);
    }

    /// <summary>The strain in the x-z plane at the centre of a cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Symmetric<L> CentreStrain<L, T>(View<T> u, in Point p, in Widths<T> x, in Widths<T> z, in Layout layout) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (ix, iz, zero) = (L.Load(x.Inverse, p.X + 1), L.Uniform(z.Inverse, p.Z + 1), L.Of(0));
        var a = Load<L, T>(u, p.Index, layout.StrideZ, ix, iz);
        var b = Load<L, T>(u, p.Index + layout.Length, layout.StrideZ, ix, iz);
        return new(a.X, zero, b.Z, zero, zero, a.Z + b.X);
    }

    /// <summary>The mean of a nodal field over a cell's corners.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Mean<L, T>(View<T> u, int cell, int strideZ) where L : unmanaged, ILane<L, T> where T : unmanaged =>
        L.Of(0.25) * (L.Load(u, cell) + L.Load(u, cell + 1) + L.Load(u, cell + strideZ) + L.Load(u, cell + strideZ + 1));
}
