using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The fields of a state, derived on the device from x and the displacement, at cell centres and in the ghost layer on the faces.
/// </summary>
public sealed class FilmFields
{
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly Materials materials;
    private readonly FilmStack stack;
    private readonly FaceClosure closure;
    private readonly OpenCircuitPotential ocv;
    private readonly double magnesium;

    /// <summary>The open-circuit potential.</summary>
    public OpenCircuitPotential Ocv => ocv;

    /// <summary>Allocates the fields.</summary>
    public FilmFields(IDevice device, GridLevel grid, CaseDocument document, Materials materials, FilmStack stack)
    {
        (this.device, this.grid, this.materials, this.stack) = (device, grid, materials, stack);
        closure = new FaceClosure(device, grid, document.Case);
        ocv = OpenCircuitPotential.Of(device, document);
        magnesium = document.Case.Material.MagnesiumConcentration;
        (X, Eigenstrain, Mechanical) = (grid.Field<double>(), grid.Field<double>(), new StressFields(device, grid));
        (Concentration, Potentials, Flux) = (grid.Field<double>(), grid.Field<double>(5), new[] { grid.Field<double>(), grid.Field<double>(), grid.Field<double>() });
    }

    /// <summary>Li per Mg.</summary>
    public View<double> X { get; }

    /// <summary>c [mol/m³].</summary>
    public View<double> Concentration { get; }

    /// <summary>β.</summary>
    public View<double> Eigenstrain { get; }

    /// <summary>Stress and what follows from it.</summary>
    public StressFields Mechanical { get; }

    /// <summary>Chemical, mechanical, sum, elastic energy per Mg, per Li [V].</summary>
    public View<double> Potentials { get; }

    /// <summary>J at cell centres, fields of the components x, y, z [mol/(m² s)].</summary>
    public IReadOnlyList<View<double>> Flux { get; }

    /// <summary>Gives the eigenstrain and the moduli of a state to the stack, for the equilibrium; moduli only when they follow x or at the start.</summary>
    public void PrepareMechanics(LithiumState state, DiffusionSolver diffusion, ElasticitySolver mechanics, bool first)
    {
        UpdateConcentration(state, diffusion);
        stack.Take(X, first || !materials.Modulus.IsConstant ? mechanics.Lame : null);
    }

    /// <summary>Derives all fields from a state.</summary>
    /// <param name="mechanics">Null without stress.</param>
    public void Update(LithiumState state, DiffusionSolver diffusion, ElasticitySolver? mechanics)
    {
        UpdateConcentration(state, diffusion);
        var constants = materials.Constants(X);
        if (mechanics is not null)
        {
            device.Launch(new ChemicalStrain(X, materials.Swelling, Eigenstrain), grid.Closed);
            stack.Take(X, null);
            stack.UpdateFilmStress(mechanics, Mechanical.Stress);
            stack.UpdateFilmStrain(mechanics, Mechanical.Strain);
            closure.Stress(Mechanical.Stress, materials.Solid, constants, mechanics.Sides, materials.Crystals);
            if (materials.HasVoids)
                device.Launch(new KeepWhere(materials.Solid, Mechanical.Stress, 6, grid.Layout.Length), grid.Closed);
            Mechanical.FollowCells(Eigenstrain);
            Mechanical.FollowSurface(Eigenstrain, constants, materials.Crystals);
        }
        ocv.Write(X, Mechanical.SigmaH, Mechanical.EnergyDensity, constants, materials, diffusion.Conducts, Potentials, magnesium, grid.Layout.Length, grid.Closed);
        device.Launch(new Scale(X, Concentration, magnesium), grid.Closed);
    }

    /// <summary>The flux at cell centres: of no use to the run itself, so computed for snapshots alone.</summary>
    public void UpdateFlux(DiffusionSolver diffusion)
    {
        var (x, geometry, layout) = (diffusion.X, diffusion.Geometry, grid.Layout);
        grid.RepeatCells(x);
        var faces = diffusion.FaceFluxes(x);
        void Along(int axis, View<double> area, int component, int stride) => device.Launch(
            new CellFlux(x, faces[axis].Transmissibility, faces[axis].Drift, area, Flux[component], stride, axis == 0 ? 1 : 0, magnesium), grid.Cells);
        Along(0, geometry.FaceX, 0, 1);
        Along(2, geometry.FaceZ, 2, layout.StrideZ);
        device.Launch(new AddSurfaceFlux(Flux[2], diffusion.State.Uptake, grid.Z * layout.StrideZ, magnesium), grid.SurfacePlane);
        if (grid.HasY)
            Along(1, geometry.FaceY, 1, layout.StrideY);
    }

    /// <summary>x at cells and faces of a state, also of one that is not yet accepted.</summary>
    public void UpdateConcentration(LithiumState state, DiffusionSolver diffusion)
    {
        device.Launch(new Copy<double>(state.X, X), grid.Cells);
        if (diffusion.Iteration is null)
            closure.Concentration(X, diffusion.Conducts, diffusion.Diffusivity, state.Uptake);
        else
            closure.Concentration(X, diffusion.Conducts, state.HasSurface ? state.SurfaceRatio : null);
    }

    /// <summary>Largest and smallest x on the film's part of the SE side.</summary>
    public (double Largest, double Smallest) SurfaceExtremes(View<double> conducts)
    {
        var surface = grid.CellPlane(grid.Z);
        return (device.Max(new ElementWhere(X, conducts, 0), surface), device.Min(new ElementWhere(X, conducts, double.MaxValue), surface));
    }
}
