using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>
/// How nodes of a fine and a coarse level relate along one axis. A coarse level keeps some of the fine nodes, the first
/// and the last among them, and leaves out one or two between neighbours; an axis may also stay as it is. What belongs
/// to node i is entry i+1, and nothing tells which end of the axis is the low one: the entries of the mirrored axis are
/// the mirror image of these, to the bit.
/// </summary>
/// <param name="parent">Per fine node: the lower one of the two coarse nodes that it lies between.</param>
/// <param name="weights">Per fine node: the weights of these two, two arrays one after the other.</param>
/// <param name="fineLength">Length of one of these arrays.</param>
/// <param name="around">Per coarse node: the fine nodes from two below to two above the one that it keeps, five arrays
/// one after the other: across the ends of a periodic axis, and the kept one itself in place of those without a
/// weight.</param>
/// <param name="shares">Per coarse node: its weights at these fine nodes, likewise.</param>
/// <param name="length">Length of one of these arrays.</param>
/// <param name="reaches">Per coarse node: how many fine nodes on either side it has a share in, 0 to 2.</param>
/// <param name="reach">The largest of these; 0 where the axis stays as it is.</param>
public readonly struct AxisTransfer<T>(View<int> parent, View<T> weights, int fineLength, View<int> around,
    View<T> shares, int length, View<int> reaches, int reach) where T : unmanaged
{
    public readonly View<int> Parent = parent, Around = around, Reaches = reaches;
    public readonly View<T> Weights = weights, Shares = shares;
    public readonly int FineLength = fineLength, Length = length, Reach = reach;

    /// <summary>1 where fine nodes lie between two coarse ones, 0 where each is one.</summary>
    public int Between => Reach > 0 ? 1 : 0;

    /// <summary>Where the arrays of the fine node d away from a kept one have the entry of a coarse node.</summary>
    public int Entry(int d, int node) => (d + 2) * Length + node + 1;
}

/// <summary>The three axes of a transfer.</summary>
public readonly struct Transfer<T>(AxisTransfer<T> x, AxisTransfer<T> y, AxisTransfer<T> z) where T : unmanaged
{
    public readonly AxisTransfer<T> X = x, Y = y, Z = z;

    /// <summary>
    /// Σ (w_x w_y) Σ w_z f over the fine nodes around the one that the coarse node at <paramref name="p"/> keeps. In
    /// the plane opposite ones are added first, then what a quarter turn makes of them, and the two rings that mirror
    /// images exchange to each other: the sum has the same bits when x and y are exchanged or run backward.
    /// </summary>
    /// <param name="origin">Index of the fine node (0, 0, 0).</param>
    /// <param name="strideZ">Distance of planes; 0 where there is one alone.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Gathered<L>(View<T> fine, int origin, int strideY, int strideZ, in Point<Node> p)
        where L : unmanaged, ILane<L, T>
    {
        var reachY = L.Integer(Y.Reaches, p.Y + 1);
        var reach = X.Reach > reachY ? X.Reach : reachY;
        var (sum, skew) = (L.Of(0), L.Of(0));
        for (var a = 0; a <= reach; a++)
        {
            for (var b = 0; b <= (a > 0 ? reach : 0); b++)
            {
                var (even, odd, dx, dy) = (L.Of(0), L.Of(0), a, b);
                for (var quarter = 0; quarter < (a > 0 ? 4 : 1); quarter++)
                {
                    var term = Term<L>(fine, origin, strideY, strideZ, p, dx, dy, reachY);
                    (even, odd, dx, dy) = (odd, even + term, -dy, dx);
                }
                if (b == 0 || b == a)
                    sum += even + odd;
                else
                    skew += even + odd;
            }
        }
        return sum + skew;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private L Term<L>(View<T> fine, int origin, int strideY, int strideZ, in Point<Node> p, int dx, int dy, int reachY)
        where L : unmanaged, ILane<L, T>
    {
        if (dx * dx > X.Reach * X.Reach || dy * dy > reachY * reachY)
            return L.Of(0);
        var (atX, atY) = (X.Entry(dx, p.X), Y.Entry(dy, p.Y));
        var row = origin + strideY * L.Integer(Y.Around, atY);
        var column = L.Gather(fine, row + strideZ * L.Integer(Z.Around, Z.Entry(0, p.Z)), X.Around, atX);
        for (var d = 1; strideZ > 0 && d <= L.Integer(Z.Reaches, p.Z + 1); d++)
        {
            var (low, high) = (Z.Entry(-d, p.Z), Z.Entry(d, p.Z));
            var (below, above) = (row + strideZ * L.Integer(Z.Around, low), row + strideZ * L.Integer(Z.Around, high));
            column += L.GatherBetween(fine, below, above, L.Uniform(Z.Shares, low), L.Uniform(Z.Shares, high),
                X.Around, atX);
        }
        return L.Load(X.Shares, atX) * L.Uniform(Y.Shares, atY) * column;
    }
}
