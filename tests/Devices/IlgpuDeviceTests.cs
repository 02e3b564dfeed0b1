#if ILGPU
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>ILGPU's simulator against the host device; it runs the mapping of GPUs (points) and of processors (rows).</summary>
public sealed class IlgpuDeviceTests(IlgpuDeviceTests.Devices devices) : IClassFixture<IlgpuDeviceTests.Devices>
{
    private const double Tolerance = 1e-13;
    private const double SingleTolerance = 1e-5;

    public sealed class Devices : IDisposable
    {
        internal IDevice Points { get; } = IlgpuDevices.OpenSimulator(Mapping.Points);

        internal IDevice Rows { get; } = IlgpuDevices.OpenSimulator(Mapping.Rows);

        public void Dispose()
        {
            Points.Dispose();
            Rows.Dispose();
        }
    }

    public static TheoryData<string> Kernels => [.. KernelCatalogue.Names];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void One_thread_a_row_gives_what_the_host_gives(string kernel) => AssertAsHost(devices.Rows, kernel);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void One_thread_a_point_gives_what_the_host_gives(string kernel) => AssertAsHost(devices.Points, kernel);

    private static void AssertAsHost(IDevice device, string kernel)
    {
        var type = KernelCatalogue.Find(kernel);
        using var host = new HostDevice(1);
        AnyKernel.AssertClose(AnyKernel.Run(host, type, 21, 5), AnyKernel.Run(device, type, 21, 5), KernelCatalogue.NumberOf(type) == typeof(float) ? SingleTolerance : Tolerance);
    }
}
#endif
