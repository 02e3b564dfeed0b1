using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MesoLiMg.Kernels;

/// <summary>A host lane of one point, held in element 0 of a vector so that it rounds as the wide lanes do.</summary>
public readonly struct Lane1<T>(Vector128<T> v) : ILane<Lane1<T>, T> where T : unmanaged
{
    private readonly Vector128<T> v = v;

    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane1<T> Load(View<T> view, int i) => new(Vector128.CreateScalar(*view.At(i)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(View<T> view, int i, Lane1<T> value) => *view.At(i) = value.v.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane1<T> LoadSingle(View<float> view, int i) =>
        new(Vector128.CreateScalar(Convert<T>.From(*view.At(i))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreSingle(View<float> view, int i, Lane1<T> value) =>
        *view.At(i) = (float)Convert<T>.ToDouble(value.v.ToScalar());

    public static unsafe Lane1<T> Gather(View<T> view, int offset, View<int> map, int i)
    {
        var from = view.At(offset);
        var at = map.At(i);
        return new(Vector128.CreateScalar(from[at[0]]));
    }

    public static unsafe Lane1<T> Lookup(View<T> table, Lane1<T> index)
    {
        var (at, result) = (index.v, Vector128<T>.Zero);
        for (var k = 0; k < Width; k++)
            ((T*)&result)[k] = *table.At((int)Convert<T>.ToDouble(((T*)&at)[k]));
        return new(result);
    }

    public static unsafe Lane1<T> LoadInteger(View<int> view, int i)
    {
        var result = Vector128<T>.Zero;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(*view.At(i + k)));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Of(double value) => new(Vector128.Create(Convert<T>.From(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Lane1<T> Uniform(View<T> table, int k) => new(Vector128.Create(*table.At(k)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe int Integer(View<int> map, int k) => *map.At(k);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Ramp(int i) => new(Vector128.Create(Convert<T>.From(i)) + Vector128<T>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator +(Lane1<T> a, Lane1<T> b) => new(a.v + b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator -(Lane1<T> a, Lane1<T> b) => new(a.v - b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator *(Lane1<T> a, Lane1<T> b) => new(a.v * b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator /(Lane1<T> a, Lane1<T> b) => new(a.v / b.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> operator -(Lane1<T> a) => new(-a.v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> MulAdd(Lane1<T> a, Lane1<T> b, Lane1<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(a.v.AsSingle(), b.v.AsSingle(), c.v.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(a.v.AsDouble(), b.v.AsDouble(), c.v.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Sqrt(Lane1<T> a) => new(Vector128.Sqrt(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Abs(Lane1<T> a) => new(Vector128.Abs(a.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Min(Lane1<T> a, Lane1<T> b) => new(Vector128.Min(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Max(Lane1<T> a, Lane1<T> b) => new(Vector128.Max(a.v, b.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> Floor(Lane1<T> a) => typeof(T) == typeof(float)
        ? new(Vector128.Floor(a.v.AsSingle()).As<float, T>())
        : new(Vector128.Floor(a.v.AsDouble()).As<double, T>());

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane1<T> Exp(Lane1<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Exp(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    /// <summary>Element by element: the vector form rounds differently from the scalar one.</summary>
    public static Lane1<T> Log(Lane1<T> a)
    {
        var result = a.v;
        for (var k = 0; k < Width; k++)
            result = result.WithElement(k, Convert<T>.From(Math.Log(Convert<T>.ToDouble(a.v[k]))));
        return new(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1<T> IfGreater(Lane1<T> a, Lane1<T> b, Lane1<T> yes, Lane1<T> no) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(a.v, b.v), yes.v, no.v));
}
