using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>How values are combined.</summary>
public enum Reduction { Sum, Max, Min }

/// <summary>
/// What a reduction has come to so far. Sums are kept to twice the precision, as a number and what its rounding left
/// over (Knuth's two-sum; Ogita, Rump and Oishi, SIAM J. Sci. Comput. 26 (2005) 1955), so that their order shows no
/// more in the result than if they were exact and then rounded: the same bits for any number of threads, any width of
/// lanes, and for a body that is turned or mirrored. (A result within some 1e-30 of the middle between two numbers
/// could still go either way.)
/// </summary>
public readonly struct PartialResult<L>(L value, L rest) where L : unmanaged, ILane<L, double>
{
    /// <summary>The number.</summary>
    public readonly L Value = value;

    /// <summary>What rounding left over of a sum.</summary>
    public readonly L Rest = rest;

    /// <summary>Before the first value.</summary>
    public static PartialResult<L> Start(Reduction how) =>
        new(L.Of(how == Reduction.Sum ? 0 : how == Reduction.Max ? double.NegativeInfinity : double.PositiveInfinity),
        L.Of(0));

    /// <summary>The result, rounded.</summary>
    public L Rounded => Value + Rest;

    /// <summary>With one more value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PartialResult<L> With(L next, Reduction how)
    {
        if (how != Reduction.Sum)
            return new(how == Reduction.Max ? L.Max(Value, next) : L.Min(Value, next), Rest);
        var sum = Value + next;
        var taken = sum - Value;
        return new(sum, Rest + ((Value - (sum - taken)) + (next - taken)));
    }

    /// <summary>Both together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PartialResult<L> With(in PartialResult<L> other, Reduction how)
    {
        var both = With(other.Value, how);
        return new(both.Value, both.Rest + other.Rest);
    }
}
