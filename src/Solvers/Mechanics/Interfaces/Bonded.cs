namespace MesoLiMg.Solvers;

/// <summary>
/// u_t = 0, which <see cref="HeldFaces"/> sees to; the stress on the face is what the film's cells give.
/// </summary>
public sealed class BondedSide : SideLaw;
