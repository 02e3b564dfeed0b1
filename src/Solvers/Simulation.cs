using MesoLiMg.Device;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>Who watches a simulation: writes files, shows progress.</summary>
public interface ISimulationObserver
{
    /// <summary>A step was accepted; <paramref name="row"/> are its scalars, in the order of <see cref="History.Columns"/>.</summary>
    void Stepped(Simulation simulation, ReadOnlySpan<double?> row);

    /// <summary>The state is one that should be written.</summary>
    void Reached(Simulation simulation);

    /// <summary>A step has ended, and the run can be taken up from the state as it is; fields derived from it may be older.</summary>
    void StepEnded(Simulation simulation)
    {
    }
}

/// <summary>
/// A case in time: lithium by adaptive steps, the mechanical equilibrium at each, exact ends of protocol steps. All state lives on the device.
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

    private bool hasBegun;

    /// <summary>The step whose state was written last.</summary>
    private long written = -1;
    private bool isBeyondOcv;

    /// <summary>Sets up a case on a device.</summary>
    /// <param name="initial">x at the start, cells with x fastest.</param>
    /// <param name="grains">Grains that were read from a file; others are made here.</param>
    /// <param name="cancel">Ends the setting up between its parts.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Simulation(IDevice device, CaseDocument document, double[] initial, GrainMap? grains = null, CancellationToken cancel = default)
    {
        (Device, Document, @case) = (device, document, document.Case);
        protocol = [.. ProtocolStep.InOrder(@case.Protocol)];
        Shape = GridShape.WithLayers(@case);
        var lateral = LateralFaces.Of(@case.Domain);
        Grid = new GridLevel(device, Shape.Film, lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic);
        grains ??= GrainGenerator.Of(@case);
        grains?.RequirePlanar(@case, document.Where);
        Materials = new Materials(device, @case, Grid, grains);
        Materials.RequireContact(Grid.X * Grid.Y, document.Where);
        cancel.ThrowIfCancellationRequested();
        Stack = new FilmStack(device, @case, Grid, Materials);
        Fields = new FilmFields(device, Grid, document, Materials, Stack);
        Diffusion = new DiffusionSolver(device, Grid, @case, Materials, Fields.Ocv);
        cancel.ThrowIfCancellationRequested();
        if (@case.Coupling != Coupling.None)
            Mechanics = new ElasticitySolver(device, Stack.Grid, @case, HeldFaces.Of(@case), !Materials.Modulus.IsConstant, Materials.Crystals);
        if (@case.Coupling == Coupling.TwoWay)
            Diffusion.Coupling = new StressCoupling(device, Grid, @case, Materials, Stack, Mechanics!, @case.Material.Thermodynamics == Thermodynamics.Ocv ? Fields.Ocv : null);
        cancel.ThrowIfCancellationRequested();
        History = new History(device, Grid, @case, Fields, Diffusion, Mechanics, Materials.Solid);
        control = new StepControl(@case.Solver, Shape.SmallestSpacing);
        SetConcentration(initial);
        events = new StageEvents(device, Grid, @case, Diffusion, Stack, Mechanics, Fields, History);
        perCharge = Diffusion.Surface.Area / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration);
        initialContent = Diffusion.Lithium;
        RefuseImpossible();
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

    /// <summary>Lithium.</summary>
    public DiffusionSolver Diffusion { get; }

    /// <summary>Displacement; null when the case has no coupling.</summary>
    public ElasticitySolver? Mechanics { get; }

    /// <summary>Derived fields of the state.</summary>
    public FilmFields Fields { get; }

    /// <summary>Scalars.</summary>
    public History History { get; }

    /// <summary>Time [s].</summary>
    public double Time { get; private set; }

    /// <summary>Steps done.</summary>
    public long Step { get; private set; }

    /// <summary>Charge passed per area [C/m²], falling while stripping.</summary>
    public double Charge { get; private set; }

    /// <summary>Whether times and charges alone end the protocol's steps.</summary>
    public bool EndIsKnown => protocol.All(p => (p.Step.Plate ?? p.Step.Strip) is not { Time: null, Capacity: null } && p.Step.Hold is not { Time: null });

    /// <summary>What the run met that the case did not ask for, one line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Number of the repetition that runs, 0 outside of them.</summary>
    public int Cycle { get; private set; }

    /// <summary>How much of the whole protocol is done, 0 to 1, as far as its ends are times or charges.</summary>
    public double Progress { get; private set; }

    /// <summary>Runs the protocol, or what is left of it. A run that is cancelled finishes its step and has its state written first; before the first equilibrium there is no state, and it ends at once.</summary>
    /// <exception cref="RunException">It cannot go on; the message names the step.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(ISimulationObserver watching, CancellationToken cancel = default)
    {
        observer = watching;
        Describe(() =>
        {
            if (!hasBegun)
                Begin(cancel);
            while (stagesDone < protocol.Count)
                RunStage(cancel);
            Write();
        });
    }

    private void Begin(CancellationToken cancel)
    {
        if (Diffusion.Surface.HasPotential && Device.Min(new Kernels.ElementWhere(Diffusion.X, Diffusion.Conducts, double.MaxValue), Grid.Cells) <= 0)
            throw new InputException("initial.x: is 0 in some cells, where the potential is infinite; kinetics other than uniform ask for x > 0 at the start");
        Report(Equilibrate(cancel));
        (hasBegun, nextOutput) = (true, @case.Output.Every ?? double.PositiveInfinity);
        Write();
    }

    private void RunStage(CancellationToken cancel)
    {
        var (step, cycle) = protocol[stagesDone];
        var stage = new ProtocolStage(step, cycle, stageStart ?? Time);
        if (stageStart is null)
            Begin(stage);
        else
            events.Continue(stage);
        while (stageStart is not null)
        {
            if (cancel.IsCancellationRequested)
            {
                Write();
                cancel.ThrowIfCancellationRequested();
            }
            TakeStep(stage);
        }
    }

    private void Begin(ProtocolStage stage)
    {
        (Cycle, stageStart) = (stage.Cycle, stage.Start);
        drive = new SurfaceDrive(stage.Current / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration), stage.HeldPotential);
        if (Diffusion.Surface.HasPotential)
            Diffusion.Begin(drive);
        // With the uptake of the step before: the new one has not bent the profile yet.
        events.Begin(stage, Charge);
        var (excess, found) = events.Furthest(Diffusion.State, Charge);
        var ended = excess >= 0;
        NoteEnd(stage, ended ? found : StageEvent.None);
        control.Restart();
        if (ended)
            End();
    }

    private void End() => (stagesDone, stageStart) = (stagesDone + 1, null);

    /// <summary>Takes one time step, after as many trials as it needs, and notices what ends or is due with it.</summary>
    private void TakeStep(ProtocolStage stage)
    {
        attempted = Step + 1;
        var output = NextOutput();
        var limit = Math.Min(stage.End, output);
        double step;
        bool accepted;
        do
        {
            step = control.Next(limit - Time);
            var error = Diffusion.Try(step, drive);
            accepted = control.Accepts(step, IsPhysical() ? error : double.PositiveInfinity, LargestRatio());
        }
        while (!accepted);
        (step, var found) = LocateEvent(step);
        var ended = found != StageEvent.None;
        var time = !ended && step >= limit - Time ? limit : Time + step;
        Progress = (stagesDone + stage.Done(time)) / protocol.Count;
        Advance(step, time);
        NoteEnd(stage, found);
        ended |= Time >= stage.End;
        var due = Time >= output || Step % (@case.Output.EverySteps ?? long.MaxValue) == 0 || (ended && IsOutputEvent());
        if (Time >= nextOutput)
            nextOutput += @case.Output.Every!.Value;
        if (ended)
            End();
        if (due)
            Write();
        observer!.StepEnded(this);
    }

    /// <summary>The next instant at which the state is to be written whatever happens [s].</summary>
    private double NextOutput()
    {
        var next = nextOutput;
        for (var i = 0; i < @case.Output.At.Count; i++)
            next = @case.Output.At[i] > Time ? Math.Min(next, @case.Output.At[i]) : next;
        return next;
    }

    /// <summary>Whether the end of the protocol step that runs is one at which the state is written.</summary>
    private bool IsOutputEvent() => @case.Output.AtEndOf switch
    {
        OutputEvent.Step => true,
        OutputEvent.Cycle => Cycle == 0 || stagesDone + 1 == protocol.Count || protocol[stagesDone + 1].Cycle != Cycle,
        _ => false,
    };

    /// <summary>Notes the end of a step that the case did not ask for: at another event, or at once.</summary>
    private void NoteEnd(ProtocolStage stage, StageEvent found)
    {
        var later = Time > stage.Start;
        if (found == StageEvent.None || (later && stage.AsksFor(found)))
            return;
        var what = found switch
        {
            StageEvent.SurfaceSaturated => "the SE surface is saturated at a point",
            StageEvent.SurfaceEmpty => "the SE surface is empty at a point",
            StageEvent.FilmSaturated => $"the film is saturated inside, at {events.Fullest()},",
            StageEvent.MetalGone => "there is no metal left to strip, and the film holds no lithium,",
            StageEvent.Current => "the current is below the cut-off",
            _ => "the SE surface is at the cut-off potential",
        };
        Notices.Add($"protocol step {stagesDone + 1}: {what} at t = {Time:g6} s, where the step ends{(later ? " before its time, charge or potential" : " at once")}");
    }

    private void Advance(double step, double time)
    {
        var charge = NextCharge(step);
        Diffusion.Accept();
        (Time, lastStep) = (time, step);
        Step++;
        Charge += charge;
        throughput += Math.Abs(charge);
        Report(Equilibrate());
    }

    /// <summary>Charge that the last step tried brings [C/m²].</summary>
    private double NextCharge(double step) => PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration * (drive.Potential is null ? drive.Current * step : Diffusion.NextCharge);

    /// <summary>
    /// When an event ends the protocol step within a time step, that is taken again up to the event: its length is the root of the excess of <see cref="StageEvents"/>, found by the Illinois method.
    /// </summary>
    private (double Step, StageEvent Found) LocateEvent(double step)
    {
        var (above, found) = events.Furthest(Diffusion.Next, Charge + NextCharge(step));
        if (above < 0)
            return (step, StageEvent.None);
        var (low, high, whole) = (0.0, step, step);
        var below = Math.Min(events.Furthest(Diffusion.State, Charge).Excess, -EventTolerance);
        for (var i = 0; i < MostEventTrials; i++)
        {
            step = high - above * (high - low) / (above - below);
            if (double.IsInfinity(Diffusion.Try(step, drive)))
                throw new RunException("lithium and stress do not converge on the way to the end of the protocol step");
            var (excess, at) = events.Furthest(Diffusion.Next, Charge + NextCharge(step));
            if (excess > -EventTolerance)
                found = at;
            if (Math.Abs(excess) < EventTolerance || high - low < EventTolerance * whole)
                break;
            if (excess > 0)
                (high, above, below) = (step, excess, below / 2);
            else
                (low, below, above) = (step, excess, above / 2);
        }
        return (step, found);
    }

    /// <summary>Whether no cell of the candidate has lost more lithium than it had, beyond rounding, or swung beyond saturation.</summary>
    private bool IsPhysical() => Device.Min(new Kernels.Element(Diffusion.Candidate, 0), Grid.Cells) >= -SmallestRatio && !events.Overshoots(Diffusion.Next);

    private double LargestRatio() => Device.Max(new Kernels.Magnitude(Diffusion.Candidate), Grid.Cells);

    private EquilibriumResult Equilibrate(CancellationToken cancel = default)
    {
        if (Mechanics is null)
            return default;
        Fields.PrepareMechanics(Diffusion.State, Diffusion, Mechanics, !hasBegun);
        var result = Mechanics.Solve(Stack.Eigenstrain, Diffusion.Coupling?.EquilibriumTolerance, cancel);
        Mechanics.Accept();
        return result;
    }

    private void Report(EquilibriumResult equilibrium)
    {
        Fields.Update(Diffusion.State, Diffusion, Mechanics);
        var (diffusion, coupling, elasticity) = (Diffusion.Iterations, Diffusion.Iteration?.Iterations ?? 0, Diffusion.Coupling?.CgIterations ?? 0);
        var row = History.Row(new StepReport(
            Step, Time, lastStep, stagesDone + 1, Cycle, Charge, equilibrium.Iterations + (int)(elasticity - elasticityBefore), equilibrium.NewtonSteps, equilibrium.Residual, diffusion - diffusionBefore, coupling - couplingBefore, BalanceError()));
        (diffusionBefore, couplingBefore, elasticityBefore) = (diffusion, coupling, elasticity);
        NoteThermodynamics();
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is { } value && !double.IsFinite(value))
                throw new RunException($"{History.Columns[i].Name} is {(double.IsNaN(value) ? "not a number" : "infinite")}");
        }
        observer!.Stepped(this, row);
    }

    /// <summary>Notes, once, that x has left the range that the open-circuit potential is for.</summary>
    private void NoteThermodynamics()
    {
        var (last, what) = Document.OcvLimit;
        if (isBeyondOcv || double.IsPositiveInfinity(last))
            return;
        var largest = Device.Max(new Kernels.Element(Fields.X, 0), Grid.Closed);
        isBeyondOcv = largest > last;
        if (isBeyondOcv)
            Notices.Add($"material.ocv: x comes to {largest:0.####} at t = {Time:g6} s; {what}");
    }

    /// <summary>Has the state written, unless it was. Nothing here changes the state: a run takes the same steps whenever it is written.</summary>
    private void Write()
    {
        if (written == Step)
            return;
        written = Step;
        Fields.UpdateFlux(Diffusion);
        Stack.UpdateFields();
        observer!.Reached(this);
    }

    private double BalanceError()
    {
        var scale = Math.Max(Diffusion.Content(Diffusion.X), throughput * perCharge);
        return scale > 0 ? Math.Abs(Diffusion.Lithium - initialContent - Charge * perCharge) / scale : 0;
    }

    /// <summary>Refuses what can be seen to be impossible before the first step.</summary>
    private void RefuseImpossible()
    {
        if (@case.OnSaturation == SaturationRule.Stop && Diffusion.ConductingVolume == 0)
            throw new InputException("regions: no cell is left that lithium can be in; phase 0 is the film (on_saturation: plate lets lithium metal grow on it)");
        if (@case.OnSaturation == SaturationRule.Stop && Diffusion.Surface.FilmArea == 0 && protocol.Any(p => p.Step.Hold is not null || (p.Step.Plate ?? p.Step.Strip) is { Current: > 0 }))
            throw new InputException("regions: the SE side is inert, so the current of the protocol has nowhere to go (on_saturation: plate lets lithium metal grow on it)");
    }

    /// <summary>Where lithium metal would have plated long before the surface is full, which is where it begins here.</summary>
    private string BelowMetal() => Diffusion.Surface.HasPotential && Diffusion.State.Potential < 0
        ? FormattableString.Invariant($"; the electrode is at {Diffusion.State.Potential:g3} V against lithium metal, which begins to plate only where the surface is saturated") : "";

    /// <summary>Errors on the way say at which step and time.</summary>
    private void Describe(Action run)
    {
        try
        {
            run();
        }
        catch (Exception e) when (e is RunException or DeviceException)
        {
            throw new RunException($"step {attempted} (t = {Time:g6} s): {e.Message}{BelowMetal()}", e);
        }
    }
}
