using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

public sealed class WorkerPoolTests
{
    [Fact]
    public async Task Many_small_launches_of_several_devices_at_once_all_end_and_are_right()
    {
        // More threads in all than cores, and every launch just large enough for the threads.
        const int devices = 3, launches = 200, length = 2048;
        var runs = Enumerable.Range(1, devices)
            .Select(threads =>
            Task.Factory.StartNew(() => Run(1 + threads, launches, length), TaskCreationOptions.LongRunning)).ToArray();
        var all = Task.WhenAll(runs);
        Assert.Same(all, await Task.WhenAny(all, Task.Delay(TimeSpan.FromSeconds(60))));
        Assert.All(await all, sum => Assert.Equal((double)launches * length, sum));
    }

    [Fact]
    public void Launches_after_a_pause_wake_the_threads_again()
    {
        using var device = new HostDevice(3);
        var (view, box) = Array(device, 4096);
        for (var k = 0; k < 5; k++)
        {
            Thread.Sleep(5);
            device.Launch(new AddOne(view), box);
        }
        Assert.Equal(5.0 * 4096, device.Sum(new Element<Flat>(new(view, box.Layout, 1)), box));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    public void Every_share_of_a_work_is_done_once_with_its_launches_in_turn(int threads, int shares)
    {
        using var device = new HostDevice(threads);
        var (view, box) = Array(device, 4096);
        var before = device.Launches;
        var work = new AddAndSquare(view, box, shares);
        device.Share(work, shares);
        Assert.Equal(before + 2 * shares, device.Launches);
        device.Share(work, shares);
        // ((0 + 1)² + 1)² in every element; with launches out of turn, left out or done twice it would be another
        // number.
        Assert.All(device.Download(view), value => Assert.Equal(4, value));
    }

    private sealed class AddAndSquare(View<double> y, Box<Flat> box, int shares) : ISharedWork
    {
        public void Run(ILauncher launcher, int share)
        {
            var part = new Box<Flat>(box.Layout, box.X0, box.X1, box.Y1 * share / shares,
                box.Y1 * (share + 1) / shares, 0, 1);
            launcher.Launch<AddOne, Flat, double>(new AddOne(y), part);
            launcher.Launch<Square, Flat, double>(new Square(y), part);
        }
    }

    private readonly struct Square(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Load(y, p.Index) * L.Load(y, p.Index));
    }

    private static double Run(int threads, int launches, int length)
    {
        using var device = new HostDevice(threads);
        var (view, box) = Array(device, length);
        for (var k = 0; k < launches; k++)
            device.Launch(new AddOne(view), box);
        return device.Sum(new Element<Flat>(new(view, box.Layout, 1)), box);
    }

    private static (View<double>, Box<Flat>) Array(IDevice device, int length) =>
        (device.Allocate<double>(length), new Box<Flat>(new Layout(32, 0, 0, length), 0, 32, 0, length / 32, 0, 1));

    private readonly struct AddOne(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Load(y, p.Index) + L.Of(1));
    }
}
