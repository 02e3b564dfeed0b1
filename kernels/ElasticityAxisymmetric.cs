namespace MesoLiMg.Kernels;

/// <summary>
/// The two Gauss points along r of each column of cells: r̃ = ±h/(2√3) about the centre. Entry x+1 is that of cell x; the arrays of the two points follow each other.
/// </summary>
/// <param name="offset">r̃ [m].</param>
/// <param name="weight">r h/2, the weight of the point with the radius [m²].</param>
/// <param name="inverseRadius">1/r [1/m].</param>
/// <param name="length">Distance between the two points' arrays.</param>
public readonly struct RadialPoints<T>(View<T> offset, View<T> weight, View<T> inverseRadius, int length) where T : unmanaged
{
    public readonly View<T> Offset = offset, Weight = weight, InverseRadius = inverseRadius;
    public readonly int Length = length;

    /// <summary>The strain at the centre of a cell, the hoop's u_r/r with it.</summary>
    public Symmetric<L> CentreStrain<L>(View<T> u, in Point p, in Widths<T> x, in Widths<T> z, in Layout layout) where L : unmanaged, ILane<L, T>
    {
        var plane = PlaneModes.CentreStrain<L, T>(u, p, x, z, layout);
        // The two Gauss points lie at equal distances from the centre, so that their mean radius is the centre's.
        var radius = L.Of(0.5) * (L.Of(1) / L.Load(InverseRadius, p.X + 1) + L.Of(1) / L.Load(InverseRadius, p.X + 1 + Length));
        return new(plane.XX, PlaneModes.Mean<L, T>(u, p.Index, layout.StrideZ) / radius, plane.ZZ, plane.XY, plane.YZ, plane.XZ);
    }
}

