using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The SE side within a stage: where the current enters, and what of it the alloy takes up; the rest is metal. At the
/// end of
/// a stage of length τ the surface fulfils its laws with m = m_base + τ (i - q); τ → 0 gives rates. The reaction is
/// solved
/// face by face for the x of the cells below, and made linear in it, so that the stage's system stays symmetric and
/// positive
/// (docs/theory.md).
/// </summary>
public sealed class ElectrodeSurface
{
    /// <summary>Beyond any x of an alloy: the end of the search where no metal plates.</summary>
    private const double BeyondAlloy = 10;

    /// <summary>Electrode potentials that are searched [V].</summary>
    public const double HighestPotential = 4;

    /// <summary>
    /// Share of the total current that the search for φ may leave. Where φ has no more digits it may leave more, or
    /// what
    /// belongs to so many volts; the end of the stage makes up for it.
    /// </summary>
    private const double CurrentTolerance = 1e-12, CurrentAccuracy = 1e-6, PotentialAccuracy = 1e-12;

    /// <summary>A current that is none, at rest [A/m²].</summary>
    private const double NoCurrent = 1e-9;

    private const double Digits = 1e-15, SmallPotential = 1e-3, ResponseTolerance = 1e-10;
    private const int MostTrials = 100;

    /// <summary>Rates are those of a stage of no length.</summary>
    private const double NoTime = 1e-20;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly Box<Surface> plane;
    private readonly int top;
    private readonly View<double> faceZ;
    private readonly Field<Surface, double> whole, conducts, takes, before;
    private readonly Field<Cell, double> response, responseLoad;
    private readonly SurfaceReaction reaction;
    private readonly SurfaceKinetics kinetics;
    private readonly bool plates, inert;
    private readonly double saturation, takingArea, noCurrent;
    private Field<Surface, double> metal;
    private SurfaceDrive drive;
    private double tau, potential;

    /// <summary>Sets up the surface of a case.</summary>
    /// <param name="film">The film below it.</param>
    /// <param name="solid">1 at cells that are there, 0 in voids.</param>
    /// <param name="kinetics">The law of its reaction.</param>
    internal ElectrodeSurface(
        IDevice device, Case @case, FilmTransport film, Field<Closed, double> solid, SurfaceKinetics kinetics)
    {
        (this.device, grid, this.kinetics) = (device, film.Grid, kinetics);
        (faceZ, plane, top) = (film.Geometry.FaceZ, grid.SurfacePlane, grid.Z - 1);
        Relation = new SurfaceRelation(Plane(), Plane(), Plane(), Plane(), Plane(), Plane(), Plane());
        reaction = new SurfaceReaction(Plane(), Plane(), Plane(), Plane(), Plane(), Plane());
        (whole, conducts, before) = (Plane(), Plane(), Plane());
        device.Launch(new TakeFromCells(solid, whole, top), plane);
        device.Launch(new TakeFromCells(film.Conducts, conducts, top), plane);
        (Area, FilmArea) = (Integral(whole), Integral(conducts));
        (inert, plates) = (FilmArea == 0, @case.OnSaturation == SaturationRule.Plate);
        // A given current enters where the film can take it; everywhere, where it can nowhere.
        (takes, takingArea) = inert ? (whole, Area) : (conducts, FilmArea);
        var full = @case.Material.SaturationConcentration / @case.Material.MagnesiumConcentration;
        saturation = plates ? full : BeyondAlloy;
        PerRate = PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration;
        noCurrent = NoCurrent / PerRate;
        IsSolved = plates || HasPotential;
        if (HasPotential)
            (response, responseLoad) = (grid.CellField<double>(), grid.CellField<double>());
    }

    /// <summary>Current density of a rate of uptake, F c_Mg [A/m² over m/s].</summary>
    public double PerRate { get; }

    /// <summary>
    /// Whether a law is solved for on the surface; otherwise the current is uniform and all of it is taken up.
    /// </summary>
    public bool IsSolved { get; }

