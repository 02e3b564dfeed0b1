using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MesoLiMg.Kernels;

/// <summary>A host lane of 512 bits: eight points of double precision or sixteen of single.</summary>
public readonly struct Lane512<T>(Vector512<T> v) : ILane<Lane512<T>, T> where T : unmanaged
{
    private readonly Vector512<T> v = v;

    public static int Width => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane512<T> Load(View<T> view, int i) => new(Vector512.Load(view.At(i)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(View<T> view, int i, Lane512<T> value) => value.v.Store(view.At(i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane512<T> LoadSingle(View<float> view, int i)
    {
        if (typeof(T) == typeof(float))
            return new(Vector512.Load(view.At(i)).As<float, T>());
        var (low, high) = Vector256.Widen(Vector256.Load(view.At(i)));
        return new(Vector512.Create(low, high).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreSingle(View<float> view, int i, Lane512<T> value)
    {
        if (typeof(T) == typeof(float))
            value.v.AsSingle().Store(view.At(i));
        else
            Vector256.Narrow(value.v.AsDouble().GetLower(), value.v.AsDouble().GetUpper()).Store(view.At(i));
    }

    /// <summary>
    /// Where the map rises slowly, as it does between grids, what the points need lies in one register or in two, which
    /// are loaded as a whole: less than a lane beyond the last element that is needed, where arrays have room.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane512<T> Gather(View<T> view, int offset, View<int> map, int i)
    {
        if (Avx512F.IsSupported)
        {
            var steps = Steps(map, i);
            var from = view.At(offset + *map.At(i));
            if (Vector512.LessThanAll(steps, Vector512.Create((uint)Width)))
                return new(Spread(Vector512.Load(from), steps));
            if (Vector512.LessThanAll(steps, Vector512.Create(2 * (uint)Width)))
                return new(Spread(Vector512.Load(from), Vector512.Load(from + Width), steps));
        }
        return OneByOne(view, offset, map, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane512<T> GatherBetween(View<T> view, int low, int high, Lane512<T> lowShare,
        Lane512<T> highShare, View<int> map, int i)
    {
        if (Avx512F.IsSupported)
        {
            var (steps, first) = (Steps(map, i), *map.At(i));
            if (Vector512.LessThanAll(steps, Vector512.Create((uint)Width)))
                return new(Spread(Between(view, low + first, high + first, lowShare, highShare), steps));
            if (Vector512.LessThanAll(steps, Vector512.Create(2 * (uint)Width)))
                return new(Spread(Between(view, low + first, high + first, lowShare, highShare),
                    Between(view, low + first + Width, high + first + Width, lowShare, highShare), steps));
        }
        return MulAdd(highShare, OneByOne(view, high, map, i), lowShare * OneByOne(view, low, map, i));
    }

    public static unsafe Lane512<T> Lookup(View<T> table, Lane512<T> index)
    {
        var (at, result) = (index.v, Vector512<T>.Zero);
        for (var k = 0; k < Width; k++)
            ((T*)&result)[k] = *table.At((int)Convert<T>.ToDouble(((T*)&at)[k]));
        return new(result);
    }

    public static unsafe Lane512<T> LoadInteger(View<int> view, int i)
    {
        var result = Vector512<T>.Zero;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(*view.At(i + k)));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Of(double value) => new(Vector512.Create(Convert<T>.From(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane512<T> Uniform(View<T> table, int k) => new(Vector512.Create(*table.At(k)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int Integer(View<int> map, int k) => *map.At(k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Ramp(int i) => new(Vector512.Create(Convert<T>.From(i)) + Vector512<T>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator +(Lane512<T> a, Lane512<T> b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator -(Lane512<T> a, Lane512<T> b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator *(Lane512<T> a, Lane512<T> b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator /(Lane512<T> a, Lane512<T> b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> operator -(Lane512<T> a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> MulAdd(Lane512<T> a, Lane512<T> b, Lane512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Sqrt(Lane512<T> a) => new(Vector512.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Abs(Lane512<T> a) => new(Vector512.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Min(Lane512<T> a, Lane512<T> b) => new(Vector512.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Max(Lane512<T> a, Lane512<T> b) => new(Vector512.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> Floor(Lane512<T> a) => typeof(T) == typeof(float)
        ? new(Vector512.Floor(a.v.AsSingle()).As<float, T>())
        : new(Vector512.Floor(a.v.AsDouble()).As<double, T>());

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane512<T> Exp(Lane512<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Exp(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane512<T> Log(Lane512<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Log(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane512<T> IfGreater(Lane512<T> a, Lane512<T> b, Lane512<T> yes, Lane512<T> no) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(a.v, b.v), yes.v, no.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Between(View<T> view, int low, int high, Lane512<T> lowShare, Lane512<T> highShare) =>
        MulAdd(highShare, Load(view, high), lowShare * Load(view, low)).v;

    /// <summary>
    /// map[i], map[i+1], ... less map[i], one in the place of each point; numbers below zero become large ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<uint> Steps(View<int> map, int i)
    {
        var at = map.At(i);
        return typeof(T) == typeof(float)
            ? (Vector512.Load(at) - Vector512.Create(*at)).AsUInt32()
            : Avx512F.ConvertToVector512Int64((Vector256.Load(at) - Vector256.Create(*at)).AsUInt32()).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Spread(Vector512<T> run, Vector512<uint> steps) => typeof(T) == typeof(float)
        ? Avx512F.PermuteVar16x32(run.AsSingle(), steps.AsInt32()).As<float, T>()
        : Avx512F.PermuteVar8x64(run.AsDouble(), steps.AsInt64()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Spread(Vector512<T> run, Vector512<T> next, Vector512<uint> steps) =>
        typeof(T) == typeof(float)
        ? Avx512F.PermuteVar16x32x2(run.AsSingle(), steps.AsInt32(), next.AsSingle()).As<float, T>()
        : Avx512F.PermuteVar8x64x2(run.AsDouble(), steps.AsInt64(), next.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe Lane512<T> OneByOne(View<T> view, int offset, View<int> map, int i)
    {
        var from = view.At(offset);
        var at = map.At(i);
        if (typeof(T) == typeof(float))
        {
            var single = (float*)from;
            return new(Vector512.Create(single[at[0]], single[at[1]], single[at[2]], single[at[3]], single[at[4]],
                single[at[5]], single[at[6]], single[at[7]], single[at[8]], single[at[9]], single[at[10]],
                single[at[11]], single[at[12]], single[at[13]], single[at[14]], single[at[15]]).As<float, T>());
        }
        var real = (double*)from;
        return new(Vector512.Create(real[at[0]], real[at[1]], real[at[2]], real[at[3]], real[at[4]], real[at[5]],
            real[at[6]], real[at[7]]).As<double, T>());
    }
}
