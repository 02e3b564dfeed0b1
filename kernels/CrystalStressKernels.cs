namespace MesoLiMg.Kernels;

/// <summary>σ = C : ε - β C : I at the centres of cells [Pa], with any stiffness tensor.</summary>
/// <param name="elements">What gives the strain.</param>
public readonly struct CrystalStress<TOperator, T>(TOperator elements, CrystalTable<T> crystals, View<T> u, View<T> eigenstrain, View<T> stress, int length) : IKernel<T>
    where TOperator : struct, IElasticOperator<T> where T : unmanaged
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, T>
    {
        var i = p.Index;
        var s = Crystal.Times<L, T>(crystals.Constants<L>(i), elements.CentreStrain<L>(u, p));
        var (unit, beta) = (crystals.Expansion<L>(i), L.Load(eigenstrain, i));
        L.Store(stress, i, s.XX - beta * unit.XX);
        L.Store(stress, i + length, s.YY - beta * unit.YY);
        L.Store(stress, i + 2 * length, s.ZZ - beta * unit.ZZ);
        L.Store(stress, i + 3 * length, s.XY - beta * unit.XY);
        L.Store(stress, i + 4 * length, s.YZ - beta * unit.YZ);
        L.Store(stress, i + 5 * length, s.XZ - beta * unit.XZ);
    }
}

/// <summary>What <see cref="StressInvariants"/> takes from isotropic moduli, with any tensor of compliances S: ε = S : σ + β I and w = ½ σ : S : σ.</summary>
/// <param name="compliances">S by group, also for points on faces.</param>
/// <param name="strain">Six components, tensor shears (γ/2).</param>
public readonly struct CrystalStrain(View<double> stress, View<double> eigenstrain, CrystalTable<double> compliances, View<double> energy, View<double> strain, int length) : IKernel<double>
{
    public void Execute<L>(in Point p) where L : unmanaged, ILane<L, double>
    {
        var i = p.Index;
        var s = new Symmetric<L>(L.Load(stress, i), L.Load(stress, i + length), L.Load(stress, i + 2 * length), L.Load(stress, i + 3 * length), L.Load(stress, i + 4 * length), L.Load(stress, i + 5 * length));
        var e = Crystal.Times<L, double>(compliances.Constants<L>(i), s);
        var normal = L.MulAdd(s.ZZ, e.ZZ, s.XX * e.XX + s.YY * e.YY);
        var (half, beta) = (L.Of(0.5), L.Load(eigenstrain, i));
        L.Store(energy, i, half * (normal + L.MulAdd(s.XY, e.XY, s.YZ * e.YZ + s.XZ * e.XZ)));
        L.Store(strain, i, e.XX + beta);
        L.Store(strain, i + length, e.YY + beta);
        L.Store(strain, i + 2 * length, e.ZZ + beta);
        L.Store(strain, i + 3 * length, half * e.XY);
        L.Store(strain, i + 4 * length, half * e.YZ);
        L.Store(strain, i + 5 * length, half * e.XZ);
    }
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
