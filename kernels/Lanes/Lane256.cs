using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MesoLiMg.Kernels;

/// <summary>A host lane of 256 bits: four points of double precision or eight of single.</summary>
public readonly struct Lane256<T>(Vector256<T> v) : ILane<Lane256<T>, T> where T : unmanaged
{
    private readonly Vector256<T> v = v;

    public static int Width => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane256<T> Load(View<T> view, int i) => new(Vector256.Load(view.At(i)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(View<T> view, int i, Lane256<T> value) => value.v.Store(view.At(i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane256<T> LoadSingle(View<float> view, int i)
    {
        if (typeof(T) == typeof(float))
            return new(Vector256.Load(view.At(i)).As<float, T>());
        var (low, high) = Vector128.Widen(Vector128.Load(view.At(i)));
        return new(Vector256.Create(low, high).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreSingle(View<float> view, int i, Lane256<T> value)
    {
        if (typeof(T) == typeof(float))
            value.v.AsSingle().Store(view.At(i));
        else
            Vector128.Narrow(value.v.AsDouble().GetLower(), value.v.AsDouble().GetUpper()).Store(view.At(i));
    }

    /// <summary>
    /// Where the map rises slowly, as it does between grids, what the points need lies in one register or in two, which
    /// are loaded as a whole: less than a lane beyond the last element that is needed, where arrays have room.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane256<T> Gather(View<T> view, int offset, View<int> map, int i)
    {
        if (Avx2.IsSupported)
        {
            var steps = Steps(map, i);
            var from = view.At(offset + *map.At(i));
            if (Vector256.LessThanAll(steps, Vector256.Create((uint)Width)))
                return new(Spread(Vector256.Load(from), steps));
            if (Vector256.LessThanAll(steps, Vector256.Create(2 * (uint)Width)))
                return new(Spread(Vector256.Load(from), Vector256.Load(from + Width), steps));
        }
        return OneByOne(view, offset, map, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane256<T> GatherBetween(View<T> view, int low, int high, Lane256<T> lowShare,
        Lane256<T> highShare, View<int> map, int i)
    {
        if (Avx2.IsSupported)
        {
            var (steps, first) = (Steps(map, i), *map.At(i));
            if (Vector256.LessThanAll(steps, Vector256.Create((uint)Width)))
                return new(Spread(Between(view, low + first, high + first, lowShare, highShare), steps));
            if (Vector256.LessThanAll(steps, Vector256.Create(2 * (uint)Width)))
                return new(Spread(Between(view, low + first, high + first, lowShare, highShare),
                    Between(view, low + first + Width, high + first + Width, lowShare, highShare), steps));
        }
        return MulAdd(highShare, OneByOne(view, high, map, i), lowShare * OneByOne(view, low, map, i));
    }

    public static unsafe Lane256<T> Lookup(View<T> table, Lane256<T> index)
    {
        var (at, result) = (index.v, Vector256<T>.Zero);
        for (var k = 0; k < Width; k++)
            ((T*)&result)[k] = *table.At((int)Convert<T>.ToDouble(((T*)&at)[k]));
        return new(result);
    }

    public static unsafe Lane256<T> LoadInteger(View<int> view, int i)
    {
        var result = Vector256<T>.Zero;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(*view.At(i + k)));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Of(double value) => new(Vector256.Create(Convert<T>.From(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane256<T> Uniform(View<T> table, int k) => new(Vector256.Create(*table.At(k)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int Integer(View<int> map, int k) => *map.At(k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Ramp(int i) => new(Vector256.Create(Convert<T>.From(i)) + Vector256<T>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator +(Lane256<T> a, Lane256<T> b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> a, Lane256<T> b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator *(Lane256<T> a, Lane256<T> b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator /(Lane256<T> a, Lane256<T> b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> operator -(Lane256<T> a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> MulAdd(Lane256<T> a, Lane256<T> b, Lane256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Sqrt(Lane256<T> a) => new(Vector256.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Abs(Lane256<T> a) => new(Vector256.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Min(Lane256<T> a, Lane256<T> b) => new(Vector256.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Max(Lane256<T> a, Lane256<T> b) => new(Vector256.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> Floor(Lane256<T> a) => typeof(T) == typeof(float)
        ? new(Vector256.Floor(a.v.AsSingle()).As<float, T>())
        : new(Vector256.Floor(a.v.AsDouble()).As<double, T>());

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane256<T> Exp(Lane256<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Exp(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane256<T> Log(Lane256<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Log(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane256<T> IfGreater(Lane256<T> a, Lane256<T> b, Lane256<T> yes, Lane256<T> no) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(a.v, b.v), yes.v, no.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Between(View<T> view, int low, int high, Lane256<T> lowShare, Lane256<T> highShare) =>
        MulAdd(highShare, Load(view, high), lowShare * Load(view, low)).v;

    /// <summary>
    /// map[i], map[i+1], ... less map[i], one in the place of each point; numbers below zero become large ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<uint> Steps(View<int> map, int i)
    {
        var at = map.At(i);
        return typeof(T) == typeof(float)
            ? (Vector256.Load(at) - Vector256.Create(*at)).AsUInt32()
            : Avx2.ConvertToVector256Int64((Vector128.Load(at) - Vector128.Create(*at)).AsUInt32()).AsUInt32();
    }

    /// <summary>
    /// Elements of single precision go by their numbers, the halves of those in double precision by twice theirs and
    /// one more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Spread(Vector256<T> run, Vector256<uint> steps)
    {
        var halves = typeof(T) == typeof(float) ? steps.AsInt32()
            : ((steps.AsInt64() << 1 | steps.AsInt64() << 33) + Vector256.Create(1L << 32)).AsInt32();
        return Avx2.PermuteVar8x32(run.AsSingle(), halves).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Spread(Vector256<T> run, Vector256<T> next, Vector256<uint> steps)
    {
        var inNext = typeof(T) == typeof(float)
            ? Vector256.GreaterThan(steps.AsInt32(), Vector256.Create(Width - 1)).As<int, T>()
            : Vector256.GreaterThan(steps.AsInt64(), Vector256.Create(Width - 1L)).As<long, T>();
        return Vector256.ConditionalSelect(inNext, Spread(next, steps), Spread(run, steps));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Lane256<T> OneByOne(View<T> view, int offset, View<int> map, int i)
    {
        var from = view.At(offset);
        var at = map.At(i);
        if (typeof(T) == typeof(float))
        {
            var single = (float*)from;
            return new(Vector256.Create(single[at[0]], single[at[1]], single[at[2]], single[at[3]], single[at[4]],
                single[at[5]], single[at[6]], single[at[7]]).As<float, T>());
        }
        var real = (double*)from;
        return new(Vector256.Create(real[at[0]], real[at[1]], real[at[2]], real[at[3]]).As<double, T>());
    }
}
