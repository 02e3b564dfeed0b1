namespace MesoLiMg.Solvers;

/// <summary>t = 0.</summary>
public sealed class FrictionlessSide : SideLaw
{
    /// <inheritdoc/>
    public override void Close(IFaceStress face)
    {
        face.SetPressure();
        face.ClearShear();
    }
}
