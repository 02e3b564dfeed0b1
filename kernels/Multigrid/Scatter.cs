namespace MesoLiMg.Kernels;

/// <summary>
/// A start vector for eigenvalue estimates: 1/(t + 1/20) without its mean, where t is the fractional part of a sum of
/// irrational multiples of the coordinates. (t alone has one frequency and its overtones are weak; the peaks have some
/// twenty strong ones.) Coordinates along x and y are counted from the middle, so that mirroring the grid or exchanging
/// its axes maps the vector to itself or its negative, to the bit, or where <paramref name="mirrorX"/> and <paramref
/// name="mirrorY"/> differ to that with both exchanged.
/// </summary>
/// <param name="u">The vector, the result.</param>
/// <param name="lastX">x of the last node; likewise <paramref name="lastY"/>.</param>
/// <param name="mirrorX">1 where the vector is its own mirror image across the middle of x, -1 where it is the negative
/// of that; likewise <paramref name="mirrorY"/>.</param>
/// <param name="exchange">The same for exchanging x and y.</param>
public readonly struct Scatter<T>(Field<Node, T> u, int lastX, int lastY, double mirrorX, double mirrorY,
    double exchange) : IKernel<Node, T> where T : unmanaged
{
    // Powers of the root of g⁴ = g + 1, whose multiples fill a cube evenly.
    private const double First = 0.8191725133961645, Second = 0.6710436067037893, Third = 0.5497004779019703;
    private const double Shift = 0.05, Mean = 3.044522437723423;

    public void Execute<L>(in Point<Node> p) where L : unmanaged, ILane<L, T>
    {
        var (x, y) = (L.Of(2) * L.Ramp(p.X) - L.Of(lastX), L.Of(2 * p.Y - lastY));
        var (fromX, fromY, signX, signY) = (L.Abs(x), L.Abs(y), Sign(x), Sign(y));
        u.Set(p, Component.X, Where(mirrorX, signX) * Where(-mirrorY, signY) * Peaks(fromX, fromY, p.Z));
        var across = Where(-mirrorX, signX) * Where(-mirrorY, signY) * Where(-exchange, Sign(fromX - fromY));
        u.Set(p, Component.Z, across * Peaks(L.Min(fromX, fromY), L.Max(fromX, fromY), p.Z));
        if (u.Components == 3)
            u.Set(p, Component.Y, L.Of(exchange) * Where(-mirrorX, signX) * Where(mirrorY, signY) * Peaks(
                fromY, fromX, p.Z));
    }

    /// <summary>The sign where the parity is 1, else 1.</summary>
    private static L Where<L>(double parity, L sign) where L : unmanaged, ILane<L, T> =>
        L.MulAdd(L.Of((1 + parity) / 2), sign, L.Of((1 - parity) / 2));

    private static L Sign<L>(L a) where L : unmanaged, ILane<L, T> =>
        L.IfGreater(a, L.Of(0), L.Of(1), L.IfGreater(L.Of(0), a, L.Of(-1), L.Of(0)));

    private static L Peaks<L>(L own, L other, int z) where L : unmanaged, ILane<L, T>
    {
        var t = own * L.Of(First) + (other * L.Of(Second) + L.Of(Third * z));
        return L.Of(1) / (t - L.Floor(t) + L.Of(Shift)) - L.Of(Mean);
    }
}
