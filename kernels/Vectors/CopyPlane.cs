namespace MesoLiMg.Kernels;

/// <summary>x[p] ← x[p + shift] at every component: fills ghosts and repeated nodes of a periodic axis.</summary>
/// <param name="x">The field.</param>
/// <param name="shift">Elements to the point that is copied.</param>
public readonly struct CopyPlane<TPlace, T>(Field<TPlace, T> x, int shift) : IKernel<TPlace, T>
    where TPlace : struct, IPlace where T : unmanaged
{
    public void Execute<L>(in Point<TPlace> p) where L : unmanaged, ILane<L, T>
    {
        for (var c = 0; c < x.Components; c++)
        {
            var i = p.Index + c * x.Layout.Length;
            L.Store(x.Values, i, L.Load(x.Values, i + shift));
        }
    }
}
