using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The elasticity operator K + S on one grid: cells' stiffness, springs on the two interfaces, and what is held
/// (<see cref="ElasticLevels"/> makes one).
/// </summary>
/// <param name="lame">λ, μ of cells; ghosts outside the body stay zero.</param>
/// <param name="elements">K.</param>
public sealed class ElasticLevel<T>(
    IDevice device, GridLevel grid, HeldFaces held, LameFields<T> lame, IElementOperator<T> elements)
        where T : unmanaged
{
    private readonly Lazy<FreeComponents<T>> all = new(() => FreeNodes(grid, new HeldFaces()));
    private readonly SideSprings<T> springs = new(device, grid);

    /// <summary>Grid.</summary>
    public GridLevel Grid => grid;

    /// <summary>λ, μ of cells; ghosts outside the body stay zero.</summary>
    public LameFields<T> Lame => lame;

    /// <summary>Free components of nodes.</summary>
    public FreeComponents<T> Free { get; } = FreeNodes(grid, held);

    /// <summary>Springs at the collector and at the SE, components xx, yy, xy (<see cref="SidePair"/>) [N/m].</summary>
    public Field<Side, T>[] Springs => springs.Stiffness;

    /// <summary>Numbers in a side's plane field of springs.</summary>
    public int SpringsLength => springs.Length;

    /// <summary>Which of the two sides has springs.</summary>
    public bool[] HasSprings => springs.Has;

    /// <summary>Whether u_z is uniform over the SE side (a rigid flat punch): fields live in that subspace.</summary>
    public bool Punch { get; set; }

    /// <summary>f ← (K + S) u at free components, 0 elsewhere. Fills what periodic axes repeat in u.</summary>
    public void Apply(View<T> u, View<T> f)
    {
        Apply(u, new KeepForce<T>(Free, grid.AsNodes(f)));
        Project(f);
    }

    /// <summary>r ← b - (K + S) u at free components, 0 elsewhere. Fills what periodic axes repeat in u.</summary>
    public void Residual(View<T> b, View<T> u, View<T> r)
    {
        Apply(u, new KeepResidual<T>(Free, grid.AsNodes(b), grid.AsNodes(r)));
        Project(r);
    }

    /// <summary>
    /// K + S at work on u, with some use of the force at each node. Fills what periodic axes repeat in u.
    /// </summary>
    public void Apply<TUse>(View<T> u, in TUse use) where TUse : struct, IForceUse<T>
    {
        var nodes = grid.AsNodes(u);
        grid.FillGhosts(nodes);
        elements.Apply(nodes, use, springs);
    }

    /// <summary>f ← K u at every component, held ones too: there it is what holds them.</summary>
    public void InternalForce(View<T> u, View<T> f)
    {
        var nodes = grid.AsNodes(u);
        grid.FillGhosts(nodes);
        elements.Apply(nodes, new KeepForce<T>(all.Value, grid.AsNodes(f)), null);
    }

    /// <summary>d ← the inverse of the diagonal of K + S at free components, 0 elsewhere.</summary>
    public void InverseDiagonal(View<T> d)
    {
        var diagonal = grid.AsNodes(d);
        elements.Diagonal(diagonal);
        springs.AddDiagonal(diagonal);
        // Under a punch one number for the whole face keeps Jacobi's step in the subspace.
        Project(d);
        device.Launch<InvertDiagonal<T>, Node, T>(new(Free, diagonal), grid.Nodes);
    }

    /// <summary>
    /// Replaces the z components on the SE side by their mean under a punch: the orthogonal projection on fields with
    /// uniform u_z there.
    /// </summary>
    public void Project(View<T> f)
    {
        if (!Punch)
            return;
        var plane = grid.NodePlane(true);
        var mean = device.Sum(grid.AsNodes(f), plane, Component.Z) / plane.Points;
        device.Launch<FillComponent<Node, T>, Node, T>(new(grid.AsNodes(f), Component.Z, mean), plane);
    }

    /// <summary>x · y over all unknowns.</summary>
    public double Dot(View<T> x, View<T> y) => device.Dot(grid.AsNodes(x), grid.AsNodes(y), grid.Nodes);

    /// <summary>x · D x over all unknowns, with a diagonal D.</summary>
    public double DotScaled(View<T> x, View<T> d) =>
        device.DotScaled(grid.AsNodes(x), grid.AsNodes(d), grid.Nodes);

    /// <summary>f ← forces of inelastic strains β I at cells.</summary>
    public void EigenstrainLoad(View<T> eigenstrain, View<T> f) =>
        elements.InelasticLoad(Swelling(eigenstrain), grid.AsNodes(f));

    /// <summary>Stress at the centres of cells, six components [Pa].</summary>
    public void CellStress(View<T> u, View<T> eigenstrain, View<T> stress) =>
        elements.Stress(grid.AsNodes(u), Swelling(eigenstrain), new(stress, grid.Layout, Pair.Count));

    /// <summary>Strain at the centres of cells, six components, tensor shears.</summary>
    public void CellStrain(View<T> u, Field<Closed, T> strain) => elements.Strain(grid.AsNodes(u), strain);

    private Swelling<T> Swelling(View<T> beta) => new(new(beta, grid.Layout, 1));

    private static FreeComponents<T> FreeNodes(GridLevel grid, HeldFaces held)
    {
        // Along x to the end of the row's padding, over which some launches run to keep lanes whole.
        var row = grid.HasY ? grid.Layout.StrideY : grid.Layout.StrideZ;
        var length = Math.Max(row, grid.Widths.Max(w => w.Length) + 3);
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
