using System.Runtime.CompilerServices;
#if ILGPU
using ILGPU;
#endif

namespace MesoLiMg.Kernels;

/// <summary>
/// A one-dimensional array in device memory as kernels see it: the one type that knows both memories. Host lanes read
/// through <see cref="Address"/>; the lanes of an ILGPU device read through its array view (indexing that on the host
/// would cost five times a pointer).
/// </summary>
/// <typeparam name="T">Element type: <c>double</c>, <c>float</c> or <c>int</c>.</typeparam>
public readonly struct View<T> where T : unmanaged
{
    /// <summary>
    /// Host address of element 0 (a <c>long</c>, because ILGPU takes no pointer in a kernel); 0 on an ILGPU device.
    /// </summary>
    public readonly long Address;

    /// <summary>Number of elements.</summary>
    public readonly int Length;

    /// <summary>A view of host memory.</summary>
    public View(long address, int length)
    {
        Address = address;
        Length = length;
#if ILGPU
        Array = default;
#endif
    }

#if ILGPU
    /// <summary>The same array on an ILGPU device.</summary>
    public readonly ArrayView<T> Array;

    /// <summary>A view of an ILGPU device's memory.</summary>
    public View(ArrayView<T> array)
    {
        Address = 0;
        Length = (int)array.Length;
        Array = array;
    }
#endif

    /// <summary>Host pointer to element <paramref name="i"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe T* At(int i) => (T*)Address + i;
}
