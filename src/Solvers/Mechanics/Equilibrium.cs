using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>What a mechanical equilibrium took.</summary>
/// <param name="Iterations">Conjugate gradient iterations in all.</param>
/// <param name="NewtonSteps">Linear systems solved.</param>
/// <param name="Residual">
/// Norm of the unbalanced force over that of the load; with local Coulomb friction for the bounds that belong to the
/// normal traction found.
/// </param>
public readonly record struct EquilibriumResult(int Iterations, int NewtonSteps, double Residual);

/// <summary>The body in equilibrium: its elastic operator, and what solves with it.</summary>
/// <param name="Body">K, with the tangent of the terms as springs S.</param>
/// <param name="Cycle">An approximate inverse of K + S.</param>
/// <param name="Linear">Conjugate gradients.</param>
/// <param name="Motions">Motions that nothing holds.</param>
internal sealed record ElasticSystem(
    ElasticLevel<double> Body, IElasticCycle Cycle, ConjugateGradient<Node> Linear, RigidMotions Motions)
        : ILinearOperator<Node>
{
    /// <inheritdoc/>
    public void Apply(Field<Node, double> x, Field<Node, double> y) => Body.Apply(x, y);
}

/// <summary>
/// Finds u with f - K u + Σ t(u) = 0, f the load and t the terms that are not linear: a semismooth Newton iteration
/// (Alart and Curnier, Comput. Methods Appl. Mech. Eng. 92 (1991) 353) from the displacement of the last step, with a
/// search along each direction. What a term holds meanwhile, such as a bound of friction that follows the normal
/// traction, is moved after it, until the forces are balanced with what belongs to them.
/// </summary>
internal sealed class Equilibrium
{
    private const int MaxNewtonSteps = 200;

    /// <summary>While nodes still change between stick and slip the systems need no more accuracy than this.</summary>
    private const double NewtonForcing = 1e-2;

    private const int MostSearchTrials = 12;

    /// <summary>Share of the first slope of the energy that is small enough in a search.</summary>
    private const double SearchAccuracy = 0.1;

    private const int MostMoves = 100;

    /// <summary>Share of the unbalance after a move to which Newton's iteration goes before the next one.</summary>
    private const double MoveForcing = 0.1;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly ElasticSystem system;
    private readonly INonlinearTerm[] terms;
    private readonly SolverCase settings;
    private readonly bool isLinear, follows;
    private readonly Field<Node, double> direction, force;
    private bool isStale = true;
    private int iterations, steps;
    private double scale, internalForce;
    private CancellationToken cancel;

    /// <summary>Prepares the search.</summary>
    public Equilibrium(IDevice device, ElasticSystem system, IReadOnlyList<INonlinearTerm> terms, SolverCase settings)
    {
        (this.device, this.system, this.settings, grid) = (device, system, settings, system.Body.Grid);
        this.terms = [.. terms];
        if (terms.Any(term => term.Tangent == Tangent.General))
            throw new NotSupportedException("conjugate gradients need a symmetric tangent");
        isLinear = terms.All(term => term.Tangent == Tangent.Constant);
        follows = terms.Any(term => term.Follows);
        if (!isLinear)
            (direction, force) = (grid.NodeField<double>(grid.Components), grid.NodeField<double>(grid.Components));
        (Displacement, Load) = (grid.NodeField<double>(grid.Components), grid.NodeField<double>(grid.Components));
        Residual = grid.NodeField<double>(grid.Components);
    }

    /// <summary>u at nodes [m].</summary>
    public Field<Node, double> Displacement { get; }

    /// <summary>f at nodes, but for the forces of terms [N; N/m in plane strain; N/rad in r-z].</summary>
    public Field<Node, double> Load { get; }

    /// <summary>The unbalanced force.</summary>
    private Field<Node, double> Residual { get; }

    /// <summary>Tells that K is another one than in the last solution.</summary>
    public void Renew() => isStale = true;

    /// <summary>Finds the equilibrium for <see cref="Load"/>.</summary>
    /// <param name="eigenstrain">β at cells, which is in the load.</param>
    /// <param name="load">Norm of the load.</param>
    /// <param name="tolerance">Relative residual to reach.</param>
    /// <param name="cancelled">Ends the search.</param>
    public EquilibriumResult Solve(View<double> eigenstrain, double load, double tolerance, CancellationToken cancelled)
    {
        var residual = Unbalance();
        // The displacement given at held nodes and the slip kept at interfaces drive the body too, also without a load.
        scale = Math.Max(load, internalForce);
        (iterations, steps, cancel) = (0, 0, cancelled);
        var target = tolerance * scale;
        if (!follows)
            return Result(Balance(residual, target));
        for (var moves = 0; ; moves++)
        {
            Balance(residual, Math.Max(0.5 * target, MoveForcing * residual));
            Follow(eigenstrain);
            residual = Unbalance();
            if (residual <= target)
                return Result(residual);
            if (moves == MostMoves)
                throw NotSettled(residual, moves);
        }
    }

