namespace MesoLiMg.Kernels;

/// <summary>
/// Corrects extrapolated stress on a face of an isotropic body to its known traction: the normal stress becomes σ_n,
/// with the strain in the face kept, so that both stresses in the face change by ν/(1-ν) = λ/(λ+2μ) times as much.
/// </summary>
/// <param name="stress">Six components, at the face's points [Pa].</param>
/// <param name="constants">λ, μ at the face's points.</param>
/// <param name="normal">Component of the normal stress: XX, YY or ZZ of <see cref="Pair"/>.</param>
/// <param name="normalTraction">σ_n [Pa].</param>
public readonly struct ImposeNormalTraction(
    Field<Closed, double> stress, ElasticConstants constants, int normal, double normalTraction)
    : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var (a, b) = ((normal + 1) % 3, (normal + 2) % 3);
        var lame = constants.At<L>(p);
        var change = L.Of(normalTraction) - stress.At<L>(p, normal);
        var lateral = change * lame.Lambda / (lame.Lambda + lame.Mu + lame.Mu);
        stress.Set(p, normal, L.Of(normalTraction));
        stress.Set(p, a, stress.At<L>(p, a) + lateral);
        stress.Set(p, b, stress.At<L>(p, b) + lateral);
    }
}

/// <summary>Sets a component of a stress on a face.</summary>
/// <param name="stress">Six components, at the face's points [Pa].</param>
/// <param name="component">Which one (<see cref="Pair"/>).</param>
/// <param name="value">Its value [Pa].</param>
public readonly struct ImposeComponent(Field<Closed, double> stress, int component, double value)
    : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double> =>
        stress.Set(p, component, L.Of(value));
}

/// <summary>
/// Shears on a face z = const from the traction of its interface, averaged from the nodes of each cell's face: σ_xz =
/// ±t_x, σ_yz = ±t_y, plus on the SE side, minus at the collector.
/// </summary>
/// <param name="stress">Six components, at the face's points [Pa].</param>
/// <param name="traction">t at nodes of the side, components x and y [Pa].</param>
/// <param name="sign">±1.</param>
/// <param name="components">Components of the displacement: 3 where there is t_y.</param>
public readonly struct ImposeInterfaceShear(
    Field<Closed, double> stress, Field<Side, double> traction, double sign, int components) : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var node = p.LowNodeOnSide(traction.Layout);
        stress.Set(p, Pair.XZ, Average<L>(node, 0));
        if (components == 3)
            stress.Set(p, Pair.YZ, Average<L>(node, 1));
    }

    private L Average<L>(in Point<Side> p, int c) where L : unmanaged, ILane<L, double>
    {
        var plane = traction.Layout;
        var diagonal = traction.At<L>(p, c) + traction.At<L>(p.Step(1, 1, 0, plane), c);
        var other = traction.At<L>(p.Step(1, 0, 0, plane), c) + traction.At<L>(p.Step(0, 1, 0, plane), c);
        return L.Of(0.25 * sign) * (diagonal + other);
    }
}

/// <summary>
/// Stress in a face that follows its traction while the strain in the face is kept: σ_p ← σ_p ± C_pn C_nn⁻¹ t. Taken
/// off before a traction is imposed and put back after, it corrects the three stresses in the face to the change of all
/// three of the traction.
/// </summary>
/// <param name="stress">Six components, at the face's points [Pa].</param>
/// <param name="table">C_pn C_nn⁻¹ by group: nine constants (in-plane stress, traction), constant k of group g at
/// <paramref name="offset"/> + k count + g.</param>
/// <param name="group">Group of points.</param>
/// <param name="inPlane">Components of the stresses in the face.</param>
/// <param name="traction">Components of the traction.</param>
/// <param name="sign">±1.</param>
/// <param name="offset">Where the face's constants begin.</param>
/// <param name="count">Groups.</param>
public readonly struct FollowTraction(
    Field<Closed, double> stress, View<double> table, View<int> group, StressComponents inPlane,
    StressComponents traction, double sign, int offset, int count)
    : IKernel<Closed, double>
{
    public void Execute<L>(in Point<Closed> p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var (t0, t1) = (stress.At<L>(p, traction.A), stress.At<L>(p, traction.B));
        var t2 = stress.At<L>(p, traction.C);
        for (var k = 0; k < 3; k++)
        {
            var at = offset + 3 * k * count;
            var others = L.Gather(table, at + count, group, i) * t1 + L.Gather(table, at + 2 * count, group, i) * t2;
            var change = L.MulAdd(L.Gather(table, at, group, i), t0, others);
            var component = k == 0 ? inPlane.A : k == 1 ? inPlane.B : inPlane.C;
            stress.Set(p, component, L.MulAdd(L.Of(sign), change, stress.At<L>(p, component)));
        }
    }
}

/// <summary>Three of the six components of a stress (<see cref="Pair"/>).</summary>
public readonly struct StressComponents(int a, int b, int c)
{
    public readonly int A = a, B = b, C = c;
}
