using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>What a step of the protocol remembers of its beginning.</summary>
/// <param name="Charge">Charge passed [C/m²].</param>
/// <param name="Metal">Largest metal on a face [m].</param>
/// <param name="SurfaceCeiling">
/// x over that of saturation at which the step ends, on the SE side; likewise <paramref name="FilmCeiling"/> inside.
/// </param>
internal readonly record struct StageMarks(double Charge, double Metal, double SurfaceCeiling, double FilmCeiling);

/// <summary>
/// The events that end a step of the protocol: how far a state is beyond each, negative before it. Looking writes no
/// field
/// that belongs to the accepted state.
/// </summary>
/// <param name="diffusion">Lithium.</param>
/// <param name="lithium">x of states on the body's surface.</param>
/// <param name="ahead">
/// Potentials of states that are tried; null where no step ends at a potential that asks for them.
/// </param>
internal sealed class StageEvents(
    IDevice device, Case @case, DiffusionSolver diffusion, LithiumClosure lithium, LookAhead? ahead)
{
    /// <summary>x beyond its bounds by so little is rounding, in units of saturation.</summary>
    private const double Slack = 1e-9;

    /// <summary>
    /// How far stress may fill a place inside beyond saturation while no lithium enters: it goes on for a while after
    /// the
    /// current has turned, and a full film must be one that can be stripped.
    /// </summary>
    private const double Settling = 0.01;

    private readonly GridLevel grid = diffusion.Film.Grid;
    private readonly double full = @case.Material.SaturationConcentration / @case.Material.MagnesiumConcentration;

    /// <summary>
    /// x beyond saturation inside by so little, in units of it, is what the iteration of a step leaves: under metal a
    /// film
    /// fills up to saturation and stays there.
    /// </summary>
    private readonly double remainder =
        diffusion.Iteration is null ? Slack : Math.Max(Slack, 10 * @case.Solver.CouplingTolerance);

    private readonly bool plates = @case.OnSaturation == SaturationRule.Plate;
    private ProtocolStage stage = null!;

    /// <summary>What the step of the protocol remembers of its beginning.</summary>
    public StageMarks Marks { get; set; }

    /// <summary>Goes on with a step of the protocol whose <see cref="Marks"/> are known.</summary>
    public void Continue(ProtocolStage running) => stage = running;

    /// <summary>Begins a step of the protocol with the accepted state.</summary>
    /// <param name="charge">Charge passed so far [C/m²].</param>
    public void Begin(ProtocolStage next, double charge)
    {
        stage = next;
        var largest = lithium.SurfaceExtremes(diffusion.State).Largest / full;
        // What is full already may stay so, but takes up nothing.
        var surfaceCeiling = stage.Current > 0 || largest < 1 ? 1 : largest + Slack;
        var filmCeiling = Math.Max(1, LargestInFilm(diffusion.State) / full) + remainder;
        Marks = new(charge, LargestMetal(diffusion.State), surfaceCeiling, filmCeiling);
    }

    /// <summary>The event that a state is furthest beyond, or nearest to.</summary>
    /// <param name="charge">Charge passed at the state [C/m²].</param>
    public (double Excess, StageEvent Event) Furthest(LithiumState state, double charge)
    {
        var furthest = new Furthermost();
        if (diffusion.Surface.FilmArea > 0)
            AddOfFilm(state, ref furthest);
        else if (stage.Current < 0 || stage.HeldPotential > 0)
            furthest.Add(
                Marks.Metal > 0 ? -device.Min(new Element<Surface>(state.Metal), grid.SurfacePlane) / Marks.Metal : 1,
                StageEvent.MetalGone);
        if (stage.Potential is { } cutOff && stage.Current != 0 && Potential(state) is { } potential)
            furthest.Add(Math.Sign(stage.Current) * (cutOff - potential), StageEvent.Potential);
        if (stage.Capacity is { } capacity)
            furthest.Add(Math.Abs(charge - Marks.Charge) / capacity - 1, StageEvent.Capacity);
        if (stage.LeastCurrent is { } least)
            furthest.Add(1 - Math.Abs(state.Current * diffusion.Surface.PerRate) / least, StageEvent.Current);
        return (furthest.Excess, furthest.Event);
    }

    /// <summary>
    /// Whether a state is beyond saturation inside the film and falling: that is the error of a step too long, no
    /// event.
    /// </summary>
    public bool Overshoots(LithiumState state)
    {
        var limit = Ceiling(state) * full;
        return LargestInFilm(state) > limit
            && device.Max(new ElementAbove<Cell>(state.X, state.Rate, limit), grid.Cells) <= 0;
    }

    /// <summary>Where the film is fullest, in words.</summary>
    public string Fullest()
    {
        var (x, largest) = (diffusion.X, LargestInFilm(diffusion.State));
        double Centre(double along, int axis) =>
            (device.Max(new PositionWhere(x, largest, along), grid.Cells) + 0.5) * grid.Widths[axis][0] * 1e9;
        var z = FormattableString.Invariant($"z = {Centre(0, 2):0.#} nm");
        var across = grid.Kind == DomainKind.Axisymmetric ? "r" : "x";
        return grid.Kind == DomainKind.Slab ? z : FormattableString.Invariant($"{across} = {Centre(1, 0):0.#} nm, {z}");
    }

    private void AddOfFilm(LithiumState state, ref Furthermost furthest)
    {
        var (largest, smallest) = lithium.SurfaceExtremes(state);
        if (!plates)
            furthest.Add(largest / full - Marks.SurfaceCeiling, StageEvent.SurfaceSaturated);
        else if (stage.Until == SurfaceEvent.Saturation)
            // The surface stays at saturation from here on; what the alloy does not take tells how far beyond.
            furthest.Add(
                LargestMetal(state) > 0
                    ? Math.Max(0, Largest(state.MetalRate) / state.Current)
                    : largest / full - Marks.SurfaceCeiling,
                StageEvent.SurfaceSaturated);
        if (stage.Current < 0 || stage.HeldPotential is not null)
            furthest.Add(-smallest / full, StageEvent.SurfaceEmpty);
        furthest.Add(LargestInFilm(state) / full - Ceiling(state), StageEvent.FilmSaturated);
    }

    private double? Potential(LithiumState state) =>
        diffusion.Surface.HasPotential ? state.Potential : ahead!.Potential(state, diffusion.Surface);

    /// <summary>x inside the film over that of saturation at which the step ends.</summary>
    private double Ceiling(LithiumState state)
    {
        var fills = stage.Current > 0 || (stage.HeldPotential is not null && state.Current > 0);
        return Marks.FilmCeiling + (fills ? 0 : Settling);
    }

    private double LargestInFilm(LithiumState state) => device.Max(new Element<Cell>(state.X), grid.Cells);

    private double LargestMetal(LithiumState state) => Largest(state.Metal);

    private double Largest(Field<Surface, double> onSurface) =>
        device.Max(new Element<Surface>(onSurface), grid.SurfacePlane);

    /// <summary>The event that is furthest, the first of those that are equally far.</summary>
    private struct Furthermost()
    {
        public double Excess { get; private set; } = -1;

        public StageEvent Event { get; private set; } = StageEvent.None;

        public void Add(double excess, StageEvent what)
        {
            if (excess > Excess)
                (Excess, Event) = (excess, what);
        }
    }
}
