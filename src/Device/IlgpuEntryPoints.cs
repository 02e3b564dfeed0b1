#if ILGPU
using ILGPU;
using MesoLiMg.Kernels;

namespace MesoLiMg.Device;

/// <summary>
/// What ILGPU compiles: the ways in which a box is laid over the threads of a device, around any kernel. On GPUs one thread computes one point, on devices that are
/// processors one thread a whole row, which is several times faster there.
/// </summary>
public static class IlgpuEntryPoints
{
    /// <summary>Most threads of a group, and the length of a group's shared memory.</summary>
    public const int LargestGroup = 128;

    /// <summary>One thread a point: x along the first axis of threads and groups, rows along the second and on along the third axis of groups.</summary>
    public static void Points<TKernel, TLane, T>(TKernel kernel, Box box)
        where TKernel : struct, IKernel<T> where TLane : unmanaged, ILane<TLane, T> where T : unmanaged
    {
        var x = box.X0 + Grid.IdxX * Group.DimX + Group.IdxX;
        var row = (Grid.IdxZ * Grid.DimY + Grid.IdxY) * Group.DimY + Group.IdxY;
        if (x < box.X1 && row < box.Rows)
            kernel.Execute<TLane>(PointAt(box, row, x));
    }

    /// <summary>One thread a row, each a group of its own.</summary>
    public static void Rows<TKernel, TLane, T>(TKernel kernel, Box box)
        where TKernel : struct, IKernel<T> where TLane : unmanaged, ILane<TLane, T> where T : unmanaged
    {
        var start = PointAt(box, Grid.IdxX, box.X0);
        for (var dx = 0; dx < box.X1 - box.X0; dx++)
            kernel.Execute<TLane>(new Point(start.Index + dx, start.X + dx, start.Y, start.Z));
    }

    /// <summary>One number a group: its threads take every so manieth point of the box, then combine theirs as a tree. The order depends on the box and the number of groups alone.</summary>
    public static void ReducePoints<TReduction>(TReduction reduction, Box box, Reduction how, View<double> results) where TReduction : struct, IReduction
    {
        var shared = SharedMemory.Allocate<double>(LargestGroup);
        var (width, points) = ((uint)(box.X1 - box.X0), (uint)box.Points);
        var own = new GpuDouble(Fold.Start(how));
        for (var k = (uint)(Grid.IdxX * Group.DimX + Group.IdxX); k < points; k += (uint)(Grid.DimX * Group.DimX))
            own = Two(own, reduction.Value<GpuDouble>(PointAt(box, (int)(k / width), box.X0 + (int)(k % width))), how);
        Tree(shared, own, how);
        if (Group.IdxX == 0)
            results.Array[Grid.IdxX] = shared[0];
    }

    /// <summary>One number a row, each row a group of its own.</summary>
    public static void ReduceRows<TReduction>(TReduction reduction, Box box, Reduction how, View<double> results) where TReduction : struct, IReduction
    {
        var start = PointAt(box, Grid.IdxX, box.X0);
        var result = new GpuDouble(Fold.Start(how));
        for (var dx = 0; dx < box.X1 - box.X0; dx++)
            result = Two(result, reduction.Value<GpuDouble>(new Point(start.Index + dx, start.X + dx, start.Y, start.Z)), how);
        results.Array[Grid.IdxX] = result.Value;
    }

    /// <summary>The numbers of a reduction combined by one group, as a tree.</summary>
    public static void FoldTogether(View<double> numbers, int count, Reduction how, View<double> result, int slot)
    {
        var shared = SharedMemory.Allocate<double>(LargestGroup);
        var own = new GpuDouble(Fold.Start(how));
        for (var k = Group.IdxX; k < count; k += Group.DimX)
            own = Two(own, new GpuDouble(numbers.Array[k]), how);
        Tree(shared, own, how);
        if (Group.IdxX == 0)
            result.Array[slot] = shared[0];
    }

    /// <summary>The numbers of a reduction combined by one thread, in blocks, so that rounding grows with the root of their number.</summary>
    public static void FoldAlone(View<double> numbers, int count, Reduction how, View<double> result, int slot)
    {
        const int block = 128;
        var all = new GpuDouble(Fold.Start(how));
        for (var first = 0; first < count; first += block)
        {
            var own = new GpuDouble(Fold.Start(how));
            for (var k = first; k < count & k < first + block; k++)
                own = Two(own, new GpuDouble(numbers.Array[k]), how);
            all = Two(all, own, how);
        }
        result.Array[slot] = all.Value;
    }

    /// <summary>Combines the numbers of a group's threads; the result is in element 0.</summary>
    private static void Tree(ArrayView<double> shared, GpuDouble own, Reduction how)
    {
        shared[Group.IdxX] = own.Value;
        Group.Barrier();
        for (var half = Group.DimX / 2; half > 0; half /= 2)
        {
            if (Group.IdxX < half)
                shared[Group.IdxX] = Two(new GpuDouble(shared[Group.IdxX]), new GpuDouble(shared[Group.IdxX + half]), how).Value;
            Group.Barrier();
        }
    }

    private static GpuDouble Two(GpuDouble a, GpuDouble b, Reduction how) =>
        how switch { Reduction.Sum => a + b, Reduction.Max => GpuDouble.Max(a, b), _ => GpuDouble.Min(a, b) };

    private static Point PointAt(in Box box, int row, int x)
    {
        var height = box.Y1 - box.Y0;
        var (y, z) = (box.Y0 + row % height, box.Z0 + row / height);
        return new Point(box.Layout.Index(x, y, z), x, y, z);
    }
}
#endif
