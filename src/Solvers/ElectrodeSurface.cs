using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// The SE side within a stage: where the current enters, and what of it the alloy takes up; the rest is metal. At the end of a stage of length τ the surface fulfils its laws with m = m_base + τ (i - q); τ → 0 gives rates.
/// The reaction is solved face by face for the x of the cells below, and made linear in it, so that the stage's system stays symmetric and positive (docs/theory.md).
/// </summary>
public sealed class ElectrodeSurface
{
    /// <summary>Beyond any x of an alloy: the end of the search where no metal plates.</summary>
    private const double BeyondAlloy = 10;

    /// <summary>Exchange current density that stands for the limit of fast kinetics [A/m²]: overpotentials stay below nanovolts.</summary>
    private const double FastExchange = 1e10;

    /// <summary>Electrode potentials that are searched [V].</summary>
    public const double HighestPotential = 4;

    /// <summary>Share of the total current that the search for φ may leave. Where φ has no more digits it may leave more, or what belongs to so many volts; the end of the stage makes up for it.</summary>
    private const double CurrentTolerance = 1e-12, CurrentAccuracy = 1e-6, PotentialAccuracy = 1e-12;

    /// <summary>A current that is none, at rest [A/m²].</summary>
    private const double NoCurrent = 1e-9;

    private const double Digits = 1e-15, SmallPotential = 1e-3, ResponseTolerance = 1e-10;
    private const int MostTrials = 100;

    /// <summary>Rates are those of a stage of no length.</summary>
    private const double NoTime = 1e-20;

    private readonly IDevice device;
    private readonly GridLevel grid;
    private readonly Box plane;
    private readonly int shift, second, third;
    private readonly SurfaceDiffusivity diffusivity;
    private readonly View<double> faceZ, film, whole, conducts, takes, before, response, responseLoad;
    private readonly SurfaceRelation relation;
    private readonly SurfaceReaction reaction;
    private readonly OpenCircuitPotential? ocv;
    private readonly ButlerVolmer law;
    private readonly bool plates, inert;
    private readonly double saturation, takingArea, noCurrent;
    private View<double> metal;
    private SurfaceDrive drive;
    private double tau, potential;

