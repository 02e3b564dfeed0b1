using System.Globalization;

namespace MesoLiMg.Device;

/// <summary>Refusing what does not fit, the same way on every device.</summary>
internal static class DeviceMemory
{
    /// <summary>Makes sure that another array fits.</summary>
    /// <exception cref="DeviceException">It does not.</exception>
    public static void Require(IDevice device, long bytes)
    {
        if (device.AllocatedBytes + bytes > device.MemoryBytes)
            throw DoesNotFit(device, bytes);
    }

    /// <summary>The refusal, with what is needed and what is there.</summary>
    public static DeviceException DoesNotFit(IDevice device, long bytes, Exception? cause = null) => new(
        $"{device.Name}: {Text(device.AllocatedBytes + bytes)} of memory are needed, {Text(device.MemoryBytes)} are "
            + $"there; take fewer cells or another device", cause);

    /// <summary><c>139.8 GB</c></summary>
    public static string Text(long bytes) => bytes < 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB");
}
