#if ILGPU
using System.Numerics;
using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>How a box is laid over the threads of a device, see <see cref="IlgpuEntryPoints"/>.</summary>
internal enum Mapping { Points, Rows }

/// <summary>
/// A device of ILGPU: CUDA, OpenCL, or ILGPU's simulator on the processor. A kernel is compiled at its first launch and
/// kept.
/// </summary>
internal sealed class IlgpuDevice : IDevice
{
    private const int MostReducingGroups = 1024;
    private const int PointsPerThread = 4;
    private const long ScratchOfProcessors = 16L << 20, ScratchOfGpus = 256L << 20;
    private readonly Context context;
    private readonly Accelerator accelerator;
    private readonly Mapping mapping;
    private readonly int groupSize;
    private readonly List<MemoryBuffer> buffers = [];
    private readonly Dictionary<Type, Delegate> loaded = [];
    private IlgpuStaging? staging;
    private View<double> results, oneResult;

    /// <summary>Opens a device of the context, which from then on belongs to this object.</summary>
    /// <param name="memoryBytes">Memory that arrays may take.</param>
    /// <exception cref="DeviceException">The driver refuses.</exception>
    public IlgpuDevice(Context context, ILGPU.Runtime.Device device, string name, long memoryBytes, Mapping mapping)
    {
        (this.context, this.mapping, Name, MemoryBytes) = (context, mapping, name, memoryBytes);
        try
        {
            accelerator = device.CreateAccelerator(context);
        }
        catch (Exception error)
        {
            context.Dispose();
            throw new DeviceException($"{name} cannot be opened: {Cause(error)}", error);
        }
        if (accelerator is CudaAccelerator cuda)
            MemoryBytes = cuda.GetFreeMemory();
        // A power of two, for the tree of a reduction.
        groupSize = Math.Min(IlgpuEntryPoints.LargestGroup,
            1 << BitOperations.Log2((uint)accelerator.MaxNumThreadsPerGroup));
    }

    public string Name { get; }

    public long MemoryBytes { get; }

    public long AllocatedBytes { get; private set; }

    public long Launches { get; private set; }

    /// <summary>What stays in the caches of a processor, or what keeps a GPU busy.</summary>
    public long ScratchBytes => mapping == Mapping.Rows ? ScratchOfProcessors : ScratchOfGpus;

    public View<T> Allocate<T>(int length) where T : unmanaged
    {
        var bytes = (long)length * Unsafe.SizeOf<T>();
        DeviceMemory.Require(this, bytes);
        try
        {
            var buffer = accelerator.Allocate1D<T>(Math.Max(length, 1));
            buffers.Add(buffer);
            buffer.MemSetToZero();
            AllocatedBytes += bytes;
            return new View<T>(buffer.View.BaseView.SubView(0, length));
        }
        catch (Exception error) when (error is AcceleratorException or OutOfMemoryException)
        {
            throw DeviceMemory.DoesNotFit(this, bytes, error);
        }
    }

    public void Upload<T>(ReadOnlySpan<T> from, View<T> to) where T : unmanaged
    {
        if (from.IsEmpty)
            return;
        try
        {
            to.Array.SubView(0, from.Length).CopyFromCPU(accelerator.DefaultStream, from);
        }
        catch (AcceleratorException error)
        {
            throw Failed("copying to it", error);
        }
    }

    public void Download<T>(View<T> from, Span<T> to) where T : unmanaged
    {
        var length = Math.Min(from.Length, to.Length);
        if (length == 0)
            return;
        try
        {
            var target = to[..length];
            from.Array.SubView(0, length).CopyToCPU(accelerator.DefaultStream, target);
        }
        catch (AcceleratorException error)
        {
            throw Failed("a kernel, or copying its results", error);
        }
    }

    public Func<double[]> BeginDownload(View<double> from)
    {
        try
        {
            staging ??= new IlgpuStaging(this, accelerator);
            if (staging.TryCopy(from) is { } copy)
                return () => Take(copy);
        }
        catch (AcceleratorException error)
        {
            throw Failed("a kernel, or copying its results", error);
        }
        var values = this.Download(from);
        return () => values;
    }

