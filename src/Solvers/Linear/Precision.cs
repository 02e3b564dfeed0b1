using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>What solvers do with fields of either precision. Sums are always in double.</summary>
internal static class Precision
{
    /// <summary>to ← scale from</summary>
    public static void Convert<TFrom, TTo>(this IDevice device, View<TFrom> from, View<TTo> to, Box box, double scale = 1) where TFrom : unmanaged where TTo : unmanaged
    {
        if (from is View<double> real && to is View<float> rounded)
            device.Launch(new ToSingle(real, rounded, scale), box);
        else if (from is View<float> single && to is View<double> widened)
            device.Launch(new ToDouble(single, widened, scale), box);
        else if (to is View<TFrom> same)
            device.Launch<Axpby<TFrom>, TFrom>(new(from, same, scale, 0), box);
        else
            throw new NotSupportedException($"{typeof(TFrom).Name} to {typeof(TTo).Name}");
    }

    /// <summary>x · y</summary>
    public static double Dot<T>(this IDevice device, View<T> x, View<T> y, Box box, int components, int length) where T : unmanaged => (x, y) switch
    {
        (View<double> a, View<double> b) => device.Sum(new Dot(a, b, components, length), box),
        (View<float> a, View<float> b) => device.Sum(new DotSingle(a, b, components, length), box),
        _ => throw new NotSupportedException(typeof(T).Name),
    };

    /// <summary>x · D x with a diagonal D.</summary>
    public static double DotScaled<T>(this IDevice device, View<T> x, View<T> d, Box box, int components, int length) where T : unmanaged => (x, d) switch
    {
        (View<double> a, View<double> b) => device.Sum(new DotScaled(a, b, components, length), box),
        (View<float> a, View<float> b) => device.Sum(new DotScaledSingle(a, b, components, length), box),
        _ => throw new NotSupportedException(typeof(T).Name),
    };

    /// <summary>Sum of the elements that lie <paramref name="offset"/> after the points.</summary>
    public static double Sum<T>(this IDevice device, View<T> x, Box box, int offset) where T : unmanaged => x switch
    {
        View<double> real => device.Sum(new Element(real, offset), box),
        View<float> single => device.Sum(new ElementSingle(single, offset), box),
        _ => throw new NotSupportedException(typeof(T).Name),
    };
}
