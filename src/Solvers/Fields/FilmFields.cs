using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The fields of a state, derived on the device from x and the displacement, at cell centres and on the body's surface:
/// <see cref="Prepare"/>, then the equilibrium is found, then <see cref="Update"/>.
/// </summary>
public sealed class FilmFields
{
    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly FilmTransport film;
    private readonly Materials materials;
    private readonly FilmStack stack;
    private readonly FaceClosure closure;
    private readonly LithiumClosure lithium;
    private readonly OpenCircuitPotential ocv;
    private readonly double magnesium;

    /// <summary>Allocates the fields.</summary>
    public FilmFields(
        IDevice device, Case @case, FilmTransport film, Materials materials, FilmStack stack, FaceClosure closure,
        LithiumClosure lithium, OpenCircuitPotential ocv)
    {
        (this.device, grid, this.film, this.materials) = (device, film.Grid, film, materials);
        (this.stack, this.closure, this.lithium, this.ocv) = (stack, closure, lithium, ocv);
        magnesium = @case.Material.MagnesiumConcentration;
        Eigenstrain = grid.ClosedField<double>();
        Mechanical = new StressFields(device, grid);
        Potentials = grid.ClosedField<double>(PotentialPart.Count);
    }

    /// <summary>Li per Mg.</summary>
    public Field<Closed, double> X { get; private set; }

    /// <summary>β.</summary>
    public Field<Closed, double> Eigenstrain { get; }

    /// <summary>Stress and what follows from it.</summary>
    public StressFields Mechanical { get; }

    /// <summary>Chemical, mechanical, sum, elastic energy per Mg, per Li (<see cref="PotentialPart"/>) [V].</summary>
    public Field<Closed, double> Potentials { get; }

    /// <summary>
    /// Derives x of a state on the body's surface, and with stress its β and moduli for the equilibrium.
    /// </summary>
    /// <param name="mechanics">Null without stress.</param>
    /// <param name="first">Whether moduli are written even where they do not follow x.</param>
    public void Prepare(LithiumState state, ElasticitySolver? mechanics, bool first)
    {
        X = lithium.Of(state);
        if (mechanics is null)
            return;
        device.Launch(new ChemicalStrain<Closed>(X, materials.Swelling, Eigenstrain), grid.Closed);
        stack.Take(X, Eigenstrain, first || !materials.Modulus.IsConstant ? mechanics.Lame : null);
    }

    /// <summary>Derives all other fields of the state that was prepared last, from its equilibrium.</summary>
    /// <param name="mechanics">Null without stress.</param>
    public void Update(ElasticitySolver? mechanics)
    {
        var constants = materials.Constants(X);
        if (mechanics is not null)
        {
            stack.UpdateFilmStress(mechanics, Mechanical.Stress);
            stack.UpdateFilmStrain(mechanics, Mechanical.Strain);
            closure.Stress(Mechanical.Stress, materials.Solid, constants, mechanics.Sides, materials.Crystals);
            if (materials.HasVoids)
                device.Launch(new KeepWhere<Closed>(materials.Solid, Mechanical.Stress), grid.Closed);
            Mechanical.FollowCells(Eigenstrain);
            Mechanical.FollowSurface(Eigenstrain, constants, materials.Crystals);
        }
        var (sigmaH, energy) = (Closed(Mechanical.SigmaH), Closed(Mechanical.EnergyDensity));
        var inputs = new PotentialInputs(X, sigmaH, energy, constants, materials.Swelling);
        ocv.Write(inputs, film.Conducts, Potentials, magnesium, grid.Closed);
    }

    /// <summary>Electrode potential of the state whose fields these are [V]; null where nothing gives one.</summary>
    public double? ElectrodePotential(LithiumState state, ElectrodeSurface surface)
    {
        if (double.IsFinite(state.Potential))
            return state.Potential;
        if (surface.FilmArea == 0)
            return surface.Integral(state.Metal) > 0 ? 0 : null;
        var bare = new BarePotential(Potentials, state.Metal, film.Conducts, film.Geometry.FaceZ, grid.Z - 1);
        return device.Sum(bare, grid.SurfacePlane) / surface.FilmArea;
    }

    private Field<Closed, double> Closed(View<double> values) => new(values, grid.Layout, 1);
}
