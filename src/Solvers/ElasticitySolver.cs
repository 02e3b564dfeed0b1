using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>What a mechanical equilibrium took.</summary>
/// <param name="Iterations">Conjugate gradient iterations in all.</param>
/// <param name="NewtonSteps">Linear systems solved.</param>
/// <param name="Residual">Norm of the unbalanced force over that of the load.</param>
public readonly record struct EquilibriumResult(int Iterations, int NewtonSteps, double Residual);

/// <summary>
/// Quasi-static equilibrium K u = f(β) + pressure + A t(u) on the finest grid: conjugate gradients with multigrid; friction by a semismooth Newton iteration on the nodes' return mapping
/// (Alart and Curnier, Comput. Methods Appl. Mech. Eng. 92 (1991) 353), from the displacement of the last step.
/// </summary>
public sealed class ElasticitySolver : ILinearOperator, IPreconditioner
{
    private const int MaxNewtonSteps = 60;

    /// <summary>While nodes still change between stick and slip the systems need no more accuracy than this.</summary>
    private const double NewtonForcing = 1e-2;

    private const double Unlimited = 1e300;

    /// <summary>Share of a load along a rigid motion that cannot be rounding.</summary>
    private const double LargestDrive = 1e-9;
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly ElasticLevel<double> level;
    private readonly Multigrid<double> multigrid;
    private readonly ConjugateGradient linear;
    private readonly SideLaw[] sides;
    private readonly SolverCase settings;
    private readonly double pressure;
    private readonly bool varies;
    private readonly RigidMotions motions;
    private bool ready;
    private double internalForce;

    /// <summary>Sets up the operator and its levels.</summary>
    /// <param name="varies">Whether λ, μ change between solutions.</param>
    public ElasticitySolver(IDevice device, GridLevel grid, Case @case, HeldFaces held, bool varies)
    {
        (this.device, this.grid, settings, this.varies) = (device, grid, @case.Solver, varies);
        level = ElasticLevel<double>.Create(device, grid, held);
        level.Punch = @case.Interfaces.Se.Normal == NormalLaw.Punch;
        Areas = grid.NodeAreas();
        sides = [new SideLaw(device, grid, @case.Interfaces.Collector), new SideLaw(device, grid, @case.Interfaces.Se)];
        for (var side = 0; side < 2; side++)
            level.HasSprings[side] = sides[side].Acts;
        multigrid = new Multigrid<double>(device, level, held);
        linear = new ConjugateGradient(device, grid, grid.Nodes, grid.Components);
        motions = new RigidMotions(device, grid, held, sides.Any(side => side.Acts), linear);
        pressure = @case.Interfaces.Se.Pressure;
        (Displacement, Load, Residual) = (grid.Field<double>(grid.Components), grid.Field<double>(grid.Components), grid.Field<double>(grid.Components));
    }

    /// <summary>u at nodes [m], components x, z(, y).</summary>
    public View<double> Displacement { get; }

    /// <summary>λ, μ at cells: to be written before the first solution, and again when they change.</summary>
    public LameFields<double> Lame => level.Lame;

    /// <summary>The operator on the finest grid.</summary>
    public ElasticLevel<double> Operator => level;

    /// <summary>Areas of the interfaces' nodes.</summary>
    public NodeAreas Areas { get; }

    /// <summary>The collector's and the SE's law.</summary>
    public IReadOnlyList<SideLaw> Sides => sides;

    private View<double> Load { get; }

    private View<double> Residual { get; }

