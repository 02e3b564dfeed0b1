using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Tools;

namespace MesoLiMg.Studies.Runs;

/// <summary>What a run will take, as far as the case says: time, snapshots, time steps, disk. Estimates.</summary>
internal sealed class RunPlan
{
    /// <summary>Instants nearer to each other than this share are one.</summary>
    private const double Same = 1e-9;

    private readonly Case @case;
    private readonly bool isBound, isByOutput;
    private readonly double leastSteps;

    /// <summary>Reckons with the protocol of a case.</summary>
    public RunPlan(Case @case)
    {
        (this.@case, var output) = (@case, @case.Output);
        var (stages, ends) = (ProtocolStep.InOrder(@case.Protocol).ToArray(), 0.0);
        for (var i = 0; i < stages.Length; i++)
        {
            var (seconds, bound) = Length(stages[i].Step);
            isBound |= bound;
            if (seconds is null)
                Unknown ??= i + 1;
            Seconds += seconds ?? 0;
            leastSteps += LeastSteps(seconds ?? 0);
            var isEvent = output.AtEndOf == OutputEvent.Step || (output.AtEndOf == OutputEvent.Cycle
                && (stages[i].Cycle == 0 || i + 1 == stages.Length || stages[i + 1].Cycle != stages[i].Cycle));
            ends += (isEvent || i + 1 == stages.Length) && !IsMultiple(Seconds, output.Every) ? 1 : 0;
        }
        var instants = Math.Floor(Seconds / (output.Every ?? double.PositiveInfinity) * (1 + Same))
            + output.At.Count(at => at > 0 && at < Seconds);
        isByOutput = instants > leastSteps;
        leastSteps = Math.Max(leastSteps, instants);
        Snapshots = 1 + instants + ends + (output.EverySteps is { } every ? Math.Floor(leastSteps / every) : 0);
        (Expected, AtLeast) = SnapshotSize.Of(@case);
    }

    /// <summary>Time of all steps of the protocol whose end is known, or bounded by the film's capacity [s].</summary>
    public double Seconds { get; }

    /// <summary>Number of the first step of the protocol whose end cannot be known; null without.</summary>
    public int? Unknown { get; }

    /// <summary>Snapshots, about; at least so many where time steps are counted.</summary>
    public double Snapshots { get; }

    /// <summary>Bytes of one of them.</summary>
    public double Expected { get; }

    private double AtLeast { get; }

    /// <summary>The time of the protocol in words.</summary>
    public string Time => @case.Protocol.Count == 0 ? "none: the equilibrium of the initial state alone"
        : Unknown is { } step ? $"{People.Number(Seconds)} s and more: when step {step} ends is not known beforehand"
        : isBound ? $"{People.Number(Seconds)} s at most"
        : $"{People.Number(Seconds)} s, unless events end steps early";

    /// <summary>The snapshots in words.</summary>
    public string Output
    {
        get
        {
            var isLeast = Unknown is not null || @case.Output.EverySteps is not null;
            var about = isLeast ? "at least" : isBound ? "at most" : "about";
            var isPlain = @case.Output.Compression == 0;
            var each = isPlain ? "uncompressed" : "compression may make them a third smaller or larger";
            var all = About(Snapshots * Expected);
            return $"{about} {Count(Snapshots)} of {About(Expected)}, {all} in all (estimate; {each})";
        }
    }

    /// <summary>The time steps in words, and where the number is from.</summary>
    public string Steps
    {
        get
        {
            if (@case.Protocol.Count == 0)
                return "0";
            if (@case.Solver.TimeStep is not null)
                return $"about {Count(leastSteps)} (time over solver.time_step)";
            var why = isByOutput ? "one for each time of output" : "if they grow as fast as they may";
            return $"at least {Count(leastSteps)} ({why}; how many more the error decides)";
        }
    }

    /// <summary>Refuses snapshots that the disk cannot hold, however well they compress.</summary>
    /// <param name="folder">Folder of the run, which need not be there; what it holds is replaced or continued.</param>
    /// <returns>Bytes free on the disk; null where the system does not say.</returns>
    /// <exception cref="InputException">The disk has less free.</exception>
    public long? RequireRoom(string folder)
    {
        var free = DiskSpace.FreeAbove(folder);
        // The start may be the same everywhere, and then takes next to nothing.
        if (free is { } bytes && (Snapshots - 1) * AtLeast > bytes + SnapshotSize.InFolder(folder))
            throw new InputException($"output: {Count(Snapshots)} snapshots of about {About(Expected)} are "
                + $"{About(Snapshots * Expected)} (estimate), and the disk of '{folder}' "
                + $"has {DiskSpace.Size(bytes)} free; {Advice}");
        return free;
    }

    /// <summary>A warning where snapshots may not fit; null where they will.</summary>
    public string? Warning(string folder, long? free) =>
        free is not { } bytes || Snapshots * Expected <= bytes + SnapshotSize.InFolder(folder)
            ? null
            : $"output: snapshots of {About(Snapshots * Expected)} (estimate) may not fit on the disk of '{folder}', "
                + $"which has {DiskSpace.Size(bytes)} free; {Advice}";

    /// <summary>An estimated size for people, to two digits.</summary>
    private static string About(double bytes) => DiskSpace.Size(Units.Rounded(bytes, 2));

    private static string Count(double number) => number < 1e7 ? $"{number:N0}" : $"{number:0.#e0}";

    private string Advice => (@case.Output.Every is not null ? "a longer output.every" : "fewer cells")
        + ", fewer output.fields or output.precision: single need less";

    private static bool IsMultiple(double time, double? every) =>
        every is { } step && Math.Abs(time / step - Math.Round(time / step)) <= Same * (1 + time / step);

    /// <summary>How long a step of the protocol takes [s], null where nothing bounds it.</summary>
    private (double? Seconds, bool IsBound) Length(PlainStep step)
    {
        if (step.Rest is { } rest)
            return (rest.Time, false);
        if (step.Hold is { } hold)
            return (hold.Time, hold.Time is not null);
        var drive = step.Plate ?? step.Strip!;
        if ((drive.Time, drive.Capacity) is not (null, null))
        {
            var byCharge = drive.Capacity / drive.Current ?? double.PositiveInfinity;
            return (Math.Min(drive.Time ?? double.PositiveInfinity, byCharge), false);
        }
        // What the film can take or give; lithium metal has no such bound, and a body with voids another one.
        var height = GridShape.Lengths(@case.Domain)[^1];
        var full = PhysicalConstants.Faraday * @case.Material.SaturationConcentration * height;
        var hasBound = @case.OnSaturation == SaturationRule.Stop && !GrainMap.IsCut(@case);
        return hasBound ? (full / drive.Current, true) : (null, false);
    }

    /// <summary>
    /// Time steps that a step of the protocol takes at the least: each is at most three times the one before.
    /// </summary>
    private double LeastSteps(double seconds)
    {
        const double growth = 3, diffusivity = 1e-12;
        if (seconds == 0)
            return 0;
        if (@case.Solver.TimeStep is { } given)
            return Math.Ceiling(seconds / given * (1 - Same));
        var spacing = GridShape.Of(@case.Domain).SmallestSpacing;
        var first = Math.Min(spacing * spacing / diffusivity, 1);
        var grown = Math.Ceiling(Math.Log(1 + seconds * (growth - 1) / first) / Math.Log(growth) * (1 - Same));
        var longest = @case.Solver.MaxTimeStep ?? double.PositiveInfinity;
        return Math.Max(Math.Max(1, grown), Math.Ceiling(seconds / longest * (1 - Same)));
    }
}
