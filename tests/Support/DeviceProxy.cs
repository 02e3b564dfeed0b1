using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Support;

/// <summary>A device that hands everything on to another one; tests override what should be different.</summary>
internal class DeviceProxy(IDevice device) : IDevice
{
    public string Name => device.Name;
    public virtual long MemoryBytes => device.MemoryBytes;
    public long AllocatedBytes => device.AllocatedBytes;
    public long Launches => device.Launches;
    public virtual long ScratchBytes => device.ScratchBytes;
    public int Shares => device.Shares;
    public void Share(ISharedWork work, int shares) => device.Share(work, shares);
    public virtual View<T> Allocate<T>(int length) where T : unmanaged => device.Allocate<T>(length);
    public void Upload<T>(ReadOnlySpan<T> from, View<T> to) where T : unmanaged => device.Upload(from, to);
    public void Download<T>(View<T> from, Span<T> to) where T : unmanaged => device.Download(from, to);
    public virtual Func<double[]> BeginDownload(View<double> from) => device.BeginDownload(from);
    public virtual void Launch<TKernel, TPlace, T>(in TKernel kernel, in Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged =>
            device.Launch<TKernel, TPlace, T>(kernel, box);
    public void Synchronize() => device.Synchronize();
    public void Reduce<TReduction, TPlace>(in TReduction reduction, in Box<TPlace> box, Reduction how,
        View<double> result, int slot)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
            device.Reduce(reduction, box, how, result, slot);
    public double Reduce<TReduction, TPlace>(in TReduction reduction, in Box<TPlace> box, Reduction how)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
            device.Reduce(reduction, box, how);
    public void Dispose() => device.Dispose();
}
