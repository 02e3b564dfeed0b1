using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>What a mechanical equilibrium took.</summary>
/// <param name="Iterations">Conjugate gradient iterations in all.</param>
/// <param name="NewtonSteps">Linear systems solved.</param>
/// <param name="Residual">Norm of the unbalanced force over that of the load; with local Coulomb friction for the bounds that belong to the normal traction found.</param>
public readonly record struct EquilibriumResult(int Iterations, int NewtonSteps, double Residual);

/// <summary>
/// Quasi-static equilibrium K u = f(β) + pressure + A t(u) on the finest grid: conjugate gradients with multigrid; friction by a semismooth Newton iteration on the nodes' return mapping
/// (Alart and Curnier, Comput. Methods Appl. Mech. Eng. 92 (1991) 353), from the displacement of the last step. Where the bound of the friction follows the local normal traction it is held during Newton's iteration, which so stays
/// symmetric and convex, and moved after it, until the forces are balanced with the bounds that belong to them.
/// </summary>
public sealed class ElasticitySolver : ILinearOperator
{
    private const int MaxNewtonSteps = 200;

    /// <summary>While nodes still change between stick and slip the systems need no more accuracy than this.</summary>
    private const double NewtonForcing = 1e-2;

    private const int MostSearchTrials = 12;

    /// <summary>Share of the first slope of the energy that is small enough in a search.</summary>
    private const double SearchAccuracy = 0.1;

    private const int MostBoundMoves = 100;

    /// <summary>Share of the unbalance after a move of the bounds to which Newton's iteration goes before the next one.</summary>
    private const double BoundForcing = 0.1;

    /// <summary>Share of a load along a rigid motion that cannot be rounding.</summary>
    private const double LargestDrive = 1e-9;
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly ElasticLevel<double> level;
    private readonly IElasticCycle multigrid;
    private readonly ConjugateGradient linear;
    private readonly SideLaw[] sides;
    private readonly SolverCase settings;
    private readonly double pressure;
    private readonly bool varies, slips, followsPressure;
    private readonly Work work = new();
    private readonly RigidMotions motions;
    private readonly View<double> direction, force;
    private readonly View<double>[] areas;
    private bool ready, isSetUp;
    private double internalForce;

    /// <summary>Sets up the operator and its levels.</summary>
    /// <param name="varies">Whether λ, μ change between solutions.</param>
    /// <param name="crystals">Stiffness tensors; null where λ and μ are all.</param>
    public ElasticitySolver(IDevice device, GridLevel grid, Case @case, HeldFaces held, bool varies, Crystals? crystals = null)
    {
        (this.device, this.grid, settings, this.varies) = (device, grid, @case.Solver, varies);
        areas = [device.Allocate<double>(Box.RoundUp(grid.Layout.StrideZ)), device.Allocate<double>(Box.RoundUp(grid.Layout.StrideZ))];
        level = ElasticLevels.Create<double>(device, grid, held, crystals);
        level.Punch = @case.Interfaces.Se.Normal == NormalLaw.Punch;
        Areas = [.. areas.Select(area => new NodeAreas(area, grid.Layout))];
        sides = [new SideLaw(device, grid, @case.Interfaces.Collector, false), new SideLaw(device, grid, @case.Interfaces.Se, true)];
        for (var side = 0; side < 2; side++)
            level.HasSprings[side] = sides[side].Acts;
        multigrid = settings.Precision == SolverPrecision.Mixed ? new SingleCycle(device, level, held) : new DoubleCycle(device, level, held);
        linear = new ConjugateGradient(device, grid, grid.Nodes, grid.Components);
        (slips, followsPressure) = (sides.Any(side => side.Slips), sides.Any(side => side.FollowsPressure));
        motions = new RigidMotions(device, grid, held, sides.Any(side => side.Acts), linear);
        pressure = @case.Interfaces.Se.Pressure;
        if (slips)
            (direction, force) = (grid.Field<double>(grid.Components), grid.Field<double>(grid.Components));
        (Displacement, Load, Residual) = (grid.Field<double>(grid.Components), grid.Field<double>(grid.Components), grid.Field<double>(grid.Components));
    }

    /// <summary>The grid of the displacement.</summary>
    public GridLevel Grid => grid;

