namespace MesoLiMg.Kernels;

/// <summary>
/// The two Gauss points along r of each column of cells: r̃ = ±h/(2√3) about the centre. Entry x+1 is that of cell x;
/// the arrays of the two points follow each other.
/// </summary>
/// <param name="offset">r̃ [m].</param>
/// <param name="weight">r h/2, the weight of the point with the radius [m²].</param>
/// <param name="inverseRadius">1/r [1/m].</param>
/// <param name="length">Distance between the two points' arrays.</param>
public readonly struct RadialPoints<T>(View<T> offset, View<T> weight, View<T> inverseRadius, int length)
    where T : unmanaged
{
    public readonly View<T> Offset = offset, Weight = weight, InverseRadius = inverseRadius;
    public readonly int Length = length;
}

/// <summary>
/// Rotational symmetry about r = 0 on bilinear quadrilaterals in (r, z), per radian: f = ∫ Bᵀ σ r dr dz with hoop
/// strain u_r/r. Along z the integral is exact: the parts of the strain that are even and odd in z̃ do not interact
/// (weights h_z and h_z³/12); along r two Gauss points carry the weight r (Zienkiewicz and Taylor, The Finite Element
/// Method, vol. 1, axisymmetric stress analysis). Materials are alike all round the axis. Displacements (u_r, u_z) at
/// nodes [m], forces at nodes [N/rad].
/// </summary>
/// <param name="x">Widths of cells along r [m].</param>
/// <param name="z">Widths of cells along z [m].</param>
/// <param name="radial">Gauss points along r.</param>
/// <param name="layout">Layout of cells and nodes.</param>
public readonly struct Ring<T>(Widths<T> x, Widths<T> z, RadialPoints<T> radial, Layout layout) : INodalElement<T>
    where T : unmanaged
{
    public NodeVector<L> Force<L, TMaterial>(in TMaterial material, in Field<Node, T> u, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
    {
        var (fr, fz) = (L.Of(0), L.Of(0));
        for (var dz = -1; dz <= 0; dz++)
        {
            for (var dx = -1; dx <= 0; dx++)
            {
                var f = CornerForce<L, TMaterial>(material, u, p, dx, dz);
                (fr, fz) = (fr + f.X, fz + f.Z);
            }
        }
        return new(fr, L.Of(0), fz);
    }

    public NodeVector<L> Diagonal<L, TMaterial>(in TMaterial material, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
    {
        var (kr, kz, third) = (L.Of(0), L.Of(0), L.Of(1.0 / 3));
        for (var k = 0; k < 8; k++)
        {
            var (dx, dz, column) = ((k & 1) - 1, (k >> 1 & 1) - 1, p.X + (k & 1) + (k >> 2) * radial.Length);
            var c = material.PlaneTangent<L>(p.CellAt(dx, 0, dz, layout));
            var (hz, iz) = (L.Uniform(z.Width, p.Z + dz + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
            var slope = L.Of(Corner.Sign(dx)) * L.Load(x.Inverse, p.X + dx + 1);
            var shape = L.MulAdd(slope, L.Load(radial.Offset, column), L.Of(0.5));
            var hoop = shape * L.Load(radial.InverseRadius, column);
            var weight = L.Load(radial.Weight, column) * hz;
            var own = L.MulAdd(c.XXXX * slope, slope, c.YYYY * hoop * hoop);
            var square = L.MulAdd(L.Of(2) * c.XXYY * slope, hoop, own);
            var along = shape * shape * iz * iz;
            kr = L.MulAdd(weight, L.MulAdd(third, square, c.XZXZ * along), kr);
            kz = L.MulAdd(weight, L.MulAdd(third, c.XZXZ * slope * slope, c.ZZZZ * along), kz);
        }
        return new(kr, L.Of(0), kz);
    }

    public NodeVector<L> InelasticForce<L, TMaterial, TInelastic>(
        in TMaterial material, in TInelastic inelastic, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
        where TInelastic : struct, IInelasticStrain<T>
    {
        var (fr, fz, half) = (L.Of(0), L.Of(0), L.Of(0.5));
        for (var k = 0; k < 8; k++)
        {
            var (dx, dz, column) = ((k & 1) - 1, (k >> 1 & 1) - 1, p.X + (k & 1) + (k >> 2) * radial.Length);
            var cell = p.CellAt(dx, 0, dz, layout);
            var s = material.Stress(cell, inelastic.At<L>(cell));
            var slope = L.Of(Corner.Sign(dx)) * L.Load(x.Inverse, p.X + dx + 1);
            var above = L.Of(Corner.Sign(dz));
            var shape = L.MulAdd(slope, L.Load(radial.Offset, column), half);
            var (weight, hz) = (L.Load(radial.Weight, column), L.Uniform(z.Width, p.Z + dz + 1));
            var radialPart = half * L.MulAdd(slope, s.XX, shape * L.Load(radial.InverseRadius, column) * s.YY);
            fr = L.MulAdd(weight, L.MulAdd(hz, radialPart, above * shape * s.XZ), fr);
            fz = L.MulAdd(weight, L.MulAdd(above * shape, s.ZZ, half * hz * slope * s.XZ), fz);
        }
        return new(fr, L.Of(0), fz);
    }

    /// <summary>The hoop's u_r/r with it.</summary>
    public Symmetric<L> CentreStrain<L>(in Field<Node, T> u, in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var (e, zero, inverse) = (PlaneModes.CentreStrain<L, T>(u, p, x, z), L.Of(0), radial.InverseRadius);
        // The two Gauss points lie at equal distances from the centre, so that their mean radius is the centre's.
        var radius = L.Of(0.5)
            * (L.Of(1) / L.Load(inverse, p.X + 1) + L.Of(1) / L.Load(inverse, p.X + 1 + radial.Length));
        return new(e.XX, PlaneModes.Mean<L, T>(u, p) / radius, e.ZZ, zero, zero, e.XZ);
    }

    private NodeVector<L> CornerForce<L, TMaterial>(
        in TMaterial material, in Field<Node, T> u, in Point<Node> p, int dx, int dz)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
    {
        var cell = p.CellAt(dx, 0, dz, layout);
        var (ix, iz) = (L.Load(x.Inverse, p.X + dx + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
        var (c, hz) = (material.PlaneTangent<L>(cell), L.Uniform(z.Width, p.Z + dz + 1));
        var a = PlaneModes.Load(u, Component.X, cell, ix, iz);
        var b = PlaneModes.Load(u, Component.Z, cell, ix, iz);
        var mean = PlaneModes.Mean<L, T>(u, cell);
        var (twistR, twistZ) = (a.SecondDifference * ix * iz, b.SecondDifference * ix * iz);

        var (slope, above) = (L.Of(Corner.Sign(dx)) * ix, L.Of(Corner.Sign(dz)) * iz);
        var (oddWeight, zero) = (hz * hz * L.Of(1.0 / 12), L.Of(0));
        var (fr, fz) = (zero, zero);
        for (var g = 0; g < 2; g++)
        {
            var column = p.X + dx + 1 + g * radial.Length;
            var (s, inverseR) = (L.Load(radial.Offset, column), L.Load(radial.InverseRadius, column));
            var weight = L.Load(radial.Weight, column) * hz;
            var shape = L.MulAdd(slope, s, L.Of(0.5));
            var tilt = L.MulAdd(twistR, s, a.Z);

            // Even in z̃: rr, θθ, zz, rz. Odd in z̃: rr, θθ, rz per metre.
            var even = TMaterial.Times(c, new InPlane<L>(
                a.X, L.MulAdd(a.X, s, mean) * inverseR, L.MulAdd(twistZ, s, b.Z), tilt + b.X));
            var odd = TMaterial.Times(c, new InPlane<L>(twistR, tilt * inverseR, zero, twistZ));

            var radialPart = L.Of(0.5) * L.MulAdd(slope, even.XX, shape * inverseR * even.YY) + above * shape * even.XZ;
            var radialOdd = above * oddWeight * L.MulAdd(slope, odd.XX, shape * inverseR * odd.YY);
            var axialPart = L.MulAdd(above * shape, even.ZZ, L.Of(0.5) * slope * even.XZ)
                + above * oddWeight * slope * odd.XZ;
            fr = L.MulAdd(weight, radialPart + radialOdd, fr);
            fz = L.MulAdd(weight, axialPart, fz);
        }
        return new(fr, zero, fz);
    }
}
