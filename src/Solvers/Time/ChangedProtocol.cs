using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>
/// What of a protocol can be changed when a run is taken up: all that has not begun, and the end of the step that runs
/// or has just come to its time.
/// </summary>
public static class ChangedProtocol
{
    /// <summary>The numbers of the state with which a run goes on by a changed protocol.</summary>
    /// <param name="before">The protocol by which the state was computed.</param>
    /// <param name="now">The protocol from here on.</param>
    /// <param name="at">The numbers of the state.</param>
    /// <returns>The numbers, and why the result may not have the bits of a run that had the protocol from the start;
    /// null where it has them.</returns>
    /// <exception cref="InputException">What has begun would be another; the message says what, without the
    /// entry.</exception>
    public static (SimulationScalars Scalars, string? Unlike) TakeUp(
        IEnumerable<ProtocolStep> before, IEnumerable<ProtocolStep> now, SimulationScalars at)
    {
        var (old, other) = (ProtocolStep.InOrder(before).ToList(), ProtocolStep.InOrder(now).ToList());
        var running = !double.IsNaN(at.StageStart);
        var begun = (int)at.StagesDone + (running ? 1 : 0);
        for (var i = 0; i < begun; i++)
        {
            var isLast = i == begun - 1;
            var state = isLast && running ? "runs" : "has ended";
            if (i >= other.Count)
                throw new InputException($"protocol step {i + 1} {state} and cannot be taken away");
            if (IsSame(old[i], other[i]))
                continue;
            if (!isLast || old[i].Cycle != other[i].Cycle || !HasSameDrive(old[i].Step, other[i].Step))
                throw new InputException(
                    $"protocol step {i + 1} {state}, so that {(isLast ? "nothing but its end" : "nothing of it")} "
                    + "can be changed");
            return PutOff(i + 1, old[i], other[i].Step, at, running);
        }
        return (at, null);
    }

    private static (SimulationScalars Scalars, string? Unlike) PutOff(
        int number, (PlainStep Step, int Cycle) old, PlainStep now, SimulationScalars at, bool running)
    {
        var start = running ? at.StageStart : at.LastStart;
        if (double.IsNaN(start))
            throw new InputException(
                $"protocol step {number} has ended, and its state, which an earlier version wrote, does not say how; a "
                + "further step can be added instead");
        var (was, becomes) = (new ProtocolStage(old.Step, old.Cycle, start), new ProtocolStage(now, old.Cycle, start));
        if (becomes.End < at.Time)
            throw new InputException(
                $"protocol step {number} would be over at t = {becomes.End:g6} s, and the run is "
                + $"at t = {at.Time:g6} s");
        var unlike = Unlike(was, becomes, at);
        if (running)
            return (at, unlike);
        if (at.LastEnd == (long)StageEvent.None)
            return becomes.End > at.Time
                ? (at with { StagesDone = at.StagesDone - 1, StageStart = start, LastEnd = -1 }, unlike) : (at, unlike);
        return HasSameEvents(was, becomes)
            ? (at, unlike)
            : throw new InputException(
                $"protocol step {number} has ended by an event at t = {at.Time:g6} s, to which its time steps were "
                + "cut; a further step can be added instead");
    }

    /// <summary>Why the steps taken so far may be others than with the changed end from the start.</summary>
    private static string? Unlike(ProtocolStage was, ProtocolStage becomes, SimulationScalars at) =>
        double.IsNaN(at.LastReach)
            ? "an earlier version wrote the state, which does not say whether time steps were cut to meet the end of "
                + "the protocol step"
        : was.End < at.LastReach
            ? $"time steps were cut to meet the end at t = {was.End:g6} s that the protocol step had"
        : becomes.End < at.LastReach
            ? $"time steps would have been cut to meet the end at t = {becomes.End:g6} s"
        : was.Potential is null != becomes.Potential is null
            ? "with a cut-off potential the stress is solved once more in every step"
        : null;

    private static bool IsSame((PlainStep Step, int Cycle) one, (PlainStep Step, int Cycle) other) =>
        one.Cycle == other.Cycle && Parts(one.Step) == Parts(other.Step);

    /// <summary>
    /// The parts, whatever kind of record holds them: a step within a repetition is the same as one outside.
    /// </summary>
    private static (CurrentStep?, CurrentStep?, RestStep?, HoldStep?) Parts(PlainStep step) =>
        (step.Plate, step.Strip, step.Rest, step.Hold);

    /// <summary>Whether steps differ in their ends alone.</summary>
    private static bool HasSameDrive(PlainStep one, PlainStep other) => (one, other) switch
    {
        ({ Plate: { } a }, { Plate: { } b }) => a.Current == b.Current,
        ({ Strip: { } a }, { Strip: { } b }) => a.Current == b.Current,
        ({ Rest: not null }, { Rest: not null }) => true,
        ({ Hold: { } a }, { Hold: { } b }) => a.Potential == b.Potential,
        _ => false,
    };

    private static bool HasSameEvents(ProtocolStage one, ProtocolStage other) =>
        (one.Potential, one.Capacity, one.LeastCurrent, one.Until)
            == (other.Potential, other.Capacity, other.LeastCurrent, other.Until);
}