    private EquilibriumResult Result(double residual) => new(iterations, steps, scale > 0 ? residual / scale : 0);

    /// <summary>Newton's iteration, with what follows the solution held, down to an unbalance.</summary>
    /// <returns>The unbalance.</returns>
    private double Balance(double residual, double target)
    {
        for (; residual > target; steps++)
        {
            if (steps >= MaxNewtonSteps || !double.IsFinite(residual))
                throw Stalled(residual);
            if (isStale || !isLinear)
                Linearise();
            var goal = isLinear ? target : Math.Max(0.5 * target, NewtonForcing * residual);
            var result = isLinear ? SolveFor(Displacement, Residual, goal) : FindDirection(goal);
            iterations += result.Iterations;
            var isUseless = result.Iterations >= settings.MaxIterations || !(result.Residual <= 0.5 * residual);
            if (!result.Converged && isUseless)
                throw Stalled(result.Residual);
            system.Motions.Remove(isLinear ? Displacement : direction);
            residual = isLinear ? Unbalance() : Search();
        }
        return residual;
    }

    /// <summary>Gives the operator the tangents of the terms.</summary>
    private void Linearise()
    {
        foreach (var term in terms)
            term.Linearise(Displacement, system.Body);
        system.Cycle.UpdateSprings();
        isStale = false;
    }

    /// <summary>A step of Newton's method, to be searched along.</summary>
    private LinearResult FindDirection(double goal)
    {
        device.Launch(new Copy<Flat, double>(Residual.AsFlat, force.AsFlat), grid.Flat(grid.Components));
        device.Launch(new Fill<Flat, double>(direction.AsFlat, 0), grid.Flat(grid.Components));
        return SolveFor(direction, force, goal);
    }

    private LinearResult SolveFor(
        Field<Node, double> solution, Field<Node, double> residual, double goal) =>
        system.Linear.Solve(system, system.Cycle, solution, residual, goal, settings.MaxIterations, cancel);

    /// <summary>
    /// Moves along the direction to where the energy is least, at most by all of it. The energy of the terms is convex,
    /// so that Newton's iteration with this search cannot cycle; the slope is the unbalanced force along the direction,
    /// and its root is found by the Illinois method.
    /// </summary>
    /// <returns>The unbalance there.</returns>
    private double Search()
    {
        var (low, below) = (0.0, system.Linear.Dot(direction, Residual));
        var residual = Move(1);
        var (high, above, at) = (1.0, system.Linear.Dot(direction, Residual), 1.0);
        var small = SearchAccuracy * Math.Abs(below);
        if (above >= -small)
            return residual;
        for (var trial = 0; trial < MostSearchTrials; trial++)
        {
            var next = high - above * (high - low) / (above - below);
            residual = Move(next - at);
            at = next;
            var slope = system.Linear.Dot(direction, Residual);
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
        device.Launch(new Axpby<Flat, double>(direction.AsFlat, Displacement.AsFlat, share, 1),
            grid.Flat(grid.Components));
        return Unbalance();
    }

    /// <summary>
    /// Moves what terms hold during Newton's iteration to where it belongs for the displacement found.
    /// </summary>
    private void Follow(View<double> eigenstrain)
    {
        system.Body.InternalForce(Displacement, Residual);
        system.Body.EigenstrainLoad(eigenstrain, force);
        foreach (var term in terms)
        {
            if (term.Follows)
                term.Follow(new NodalForces(Residual, force));
        }
    }

    /// <summary>
    /// Writes f - K u + Σ t(u) to <see cref="Residual"/> and the norm of K u to <see cref="internalForce"/>.
    /// </summary>
    /// <returns>The norm of the residual.</returns>
    private double Unbalance()
    {
        ApplyElastic();
        internalForce = system.Linear.Norm(Residual);
        device.Launch(new SubtractFrom<Flat, double>(Load.AsFlat, Residual.AsFlat), grid.Flat(grid.Components));
        foreach (var term in terms)
            term.AddResidual(Displacement, Residual);
        device.Launch(
            new KeepFree<double>(system.Body.Free, Residual), grid.Nodes);
        system.Body.Project(Residual);
        return system.Linear.Norm(Residual);
    }

    /// <summary>
    /// r ← K u, without the springs of the last tangent: the interfaces' forces come from their laws.
    /// </summary>
    private void ApplyElastic()
    {
        var springs = system.Body.HasSprings;
        var (low, high) = (springs[0], springs[1]);
        springs.AsSpan().Clear();
        system.Body.Apply(Displacement, Residual);
        (springs[0], springs[1]) = (low, high);
    }

    private RunException Stalled(double residual) =>
        new($"the elasticity solver stalls: relative residual {residual / scale:g3} after {iterations} iterations in "
            + $"{steps} Newton steps");

    private RunException NotSettled(double residual, int moves) =>
        new($"friction and the normal traction that it follows do not settle: relative residual {residual / scale:g3} "
            + $"after {moves} moves of the bound");
}
