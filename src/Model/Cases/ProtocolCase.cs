namespace MesoLiMg.Model;

/// <summary>Exactly one of its entries.</summary>
public record PlainStep
{
    [Parameter("Take up lithium at a given current; with on_saturation: stop ends early when the SE surface is "
        + "saturated.")]
    public CurrentStep? Plate { get; init; }

    [Parameter("Give lithium back at a given current; ends early when the SE surface is empty.")]
    public CurrentStep? Strip { get; init; }

    [Parameter("No current.")]
    public RestStep? Rest { get; init; }

    [Parameter("Hold the electrode at a given potential (kinetics: butler-volmer or potential).")]
    public HoldStep? Hold { get; init; }
}

/// <summary>Exactly one of its entries.</summary>
public sealed record ProtocolStep : PlainStep
{
    [Parameter("Repeat steps, as in cycles of plate and strip.")]
    public RepeatStep? Repeat { get; init; }

    /// <summary>
    /// The steps of a protocol one after the other, with the number of their cycle: 0 outside of repetitions, else from
    /// 1.
    /// </summary>
    public static IEnumerable<(PlainStep Step, int Cycle)> InOrder(IEnumerable<ProtocolStep> protocol) =>
        protocol.SelectMany(step => step.Repeat is not { } repeat
        ? [(step, 0)]
        : Enumerable.Range(1, repeat.Times).SelectMany(cycle => repeat.Steps.Select(inner => (inner, cycle))));
}

public sealed record RepeatStep
{
    [Parameter("How often.", Unit = "1", Min = 1, Max = 100000, Required = true)]
    public int Times { get; init; } = 1;

    [Parameter("What is repeated.", Required = true)]
    public IReadOnlyList<PlainStep> Steps { get; init; } = [];
}

/// <summary>Ends at the first condition met.</summary>
public sealed record CurrentStep
{
    [Parameter("Current density at the SE side, positive in both directions.", Unit = "A/m^2", Display = "mA/cm^2",
        Min = 0, Required = true)]
    public double Current { get; init; }

    [Parameter("Ends after this time.", Unit = "s", Min = 0, AboveMin = true)]
    public double? Time { get; init; }

    [Parameter("Ends after this charge per area.", Unit = "C/m^2", Display = "mAh/cm^2", Min = 0, AboveMin = true)]
    public double? Capacity { get; init; }

    [Parameter("saturation: ends when c reaches c_max at the SE surface; empty: when it reaches zero there.")]
    public SurfaceEvent? Until { get; init; }

    [Parameter("Ends when the electrode potential falls (plate) or rises (strip) to this value.", Unit = "V",
        Display = "V")]
    public double? Potential { get; init; }
}

/// <summary>Ends at the first condition met.</summary>
public sealed record HoldStep
{
    [Parameter("Electrode potential against lithium metal; an alloy that is all but empty has about 1 V.", Unit = "V",
        Display = "mV", Required = true, Min = -1, Max = 1.2)]
    public double Potential { get; init; }

    [Parameter("Ends after this time.", Unit = "s", Min = 0, AboveMin = true)]
    public double? Time { get; init; }

    [Parameter("Ends after this charge per area, in either direction.", Unit = "C/m^2", Display = "mAh/cm^2", Min = 0,
        AboveMin = true)]
    public double? Capacity { get; init; }

    [Parameter("Ends when the current density, in either direction, falls below this value.", Unit = "A/m^2",
        Display = "mA/cm^2", Min = 1e-5)]
    public double? Current { get; init; }
}

public enum SurfaceEvent { Saturation, Empty }

public sealed record RestStep
{
    [Parameter("Ends after this time.", Unit = "s", Min = 0, AboveMin = true, Required = true)]
    public double Time { get; init; } = 1;
}
