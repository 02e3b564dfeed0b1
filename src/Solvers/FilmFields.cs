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
        (X, Eigenstrain, VonMises, SigmaH, EnergyDensity) = (grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>(), grid.Field<double>());
        (Concentration, Stress, Strain, Potentials, Flux) = (grid.Field<double>(), grid.Field<double>(6), grid.Field<double>(6), grid.Field<double>(5), new[] { grid.Field<double>(), grid.Field<double>(), grid.Field<double>() });
    }

    /// <summary>Li per Mg.</summary>
    public View<double> X { get; }

    /// <summary>c [mol/m³].</summary>
    public View<double> Concentration { get; }

    /// <summary>β.</summary>
    public View<double> Eigenstrain { get; }

    /// <summary>Six components [Pa].</summary>
    public View<double> Stress { get; }

    /// <summary>Six components, tensor shears.</summary>
    public View<double> Strain { get; }

    /// <summary>σ_vM [Pa].</summary>
    public View<double> VonMises { get; }

    /// <summary>σ_h [Pa].</summary>
    public View<double> SigmaH { get; }

    /// <summary>Elastic energy per volume [J/m³].</summary>
    public View<double> EnergyDensity { get; }

    /// <summary>Chemical, mechanical, sum, elastic energy per Mg, per Li [V].</summary>
    public View<double> Potentials { get; }

    /// <summary>J at cell centres, fields of the components x, y, z [mol/(m² s)].</summary>
    public IReadOnlyList<View<double>> Flux { get; }

    /// <summary>Gives the eigenstrain and the moduli of a state to the stack, for the equilibrium; moduli only when they follow x or at the start.</summary>
    public void PrepareMechanics(View<double> x, DiffusionSolver diffusion, ElasticitySolver mechanics, double inflow, bool first)
    {
        UpdateConcentration(x, diffusion, inflow);
        stack.Take(X, first || !materials.Modulus.IsConstant ? mechanics.Lame : null);
    }

    /// <summary>Derives all fields from a state.</summary>
    /// <param name="mechanics">Null without stress.</param>
    /// <param name="inflow">i/(F c_Mg) [m/s].</param>
    public void Update(View<double> x, DiffusionSolver diffusion, ElasticitySolver? mechanics, double inflow)
    {
        UpdateConcentration(x, diffusion, inflow);
        var constants = materials.Constants(X);
        if (mechanics is not null)
        {
            device.Launch(new ChemicalStrain(X, materials.Swelling, Eigenstrain), grid.Closed);
            stack.Take(X, null);
            stack.UpdateFilmStress(mechanics, Stress);
            closure.Stress(Stress, constants, mechanics.Sides, materials.Crystals);
            device.Launch(new StressInvariants(Stress, Eigenstrain, constants, VonMises, SigmaH, EnergyDensity, Strain, grid.Layout.Length), grid.Closed);
            if (materials.Crystals is { } crystals)
                device.Launch(new CrystalStrain(Stress, Eigenstrain, crystals.Compliances, EnergyDensity, Strain, grid.Layout.Length), grid.Closed);
        }
        ocv.Write(X, SigmaH, EnergyDensity, constants, materials, diffusion.Conducts, Potentials, magnesium, grid.Layout.Length, grid.Closed);
        device.Launch(new Scale(X, Concentration, magnesium), grid.Closed);
    }

    /// <summary>The flux at cell centres: of no use to the run itself, so computed for snapshots alone.</summary>
    /// <param name="inflow">i/(F c_Mg) at the SE side [m/s].</param>
    public void UpdateFlux(DiffusionSolver diffusion, double inflow)
    {
        var (x, geometry, layout) = (diffusion.X, diffusion.Geometry, grid.Layout);
        grid.RepeatCells(x);
        var faces = diffusion.FaceFluxes(x);
        void Along(int axis, View<double> area, int component, int stride, double top) => device.Launch(
            new CellFlux(x, faces[axis].Transmissibility, faces[axis].Drift, area, Flux[component], stride, axis == 0 ? 1 : 0, magnesium, top, grid.Z - 1), grid.Cells);
        Along(0, geometry.FaceX, 0, 1, 0);
        Along(2, geometry.FaceZ, 2, layout.StrideZ, -inflow * magnesium);
        if (grid.HasY)
            Along(1, geometry.FaceY, 1, layout.StrideY, 0);
    }

    /// <summary>x at cells and faces from a state or the result of a step that is not yet accepted.</summary>
    public void UpdateConcentration(View<double> x, DiffusionSolver diffusion, double inflow)
    {
        device.Launch(new Copy<double>(x, X), grid.Cells);
        if (diffusion.Iteration is null)
            closure.Concentration(X, diffusion.Diffusivity, inflow);
        else
            closure.Smooth(X, 1);
    }

    /// <summary>Largest and smallest x on the SE side.</summary>
    public (double Largest, double Smallest) SurfaceExtremes()
    {
        var surface = grid.CellPlane(grid.Z);
        return (device.Max(new Element(X, 0), surface), device.Min(new Element(X, 0), surface));
    }
}
