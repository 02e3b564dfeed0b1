using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>The elasticity operator K + S on one grid: cells' stiffness and springs on the two interfaces.</summary>
public abstract class ElasticLevel<T> where T : unmanaged
{
    private readonly Lazy<FreeComponents<T>> all;

    /// <summary>Sets up a level with stiffness still to be given.</summary>
    protected ElasticLevel(IDevice device, GridLevel grid, HeldFaces held)
    {
        (Device, Grid) = (device, grid);
        Lame = new(grid.Field<T>(), grid.Field<T>());
        Free = FreeNodes(grid, held);
        all = new(() => FreeNodes(grid, new HeldFaces()));
        SpringsLength = SidePair.Count * grid.Layout.StrideZ;
        Springs = [grid.SideField<T>(SidePair.Count), grid.SideField<T>(SidePair.Count)];
    }

    /// <summary>Device.</summary>
    protected IDevice Device { get; }

    /// <summary>Grid.</summary>
    public GridLevel Grid { get; }

    /// <summary>λ, μ of cells; ghosts outside the body stay zero.</summary>
    public LameFields<T> Lame { get; }

    /// <summary>Free components of nodes.</summary>
    public FreeComponents<T> Free { get; }

    /// <summary>Springs at the collector and at the SE, components xx, yy, xy (<see cref="SidePair"/>) [N/m].</summary>
    public Field<Side, T>[] Springs { get; }

    /// <summary>Numbers in a side's plane field of springs.</summary>
    public int SpringsLength { get; }

    /// <summary>Which of the two sides has springs.</summary>
    public bool[] HasSprings { get; } = [false, false];

    /// <summary>Whether u_z is uniform over the SE side (a rigid flat punch): fields live in that subspace.</summary>
    public bool Punch { get; set; }

    /// <summary>The level for a grid's geometry.</summary>
    /// <param name="crystals">Stiffness tensors of its cells; null where λ and μ are all.</param>
    public static ElasticLevel<T> Create(IDevice device, GridLevel grid, HeldFaces held, Crystals? crystals = null) => grid.Kind switch
    {
        DomainKind.ThreeD when crystals is not null => new CrystalLevel<T>(device, grid, held, crystals),
        DomainKind.ThreeD => new SpaceLevel<T>(device, grid, held),
        DomainKind.Axisymmetric when crystals is not null => new CrystalPlanarLevel<CrystalAxisymmetric<T>, T>(
            device, grid, held, crystals.Stiffnesses<T>(grid), table => new(grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(2), grid.RadialPoints<T>(), table, grid.Layout)),
        DomainKind.Axisymmetric => new PlanarLevel<ElasticityAxisymmetric<T>, T>(device, grid, held, lame => new(grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(2), grid.RadialPoints<T>(), lame, grid.Layout)),
        _ when crystals is not null => new CrystalPlanarLevel<CrystalPlane<T>, T>(
            device, grid, held, crystals.Stiffnesses<T>(grid), table => new(grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(2), table, grid.Layout)),
        _ => new PlanarLevel<ElasticityPlane<T>, T>(device, grid, held, lame => new(grid.WidthsAlong<T>(0), grid.WidthsAlong<T>(2), lame, grid.Layout)),
    };

    /// <summary>f ← (K + S) u at free components, 0 elsewhere. Fills what periodic axes repeat in u.</summary>
    public void Apply(View<T> u, View<T> f)
    {
        Apply(u, new KeepForce<T>(Free, f, Grid.Components, Grid.Layout.Length));
        Project(f);
    }

    /// <summary>r ← b - (K + S) u at free components, 0 elsewhere. Fills what periodic axes repeat in u.</summary>
    public void Residual(View<T> b, View<T> u, View<T> r)
    {
        Apply(u, new KeepResidual<T>(Free, b, r, Grid.Components, Grid.Layout.Length));
        Project(r);
    }

    /// <summary>K + S at work on u, with some use of the force at each node. Fills what periodic axes repeat in u.</summary>
    public void Apply<TUse>(View<T> u, in TUse use) where TUse : struct, IForceUse<T>
    {
        Grid.RepeatNodes(u, Grid.Components);
        ApplyStiffness(u, use, true);
    }

    /// <summary>f ← K u at every component, held ones too: there it is what holds them.</summary>
    public void InternalForce(View<T> u, View<T> f)
    {
        Grid.RepeatNodes(u, Grid.Components);
        ApplyStiffness(u, new KeepForce<T>(all.Value, f, Grid.Components, Grid.Layout.Length), false);
    }

    /// <summary>d ← the inverse of the diagonal of K + S at free components, 0 elsewhere.</summary>
    public void InverseDiagonal(View<T> d)
    {
        Diagonal(d);
        for (var side = 0; side < 2; side++)
        {
            if (HasSprings[side])
                Device.Launch<AddSpringDiagonal<T>, Node, T>(new(Springs[side], new(d, Grid.Layout, Grid.Components)), Grid.NodePlane(side == 1));
        }
        // Under a punch one number for the whole face keeps Jacobi's step in the subspace.
        Project(d);
        Device.Launch<InvertDiagonal<T>, T>(new(Free, d, Grid.Components, Grid.Layout.Length), Grid.Nodes);
    }

