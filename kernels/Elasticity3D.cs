using System.Runtime.CompilerServices;

// Lanes on the stack need no zeros first.
[module: SkipLocalsInit]

namespace MesoLiMg.Kernels;

/// <summary>
/// A trilinear function f on a cell, in coordinates x, y, z from -1 to 1: 8 f = mean + X x + Y y + Z z + XY xy + YZ yz + XZ xz + XYZ xyz, without the mean; or the forces that work on such modes.
/// A component of a vector counts the axes from its own one: X is along the component, Y and Z are the next two in cyclic order. So all three components obey the same formulas.
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
/// Where the forces of cells on their corners are kept between <see cref="CellForces{T}"/> and <see cref="GatherForces{T}"/> [N]: for each row of cells along x one row of numbers for each corner and component.
/// Some rows y of some layers z are kept at a time; layer z lies at z modulo their number, so that the next slab finds the last layer of the one before.
/// </summary>
/// <param name="firstRow">The first y that is kept.</param>
/// <param name="rows">Rows kept in a layer.</param>
/// <param name="layers">Layers kept.</param>
public readonly struct CornerForces<T>(View<T> values, Layout layout, int firstRow, int rows, int layers) where T : unmanaged
{
    private const int PerCell = 24;

    /// <summary>The forces.</summary>
    public readonly View<T> Values = values;

    /// <summary>Distance between neighbouring components, and a third of that between neighbouring corners.</summary>
    public readonly int Stride = layout.StrideY;

    /// <summary>Bytes per cell.</summary>
    public static int BytesPerPoint => PerCell * (typeof(T) == typeof(float) ? sizeof(float) : sizeof(double));

    /// <summary>Elements that hold so many rows and layers.</summary>
    public static int LengthFor(Layout layout, int rows, int layers) => checked(PerCell * layout.StrideY * rows * layers);

    /// <summary>Index of the first number of the cell (x, y, z).</summary>
    public int Index(int x, int y, int z) => PerCell * ((z + 1) % layers * rows + y - firstRow) * Stride + x + 1;
}