    /// <summary>u at nodes [m], components x, z(, y).</summary>
    public View<double> Displacement { get; }

    /// <summary>λ, μ at cells: to be written before the first solution, and again when they change.</summary>
    public LameFields<double> Lame => level.Lame;

    /// <summary>The multigrid cycle.</summary>
    public IPreconditioner Preconditioner => multigrid;

    /// <summary>The operator on the finest grid.</summary>
    public ElasticLevel<double> Operator => level;

    /// <summary>Areas of the nodes of the collector's side and of the SE side.</summary>
    public IReadOnlyList<NodeAreas> Areas { get; }

    /// <summary>A further nodal force, components as <see cref="Displacement"/> [N, N/m, N/rad], of verification problems; null for none.</summary>
    public View<double>? ExtraLoad { get; set; }

    /// <summary>The collector's and the SE's law.</summary>
    public IReadOnlyList<SideLaw> Sides => sides;

    private View<double> Load { get; }

    private View<double> Residual { get; }

    /// <summary>Finds the equilibrium for eigenstrains β at cells; slip is kept to where it was until <see cref="AcceptSlip"/>.</summary>
    /// <param name="tolerance">Relative residual to reach; the case's where there is none.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="RunException">It is not found.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EquilibriumResult Solve(View<double> eigenstrain, double? tolerance = null, CancellationToken cancel = default)
    {
        if (!isSetUp || varies)
            SetUp();
        var load = AssembleLoad(eigenstrain);
        var residual = Unbalance();
        // The displacement given at held nodes and the slip kept at interfaces drive the body too, also without a load.
        var scale = Math.Max(load, internalForce);
        work.Begin(scale, (tolerance ?? settings.Tolerance) * scale, cancel);
        if (!followsPressure)
        {
            residual = Balance(residual, work.Target);
            return work.Result(residual);
        }
        for (var moves = 0; ; moves++)
        {
            Balance(residual, Math.Max(0.5 * work.Target, BoundForcing * residual));
            MoveBounds(eigenstrain);
            residual = Unbalance();
            if (residual <= work.Target)
                return work.Result(residual);
            if (moves == MostBoundMoves)
                throw new RunException($"friction and the normal traction that it follows do not settle: relative residual {residual / scale:g3} after {moves} moves of the bound");
        }
    }

    /// <summary>What an equilibrium has taken so far, and the unbalance that ends it.</summary>
    private sealed class Work
    {
        public int Iterations, Steps;

        public double Scale { get; private set; }

        public double Target { get; private set; }

        public CancellationToken Cancel { get; private set; }

        public void Begin(double scale, double target, CancellationToken cancel) => (Iterations, Steps, Scale, Target, Cancel) = (0, 0, scale, target, cancel);

        public EquilibriumResult Result(double residual) => new(Iterations, Steps, Scale > 0 ? residual / Scale : 0);
    }

    /// <summary>Newton's iteration, with bounds of the friction that are held, down to an unbalance.</summary>
    /// <returns>The unbalance.</returns>
    private double Balance(double residual, double target)
    {
        for (; residual > target; work.Steps++)
        {
            if (work.Steps >= MaxNewtonSteps || !double.IsFinite(residual))
                throw Stalled(residual);
            if (!ready || varies || slips)
                multigrid.UpdateSprings();
            ready = true;
            var goal = slips ? Math.Max(0.5 * target, NewtonForcing * residual) : target;
            var result = slips ? FindDirection(goal, work.Cancel) : linear.Solve(this, multigrid, Displacement, Residual, goal, settings.MaxIterations, work.Cancel);
            work.Iterations += result.Iterations;
            if (!result.Converged && (result.Iterations >= settings.MaxIterations || !(result.Residual <= 0.5 * residual)))
                throw Stalled(result.Residual);
            motions.Remove(slips ? direction : Displacement);
            residual = slips ? Search() : Unbalance();
        }
        return residual;
    }

    /// <summary>The bounds of the friction where they follow the normal traction, for the displacement found.</summary>
    private void MoveBounds(View<double> eigenstrain)
    {
        level.InternalForce(Displacement, Residual);
        level.EigenstrainLoad(eigenstrain, force);
        for (var side = 0; side < 2; side++)
        {
            var law = sides[side];
            if (law.FollowsPressure)
                device.Launch(new CoulombBound(Residual, force, law.Bound, Areas[side], grid.Layout.Length, side == 1 ? -1 : 1, law.Cohesion, law.FrictionCoefficient), grid.NodePlane(side == 1));
        }
    }

