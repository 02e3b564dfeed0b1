namespace MesoLiMg.Model;

/// <summary>t = 0: nothing holds the film along the side.</summary>
public sealed record Frictionless : InterfaceLaw
{
    public static readonly InterfaceLawKind Kind = new("frictionless", _ => new Frictionless(), "slide");
}