/// <summary>
/// Linear elasticity on trilinear hexahedra, fully integrated: the forces ∫ Bᵀ σ dV of a cell on its corners. Strain and stress are expanded in the monomials 1, x, y, z, xy, ... of the cell; these are
/// orthogonal, with mean squares 1, 1/3 and 1/9, so that the integral is exact and costs no quadrature: each monomial's stress acts on the modes of <see cref="Trilinear{L}"/> that made its strain.
/// Displacements at nodes [m], forces [N].
/// </summary>
public readonly struct CellForces<T>(Widths<T> x, Widths<T> y, Widths<T> z, LameFields<T> lame, Layout layout, View<T> u, CornerForces<T> forces) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var ex = new PerAxis<L>(L.Load(x.Inverse, p.X + 1), L.Uniform(y.Inverse, p.Y + 1), L.Uniform(z.Inverse, p.Z + 1));
        var (ey, ez) = (ex.Next(), ex.Next().Next());
        // ∂f/∂x is a quarter of the sum of modes over h, and so is the force on a mode of the stress.
        var volume = L.Of(1.0 / 16) * L.Load(x.Width, p.X + 1) * (L.Uniform(y.Width, p.Y + 1) * L.Uniform(z.Width, p.Z + 1));
        var constants = new Lame<L>(volume * L.Load(lame.Lambda, p.Index), volume * L.Load(lame.Mu, p.Index));

        var nodes = new PerAxis<int>(1, layout.StrideY, layout.StrideZ);
        var a = SpaceModes.Load<L, T>(u, p.Index, nodes);
        var b = SpaceModes.Load<L, T>(u, p.Index + 2 * layout.Length, nodes.Next());
        var c = SpaceModes.Load<L, T>(u, p.Index + layout.Length, nodes.Next().Next());

        var (at, corners) = (forces.Index(p.X, p.Y, p.Z), new PerAxis<int>(3 * forces.Stride, 6 * forces.Stride, 12 * forces.Stride));
        StoreForce(a, b, c, constants, ex, at, corners);
        StoreForce(c, a, b, constants, ez, at + forces.Stride, corners.Next().Next());
        StoreForce(b, c, a, constants, ey, at + 2 * forces.Stride, corners.Next());
    }

    /// <summary>The force of component <paramref name="a"/> on the corners; <paramref name="b"/>, <paramref name="c"/> are the next two, and <paramref name="e"/> = 1/h.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void StoreForce<L>(in Trilinear<L> a, in Trilinear<L> b, in Trilinear<L> c, in Lame<L> lame, in PerAxis<L> e, int at, in PerAxis<int> corners)
        where L : unmanaged, ILane<L, T>
    {
        var (lambda, mu) = (lame.Lambda, lame.Mu);
        var two = mu + mu;
        // Strains ε_xx and their traces: the mean, and the parts linear in y and in z.
        var (xx, xxByY, xxByZ) = (e.X * a.X, e.X * a.XY, e.X * a.XZ);
        var trace = L.MulAdd(e.Z, c.X, L.MulAdd(e.Y, b.X, xx));
        var (traceByY, traceByZ) = (L.MulAdd(e.Z, c.XZ, xxByY), L.MulAdd(e.Y, b.XY, xxByZ));
        // Shears γ_xy and γ_xz. What is linear in x comes from u alone.
        var (xy, xyByZ) = (L.MulAdd(e.Y, a.Y, e.X * b.Z), L.MulAdd(e.Y, a.YZ, e.X * b.YZ));
        var (xz, xzByY) = (L.MulAdd(e.Z, a.Z, e.X * c.Y), L.MulAdd(e.Z, a.YZ, e.X * c.YZ));
        var (xyByX, xzByX) = (e.Y * a.XY, e.Z * a.XZ);

        var (third, ninth) = (L.Of(1.0 / 3), L.Of(1.0 / 9));
        SpaceModes.Store(forces.Values, at, corners, new Trilinear<L>(
            e.X * L.MulAdd(two, xx, lambda * trace),
            e.Y * mu * xy,
            e.Z * mu * xz,
            third * L.MulAdd(e.X, L.MulAdd(two, xxByY, lambda * traceByY), e.Y * mu * xyByX),
            third * mu * L.MulAdd(e.Y, xyByZ, e.Z * xzByY),
            third * L.MulAdd(e.X, L.MulAdd(two, xxByZ, lambda * traceByZ), e.Z * mu * xzByX),
            ninth * a.XYZ * L.MulAdd(lambda + two, e.X * e.X, mu * L.MulAdd(e.Y, e.Y, e.Z * e.Z))));
    }
}

/// <summary>f ← the sum of the forces of eight cells at each node's free components, 0 elsewhere.</summary>
public readonly struct GatherForces<T>(CornerForces<T> forces, FreeComponents<T> free, View<T> f, int length) : IKernel<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fx, fy, fz) = (L.Of(0), L.Of(0), L.Of(0));
        for (var dz = 0; dz < 2; dz++)
        {
            var layer = forces.Index(p.X, p.Y, p.Z - dz) + 12 * dz * forces.Stride;
            for (var k = 0; k < 4; k++)
            {
                var i = layer - (k & 1) + (3 * k - 24 * (k >> 1)) * forces.Stride;
                fx += L.Load(forces.Values, i);
                fz += L.Load(forces.Values, i + forces.Stride);
                fy += L.Load(forces.Values, i + 2 * forces.Stride);
            }
        }
        L.Store(f, p.Index, fx * free.At<L>(p, 0));
        L.Store(f, p.Index + length, fz * free.At<L>(p, 1));
        L.Store(f, p.Index + 2 * length, fy * free.At<L>(p, 2));
    }
}

