using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MesoLiMg.Kernels;

/// <summary>A host lane of 128 bits: two points of double precision or four of single.</summary>
public readonly struct Lane128<T>(Vector128<T> v) : ILane<Lane128<T>, T> where T : unmanaged
{
    private readonly Vector128<T> v = v;

    public static int Width => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane128<T> Load(View<T> view, int i) => new(Vector128.Load(view.At(i)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(View<T> view, int i, Lane128<T> value) => value.v.Store(view.At(i));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane128<T> LoadSingle(View<float> view, int i)
    {
        var from = view.At(i);
        return typeof(T) == typeof(float) ? new(Vector128.Load(from).As<float, T>())
            : new(Vector128.Create((double)from[0], from[1]).As<double, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreSingle(View<float> view, int i, Lane128<T> value)
    {
        if (typeof(T) == typeof(float))
            value.v.AsSingle().Store(view.At(i));
        else
            Vector128.Narrow(value.v.AsDouble(), value.v.AsDouble()).GetLower().Store(view.At(i));
    }

    public static unsafe Lane128<T> Gather(View<T> view, int offset, View<int> map, int i)
    {
        var from = view.At(offset);
        var at = map.At(i);
        if (typeof(T) == typeof(float))
        {
            var single = (float*)from;
            return new(Vector128.Create(single[at[0]], single[at[1]], single[at[2]], single[at[3]]).As<float, T>());
        }
        var real = (double*)from;
        return new(Vector128.Create(real[at[0]], real[at[1]]).As<double, T>());
    }

    public static unsafe Lane128<T> Lookup(View<T> table, Lane128<T> index)
    {
        var (at, result) = (index.v, Vector128<T>.Zero);
        for (var k = 0; k < Width; k++)
            ((T*)&result)[k] = *table.At((int)Convert<T>.ToDouble(((T*)&at)[k]));
        return new(result);
    }

    public static unsafe Lane128<T> LoadInteger(View<int> view, int i)
    {
        var result = Vector128<T>.Zero;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(*view.At(i + k)));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Of(double value) => new(Vector128.Create(Convert<T>.From(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane128<T> Uniform(View<T> table, int k) => new(Vector128.Create(*table.At(k)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int Integer(View<int> map, int k) => *map.At(k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Ramp(int i) => new(Vector128.Create(Convert<T>.From(i)) + Vector128<T>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator +(Lane128<T> a, Lane128<T> b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> a, Lane128<T> b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator *(Lane128<T> a, Lane128<T> b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator /(Lane128<T> a, Lane128<T> b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> operator -(Lane128<T> a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> MulAdd(Lane128<T> a, Lane128<T> b, Lane128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Sqrt(Lane128<T> a) => new(Vector128.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Abs(Lane128<T> a) => new(Vector128.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Min(Lane128<T> a, Lane128<T> b) => new(Vector128.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Max(Lane128<T> a, Lane128<T> b) => new(Vector128.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> Floor(Lane128<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Floor(a.v.AsSingle()).As<float, T>())
        : new(Vector128.Floor(a.v.AsDouble()).As<double, T>());

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane128<T> Exp(Lane128<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Exp(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane128<T> Log(Lane128<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Log(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane128<T> IfGreater(Lane128<T> a, Lane128<T> b, Lane128<T> yes, Lane128<T> no) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(a.v, b.v), yes.v, no.v));
}
