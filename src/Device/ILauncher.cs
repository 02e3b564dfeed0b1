using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>What launches kernels: a device, or one thread's share of it.</summary>
public interface ILauncher
{
    /// <summary>Runs the kernel at every point of the box, in any order. It may return before that is done.</summary>
    void Launch<TKernel, TPlace, T>(in TKernel kernel, in Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged;
}

/// <summary>Launches that follow each other, in shares that do not need each other.</summary>
public interface ISharedWork
{
    /// <summary>Does one share.</summary>
    /// <param name="launcher">What it has to launch with.</param>
    /// <param name="share">Number of the share, from 0.</param>
    void Run(ILauncher launcher, int share);
}
