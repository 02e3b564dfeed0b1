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

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly DiffusionSystem system;
    private readonly View<double> k1, k2, k3, stage, guess, rhs, error;
    private readonly double conductingVolume;
    private readonly View<double>[] cross = [];
    private readonly View<double> load;
    private View<double> candidate;
    private double tau;

    /// <summary>Sets up transmissibilities for the diffusivities of the cells' materials.</summary>
    public DiffusionSolver(IDevice device, GridLevel grid, Case @case, Materials materials)
    {
        (this.device, this.grid) = (device, grid);
        Geometry = grid.Volumes();
        (X, candidate, Conducts) = (grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        var largest = grid.Field<double>();
        (k1, k2, k3, stage) = (grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        (guess, rhs, error) = (grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        var table = device.Allocate<double>(materials.LargestDiffusivities);
        // Faces conduct where their cells do; D outside the body stays zero, so that nothing flows there.
        device.Launch(new LookUp(table, materials.Group, error, Conducts), grid.Closed);
        device.Launch(new LookUp(table, materials.Group, largest, Conducts), grid.Cells);
        grid.RepeatCells(largest);
        Faces = new FaceTransmissibilities(device, grid, Geometry, materials.Diffusivity, largest, materials.Transport);
        if (Faces.Vary || Faces.IsOblique || @case.Coupling == Model.Coupling.TwoWay)
            Iteration = new StageIteration(device, grid, @case.Solver);
        if (Faces.IsOblique && @case.Coupling != Model.Coupling.TwoWay)
            (cross, load) = ([grid.Field<double>(), grid.Field<double>(), grid.Field<double>()], grid.Field<double>());
        system = new DiffusionSystem(device, grid, Geometry.Volume);
        conductingVolume = device.Sum(new Weighted(Conducts, Geometry.Volume), grid.Cells);
    }

    /// <summary>x = Li per Mg at cells, the accepted state.</summary>
    public View<double> X { get; private set; }

    /// <summary>The state at the end of the last step tried.</summary>
    public View<double> Candidate => candidate;

    /// <summary>dx/dt of the accepted state [1/s], the last stage's of the step that led there; cannot be had from x alone.</summary>
    public View<double> Rate => k1;

    /// <summary>The inflow that <see cref="Rate"/> is for [m/s]; not a number where it has to be computed from x.</summary>
    public double RateInflow { get; set; } = double.NaN;

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

    /// <summary>What stress does to lithium; null where it does nothing.</summary>
    public StressCoupling? Coupling { get; set; }

    /// <summary>∫ x dV where lithium can be.</summary>
    public double Content(View<double> x) => device.Sum(new Content(x, Conducts, Geometry.Volume), grid.Cells);

    /// <summary>Volume of the cells that lithium can be in.</summary>
    public double ConductingVolume => conductingVolume;

    /// <summary>Area of the SE side through which lithium can enter.</summary>
    public double InflowArea => device.Sum(new Weighted(Conducts, Geometry.FaceZ), grid.CellPlane(grid.Z - 1));

    /// <summary>Area of the SE side.</summary>
    public double SurfaceArea => device.Sum(new Weight(Geometry.FaceZ), grid.CellPlane(grid.Z - 1));

    /// <summary>Tries a step from <see cref="X"/>; the result is <see cref="Candidate"/>.</summary>
    /// <param name="step">Δt [s].</param>
    /// <param name="inflow">i/(F c_Mg) at the SE side [m/s].</param>
    /// <returns>Largest local error of x over the cells; infinite where a stage has no solution.</returns>
    public double Try(double step, double inflow)
    {
        UpdateRate(inflow);
        tau = D * step;
        var flat = grid.Flat(1);
        device.Launch(new StageBase(X, k1, k1, stage, tau, 0), flat);
        device.Launch(new StageBase(X, k1, k1, guess, 2 * tau, 0), flat);
        if (!SolveStage(guess, inflow))
            return double.PositiveInfinity;
        device.Launch(new StageRate(guess, stage, k2, tau), grid.Cells);

        device.Launch(new StageBase(X, k1, k2, stage, W * step, W * step), flat);
        device.Launch(new StageBase(guess, k2, k2, candidate, step - 2 * tau, 0), flat);
        if (!SolveStage(candidate, inflow))
            return double.PositiveInfinity;
        device.Launch(new StageRate(candidate, stage, k3, tau), grid.Cells);
        return Error(step);
    }

    /// <summary>Makes the last step tried the state.</summary>
    public void Accept()
    {
        (X, candidate) = (candidate, X);
        device.Launch(new Copy<double>(k3, k1), grid.Flat(1));
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
            UpdateCross(x);
            return [(Faces.X, cross[0]), (Faces.Y, cross[1]), (Faces.Z, cross[2])];
        }
        device.Launch(new Fill<double>(error, 0), grid.Flat(1));
        return [(Faces.X, error), (Faces.Y, error), (Faces.Z, error)];
    }

    /// <summary>To be called after <see cref="X"/> was written from outside.</summary>
    public void Reset() => RateInflow = double.NaN;

    private void UpdateRate(double inflow)
    {
        if (RateInflow == inflow)
            return;
        RateInflow = inflow;
        grid.RepeatCells(X);
        if (Coupling is { } coupling)
        {
            coupling.Rate(X, k1, this);
        }
        else
        {
            Faces.Update(X);
            device.Launch(new DiffusionRate(new FluxBalance(Faces.X, Faces.Y, Faces.Z, grid.Layout), Geometry.Volume, X, k1), grid.Cells);
            if (Faces.IsOblique)
                AddCrossRate();
        }
        device.Launch(new AddInflowRate(k1, Geometry, Conducts, inflow), grid.CellPlane(grid.Z - 1));
    }

    /// <summary>Solves V (x - stage) = τ (V F(x) + inflow) from the x given.</summary>
    private bool SolveStage(View<double> x, double inflow)
    {
        device.Launch(new TimesVolume(stage, Geometry.Volume, rhs), grid.Cells);
        device.Launch(new AddInflow(rhs, Geometry.FaceZ, Conducts, tau * inflow), grid.CellPlane(grid.Z - 1));
        if (Coupling is { } coupling)
        {
            if (!coupling.Solve(x, rhs, tau, this, system))
                return false;
        }
        else if (Faces.Vary || Faces.IsOblique)
        {
            if (!Iteration!.Solve(x, DiffuseWithin))
                return false;
        }
        else
        {
            system.Set(Faces.X, Faces.Y, Faces.Z, tau, false);
            system.Solve(rhs, x, LinearTolerance);
        }
        var missing = device.Sum(new ConductingPart(rhs, Conducts), grid.Cells) - Content(x);
        device.Launch(new ShiftConducting(x, Conducts, missing / conductingVolume), grid.Cells);
        return true;
    }

    /// <summary>The image of x in the iteration for D(x): the solution of the stage with D at x (Picard), and what gradients drive across themselves from x, which is nowhere negative where the right side is not.</summary>
    private void DiffuseWithin(View<double> x, View<double> image, double last)
    {
        grid.RepeatCells(x);
        Faces.Update(x);
        system.Set(Faces.X, Faces.Y, Faces.Z, tau, true);
        var right = rhs;
        if (Faces.IsOblique)
        {
            UpdateCross(x);
            device.Launch(new Copy<double>(rhs, load), grid.Flat(1));
            AddCrossTo(load, tau);
            right = load;
        }
        system.Solve(right, image, StageIteration.LinearTolerance, StageIteration.LinearReduction);
    }

    /// <summary>The fluxes that gradients drive across themselves, to be taken from the last iterate.</summary>
    private void UpdateCross(View<double> x)
    {
        foreach (var drift in cross)
            device.Launch(new Fill<double>(drift, 0), grid.Flat(1));
        Faces.AddCross(x, [Faces.X, Faces.Y, Faces.Z], cross);
    }

    private void AddCrossTo(View<double> y, double factor)
    {
        Span<int> strides = [1, grid.Layout.StrideY, grid.Layout.StrideZ];
        for (var axis = 0; axis < 3; axis++)
            device.Launch(new AddDrift(cross[axis], y, strides[axis], factor), grid.Cells);
    }

    private void AddCrossRate()
    {
        UpdateCross(X);
        device.Launch(new Fill<double>(load, 0), grid.Flat(1));
        AddCrossTo(load, 1);
        device.Launch(new PerVolume(load, Geometry.Volume), grid.Cells);
        device.Launch(new Axpby<double>(load, k1, 1, 1), grid.Flat(1));
    }

    /// <summary>The embedded estimate, smoothed by the operator of the last stage so that stiff parts do not spoil it.</summary>
    private double Error(double step)
    {
        var (e1, e2, e3) = (step * (4 * W - 1) / 3, -step / 3, step * 2 * D / 3);
        device.Launch(new ErrorEstimate(k1, k2, k3, Geometry.Volume, rhs, e1, e2, e3), grid.Cells);
        device.Launch(new Fill<double>(error, 0), grid.Flat(1));
        system.Solve(rhs, error, FilterTolerance);
        return device.Max(new Magnitude(error), grid.Cells);
    }
}
