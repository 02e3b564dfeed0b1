namespace MesoLiMg.Kernels;

/// <summary>
/// Values on a face from the cells below it: f ← f₁ + a (f₁ - f₂) + b (f₁ - 2 f₂ + f₃), counting inward. Written to the ghost layer, which stands for points on the face.
/// With (a, b) = (1/2, 3/8) a smooth field is extrapolated with third order, weights (15, -10, 3)/8, with (1/8, 0) one that is even about the face, (9, -1, 0)/8. Cells that are not of the body have no say: without the third one b
/// is dropped, without the second one both.
/// </summary>
/// <param name="body">1 at cells, and points on faces, that take part, else 0.</param>
/// <param name="inward">Distance to the next cell inward.</param>
/// <param name="second">Distance to the second one, or to the last where there are fewer; likewise <paramref name="third"/>.</param>
public readonly struct ExtrapolateToFace(View<double> field, View<double> body, int inward, int second, int third, double a, double b, int components, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var both = L.Load(body, p.Index + inward) * L.Load(body, p.Index + second);
        var (slope, bend) = (L.Of(a) * both, L.Of(b) * both * L.Load(body, p.Index + third));
        for (var c = 0; c < components; c++)
        {
            var i = p.Index + c * length;
            var (f1, f2) = (L.Load(field, i + inward), L.Load(field, i + second));
            var rise = f1 - f2;
            L.Store(field, i, L.MulAdd(bend, rise - (f2 - L.Load(field, i + third)), L.MulAdd(slope, rise, f1)));
        }
    }
}

/// <summary>f ← max(f, a f_k): what was extrapolated to a face stays above a share of the cell's value, so that x stays positive beside steep slopes and its logarithm near that of the cell.</summary>
/// <param name="inward">Distance to the next cell inward.</param>
public readonly struct KeepAboveShare(View<double> field, int inward, double share) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> =>
        L.Store(field, p.Index, L.Max(L.Load(field, p.Index), L.Of(share) * L.Load(field, p.Index + inward)));
}

/// <summary>f ← mean of the cell inward and the one at the other end: a face between the two ends of a periodic axis. Where one of them is not of the body it is the other one's.</summary>
/// <param name="body">1 at cells, and points on faces, that take part, else 0.</param>
/// <param name="inward">Distance to the next cell inward.</param>
/// <param name="inwardAcross">Distance to the cell behind the face, at the other end of the axis.</param>
public readonly struct AverageToFace(View<double> field, View<double> body, int inward, int inwardAcross, int components, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (half, here, across) = (L.Of(0.5), L.Load(body, p.Index + inward), L.Load(body, p.Index + inwardAcross));
        for (var c = 0; c < components; c++)
        {
            var i = p.Index + c * length;
            var (a, b) = (L.Load(field, i + inward), L.Load(field, i + inwardAcross));
            L.Store(field, i, half * (L.IfGreater(half, here, b, a) + L.IfGreater(half, across, a, b)));
        }
    }
}

/// <summary>f[p] ← the mean of f[p] and f[p + shift].</summary>
public readonly struct MeanOfTwo(View<double> field, int shift, int components, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        for (var c = 0; c < components; c++)
            L.Store(field, p.Index + c * length, L.Of(0.5) * (L.Load(field, p.Index + c * length) + L.Load(field, p.Index + c * length + shift)));
    }
}

/// <summary>
/// x on a face, from the averages x₁, x₂ of the two cells below it: the parabola with these averages and the slope g = (dx/dn) at the face, x_f = x₁ + g h/2 - (x₂ - x₁ + g h)/6; here what it is without flux, (7 x₁ - x₂)/6.
/// Where one of them holds no lithium nothing flows between them, and it is x₁.
/// </summary>
/// <param name="conducts">1 at cells, and points on faces, that lithium can be in, else 0.</param>
/// <param name="second">Distance inward to the second cell, equal to that of the first one where there is only one.</param>
public readonly struct SurfaceConcentration(View<double> x, View<double> conducts, int first, int second) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (x1, x2) = (L.Load(x, p.Index + first), L.Load(x, p.Index + second));
        var both = L.Load(conducts, p.Index + first) * L.Load(conducts, p.Index + second);
        L.Store(x, p.Index, L.MulAdd(L.Of(1.0 / 6) * both, x1 - x2, x1));
    }
}

/// <summary>x_f ← x_f + g h/3, g = q/D: what an uptake adds to <see cref="SurfaceConcentration"/> on the SE side. Launched on the plane z = -1.</summary>
/// <param name="uptake">q, a field of the SE plane [m/s].</param>
/// <param name="diffusivity">D of cells [m²/s].</param>
/// <param name="shift">Distance to the cell below the face.</param>
public readonly struct AddSurfaceSlope(View<double> x, View<double> uptake, View<double> diffusivity, int shift, int strideZ, double spacing) : IKernel<double>
{
    private const double Tiny = 1e-300;

    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var cell = p.Index + shift;
        var d = L.Load(diffusivity, cell);
        var rise = L.IfGreater(d, L.Of(0), L.Of(spacing / 3) * L.Load(uptake, p.Index) / L.Max(d, L.Of(Tiny)), L.Of(0));
        L.Store(x, cell + strideZ, L.Load(x, cell + strideZ) + rise);
    }
}