    /// <summary>A step of Newton's method, to be searched along.</summary>
    private LinearResult FindDirection(double goal, CancellationToken cancel)
    {
        device.Launch(new Copy<double>(Residual, force), grid.Flat(grid.Components));
        device.Launch(new Fill<double>(direction, 0), grid.Flat(grid.Components));
        return linear.Solve(this, multigrid, direction, force, goal, settings.MaxIterations, cancel);
    }

    /// <summary>
    /// Moves along the direction to where the energy is least, at most by all of it. The energy of elastic-perfectly plastic interfaces is convex, so that Newton's iteration with this search cannot cycle; the slope is the unbalanced force
    /// along the direction, and its root is found by the Illinois method.
    /// </summary>
    /// <returns>The unbalance there.</returns>
    private double Search()
    {
        var (low, below) = (0.0, linear.Dot(direction, Residual));
        var residual = Move(1);
        var (high, above, at, small) = (1.0, linear.Dot(direction, Residual), 1.0, SearchAccuracy * Math.Abs(below));
        if (above >= -small)
            return residual;
        for (var trial = 0; trial < MostSearchTrials; trial++)
        {
            var next = high - above * (high - low) / (above - below);
            residual = Move(next - at);
            at = next;
            var slope = linear.Dot(direction, Residual);
            if (Math.Abs(slope) <= small)
                break;
            if (slope < 0)
                (high, above, below) = (at, slope, below / 2);
            else
                (low, below, above) = (at, slope, above / 2);
        }
        return residual;
    }

    /// <summary>u ← u + share direction</summary>
    /// <returns>The unbalance there.</returns>
    private double Move(double share)
    {
        device.Launch(new Axpby<double>(direction, Displacement, share, 1), grid.Flat(grid.Components));
        return Unbalance();
    }

    /// <summary>Lets the interfaces keep the slip of the last solution.</summary>
    public void AcceptSlip()
    {
        for (var side = 0; side < 2; side++)
        {
            var law = sides[side];
            if (law.Slips)
                device.Launch(new UpdateSlip(Displacement, law.Slip, law.Traction, Areas[side], grid.Layout.Length, grid.Components, law.Stiffness), grid.NodePlane(side == 1));
        }
    }

    void ILinearOperator.Apply(View<double> x, View<double> y) => level.Apply(x, y);

    /// <summary>Takes over moduli that were written to <see cref="Lame"/>; the first solution does it too.</summary>
    public void SetUp()
    {
        grid.FillGhosts(level.Lame.Lambda);
        grid.FillGhosts(level.Lame.Mu);
        multigrid.UpdateStiffness();
        if (!isSetUp)
            FindVoids();
        isSetUp = true;
    }

    /// <summary>Takes cells without stiffness for voids: nodes between them alone belong to no face and move with no motion.</summary>
    private void FindVoids()
    {
        var hasVoids = device.Min(new Element(level.Lame.Mu, 0), grid.Cells) <= 0;
        var mu = hasVoids ? device.Download(level.Lame.Mu.Values) : [];
        for (var side = 0; side < 2; side++)
        {
            var z = side * (grid.Z - 1);
            device.Upload<double>(grid.NodeAreas((x, y) => !hasVoids || mu[grid.Layout.Index(x, y, z)] > 0), areas[side]);
        }
        if (!hasVoids)
            return;
        var diagonal = grid.Field<double>(grid.Components);
        level.InverseDiagonal(diagonal);
        device.Upload<double>([.. device.Download(diagonal).Select(d => d > 0 ? 1.0 : 0)], diagonal);
        motions.KeepWhere(diagonal);
    }

    private double AssembleLoad(View<double> eigenstrain)
    {
        grid.RepeatCells(eigenstrain);
        level.EigenstrainLoad(eigenstrain, Load);
        device.Launch(new AddPressure(Load, Areas[1], grid.Layout.Length, pressure), grid.NodePlane(true));
        if (ExtraLoad is { } extra)
            device.Launch(new Axpby<double>(extra, Load, 1, 1), grid.Flat(grid.Components));
        device.Launch(new KeepFree<double>(level.Free, grid.AsNodes(Load)), grid.Nodes);
        level.Project(Load);
        var norm = linear.Norm(Load);
        if (norm > 0 && motions.Share(Load, norm) > LargestDrive)
            throw new RunException("the load pushes the film along its faces and nothing holds it there");
        motions.Remove(Load);
        return norm;
    }