    /// <summary>Finds the equilibrium for eigenstrains β at cells; slip is kept to where it was until <see cref="AcceptSlip"/>.</summary>
    /// <param name="loosest">A relative residual that is enough, where it is above the case's tolerance.</param>
    /// <param name="extraLoad">A further nodal force [N, N/m, N/rad], of verification problems.</param>
    /// <exception cref="RunException">It is not found.</exception>
    public EquilibriumResult Solve(View<double> eigenstrain, double loosest = 0, View<double>? extraLoad = null)
    {
        if (!ready || varies)
            TakeOverStiffness();
        var load = AssembleLoad(eigenstrain, extraLoad);
        var (iterations, steps) = (0, 0);
        var (residual, nonlinear) = (Unbalance(), sides.Any(s => s.Slips));
        // The displacement given at held nodes and the slip kept at interfaces drive the body too, also without a load.
        var scale = Math.Max(load, internalForce);
        var target = Math.Max(settings.Tolerance, loosest) * scale;
        for (; residual > target; steps++)
        {
            if (steps == MaxNewtonSteps || !double.IsFinite(residual))
                throw Stalled(residual / scale, iterations, steps);
            if (!ready || varies || nonlinear)
                multigrid.UpdateSprings();
            ready = true;
            var goal = nonlinear ? Math.Max(0.5 * target, NewtonForcing * residual) : target;
            var result = linear.Solve(this, this, Displacement, Residual, goal, settings.MaxIterations);
            iterations += result.Iterations;
            if (!result.Converged && (result.Iterations >= settings.MaxIterations || !(result.Residual <= 0.5 * residual)))
                throw Stalled(result.Residual / scale, iterations, steps + 1);
            motions.Remove(Displacement);
            residual = Unbalance();
        }
        return new(iterations, steps, scale > 0 ? residual / scale : 0);
    }

    /// <summary>Lets the interfaces keep the slip of the last solution.</summary>
    public void AcceptSlip()
    {
        for (var side = 0; side < 2; side++)
        {
            var law = sides[side];
            if (law.Slips)
                device.Launch(new UpdateSlip(Displacement, law.Slip, law.Traction, Areas, grid.Layout.Length, grid.Components, law.Stiffness), grid.NodePlane(side == 1));
        }
    }

    void ILinearOperator.Apply(View<double> x, View<double> y) => level.Apply(x, y);

    void IPreconditioner.Apply(View<double> r, View<double> z) => multigrid.Apply(r, z);

    private void TakeOverStiffness()
    {
        grid.RepeatCells(level.Lame.Lambda);
        grid.RepeatCells(level.Lame.Mu);
        multigrid.UpdateStiffness();
    }

    private double AssembleLoad(View<double> eigenstrain, View<double>? extraLoad)
    {
        grid.RepeatCells(eigenstrain);
        level.EigenstrainLoad(eigenstrain, Load);
        device.Launch(new AddPressure(Load, Areas, grid.Layout.Length, pressure), grid.NodePlane(true));
        if (extraLoad is { } extra)
            device.Launch(new Axpby<double>(extra, Load, 1, 1), grid.Flat(grid.Components));
        device.Launch(new KeepFree<double>(level.Free, Load, grid.Components, grid.Layout.Length), grid.Nodes);
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
            device.Launch(
                new InterfaceTraction(Displacement, law.Slip, law.Traction, level.Springs[side], Areas, level.Free, grid.Layout.Length, grid.Components, law.Stiffness, law.Slips ? law.Strength : Unlimited),
                plane);
            device.Launch(new AddTraction(Residual, law.Traction, Areas, level.Free, grid.Layout.Length, grid.Components), plane);
        }
        device.Launch(new KeepFree<double>(level.Free, Residual, grid.Components, grid.Layout.Length), grid.Nodes);
        level.Project(Residual);
        return linear.Norm(Residual);
    }

    private static RunException Stalled(double residual, int iterations, int steps) =>
        new($"the elasticity solver stalls: relative residual {residual:g3} after {iterations} iterations in {steps} Newton steps");
}

/// <summary>The tangential law of one side with its state on the device.</summary>
public sealed class SideLaw(IDevice device, GridLevel grid, InterfaceCase law)
{
    /// <summary>Whether there is a tangential traction to compute.</summary>
    public bool Acts { get; } = law.Law is InterfaceLaw.Spring or InterfaceLaw.Friction && law.Stiffness > 0;

    /// <summary>Whether it can slip.</summary>
    public bool Slips { get; } = law.Law == InterfaceLaw.Friction && law.Stiffness > 0;

    /// <summary>Whether nothing moves along the side.</summary>
    public bool Bonded { get; } = law.Law == InterfaceLaw.Bonded;

    /// <summary>k_s [Pa/m].</summary>
    public double Stiffness { get; } = law.Stiffness;

    /// <summary>τ_max [Pa].</summary>
    public double Strength { get; } = law.LargestTraction;

    /// <summary>Slip at nodes, plane field (x, y) [m].</summary>
    public View<double> Slip { get; } = device.Allocate<double>(2 * grid.Layout.StrideZ);

    /// <summary>Traction at nodes, plane field (x, y) [Pa].</summary>
    public View<double> Traction { get; } = device.Allocate<double>(2 * grid.Layout.StrideZ);
}
