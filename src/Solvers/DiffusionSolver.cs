using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>
/// Fick's law in finite volumes, advanced by TR-BDF2: the trapezoidal rule to γ Δt, γ = 2 - √2, then a backward difference; second order, L-stable, with an embedded error estimate
/// (Hosea and Shampine, Appl. Numer. Math. 20 (1996) 21). Both stages and the filter of the estimate solve (V + d Δt T) x = b. After each solution the sum over the cells is made
/// exact, so that lithium is kept to round-off however the linear solver stops.
/// </summary>
public sealed class DiffusionSolver : ILinearOperator, IPreconditioner
{
    private static readonly double D = 1 - Math.Sqrt(0.5);
    private static readonly double W = Math.Sqrt(2) / 4;
    private const double LinearTolerance = 1e-13;
    private const int MaxIterations = 20000;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly FluxBalance fluxes;
    private readonly ConjugateGradient linear;
    private readonly View<double> k1, k2, k3, stage, guess, rhs, pivots, error, residual;
    private readonly double conductingVolume;
    private View<double> candidate;
    private double tau, rateInflow = double.NaN;

    /// <summary>Sets up transmissibilities for the diffusivities of the cells' materials.</summary>
    public DiffusionSolver(IDevice device, GridLevel grid, Materials materials)
    {
        (this.device, this.grid) = (device, grid);
        Geometry = grid.Volumes();
        (X, candidate, Conducts, Diffusivity) = (grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        (k1, k2, k3, stage, guess, rhs, pivots, error, residual) =
            (grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        var (tx, ty, tz) = (grid.Field<double>(), grid.HasY ? grid.Field<double>() : k1, grid.Field<double>());
        device.Launch(new LookUp(device.Allocate<double>(materials.Diffusivities), materials.Group, Diffusivity, Conducts), grid.Cells);
        grid.RepeatCells(Diffusivity);
        var faces = new Box(grid.Layout, 0, grid.X + 1, 0, grid.HasY ? grid.Y + 1 : 1, 0, grid.Z + 1);
        device.Launch(new FaceTransmissibility(Diffusivity, tx, Geometry.FaceX, 1, grid.Widths[0][0]), faces);
        device.Launch(new FaceTransmissibility(Diffusivity, tz, Geometry.FaceZ, grid.Layout.StrideZ, grid.Widths[2][0]), faces);
        if (grid.HasY)
            device.Launch(new FaceTransmissibility(Diffusivity, ty, Geometry.FaceY, grid.Layout.StrideY, grid.Widths[1][0]), faces);
        (TransmissibilityX, TransmissibilityY, TransmissibilityZ) = (tx, ty, tz);
        fluxes = new FluxBalance(tx, ty, tz, grid.Layout);
        linear = new ConjugateGradient(device, grid, grid.Cells, 1);
        conductingVolume = device.Sum(new Weighted(Conducts, Geometry.Volume), grid.Cells);
    }

    /// <summary>x = Li per Mg at cells, the accepted state.</summary>
    public View<double> X { get; private set; }

    /// <summary>The state at the end of the last step tried.</summary>
    public View<double> Candidate => candidate;

    /// <summary>1 where lithium can be, else 0.</summary>
    public View<double> Conducts { get; }

    /// <summary>D at cells [m²/s].</summary>
    public View<double> Diffusivity { get; }

    /// <summary>Volumes and areas.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>T of low faces [m³/s].</summary>
    public View<double> TransmissibilityX { get; }

    /// <summary>T of low faces [m³/s]; any field where there is no y axis.</summary>
    public View<double> TransmissibilityY { get; }

    /// <summary>T of low faces [m³/s].</summary>
    public View<double> TransmissibilityZ { get; }

    /// <summary>Linear iterations so far.</summary>
    public long Iterations { get; private set; }

    /// <summary>∫ x dV where lithium can be.</summary>
    public double Content(View<double> x) => device.Sum(new Content(x, Conducts, Geometry.Volume), grid.Cells);

    /// <summary>Volume of the cells that lithium can be in.</summary>
    public double ConductingVolume => conductingVolume;

    /// <summary>Area of the SE side through which lithium enters.</summary>
    public double InflowArea => device.Sum(new Weighted(Conducts, Geometry.FaceZ), grid.CellPlane(grid.Z - 1));

    /// <summary>Tries a step from <see cref="X"/>; the result is <see cref="Candidate"/>.</summary>
    /// <param name="step">Δt [s].</param>
    /// <param name="inflow">i/(F c_Mg) at the SE side [m/s].</param>
    /// <returns>Largest local error of x over the cells.</returns>
    public double Try(double step, double inflow)
    {
        Rate(inflow);
        Prepare(D * step);
        var flat = grid.Flat(1);
        device.Launch(new StageBase(X, k1, k1, stage, tau, 0), flat);
        device.Launch(new Copy<double>(X, guess), flat);
        SolveStage(guess, inflow);
        device.Launch(new StageRate(guess, stage, k2, tau), grid.Cells);

        device.Launch(new StageBase(X, k1, k2, stage, W * step, W * step), flat);
        device.Launch(new Copy<double>(guess, candidate), flat);
        SolveStage(candidate, inflow);
        device.Launch(new StageRate(candidate, stage, k3, tau), grid.Cells);
        return Error(step);
    }

    /// <summary>Makes the last step tried the state.</summary>
    public void Accept()
    {
        (X, candidate) = (candidate, X);
        device.Launch(new Copy<double>(k3, k1), grid.Flat(1));
    }

    /// <summary>To be called after <see cref="X"/> was written from outside.</summary>
    public void Reset() => rateInflow = double.NaN;

    void ILinearOperator.Apply(View<double> x, View<double> y)
    {
        grid.RepeatCells(x);
        device.Launch(new ImplicitDiffusion(fluxes, Geometry.Volume, x, y, tau), grid.Cells);
    }

    void IPreconditioner.Apply(View<double> r, View<double> z) => device.Launch(new SolveColumns(r, z, TransmissibilityZ, pivots, tau, grid.Layout.StrideZ, grid.Z), grid.CellPlane(0));

    private void Rate(double inflow)
    {
        if (rateInflow == inflow)
            return;
        rateInflow = inflow;
        grid.RepeatCells(X);
        device.Launch(new DiffusionRate(fluxes, Geometry.Volume, X, k1), grid.Cells);
        device.Launch(new AddInflowRate(k1, Geometry, Conducts, inflow), grid.CellPlane(grid.Z - 1));
    }

    private void Prepare(double stageLength)
    {
        if (tau == stageLength)
            return;
        tau = stageLength;
        device.Launch(new FactorColumns(fluxes, Geometry.Volume, TransmissibilityZ, pivots, tau, grid.Layout.StrideZ, grid.Z), grid.CellPlane(0));
    }

    private void SolveStage(View<double> x, double inflow)
    {
        device.Launch(new TimesVolume(stage, Geometry.Volume, rhs), grid.Cells);
        device.Launch(new AddInflow(rhs, Geometry.FaceZ, Conducts, tau * inflow), grid.CellPlane(grid.Z - 1));
        var wanted = device.Sum(new ConductingPart(rhs, Conducts), grid.Cells);
        Solve(x, LinearTolerance);
        var missing = wanted - Content(x);
        device.Launch(new ShiftConducting(x, Conducts, missing / conductingVolume), grid.Cells);
    }

    private double Error(double step)
    {
        var (e1, e2, e3) = (step * (4 * W - 1) / 3, -step / 3, step * 2 * D / 3);
        device.Launch(new ErrorEstimate(k1, k2, k3, Geometry.Volume, rhs, e1, e2, e3), grid.Cells);
        device.Launch(new Fill<double>(error, 0), grid.Flat(1));
        Solve(error, 1e-2);
        return device.Max(new Magnitude(error), grid.Cells);
    }

    /// <summary>Solves (V + τ T) x = rhs to a residual relative to rhs, from the x given.</summary>
    private void Solve(View<double> x, double tolerance)
    {
        var target = tolerance * linear.Norm(rhs);
        ((ILinearOperator)this).Apply(x, residual);
        device.Launch(new SubtractFrom<double>(rhs, residual), grid.Cells);
        var result = linear.Solve(this, this, x, residual, target, MaxIterations);
        Iterations += result.Iterations;
        // Round-off can keep the residual a little above the smallest targets; what counts is that it does not matter.
        if (!result.Converged && !(result.Residual <= 1e3 * target))
            throw new RunException($"the diffusion solver stalls: residual {result.Residual:g3} after {result.Iterations} iterations, wanted {target:g3}");
    }
}