    /// <summary>Sets up the surface of a case.</summary>
    /// <param name="film">1 at cells that lithium can be in.</param>
    /// <param name="solid">1 at cells that are there, 0 in voids.</param>
    /// <param name="ocv">The potential of the alloy; needed for all laws but a uniform current.</param>
    public ElectrodeSurface(IDevice device, GridLevel grid, Case @case, View<double> faceZ, SurfaceDiffusivity diffusivity, View<double> film, View<double> solid, OpenCircuitPotential? ocv)
    {
        (this.device, this.grid, this.faceZ, this.diffusivity, this.film, plane) = (device, grid, faceZ, diffusivity, film, grid.SurfacePlane);
        (shift, second, third) = (grid.Z * grid.Layout.StrideZ, -Math.Min(grid.Z - 1, 1) * grid.Layout.StrideZ, -Math.Min(grid.Z - 1, 2) * grid.Layout.StrideZ);
        relation = new SurfaceRelation(Plane(), Plane(), Plane(), Plane(), Plane(), Plane(), Plane());
        reaction = new SurfaceReaction(Plane(), Plane(), Plane(), Plane(), Plane(), Plane());
        (whole, conducts, before) = (Plane(), Plane(), Plane());
        device.Launch(new TakeFromCells(solid, whole, shift), plane);
        device.Launch(new TakeFromCells(film, conducts, shift), plane);
        (Area, FilmArea) = (Integral(whole), Integral(conducts));
        (inert, plates) = (FilmArea == 0, @case.OnSaturation == SaturationRule.Plate);
        // A given current enters where the film can take it; everywhere, where it can nowhere.
        (takes, takingArea) = inert ? (whole, Area) : (conducts, FilmArea);
        saturation = plates ? @case.Material.SaturationConcentration / @case.Material.MagnesiumConcentration : BeyondAlloy;
        PerRate = PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration;
        noCurrent = NoCurrent / PerRate;
        var kinetics = @case.Kinetics;
        IsSolved = plates || kinetics.Law != KineticsLaw.Uniform;
        if (kinetics.Law == KineticsLaw.Uniform)
            return;
        this.ocv = ocv ?? throw new ArgumentNullException(nameof(ocv));
        var fast = kinetics.Law == KineticsLaw.Potential;
        law = new ButlerVolmer(
            (fast ? FastExchange : kinetics.ExchangeCurrentDensity) / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration), fast ? 0.5 : kinetics.TransferCoefficient,
            PhysicalConstants.Faraday / (PhysicalConstants.Gas * @case.Temperature));
        (response, responseLoad) = (grid.Field<double>(), grid.Field<double>());
    }

    /// <summary>Current density of a rate of uptake, F c_Mg [A/m² over m/s].</summary>
    public double PerRate { get; }

    /// <summary>Whether a law is solved for on the surface; otherwise the current is uniform and all of it is taken up.</summary>
    public bool IsSolved { get; }

    /// <summary>Whether the surface has an electrode potential of its own.</summary>
    public bool HasPotential => ocv is not null;

    /// <summary>Area of the SE side.</summary>
    public double Area { get; }

    /// <summary>Area of its part through which lithium can enter the film.</summary>
    public double FilmArea { get; }

    /// <summary>What the alloy takes up, of the reaction as it stands (SE plane) [m/s].</summary>
    public View<double> Uptake => reaction.Uptake;

    /// <summary>Current over F c_Mg of the reaction as it stands, mean over the side [m/s].</summary>
    public double MeanCurrent => drive.Potential is null ? drive.Current : Integral(reaction.Current) / Area;

    /// <summary>φ of the reaction as it stands [V]; not a number where the current alone is given.</summary>
    public double ElectrodePotential => HasPotential ? potential : double.NaN;

    /// <summary>∫ f dA of a field of the SE plane.</summary>
    public double Integral(View<double> f) => device.Sum(new SurfaceProduct(f, whole, faceZ), plane);

    /// <summary>Begins a stage.</summary>
    /// <param name="given">Current or potential.</param>
    /// <param name="baseMetal">m of the stage's base (SE plane) [m].</param>
    /// <param name="length">τ [s]; 0 for the rate at an instant.</param>
    /// <param name="guess">The state whose electrode potential and uptake the reaction begins with.</param>
    public void Begin(SurfaceDrive given, View<double> baseMetal, double length, LithiumState guess)
    {
        (drive, metal, tau) = (given, baseMetal, Math.Max(length, NoTime));
        potential = given.Potential ?? (double.IsFinite(guess.Potential) ? guess.Potential : 0);
        if (HasPotential)
            device.Launch(new Fill<double>(response, 0), grid.Flat(1));
        if (IsSolved)
        {
            device.Launch(new Copy<double>(guess.Uptake, reaction.Uptake), plane);
            return;
        }
        device.Launch(new Scale(takes, reaction.Uptake, given.Current * Area / takingArea), plane);
        device.Launch(new Scale(takes, reaction.Current, given.Current * Area / takingArea), plane);
        device.Launch(new Fill<double>(reaction.Alloyed, 1), plane);
    }

    /// <summary>Solves the reaction for the x of the cells below.</summary>
    /// <param name="coupling">What stress does, linearised about x; null without.</param>
    /// <returns>Whether there is one that carries the current.</returns>
    public bool React(View<double> x, StressCoupling? coupling)
    {
        if (!IsSolved)
            return true;
        if (coupling is null)
            device.Launch(new DiffusiveRelation(x, film, diffusivity, relation, shift, second, grid.Widths[2][0]), plane);
        else
            coupling.Relate(x, film, diffusivity, faceZ, relation, plane, shift, second, third);
        device.Launch(new Copy<double>(relation.Below, before), plane);
        if (HasPotential && drive.Potential is null)
            return FindPotential();
        LaunchReaction();
        return true;
    }

    /// <summary>Solves (V + τ Σ_f T_f) x = load + τ A q with q linear about the x on entry.</summary>
    /// <param name="load">Right side without uptake; changed.</param>
    /// <param name="tz">Transmissibilities of low z faces; those beyond the cells are written.</param>
    /// <param name="varies">Whether x will vary along x and y.</param>
    /// <param name="tolerance">Residual to reach, relative to the right side.</param>
    /// <param name="reduction">Residual that is enough, relative to the first one.</param>
    public void Solve(DiffusionSystem system, View<double> x, View<double> load, View<double> tx, View<double> ty, View<double> tz, bool varies, double tolerance, double reduction)
    {
        device.Launch(new AddUptake(load, tz, x, reaction.Uptake, reaction.Slope, faceZ, shift, grid.Layout.StrideZ, tau), plane);
        system.Set(tx, ty, tz, tau, varies);
        system.Solve(load, x, tolerance, reduction);
        if (!IsSolved)
            return;
        var change = HasPotential && drive.Potential is null ? PotentialChange(system, x) : 0;
        potential += change;
        device.Launch(new FollowSolution(reaction, before, x, shift, change), plane);
    }

    /// <summary>Ends a stage: the total current is made exact, and what is not taken up becomes metal.</summary>
    /// <param name="resultMetal">m at the end of the stage [m].</param>
    /// <param name="metalRate">Its rate [m/s].</param>
    public void End(View<double> resultMetal, View<double> metalRate)
    {
        if (HasPotential && drive.Potential is null)
            device.Launch(new ShiftCurrent(reaction, takes, conducts, (drive.Current * Area - Integral(reaction.Current)) / takingArea), plane);
        device.Launch(new PlatedMetal(reaction, metal, resultMetal, metalRate, tau), plane);
    }

    /// <summary>Writes what the surface is at the end of a step.</summary>
    public void Save(LithiumState state)
    {
        device.Launch(new Copy<double>(reaction.Uptake, state.Uptake), plane);
        if (IsSolved)
            device.Launch(new SurfaceRatio(relation, reaction, conducts, state.SurfaceRatio, saturation), plane);
        (state.HasSurface, state.Current, state.Potential) = (IsSolved, MeanCurrent, ElectrodePotential);
    }

    private View<double> Plane() => grid.SurfaceField();

    private void LaunchReaction()
    {
        if (ocv is null)
            device.Launch(new GivenCurrent(relation, reaction, takes, conducts, metal, saturation, drive.Current * Area / takingArea, 1 / tau), plane);
        else
            ocv.React(law, relation, reaction, conducts, metal, saturation, plates, inert, drive.Potential is not null, potential, 1 / tau, plane);
    }

    /// <summary>The potential at which the reaction carries the current: Newton's method, halving where it leaves the interval that must hold it; the current falls as φ rises.</summary>
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
    /// The change of φ that keeps the total current as x moves from where the reaction was made linear to the system's solution, and its part of x: the system's answer to φ, a border of one column (Sherman and Morrison).
    /// </summary>
    private double PotentialChange(DiffusionSystem system, View<double> x)
    {
        device.Launch(new Fill<double>(responseLoad, 0), grid.Flat(1));
        device.Launch(new AddSurface(responseLoad, reaction.UptakeByPotential, faceZ, shift, tau), plane);
        system.Solve(responseLoad, response, ResponseTolerance);
        var missing = drive.Current * Area - Integral(reaction.Current) - device.Sum(new CurrentResponse(reaction, before, x, faceZ, shift, 1), plane);
        var perVolt = Integral(reaction.CurrentByPotential) + device.Sum(new CurrentResponse(reaction, before, response, faceZ, shift, 0), plane);
        var change = perVolt < 0 ? missing / perVolt : 0;
        device.Launch(new Axpby<double>(response, x, change, 1), grid.Flat(1));
        return change;
    }
}
