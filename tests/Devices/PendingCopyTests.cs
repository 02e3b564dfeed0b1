#if ILGPU
using ILGPU.Runtime.CPU;
#endif
using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Tests.Support;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// What is on its way to the host is what the launches before have left, whatever those after do, on every device.
/// </summary>
public sealed class PendingCopyTests
{
    private const int Length = 140_000;
    private static readonly Box<Flat> All = FlatBox.Of(Length);

    public static TheoryData<string> Devices =>
    [
        "host", "host with room for nothing more",
#if ILGPU
        "simulator", "simulator with room for nothing more", "simulator with room for one copy",
        .. DeviceFactory.List()
            .Where(device => device.Problem is null
            && (device.Name.StartsWith("cuda") || device.Name.StartsWith("opencl"))).Select(device => device.Name),
#endif
    ];

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task A_copy_that_was_begun_has_the_numbers_from_before_the_launches_that_overwrite_the_array(
        string name)
    {
        using var device = Open(name);
        var (a, b) = (device.Allocate<double>(FlatBox.RoundUp(Length)),
            device.Allocate<double>(FlatBox.RoundUp(Length)));
        // Twice: what the first copies took is taken again.
        for (var round = 0; round < 2; round++)
        {
            device.Launch(new Fill<Flat, double>(On(a), 1 + round), All);
            device.Launch(new Fill<Flat, double>(On(b), 5 + round), All);
            var (ofA, ofB) = (device.BeginDownload(a), device.BeginDownload(b));
            for (var k = 0; k < 3; k++)
            {
                device.Launch(new Fill<Flat, double>(On(a), -1 - k), All);
                device.Launch(new Fill<Flat, double>(On(b), -1 - k), All);
            }
            // By another thread, as snapshots are, while launches go on.
            var taken = Task.Run(() => (ofA(), ofB()));
            for (var k = 0; k < 3; k++)
                device.Launch(new Fill<Flat, double>(On(a), -5 - k), All);
            var (valuesA, valuesB) = await taken;
            Assert.All(valuesA.Take(Length), value => Assert.Equal(1 + round, value));
            Assert.All(valuesB.Take(Length), value => Assert.Equal(5 + round, value));
            Assert.Equal([-7.0, -3.0], [device.Download(a)[0], device.Download(b)[0]]);
        }
    }

#if ILGPU
    [Fact]
    public void Copies_take_memory_once_and_leave_a_sixteenth_of_it_free()
    {
        using var device = Simulator(16 * Bytes);
        var view = device.Allocate<double>(Length);
        for (var round = 0; round < 3; round++)
        {
            // One array and copies of it: fifteen sixteenths are full with fourteen of them.
            var copies = Enumerable.Range(0, 20).Select(_ => device.BeginDownload(view)).ToList();
            Assert.Equal(15 * Bytes, device.AllocatedBytes);
            Assert.All(copies, copy => Assert.Equal(Length, copy().Length));
        }
    }

    private static IDevice Simulator(long memory)
    {
        var context = IlgpuDevices.NewContext(builder => builder.CPU(new CPUDevice(2, 1, 1)));
        return new IlgpuDevice(context, context.GetCPUDevice(0), "simulator", memory, Mapping.Rows);
    }
#endif

    private static long Bytes => Length * sizeof(double);

    private static Field<Flat, double> On(View<double> values) => new(values, All.Layout, 1);

    private static long Arrays(int count) => count * (long)FlatBox.RoundUp(Length) * sizeof(double);

    private static IDevice Open(string name) => name switch
    {
        "host" => new HostDevice(2),
        "host with room for nothing more" => new Full(new HostDevice(2), 2),
#if ILGPU
        "simulator" => Simulator(long.MaxValue),
        "simulator with room for nothing more" => Simulator(Arrays(2)),
        "simulator with room for one copy" => Simulator(Arrays(3) * 16 / 15 + 16),
        _ => DeviceFactory.Open(name, 1),
#else
        _ => throw new ArgumentException(name),
#endif
    };

    /// <summary>Has room for so many arrays.</summary>
    private sealed class Full(IDevice device, int arrays) : DeviceProxy(device)
    {
        private int given;

        public override View<T> Allocate<T>(int length) => given++ < arrays ? base.Allocate<T>(length)
            : throw new DeviceException("out of memory");
    }
}
