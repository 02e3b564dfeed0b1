using System.Runtime.CompilerServices;

namespace MesoLiMg.Kernels;

/// <summary>A number in the lane's precision; the type tests are resolved when the kernel is compiled.</summary>
internal static class Convert<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T From(double value)
    {
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<float, T>((float)value);
        return Unsafe.BitCast<double, T>(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble(T value)
    {
        if (typeof(T) == typeof(float))
            return Unsafe.BitCast<T, float>(value);
        return Unsafe.BitCast<T, double>(value);
    }
}
