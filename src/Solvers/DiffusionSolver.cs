using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Fick's law in finite volumes, advanced by TR-BDF2: the trapezoidal rule to γ Δt, γ = 2 - √2, then a backward difference; second order, L-stable, with an embedded error estimate
/// (Hosea and Shampine, Appl. Numer. Math. 20 (1996) 21). Both stages and the filter of the estimate solve (V + d Δt T) x = b; where D follows x, T does too, and the stage is iterated. After each solution the sum over the cells is made
/// exact, so that lithium is kept to round-off however the linear solver stops.
/// </summary>
public sealed class DiffusionSolver
{
    private static readonly double D = 1 - Math.Sqrt(0.5);
    private static readonly double W = Math.Sqrt(2) / 4;
    private const double LinearTolerance = 1e-13, FilterTolerance = 1e-2;

    /// <summary>Change of x, relative to the largest, at which the iteration for the surface's law ends, and the most iterations.</summary>
    private const double SurfaceTolerance = 1e-11;

    private const int MostSurfaceIterations = 60;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly DiffusionSystem system;
    private readonly View<double> k2, stage, guess, rhs, error, load, stageZ, metal2, baseMetal, stageMetal;
    private readonly double conductingVolume;
    private readonly View<double>[] cross = [];
    private double tau, rateCurrent, middleCurrent, lastStep;

