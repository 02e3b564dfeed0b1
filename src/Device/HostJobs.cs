using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>Rows of a box, shared out in contiguous parts; each row from its start in the widest lane, its rest in narrower ones.</summary>
internal abstract class RowJob : IJob
{
    public Box Box;
    public int Width;

    public void Run(int chunk, int chunks)
    {
        var rows = Box.Rows;
        var last = (int)((long)rows * (chunk + 1) / chunks);
        for (var row = (int)((long)rows * chunk / chunks); row < last; row++)
            Row(row);
    }

    protected abstract void Row(int row);

    /// <summary>The point at x of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Point PointAt(in Box box, int row, int x)
    {
        var height = box.Y1 - box.Y0;
        var (y, z) = (box.Y0 + row % height, box.Z0 + row / height);
        return new Point(box.Layout.Index(x, y, z), x, y, z);
    }

    /// <summary>The point dx further along x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Point Shift(in Point p, int dx) => new(p.Index + dx, p.X + dx, p.Y, p.Z);
}

/// <summary>A launch.</summary>
internal sealed class LaunchJob<TKernel, T> : RowJob where TKernel : struct, IKernel<T> where T : unmanaged
{
    public TKernel Kernel;

    protected override void Row(int row)
    {
        var p = PointAt(Box, row, Box.X0);
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
    private Point Lanes<L>(Point p, int end) where L : unmanaged, ILane<L, T> => end - p.X >= L.Width ? Run<L>(p, end) : p;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private Point Run<L>(Point p, int end) where L : unmanaged, ILane<L, T>
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

    public void Launch<TKernel, T>(in TKernel kernel, in Box box) where TKernel : struct, IKernel<T> where T : unmanaged
    {
        var job = jobs.Get<LaunchJob<TKernel, T>>();
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

/// <summary>A reduction: one number a row, in lanes and then along the lane.</summary>
internal sealed class ReduceJob<TReduction> : RowJob where TReduction : struct, IReduction
{
    public TReduction Kernel;
    public Reduction How;
    public View<double> Rows;

    protected override unsafe void Row(int row)
    {
        var p = PointAt(Box, row, Box.X0);
        var end = p.X + Box.X1 - Box.X0;
        var result = Fold.Start(How);
        if (Width >= 8)
            p = Lanes<Lane512<double>>(p, end, ref result);
        if (Width >= 4)
            p = Lanes<Lane256<double>>(p, end, ref result);
        if (Width >= 2)
            p = Lanes<Lane128<double>>(p, end, ref result);
        Lanes<Lane1<double>>(p, end, ref result);
        *Rows.At(row) = result;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Point Lanes<L>(Point p, int end, ref double result) where L : unmanaged, ILane<L, double> =>
        end - p.X >= L.Width ? Run<L>(p, end, ref result) : p;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private unsafe Point Run<L>(Point p, int end, ref double result) where L : unmanaged, ILane<L, double>
    {
        var kernel = Kernel;
        var sum = L.Of(Fold.Start(How));
        for (; end - p.X >= L.Width; p = Shift(p, L.Width))
        {
            var value = kernel.Value<L>(p);
            sum = How switch { Reduction.Sum => sum + value, Reduction.Max => L.Max(sum, value), _ => L.Min(sum, value) };
        }
        var elements = stackalloc double[L.Width];
        L.Store(new View<double>((long)elements, L.Width), 0, sum);
        for (var k = 0; k < L.Width; k++)
            result = Fold.Two(result, elements[k], How);
        return p;
    }
}

/// <summary>Combining numbers in a fixed order.</summary>
internal static class Fold
{
    /// <summary>The value that changes nothing.</summary>
    public static double Start(Reduction how) => how switch { Reduction.Sum => 0, Reduction.Max => double.NegativeInfinity, _ => double.PositiveInfinity };

    /// <summary>Two numbers.</summary>
    public static double Two(double a, double b, Reduction how) => how switch { Reduction.Sum => a + b, Reduction.Max => Math.Max(a, b), _ => Math.Min(a, b) };

    /// <summary>One number a row; sums pairwise, so that rounding grows with the logarithm of their number.</summary>
    public static double Rows(ReadOnlySpan<double> rows, Reduction how)
    {
        if (how == Reduction.Sum && rows.Length > 16)
            return Rows(rows[..(rows.Length / 2)], how) + Rows(rows[(rows.Length / 2)..], how);
        var result = Start(how);
        foreach (var row in rows)
            result = Two(result, row, how);
        return result;
    }
}
