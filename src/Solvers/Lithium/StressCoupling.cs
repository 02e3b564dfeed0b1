using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Lithium driven by stress: J = -D ∇c - (D c/(R T Γ)) ∇μ_mech. An implicit stage is found by a fixed-stress split:
/// equilibrium for the lithium of the last iterate, then lithium for its stress.
/// </summary>
public sealed class StressCoupling : LithiumFluxes
{
    /// <summary>Accuracy of equilibria within the iteration, as a share of what lithium still changes.</summary>
    private const double Forcing = 0.005;

    /// <summary>Accuracy of the equilibrium for a stage's guess, which is about as good.</summary>
    private const double FirstEquilibrium = 1e-5;

    /// <summary>
    /// Equilibria are not asked to be more accurate than this, which is a little above rounding, unless the case does.
    /// </summary>
    private const double FinestEquilibrium = 1e-12;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly FilmTransport film;
    private readonly Materials materials;
    private readonly FilmStack stack;
    private readonly ElasticitySolver mechanics;
    private readonly OpenCircuitPotential? ocv;
    private readonly Field<Cell, double> stress, potential, inverseGamma, stiffness;
    private readonly double magnesium, thermal, finest;
    private readonly CheckerboardSoftening softening;
    private double equilibrium;

    /// <summary>Sets up the coupling of a case.</summary>
    /// <param name="ocv">The potential that gives Γ, where the case wants it.</param>
    public StressCoupling(
        IDevice device, Case @case, FilmTransport film, Materials materials, FilmStack stack,
        ElasticitySolver mechanics, OpenCircuitPotential ocv)
    {
        (this.device, this.film, this.materials, this.stack) = (device, film, materials, stack);
        (grid, this.mechanics) = (film.Grid, mechanics);
        this.ocv = @case.Material.Thermodynamics == Thermodynamics.Ocv ? ocv : null;
        finest = Math.Min(@case.Solver.Tolerance, FinestEquilibrium);
        var forced = Math.Max(Forcing * @case.Solver.CouplingTolerance, finest);
        EquilibriumTolerance = Math.Min(@case.Solver.Tolerance, forced);
        magnesium = @case.Material.MagnesiumConcentration;
        thermal = PhysicalConstants.Gas * @case.Temperature;
        (stress, potential) = (grid.CellField<double>(Pair.Count), grid.CellField<double>());
        (inverseGamma, stiffness) = (grid.CellField<double>(), grid.CellField<double>());
        Transmissibility = new(grid.FaceField<double>(), grid.FaceField<double>(), grid.FaceField<double>());
        Drift = new(grid.FaceField<double>(), grid.FaceField<double>(), grid.FaceField<double>());
        device.Launch(new Fill<Flat, double>(inverseGamma.AsFlat, 1), grid.Flat(1));
        var (below, above) = GridShape.WithLayers(@case).Layers;
        softening = new CheckerboardSoftening(device, grid, HeldFaces.Of(@case), (below > 0, above > 0));
    }

    /// <summary>
    /// Accuracy of the equilibrium that belongs to a state: fluxes are as accurate as the lithium that they move.
    /// </summary>
    public double EquilibriumTolerance { get; }

    /// <summary>Elasticity iterations so far.</summary>
    public long CgIterations { get; private set; }

    /// <inheritdoc/>
    public override bool AreRenewed => true;

    /// <inheritdoc/>
    public override bool HasDrift => true;

    /// <inheritdoc/>
    public override FaceFields Transmissibility { get; }

    /// <inheritdoc/>
    public override FaceFields Drift { get; }

    /// <inheritdoc/>
    public override void BeginStage() => equilibrium = FirstEquilibrium;

    /// <inheritdoc/>
    public override void Linearise(Field<Cell, double> x, Field<Surface, double> uptake, double last)
    {
        equilibrium = Math.Min(equilibrium, Math.Max(Forcing * last, finest));
        Balance(x, equilibrium);
        UpdateFluxes(x, uptake);
    }

    /// <inheritdoc/>
    public override void TakeState(Field<Cell, double> x, Field<Surface, double> uptake)
    {
        Balance(x, EquilibriumTolerance);
        UpdateFluxes(x, uptake);
    }

    /// <inheritdoc/>
    public override void Observe(Field<Cell, double> x, Field<Surface, double> uptake) => UpdateFluxes(x, uptake);

    /// <inheritdoc/>
    public override void AddDrift(
        Field<Cell, double> x, Field<Surface, double> uptake, Field<Cell, double> y, double tau) =>
        device.Launch(new AddDrift(Drift, y, tau), grid.Cells);

    /// <inheritdoc/>
    public override void Relate(Field<Cell, double> x, in SurfaceRelation relation)
    {
        var under = new StressUnderSurface(
            potential, stiffness, inverseGamma, Transmissibility.Z, Drift.Z, film.Geometry.FaceZ);
        var volts = thermal / PhysicalConstants.Faraday;
        device.Launch(new StressedRelation(film.UnderSurface(x), under, relation, volts), grid.SurfacePlane);
    }

    /// <inheritdoc/>
    public override bool Temper(Field<Cell, double> change, Field<Cell, double> x, double tau)
    {
        var terms = new SplitTerms(x, materials.Constants(x), stiffness, inverseGamma);
        softening.Apply(change, terms, Transmissibility, film.Geometry.Volume, tau);
        return true;
    }

    /// <summary>The equilibrium for x, to a relative residual.</summary>
    private void Balance(Field<Cell, double> x, double tolerance)
    {
        stack.Take(x, materials.Modulus.IsConstant ? null : mechanics.Lame);
        CgIterations += mechanics.Solve(stack.Eigenstrain, tolerance).Iterations;
    }

    /// <summary>The fluxes linearised about x and its equilibrium.</summary>
    private void UpdateFluxes(Field<Cell, double> x, Field<Surface, double> uptake)
    {
        grid.FillGhosts(x);
        stack.UpdateFilmStress(mechanics, stress);
        UpdatePotential(x);
        film.Faces.Update(x);
        for (var axis = 0; axis < 3; axis++)
        {
            if (axis != 1 || grid.HasY)
                device.Launch(Drifting(axis, x), grid.LowFaces);
        }
        if (film.Faces.IsOblique)
            film.Faces.AddCross(x, Transmissibility, Drift, uptake);
    }

    private StressDrift Drifting(int axis, Field<Cell, double> x) => new(
        film.Faces.Across.Across(axis), x, potential, inverseGamma, stiffness, Transmissibility.Across(axis),
        Drift.Across(axis), grid.Stride(axis));

    /// <summary>m, how it rises with x, and 1/Γ.</summary>
    private void UpdatePotential(Field<Cell, double> x)
    {
        var (constants, swelling) = (materials.Constants(x), materials.Swelling);
        device.Launch(
            new MechanicalPotential(x, stress, constants, swelling, potential, magnesium, thermal), grid.Cells);
        device.Launch(new CouplingStiffness(x, constants, swelling, stiffness, magnesium, thermal), grid.Cells);
        if (materials.Factor is { } factor)
            device.Launch(new InverseOfLaw(factor, x, inverseGamma), grid.Cells);
        ocv?.WriteInverseFactor(x, inverseGamma, PhysicalConstants.Faraday / thermal, grid.Cells);
        grid.FillGhosts(potential);
        grid.FillGhosts(stiffness);
        grid.FillGhosts(inverseGamma);
    }
}
