using MesoLiMg.Device;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>Who watches a simulation: writes files, shows progress.</summary>
public interface ISimulationObserver
{
    /// <summary>
    /// A step was accepted; <paramref name="row"/> are its scalars, in the order of <see cref="History.Columns"/>.
    /// </summary>
    void Stepped(Simulation simulation, ReadOnlySpan<double?> row);

    /// <summary>The state is one that should be written.</summary>
    void Reached(Simulation simulation);

    /// <summary>
    /// A step has ended, and the run can be taken up from the state as it is; fields derived from it may be older.
    /// </summary>
    void StepEnded(Simulation simulation)
    {
    }
}

/// <summary>
/// A case in time: lithium by adaptive steps, the mechanical equilibrium at each, exact ends of protocol steps. All
/// state lives on the device.
/// </summary>
public sealed partial class Simulation
{
    /// <summary>Accuracy of events, in shares of saturation and in volts.</summary>
    private const double EventTolerance = 1e-10;

    private const int MostEventTrials = 60;

    /// <summary>Negative x of this size are rounding of the linear solver.</summary>
    private const double SmallestRatio = 1e-9;

    private ISimulationObserver? observer;
    private readonly StepControl control;
    private readonly Case @case;
    private readonly LithiumClosure lithium;
    private readonly StageEvents events;
    private readonly double perCharge;
    private readonly List<(PlainStep Step, int Cycle)> protocol;
    private double initialContent, throughput, lastStep;
    private SurfaceDrive drive;
    private long diffusionBefore, couplingBefore, elasticityBefore;
    private double nextOutput;
    private long attempted;
    private int stagesDone;

    /// <summary>Time at which the protocol step that runs began; null between two of them.</summary>
    private double? stageStart;

    /// <summary>
    /// Of the protocol step that runs or has ended last, for whoever puts off its end: see <see
    /// cref="SimulationScalars"/>.
    /// </summary>
    private double lastStart = double.NaN, lastReach = double.NaN;
    private long lastEnd = StillRunning;
    private const long StillRunning = -1;

    private bool hasBegun;

    /// <summary>The step whose state was written last.</summary>
    private long written = -1;
    private readonly (double Last, string What) ocvLimit;
    private bool isBeyondOcv;

    /// <summary>Sets up a case on a device.</summary>
    /// <param name="initial">x at the start, cells with x fastest.</param>
    /// <param name="grains">Grains that were read from a file; others are made here.</param>
    /// <param name="cancel">Ends the setting up between its parts.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Simulation(
        IDevice device, CaseDocument document, double[] initial, GrainMap? grains = null,
            CancellationToken cancel = default)
    {
        (Device, Document, @case, ocvLimit) = (device, document, document.Case, document.OcvLimit);
        protocol = [.. ProtocolStep.InOrder(@case.Protocol)];
        Shape = GridShape.WithLayers(@case);
        var lateral = LateralFaces.Of(@case.Domain);
        var (periodicX, periodicY) = (lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic);
        Grid = new GridLevel(device, Shape.Film, periodicX, periodicY);
        grains ??= GrainGenerator.Of(@case);
        grains?.RequirePlanar(@case, document.Where);
        Materials = new Materials(device, @case, Grid, grains);
        Materials.RequireContact(Grid.X * Grid.Y, document.Where);
        Body = new BodyCheck(@case, Materials, document.Where);
        cancel.ThrowIfCancellationRequested();
        Stack = new FilmStack(device, @case, Grid, Materials);
        if (@case.Coupling != Model.Coupling.None)
            Mechanics = new ElasticitySolver(
                device, Stack.Grid, @case, HeldFaces.Of(@case), !Materials.Modulus.IsConstant, Materials.Crystals);
        cancel.ThrowIfCancellationRequested();
        var (film, ocv) = (new FilmTransport(device, Grid, Materials), OpenCircuitPotential.Of(device, document));
        if (@case.Coupling == Model.Coupling.TwoWay)
            Coupling = new StressCoupling(device, @case, film, Materials, Stack, Mechanics!, ocv);
        LithiumFluxes fluxes = Coupling is { } stressed ? stressed : new FickFluxes(device, film);
        Diffusion = new DiffusionSolver(device, @case, film, fluxes, Materials.Solid, ocv);
        cancel.ThrowIfCancellationRequested();
        var closure = new FaceClosure(device, Grid, @case);
        lithium = new LithiumClosure(device, film, closure, fluxes.AreLinear);
        Fields = NewFields();
        Files = new FileFields(device, Grid, @case.Material.MagnesiumConcentration);
        History = new History(device, Grid, @case, Fields, Diffusion, Mechanics, Materials.Solid);
        control = new StepControl(@case.Solver, Shape.SmallestSpacing);
        SetConcentration(initial);
        Fields.Prepare(Diffusion.State, null, false);
        var ahead = LookAhead.IsNeeded(@case)
            ? new LookAhead(NewFields(), Stack, Mechanics, Coupling?.EquilibriumTolerance)
            : null;
        events = new StageEvents(device, @case, Diffusion, lithium, ahead);
        perCharge = Diffusion.Surface.Area / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration);
        initialContent = Diffusion.Lithium;

        FilmFields NewFields() => new(device, @case, film, Materials, Stack, closure, lithium, ocv);
    }

    /// <summary>Device.</summary>
    public IDevice Device { get; }

    /// <summary>The case.</summary>
    public CaseDocument Document { get; }

    /// <summary>The grid as files describe it, with layers.</summary>
    public GridShape Shape { get; }

    /// <summary>The film's grid on the device.</summary>
    public GridLevel Grid { get; }

    /// <summary>The film with the layers that are meshed, the body that deforms.</summary>
    public FilmStack Stack { get; }

    /// <summary>Materials of cells.</summary>
    public Materials Materials { get; }

    /// <summary>Whether the body hangs together.</summary>
    public BodyCheck Body { get; }

    /// <summary>Lithium.</summary>
    public DiffusionSolver Diffusion { get; }

    /// <summary>Displacement; null when the case has no coupling.</summary>
    public ElasticitySolver? Mechanics { get; }

    /// <summary>What stress does to lithium; null where it does nothing.</summary>
    public StressCoupling? Coupling { get; }

    /// <summary>Derived fields of the state.</summary>
    public FilmFields Fields { get; }

    /// <summary>Those that files alone have.</summary>
    public FileFields Files { get; }

    /// <summary>Scalars.</summary>
    public History History { get; }

    /// <summary>Time [s].</summary>
    public double Time { get; private set; }

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Charge passed per area [C/m²], falling while stripping.</summary>
    public double Charge { get; private set; }

    /// <summary>Whether times and charges alone end the protocol's steps.</summary>
    public bool EndIsKnown => protocol.All(p =>
        (p.Step.Plate ?? p.Step.Strip) is not { Time: null, Capacity: null } && p.Step.Hold is not { Time: null });

    /// <summary>What the run met that the case did not ask for, one line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Number of the repetition that runs, 0 outside of them.</summary>
    public int Cycle { get; private set; }

    /// <summary>How much of the whole protocol is done, 0 to 1, as far as its ends are times or charges.</summary>
    public double Progress { get; private set; }
}
