#if ILGPU
using ILGPU.Runtime.CPU;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// ILGPU's simulator against the host device; it runs the mapping of GPUs (points) and of processors (rows).
/// </summary>
public sealed class IlgpuDeviceTests(IlgpuDeviceTests.Devices devices) : IClassFixture<IlgpuDeviceTests.Devices>
{
    private const double Tolerance = 1e-13;
    private const double SingleTolerance = 1e-5;

    public sealed class Devices : IDisposable
    {
        internal IDevice Points { get; } = IlgpuDevices.OpenSimulator(Mapping.Points, 1);

        internal IDevice Rows { get; } = IlgpuDevices.OpenSimulator(Mapping.Rows, 1);

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

    public static TheoryData<string> Mappings => ["rows", "points"];

    [Theory]
    [MemberData(nameof(Mappings))]
    public void Every_operation_of_the_lanes_is_that_of_the_host(string mapping)
    {
        using var host = new HostDevice(1);
        AnyKernel.AssertClose(AnyKernel.Run(host, typeof(EveryOperation<double>), 9, 3),
            AnyKernel.Run(Device(mapping), typeof(EveryOperation<double>), 9, 3), Tolerance);
        AnyKernel.AssertClose(AnyKernel.Run(host, typeof(EveryOperation<float>), 9, 3),
            AnyKernel.Run(Device(mapping), typeof(EveryOperation<float>), 9, 3), SingleTolerance);
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void A_launch_reaches_every_point_of_its_box_with_its_position_and_no_other_point(string mapping)
    {
        var layout = new Layout(25, 175, 201, 1225);
        foreach (var box in new[] { new Box<Flat>(layout, 0, 22, 0, 4, 0, 3), new Box<Flat>(layout, 1, 2, 0, 5, 1, 5),
            new Box<Flat>(layout, 2, 5, 3, 4, 0, 1) })
        {
            var view = Device(mapping).Allocate<double>(layout.Length);
            Device(mapping).Launch(new WritePosition(view), box);
            var expected = new double[layout.Length];
            for (var z = box.Z0; z < box.Z1; z++)
                for (var y = box.Y0; y < box.Y1; y++)
                    for (var x = box.X0; x < box.X1; x++)
                        expected[layout.Index(x, y, z)] = 1 + x + 100 * y + 10000 * z;
            Assert.Equal(expected, Device(mapping).Download(view));
        }
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void A_reduction_gives_the_same_bits_every_time(string mapping)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble() - 0.5)];
        var view = Device(mapping).Allocate<double>(values);
        var box = new Box<Flat>(new Layout(40, 0, 0, 4000), 0, 40, 0, 100, 0, 1);
        var first = Device(mapping).Sum(Element(view, box), box);
        Assert.Equal(values.Sum(), first, 1e-11);
        for (var k = 0; k < 3; k++)
            Assert.Equal(BitConverter.DoubleToInt64Bits(first),
                BitConverter.DoubleToInt64Bits(Device(mapping).Sum(Element(view, box), box)));
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void A_number_that_is_not_one_is_not_lost_in_a_maximum(string mapping)
    {
        var view = Device(mapping).Allocate<double>([1, 2, double.NaN, 3, 4]);
        var box = new Box<Flat>(new Layout(5, 0, 0, 5), 0, 5, 0, 1, 0, 1);
        Assert.True(double.IsNaN(Device(mapping).Max(Element(view, box), box)));
    }

    [Theory]
    [MemberData(nameof(Mappings))]
    public void An_empty_box_reduces_to_what_changes_nothing(string mapping)
    {
        var view = Device(mapping).Allocate<double>(1);
        var empty = new Box<Flat>(new Layout(1, 0, 0, 1), 0, 0, 0, 1, 0, 1);
        Device(mapping).Launch(new Fill<Flat, double>(new(view, empty.Layout, 1), 1), empty);
        Assert.Equal(0, Device(mapping).Sum(Element(view, empty), empty));
        Assert.Equal(double.NegativeInfinity, Device(mapping).Max(Element(view, empty), empty));
    }

    [Fact]
    public void A_new_array_holds_zeros() =>
        Assert.All(devices.Rows.Download(devices.Rows.Allocate<float>(100)), value => Assert.Equal(0, value));

    [Fact]
    public void A_copy_may_be_shorter_than_the_array()
    {
        var view = devices.Rows.Allocate<int>(4);
        devices.Rows.Upload<int>([7, 8], view);
        var start = new int[3];
        devices.Rows.Download(view, start);
        Assert.Equal([7, 8, 0], start);
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_is_needed_and_what_is_there()
    {
        var context = IlgpuDevices.NewContext(builder => builder.CPU());
        using var device = new IlgpuDevice(context, context.GetCPUDevice(0), "small", 3_000_000, Mapping.Rows);
        device.Allocate<double>(250_000);
        var error = Assert.Throws<DeviceException>(() => device.Allocate<double>(300_000));
        Assert.Contains("4.4 MB of memory are needed, 3 MB are there", error.Message);
        Assert.Equal(2_000_000, device.AllocatedBytes);
    }

    [Fact]
    public void A_kernel_that_a_device_cannot_compile_is_named()
    {
        using var device = IlgpuDevices.OpenSimulator(Mapping.Rows, 1);
        var view = device.Allocate<double>(4);
        var error = Assert.Throws<DeviceException>(
            () => device.Launch(new Throwing(view), new Box<Flat>(new Layout(4, 0, 0, 4), 0, 4, 0, 1, 0, 1)));
        Assert.Contains("the kernel Throwing cannot be compiled", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static Element<Flat> Element(View<double> view, Box<Flat> box) =>
        new(new Field<Flat, double>(view, box.Layout, 1));

    private IDevice Device(string mapping) => mapping == "rows" ? devices.Rows : devices.Points;

    private static void AssertAsHost(IDevice device, string kernel)
    {
        var type = KernelCatalogue.Find(kernel);
        using var host = new HostDevice(1);
        AnyKernel.AssertClose(AnyKernel.Run(host, type, 21, 5), AnyKernel.Run(device, type, 21, 5),
            KernelCatalogue.NumberOf(type) == typeof(float) ? SingleTolerance : Tolerance);
    }

    /// <summary>Each operation of a lane into an element range of its own.</summary>
    public readonly struct EveryOperation<T>(View<T> a, View<T> b, View<T> y, View<int> map, int length)
        : IKernel<Flat, T> where T : unmanaged
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, T>
        {
            var (i, first, second) = (p.Index, L.Load(a, p.Index), L.Load(b, p.Index));
            L.Store(y, i, L.Exp(first) - L.Log(second));
            L.Store(y, i + length, L.Sqrt(first) / L.Abs(-second));
            L.Store(y, i + 2 * length, L.Min(first, second) + L.Max(first, L.Of(1)));
            L.Store(y, i + 3 * length, L.IfGreater(first, second, L.MulAdd(first, second, first), L.Uniform(b, 3)));
            L.Store(y, i + 4 * length, L.Gather(a, 2, map, i) * L.LoadInteger(map, i));
            L.Store(y, i + 6 * length, L.GatherBetween(b, 1, 3, L.Uniform(a, 5), L.Of(0.3), map, i));
            L.Store(y, i + 5 * length, L.Ramp(p.X) + L.Of(L.Integer(map, p.Y)));
        }
    }

    public readonly struct WritePosition(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Ramp(1 + p.X + 100 * p.Y + 10000 * p.Z));
    }

    public readonly struct Throwing(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
        {
            if (p.X > 1)
                throw new InvalidOperationException();
            L.Store(y, p.Index, L.Of(1));
        }
    }
}
#endif
