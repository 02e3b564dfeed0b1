using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>
/// Where kernels run and arrays live. Everything that a device allocates belongs to it and is freed with it.
/// Adding a device means one more class in this folder.
/// </summary>
public interface IDevice : ILauncher, IDisposable
{
    /// <summary>Name for people, such as <c>host (2 threads, 8-wide)</c>.</summary>
    string Name { get; }

    /// <summary>Bytes of memory that arrays may take in all.</summary>
    long MemoryBytes { get; }

    /// <summary>Bytes of memory that arrays take now.</summary>
    long AllocatedBytes { get; }

    /// <summary>Launches and reductions so far.</summary>
    long Launches { get; }

    /// <summary>
    /// Bytes of temporary results that one launch of a share should leave for the next: what stays in the caches of a
    /// host, and on a GPU what its many threads need to be busy.
    /// </summary>
    long ScratchBytes => 256L << 20;

    /// <summary>An array of zeros.</summary>
    /// <exception cref="DeviceException">It does not fit.</exception>
    View<T> Allocate<T>(int length) where T : unmanaged;

    /// <summary>Copies host numbers to the start of an array.</summary>
    void Upload<T>(ReadOnlySpan<T> from, View<T> to) where T : unmanaged;

    /// <summary>Copies the start of an array to the host, after the launches before it.</summary>
    void Download<T>(View<T> from, Span<T> to) where T : unmanaged;

    /// <summary>
    /// Begins to copy an array to the host. What is returned gives the numbers that the launches so far leave in it, to
    /// any thread, once; the launches after this may change the array. A host copies it at once. A device with a memory
    /// of its own copies it there, if there is room, and brings the copy to the host when it is asked for, beside
    /// launches.
    /// </summary>
    Func<double[]> BeginDownload(View<double> from)
    {
        var values = this.Download(from);
        return () => values;
    }

    /// <summary>
    /// Shares into which <see cref="Share"/> should divide a work: as many as there are threads with caches of their
    /// own.
    /// </summary>
    int Shares => 1;

    /// <summary>
    /// Does all shares of a work. On a host one thread does all launches of a share, so that what one of them leaves
    /// for the next stays in that thread's caches.
    /// </summary>
    /// <param name="shares">Their number.</param>
    void Share(ISharedWork work, int shares)
    {
        for (var share = 0; share < shares; share++)
            work.Run(this, share);
    }

    /// <summary>Waits for the launches so far; copies and reductions wait by themselves.</summary>
    /// <exception cref="DeviceException">One of them failed.</exception>
    void Synchronize();

    /// <summary>
    /// Combines a value of every point of the box, to the same bits in any order (<see cref="PartialResult{L}"/>), into
    /// element <paramref name="slot"/> of an array. It may return before that is done.
    /// </summary>
    void Reduce<TReduction, TPlace>(in TReduction reduction, in Box<TPlace> box, Reduction how,
        View<double> result, int slot)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace;

    /// <summary>Combines a value of every point of the box and waits for the result.</summary>
    double Reduce<TReduction, TPlace>(in TReduction reduction, in Box<TPlace> box, Reduction how)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace;
}

/// <summary>The forms in which solvers call a device.</summary>
public static class DeviceExtensions
{
    /// <summary>Runs a double precision kernel at every point of the box.</summary>
    public static void Launch<TKernel, TPlace>(this IDevice device, in TKernel kernel, in Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, double> where TPlace : struct, IPlace =>
        device.Launch<TKernel, TPlace, double>(kernel, box);

    /// <summary>Sum over the box.</summary>
    public static double Sum<TReduction, TPlace>(this IDevice device, in TReduction reduction, in Box<TPlace> box)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
        device.Reduce(reduction, box, Reduction.Sum);

    /// <summary>Sum over the box, left on the device.</summary>
    public static void Sum<TReduction, TPlace>(this IDevice device, in TReduction reduction, in Box<TPlace> box,
        View<double> result, int slot)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
        device.Reduce(reduction, box, Reduction.Sum, result, slot);

    /// <summary>Largest value in the box.</summary>
    public static double Max<TReduction, TPlace>(this IDevice device, in TReduction reduction, in Box<TPlace> box)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
        device.Reduce(reduction, box, Reduction.Max);

    /// <summary>Smallest value in the box.</summary>
    public static double Min<TReduction, TPlace>(this IDevice device, in TReduction reduction, in Box<TPlace> box)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
        device.Reduce(reduction, box, Reduction.Min);

    /// <summary>A new array with the numbers given.</summary>
    public static View<T> Allocate<T>(this IDevice device, ReadOnlySpan<T> values) where T : unmanaged
    {
        var view = device.Allocate<T>(values.Length);
        device.Upload(values, view);
        return view;
    }

    /// <summary>A copy on the host.</summary>
    public static T[] Download<T>(this IDevice device, View<T> view) where T : unmanaged
    {
        var values = GC.AllocateUninitializedArray<T>(view.Length);
        device.Download(view, values);
        return values;
    }

    /// <summary>A copy of a field on the host, as it lies in memory.</summary>
    public static T[] Download<TPlace, T>(this IDevice device, Field<TPlace, T> field)
        where TPlace : struct, IPlace where T : unmanaged => device.Download(field.Values);
}
