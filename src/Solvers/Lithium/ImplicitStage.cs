using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// One implicit stage of length τ: V (x - b) = τ (-Σ_f F_f + A q + V s), with fluxes F, the surface's uptake q and
/// sources
/// V s that contribute to it. One linear system where nothing follows x, else an iteration over linearised ones. After
/// the
/// solution the sum over the cells is made exact, so that lithium is kept to round-off however the linear solver stops.
/// </summary>
internal sealed class ImplicitStage
{
    private const double LinearTolerance = 1e-13, FilterTolerance = 1e-2;

    /// <summary>Change of x, relative to the largest, at which the iteration for the surface's law ends.</summary>
    private const double SurfaceTolerance = 1e-11;

    private const int MostSurfaceIterations = 60;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly FilmTransport film;
    private readonly LithiumFluxes fluxes;
    private readonly ElectrodeSurface surface;
    private readonly DiffusionSystem system;
    private readonly Field<Cell, double> load, rhs, difference;
    private readonly FaceFields t;
    private double tau;

    /// <summary>A stage of fluxes and a surface.</summary>
    public ImplicitStage(
        IDevice device, FilmTransport film, LithiumFluxes fluxes, ElectrodeSurface surface, SolverCase settings)
    {
        (this.device, grid, this.film, this.fluxes, this.surface) = (device, film.Grid, film, fluxes, surface);
        system = new DiffusionSystem(device, grid, film.Geometry.Volume);
        Iteration = fluxes.AreLinear ? null : new StageIteration(device, grid, settings);
        (load, rhs, difference) = (grid.CellField<double>(), grid.CellField<double>(), grid.CellField<double>());
        t = fluxes.Transmissibility;
        if (fluxes.AreRenewed || !surface.IsSolved)
            return;
        // A surface that is solved for adds its own share to the stage's system, and the fluxes stay as they are.
        t = new(t.X, t.Y, grid.FaceField<double>());
        device.Launch(new Copy<Flat, double>(fluxes.Transmissibility.Z.AsFlat, t.Z.AsFlat), grid.Flat(1));
    }

    /// <summary>What finds stages that are not linear in x; null where all are.</summary>
    public StageIteration? Iteration { get; }

    /// <summary>Linear iterations so far.</summary>
    public long LinearIterations => system.Iterations;

    /// <summary>What is made in each cell, V s in x per time [m³/s]; null for none.</summary>
    public Field<Cell, double>? Source { get; set; }

    /// <summary>k ← the rate of a state under what is given now, and that of its metal: a stage of no length.</summary>
    /// <param name="state">The state; its rates are written.</param>
    /// <param name="drive">What is given.</param>
    /// <param name="metal">Scratch for metal.</param>
    /// <returns>Whether there is one.</returns>
    public bool Rate(LithiumState state, SurfaceDrive drive, Field<Surface, double> metal)
    {
        grid.FillGhosts(state.X);
        surface.Begin(drive, state.Metal, 0, state);
        fluxes.TakeState(state.X, surface.Uptake);
        var balance = new FluxBalance(fluxes.Transmissibility);
        device.Launch(new DiffusionRate(balance, film.Geometry.Volume, state.X, state.Rate), grid.Cells);
        if (fluxes.HasDrift)
        {
            device.Launch(new Fill<Flat, double>(rhs.AsFlat, 0), grid.Flat(1));
            fluxes.AddDrift(state.X, surface.Uptake, rhs, 1);
            AddPerVolume(rhs, state.Rate);
        }
        if (Source is { } source)
        {
            device.Launch(new Copy<Flat, double>(source.AsFlat, rhs.AsFlat), grid.Flat(1));
            AddPerVolume(rhs, state.Rate);
        }
        if (!React(state.X))
            return false;
        surface.End(metal, state.MetalRate);
        device.Launch(new AddSurfaceRate(state.Rate, surface.Uptake, film.Geometry, grid.Z - 1), grid.SurfacePlane);
        return true;
    }

    /// <summary>Solves the stage.</summary>
    /// <param name="x">A guess, and the result.</param>
    /// <param name="explicitPart">b.</param>
    /// <param name="length">τ [s].</param>
    /// <param name="metal">Metal of the stage: b, the result and its rate.</param>
    /// <param name="drive">What is given at the SE side.</param>
    /// <param name="guess">The state whose electrode potential and uptake the reaction begins with.</param>
    /// <returns>Whether it has a solution.</returns>
    public bool Solve(
        Field<Cell, double> x, Field<Cell, double> explicitPart, double length, StageMetal metal, SurfaceDrive drive,
        LithiumState guess)
    {
        tau = length;
        surface.Begin(drive, metal.Base, tau, guess);
        device.Launch(new TimesVolume(explicitPart, film.Geometry.Volume, load), grid.Cells);
        if (Source is { } source)
            device.Launch(new Axpby<Flat, double>(source.AsFlat, load.AsFlat, tau, 1), grid.Flat(1));
        if (!(Iteration is null ? SolveLinear(x) : Iterate(x, Iteration)))
            return false;
        surface.End(metal.Result, metal.Rate);
        surface.AddTo(load, tau);
        var (wanted, found) = (device.Sum(new ConductingPart(load, film.Conducts), grid.Cells), film.Content(x));
        // In proportion to x, so that cells that are empty stay empty.
        if (found > 0 && wanted > 0)
            device.Launch(new Scale<Cell>(x, x, wanted / found), grid.Cells);
        return true;
    }

