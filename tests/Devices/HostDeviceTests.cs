using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

public sealed class HostDeviceTests
{
    // Enough points for the device to wake its threads, and rows that no lane divides.
    private const int Nx = 67, Ny = 31;

    public static TheoryData<string> Kernels => [.. KernelCatalogue.Names];

    private static readonly string[] Chosen =
        ["CellForces(Double)", "ApplyStiffness(CornerForces(Double), KeepForce(Double), Double)",
            "ApplyStiffness(ForcesByNode(Quadrilateral(Single), Isotropic(Single), Single), SmoothChebyshev(Single), "
            + "Single)", "Potentials(RedlichKister)", "Scatter(Double)", "Dot(Cell)"];

    public static IEnumerable<object[]> ChosenAtEveryWidth =>
        Chosen.SelectMany(_ => (int[])[1, 2, 4, 8], (kernel, width) => (object[])[kernel, width]);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_gives_the_same_bits_for_any_number_of_threads(string kernel) =>
        AssertSameBits(kernel, width: 0);

    [Theory]
    [MemberData(nameof(ChosenAtEveryWidth))]
    public void At_every_width_a_kernel_gives_the_same_bits_for_any_number_of_threads(string kernel, int width) =>
        AssertSameBits(kernel, width);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_gives_the_same_at_every_width(string kernel)
    {
        var type = KernelCatalogue.Find(kernel);
        using var narrow = new HostDevice(1, 1);
        var expected = AnyKernel.Run(narrow, type, 29, 3);
        foreach (var width in new[] { 2, 4, 8 })
        {
            using var wide = new HostDevice(1, width);
            AnyKernel.AssertClose(expected, AnyKernel.Run(wide, type, 29, 3),
                KernelCatalogue.NumberOf(type) == typeof(float) ? 1e-5 : 1e-13);
        }
    }

    private static void AssertSameBits(string kernel, int width)
    {
        var type = KernelCatalogue.Find(kernel);
        using var single = new HostDevice(1, width);
        var expected = AnyKernel.Run(single, type, Nx, Ny);
        foreach (var threads in new[] { 2, 3 })
        {
            using var several = new HostDevice(threads, width);
            var actual = AnyKernel.Run(several, type, Nx, Ny);
            Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.AsSpan().SequenceEqual(pair.Second)));
        }
    }
}