    public void Launch<TKernel, TPlace, T>(in TKernel kernel, in Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged
    {
        if (box.Points == 0)
            return;
        var (entry, extent) = mapping == Mapping.Rows ? (nameof(IlgpuEntryPoints.Rows), OneThreadEach(box.Rows))
            : (nameof(IlgpuEntryPoints.Points), Tiles(box));
        var launch = Find<Action<KernelConfig, TKernel, Box<TPlace>>>();
        if (launch is null)
        {
            var body = Entry<Action<TKernel, Box<TPlace>>>(entry, typeof(TKernel), typeof(TPlace),
                typeof(T) == typeof(float) ? typeof(GpuFloat) : typeof(GpuDouble), typeof(T));
            launch = Load(typeof(TKernel), () => accelerator.LoadStreamKernel(body));
        }
        try
        {
            launch(extent, kernel, box);
            Launches++;
        }
        catch (AcceleratorException error)
        {
            throw Failed(typeof(TKernel).Name, error);
        }
    }

    public void Synchronize()
    {
        try
        {
            accelerator.DefaultStream.Synchronize();
        }
        catch (AcceleratorException error)
        {
            throw Failed("a kernel", error);
        }
    }

    public double Reduce<TReduction, TPlace>(in TReduction reduction, in Box<TPlace> box, Reduction how)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace
    {
        if (oneResult.Length == 0)
            oneResult = Allocate<double>(1);
        Reduce(reduction, box, how, oneResult, 0);
        var value = 0.0;
        Download(oneResult, new Span<double>(ref value));
        return value;
    }

    public void Reduce<TReduction, TPlace>(
        in TReduction reduction, in Box<TPlace> box, Reduction how, View<double> result, int slot)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace
    {
        var (entry, extent) = mapping == Mapping.Rows ? (nameof(IlgpuEntryPoints.ReduceRows), OneThreadEach(box.Rows))
            : (nameof(IlgpuEntryPoints.ReducePoints), Groups(box));
        var count = box.Points == 0 ? 0 : extent.GridDim.X;
        var fold = Find<Action<KernelConfig, View<double>, int, Reduction, View<double>, int>>()
            ?? Load(typeof(IlgpuEntryPoints), () =>
                accelerator.LoadStreamKernel<View<double>, int, Reduction, View<double>, int>(mapping == Mapping.Rows
                ? IlgpuEntryPoints.FoldAlone : IlgpuEntryPoints.FoldTogether));
        if (results.Length < 2 * count)
            results = Allocate<double>(2 * Math.Max(2 * count, MostReducingGroups));
        try
        {
            if (count > 0)
                Reducer<TReduction, TPlace>(entry)(extent, reduction, box, how, results);
            fold(new(1, mapping == Mapping.Rows ? 1 : groupSize), results, count, how, result, slot);
            Launches++;
        }
        catch (AcceleratorException error)
        {
            throw Failed(typeof(TReduction).Name, error);
        }
    }

    public void Dispose()
    {
        staging?.Dispose();
        foreach (var buffer in buffers)
            buffer.Dispose();
        buffers.Clear();
        AllocatedBytes = 0;
        accelerator.Dispose();
        context.Dispose();
    }

    private static KernelConfig OneThreadEach(int rows) => new(new Index3D(rows, 1, 1), new Index3D(1, 1, 1));

    /// <summary>
    /// Groups as wide along x as the box, up to their size, and as high as that leaves; rows of groups go on along z
    /// where y has no more room.
    /// </summary>
    private KernelConfig Tiles<TPlace>(in Box<TPlace> box) where TPlace : struct, IPlace
    {
        const int mostAlongY = 32768;
        var width = box.X1 - box.X0;
        var across = Math.Min(groupSize, (int)BitOperations.RoundUpToPowerOf2((uint)width));
        var high = groupSize / across;
        var (columns, rows) = (Divide(width, across), Divide(box.Rows, high));
        return new(new Index3D(columns, Math.Min(rows, mostAlongY), Divide(rows, mostAlongY)),
            new Index3D(across, high, 1));
    }

    private KernelConfig Groups<TPlace>(in Box<TPlace> box) where TPlace : struct, IPlace
    {
        var groups = (int)Math.Min(
            MostReducingGroups, (box.Points + PointsPerThread * groupSize - 1) / (PointsPerThread * groupSize));
        return new(new Index3D(groups, 1, 1), new Index3D(groupSize, 1, 1));
    }

    private static int Divide(int a, int b) => (a + b - 1) / b;

    private Action<KernelConfig, TReduction, Box<TPlace>, Reduction, View<double>> Reducer<TReduction, TPlace>(
        string entry)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
        Find<Action<KernelConfig, TReduction, Box<TPlace>, Reduction, View<double>>>()
        ?? Load(typeof(TReduction), () =>
            accelerator.LoadStreamKernel(
            Entry<Action<TReduction, Box<TPlace>, Reduction, View<double>>>(entry, typeof(TReduction),
            typeof(TPlace))));

    /// <summary>
    /// A method of <see cref="IlgpuEntryPoints"/> for a kernel; by reflection, because the lane follows from the type
    /// of the numbers.
    /// </summary>
    private static TDelegate Entry<TDelegate>(string name, params Type[] types) where TDelegate : Delegate =>
        typeof(IlgpuEntryPoints).GetMethod(name)!.MakeGenericMethod(types).CreateDelegate<TDelegate>();

    private TDelegate? Find<TDelegate>() where TDelegate : Delegate =>
        (TDelegate?)loaded.GetValueOrDefault(typeof(TDelegate));

    private TDelegate Load<TDelegate>(Type kernel, Func<TDelegate> load) where TDelegate : Delegate
    {
        try
        {
            var launch = load();
            loaded.Add(typeof(TDelegate), launch);
            return launch;
        }
        catch (Exception error)
        {
            throw new DeviceException($"{Name}: the kernel {kernel.Name} cannot be compiled: {Cause(error)}", error);
        }
    }

    private double[] Take(View<double> copy)
    {
        var values = GC.AllocateUninitializedArray<double>(copy.Length);
        try
        {
            staging!.Take(copy, values);
        }
        catch (AcceleratorException error)
        {
            throw Failed("copying results", error);
        }
        return values;
    }

    private DeviceException Failed(string doing, Exception error) =>
        new($"{Name} failed in {doing}: {Cause(error)}", error);

    /// <summary>The innermost message, on one line.</summary>
    private static string Cause(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
#endif
