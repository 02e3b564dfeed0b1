using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// Lithium driven by stress: J = -D ∇c - (D c/(R T Γ)) ∇μ_mech. An implicit stage is found by a fixed-stress split, equilibrium for the lithium of the last iterate, then lithium for its stress
/// (<see cref="StageIteration"/>).
/// </summary>
public sealed class StressCoupling
{
    /// <summary>Accuracy of equilibria within the iteration, as a share of what lithium still changes.</summary>
    private const double Forcing = 0.005;

    /// <summary>Accuracy of the equilibrium for a stage's guess, which is about as good.</summary>
    private const double FirstEquilibrium = 1e-5;

    /// <summary>Equilibria are not asked to be more accurate than this, which is a little above rounding, unless the case does.</summary>
    private const double FinestEquilibrium = 1e-12;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly Materials materials;
    private readonly FilmStack stack;
    private readonly ElasticitySolver mechanics;
    private readonly OpenCircuitPotential? ocv;
    private readonly View<double> stress, potential, inverseGamma, stiffness, change, rhs;
    private readonly View<double>[] effective, drift;
    private readonly double magnesium, thermal, finest;
    private readonly CheckerboardSoftening softening;

    /// <summary>Sets up the coupling of a case.</summary>
    /// <param name="ocv">The potential that gives Γ; null for Γ = 1.</param>
    public StressCoupling(IDevice device, GridLevel grid, Case @case, Materials materials, FilmStack stack, ElasticitySolver mechanics, OpenCircuitPotential? ocv)
    {
        (this.device, this.grid, this.materials, this.stack, this.mechanics, this.ocv) = (device, grid, materials, stack, mechanics, ocv);
        finest = Math.Min(@case.Solver.Tolerance, FinestEquilibrium);
        EquilibriumTolerance = Math.Min(@case.Solver.Tolerance, Math.Max(Forcing * @case.Solver.CouplingTolerance, finest));
        (magnesium, thermal) = (@case.Material.MagnesiumConcentration, PhysicalConstants.Gas * @case.Temperature);
        (stress, potential, inverseGamma) = (grid.Field<double>(6), grid.Field<double>(), grid.Field<double>());
        (stiffness, change, rhs) = (grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        effective = [.. Enumerable.Range(0, 3).Select(_ => grid.Field<double>())];
        drift = [.. Enumerable.Range(0, 3).Select(_ => grid.Field<double>())];
        device.Launch(new Fill<double>(inverseGamma, 1), grid.Flat(1));
        var (below, above) = GridShape.WithLayers(@case).Layers;
        softening = new CheckerboardSoftening(device, grid, HeldFaces.Of(@case), (below > 0, above > 0));
    }

    /// <summary>Accuracy of the equilibrium that belongs to a state: fluxes are as accurate as the lithium that they move.</summary>
    public double EquilibriumTolerance { get; }

    /// <summary>Elasticity iterations so far.</summary>
    public long CgIterations { get; private set; }

    /// <summary>Solves V (x - base) = τ (-Σ_f F_f + A q) for x.</summary>
    /// <param name="x">A guess, and the result.</param>
    /// <param name="load">V base.</param>
    /// <returns>Whether it converged to physical values.</returns>
    public bool Solve(View<double> x, View<double> load, double tau, DiffusionSolver diffusion, DiffusionSystem system) => diffusion.Iteration!.Solve(x, new Stage(this, load, tau, diffusion, system));

    /// <summary>k ← the rate of x by diffusion and drift [1/s], without what flows in through the surface.</summary>
    public void Rate(View<double> x, View<double> k, DiffusionSolver diffusion)
    {
        Balance(x, EquilibriumTolerance);
        Linearise(x, diffusion, diffusion.Surface.Uptake);
        device.Launch(new DiffusionRate(new FluxBalance(effective[0], effective[1], effective[2], grid.Layout), diffusion.Geometry.Volume, x, k), grid.Cells);
        device.Launch(new Fill<double>(change, 0), grid.Flat(1));
        AddDriftTo(change, 1);
        device.Launch(new PerVolume(change, diffusion.Geometry.Volume), grid.Cells);
        device.Launch(new Axpby<double>(change, k, 1, 1), grid.Flat(1));
    }

    /// <summary>How the SE side takes up lithium, with the stress of the last iterate.</summary>
    /// <param name="film">1 at cells that lithium can be in.</param>
    public void Relate(View<double> x, View<double> film, SurfaceDiffusivity diffusivity, View<double> faceZ, SurfaceRelation relation, in Box plane, int shift, int second, int third) => device.Launch(
        new StressedRelation(x, film, diffusivity, potential, stiffness, inverseGamma, effective[2], drift[2], faceZ, relation, shift, second, third, grid.Widths[2][0], thermal / PhysicalConstants.Faraday), plane);

    /// <summary>T and G of low faces for x and the displacement as it is: what looks at a state must not change it.</summary>
    public IReadOnlyList<(View<double> Transmissibility, View<double> Drift)> FaceFluxes(View<double> x, DiffusionSolver diffusion)
    {
        stack.Take(x, null);
        Linearise(x, diffusion, diffusion.State.Uptake);
        return [.. effective.Zip(drift)];
    }

    /// <summary>The equilibrium for x, to a relative residual.</summary>
    private void Balance(View<double> x, double tolerance)
    {
        stack.Take(x, materials.Modulus.IsConstant ? null : mechanics.Lame);
        CgIterations += mechanics.Solve(stack.Eigenstrain, tolerance).Iterations;
    }

    /// <summary>The fluxes linearised about x and its equilibrium.</summary>
    private void Linearise(View<double> x, DiffusionSolver diffusion, View<double> uptake)
    {
        grid.RepeatCells(x);
        var constants = materials.Constants(x);
        stack.UpdateFilmStress(mechanics, stress);
        device.Launch(new MechanicalPotential(x, stress, constants, materials.Swelling, potential, magnesium, thermal, grid.Layout.Length), grid.Cells);
        device.Launch(new CouplingStiffness(x, constants, materials.Swelling, stiffness, magnesium, thermal), grid.Cells);
        if (materials.Factor is { } factor)
            device.Launch(new InverseOfLaw(factor, x, inverseGamma), grid.Cells);
        ocv?.WriteInverseFactor(x, inverseGamma, PhysicalConstants.Faraday / thermal, grid.Cells);
        grid.RepeatCells(potential);
        grid.RepeatCells(stiffness);
        grid.RepeatCells(inverseGamma);
        diffusion.Faces.Update(x);
        ReadOnlySpan<View<double>> transmissibilities = diffusion.Faces.Along;
        for (var axis = 0; axis < 3; axis++)
        {
            if (axis != 1 || grid.HasY)
                device.Launch(new StressDrift(transmissibilities[axis], x, potential, inverseGamma, stiffness, effective[axis], drift[axis], grid.Stride(axis)), grid.LowFaces);
        }
        if (diffusion.Faces.IsOblique)
            diffusion.Faces.AddCross(x, effective, drift, uptake);
    }

    private void AddDriftTo(View<double> y, double tau) => device.Launch(new AddDrift(new(drift[0], drift[1], drift[2]), y, grid.Layout, tau), grid.Cells);

    /// <summary>The map of a stage: equilibrium for x, then lithium for its stress.</summary>
    private struct Stage(StressCoupling coupling, View<double> load, double tau, DiffusionSolver diffusion, DiffusionSystem system) : IStageMap
    {
        private double equilibrium = FirstEquilibrium;

        public bool Image(View<double> x, View<double> image, double last)
        {
            equilibrium = Math.Min(equilibrium, Math.Max(Forcing * last, coupling.finest));
            coupling.Balance(x, equilibrium);
            coupling.Linearise(x, diffusion, diffusion.Surface.Uptake);
            coupling.device.Launch(new Copy<double>(load, coupling.rhs), coupling.grid.Flat(1));
            coupling.AddDriftTo(coupling.rhs, tau);
            if (!diffusion.Surface.React(x, coupling))
                return false;
            var t = coupling.effective;
            diffusion.Surface.Solve(system, image, coupling.rhs, t[0], t[1], t[2], true, StageIteration.LinearTolerance, StageIteration.LinearReduction);
            return true;
        }

        public readonly bool Temper(View<double> change, View<double> x)
        {
            coupling.softening.Apply(change, x, coupling.materials.Constants(x), coupling.stiffness, coupling.inverseGamma, coupling.effective, diffusion.Geometry.Volume, tau);
            return true;
        }
    }
}
