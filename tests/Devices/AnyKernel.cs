using System.Reflection;
using System.Runtime.CompilerServices;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// Runs any kernel on made-up data, the same on every device: views of random numbers in [½, 1½), maps of 0 to 3, sizes
/// that keep every access inside. The numbers mean nothing; that devices agree on them does. The box is one plane,
/// because the kernels of faces write one entry per x and y.
/// </summary>
internal sealed class AnyKernel
{
    private static readonly double[] Noise = MakeNoise(200_000);
    private readonly IDevice device;
    private readonly Layout layout;
    private readonly Box<Flat> box;
    private readonly List<Func<double[]>> views = [];

    private AnyKernel(IDevice device, int nx, int ny)
    {
        var (strideY, strideZ) = (nx + 4, (nx + 4) * (ny + 4));
        this.device = device;
        layout = new Layout(strideY, strideZ, 2 * strideZ + 2 * strideY + 2, 2 * strideZ);
        box = new Box<Flat>(layout, 0, nx, 0, ny, 1, 2);
    }

    /// <summary>All arrays of a kernel after its launch, or of a reduction its sum, maximum and minimum.</summary>
    public static double[][] Run(IDevice device, Type kernel, int nx, int ny)
    {
        var run = new AnyKernel(device, nx, ny);
        var filled = run.Fill(kernel);
        var place = KernelCatalogue.PlaceOf(kernel);
        if (KernelCatalogue.IsReduction(kernel))
            return (double[][])Call(nameof(Reduce), [kernel, place], run, filled);
        var before = run.Download();
        Call(nameof(Launch), [kernel, place, KernelCatalogue.NumberOf(kernel)], run, filled);
        var after = run.Download();
        Assert.Contains(before.Zip(after), pair => !pair.First.AsSpan().SequenceEqual(pair.Second));
        return after;
    }

    /// <summary>Asserts that two runs agree within a tolerance relative to the largest number of each array.</summary>
    public static void AssertClose(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (a, b) in expected.Zip(actual))
        {
            var (scale, error) = (0.0, 0.0);
            for (var k = 0; k < a.Length; k++)
                (scale, error) = (Math.Max(scale, Math.Abs(a[k])), Math.Max(error, Math.Abs(a[k] - b[k])));
            Assert.True(double.IsFinite(scale));
            Assert.True(error <= tolerance * scale,
                $"differs by {error / scale:e1} of the largest number, {tolerance:e1} is allowed");
        }
    }

    private double[][] Download() => [.. views.Select(download => download())];

    private static void Launch<TKernel, TPlace, T>(AnyKernel run, object kernel)
        where TKernel : struct, IKernel<TPlace, T> where TPlace : struct, IPlace where T : unmanaged =>
        run.device.Launch<TKernel, TPlace, T>((TKernel)kernel, On<TPlace>(run.box));

    private static double[][] Reduce<TReduction, TPlace>(AnyKernel run, object reduction)
        where TReduction : struct, IReduction<TPlace> where TPlace : struct, IPlace =>
        [.. Enum.GetValues<Reduction>()
            .Select(how => (double[])[run.device.Reduce((TReduction)reduction, On<TPlace>(run.box), how)])];

    private static Box<TPlace> On<TPlace>(Box<Flat> box) where TPlace : struct, IPlace =>
        new(box.Layout, box.X0, box.X1, box.Y0, box.Y1, box.Z0, box.Z1);

    private object Fill(Type type)
    {
        var filled = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            field.SetValue(filled, Value(field));
        return filled;
    }

    private object Value(FieldInfo field) => field.FieldType switch
    {
        var type when type == typeof(int) => Size(field.Name.ToLowerInvariant()),
        var type when type == typeof(double) => 0.75,
        var type when type == typeof(Layout) => layout,
        // Of what is around a point no more than the layers that there are.
        var type when type == typeof(View<int>) && field.Name.Contains("Reach") =>
            device.Allocate<int>(Array.ConvertAll(Noise[..(8 * layout.Length)], value => (int)value)),
        var type when type == typeof(View<int>) =>
            device.Allocate<int>(Array.ConvertAll(Noise[..(8 * layout.Length)], value => (int)(4 * value - 2))),
        // Two layers of cells around the plane's nodes.
        var type when type == typeof(CornerForces<double>) =>
            new CornerForces<double>(
            (View<double>)Value(typeof(View<double>), CornerForces<double>.LengthFor(layout, box.Y1 + 1, 2))!, layout,
            -1, box.Y1 + 1, 2),
        var type when type == typeof(CornerForces<float>) =>
            new CornerForces<float>(
            (View<float>)Value(typeof(View<float>), CornerForces<float>.LengthFor(layout, box.Y1 + 1, 2))!, layout, -1,
            box.Y1 + 1, 2),
        var type when Value(type, 8 * layout.Length) is { } view => view,
        var type => Fill(type)
    };

    /// <summary>A view of noise, or null where the type is no view of numbers.</summary>
    private object? Value(Type type, int length) =>
        type == typeof(View<double>) ? View(length, noise => noise, values => values)
        : type == typeof(View<float>) ? View(length, noise => Array.ConvertAll(noise, value => (float)value), values =>
            Array.ConvertAll(values, value => (double)value))
        : null;

    private int Size(string name) => name switch
    {
        _ when name.Contains("components") || name.Contains("count") => 3,
        _ when name.Contains("length") => layout.Length,
        // Distances between what is read and what is written: out of the plane, so that no point reads another's
        // result.
        _ when name.Contains("shift") || name.Contains("inward") || name.Contains("first") || name.Contains("second")
            || name.Contains("third") || name.Contains("stride") => 2 * layout.StrideZ,
        _ => 1
    };

    private View<T> View<T>(int length, Converter<double[], T[]> fromNoise, Converter<T[], double[]> toNumbers)
        where T : unmanaged
    {
        // Another part of the noise for every view.
        var start = 1009 * views.Count;
        var view = device.Allocate<T>(fromNoise(Noise[start..(start + length)]));
        views.Add(() => toNumbers(device.Download(view)));
        return view;
    }

    private static double[] MakeNoise(int length)
    {
        var random = new Random(20250101);
        return [.. Enumerable.Range(0, length).Select(_ => 0.5 + random.NextDouble())];
    }

    private static object Call(string method, Type[] types, params object[] arguments) =>
        typeof(AnyKernel).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(types)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