/// <summary>
/// Corrects extrapolated stress on a face to its known traction: the normal stress becomes σ_n, with the strain in the face kept, so that both stresses in the face change by ν/(1-ν) = λ/(λ+2μ) times as much.
/// </summary>
/// <param name="stress">Six components, at the face's points in the ghost layer.</param>
/// <param name="normal">Component of the normal stress: 0 xx, 1 yy, 2 zz.</param>
/// <param name="constants">λ, μ at the face's points.</param>
/// <param name="normalTraction">σ_n [Pa].</param>
public readonly struct ImposeNormalTraction(View<double> stress, ElasticConstants constants, int normal, double normalTraction, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (n, a, b) = (p.Index + normal * length, p.Index + (normal + 1) % 3 * length, p.Index + (normal + 2) % 3 * length);
        var lame = constants.At<L>(p);
        var change = L.Of(normalTraction) - L.Load(stress, n);
        var lateral = change * lame.Lambda / (lame.Lambda + lame.Mu + lame.Mu);
        L.Store(stress, n, L.Of(normalTraction));
        L.Store(stress, a, L.Load(stress, a) + lateral);
        L.Store(stress, b, L.Load(stress, b) + lateral);
    }
}

/// <summary>Sets a shear stress on a face to zero.</summary>
public readonly struct ClearComponent(View<double> field, int component, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Store(field, p.Index + component * length, L.Of(0));
}

/// <summary>
/// Shears on a face z = const from the traction of its interface, averaged from the nodes of each cell's face: σ_xz = ±t_x, σ_yz = ±t_y, plus on the SE side, minus at the collector.
/// </summary>
public readonly struct ImposeInterfaceShear(View<double> stress, View<double> traction, Layout layout, int plane, double sign, int components, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index - plane;
        L.Store(stress, p.Index + 5 * length, Average<L>(i));
        if (components == 3)
            L.Store(stress, p.Index + 4 * length, Average<L>(i + layout.StrideZ));
    }

    private L Average<L>(int i) where L : unmanaged, ILane<L, double> => L.Of(0.25 * sign) *
        (L.Load(traction, i) + L.Load(traction, i + 1 + layout.StrideY) + (L.Load(traction, i + 1) + L.Load(traction, i + layout.StrideY)));
}

/// <summary>
/// Stress in a face that follows its traction while the strain in the face is kept: σ_p ← σ_p ± C_pn C_nn⁻¹ t. Taken off before a traction is imposed and put back after, it corrects the three stresses in the face to the change of all three of the
/// traction.
/// </summary>
/// <param name="table">C_pn C_nn⁻¹ by group: nine constants (in-plane stress, traction), constant k of group g at <paramref name="offset"/> + k count + g.</param>
/// <param name="inPlane">Components of the stresses in the face.</param>
/// <param name="traction">Components of the traction.</param>
public readonly struct FollowTraction(View<double> stress, View<double> table, View<int> group, StressComponents inPlane, StressComponents traction, double sign, int offset, int count, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var (t0, t1, t2) = (L.Load(stress, i + traction.A * length), L.Load(stress, i + traction.B * length), L.Load(stress, i + traction.C * length));
        for (var k = 0; k < 3; k++)
        {
            var at = offset + 3 * k * count;
            var change = L.MulAdd(L.Gather(table, at, group, i), t0, L.Gather(table, at + count, group, i) * t1 + L.Gather(table, at + 2 * count, group, i) * t2);
            var component = i + (k == 0 ? inPlane.A : k == 1 ? inPlane.B : inPlane.C) * length;
            L.Store(stress, component, L.MulAdd(L.Of(sign), change, L.Load(stress, component)));
        }
    }
}

/// <summary>Three of the six components of a stress, as 0 XX, 1 YY, 2 ZZ, 3 XY, 4 YZ, 5 XZ.</summary>
public readonly struct StressComponents(int a, int b, int c)
{
    public readonly int A = a, B = b, C = c;
}

/// <summary>Weighted sum of a field, entry x+1 of the weights: a face average with areas, an integral with volumes.</summary>
public readonly struct Weighted(View<double> field, View<double> weight) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Load(field, p.Index) * L.Load(weight, p.X + 1);
}

/// <summary>Weighted sum of a component that lies <paramref name="offset"/> elements on, where another field is 1, not where it is 0.</summary>
public readonly struct WeightedWhere(View<double> field, int offset, View<double> where, View<double> weight) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double> => L.Load(field, p.Index + offset) * L.Load(where, p.Index) * L.Load(weight, p.X + 1);
}

/// <summary>
/// A field outside balls (or rods) of radius r about the edges where free lateral faces meet the SE: there 0. Distances are taken to the points that the closed grid stands for.
/// </summary>
/// <param name="x">Distance of each point x to the nearest free face along x [m], entry x+1; likewise <paramref name="y"/>. Far away where there is none.</param>
/// <param name="z">Distance to the SE.</param>
public readonly struct AwayFromCorners(View<double> field, View<double> x, View<double> y, View<double> z, double radius) : IReduction
{
    public L Value<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var (dx, dy, dz) = (L.Load(x, p.X + 1), L.Uniform(y, p.Y + 1), L.Uniform(z, p.Z + 1));
        var lateral = L.Min(dx, dy);
        return L.IfGreater(L.MulAdd(lateral, lateral, dz * dz), L.Of(radius * radius), L.Load(field, p.Index), L.Of(0));
    }
}
