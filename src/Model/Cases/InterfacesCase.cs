namespace MesoLiMg.Model;

public sealed record InterfacesCase
{
    [Parameter("Solid electrolyte side, z = height.")]
    public InterfaceCase Se { get; init; } = new();

    [Parameter("Collector side, z = 0; its normal displacement is zero.")]
    public InterfaceCase Collector { get; init; } = new();
}
