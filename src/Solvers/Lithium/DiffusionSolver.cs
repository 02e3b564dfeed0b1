using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Lithium in finite volumes, advanced by TR-BDF2: the trapezoidal rule to γ Δt, γ = 2 - √2, then a backward
/// difference;
/// second order, L-stable, with an embedded error estimate (Hosea and Shampine, Appl. Numer. Math. 20 (1996) 21). Both
/// stages and the filter of the estimate have the same operator (<see cref="ImplicitStage"/>).
/// </summary>
public sealed class DiffusionSolver
{
    private static readonly double D = 1 - Math.Sqrt(0.5);
    private static readonly double W = Math.Sqrt(2) / 4;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly ImplicitStage stage;
    private readonly Field<Cell, double> k2, explicitPart, middle;
    private readonly Field<Surface, double> metal2, baseMetal, stageMetal;
    private double rateCurrent, middleCurrent, lastStep;

    /// <summary>Sets up the solver of a case.</summary>
    /// <param name="film">The film as lithium sees it.</param>
    /// <param name="fluxes">What carries lithium in it.</param>
    /// <param name="solid">1 at cells that are there, 0 in voids.</param>
    /// <param name="ocv">The alloy's potential, for kinetics other than a uniform current.</param>
    public DiffusionSolver(
        IDevice device, Case @case, FilmTransport film, LithiumFluxes fluxes, Field<Closed, double> solid,
        OpenCircuitPotential? ocv = null)
    {
        (this.device, grid, Film, Fluxes) = (device, film.Grid, film, fluxes);
        (State, Next) = (new LithiumState(grid), new LithiumState(grid));
        (k2, explicitPart, middle) = (grid.CellField<double>(), grid.CellField<double>(), grid.CellField<double>());
        metal2 = grid.SurfaceField<double>();
        (baseMetal, stageMetal) = (grid.SurfaceField<double>(), grid.SurfaceField<double>());
        Surface = new ElectrodeSurface(device, @case, film, solid, SurfaceLaws.Of(@case, ocv));
        stage = new ImplicitStage(device, film, fluxes, Surface, @case.Solver);
    }

    /// <summary>The film as lithium sees it.</summary>
    public FilmTransport Film { get; }

    /// <summary>What carries lithium.</summary>
    public LithiumFluxes Fluxes { get; }

    /// <summary>The SE side.</summary>
    public ElectrodeSurface Surface { get; }

    /// <summary>The accepted state.</summary>
    public LithiumState State { get; private set; }

    /// <summary>The state at the end of the last step tried.</summary>
    public LithiumState Next { get; private set; }

    /// <summary>x = Li per Mg at cells, of the accepted state.</summary>
    public Field<Cell, double> X => State.X;

    /// <summary>What the rates of <see cref="State"/> are for; null where they have to be computed from x.</summary>
    public SurfaceDrive? RateDrive { get; private set; }

    /// <summary>Charge over F c_Mg that the last step tried brings, per area of the SE side [m].</summary>
    public double NextCharge => RateDrive is { Potential: null } given
        ? given.Current * lastStep
        : W * lastStep * (rateCurrent + middleCurrent) + D * lastStep * Next.Current;

    /// <summary>What finds implicit stages that are not linear in x; null where all are.</summary>
    public StageIteration? Iteration => stage.Iteration;

    /// <summary>Linear iterations so far.</summary>
    public long Iterations => stage.LinearIterations;

    /// <summary>What is made in each cell, V s in x per time [m³/s], of verification problems; null for none.</summary>
    public Field<Cell, double>? Source
    {
        get => stage.Source;
        set => stage.Source = value;
    }

    /// <summary>Lithium over c_Mg that there is, in the alloy and as metal [m³].</summary>
    public double Lithium => Film.Content(X) + Surface.Integral(State.Metal);

    /// <summary>The electrode potential and the current at this instant, under what is given from now on.</summary>
    /// <exception cref="RunException">No potential carries the current.</exception>
    public void Begin(SurfaceDrive drive)
    {
        const double highest = ElectrodeSurface.HighestPotential;
        if (!FindRate(drive))
            throw new RunException(
                FormattableString.Invariant($"no electrode potential from {-highest} to {highest} V carries ")
                + FormattableString.Invariant($"the current {drive.Current * Surface.PerRate:g4} A/m^2"));
        (State.Current, State.Potential) = (rateCurrent, Surface.ElectrodePotential);
    }

