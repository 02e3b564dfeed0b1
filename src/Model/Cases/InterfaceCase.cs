namespace MesoLiMg.Model;

public enum NormalLaw { Pressure, Punch }

/// <summary>
/// Tangential law of a side, and the normal load on the SE side; docs/theory.md. The entries of each law are declared
/// in its file in the folder Interfaces.
/// </summary>
public sealed partial record InterfaceCase
{
    [Parameter("Tangential law; layer: the neighbour is meshed as an elastic layer that is bonded to the film.")]
    public InterfaceLawName Law { get; init; } = InterfaceLawName.Default;

    [Parameter("Pressure on the SE side.", Unit = "Pa", Display = "MPa", Order = 1000)]
    public double Pressure { get; init; }

    [Parameter("SE side: a pressure, or a rigid flat punch with that mean pressure.", Order = 1001)]
    public NormalLaw Normal { get; init; } = NormalLaw.Pressure;
}
