using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// The linear system (V + τ Σ_f T_f) x = b of an implicit stage, solved by conjugate gradients: with columns along z as
/// preconditioner where little diffuses along x and y, else with <see cref="LateralMultigrid"/>.
/// </summary>
public sealed class DiffusionSystem : ILinearOperator<Cell>, IPreconditioner<Cell>
{
    /// <summary>Rounding of a residual, in units of the largest diagonal over the volume.</summary>
    private const double Rounding = 4e-16;

    private const int MaxIterations = 20000;

    /// <summary>Iterations in which columns alone solve for a field that does not vary along x and y.</summary>
    private const int UniformIterations = 2;

    /// <summary>
    /// Up to this largest τ Σ T/V along x and y columns need at most twice as many iterations as multigrid, each in
    /// half the time.
    /// </summary>
    private const double StiffForColumns = 4;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly View<double> volume;
    private readonly Field<Cell, double> pivots, residual, correction;
    private readonly ConjugateGradient<Cell> linear;
    private readonly LateralMultigrid? multigrid;
    private FluxBalance fluxes;
    private FaceFields transmissibility;
    private double tau, stiffness, lateralStiffness;
    private bool isUniform, usesMultigrid;

    /// <summary>A system on a grid.</summary>
    /// <param name="volume">Volumes of cells, entry x+1 [m³].</param>
    public DiffusionSystem(IDevice device, GridLevel grid, View<double> volume)
    {
        (this.device, this.grid, this.volume) = (device, grid, volume);
        linear = new ConjugateGradient<Cell>(device, grid, grid.Cells, 1);
        (pivots, residual, correction) = (grid.CellField<double>(), grid.CellField<double>(), grid.CellField<double>());
        multigrid = grid.X > 1 || grid.Y > 1 ? new LateralMultigrid(device, grid, volume) : null;
    }

    /// <summary>Linear iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>Takes over transmissibilities [m³/s] and the stage's length τ [s].</summary>
    /// <param name="varies">Whether x will vary along x and y.</param>
    public void Set(in FaceFields t, double tau, bool varies)
    {
        (transmissibility, this.tau, fluxes, isUniform) = (t, tau, new FluxBalance(t), !varies);
        stiffness = 1 + device.Max(new RelativeDiagonal(fluxes, volume, tau), grid.Cells);
        lateralStiffness = device.Max(new LateralStiffness(fluxes, volume, tau), grid.Cells);
        Prepare();
    }

    /// <summary>Solves from the x given.</summary>
    /// <param name="tolerance">Residual to reach, relative to <paramref name="b"/>.</param>
    /// <param name="reduction">Residual that is enough, relative to the first one.</param>
    /// <exception cref="RunException">The solver stalls.</exception>
    public void Solve(Field<Cell, double> b, Field<Cell, double> x, double tolerance, double reduction = 0)
    {
        var load = linear.Norm(b);
        if (load == 0)
        {
            device.Launch(new Fill<Flat, double>(x.AsFlat, 0), grid.Flat(1));
            return;
        }
        ((ILinearOperator<Cell>)this).Apply(x, residual);
        device.Launch(new SubtractFrom<Cell, double>(b, residual), grid.Cells);
        var first = linear.Norm(residual);
        var target = Math.Max(Math.Max(tolerance, Rounding * stiffness) * load, reduction * first);
        multigrid?.Begin(first);
        var result = Iterate(x, target, isUniform ? UniformIterations : MaxIterations);
        if (isUniform && !result.Converged)
        {
            isUniform = false;
            Prepare();
            result = Iterate(x, target, MaxIterations);
        }
        // Round-off can keep the residual a little above the smallest targets; what counts is that it does not matter.
        if (!result.Converged && !(result.Residual <= 1e3 * target))
            throw new RunException(
                $"the diffusion solver stalls: residual {result.Residual:g3} after {result.Iterations} iterations, "
                + $"wanted {target:g3}");
    }

    void ILinearOperator<Cell>.Apply(Field<Cell, double> x, Field<Cell, double> y)
    {
        grid.FillGhosts(x);
        device.Launch(new ImplicitDiffusion(fluxes, volume, x, y, tau), grid.Cells);
    }

    Correction<Cell> IPreconditioner<Cell>.Apply(Field<Cell, double> r)
    {
        var columns = new SolveColumns(r, correction, transmissibility.Z, pivots, tau, grid.Z);
        device.Launch(columns, grid.CellPlane(0));
        return new(correction);
    }

    private void Prepare()
    {
        usesMultigrid = !isUniform && lateralStiffness > StiffForColumns;
        if (usesMultigrid)
            multigrid!.Set(transmissibility, tau, lateralStiffness);
        else
            device.Launch(
                new FactorColumns(fluxes, volume, transmissibility.Z, pivots, tau, isUniform ? 0 : 1, grid.Z),
                grid.CellPlane(0));
    }

    private LinearResult Iterate(Field<Cell, double> x, double target, int most)
    {
        var result = linear.Solve(this, usesMultigrid ? multigrid! : this, x, residual, target, most);
        Iterations += result.Iterations;
        return result;
    }
}