    /// <summary>Writes f - K u + A t(u) to <see cref="Residual"/>, the norm of K u to <see cref="internalForce"/> and the interfaces' stiffness to the springs of the operator.</summary>
    private double Unbalance()
    {
        // K u alone: the interfaces' forces come from their law.
        level.HasSprings.AsSpan().Clear();
        level.Apply(Displacement, Residual);
        internalForce = linear.Norm(Residual);
        device.Launch(new SubtractFrom<double>(Load, Residual), grid.Flat(grid.Components));
        for (var side = 0; side < 2; side++)
        {
            var law = sides[side];
            level.HasSprings[side] = law.Acts;
            if (!law.Acts)
                continue;
            var plane = grid.NodePlane(side == 1);
            device.Launch(new InterfaceTraction(Displacement, law.Slip, law.Traction, level.Springs[side], law.Bound, Areas[side], level.Free, grid.Layout.Length, grid.Components, law.Stiffness), plane);
            device.Launch(new AddTraction(Residual, law.Traction, Areas[side], level.Free, grid.Layout.Length, grid.Components), plane);
        }
        device.Launch(new KeepFree<double>(level.Free, grid.AsNodes(Residual)), grid.Nodes);
        level.Project(Residual);
        return linear.Norm(Residual);
    }

    private RunException Stalled(double residual) =>
        new($"the elasticity solver stalls: relative residual {residual / work.Scale:g3} after {work.Iterations} iterations in {work.Steps} Newton steps");
}

/// <summary>The tangential law of one side with its state on the device.</summary>
public sealed class SideLaw
{
    private const double Unlimited = 1e300;

    /// <param name="law">The side of the case.</param>
    /// <param name="high">Whether it is the SE side.</param>
    public SideLaw(IDevice device, GridLevel grid, InterfaceCase law, bool high)
    {
        Acts = law.OuterLaw is InterfaceLaw.Spring or InterfaceLaw.Friction && law.Stiffness > 0;
        Slips = law.OuterLaw == InterfaceLaw.Friction && law.Stiffness > 0;
        Bonded = law.OuterLaw == InterfaceLaw.Bonded;
        (Stiffness, Cohesion, FrictionCoefficient) = (law.Stiffness, law.Cohesion, law.FrictionCoefficient);
        FollowsPressure = Slips && law.FrictionCoefficient > 0 && (!high || law.Normal == NormalLaw.Punch);
        (Slip, Traction, Bound) = (device.Allocate<double>(2 * grid.Layout.StrideZ), device.Allocate<double>(2 * grid.Layout.StrideZ), device.Allocate<double>(grid.Layout.StrideZ));
        var bound = Slips ? Cohesion + FrictionCoefficient * Math.Max(0, law.Pressure) : Unlimited;
        device.Upload<double>(Enumerable.Repeat(bound, grid.Layout.StrideZ).ToArray(), Bound);
    }

    /// <summary>Whether there is a tangential traction to compute.</summary>
    public bool Acts { get; }

    /// <summary>Whether it can slip.</summary>
    public bool Slips { get; }

    /// <summary>Whether nothing moves along the side.</summary>
    public bool Bonded { get; }

    /// <summary>k_s [Pa/m].</summary>
    public double Stiffness { get; }

    /// <summary>The part of τ_max that needs no pressure [Pa].</summary>
    public double Cohesion { get; }

    /// <summary>μ_f.</summary>
    public double FrictionCoefficient { get; }

    /// <summary>Whether τ_max follows the normal traction found, which is not given there.</summary>
    public bool FollowsPressure { get; }

    /// <summary>Slip at nodes, plane field (x, y) [m].</summary>
    public View<double> Slip { get; }

    /// <summary>Traction at nodes, plane field (x, y) [Pa].</summary>
    public View<double> Traction { get; }

    /// <summary>τ_max at nodes, plane field [Pa].</summary>
    public View<double> Bound { get; }
}