    /// <summary>The largest of a field that the operator of the last stage has smoothed.</summary>
    public double LargestSmoothed(Field<Cell, double> field)
    {
        device.Launch(new Fill<Flat, double>(difference.AsFlat, 0), grid.Flat(1));
        system.Solve(field, difference, FilterTolerance);
        return device.Max(new Magnitude<Cell>(difference), grid.Cells);
    }

    /// <summary>
    /// Fluxes that are linear in x: one linear system where the current is uniform, else Newton's iteration for the
    /// surface.
    /// </summary>
    private bool SolveLinear(Field<Cell, double> x)
    {
        for (var i = 0; i < MostSurfaceIterations; i++)
        {
            if (!React(x))
                return false;
            device.Launch(new Copy<Flat, double>(load.AsFlat, rhs.AsFlat), grid.Flat(1));
            device.Launch(new Copy<Flat, double>(x.AsFlat, difference.AsFlat), grid.Flat(1));
            SolveSystem(x, surface.HasPotential, LinearTolerance, 0);
            if (!surface.IsSolved)
                return true;
            device.Launch(new Difference<Flat>(x.AsFlat, difference.AsFlat, difference.AsFlat), grid.Flat(1));
            var change = device.Max(new Magnitude<Cell>(difference), grid.Cells);
            var largest = device.Max(new Magnitude<Cell>(x), grid.Cells);
            if (!double.IsFinite(change))
                return false;
            if (change <= SurfaceTolerance * largest)
                return true;
        }
        return false;
    }

    /// <summary>The fixed point of the map from x to the solution of the system linearised about it.</summary>
    private bool Iterate(Field<Cell, double> x, StageIteration iteration)
    {
        fluxes.BeginStage();
        iteration.Begin();
        while (iteration.TryNext(x))
        {
            if (!SolveLinearised(x, iteration.Image, iteration.LastChange))
                return false;
            switch (iteration.Compare(x))
            {
                case null:
                    return false;
                case true:
                    iteration.End(x);
                    return true;
            }
            if (fluxes.Temper(iteration.Change, x, tau))
                iteration.Retake(x);
            iteration.Accelerate(x);
        }
        return false;
    }

    /// <summary>The solution of the system linearised about x, nowhere negative where the right side is not.</summary>
    private bool SolveLinearised(Field<Cell, double> x, Field<Cell, double> image, double last)
    {
        fluxes.Linearise(x, surface.Uptake, last);
        if (!React(x))
            return false;
        device.Launch(new Copy<Flat, double>(load.AsFlat, rhs.AsFlat), grid.Flat(1));
        fluxes.AddDrift(x, surface.Uptake, rhs, tau);
        SolveSystem(image, true, StageIteration.LinearTolerance, StageIteration.LinearReduction);
        return true;
    }

    /// <summary>The surface's law for the x of the cells below.</summary>
    private bool React(Field<Cell, double> x)
    {
        if (!surface.IsSolved)
            return true;
        fluxes.Relate(x, surface.Relation);
        return surface.React();
    }

    /// <summary>Solves (V + τ Σ_f T_f) x = rhs + τ A q with q linear about the x on entry.</summary>
    /// <param name="varies">Whether x will vary along x and y.</param>
    private void SolveSystem(Field<Cell, double> x, bool varies, double tolerance, double reduction)
    {
        surface.AddLinearTo(rhs, t.Z, x);
        system.Set(t, tau, varies);
        system.Solve(rhs, x, tolerance, reduction);
        surface.Follow(x, system);
    }

    private void AddPerVolume(Field<Cell, double> brought, Field<Cell, double> rate)
    {
        device.Launch(new PerVolume(brought, film.Geometry.Volume), grid.Cells);
        device.Launch(new Axpby<Flat, double>(brought.AsFlat, rate.AsFlat, 1, 1), grid.Flat(1));
    }
}

/// <summary>Metal on the SE side in a stage.</summary>
/// <param name="Base">Its explicit part [m].</param>
/// <param name="Result">At its end [m].</param>
/// <param name="Rate">The rate that it found [m/s].</param>
internal readonly record struct StageMetal(
    Field<Surface, double> Base, Field<Surface, double> Result, Field<Surface, double> Rate);
