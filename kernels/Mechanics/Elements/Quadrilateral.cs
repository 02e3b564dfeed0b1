namespace MesoLiMg.Kernels;

/// <summary>
/// Plane strain on bilinear quadrilaterals, fully integrated: f = ∫ Bᵀ σ dA. The strain is its mean and the parts (t_u,
/// 0, t_w) z̃ and (0, t_w, t_u) x̃ of (ε_xx, ε_zz, γ_xz), t being the mixed derivatives; the stress C : ε of each works
/// on itself alone, with mean squares 1, h_z²/12 and h_x²/12, so that the integral is exact and short (Belytschko et
/// al., Comput. Methods Appl. Mech. Eng. 43 (1984) 251, with the exact integral in place of an artificial stiffness). A
/// material that is not its own mirror image in the x-z plane would shear out of it and is not for this element.
/// Displacements at nodes [m], forces at nodes [N/m].
/// </summary>
/// <param name="x">Widths of cells along x [m]; likewise <paramref name="z"/>.</param>
/// <param name="layout">Layout of cells and nodes.</param>
public readonly struct Quadrilateral<T>(Widths<T> x, Widths<T> z, Layout layout) : INodalElement<T> where T : unmanaged
{
    public NodeVector<L> Force<L, TMaterial>(in TMaterial material, in Field<Node, T> u, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
    {
        var (fx, fz) = (L.Of(0), L.Of(0));
        for (var dz = -1; dz <= 0; dz++)
        {
            for (var dx = -1; dx <= 0; dx++)
            {
                var f = CornerForce<L, TMaterial>(material, u, p, dx, dz);
                (fx, fz) = (fx + f.X, fz + f.Z);
            }
        }
        return new(fx, L.Of(0), fz);
    }

    public NodeVector<L> Diagonal<L, TMaterial>(in TMaterial material, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
    {
        var (kx, kz, third) = (L.Of(0), L.Of(0), L.Of(1.0 / 3));
        for (var k = 0; k < 4; k++)
        {
            var (dx, dz) = ((k & 1) - 1, (k >> 1) - 1);
            var c = material.PlaneTangent<L>(p.CellAt(dx, 0, dz, layout));
            var aspect = L.Uniform(z.Width, p.Z + dz + 1) * L.Load(x.Inverse, p.X + dx + 1);
            var (inverse, mixed) = (L.Of(1) / aspect, L.Of(2 * Side(dx) * Side(dz)));
            kx += L.MulAdd(third, L.MulAdd(c.XXXX, aspect, c.XZXZ * inverse), mixed * c.XXXZ);
            kz += L.MulAdd(third, L.MulAdd(c.ZZZZ, inverse, c.XZXZ * aspect), mixed * c.ZZXZ);
        }
        return new(kx, L.Of(0), kz);
    }

    public NodeVector<L> InelasticForce<L, TMaterial, TInelastic>(
        in TMaterial material, in TInelastic inelastic, in Point<Node> p)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
        where TInelastic : struct, IInelasticStrain<T>
    {
        var (fx, fz) = (L.Of(0), L.Of(0));
        for (var k = 0; k < 4; k++)
        {
            var (dx, dz) = ((k & 1) - 1, (k >> 1) - 1);
            var cell = p.CellAt(dx, 0, dz, layout);
            var s = material.Stress(cell, inelastic.At<L>(cell));
            var sx = L.Of(Side(dx)) * L.Uniform(z.Width, p.Z + dz + 1);
            var sz = L.Of(Side(dz)) * L.Load(x.Width, p.X + dx + 1);
            fx = L.MulAdd(sx, s.XX, L.MulAdd(sz, s.XZ, fx));
            fz = L.MulAdd(sx, s.XZ, L.MulAdd(sz, s.ZZ, fz));
        }
        return new(fx, L.Of(0), fz);
    }

    public Symmetric<L> CentreStrain<L>(in Field<Node, T> u, in Point<Cell> p) where L : unmanaged, ILane<L, T>
    {
        var (e, zero) = (PlaneModes.CentreStrain<L, T>(u, p, x, z), L.Of(0));
        return new(e.XX, e.YY, e.ZZ, zero, zero, e.XZ);
    }

    /// <summary>
    /// ±½: the derivative of a corner's shape function along an axis, in units of 1/h, averaged over the cell.
    /// </summary>
    private static double Side(int d) => 0.5 * Corner.Sign(d);

    private NodeVector<L> CornerForce<L, TMaterial>(
        in TMaterial material, in Field<Node, T> u, in Point<Node> p, int dx, int dz)
        where L : unmanaged, ILane<L, T> where TMaterial : struct, IMaterial<T>
    {
        var cell = p.CellAt(dx, 0, dz, layout);
        var (hx, ix) = (L.Load(x.Width, p.X + dx + 1), L.Load(x.Inverse, p.X + dx + 1));
        var (hz, iz) = (L.Uniform(z.Width, p.Z + dz + 1), L.Uniform(z.Inverse, p.Z + dz + 1));
        var (c, zero) = (material.PlaneTangent<L>(cell), L.Of(0));
        var a = PlaneModes.Load(u, Component.X, cell, ix, iz);
        var b = PlaneModes.Load(u, Component.Z, cell, ix, iz);

        var mean = TMaterial.Times(c, new InPlane<L>(a.X, zero, b.Z, a.Z + b.X));
        // Strains linear in z̃ and in x̃, times h_x h_z.
        var byZ = TMaterial.Times(c, new InPlane<L>(a.SecondDifference, zero, zero, b.SecondDifference));
        var byX = TMaterial.Times(c, new InPlane<L>(zero, zero, b.SecondDifference, a.SecondDifference));
        var (aspect, inverse) = (hz * ix, hx * iz);
        var bendX = L.MulAdd(aspect, byZ.XX, inverse * byX.XZ);
        var bendZ = L.MulAdd(aspect, byZ.XZ, inverse * byX.ZZ);

        var (sx, sz, s) = (L.Of(Side(dx)) * hz, L.Of(Side(dz)) * hx, L.Of(Side(dx) * Side(dz) / 3));
        return new(
            L.MulAdd(sx, mean.XX, L.MulAdd(sz, mean.XZ, s * bendX)),
            zero,
            L.MulAdd(sx, mean.XZ, L.MulAdd(sz, mean.ZZ, s * bendZ)));
    }
}