    /// <summary>Tries a step from <see cref="State"/>; the result is <see cref="Next"/>.</summary>
    /// <param name="step">Δt [s].</param>
    /// <param name="drive">What is given at the SE side.</param>
    /// <returns>Largest local error of x over the cells; infinite where a stage has no solution.</returns>
    public double Try(double step, SurfaceDrive drive)
    {
        if (!FindRate(drive))
            return double.PositiveInfinity;
        (lastStep, Next.IsClosed) = (step, false);
        return SolveTrapezoid(D * step, drive) && SolveDifference(step, drive) ? Error(step) : double.PositiveInfinity;
    }

    /// <summary>Makes the last step tried the state.</summary>
    public void Accept()
    {
        (State, Next) = (Next, State);
        rateCurrent = State.Current;
    }

    /// <summary>To be called after fields of <see cref="State"/> were written from outside.</summary>
    public void Reset() => (RateDrive, State.IsClosed) = (null, false);

    /// <summary>To be called after all of <see cref="State"/> was written back, its rates included.</summary>
    /// <param name="drive">What the rates are for; null where they have to be computed from x.</param>
    public void Resume(SurfaceDrive? drive) => (RateDrive, rateCurrent, State.IsClosed) = (drive, State.Current, false);

    /// <summary>
    /// The rates of the state under what is given now; as long as that stays, those of the last stage.
    /// </summary>
    private bool FindRate(SurfaceDrive drive)
    {
        if (RateDrive == drive)
            return true;
        if (!stage.Rate(State, drive, stageMetal))
            return false;
        (RateDrive, rateCurrent) = (drive, Surface.MeanCurrent);
        return true;
    }

    /// <summary>The first stage, to γ Δt = 2 τ.</summary>
    private bool SolveTrapezoid(double tau, SurfaceDrive drive)
    {
        var now = State;
        Explicit(now.X, now.Rate, now.Rate, explicitPart, tau, 0);
        Explicit(now.X, now.Rate, now.Rate, middle, 2 * tau, 0);
        ExplicitMetal(now.MetalRate, now.MetalRate, tau, 0);
        if (!stage.Solve(middle, explicitPart, tau, new(baseMetal, stageMetal, metal2), drive, now))
            return false;
        middleCurrent = Surface.MeanCurrent;
        device.Launch(new StageRate(middle, explicitPart, k2, tau), grid.Cells);
        return true;
    }

    /// <summary>The second stage, to Δt.</summary>
    private bool SolveDifference(double step, SurfaceDrive drive)
    {
        var (now, tau, weight) = (State, D * step, W * step);
        Explicit(now.X, now.Rate, k2, explicitPart, weight, weight);
        Explicit(middle, k2, k2, Next.X, step - 2 * tau, 0);
        ExplicitMetal(now.MetalRate, metal2, weight, weight);
        if (!stage.Solve(Next.X, explicitPart, tau, new(baseMetal, Next.Metal, Next.MetalRate), drive, now))
            return false;
        Surface.Save(Next);
        device.Launch(new StageRate(Next.X, explicitPart, Next.Rate, tau), grid.Cells);
        return true;
    }

    /// <summary>
    /// The embedded estimate, smoothed by the operator of the last stage so that stiff parts do not spoil it.
    /// </summary>
    private double Error(double step)
    {
        var (e1, e2, e3) = (step * (4 * W - 1) / 3, -step / 3, step * 2 * D / 3);
        var estimate = middle;
        device.Launch(
            new ErrorEstimate(State.Rate, k2, Next.Rate, Film.Geometry.Volume, estimate, e1, e2, e3), grid.Cells);
        return stage.LargestSmoothed(estimate);
    }

    private void Explicit(
        Field<Cell, double> x, Field<Cell, double> first, Field<Cell, double> second, Field<Cell, double> to,
        double a1, double a2) =>
        device.Launch(new StageBase<Cell>(x, first, second, to, a1, a2), grid.Cells);

    private void ExplicitMetal(Field<Surface, double> first, Field<Surface, double> second, double a1, double a2) =>
        device.Launch(new StageBase<Surface>(State.Metal, first, second, baseMetal, a1, a2), grid.SurfacePlane);
}
