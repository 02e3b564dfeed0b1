namespace MesoLiMg.Solvers;

/// <summary>
/// A meshed neighbour: its cells belong to the grid, and at its far side another law acts. What it does to the film is
/// known from the film's cells only.
/// </summary>
/// <param name="farSide">The law of its far side.</param>
public sealed class LayerSide(SideLaw farSide) : SideLaw
{
    /// <inheritdoc/>
    public override INonlinearTerm? Term => farSide.Term;

    /// <inheritdoc/>
    public override void Close(IFaceStress face)
    {
    }
}
