using MesoLiMg.Model;

namespace MesoLiMg.Solvers;

/// <summary>What is left of a protocol at a state, as a protocol that begins there.</summary>
public static class ProtocolRest
{
    /// <summary>The rest; nothing where all has ended.</summary>
    /// <param name="protocol">The whole protocol.</param>
    /// <param name="at">The numbers of the state.</param>
    public static IReadOnlyList<ProtocolStep> Of(IReadOnlyList<ProtocolStep> protocol, SimulationScalars at)
    {
        List<ProtocolStep> rest = [];
        var (skip, running) = ((int)at.StagesDone, !double.IsNaN(at.StageStart));
        foreach (var step in protocol)
        {
            var inner = step.Repeat?.Steps ?? [step];
            var stages = inner.Count * (step.Repeat?.Times ?? 1);
            if (skip >= stages)
            {
                skip -= stages;
                continue;
            }
            var (cycles, first) = (skip / inner.Count, skip % inner.Count);
            var isBegun = first > 0 || running;
            if (isBegun)
            {
                rest.AddRange(inner.Skip(first).Select((part, i) => Alone(i == 0 && running ? Left(part, at) : part)));
                cycles++;
            }
            if (step.Repeat is { } repeat && repeat.Times > cycles)
                rest.Add(new() { Repeat = repeat with { Times = repeat.Times - cycles } });
            else if (!isBegun)
                rest.Add(step);
            (skip, running) = (0, false);
        }
        return rest;
    }

    private static ProtocolStep Alone(PlainStep part) =>
        new() { Plate = part.Plate, Strip = part.Strip, Rest = part.Rest, Hold = part.Hold };

    /// <summary>A step that has run for a while, without what has passed of its time and charge.</summary>
    private static PlainStep Left(PlainStep step, SimulationScalars at)
    {
        var (time, charge) = (at.Time - at.StageStart, Math.Abs(at.Charge - at.StageCharge));
        CurrentStep? Of(CurrentStep? drive) =>
            drive is null ? null : drive with { Time = drive.Time - time, Capacity = drive.Capacity - charge };
        return new()
        {
            Plate = Of(step.Plate),
            Strip = Of(step.Strip),
            Rest = step.Rest is { } rest ? new() { Time = rest.Time - time } : null,
            Hold = step.Hold is { } hold ? hold with { Time = hold.Time - time, Capacity = hold.Capacity - charge }
                : null,
        };
    }
}
