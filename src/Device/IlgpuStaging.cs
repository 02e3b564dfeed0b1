#if ILGPU
using ILGPU.Runtime;
using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>
/// Memory of a device for copies of arrays on their way to the host. A copy is made on the stream of the launches, in
/// order with them: those before it have written the array, those after it may change it. From the copy it goes to the
/// host on a stream of its own, beside them. The memory is kept for the next copies.
/// </summary>
internal sealed class IlgpuStaging(IDevice device, Accelerator accelerator) : IDisposable
{
    /// <summary>
    /// The part of a device's memory that copies leave free, for what a solver takes on the way and the driver for
    /// kernels.
    /// </summary>
    private const long Reserve = 16;

    private readonly AcceleratorStream transfers = accelerator.CreateStream();
    private readonly Dictionary<int, Stack<View<double>>> free = [];
    private readonly Lock gate = new();

    /// <summary>A copy on the device, done when this returns; none where there is no room for it.</summary>
    public View<double>? TryCopy(View<double> from)
    {
        if (TryRent(from.Length) is not { } copy)
            return null;
        from.Array.CopyTo(accelerator.DefaultStream, copy.Array);
        accelerator.DefaultStream.Synchronize();
        return copy;
    }

    /// <summary>Brings a copy to the host, on any thread, and gives its memory back.</summary>
    public void Take(View<double> copy, double[] values)
    {
        copy.Array.CopyToCPU(transfers, values);
        lock (gate)
            free[copy.Length].Push(copy);
    }

    public void Dispose() => transfers.Dispose();

    private View<double>? TryRent(int length)
    {
        lock (gate)
        {
            if (!free.TryGetValue(length, out var fitting))
                free.Add(length, fitting = []);
            if (fitting.TryPop(out var copy))
                return copy;
        }
        if (device.AllocatedBytes + (long)length * sizeof(double) > device.MemoryBytes - device.MemoryBytes / Reserve)
            return null;
        try
        {
            return device.Allocate<double>(length);
        }
        catch (DeviceException)
        {
            // The driver has less than it said.
            return null;
        }
    }
}
#endif