    /// <summary>Whether the surface has an electrode potential of its own.</summary>
    public bool HasPotential => kinetics.HasPotential;

    /// <summary>Area of the SE side.</summary>
    public double Area { get; }

    /// <summary>Area of its part through which lithium can enter the film.</summary>
    public double FilmArea { get; }

    /// <summary>What the alloy says about the surface, to be written before <see cref="React"/>.</summary>
    public SurfaceRelation Relation { get; }

    /// <summary>What the alloy takes up, of the reaction as it stands [m/s].</summary>
    public Field<Surface, double> Uptake => reaction.Uptake;

    /// <summary>Current over F c_Mg of the reaction as it stands, mean over the side [m/s].</summary>
    public double MeanCurrent => drive.Potential is null ? drive.Current : Integral(reaction.Current) / Area;

    /// <summary>φ of the reaction as it stands [V]; not a number where the current alone is given.</summary>
    public double ElectrodePotential => HasPotential ? potential : double.NaN;

    /// <summary>∫ f dA of a field of the SE side.</summary>
    public double Integral(Field<Surface, double> f) => device.Sum(new SurfaceProduct(f, whole, faceZ), plane);

    /// <summary>Begins a stage.</summary>
    /// <param name="given">Current or potential.</param>
    /// <param name="baseMetal">m of the stage's base [m].</param>
    /// <param name="length">τ [s]; 0 for the rate at an instant.</param>
    /// <param name="guess">The state whose electrode potential and uptake the reaction begins with.</param>
    public void Begin(SurfaceDrive given, Field<Surface, double> baseMetal, double length, LithiumState guess)
    {
        (drive, metal, tau) = (given, baseMetal, Math.Max(length, NoTime));
        potential = given.Potential ?? (double.IsFinite(guess.Potential) ? guess.Potential : 0);
        if (HasPotential)
            device.Launch(new Fill<Flat, double>(response.AsFlat, 0), grid.Flat(1));
        if (IsSolved)
        {
            device.Launch(new Copy<Surface, double>(guess.Uptake, reaction.Uptake), plane);
            return;
        }
        device.Launch(new Scale<Surface>(takes, reaction.Uptake, TakenCurrent), plane);
        device.Launch(new Scale<Surface>(takes, reaction.Current, TakenCurrent), plane);
        device.Launch(new Fill<Surface, double>(reaction.Alloyed, 1), plane);
    }

    /// <summary>Solves the reaction for <see cref="Relation"/>.</summary>
    /// <returns>Whether there is one that carries the current.</returns>
    public bool React()
    {
        device.Launch(new Copy<Surface, double>(Relation.Below, before), plane);
        if (FindsPotential)
            return FindPotential();
        LaunchReaction();
        return true;
    }

    /// <summary>Adds τ A q to a stage, q linear about the x of the last reaction.</summary>
    /// <param name="load">Right side.</param>
    /// <param name="tz">T across z of the stage's system; that of the top faces is written.</param>
    /// <param name="x">That x.</param>
    public void AddLinearTo(Field<Cell, double> load, Field<Face, double> tz, Field<Cell, double> x) =>
        device.Launch(new AddUptake(load, tz, x, reaction, faceZ, top, tau), plane);

    /// <summary>Adds τ A q to a right side, q as it stands.</summary>
    public void AddTo(Field<Cell, double> load, double length) =>
        device.Launch(new AddSurface(load, reaction.Uptake, faceZ, top, length), plane);

    /// <summary>Follows x to the solution of a stage's system; where φ is sought, x follows φ.</summary>
    /// <param name="x">The solution.</param>
    /// <param name="system">The system.</param>
    public void Follow(Field<Cell, double> x, DiffusionSystem system)
    {
        if (!IsSolved)
            return;
        var change = FindsPotential ? PotentialChange(system, x) : 0;
        potential += change;
        device.Launch(new FollowSolution(reaction, before, x, top, change), plane);
    }

