using System.Runtime.Intrinsics;
using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>
/// The embedded device: SIMD lanes on all cores. Work is split between rows only and the remainder of a row is done in
/// narrower lanes that round alike, so that results do not depend on the number of threads, bit for bit; and sums do
/// not depend on their order.
/// </summary>
public sealed class HostDevice : IDevice
{
    private const int PointsWorthThreads = 2048, BytesWorthThreads = 1 << 20, ChunksPerThread = 4;
    private readonly List<nint> blocks = [];
    private readonly JobCache jobs = new();
    private readonly WorkerPool pool;
    private readonly HostThread[] ownThreads;
    private View<double> rowResults;
    private long launches;

    /// <summary>A device with its own threads.</summary>
    /// <param name="threads">Threads; 0 takes one per core.</param>
    /// <param name="width">Widest lane in points (1, 2, 4 or 8); 0 takes what the processor has.</param>
    public HostDevice(int threads = 0, int width = 0)
    {
        Threads = threads > 0 ? threads : Environment.ProcessorCount;
        Width = width > 0 ? width : Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : 2;
        if (Width is not (1 or 2 or 4 or 8))
            throw new ArgumentOutOfRangeException(nameof(width), "A lane is 1, 2, 4 or 8 points wide.");
        pool = new WorkerPool(Threads);
        ownThreads = [.. Enumerable.Range(0, Threads).Select(_ => new HostThread(Width))];
    }

    /// <summary>Threads that work, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>Points in the widest lane of double precision.</summary>
    public int Width { get; }

    public string Name => $"host ({Threads} thread{(Threads == 1 ? "" : "s")}, {Width}-wide)";

    public long MemoryBytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    public long AllocatedBytes { get; private set; }

    public long Launches => launches + ownThreads.Sum(thread => thread.Launches);

    public int Shares => Threads;

    /// <summary>What a core's own second-level cache holds on usual processors.</summary>
    public long ScratchBytes => 640L << 10;

    public unsafe View<T> Allocate<T>(int length) where T : unmanaged
    {
        // One lane of slack at the end: a wide load of the last ghost stays inside.
        var bytes = (nuint)length * (nuint)sizeof(T) + HostMemory.Alignment;
        DeviceMemory.Require(this, (long)bytes);
        var address = HostMemory.Allocate(bytes);
        var clear = jobs.Get<ClearJob>();
        (clear.Address, clear.Bytes) = (address, (long)bytes);
        if (bytes < BytesWorthThreads)
            clear.Run(0, 1);
        else
            pool.Run(clear, ChunksPerThread * Threads);
        blocks.Add(address);
        AllocatedBytes += (long)bytes;
        return new View<T>(address, length);
    }

    public unsafe void Upload<T>(ReadOnlySpan<T> from, View<T> to) where T : unmanaged =>
        from.CopyTo(new Span<T>(to.At(0), to.Length));

    public unsafe void Download<T>(View<T> from, Span<T> to) where T : unmanaged
    {
        var copy = jobs.Get<CopyJob>();
        fixed (T* target = to)
        {
            (copy.From, copy.To, copy.Bytes) =
                (from.Address, (nint)target, (long)Math.Min(from.Length, to.Length) * sizeof(T));
            if (copy.Bytes < BytesWorthThreads)
                copy.Run(0, 1);
            else
                pool.Run(copy, ChunksPerThread * Threads);
        }
    }

    public void Launch<TKernel, TPlace, T>(in TKernel kernel, in Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged
    {
        var job = jobs.Get<LaunchJob<TKernel, TPlace, T>>();
        job.Kernel = kernel;
        job.Box = box;
        job.Width = Width;
        Run(job, box.Rows, box.Points);
    }

    public void Share(ISharedWork work, int count)
    {
        var job = jobs.Get<ShareJob>();
        (job.Work, job.Launchers) = (work, ownThreads);
        if (count == 1)
            job.Run(0, 1);
        else
            pool.Run(job, count);
    }

    public void Synchronize()
    {
    }

    public unsafe void Reduce<TReduction, TPlace>(
        in TReduction reduction, in Box<TPlace> box, Reduction how, View<double> result, int slot)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
        *result.At(slot) = Reduce(reduction, box, how);

    public unsafe double Reduce<TReduction, TPlace>(in TReduction reduction, in Box<TPlace> box, Reduction how)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace
    {
        if (rowResults.Length < 2 * box.Rows)
            rowResults = Allocate<double>(4 * box.Rows);
        var job = jobs.Get<ReduceJob<TReduction, TPlace>>();
        job.Kernel = reduction;
        job.Box = box;
        job.Width = Width;
        job.How = how;
        job.Rows = rowResults;
        Run(job, box.Rows, box.Points);
        return ReduceJob<TReduction, TPlace>.Fold(rowResults, box.Rows, how);
    }

    public void Dispose()
    {
        pool.Dispose();
        foreach (var block in blocks)
            HostMemory.Free(block);
        blocks.Clear();
        AllocatedBytes = 0;
    }

    private void Run(IJob job, int rows, long points)
    {
        launches++;
        if (Threads == 1 || rows < 2 || points < PointsWorthThreads)
            job.Run(0, 1);
        else
            pool.Run(job, ChunksPerThread * Threads);
    }
}
