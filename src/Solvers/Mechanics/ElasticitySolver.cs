using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Quasi-static equilibrium K u = f(β) + pressure + A t(u) on the finest grid: its operator, its load and the laws of
/// its sides. <see cref="Equilibrium"/> finds the displacement.
/// </summary>
public sealed class ElasticitySolver
{
    /// <summary>Share of a load along a rigid motion that cannot be rounding.</summary>
    private const double LargestDrive = 1e-9;
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly ElasticLevel<double> level;
    private readonly IElasticCycle multigrid;
    private readonly ConjugateGradient<Node> linear;
    private readonly RigidMotions motions;
    private readonly Equilibrium equilibrium;
    private readonly INonlinearTerm[] terms;
    private readonly Field<Side, double>[] areas;
    private readonly SolverCase settings;
    private readonly double pressure;
    private readonly bool varies;
    private bool isSetUp;

    /// <summary>Sets up the operator and its levels.</summary>
    /// <param name="varies">Whether λ, μ change between solutions.</param>
    /// <param name="crystals">Stiffness tensors; null where λ and μ are all.</param>
    public ElasticitySolver(
        IDevice device, GridLevel grid, Case @case, HeldFaces held, bool varies, Crystals? crystals = null)
    {
        (this.device, this.grid, settings, this.varies) = (device, grid, @case.Solver, varies);
        level = ElasticLevels.Create<double>(device, grid, held, crystals);
        level.Punch = @case.Interfaces.Se.Normal == NormalLaw.Punch;
        areas = [grid.SideField<double>(), grid.SideField<double>()];
        Sides =
        [
            SideLaws.Of(new(device, grid, false, areas[0], level.Free, @case.Interfaces.Collector)),
            SideLaws.Of(new(device, grid, true, areas[1], level.Free, @case.Interfaces.Se)),
        ];
        terms = [.. Sides.Select(side => side.Term).OfType<INonlinearTerm>()];
        for (var side = 0; side < 2; side++)
            level.HasSprings[side] = Sides[side].Term is not null;
        multigrid = settings.Precision == SolverPrecision.Mixed
            ? new SingleCycle(device, level, held)
            : new DoubleCycle(device, level, held);
        linear = new ConjugateGradient<Node>(device, grid, grid.Nodes, grid.Components);
        motions = new RigidMotions(device, grid, held, Sides.Any(side => side.Term is not null), linear);
        pressure = @case.Interfaces.Se.Pressure;
        equilibrium = new Equilibrium(device, new(level, multigrid, linear, motions), terms, settings);
    }

    /// <summary>The grid of the displacement.</summary>
    public GridLevel Grid => grid;

    /// <summary>u at nodes [m], components x, z(, y).</summary>
    public View<double> Displacement => equilibrium.Displacement;

    /// <summary>λ, μ at cells: to be written before the first solution, and again when they change.</summary>
    public LameFields<double> Lame => level.Lame;

    /// <summary>The multigrid cycle.</summary>
    public IPreconditioner<Node> Preconditioner => multigrid;

    /// <summary>The operator on the finest grid.</summary>
    public ElasticLevel<double> Operator => level;

    /// <summary>The laws of the collector's side and of the SE side.</summary>
    public IReadOnlyList<SideLaw> Sides { get; }

    /// <summary>What takes part in the equilibrium and is not linear.</summary>
    public IReadOnlyList<INonlinearTerm> Terms => terms;

    /// <summary>
    /// A further nodal force, components as <see cref="Displacement"/> [N, N/m, N/rad], of verification problems; null
    /// for none.
    /// </summary>
    public View<double>? ExtraLoad { get; set; }

    /// <summary>
    /// Finds the equilibrium for eigenstrains β at cells; what terms remember stays where it was until <see
    /// cref="Accept"/>.
    /// </summary>
    /// <param name="tolerance">Relative residual to reach; the case's where there is none.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="RunException">It is not found.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EquilibriumResult Solve(
        View<double> eigenstrain, double? tolerance = null, CancellationToken cancel = default)
    {
        if (!isSetUp || varies)
            SetUp();
        return equilibrium.Solve(eigenstrain, AssembleLoad(eigenstrain), tolerance ?? settings.Tolerance, cancel);
    }

    /// <summary>Takes the last solution as the end of a step: interfaces keep its slip.</summary>
    public void Accept()
    {
        foreach (var term in terms)
            term.Accept(equilibrium.Displacement);
    }

    /// <summary>Takes over moduli that were written to <see cref="Lame"/>; the first solution does it too.</summary>
    public void SetUp()
    {
        grid.FillGhosts(level.Lame.Lambda);
        grid.FillGhosts(level.Lame.Mu);
        multigrid.UpdateStiffness();
        equilibrium.Renew();
        if (!isSetUp)
            FindVoids();
        isSetUp = true;
    }

    /// <summary>
    /// Takes cells without stiffness for voids: nodes between them alone belong to no face and move with no motion.
    /// </summary>
    private void FindVoids()
    {
        var hasVoids = device.Min(new Element<Cell>(level.Lame.Mu), grid.Cells) <= 0;
        var mu = hasVoids ? device.Download(level.Lame.Mu.Values) : [];
        for (var side = 0; side < 2; side++)
        {
            var z = side * (grid.Z - 1);
            var nodes = grid.NodeAreas((x, y) => !hasVoids || mu[grid.Layout.Index(x, y, z)] > 0);
            device.Upload<double>(nodes, areas[side]);
        }
        if (!hasVoids)
            return;
        var diagonal = grid.NodeField<double>(grid.Components);
        level.InverseDiagonal(diagonal);
        device.Upload<double>([.. device.Download(diagonal).Select(d => d > 0 ? 1.0 : 0)], diagonal);
        motions.KeepWhere(diagonal);
    }

    /// <summary>f of eigenstrain, pressure and <see cref="ExtraLoad"/>.</summary>
    /// <returns>Its norm.</returns>
    private double AssembleLoad(View<double> eigenstrain)
    {
        var load = equilibrium.Load;
        grid.FillGhosts(grid.AsCells(eigenstrain));
        level.EigenstrainLoad(eigenstrain, load);
        device.Launch(new AddPressure(load, areas[1], pressure), grid.NodePlane(true));
        if (ExtraLoad is { } extra)
            device.Launch(new Axpby<Flat, double>(grid.AsNodes(extra).AsFlat, load.AsFlat, 1, 1),
                grid.Flat(grid.Components));
        device.Launch(new KeepFree<double>(level.Free, load), grid.Nodes);
        level.Project(load);
        var norm = linear.Norm(load);
        if (norm > 0 && motions.Share(load, norm) > LargestDrive)
            throw new RunException("the load pushes the film along its faces and nothing holds it there");
        motions.Remove(load);
        return norm;
    }
}