    /// <summary>Sets up transmissibilities for the diffusivities of the cells' materials.</summary>
    /// <param name="ocv">The alloy's potential, for kinetics other than a uniform current.</param>
    public DiffusionSolver(IDevice device, GridLevel grid, Case @case, Materials materials, OpenCircuitPotential? ocv = null)
    {
        (this.device, this.grid) = (device, grid);
        Geometry = grid.Volumes();
        (State, Next, Conducts) = (new LithiumState(grid), new LithiumState(grid), grid.Field<double>());
        var largest = grid.Field<double>();
        (k2, stage, guess, rhs, error, load) = (grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        (metal2, baseMetal, stageMetal) = (grid.SurfaceField(), grid.SurfaceField(), grid.SurfaceField());
        var table = device.Allocate<double>(materials.LargestDiffusivities);
        // Faces conduct where their cells do; D outside the body stays zero, so that nothing flows there.
        device.Launch(new LookUp(table, materials.Group, error, Conducts), grid.Closed);
        device.Launch(new LookUp(table, materials.Group, largest, Conducts), grid.Cells);
        grid.RepeatCells(largest);
        Faces = new FaceTransmissibilities(device, grid, Geometry, materials.Diffusivity, largest, materials.Transport);
        if (Faces.Vary || Faces.IsOblique || @case.Coupling == Model.Coupling.TwoWay)
            Iteration = new StageIteration(device, grid, @case.Solver);
        if (Faces.IsOblique && @case.Coupling != Model.Coupling.TwoWay)
            cross = [grid.Field<double>(), grid.Field<double>(), grid.Field<double>()];
        system = new DiffusionSystem(device, grid, Geometry.Volume);
        conductingVolume = device.Sum(new Weighted(Conducts, Geometry.Volume), grid.Cells);
        Surface = new ElectrodeSurface(device, grid, @case, Geometry.FaceZ, new SurfaceDiffusivity(materials.Diffusivity, Faces.AcrossSurface, materials.Transport is null ? 0 : 1), Conducts, materials.Solid, ocv);
        // A surface that is solved for adds its own share to the stage's system, and the fluxes stay as they are.
        stageZ = Surface.IsSolved && !Faces.Vary ? grid.Field<double>() : Faces.Z;
        device.Launch(new Copy<double>(Faces.Z, stageZ), grid.Flat(1));
    }

    /// <summary>The accepted state.</summary>
    public LithiumState State { get; private set; }

    /// <summary>The state at the end of the last step tried.</summary>
    public LithiumState Next { get; private set; }

    /// <summary>x = Li per Mg at cells, of the accepted state.</summary>
    public View<double> X => State.X;

    /// <summary>x at the end of the last step tried.</summary>
    public View<double> Candidate => Next.X;

    /// <summary>What the rates of <see cref="State"/> are for; null where they have to be computed from x.</summary>
    public SurfaceDrive? RateDrive { get; private set; }

    /// <summary>The SE side.</summary>
    public ElectrodeSurface Surface { get; }

    /// <summary>Charge over F c_Mg that the last step tried brings, per area of the SE side [m].</summary>
    public double NextCharge => RateDrive is { Potential: null } given ? given.Current * lastStep : W * lastStep * (rateCurrent + middleCurrent) + D * lastStep * Next.Current;

    /// <summary>1 where lithium can be, else 0.</summary>
    public View<double> Conducts { get; }

    /// <summary>D at cells [m²/s], the largest one up to saturation where it follows x; of grains with a tensor, that across the SE side.</summary>
    public View<double> Diffusivity => Faces.AcrossSurface;

    /// <summary>Volumes and areas.</summary>
    public VolumeGeometry Geometry { get; }

    /// <summary>Transmissibilities.</summary>
    public FaceTransmissibilities Faces { get; }

    /// <summary>What finds implicit stages that are not linear in x; null where all are.</summary>
    public StageIteration? Iteration { get; }

    /// <summary>Linear iterations so far.</summary>
    public long Iterations => system.Iterations;

    /// <summary>What is made in each cell, V s in x per time [m³/s], of verification problems; null for none.</summary>
    public View<double>? Source { get; set; }

    /// <summary>What stress does to lithium; null where it does nothing.</summary>
    public StressCoupling? Coupling { get; set; }

    /// <summary>∫ x dV where lithium can be.</summary>
    public double Content(View<double> x) => device.Sum(new Content(x, Conducts, Geometry.Volume), grid.Cells);

    /// <summary>Volume of the cells that lithium can be in.</summary>
    public double ConductingVolume => conductingVolume;

    /// <summary>Lithium over c_Mg that there is, in the alloy and as metal [m³].</summary>
    public double Lithium => Content(X) + Surface.Integral(State.Metal);

    /// <summary>Tries a step from <see cref="State"/>; the result is <see cref="Next"/>.</summary>
    /// <param name="step">Δt [s].</param>
    /// <param name="drive">What is given at the SE side.</param>
    /// <returns>Largest local error of x over the cells; infinite where a stage has no solution.</returns>
    public double Try(double step, SurfaceDrive drive)
    {
        if (!Rate(drive))
            return double.PositiveInfinity;
        (tau, lastStep) = (D * step, step);
        var (flat, plane, now) = (grid.Flat(1), grid.SurfacePlane, State);
        device.Launch(new StageBase(X, now.Rate, now.Rate, stage, tau, 0), flat);
        device.Launch(new StageBase(X, now.Rate, now.Rate, guess, 2 * tau, 0), flat);
        device.Launch(new StageBase(now.Metal, now.MetalRate, now.MetalRate, baseMetal, tau, 0), plane);
        if (!SolveStage(guess, drive, stageMetal, metal2))
            return double.PositiveInfinity;
        middleCurrent = Surface.MeanCurrent;
        device.Launch(new StageRate(guess, stage, k2, tau), grid.Cells);

        device.Launch(new StageBase(X, now.Rate, k2, stage, W * step, W * step), flat);
        device.Launch(new StageBase(guess, k2, k2, Candidate, step - 2 * tau, 0), flat);
        device.Launch(new StageBase(now.Metal, now.MetalRate, metal2, baseMetal, W * step, W * step), plane);
        if (!SolveStage(Candidate, drive, Next.Metal, Next.MetalRate))
            return double.PositiveInfinity;
        Surface.Save(Next);
        device.Launch(new StageRate(Candidate, stage, Next.Rate, tau), grid.Cells);
        return Error(step);
    }

    /// <summary>The electrode potential and the current at this instant, under what is given from now on.</summary>
    /// <exception cref="RunException">No potential carries the current.</exception>
    public void Begin(SurfaceDrive drive)
    {
        if (!Rate(drive))
            throw new RunException(FormattableString.Invariant($"no electrode potential from {-ElectrodeSurface.HighestPotential} to {ElectrodeSurface.HighestPotential} V carries the current {drive.Current * Surface.PerRate:g4} A/m^2"));
        (State.Current, State.Potential) = (rateCurrent, Surface.ElectrodePotential);
    }

    /// <summary>Makes the last step tried the state.</summary>
    public void Accept()
    {
        (State, Next) = (Next, State);
        rateCurrent = State.Current;
    }

    /// <summary>T and G of low faces along x, y, z for x and the displacement in equilibrium with it: the flux from the cell below is T (x_a - x_b) + G.</summary>
    public IReadOnlyList<(View<double> Transmissibility, View<double> Drift)> FaceFluxes(View<double> x)
    {
        if (Coupling is { } coupling)
            return coupling.FaceFluxes(x, this);
        grid.RepeatCells(x);
        Faces.Update(x);
        if (Faces.IsOblique)
        {
            UpdateCross(x, State.Uptake);
            return [(Faces.X, cross[0]), (Faces.Y, cross[1]), (Faces.Z, cross[2])];
        }
        device.Launch(new Fill<double>(error, 0), grid.Flat(1));
        return [(Faces.X, error), (Faces.Y, error), (Faces.Z, error)];
    }

    /// <summary>To be called after <see cref="X"/> was written from outside.</summary>
    public void Reset() => RateDrive = null;

    /// <summary>To be called after the fields and numbers of <see cref="State"/> were written back, its rates included.</summary>
    /// <param name="drive">What the rates are for; null where they have to be computed from x.</param>
    public void Resume(SurfaceDrive? drive) => (RateDrive, rateCurrent) = (drive, State.Current);

    /// <summary>The rates of the state under what is given now; as long as that stays, those of the last stage.</summary>
    private bool Rate(SurfaceDrive drive)
    {
        if (RateDrive == drive)
            return true;
        grid.RepeatCells(X);
        Surface.Begin(drive, State.Metal, 0, State);
        if (Coupling is { } coupling)
        {
            coupling.Rate(X, State.Rate, this);
        }
        else
        {
            Faces.Update(X);
            device.Launch(new DiffusionRate(new FluxBalance(Faces.X, Faces.Y, Faces.Z, grid.Layout), Geometry.Volume, X, State.Rate), grid.Cells);
            if (Faces.IsOblique)
                AddCrossRate();
        }
        if (Source is { } source)
        {
            device.Launch(new Copy<double>(source, rhs), grid.Flat(1));
            device.Launch(new PerVolume(rhs, Geometry.Volume), grid.Cells);
            device.Launch(new Axpby<double>(rhs, State.Rate, 1, 1), grid.Flat(1));
        }
        if (!Surface.React(X, Coupling))
            return false;
        Surface.End(stageMetal, State.MetalRate);
        device.Launch(new AddSurfaceRate(State.Rate, Surface.Uptake, Geometry, grid.Z * grid.Layout.StrideZ), grid.SurfacePlane);
        (RateDrive, rateCurrent) = (drive, Surface.MeanCurrent);
        return true;
    }

    /// <summary>Solves V (x - stage) = τ (V F(x) + A q) from the x given.</summary>
    private bool SolveStage(View<double> x, SurfaceDrive drive, View<double> metal, View<double> metalRate)
    {
        Surface.Begin(drive, baseMetal, tau, State);
        device.Launch(new TimesVolume(stage, Geometry.Volume, load), grid.Cells);
        if (Source is { } source)
            device.Launch(new Axpby<double>(source, load, tau, 1), grid.Flat(1));
        if (!(Coupling is { } coupling ? coupling.Solve(x, load, tau, this, system) : Faces.Vary || Faces.IsOblique ? Iteration!.Solve(x, new Picard(this)) : Diffuse(x)))
            return false;
        Surface.End(metal, metalRate);
        device.Launch(new AddSurface(load, Surface.Uptake, Geometry.FaceZ, grid.Z * grid.Layout.StrideZ, tau), grid.SurfacePlane);
        var (wanted, found) = (device.Sum(new ConductingPart(load, Conducts), grid.Cells), Content(x));
        // In proportion to x, so that cells that are empty stay empty.
        if (found > 0 && wanted > 0)
            device.Launch(new Scale(x, x, wanted / found), grid.Cells);
        return true;
    }

    /// <summary>Diffusion with the surface's law: one linear system where the current is uniform, else Newton's iteration.</summary>
    private bool Diffuse(View<double> x)
    {
        for (var i = 0; i < MostSurfaceIterations; i++)
        {
            if (!Surface.React(x, null))
                return false;
            device.Launch(new Copy<double>(load, rhs), grid.Flat(1));
            device.Launch(new Copy<double>(x, error), grid.Flat(1));
            Surface.Solve(system, x, rhs, Faces.X, Faces.Y, stageZ, Surface.HasPotential, LinearTolerance, 0);
            if (!Surface.IsSolved)
                return true;
            device.Launch(new Difference(x, error, error), grid.Flat(1));
            var (change, largest) = (device.Max(new Magnitude(error), grid.Cells), device.Max(new Magnitude(x), grid.Cells));
            if (!double.IsFinite(change))
                return false;
            if (change <= SurfaceTolerance * largest)
                return true;
        }
        return false;
    }

    /// <summary>The image of x in the iteration for D(x): the solution of the stage with D at x (Picard), and what gradients drive across themselves from x, which is nowhere negative where the right side is not.</summary>
    private bool DiffuseWithin(View<double> x, View<double> image)
    {
        grid.RepeatCells(x);
        Faces.Update(x);
        if (!Surface.React(x, null))
            return false;
        device.Launch(new Copy<double>(load, rhs), grid.Flat(1));
        if (Faces.IsOblique)
        {
            UpdateCross(x, Surface.Uptake);
            AddCrossTo(rhs, tau);
        }
        Surface.Solve(system, image, rhs, Faces.X, Faces.Y, stageZ, true, StageIteration.LinearTolerance, StageIteration.LinearReduction);
        return true;
    }

    /// <summary>The fluxes that gradients drive across themselves, to be taken from the last iterate.</summary>
    private void UpdateCross(View<double> x, View<double> uptake)
    {
        foreach (var drift in cross)
            device.Launch(new Fill<double>(drift, 0), grid.Flat(1));
        Faces.AddCross(x, Faces.Along, cross, uptake);
    }

    private void AddCrossTo(View<double> y, double factor) => device.Launch(new AddDrift(new(cross[0], cross[1], cross[2]), y, grid.Layout, factor), grid.Cells);

    private void AddCrossRate()
    {
        UpdateCross(X, Surface.Uptake);
        device.Launch(new Fill<double>(rhs, 0), grid.Flat(1));
        AddCrossTo(rhs, 1);
        device.Launch(new PerVolume(rhs, Geometry.Volume), grid.Cells);
        device.Launch(new Axpby<double>(rhs, State.Rate, 1, 1), grid.Flat(1));
    }

    /// <summary>The embedded estimate, smoothed by the operator of the last stage so that stiff parts do not spoil it.</summary>
    private double Error(double step)
    {
        var (e1, e2, e3) = (step * (4 * W - 1) / 3, -step / 3, step * 2 * D / 3);
        device.Launch(new ErrorEstimate(State.Rate, k2, Next.Rate, Geometry.Volume, rhs, e1, e2, e3), grid.Cells);
        device.Launch(new Fill<double>(error, 0), grid.Flat(1));
        system.Solve(rhs, error, FilterTolerance);
        return device.Max(new Magnitude(error), grid.Cells);
    }

    /// <summary>The map of a stage where D follows x.</summary>
    private readonly struct Picard(DiffusionSolver solver) : IStageMap
    {
        public bool Image(View<double> x, View<double> image, double last) => solver.DiffuseWithin(x, image);

        public bool Temper(View<double> change, View<double> x) => false;
    }
}
