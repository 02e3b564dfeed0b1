namespace MesoLiMg.Model;

/// <summary>u_t = 0: nothing moves along the side.</summary>
public sealed record Bonded : InterfaceLaw
{
    public static readonly InterfaceLawKind Kind = new("bonded", _ => new Bonded());

    public override bool HoldsFilm => true;
}
