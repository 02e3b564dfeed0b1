namespace MesoLiMg.Kernels;

/// <summary>
/// <see cref="ElasticityPlane{T}"/> for crystals that are their own mirror images in the x-z plane, so that no strain in it shears out of it: f = ∫ Bᵀ C B u dA, exact. The strain of a bilinear quadrilateral is its mean and the parts
/// (t_u, 0, t_w) z̃ and (0, t_w, t_u) x̃ of (ε_xx, ε_zz, γ_xz), t being the mixed derivatives; the stress C : ε of each works on itself, with mean squares 1, h_z²/12 and h_x²/12.
/// </summary>
public readonly struct CrystalPlane<T>(Widths<T> x, Widths<T> z, CrystalTable<T> crystals, Layout layout) : INodalOperator<T> where T : unmanaged
{
    // Numbers of the constants of the pairs XX, ZZ and XZ.
    private const int XXXX = 0, XXZZ = 2, XXXZ = 5, ZZZZ = 11, ZZXZ = 14, XZXZ = 20;

    public NodeVector<L> Force<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fx, fz) = (L.Of(0), L.Of(0));
        for (var k = 0; k < 4; k++)
        {
            var f = CornerForce<L>(u, p, (k & 1) - 1, (k >> 1) - 1);
            (fx, fz) = (fx + f.X, fz + f.Z);
        }
        return new(fx, fz, L.Of(0));
    }

    public NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (kx, kz, third) = (L.Of(0), L.Of(0), L.Of(1.0 / 3));
        for (var k = 0; k < 4; k++)
        {
            var (dx, dz) = ((k & 1) - 1, (k >> 1) - 1);
            var cell = p.Index + dx + dz * layout.StrideZ;
            var aspect = L.Uniform(z.Width, p.Z + dz + 1) * L.Load(x.Inverse, p.X + dx + 1);
            var (inverse, mixed, shear) = (L.Of(1) / aspect, L.Of(2 * Side(dx) * Side(dz)), crystals.At<L>(XZXZ, cell));
            kx += L.MulAdd(third, L.MulAdd(crystals.At<L>(XXXX, cell), aspect, shear * inverse), mixed * crystals.At<L>(XXXZ, cell));
            kz += L.MulAdd(third, L.MulAdd(crystals.At<L>(ZZZZ, cell), inverse, shear * aspect), mixed * crystals.At<L>(ZZXZ, cell));
        }
        return new(kx, kz, L.Of(0));
    }

    public NodeVector<L> EigenstrainForce<L>(View<T> eigenstrain, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fx, fz) = (L.Of(0), L.Of(0));
        for (var k = 0; k < 4; k++)
        {
            var (dx, dz) = ((k & 1) - 1, (k >> 1) - 1);
            var cell = p.Index + dx + dz * layout.StrideZ;
            var (s, beta) = (crystals.Expansion<L>(cell), L.Load(eigenstrain, cell));
            var (sx, sz) = (L.Of(Side(dx)) * beta * L.Uniform(z.Width, p.Z + dz + 1), L.Of(Side(dz)) * beta * L.Load(x.Width, p.X + dx + 1));
            fx = L.MulAdd(sx, s.XX, L.MulAdd(sz, s.XZ, fx));
            fz = L.MulAdd(sx, s.XZ, L.MulAdd(sz, s.ZZ, fz));
        }
        return new(fx, fz, L.Of(0));
    }

    public Symmetric<L> CentreStrain<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T> => PlaneModes.CentreStrain<L, T>(u, p, x, z, layout);

    /// <summary>±½: half the sign of a node within a cell that lies below it (d = -1) or above it (d = 0).</summary>
    private static double Side(int d) => -0.5 - d;

    private NodeVector<L> CornerForce<L>(View<T> u, in Point p, int dx, int dz) where L : unmanaged, ILane<L, T>
    {
        var cell = p.Index + dx + dz * layout.StrideZ;
        var (hx, ix) = (L.Load(x.Width, p.X + dx + 1), L.Load(x.Inverse, p.X + dx + 1));
        var (hz, iz) = (L.Uniform(z.Width, p.Z + dz + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
        var a = PlaneModes.Load<L, T>(u, cell, layout.StrideZ, ix, iz);
        var b = PlaneModes.Load<L, T>(u, cell + layout.Length, layout.StrideZ, ix, iz);
        var (c11, c12, c13) = (crystals.At<L>(XXXX, cell), crystals.At<L>(XXZZ, cell), crystals.At<L>(XXXZ, cell));
        var (c22, c23, c33) = (crystals.At<L>(ZZZZ, cell), crystals.At<L>(ZZXZ, cell), crystals.At<L>(XZXZ, cell));
        var shear = a.Z + b.X;
        var xx = L.MulAdd(c11, a.X, L.MulAdd(c12, b.Z, c13 * shear));
        var zz = L.MulAdd(c12, a.X, L.MulAdd(c22, b.Z, c23 * shear));
        var xz = L.MulAdd(c13, a.X, L.MulAdd(c23, b.Z, c33 * shear));

        var (aspect, inverse) = (hz * ix, hx * iz);
        var twist = L.MulAdd(c13, aspect, c23 * inverse);
        var bendX = L.MulAdd(L.MulAdd(c11, aspect, c33 * inverse), a.SecondDifference, twist * b.SecondDifference);
        var bendZ = L.MulAdd(L.MulAdd(c22, inverse, c33 * aspect), b.SecondDifference, twist * a.SecondDifference);
        var (sx, sz, s) = (L.Of(Side(dx)) * hz, L.Of(Side(dz)) * hx, L.Of(Side(dx) * Side(dz) / 3));
        return new(
            L.MulAdd(sx, xx, L.MulAdd(sz, xz, s * bendX)),
            L.MulAdd(sx, xz, L.MulAdd(sz, zz, s * bendZ)),
            L.Of(0));
    }
}

/// <summary>
/// <see cref="ElasticityAxisymmetric{T}"/> for crystals that are alike all round the axis: σ_rr = C11 ε_rr + C12 ε_θθ + C13 ε_zz, σ_zz = C13 (ε_rr + ε_θθ) + C33 ε_zz, σ_rz = C44 γ_rz, on the same strains and Gauss points.
/// </summary>
public readonly struct CrystalAxisymmetric<T>(Widths<T> x, Widths<T> z, RadialPoints<T> radial, CrystalTable<T> crystals, Layout layout) : INodalOperator<T> where T : unmanaged
{
    // Numbers of C11, C12, C13, C33 and C44.
    private const int Normal = 0, Round = 1, Across = 2, Axial = 11, Shear = 20;

    public NodeVector<L> Force<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fr, fz) = (L.Of(0), L.Of(0));
        for (var k = 0; k < 4; k++)
        {
            var f = CornerForce<L>(u, p, (k & 1) - 1, (k >> 1) - 1);
            (fr, fz) = (fr + f.X, fz + f.Z);
        }
        return new(fr, fz, L.Of(0));
    }

    public NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (kr, kz, third) = (L.Of(0), L.Of(0), L.Of(1.0 / 3));
        for (var k = 0; k < 8; k++)
        {
            var (dx, dz, column) = ((k & 1) - 1, (k >> 1 & 1) - 1, p.X + (k & 1) + (k >> 2) * radial.Length);
            var cell = p.Index + dx + dz * layout.StrideZ;
            var (hz, iz) = (L.Uniform(z.Width, p.Z + dz + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
            var slope = L.Of(Sign(dx)) * L.Load(x.Inverse, p.X + dx + 1);
            var shape = L.MulAdd(slope, L.Load(radial.Offset, column), L.Of(0.5));
            var hoop = shape * L.Load(radial.InverseRadius, column);
            var (weight, shear) = (L.Load(radial.Weight, column) * hz, crystals.At<L>(Shear, cell));
            var square = crystals.At<L>(Normal, cell) * L.MulAdd(slope, slope, hoop * hoop) + L.Of(2) * crystals.At<L>(Round, cell) * slope * hoop;
            var along = shape * shape * iz * iz;
            kr = L.MulAdd(weight, L.MulAdd(third, square, shear * along), kr);
            kz = L.MulAdd(weight, L.MulAdd(third, shear * slope * slope, crystals.At<L>(Axial, cell) * along), kz);
        }
        return new(kr, kz, L.Of(0));
    }

    public NodeVector<L> EigenstrainForce<L>(View<T> eigenstrain, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fr, fz) = (L.Of(0), L.Of(0));
        for (var k = 0; k < 8; k++)
        {
            var (dx, dz, column) = ((k & 1) - 1, (k >> 1 & 1) - 1, p.X + (k & 1) + (k >> 2) * radial.Length);
            var cell = p.Index + dx + dz * layout.StrideZ;
            var s = crystals.Expansion<L>(cell);
            var slope = L.Of(Sign(dx)) * L.Load(x.Inverse, p.X + dx + 1);
            var shape = L.MulAdd(slope, L.Load(radial.Offset, column), L.Of(0.5));
            var weighted = L.Load(radial.Weight, column) * L.Load(eigenstrain, cell);
            var divergence = L.MulAdd(shape, L.Load(radial.InverseRadius, column), slope) * L.Of(0.5);
            fr = L.MulAdd(weighted * s.XX * L.Uniform(z.Width, p.Z + dz + 1), divergence, fr);
            fz = L.MulAdd(weighted * s.ZZ * L.Of(Sign(dz)), shape, fz);
        }
        return new(fr, fz, L.Of(0));
    }

    public Symmetric<L> CentreStrain<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T> => radial.CentreStrain<L>(u, p, x, z, layout);

    /// <summary>±1: whether the node is the cell's high corner (the cell lies below it, d = -1) or its low one.</summary>
    private static double Sign(int d) => -1 - 2 * d;

    private NodeVector<L> CornerForce<L>(View<T> u, in Point p, int dx, int dz) where L : unmanaged, ILane<L, T>
    {
        var cell = p.Index + dx + dz * layout.StrideZ;
        var (ix, iz) = (L.Load(x.Inverse, p.X + dx + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
        var hz = L.Uniform(z.Width, p.Z + dz + 1);
        var a = PlaneModes.Load<L, T>(u, cell, layout.StrideZ, ix, iz);
        var b = PlaneModes.Load<L, T>(u, cell + layout.Length, layout.StrideZ, ix, iz);
        var mean = PlaneModes.Mean<L, T>(u, cell, layout.StrideZ);
        var (twistR, twistZ) = (a.SecondDifference * ix * iz, b.SecondDifference * ix * iz);
        var (normal, round, across, shear) = (crystals.At<L>(Normal, cell), crystals.At<L>(Round, cell), crystals.At<L>(Across, cell), crystals.At<L>(Shear, cell));

        var (slope, above, odd) = (L.Of(Sign(dx)) * ix, L.Of(Sign(dz)) * iz, hz * hz * L.Of(1.0 / 12));
        var (fr, fz) = (L.Of(0), L.Of(0));
        for (var g = 0; g < 2; g++)
        {
            var column = p.X + dx + 1 + g * radial.Length;
            var (s, inverseR) = (L.Load(radial.Offset, column), L.Load(radial.InverseRadius, column));
            var weight = L.Load(radial.Weight, column) * hz;
            var shape = L.MulAdd(slope, s, L.Of(0.5));

            // Even in z̃: rr, θθ, zz, rz. Odd in z̃: rr, θθ, rz per metre.
            var (hoop, zz) = (L.MulAdd(a.X, s, mean) * inverseR, L.MulAdd(twistZ, s, b.Z));
            var (srr, stt) = (L.MulAdd(normal, a.X, L.MulAdd(round, hoop, across * zz)), L.MulAdd(round, a.X, L.MulAdd(normal, hoop, across * zz)));
            var szz = L.MulAdd(across, a.X + hoop, crystals.At<L>(Axial, cell) * zz);
            var srz = shear * (L.MulAdd(twistR, s, a.Z) + b.X);
            var hoopOdd = L.MulAdd(twistR, s, a.Z) * inverseR;
            var (srrOdd, sttOdd, srzOdd) = (L.MulAdd(normal, twistR, round * hoopOdd), L.MulAdd(round, twistR, normal * hoopOdd), shear * twistZ);

            var radialPart = L.Of(0.5) * L.MulAdd(slope, srr, shape * inverseR * stt) + above * shape * srz;
            var radialOdd = above * odd * L.MulAdd(slope, srrOdd, shape * inverseR * sttOdd);
            var axialPart = L.MulAdd(above * shape, szz, L.Of(0.5) * slope * srz) + above * odd * slope * srzOdd;
            fr = L.MulAdd(weight, radialPart + radialOdd, fr);
            fz = L.MulAdd(weight, axialPart, fz);
        }
        return new(fr, fz, L.Of(0));
    }
}
