namespace MesoLiMg.Kernels;

/// <summary>
/// σ = λ tr(ε) I + 2 μ ε - (3λ+2μ) β I at the centres of cells [Pa], six components in VTK's order (XX YY ZZ XY YZ XZ), each <c>Length</c> after the other.
/// Plane strain and r-z leave XY and YZ zero; the out-of-plane stress carries the full eigenstrain.
/// </summary>
public readonly struct CellStress<TOperator, T>(TOperator stiffness, LameFields<T> lame, View<T> u, View<T> eigenstrain, View<T> stress, int length) : IKernel<T>
    where TOperator : struct, IElasticOperator<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var strain = stiffness.CentreStrain<L>(u, p);
        var (lambda, mu) = (L.Load(lame.Lambda, p.Index), L.Load(lame.Mu, p.Index));
        var two = mu + mu;
        var mean = lambda * (strain.XX + strain.YY + strain.ZZ) - L.MulAdd(L.Of(3), lambda, two) * L.Load(eigenstrain, p.Index);
        L.Store(stress, p.Index, L.MulAdd(two, strain.XX, mean));
        L.Store(stress, p.Index + length, L.MulAdd(two, strain.YY, mean));
        L.Store(stress, p.Index + 2 * length, L.MulAdd(two, strain.ZZ, mean));
        L.Store(stress, p.Index + 3 * length, mu * strain.XY);
        L.Store(stress, p.Index + 4 * length, mu * strain.YZ);
        L.Store(stress, p.Index + 5 * length, mu * strain.XZ);
    }
}

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
/// What follows from the stress: σ_h = tr σ/3, σ_vM = sqrt(3/2 s:s), ε = (σ - λ/(3λ+2μ) tr σ I)/2μ + β I, and the elastic energy density w = ½ σ : (ε - β I).
/// </summary>
/// <param name="constants">λ, μ with x at the point, so that faces have their own.</param>
/// <param name="strain">Six components, tensor shears (γ/2).</param>
public readonly struct StressInvariants(View<double> stress, View<double> eigenstrain, ElasticConstants constants, View<double> vonMises, View<double> sigmaH, View<double> energy, View<double> strain, int length)
    : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var (xx, yy, zz) = (L.Load(stress, i), L.Load(stress, i + length), L.Load(stress, i + 2 * length));
        var (xy, yz, xz) = (L.Load(stress, i + 3 * length), L.Load(stress, i + 4 * length), L.Load(stress, i + 5 * length));
        var sum = xx + yy + zz;
        var third = sum * L.Of(1.0 / 3);
        var (a, b, c) = (xx - third, yy - third, zz - third);
        // Products that change places when the film is turned by a quarter are rounded alike (Crystal).
        var shears = L.MulAdd(xy, xy, yz * yz + xz * xz);
        var deviator = L.MulAdd(c, c, a * a + b * b) + (shears + shears);
        L.Store(sigmaH, i, third);
        L.Store(vonMises, i, L.Sqrt(L.Of(1.5) * deviator));

        var lame = constants.At<L>(p);
        var compliance = L.Of(0.5) / lame.Mu;
        var bulk = L.MulAdd(L.Of(3), lame.Lambda, lame.Mu + lame.Mu);
        var expansion = third / bulk + L.Load(eigenstrain, i);
        // With s = σ - σ_h I: ε = s/2μ + (σ_h/3K + β) I, 3K = 3λ+2μ, and w = s:s/4μ + σ_h²/2K.
        L.Store(energy, i, L.Of(0.5) * L.MulAdd(compliance, deviator, L.Of(3) * third * third / bulk));
        L.Store(strain, i, L.MulAdd(compliance, a, expansion));
        L.Store(strain, i + length, L.MulAdd(compliance, b, expansion));
        L.Store(strain, i + 2 * length, L.MulAdd(compliance, c, expansion));
        L.Store(strain, i + 3 * length, compliance * xy);
        L.Store(strain, i + 4 * length, compliance * yz);
        L.Store(strain, i + 5 * length, compliance * xz);
    }
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