    /// <summary>Ends a stage: the total current is made exact, and what is not taken up becomes metal.</summary>
    /// <param name="resultMetal">m at the end of the stage [m].</param>
    /// <param name="metalRate">Its rate [m/s].</param>
    public void End(Field<Surface, double> resultMetal, Field<Surface, double> metalRate)
    {
        if (FindsPotential)
        {
            var missing = (drive.Current * Area - Integral(reaction.Current)) / takingArea;
            device.Launch(new ShiftCurrent(reaction, Stage, missing), plane);
        }
        device.Launch(new PlatedMetal(reaction, metal, resultMetal, metalRate, tau), plane);
    }

    /// <summary>Writes what the surface is at the end of a step.</summary>
    public void Save(LithiumState state)
    {
        device.Launch(new Copy<Surface, double>(reaction.Uptake, state.Uptake), plane);
        if (IsSolved)
            device.Launch(new SurfaceRatio(Stage, reaction, state.SurfaceRatio), plane);
        (state.HasSurface, state.Current, state.Potential) = (IsSolved, MeanCurrent, ElectrodePotential);
    }

    /// <summary>Whether the current is given and φ follows from it.</summary>
    private bool FindsPotential => HasPotential && drive.Potential is null;

    /// <summary>Given current over F c_Mg of the faces that take it [m/s].</summary>
    private double TakenCurrent => drive.Current * Area / takingArea;

    private SurfaceStage Stage => new(Relation, takes, conducts, metal, saturation, 1 / tau);

    private Field<Surface, double> Plane() => grid.SurfaceField<double>();

    private void LaunchReaction()
    {
        var electrode = new ElectrodeDrive(
            plates ? 1 : 0, inert ? 1 : 0, drive.Potential is not null ? 1 : 0, potential);
        kinetics.React(device, Stage, reaction, TakenCurrent, electrode, plane);
    }

    /// <summary>
    /// The potential at which the reaction carries the current: Newton's method, halving where it leaves the interval
    /// that
    /// must hold it; the current falls as φ rises.
    /// </summary>
    private bool FindPotential()
    {
        var (low, high) = (-HighestPotential, HighestPotential);
        for (var k = 0; k < MostTrials; k++)
        {
            LaunchReaction();
            var excess = Integral(reaction.Current) - drive.Current * Area;
            if (!double.IsFinite(excess))
                return false;
            var (carried, slope) = (Math.Abs(drive.Current) * Area, Integral(reaction.CurrentByPotential));
            if (Math.Abs(excess) <= CurrentTolerance * carried + noCurrent * Area)
                return true;
            (low, high) = excess > 0 ? (potential, high) : (low, potential);
            var next = potential - excess / slope;
            next = next > low && next < high ? next : (low + high) / 2;
            if (Math.Abs(next - potential) <= Digits * Math.Max(Math.Abs(potential), SmallPotential))
                return Math.Abs(excess) <= CurrentAccuracy * carried - PotentialAccuracy * slope;
            potential = next;
        }
        return false;
    }

    /// <summary>
    /// The change of φ that keeps the total current as x moves from where the reaction was made linear to the system's
    /// solution, and its part of x: the system's answer to φ, a border of one column (Sherman and Morrison).
    /// </summary>
    private double PotentialChange(DiffusionSystem system, Field<Cell, double> x)
    {
        device.Launch(new Fill<Flat, double>(responseLoad.AsFlat, 0), grid.Flat(1));
        device.Launch(new AddSurface(responseLoad, reaction.UptakeByPotential, faceZ, top, tau), plane);
        system.Solve(responseLoad, response, ResponseTolerance);
        var taken = device.Sum(new CurrentResponse(reaction, before, x, faceZ, top, 1), plane);
        var missing = drive.Current * Area - Integral(reaction.Current) - taken;
        var answer = device.Sum(new CurrentResponse(reaction, before, response, faceZ, top, 0), plane);
        var perVolt = Integral(reaction.CurrentByPotential) + answer;
        var change = perVolt < 0 ? missing / perVolt : 0;
        device.Launch(new Axpby<Flat, double>(response.AsFlat, x.AsFlat, change, 1), grid.Flat(1));
        return change;
    }
}
