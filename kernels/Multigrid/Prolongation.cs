namespace MesoLiMg.Kernels;

/// <summary>
/// u ← u + P u_coarse, multilinear: first along z, then the four corners of the plane, those that lie opposite each
/// other first, which gives the same bits when x and y are exchanged or run backward.
/// </summary>
/// <param name="coarse">u_coarse, whose ghosts are filled.</param>
/// <param name="fine">u, of as many components.</param>
/// <param name="transfer">How the nodes of the two relate.</param>
public readonly struct Prolongate<T>(
    Field<Node, T> coarse, Field<Node, T> fine, Transfer<T> transfer) : IKernel<Node, T> where T : unmanaged
{
    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var first = coarse.Layout.Index(0, L.Integer(transfer.Y.Parent, p.Y + 1),
            L.Integer(transfer.Z.Parent, p.Z + 1));
        for (var c = 0; c < fine.Components; c++)
        {
            var (even, odd) = (L.Of(0), L.Of(0));
            for (var dy = 0; dy <= transfer.Y.Between; dy++)
            {
                for (var dx = 0; dx <= transfer.X.Between; dx++)
                {
                    var corner = Corner<L>(first + c * coarse.Layout.Length, p, dx, dy);
                    if (dx == dy)
                        even += corner;
                    else
                        odd += corner;
                }
            }
            fine.Set(p, c, fine.At<L>(p, c) + (even + odd));
        }
    }

    private L Corner<L>(int first, in Point<Node> p, int dx, int dy) where L : unmanaged, ILane<L, T>
    {
        var row = first + dx + dy * coarse.Layout.StrideY;
        var (low, high) = (L.Uniform(transfer.Z.Weights, p.Z + 1),
            L.Uniform(transfer.Z.Weights, transfer.Z.FineLength + p.Z + 1));
        var along = L.GatherBetween(coarse.Values, row, row + coarse.Layout.StrideZ * transfer.Z.Between, low, high,
            transfer.X.Parent, p.X + 1);
        return L.Load(transfer.X.Weights, dx * transfer.X.FineLength + p.X + 1) * L.Uniform(
            transfer.Y.Weights, dy * transfer.Y.FineLength + p.Y + 1) * along;
    }
}