/// <summary>What else <see cref="CellForces{T}"/>'s elements have at nodes and cells: the diagonal, the load of eigenstrains, the strain.</summary>
public readonly struct Elasticity3D<T>(Widths<T> x, Widths<T> y, Widths<T> z, LameFields<T> lame, Layout layout) : IElasticOperator<T> where T : unmanaged
{
    public CellForces<T> CellForces(View<T> u, CornerForces<T> forces) => new(x, y, z, lame, layout, u, forces);

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

    /// <inheritdoc/>
    public Symmetric<L> CentreStrain<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var nodes = new PerAxis<int>(1, layout.StrideY, layout.StrideZ);
        var a = SpaceModes.Load<L, T>(u, p.Index, nodes);
        var b = SpaceModes.Load<L, T>(u, p.Index + 2 * layout.Length, nodes.Next());
        var c = SpaceModes.Load<L, T>(u, p.Index + layout.Length, nodes.Next().Next());
        var (e, quarter) = (Edges<L>(p, 0, 0, 0), L.Of(0.25));
        var (x, y, z) = (quarter * e.X, quarter * e.Y, quarter * e.Z);
        return new(x * a.X, y * b.X, z * c.X, y * a.Y + x * b.Z, z * b.Y + y * c.Z, z * a.Z + x * c.Y);
    }

    /// <summary>±1: whether the node is the cell's high corner (the cell lies below it, d = -1) or its low one.</summary>
    private static double Sign(int d) => -1 - 2 * d;

    private int Cell(in Point p, int dx, int dy, int dz) => p.Index + dx + dy * layout.StrideY + dz * layout.StrideZ;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PerAxis<L> Edges<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        new(L.Load(x.Inverse, p.X + dx + 1), L.Uniform(y.Inverse, p.Y + dy + 1), L.Uniform(z.Inverse, p.Z + dz + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Volume<L>(in Point p, int dx, int dy, int dz) where L : unmanaged, ILane<L, T> =>
        L.Load(x.Width, p.X + dx + 1) * (L.Uniform(y.Width, p.Y + dy + 1) * L.Uniform(z.Width, p.Z + dz + 1));
}

/// <summary>
/// Modes of nodal fields on the cells of three-dimensional grids. Bodies such as <see cref="Load"/> are long enough that the host's compiler does not inline them, and must not be marked for it: in one body with the rest it would reach its limit
/// of local variables and call every lane operation, 20 times slower.
/// </summary>
public static class SpaceModes
{
    /// <summary>The modes on the cell whose low corner is element <paramref name="i"/>, the other corners lying at the distances <paramref name="to"/> and sums of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Trilinear<L> Load<L, T>(in View<T> u, int i, in PerAxis<int> to) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var low = LoadFace<L, T>(u, i, to.X, to.Y);
        var high = LoadFace<L, T>(u, i + to.Z, to.X, to.Y);
        return new(low.X + high.X, low.Y + high.Y, high.Mean - low.Mean, low.XY + high.XY, high.Y - low.Y, high.X - low.X, high.XY - low.XY);
    }

    /// <summary>The transpose of <see cref="Load"/>: writes the forces on the eight corners that do the work of <paramref name="f"/> on the modes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<L, T>(in View<T> forces, int i, in PerAxis<int> to, in Trilinear<L> f) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        StoreFace<L, T>(forces, i, to.X, to.Y, new(-f.Z, f.X - f.XZ, f.Y - f.YZ, f.XY - f.XYZ));
        StoreFace<L, T>(forces, i + to.Z, to.X, to.Y, new(f.Z, f.X + f.XZ, f.Y + f.YZ, f.XY + f.XYZ));
    }

    /// <summary>Sums and differences of the four corners of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Face<L> LoadFace<L, T>(in View<T> u, int i, int toX, int toY) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (u0, u1, u2, u3) = (L.Load(u, i), L.Load(u, i + toX), L.Load(u, i + toY), L.Load(u, i + toX + toY));
        var (low, high, lowX, highX) = (u0 + u1, u2 + u3, u1 - u0, u3 - u2);
        return new(low + high, lowX + highX, high - low, highX - lowX);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFace<L, T>(in View<T> forces, int i, int toX, int toY, in Face<L> f) where L : unmanaged, ILane<L, T> where T : unmanaged
    {
        var (low, high, lowX, highX) = (f.Mean - f.Y, f.Mean + f.Y, f.X - f.XY, f.X + f.XY);
        L.Store(forces, i, low - lowX);
        L.Store(forces, i + toX, low + lowX);
        L.Store(forces, i + toY, high - highX);
        L.Store(forces, i + toX + toY, high + highX);
    }

    private readonly struct Face<L>(L mean, L x, L y, L xy) where L : unmanaged
    {
        public readonly L Mean = mean, X = x, Y = y, XY = xy;
    }
}
