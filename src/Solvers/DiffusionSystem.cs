using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>The linear system (V + τ Σ_f T_f) x = b of an implicit stage, solved by conjugate gradients with columns along z as preconditioner.</summary>
public sealed class DiffusionSystem(IDevice device, GridLevel grid, View<double> volume) : ILinearOperator, IPreconditioner
{
    /// <summary>Rounding of a residual, in units of the largest diagonal over the volume.</summary>
    private const double Rounding = 4e-16;

    private const int MaxIterations = 20000;
    private readonly ConjugateGradient linear = new(device, grid, grid.Cells, 1);
    private readonly View<double> pivots = grid.Field<double>(), residual = grid.Field<double>(), correction = grid.Field<double>();
    private FluxBalance fluxes;
    private View<double> tz;
    private double tau, stiffness;

    /// <summary>Linear iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Takes over transmissibilities [m³/s] and the stage's length τ [s].</summary>
    /// <param name="varies">Whether x will vary along x and y.</param>
    public void Set(View<double> tx, View<double> ty, View<double> tz, double tau, bool varies)
    {
        (fluxes, this.tz, this.tau) = (new FluxBalance(tx, ty, tz, grid.Layout), tz, tau);
        device.Launch(new FactorColumns(fluxes, volume, tz, pivots, tau, varies ? 1 : 0, grid.Layout.StrideZ, grid.Z), grid.CellPlane(0));
        stiffness = 1 + device.Max(new RelativeDiagonal(fluxes, volume, tau), grid.Cells);
    }

    /// <summary>Solves from the x given.</summary>
    /// <param name="tolerance">Residual to reach, relative to <paramref name="b"/>.</param>
    /// <param name="reduction">Residual that is enough, relative to the first one.</param>
    /// <exception cref="RunException">The solver stalls.</exception>
    public void Solve(View<double> b, View<double> x, double tolerance, double reduction = 0)
    {
        ((ILinearOperator)this).Apply(x, residual);
        device.Launch(new SubtractFrom<double>(b, residual), grid.Cells);
        var target = Math.Max(Math.Max(tolerance, Rounding * stiffness) * linear.Norm(b), reduction * linear.Norm(residual));
        var result = linear.Solve(this, this, x, residual, target, MaxIterations);
        Iterations += result.Iterations;
        // Round-off can keep the residual a little above the smallest targets; what counts is that it does not matter.
        if (!result.Converged && !(result.Residual <= 1e3 * target))
            throw new RunException($"the diffusion solver stalls: residual {result.Residual:g3} after {result.Iterations} iterations, wanted {target:g3}");
    }

    void ILinearOperator.Apply(View<double> x, View<double> y)
    {
        grid.RepeatCells(x);
        device.Launch(new ImplicitDiffusion(fluxes, volume, x, y, tau), grid.Cells);
    }

    Correction IPreconditioner.Apply(View<double> r)
    {
        device.Launch(new SolveColumns(r, correction, tz, pivots, tau, grid.Layout.StrideZ, grid.Z), grid.CellPlane(0));
        return new(correction);
    }
}
