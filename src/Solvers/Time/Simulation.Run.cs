using MesoLiMg.Device;
using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>A run, from the protocol down to one time step and what it reports.</summary>
public sealed partial class Simulation
{
    /// <summary>
    /// Runs the protocol, or what is left of it. A run that is cancelled finishes its step and has its state written
    /// first;
    /// before the first equilibrium there is no state, and it ends at once.
    /// </summary>
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
        if (Diffusion.Surface.HasPotential && SmallestRatioInFilm() <= 0)
            throw new InputException(
                "initial.x: is 0 in some cells, where the potential is infinite; "
                + "kinetics other than uniform ask for x > 0 at the start");
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
        (lastStart, lastReach, lastEnd) = (stage.Start, stage.Start, StillRunning);
        drive = new SurfaceDrive(stage.Current / Diffusion.Surface.PerRate, stage.HeldPotential);
        if (Diffusion.Surface.HasPotential)
            Diffusion.Begin(drive);
        // With the uptake of the step before: the new one has not bent the profile yet.
        events.Begin(stage, Charge);
        var (excess, found) = events.Furthest(Diffusion.State, Charge);
        var ended = excess >= 0;
        NoteEnd(stage, ended ? found : StageEvent.None);
        control.Restart();
        if (ended)
            End(found);
    }

    /// <param name="found">What ended the step of the protocol; nothing where its time or charge did.</param>
    private void End(StageEvent found) => (stagesDone, stageStart, lastEnd) = (stagesDone + 1, null, (long)found);

    /// <summary>
    /// Takes one time step, after as many trials as it needs, and notices what ends or is due with it.
    /// </summary>
    private void TakeStep(ProtocolStage stage)
    {
        attempted = Step + 1;
        var next = NextOutput();
        // An instant of output that rounding alone tells from the end of the protocol step is that end: there is no
        // time step that short.
        var isTheEnd = double.IsFinite(next) && Math.Abs(next - stage.End) <= SameInstant * next;
        var output = isTheEnd ? stage.End : next;
        var limit = Math.Min(stage.End, output);
        var (step, found) = LocateEvent(TryUntilAccepted(limit, output, next));
        var ended = found != StageEvent.None;
        var time = !ended && step >= limit - Time ? limit : Time + step;
        Progress = (stagesDone + stage.Done(time)) / protocol.Count;
        Advance(step, time);
        NoteEnd(stage, found);
        ended |= Time >= stage.End;
        var due = Time >= output || Step % (@case.Output.EverySteps ?? long.MaxValue) == 0;
        due |= ended && IsOutputEvent();
        if (IsNow(nextOutput))
            nextOutput += @case.Output.Every!.Value;
        if (ended)
            End(found);
        if (due)
            Write();
        observer!.StepEnded(this);
    }

    /// <summary>Tries steps until the error of one is small enough, and gives its length.</summary>
    /// <param name="limit">Time to which a step may go [s].</param>
    /// <param name="output">The instant at which the state is written next [s].</param>
    /// <param name="next">The same as the case has it [s].</param>
    private double TryUntilAccepted(double limit, double output, double next)
    {
        while (true)
        {
            var step = control.Next(limit - Time);
            var reach = output == next ? Math.Min(next, control.Reach(Time))
                : Math.BitIncrement(Math.Max(next, output));
            lastReach = Math.Max(lastReach, reach);
            var error = Diffusion.Try(step, drive);
            if (control.Accepts(step, IsPhysical() ? error : double.PositiveInfinity, LargestRatio()))
                return step;
        }
    }

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
        var when = later ? " before its time, charge or potential" : " at once";
        Notices.Add($"protocol step {stagesDone + 1}: {what} at t = {Time:g6} s, where the step ends{when}");
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
    private double NextCharge(double step)
    {
        var brought = drive.Potential is null ? drive.Current * step : Diffusion.NextCharge;
        return Diffusion.Surface.PerRate * brought;
    }

    /// <summary>
    /// When an event ends the protocol step within a time step, that is taken again up to the event: its length is the
    /// root
    /// of the excess of <see cref="StageEvents"/>, found by the Illinois method.
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
            step = TryShorter(low, high - above * (high - low) / (above - below));
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

    /// <summary>Tries a step towards an event, and one nearer to a step that converged where it does not.</summary>
    /// <returns>The length of the step that converged [s].</returns>
    /// <exception cref="RunException">None does.</exception>
    private double TryShorter(double low, double step)
    {
        for (var i = 0; i < MostEventTrials; i++, step = (low + step) / 2)
        {
            if (!double.IsInfinity(Diffusion.Try(step, drive)))
                return step;
        }
        throw new RunException("lithium and stress do not converge on the way to the end of the protocol step");
    }

    /// <summary>
    /// Whether no cell of the candidate has lost more lithium than it had, beyond rounding, or swung beyond saturation.
    /// </summary>
    private bool IsPhysical() =>
        Device.Min(new Kernels.Element<Kernels.Cell>(Diffusion.Next.X), Grid.Cells) >= -SmallestRatio
        && !events.Overshoots(Diffusion.Next);

    private double LargestRatio() => Device.Max(new Kernels.Magnitude<Kernels.Cell>(Diffusion.Next.X), Grid.Cells);

    private double SmallestRatioInFilm()
    {
        var inFilm = new Kernels.CellWhere(Diffusion.X, Diffusion.Film.Conducts, double.MaxValue);
        return Device.Min(inFilm, Grid.Cells);
    }

    /// <summary>x on surfaces and β of the accepted state, once, and the equilibrium with it.</summary>
    private EquilibriumResult Equilibrate(CancellationToken cancel = default)
    {
        Fields.Prepare(Diffusion.State, Mechanics, !hasBegun);
        if (Mechanics is null)
            return default;
        var result = Mechanics.Solve(Stack.Eigenstrain, Coupling?.EquilibriumTolerance, cancel);
        Mechanics.Accept();
        return result;
    }

    private void Report(EquilibriumResult equilibrium)
    {
        Fields.Update(Mechanics);
        var (diffusion, coupling) = (Diffusion.Iterations, Diffusion.Iteration?.Iterations ?? 0);
        var elasticity = Coupling?.CgIterations ?? 0;
        var row = History.Row(new StepReport(
            Step, Time, lastStep, stagesDone + 1, Cycle, Charge,
            equilibrium.Iterations + (int)(elasticity - elasticityBefore), equilibrium.NewtonSteps,
            equilibrium.Residual, diffusion - diffusionBefore, coupling - couplingBefore, BalanceError()));
        (diffusionBefore, couplingBefore, elasticityBefore) = (diffusion, coupling, elasticity);
        NoteThermodynamics();
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is { } value && !double.IsFinite(value))
                throw new RunException(
                    $"{History.Columns[i].Name} is {(double.IsNaN(value) ? "not a number" : "infinite")}");
        }
        observer!.Stepped(this, row);
    }

    /// <summary>Notes, once, that x has left the range that the open-circuit potential is for.</summary>
    private void NoteThermodynamics()
    {
        var (last, what) = ocvLimit;
        if (isBeyondOcv || double.IsPositiveInfinity(last))
            return;
        var largest = Device.Max(new Kernels.Element<Kernels.Closed>(Fields.X), Grid.Closed);
        isBeyondOcv = largest > last;
        if (isBeyondOcv)
            Notices.Add($"material.ocv: x comes to {largest:0.####} at t = {Time:g6} s; {what}");
    }

    /// <summary>
    /// Has the state written, unless it was. Nothing here changes the state: a run takes the same steps whenever it is
    /// written.
    /// </summary>
    private void Write()
    {
        if (written == Step)
            return;
        written = Step;
        Files.Update(Fields.X, Diffusion);
        Stack.UpdateFields();
        observer!.Reached(this);
    }

    private double BalanceError()
    {
        var scale = Math.Max(Diffusion.Film.Content(Diffusion.X), throughput * perCharge);
        return scale > 0 ? Math.Abs(Diffusion.Lithium - initialContent - Charge * perCharge) / scale : 0;
    }

    /// <summary>
    /// Where lithium metal would have plated long before the surface is full, which is where it begins here.
    /// </summary>
    private string BelowMetal() => Diffusion.Surface.HasPotential && Diffusion.State.Potential < 0
        ? FormattableString.Invariant($"; the electrode is at {Diffusion.State.Potential:g3} V against lithium metal, ")
            + "which begins to plate only where the surface is saturated"
        : "";

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