/// <summary>
/// Rotational symmetry about r = 0 on bilinear quadrilaterals in (r, z), per radian: f = ∫ Bᵀ σ r dr dz with hoop strain u_r/r. Along z the integral is exact: the
/// parts of the strain that are even and odd in z̃ do not interact (weights h_z and h_z³/12); along r two Gauss points carry the weight r
/// (Zienkiewicz and Taylor, The Finite Element Method, vol. 1, axisymmetric stress analysis). Displacements (u_r, u_z) at nodes [m], result at nodes [N/rad].
/// </summary>
public readonly struct ElasticityAxisymmetric<T>(Widths<T> x, Widths<T> z, RadialPoints<T> radial, LameFields<T> lame, Layout layout) : INodalOperator<T> where T : unmanaged
{
    public NodeVector<L> Force<L>(View<T> u, in Point p) where L : unmanaged, ILane<L, T>
    {
        var (fr, fz) = (L.Of(0), L.Of(0));
        for (var dz = -1; dz <= 0; dz++)
        {
            for (var dx = -1; dx <= 0; dx++)
            {
                var f = CornerForce<L>(u, p, dx, dz);
                (fr, fz) = (fr + f.X, fz + f.Z);
            }
        }
        return new(fr, fz, L.Of(0));
    }

    public NodeVector<L> Diagonal<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var (kr, kz) = (L.Of(0), L.Of(0));
        for (var k = 0; k < 8; k++)
        {
            var (dx, dz, column) = ((k & 1) - 1, (k >> 1 & 1) - 1, p.X + (k & 1) + (k >> 2) * radial.Length);
            var cell = p.Index + dx + dz * layout.StrideZ;
            var (lambda, mu) = (L.Load(lame.Lambda, cell), L.Load(lame.Mu, cell));
            var (hz, iz) = (L.Uniform(z.Width, p.Z + dz + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
            var slope = L.Of(Sign(dx)) * L.Load(x.Inverse, p.X + dx + 1);
            var shape = L.MulAdd(slope, L.Load(radial.Offset, column), L.Of(0.5));
            var hoop = shape * L.Load(radial.InverseRadius, column);
            var (weight, stiff) = (L.Load(radial.Weight, column) * hz, lambda + mu + mu);
            var square = stiff * L.MulAdd(slope, slope, hoop * hoop) + (lambda + lambda) * slope * hoop;
            var along = shape * shape * iz * iz;
            kr = L.MulAdd(weight, L.MulAdd(L.Of(1.0 / 3), square, mu * along), kr);
            kz = L.MulAdd(weight, L.MulAdd(L.Of(1.0 / 3), mu * slope * slope, stiff * along), kz);
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
            var stress = L.MulAdd(L.Of(3), L.Load(lame.Lambda, cell), L.Of(2) * L.Load(lame.Mu, cell)) * L.Load(eigenstrain, cell);
            var slope = L.Of(Sign(dx)) * L.Load(x.Inverse, p.X + dx + 1);
            var shape = L.MulAdd(slope, L.Load(radial.Offset, column), L.Of(0.5));
            var weighted = L.Load(radial.Weight, column) * stress;
            var divergence = L.MulAdd(shape, L.Load(radial.InverseRadius, column), slope) * L.Of(0.5);
            fr = L.MulAdd(weighted * L.Uniform(z.Width, p.Z + dz + 1), divergence, fr);
            fz = L.MulAdd(weighted * L.Of(Sign(dz)), shape, fz);
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
        var (lambda, mu) = (L.Load(lame.Lambda, cell), L.Load(lame.Mu, cell));
        var a = PlaneModes.Load<L, T>(u, cell, layout.StrideZ, ix, iz);
        var b = PlaneModes.Load<L, T>(u, cell + layout.Length, layout.StrideZ, ix, iz);
        var mean = PlaneModes.Mean<L, T>(u, cell, layout.StrideZ);
        var (twistR, twistZ) = (a.SecondDifference * ix * iz, b.SecondDifference * ix * iz);

        var (slope, above) = (L.Of(Sign(dx)) * ix, L.Of(Sign(dz)) * iz);
        var (odd, two) = (hz * hz * L.Of(1.0 / 12), mu + mu);
        var (fr, fz) = (L.Of(0), L.Of(0));
        for (var g = 0; g < 2; g++)
        {
            var column = p.X + dx + 1 + g * radial.Length;
            var (s, inverseR) = (L.Load(radial.Offset, column), L.Load(radial.InverseRadius, column));
            var weight = L.Load(radial.Weight, column) * hz;
            var shape = L.MulAdd(slope, s, L.Of(0.5));

            // Even in z̃: rr, θθ, zz, rz.
            var (rr, hoop, zz) = (a.X, L.MulAdd(a.X, s, mean) * inverseR, L.MulAdd(twistZ, s, b.Z));
            var dilatation = lambda * (rr + hoop + zz);
            var (srr, stt, szz) = (L.MulAdd(two, rr, dilatation), L.MulAdd(two, hoop, dilatation), L.MulAdd(two, zz, dilatation));
            var srz = mu * (L.MulAdd(twistR, s, a.Z) + b.X);

            // Odd in z̃: rr, θθ, rz per metre.
            var hoopOdd = L.MulAdd(twistR, s, a.Z) * inverseR;
            var dilatationOdd = lambda * (twistR + hoopOdd);
            var (srrOdd, sttOdd, srzOdd) = (L.MulAdd(two, twistR, dilatationOdd), L.MulAdd(two, hoopOdd, dilatationOdd), mu * twistZ);

            var radialPart = L.Of(0.5) * L.MulAdd(slope, srr, shape * inverseR * stt) + above * shape * srz;
            var radialOdd = above * odd * L.MulAdd(slope, srrOdd, shape * inverseR * sttOdd);
            var axialPart = L.MulAdd(above * shape, szz, L.Of(0.5) * slope * srz) + above * odd * slope * srzOdd;
            fr = L.MulAdd(weight, radialPart + radialOdd, fr);
            fz = L.MulAdd(weight, axialPart, fz);
        }
        return new(fr, fz, L.Of(0));
    }
}
