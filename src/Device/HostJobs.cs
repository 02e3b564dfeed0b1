using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>
/// Rows of a box, shared out in contiguous parts; each row from its start in the widest lane, its rest in narrower
/// ones.
/// </summary>
internal abstract class RowJob<TPlace> : IJob where TPlace : struct, IPlace
{
    public Box<TPlace> Box;
    public int Width;

    public void Run(int chunk, int chunks)
    {
        var rows = Box.Rows;
        var last = (int)((long)rows * (chunk + 1) / chunks);
        for (var row = (int)((long)rows * chunk / chunks); row < last; row++)
            Row(row);
    }

    protected abstract void Row(int row);

    /// <summary>The point dx further along x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Point<TPlace> Shift(in Point<TPlace> p, int dx) => new(p.Index + dx, p.X + dx, p.Y, p.Z);
}

/// <summary>A launch.</summary>
internal sealed class LaunchJob<TKernel, TPlace, T> : RowJob<TPlace>
    where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged
{
    public TKernel Kernel;

    protected override void Row(int row)
    {
        var p = Box.At(row, Box.X0);
        var end = p.X + Box.X1 - Box.X0;
        if (Width >= 8)
            p = Lanes<Lane512<T>>(p, end);
        if (Width >= 4)
            p = Lanes<Lane256<T>>(p, end);
        if (Width >= 2)
            p = Lanes<Lane128<T>>(p, end);
        Lanes<Lane1<T>>(p, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Point<TPlace> Lanes<L>(Point<TPlace> p, int end) where L : unmanaged, ILane<L, T> =>
        end - p.X >= L.Width ? Run<L>(p, end) : p;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private Point<TPlace> Run<L>(Point<TPlace> p, int end) where L : unmanaged, ILane<L, T>
    {
        var kernel = Kernel;
        for (; end - p.X >= L.Width; p = Shift(p, L.Width))
            kernel.Execute<L>(p);
        return p;
    }
}

/// <summary>One job object per kernel type, kept so that a launch allocates nothing.</summary>
internal sealed class JobCache
{
    private readonly Dictionary<Type, object> jobs = [];

    public TJob Get<TJob>() where TJob : class, IJob, new()
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(jobs, typeof(TJob), out _);
        slot ??= new TJob();
        return Unsafe.As<TJob>(slot);
    }
}

/// <summary>Launches of one thread of the host.</summary>
internal sealed class HostThread(int width) : ILauncher
{
    private readonly JobCache jobs = new();

    /// <summary>Launches so far.</summary>
    public long Launches { get; private set; }

    public void Launch<TKernel, TPlace, T>(in TKernel kernel, in Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged
    {
        var job = jobs.Get<LaunchJob<TKernel, TPlace, T>>();
        (job.Kernel, job.Box, job.Width) = (kernel, box, width);
        job.Run(0, 1);
        Launches++;
    }
}

/// <summary>Shares of a work, one a chunk.</summary>
internal sealed class ShareJob : IJob
{
    public ISharedWork? Work;
    public HostThread[] Launchers = [];

    public void Run(int chunk, int chunks) => Work!.Run(Launchers[chunk], chunk);
}

/// <summary>A reduction: one partial result a row, its two numbers one after the other.</summary>
internal sealed class ReduceJob<TReduction, TPlace> : RowJob<TPlace>
    where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace
{
    public TReduction Kernel;
    public Reduction How;
    public View<double> Rows;

    /// <summary>The rows together.</summary>
    public static unsafe double Fold(View<double> rows, int count, Reduction how)
    {
        var result = PartialResult<Lane1<double>>.Start(how);
        for (var row = 0; row < count; row++)
            result = result.With(At(rows, row), how);
        var rounded = 0.0;
        Lane1<double>.Store(new View<double>((long)&rounded, 1), 0, result.Rounded);
        return rounded;
    }

    protected override void Row(int row)
    {
        var p = Box.At(row, Box.X0);
        var end = p.X + Box.X1 - Box.X0;
        var result = PartialResult<Lane1<double>>.Start(How);
        if (Width >= 8)
            p = Lanes<Lane512<double>>(p, end, ref result);
        if (Width >= 4)
            p = Lanes<Lane256<double>>(p, end, ref result);
        if (Width >= 2)
            p = Lanes<Lane128<double>>(p, end, ref result);
        Lanes<Lane1<double>>(p, end, ref result);
        Lane1<double>.Store(Rows, 2 * row, result.Value);
        Lane1<double>.Store(Rows, 2 * row + 1, result.Rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Point<TPlace> Lanes<L>(Point<TPlace> p, int end, ref PartialResult<Lane1<double>> result)
        where L : unmanaged, ILane<L, double> =>
        end - p.X >= L.Width ? Run<L>(p, end, ref result) : p;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private unsafe Point<TPlace> Run<L>(Point<TPlace> p, int end, ref PartialResult<Lane1<double>> result)
        where L : unmanaged, ILane<L, double>
    {
        var (kernel, how) = (Kernel, How);
        var lanes = PartialResult<L>.Start(how);
        for (; end - p.X >= L.Width; p = Shift(p, L.Width))
            lanes = lanes.With(kernel.Value<L>(p), how);
        var elements = stackalloc double[2 * L.Width];
        View<double> values = new((long)elements, L.Width), rests = new((long)(elements + L.Width), L.Width);
        L.Store(values, 0, lanes.Value);
        L.Store(rests, 0, lanes.Rest);
        for (var k = 0; k < L.Width; k++)
            result = result.With(new PartialResult<Lane1<double>>(Lane1<double>.Load(values, k),
                Lane1<double>.Load(rests, k)), how);
        return p;
    }

    private static PartialResult<Lane1<double>> At(View<double> rows, int row) =>
        new(Lane1<double>.Load(rows, 2 * row), Lane1<double>.Load(rows, 2 * row + 1));
}
