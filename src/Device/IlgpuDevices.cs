#if ILGPU
using ILGPU;
using ILGPU.Algorithms;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace MesoLiMg.Device;

/// <summary>Finds and opens the devices of ILGPU.</summary>
internal static class IlgpuDevices
{
    private const string Simulator = "ilgpu-cpu";

    /// <summary>All that ILGPU reports; it leaves out OpenCL devices without generic address space.</summary>
    public static IReadOnlyList<DeviceInfo> List()
    {
        using var context = NewContext(builder => builder.Cuda(_ => true).OpenCL(_ => true).CPU());
        return
        [
            .. OrNone("cuda", "no NVIDIA GPU or no driver for it", context.Devices.OfType<CudaDevice>()
                .Select(Describe)),
            .. OrNone("opencl", "no driver of OpenCL 2 or later that has a generic address space, which ILGPU needs",
                context.Devices.OfType<CLDevice>().Select(Describe)),
            new(Simulator, "ILGPU's simulator, for tests; slow", HostMemory, DoublePrecision: true)
        ];
    }

    /// <summary>Opens a device of <see cref="List"/>.</summary>
    /// <param name="threads">Threads of the simulator; 0 takes one per core.</param>
    public static IDevice Open(DeviceInfo device, int threads)
    {
        if (device.Name == Simulator)
            return OpenSimulator(Mapping.Rows, threads);
        var index = int.Parse(device.Name[(device.Name.IndexOf(':') + 1)..]);
        var name = $"{device.Description} ({device.Name})";
        if (device.Name.StartsWith("cuda"))
        {
            var context = NewContext(builder => builder.Cuda(_ => true));
            return new IlgpuDevice(context, context.GetCudaDevice(index), name, device.MemoryBytes, Mapping.Points);
        }
        else
        {
            var context = NewContext(builder => builder.OpenCL(_ => true));
            return new IlgpuDevice(context, context.GetCLDevice(index), name, device.MemoryBytes, device.IsGpu
                ? Mapping.Points : Mapping.Rows);
        }
    }

    /// <summary>
    /// ILGPU's simulator of a GPU. For rows as many of its processors as threads, with the fewest threads each that it
    /// allows; for points one with groups of 16.
    /// </summary>
    public static IlgpuDevice OpenSimulator(Mapping mapping, int threads)
    {
        var processor = mapping == Mapping.Rows
            ? new CPUDevice(2, 1, threads > 0 ? threads : Environment.ProcessorCount) : new CPUDevice(4, 4, 1);
        var context = NewContext(builder => builder.CPU(processor));
        return new IlgpuDevice(context, context.GetCPUDevice(0), Simulator, HostMemory, mapping);
    }

    /// <summary>
    /// A context with mathematical functions in kernels, which every device and every compilation of ours needs.
    /// </summary>
    public static Context NewContext(Func<Context.Builder, Context.Builder> devices) =>
        Context.Create(builder => devices(builder).EnableAlgorithms());

    private static long HostMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private static DeviceInfo Describe(CudaDevice device, int index) => new(
        $"cuda:{index}", device.Name, device.MemorySize, DoublePrecision: true, IsGpu: true,
        Problem: device.Architecture is null || device.InstructionSet is null
            ? "ILGPU 1.5.3 does not know its architecture or driver" : null);

    private static DeviceInfo Describe(CLDevice device, int index) => new(
        $"opencl:{index}", device.Name.Trim(), device.MemorySize, device.Capabilities.Float64,
            IsGpu: device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU),
        Problem: device.Capabilities.Float64 ? null : "no double precision");

    private static IEnumerable<DeviceInfo> OrNone(string name, string problem, IEnumerable<DeviceInfo> found) =>
        found.Any() ? found : [new(name, "", 0, false, problem)];
}
#endif
