using System.Runtime.CompilerServices;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>
/// The rules for kernels, checked with and without ILGPU: that ours keep them, and that breaking one is noticed.
/// </summary>
public sealed class KernelRulesTests
{
    public static TheoryData<string> Kernels => [.. KernelCatalogue.Definitions.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_keeps_to_what_ILGPU_can_compile(string kernel) =>
        Assert.Empty(KernelRules.BrokenBy(KernelCatalogue.Definitions.Single(type => type.Name == kernel)));

    [Theory]
    [InlineData(typeof(Throws), "throws")]
    [InlineData(typeof(Clamps), "calls Math.Clamp")]
    [InlineData(typeof(Switches), "throws")]
    [InlineData(typeof(OnTheStack), "allocates on the stack")]
    [InlineData(typeof(Allocates), "allocates an array")]
    [InlineData(typeof(HasBool), "field HasBool.flag has the type Boolean")]
    [InlineData(typeof(HasPointer), "field HasPointer.Pointer has the type Double*")]
    [InlineData(typeof(HasNative), "field HasNative.size has the type IntPtr")]
    [InlineData(typeof(HasObject), "field HasObject.name is an object")]
    [InlineData(typeof(HasNested), "field HasNested.inner.yes has the type Boolean")]
    [InlineData(typeof(CallsDelegate), "field CallsDelegate.f is an object")]
    [InlineData(typeof(UsesStatic), "reads a static field")]
    [InlineData(typeof(Tries), "has a try block")]
    [InlineData(typeof(Recurs), "Recurs.Again calls itself")]
    [InlineData(typeof(AsksType), "uses typeof")]
    [InlineData(typeof(Unsafely), "calls Unsafe.")]
    [InlineData(typeof(Fused), "calls Math.FusedMultiplyAdd")]
    public void A_kernel_that_breaks_a_rule_is_named_with_the_reason(Type kernel, string reason) =>
        Assert.Contains(KernelRules.BrokenBy(kernel), line => line.Contains(reason));

    private readonly struct Throws(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
        {
            if (p.X < 0)
                throw new InvalidOperationException();
            L.Store(y, p.Index, L.Of(1));
        }
    }

    private readonly struct Clamps(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, Math.Clamp(p.Index, 0, 5), L.Of(1));
    }

    private readonly struct Switches(View<double> y, int kind) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
        {
#pragma warning disable CS8509 // The missing default is what the test is about.
            L.Store(y, p.Index, L.Of(kind switch { 0 => 1, 1 => 2 }));
#pragma warning restore CS8509
        }
    }

    private readonly struct OnTheStack(View<double> y) : IKernel<Flat, double>
    {
        public unsafe void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
        {
            var memory = stackalloc double[4];
            memory[p.X & 3] = 1;
            L.Store(y, p.Index, L.Of(memory[0]));
        }
    }

    private readonly struct Allocates(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(new double[p.X].Length));
    }

    private readonly struct HasBool(View<double> y, bool flag) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(flag ? 1 : 0));
    }

    private readonly unsafe struct HasPointer(View<double> y) : IKernel<Flat, double>
    {
        public readonly double* Pointer = null;

        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(*Pointer));
    }

    private readonly struct HasNative(View<double> y, nint size) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(size));
    }

    private readonly struct HasObject(View<double> y, string name) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(name.Length));
    }

    private readonly struct Inner(bool yes)
    {
        public double Value => yes ? 1 : 0;
    }

    private readonly struct HasNested(View<double> y, Inner inner) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(inner.Value));
    }

    private readonly struct CallsDelegate(View<double> y, Func<double> f) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(f()));
    }

    private static double shared = 1;

    private readonly struct UsesStatic(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(shared));
    }

    private readonly struct Tries(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double>
        {
            try
            {
                L.Store(y, p.Index, L.Of(1));
            }
            finally
            {
                L.Store(y, p.Index + 1, L.Of(2));
            }
        }
    }

    private readonly struct Recurs(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(Again(p.X)));

        private static int Again(int n) => n < 2 ? 1 : n * Again(n - 1);
    }

    private readonly struct AsksType(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(typeof(L) == typeof(double) ? 1 : 0));
    }

    private readonly struct Unsafely(View<double> y) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(Unsafe.SizeOf<L>()));
    }

    private readonly struct Fused(View<double> y, double a) : IKernel<Flat, double>
    {
        public void Execute<L>(in Point<Flat> p) where L : unmanaged, ILane<L, double> =>
            L.Store(y, p.Index, L.Of(Math.FusedMultiplyAdd(a, a, a)));
    }
}
