using System.Text.RegularExpressions;

namespace MesoLiMg.Device;

/// <summary>
/// Devices by name: <c>host</c>, <c>cuda[:i]</c>, <c>opencl[:i]</c>, <c>ilgpu-cpu</c>, or <c>auto</c> for the GPU with
/// the most memory if the case fits, else the host.
/// </summary>
public static partial class DeviceFactory
{
    /// <summary>What a device may be called.</summary>
    public const string Names =
        "host, cuda, opencl, ilgpu-cpu and auto; cuda:1, opencl:2 and so on where there are several";

    /// <summary>Opens a device.</summary>
    /// <param name="name">Its name, in any case.</param>
    /// <param name="threads">Threads of the host and of the simulator; 0 takes one per core.</param>
    /// <param name="neededBytes">What has to fit into the memory of a GPU that <c>auto</c> takes.</param>
    /// <exception cref="DeviceNameException">No such name or no such device here, or it cannot be used.</exception>
    /// <exception cref="DeviceException">Its driver refuses.</exception>
    public static IDevice Open(string name, int threads, double neededBytes = 0)
    {
        if (!NamePattern().IsMatch(name))
            throw new DeviceNameException($"'{name}' is no device; devices are {Names}");
        return name.ToLowerInvariant() switch
        {
            "host" => new HostDevice(threads),
            "auto" => Gpus().Where(gpu => gpu.MemoryBytes >= neededBytes).MaxBy(gpu => gpu.MemoryBytes) is { } best
                ? Open(best, threads) : new HostDevice(threads),
            "cuda" or "opencl" => Open(Find($"{name}:0"), threads),
            _ => Open(Find(name), threads)
        };
    }

    /// <summary>
    /// A device for each of several jobs: the usable devices of a family such as <c>cuda</c> in turn, otherwise the
    /// named one for all.
    /// </summary>
    public static IReadOnlyList<string> Spread(string name, int jobs)
    {
        string[] family = name.ToLowerInvariant() is "cuda" or "opencl"
            ? [.. Gpus().Select(gpu => gpu.Name)
                .Where(gpu => gpu.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))]
            : [];
        return [.. Enumerable.Range(0, jobs).Select(job => family.Length > 0 ? family[job % family.Length] : name)];
    }

    /// <summary>All devices here, those included that cannot be used.</summary>
    public static IReadOnlyList<DeviceInfo> List()
    {
        using var host = new HostDevice(0);
        return [new("host", host.Name, host.MemoryBytes, DoublePrecision: true), .. Others()];
    }

    private static IEnumerable<DeviceInfo> Gpus() => Others().Where(device => device is { IsGpu: true, Problem: null });

    private static DeviceInfo Find(string name)
    {
        var all = Others();
        var found = all.FirstOrDefault(device => device.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? all.FirstOrDefault(family => family.Name.Equals(name.Split(':')[0], StringComparison.OrdinalIgnoreCase));
        if (found is null)
            throw new DeviceNameException(
                $"there is no device '{name}' here; there are "
                + $"{string.Join(", ", List().Where(device => device.Problem is null).Select(device => device.Name))}");
        return found.Problem is null ? found
            : throw new DeviceNameException($"device '{name}' cannot be used: {found.Problem}");
    }

#if ILGPU
    private static IReadOnlyList<DeviceInfo> Others() => IlgpuDevices.List();

    private static IDevice Open(DeviceInfo device, int threads) => IlgpuDevices.Open(device, threads);
#else
    private const string Absent =
        "built without ILGPU 1.5.3, which no package source had; add one that has it and build again";

    private static IReadOnlyList<DeviceInfo> Others() =>
        [.. new[] { "cuda", "opencl", "ilgpu-cpu" }.Select(name => new DeviceInfo(name, "", 0, false, Absent))];

    private static IDevice Open(DeviceInfo device, int threads) =>
        throw new DeviceNameException($"device '{device.Name}' cannot be used: {Absent}");
#endif

    [GeneratedRegex("^(host|auto|ilgpu-cpu|(cuda|opencl)(:[0-9]{1,4})?)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
