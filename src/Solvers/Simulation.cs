using MesoLiMg.Device;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>Who watches a simulation: writes files, shows progress.</summary>
public interface ISimulationObserver
{
    /// <summary>A step was accepted; <paramref name="row"/> are its scalars.</summary>
    void Stepped(Simulation simulation, double?[] row);

    /// <summary>The state is one that should be written.</summary>
    void Reached(Simulation simulation);
}

/// <summary>
/// A case in time: lithium by adaptive steps, the mechanical equilibrium at each, exact ends of protocol steps. All state lives on the device.
/// </summary>
public sealed partial class Simulation
{
    /// <summary>Accuracy of events, in shares of saturation and in volts.</summary>
    private const double EventTolerance = 1e-10;

    private const int MostEventTrials = 60;

    /// <summary>How near to the cut-off a potential is at it [V].</summary>
    private const double CutOffTolerance = 1e-6;

    /// <summary>Negative x of this size are rounding of the linear solver.</summary>
    private const double SmallestRatio = 1e-9;

    private ISimulationObserver? observer;
    private readonly StepControl control;
    private readonly Case @case;
    private readonly double surfaceArea;
    private readonly List<(PlainStep Step, int Cycle)> protocol;
    private double initialContent, content, throughput;
    private double inflow, lastStep;
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
    public Simulation(IDevice device, CaseDocument document, double[] initial, GrainMap? grains = null)
    {
        (Device, Document, @case) = (device, document, document.Case);
        protocol = [.. ProtocolStep.InOrder(@case.Protocol)];
        Shape = GridShape.WithLayers(@case);
        var lateral = LateralFaces.Of(@case.Domain);
        Grid = new GridLevel(device, Shape.Film, lateral.XMax == LateralKind.Periodic, lateral.YMax == LateralKind.Periodic);
        Materials = new Materials(device, @case, Grid, grains ?? GrainGenerator.Of(@case));
        Stack = new FilmStack(device, @case, Grid, Materials);
        Diffusion = new DiffusionSolver(device, Grid, @case, Materials);
        if (@case.Coupling != Coupling.None)
            Mechanics = new ElasticitySolver(device, Stack.Grid, @case, HeldFacesOf(lateral), !Materials.Modulus.IsConstant, Materials.Crystals);
        Fields = new FilmFields(device, Grid, document, Materials, Stack);
        if (@case.Coupling == Coupling.TwoWay)
            Diffusion.Coupling = new StressCoupling(device, Grid, @case, Materials, Stack, Mechanics!, @case.Material.Thermodynamics == Thermodynamics.Ocv ? Fields.Ocv : null);
        History = new History(device, Grid, @case, Fields, Diffusion, Mechanics);
        control = new StepControl(@case.Solver, Shortest(Shape));
        SetConcentration(initial);
        surfaceArea = Diffusion.SurfaceArea;
        if (Diffusion.ConductingVolume == 0)
            throw new InputException("regions: no cell is left that lithium can be in; phase 0 is the film");
        if (Diffusion.InflowArea == 0 && protocol.Any(p => (p.Step.Plate ?? p.Step.Strip) is { Current: > 0 }))
            throw new InputException("regions: the SE side is inert, so the current of the protocol has nowhere to go");
        initialContent = content = Diffusion.Content(Diffusion.X);
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
    public bool EndIsKnown => protocol.All(p => (p.Step.Plate ?? p.Step.Strip) is not { Time: null, Capacity: null });

    /// <summary>What the run met that the case did not ask for, one line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Number of the repetition that runs, 0 outside of them.</summary>
    public int Cycle { get; private set; }

    /// <summary>How much of the whole protocol is done, 0 to 1, as far as its ends are times or charges.</summary>
    public double Progress { get; private set; }

    /// <summary>Runs the protocol, or what is left of it. A run that is cancelled finishes its step and has its state written first.</summary>
    /// <exception cref="RunException">It cannot go on; the message names the step.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Run(ISimulationObserver watching, CancellationToken cancel = default)
    {
        observer = watching;
        Describe(() =>
        {
            if (!hasBegun)
                Begin();
            while (stagesDone < protocol.Count)
                RunStage(cancel);
            Write();
        });
    }

    private void Begin()
    {
        Report(Equilibrate());
        (hasBegun, nextOutput) = (true, @case.Output.Every ?? double.PositiveInfinity);
        Write();
    }

    private void RunStage(CancellationToken cancel)
    {
        var (step, cycle) = protocol[stagesDone];
        var stage = new ProtocolStage(step, cycle, stageStart ?? Time);
        if (stageStart is null)
            Begin(stage);
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
        // With the flux of the step before: the new one has not bent the profile yet.
        var ended = Excess(stage, Diffusion.X) >= 0;
        NoteEnd(stage, ended);
        // The current is per area of the whole side; where part of it is inert, lithium enters faster through the rest.
        inflow = stage.Current == 0 ? 0 : stage.Current / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration) * surfaceArea / Diffusion.InflowArea;
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
            var error = Diffusion.Try(step, inflow);
            accepted = control.Accepts(step, IsPhysical() ? error : double.PositiveInfinity, LargestRatio());
        }
        while (!accepted);
        (step, var ended) = LocateEvent(stage, step);
        var time = !ended && step >= limit - Time ? limit : Time + step;
        Progress = (stagesDone + stage.Done(time)) / protocol.Count;
        Advance(step, time, stage.Current);
        NoteEnd(stage, ended);
        ended |= Time >= stage.End;
        var due = Time >= output || Step % (@case.Output.EverySteps ?? long.MaxValue) == 0 || (ended && IsOutputEvent());
        if (Time >= nextOutput)
            nextOutput += @case.Output.Every!.Value;
        if (ended)
            End();
        if (due)
            Write();
    }

    /// <summary>The next instant at which the state is to be written whatever happens [s].</summary>
    private double NextOutput() => @case.Output.At.Where(time => time > Time).Append(nextOutput).Min();

    /// <summary>Whether the end of the protocol step that runs is one at which the state is written.</summary>
    private bool IsOutputEvent() => @case.Output.AtEndOf switch
    {
        OutputEvent.Step => true,
        OutputEvent.Cycle => Cycle == 0 || stagesDone + 1 == protocol.Count || protocol[stagesDone + 1].Cycle != Cycle,
        _ => false,
    };

    /// <summary>Notes the end of a step that the case did not ask for: at an event on the SE surface, or at once.</summary>
    private void NoteEnd(ProtocolStage stage, bool ended)
    {
        if (!ended || (stage.Until is not null && Time > stage.Start))
            return;
        var atCutOff = stage.Potential is { } cutOff && Math.Sign(stage.Current) * (cutOff - History.SurfacePotential()) > -CutOffTolerance;
        if (atCutOff && Time > stage.Start)
            return;
        var why = atCutOff ? "at the cut-off potential" : stage.Current > 0 ? "saturated at a point" : "empty at a point";
        Notices.Add($"protocol step {stagesDone + 1}: the SE surface is {why} at t = {Time:g6} s, where the step ends{(Time > stage.Start ? " before its time, charge or potential" : " at once")}");
    }

    private void Advance(double step, double time, double current)
    {
        Diffusion.Accept();
        (Time, lastStep) = (time, step);
        Step++;
        Charge += current * step;
        throughput += Math.Abs(current) * step;
        Report(Equilibrate());
    }

    /// <summary>
    /// When an event ends the protocol step within a time step, that is taken again up to the event: its length is the root of <see cref="ProtocolStage.Excess"/>, found by the Illinois method.
    /// </summary>
    private (double Step, bool Ended) LocateEvent(ProtocolStage stage, double step)
    {
        var above = Excess(stage, Diffusion.Candidate);
        if (above < 0)
            return (step, false);
        var (low, high, whole) = (0.0, step, step);
        var below = Math.Min(Excess(stage, Diffusion.X), -EventTolerance);
        for (var i = 0; i < MostEventTrials; i++)
        {
            step = high - above * (high - low) / (above - below);
            if (double.IsInfinity(Diffusion.Try(step, inflow)))
                throw new RunException("lithium and stress do not converge on the way to the end of the protocol step");
            var excess = Excess(stage, Diffusion.Candidate);
            if (Math.Abs(excess) < EventTolerance || high - low < EventTolerance * whole)
                break;
            if (excess > 0)
                (high, above, below) = (step, excess, below / 2);
            else
                (low, below, above) = (step, excess, above / 2);
        }
        return (step, true);
    }

    private double Excess(ProtocolStage stage, Kernels.View<double> x)
    {
        var saturated = @case.Material.SaturationConcentration / @case.Material.MagnesiumConcentration;
        Fields.UpdateConcentration(x, Diffusion, inflow);
        var (largest, smallest) = Fields.SurfaceExtremes();
        return stage.Excess(largest / saturated, smallest / saturated, () =>
        {
            if (Mechanics is not null)
            {
                Fields.PrepareMechanics(x, Diffusion, Mechanics, inflow, false);
                Mechanics.Solve(Stack.Eigenstrain);
            }
            Fields.Update(x, Diffusion, Mechanics, inflow);
            return History.SurfacePotential();
        });
    }

    /// <summary>Whether no cell of the candidate has lost more lithium than it had, beyond rounding.</summary>
    private bool IsPhysical() => Device.Min(new Kernels.Element(Diffusion.Candidate, 0), Grid.Cells) >= -SmallestRatio;

    private double LargestRatio() => Device.Max(new Kernels.Magnitude(Diffusion.Candidate), Grid.Cells);

    private EquilibriumResult Equilibrate()
    {
        if (Mechanics is null)
            return default;
        Fields.PrepareMechanics(Diffusion.X, Diffusion, Mechanics, inflow, !hasBegun);
        var result = Mechanics.Solve(Stack.Eigenstrain);
        Mechanics.AcceptSlip();
        return result;
    }

    private void Report(EquilibriumResult equilibrium)
    {
        Fields.Update(Diffusion.X, Diffusion, Mechanics, inflow);
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
        Fields.UpdateFlux(Diffusion, inflow);
        Stack.UpdateFields();
        observer!.Reached(this);
    }

    private double BalanceError()
    {
        content = Diffusion.Content(Diffusion.X);
        var perCharge = surfaceArea / (PhysicalConstants.Faraday * @case.Material.MagnesiumConcentration);
        var scale = Math.Max(content, throughput * perCharge);
        return scale > 0 ? Math.Abs(content - initialContent - Charge * perCharge) / scale : 0;
    }

    private void SetConcentration(double[] initial)
    {
        var values = new double[Diffusion.X.Length];
        var i = 0;
        for (var z = 0; z < Grid.Z; z++)
            for (var y = 0; y < Grid.Y; y++)
                for (var x = 0; x < Grid.X; x++, i++)
                    values[Grid.Layout.Index(x, y, z)] = Materials.Holds(i) ? initial[i] : 0;
        Device.Upload<double>(values, Diffusion.X);
        Diffusion.Reset();
    }

    private HeldFaces HeldFacesOf(LateralFaces lateral)
    {
        const int x = 0, z = 1, y = 2;
        var held = new HeldFaces();
        void Side(int axis, bool high, LateralKind kind, int normal, int other)
        {
            if (kind is LateralKind.Symmetric or LateralKind.Clamped)
                held[axis, high, normal] = true;
            if (kind == LateralKind.Clamped)
                held[axis, high, other] = true;
        }
        Side(0, false, lateral.XMin, x, y);
        Side(0, true, lateral.XMax, x, y);
        if (Grid.HasY)
        {
            Side(1, false, lateral.YMin, y, x);
            Side(1, true, lateral.YMax, y, x);
        }
        held[2, false, z] = true;
        held[2, false, x] = held[2, false, y] = @case.Interfaces.Collector.OuterLaw == InterfaceLaw.Bonded;
        held[2, true, x] = held[2, true, y] = @case.Interfaces.Se.OuterLaw == InterfaceLaw.Bonded;
        return held;
    }

    private static double Shortest(GridShape shape) => Enumerable.Range(0, 3).Where(shape.Has).Min(axis => axis switch { 0 => shape.Spacing.X, 1 => shape.Spacing.Y, _ => shape.Spacing.Z });

    /// <summary>Errors on the way say at which step and time.</summary>
    private void Describe(Action run)
    {
        try
        {
            run();
        }
        catch (Exception e) when (e is RunException or DeviceException)
        {
            throw new RunException($"step {attempted} (t = {Time:g6} s): {e.Message}", e);
        }
    }
}
