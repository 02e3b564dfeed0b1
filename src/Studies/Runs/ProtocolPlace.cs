using MesoLiMg.Model;

namespace MesoLiMg.Studies.Runs;

/// <summary>
/// A place in a protocol, as its case file counts: steps as they are written, those of a repetition once.
/// </summary>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Steps">How many there are.</param>
/// <param name="Kind">What the step does: plate, strip, rest or hold.</param>
/// <param name="Cycle">Number of the repetition, from 1; 0 outside of one.</param>
/// <param name="Cycles">How many repetitions there are.</param>
internal readonly record struct ProtocolPlace(int Step, int Steps, string Kind, int Cycle, int Cycles)
{
    /// <summary>Whether there is but one step, done once.</summary>
    public bool IsAlone => Steps == 1 && Cycles <= 1;

    /// <summary>The place of a step; null where the protocol has no such step, as that of a case without one.</summary>
    /// <param name="protocol">The protocol of a case.</param>
    /// <param name="number">The step among those that are done one after the other, from 1, as in the history.</param>
    public static ProtocolPlace? Of(IReadOnlyList<ProtocolStep> protocol, int number)
    {
        var (steps, before, left) = (protocol.Sum(Written), 0, number - 1);
        foreach (var step in protocol)
        {
            var (inner, cycles) = step.Repeat is { } repeat ? (repeat.Steps, repeat.Times) : ([step], 0);
            if (inner.Count > 0 && left / inner.Count < Math.Max(1, cycles))
                return new ProtocolPlace(
                    before + left % inner.Count + 1, steps, KindOf(inner[left % inner.Count]),
                    cycles == 0 ? 0 : left / inner.Count + 1, cycles);
            left -= inner.Count * Math.Max(1, cycles);
            before += inner.Count;
        }
        return null;
    }

    /// <summary>In words: <c>step 3 of 8 strip, cycle 2 of 50</c>.</summary>
    public override string ToString() =>
        $"step {Step} of {Steps} {Kind}{(Cycle == 0 ? "" : $", cycle {Cycle} of {Cycles}")}";

    private static int Written(ProtocolStep step) => step.Repeat?.Steps.Count ?? 1;

    private static string KindOf(PlainStep step) => step switch
    {
        { Plate: not null } => "plate",
        { Strip: not null } => "strip",
        { Hold: not null } => "hold",
        _ => "rest",
    };
}
