#if ILGPU
using ILGPU;
using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>
/// What ILGPU compiles: the ways in which a box is laid over the threads of a device, around any kernel. On GPUs one
/// thread computes one point, on devices that are processors one thread a whole row, which is several times faster
/// there.
/// </summary>
public static class IlgpuEntryPoints
{
    /// <summary>Most threads of a group, and the length of a group's shared memory.</summary>
    public const int LargestGroup = 128;

    /// <summary>
    /// One thread a point: x along the first axis of threads and groups, rows along the second and on along the third
    /// axis of groups.
    /// </summary>
    public static void Points<TKernel, TPlace, TLane, T>(TKernel kernel, Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace
            where TLane : unmanaged, ILane<TLane, T> where T : unmanaged
    {
        var x = box.X0 + Grid.IdxX * Group.DimX + Group.IdxX;
        var row = (Grid.IdxZ * Grid.DimY + Grid.IdxY) * Group.DimY + Group.IdxY;
        if (x < box.X1 && row < box.Rows)
            kernel.Execute<TLane>(box.At(row, x));
    }

    /// <summary>One thread a row, each a group of its own.</summary>
    public static void Rows<TKernel, TPlace, TLane, T>(TKernel kernel, Box<TPlace> box)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace
            where TLane : unmanaged, ILane<TLane, T> where T : unmanaged
    {
        var start = box.At(Grid.IdxX, box.X0);
        for (var dx = 0; dx < box.X1 - box.X0; dx++)
            kernel.Execute<TLane>(new Point<TPlace>(start.Index + dx, start.X + dx, start.Y, start.Z));
    }

    /// <summary>
    /// One number a group: its threads take every so manieth point of the box, then combine theirs as a tree. The order
    /// depends on the box and the number of groups alone.
    /// </summary>
    public static void ReducePoints<TReduction, TPlace>(
        TReduction reduction, Box<TPlace> box, Reduction how, View<double> results)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace
    {
        var (width, points) = ((uint)(box.X1 - box.X0), (uint)box.Points);
        var own = PartialResult<GpuDouble>.Start(how);
        for (var k = (uint)(Grid.IdxX * Group.DimX + Group.IdxX); k < points; k += (uint)(Grid.DimX * Group.DimX))
            own = own.With(reduction.Value<GpuDouble>(box.At((int)(k / width), box.X0 + (int)(k % width))), how);
        var all = Tree(own, how);
        if (Group.IdxX == 0)
            Store(results, Grid.IdxX, all);
    }

    /// <summary>One number a row, each row a group of its own.</summary>
    public static void ReduceRows<TReduction, TPlace>(
        TReduction reduction, Box<TPlace> box, Reduction how, View<double> results)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace
    {
        var start = box.At(Grid.IdxX, box.X0);
        var result = PartialResult<GpuDouble>.Start(how);
        for (var dx = 0; dx < box.X1 - box.X0; dx++)
            result = result.With(reduction.Value<GpuDouble>(
                new Point<TPlace>(start.Index + dx, start.X + dx, start.Y, start.Z)), how);
        Store(results, Grid.IdxX, result);
    }

    /// <summary>The partial results of a reduction combined by one group, as a tree.</summary>
    public static void FoldTogether(View<double> partial, int count, Reduction how, View<double> result, int slot)
    {
        var own = PartialResult<GpuDouble>.Start(how);
        for (var k = Group.IdxX; k < count; k += Group.DimX)
            own = own.With(Load(partial, k), how);
        var all = Tree(own, how);
        if (Group.IdxX == 0)
            result.Array[slot] = all.Rounded.Value;
    }

    /// <summary>The partial results of a reduction combined by one thread.</summary>
    public static void FoldAlone(View<double> partial, int count, Reduction how, View<double> result, int slot)
    {
        var all = PartialResult<GpuDouble>.Start(how);
        for (var k = 0; k < count; k++)
            all = all.With(Load(partial, k), how);
        result.Array[slot] = all.Rounded.Value;
    }

    /// <summary>Combines the partial results of a group's threads; the first thread has them all.</summary>
    private static PartialResult<GpuDouble> Tree(PartialResult<GpuDouble> own, Reduction how)
    {
        var (values, rests) = (SharedMemory.Allocate<double>(LargestGroup),
            SharedMemory.Allocate<double>(LargestGroup));
        values[Group.IdxX] = own.Value.Value;
        rests[Group.IdxX] = own.Rest.Value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
            {
                own = own.With(new PartialResult<GpuDouble>(new GpuDouble(values[Group.IdxX + half]),
                    new GpuDouble(rests[Group.IdxX + half])), how);
                values[Group.IdxX] = own.Value.Value;
                rests[Group.IdxX] = own.Rest.Value;
            }
            Group.Barrier();
        }
        return own;
    }

    private static PartialResult<GpuDouble> Load(View<double> partial, int k) =>
        new(new GpuDouble(partial.Array[2 * k]), new GpuDouble(partial.Array[2 * k + 1]));

    private static void Store(View<double> partial, int k, PartialResult<GpuDouble> result)
    {
        partial.Array[2 * k] = result.Value.Value;
        partial.Array[2 * k + 1] = result.Rest.Value;
    }
}
#endif