    /// <summary>Replaces the z components on the SE side by their mean under a punch: the orthogonal projection on fields with uniform u_z there.</summary>
    public void Project(View<T> f)
    {
        if (!Punch)
            return;
        var plane = Grid.NodePlane(true);
        var mean = Device.Sum(f, plane, Grid.Layout.Length) / plane.Points;
        Device.Launch<FillComponent<T>, T>(new(f, Grid.Layout.Length, mean), plane);
    }

    /// <summary>x · y over all unknowns.</summary>
    public double Dot(View<T> x, View<T> y) => Device.Dot(x, y, Grid.Nodes, Grid.Components, Grid.Layout.Length);

    /// <summary>x · D x over all unknowns, with a diagonal D.</summary>
    public double DotScaled(View<T> x, View<T> d) => Device.DotScaled(x, d, Grid.Nodes, Grid.Components, Grid.Layout.Length);

    /// <summary>f ← forces of isotropic eigenstrains at cells.</summary>
    public abstract void EigenstrainLoad(View<T> eigenstrain, View<T> f);

    /// <summary>Stress at the centres of cells.</summary>
    public abstract void CellStress(View<T> u, View<T> eigenstrain, View<T> stress);

    /// <summary>K, and S too if <paramref name="springs"/>, at work on u.</summary>
    protected abstract void ApplyStiffness<TUse>(View<T> u, in TUse use, bool springs) where TUse : struct, IForceUse<T>;

    /// <summary>Uses the forces at some layers of nodes, with those of springs on the two faces that have them.</summary>
    protected void Use<TForces, TUse>(ILauncher launcher, in TForces forces, View<T> u, in TUse use, bool springs, in Box nodes) where TForces : struct, INodalForces<T> where TUse : struct, IForceUse<T>
    {
        var (low, high) = (springs && HasSprings[0] && nodes.Z0 == 0, springs && HasSprings[1] && nodes.Z1 == Grid.Z + 1);
        var between = nodes.Layers(nodes.Z0 + (low ? 1 : 0), nodes.Z1 - (high ? 1 : 0));
        if (between.Z0 < between.Z1)
            launcher.Launch<ApplyStiffness<TForces, TUse, T>, T>(new(forces, use), between);
        if (low)
            launcher.Launch<ApplyStiffnessAndSprings<TForces, TUse, T>, T>(new(forces, new(Springs[0], new(u, Grid.Layout, Grid.Components)), use), nodes.Layers(0, 1));
        if (high)
            launcher.Launch<ApplyStiffnessAndSprings<TForces, TUse, T>, T>(new(forces, new(Springs[1], new(u, Grid.Layout, Grid.Components)), use), nodes.Layers(Grid.Z, Grid.Z + 1));
    }

    protected abstract void Diagonal(View<T> d);

    private static FreeComponents<T> FreeNodes(GridLevel grid, HeldFaces held)
    {
        // Along x to the end of the row's padding, over which some launches run to keep lanes whole.
        var length = Math.Max(grid.HasY ? grid.Layout.StrideY : grid.Layout.StrideZ, grid.Widths.Max(w => w.Length) + 3);
        View<T> Along(int axis) => grid.Upload<T>(
            from component in Enumerable.Range(0, 3)
            from i in Enumerable.Range(-1, length)
            select IsFree(grid, held, axis, component, i) ? 1.0 : 0.0);
        return new(Along(0), Along(1), Along(2), length);
    }

    private static bool IsFree(GridLevel grid, HeldFaces held, int axis, int component, int i)
    {
        if (axis == 1 && !grid.HasY)
            return true;
        var last = grid.Widths[axis].Length;
        if (i < 0 || i > last || (grid.Periodic[axis] && i == last))
            return false;
        return !(i == 0 && held[axis, false, component]) && !(i == last && held[axis, true, component]);
    }
}

/// <summary><see cref="ElasticLevel{T}"/> for a geometry's elements.</summary>
internal abstract class ElasticLevel<TOperator, T>(IDevice device, GridLevel grid, HeldFaces held, Func<LameFields<T>, TOperator> create) : ElasticLevel<T>(device, grid, held)
    where TOperator : struct, IElasticOperator<T> where T : unmanaged
{
    private TOperator? stiffness;

    protected TOperator Stiffness => stiffness ??= create(Lame);

    public override void EigenstrainLoad(View<T> eigenstrain, View<T> f) =>
        Device.Launch<EigenstrainLoad<TOperator, T>, T>(new(Stiffness, eigenstrain, f, Grid.Components, Grid.Layout.Length), Grid.Nodes);

    public override void CellStress(View<T> u, View<T> eigenstrain, View<T> stress) =>
        Device.Launch<CellStress<TOperator, T>, T>(new(Stiffness, Lame, u, eigenstrain, stress, Grid.Layout.Length), Grid.Cells);

    protected override void Diagonal(View<T> d) =>
        Device.Launch<StiffnessDiagonal<TOperator, T>, T>(new(Stiffness, d, Grid.Components, Grid.Layout.Length), Grid.Nodes);
}

/// <summary>Two-dimensional grids: each node sums up the forces of its four cells.</summary>
internal class PlanarLevel<TOperator, T>(IDevice device, GridLevel grid, HeldFaces held, Func<LameFields<T>, TOperator> create) : ElasticLevel<TOperator, T>(device, grid, held, create)
    where TOperator : struct, INodalOperator<T> where T : unmanaged
{
    protected override void ApplyStiffness<TUse>(View<T> u, in TUse use, bool springs) =>
        Use(Device, new ForcesByNode<TOperator, T>(Stiffness, u), u, use, springs, Grid.Nodes);
}
