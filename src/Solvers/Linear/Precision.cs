using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Solvers;

/// <summary>What solvers do with fields of either precision. Sums are always in double.</summary>
internal static class Precision
{
    /// <summary>to ← scale from</summary>
    public static void Convert<TPlace, TFrom, TTo>(
        this IDevice device, Field<TPlace, TFrom> from, Field<TPlace, TTo> to, Box<TPlace> box, double scale = 1)
        where TPlace : struct, IPlace where TFrom : unmanaged where TTo : unmanaged
    {
        if (from is Field<TPlace, double> real && to is Field<TPlace, float> rounded)
            device.Launch(new ToSingle<TPlace>(real, rounded, scale), box);
        else if (from is Field<TPlace, float> single && to is Field<TPlace, double> widened)
            device.Launch(new ToDouble<TPlace>(single, widened, scale), box);
        else if (to is Field<TPlace, TFrom> same)
            device.Launch<Axpby<TPlace, TFrom>, TPlace, TFrom>(new(from, same, scale, 0), box);
        else
            throw new NotSupportedException($"{typeof(TFrom).Name} to {typeof(TTo).Name}");
    }

    /// <summary>x · y</summary>
    public static double Dot<TPlace, T>(this IDevice device, Field<TPlace, T> x, Field<TPlace, T> y, Box<TPlace> box)
        where TPlace : struct, IPlace where T : unmanaged => (x, y) switch
        {
            (Field<TPlace, double> a, Field<TPlace, double> b) => device.Sum(new Dot<TPlace>(a, b), box),
            (Field<TPlace, float> a, Field<TPlace, float> b) => device.Sum(new DotSingle<TPlace>(a, b), box),
            _ => throw new NotSupportedException(typeof(T).Name),
        };

    /// <summary>x · D x with a diagonal D.</summary>
    public static double DotScaled<TPlace, T>(
        this IDevice device, Field<TPlace, T> x, Field<TPlace, T> d, Box<TPlace> box)
        where TPlace : struct, IPlace where T : unmanaged => (x, d) switch
        {
            (Field<TPlace, double> a, Field<TPlace, double> b) => device.Sum(new DotScaled<TPlace>(a, b), box),
            (Field<TPlace, float> a, Field<TPlace, float> b) => device.Sum(new DotScaledSingle<TPlace>(a, b), box),
            _ => throw new NotSupportedException(typeof(T).Name),
        };

    /// <summary>Sum of one component.</summary>
    public static double Sum<TPlace, T>(this IDevice device, Field<TPlace, T> x, Box<TPlace> box, int component)
        where TPlace : struct, IPlace where T : unmanaged => x switch
        {
            Field<TPlace, double> real => device.Sum(new Element<TPlace>(real, component), box),
            Field<TPlace, float> single => device.Sum(new ElementSingle<TPlace>(single, component), box),
            _ => throw new NotSupportedException(typeof(T).Name),
        };
}
