namespace MesoLiMg.Kernels;

/// <summary>
/// r_coarse ← Pᵀ r: full weighting with the transpose of <see cref="Prolongate{T}"/> (Briggs, Henson and McCormick, A
/// Multigrid Tutorial, chapter 3, without the factor that belongs to finite differences).
/// </summary>
/// <param name="fine">r at the fine nodes.</param>
/// <param name="coarse">The result at the coarse ones, of as many components.</param>
/// <param name="transfer">How the nodes of the two relate.</param>
public readonly struct RestrictFullWeighting<T>(
    Field<Node, T> fine, Field<Node, T> coarse, Transfer<T> transfer) : IKernel<Node, T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var from = fine.Layout;
        for (var c = 0; c < coarse.Components; c++)
            coarse.Set(p, c, transfer.Gathered<L>(
                fine.Values, from.Origin + c * from.Length, from.StrideY, from.StrideZ, p));
    }
}

/// <summary>
/// Springs of a coarse face: those of the fine nodes, shared out as <see cref="RestrictFullWeighting{T}"/> does; the
/// total stiffness is kept. Launched on the nodes of the coarse side.
/// </summary>
/// <param name="fine">Springs of the fine side, all components [N/m].</param>
/// <param name="coarse">Those of the coarse side, the result.</param>
/// <param name="transfer">How the nodes of the two relate.</param>
public readonly struct RestrictSprings<T>(
    Field<Side, T> fine, Field<Side, T> coarse, Transfer<T> transfer) : IKernel<Node, T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var (from, at) = (fine.Layout, p.OnSide(coarse.Layout));
        for (var c = 0; c < coarse.Components; c++)
            coarse.Set(at, c, transfer.Gathered<L>(fine.Values, from.Origin + c * from.Length, from.StrideY, 0, p));
    }
}
