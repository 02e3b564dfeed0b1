#if ILGPU
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using MesoLiMg.Device;
using MesoLiMg.Kernels;

namespace MesoLiMg.Tests.Devices;

/// <summary>Compiles kernels to the text of a GPU language, which needs neither GPU nor driver.</summary>
public sealed partial class CompileTests(CompileTests.Backends backends) : IClassFixture<CompileTests.Backends>
{
    public sealed class Backends : IDisposable
    {
        /// <summary>Volta, Ampere and Hopper.</summary>
        internal Compiler[] Ptx { get; } =
            [.. new[] { CudaArchitecture.SM_70, CudaArchitecture.SM_80, CudaArchitecture.SM_90 }
            .Select(architecture =>
                new Compiler(context => new PTXBackend(context, architecture, CudaInstructionSet.ISA_80, null!)))];

        internal Compiler OpenCL { get; } =
            new(context => new CLBackend(context, new CLCapabilityContext(false, true, true, true, false),
            CLDeviceVendor.Other, CLCVersion.CL30));

        public void Dispose()
        {
            foreach (var ptx in Ptx)
                ptx.Dispose();
            OpenCL.Dispose();
        }
    }

    /// <summary>
    /// A backend, opened anew after a failure, because a failed compilation spoils the context for what follows.
    /// </summary>
    internal sealed class Compiler(Func<Context, Backend> open) : IDisposable
    {
        private Context? context;
        private Backend? backend;

        public CompiledKernel Compile(EntryPointDescription entry)
        {
            backend ??= open(context = IlgpuDevices.NewContext(builder => builder));
            try
            {
                return backend.Compile(entry, default);
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            backend?.Dispose();
            context?.Dispose();
            (backend, context) = (null, null);
        }
    }

    /// <summary>
    /// What the OpenCL C of our kernels may call; anything else is a function that ILGPU has no text for.
    /// </summary>
    private static readonly string[] KnownFunctions =
    [
        "get_group_id", "get_local_id", "get_local_size", "get_num_groups", "work_group_barrier", "isnan", "sqrt",
            "fabs", "floor", "exp", "log"
    ];

    public static TheoryData<string> Kernels => [.. KernelCatalogue.Names];

    [Fact]
    public void The_catalogue_holds_kernels_and_reductions_in_every_closed_form()
    {
        Assert.Contains("Fill(Cell, Single)", KernelCatalogue.Names);
        Assert.Contains("Dot(Cell)", KernelCatalogue.Names);
        Assert.Contains("ApplyStiffness(ForcesByNode(Ring(Double), Isotropic(Double), Double), KeepForce(Double), "
            + "Double)", KernelCatalogue.Names);
        Assert.Contains("Potentials(RedlichKister)", KernelCatalogue.Names);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_compiles_to_PTX_that_keeps_its_numbers_in_registers_and_indexes_whole_arrays(string kernel)
    {
        foreach (var ptx in backends.Ptx)
        {
            var text = ((PTXCompiledKernel)Compile(ptx, kernel)).PTXAssembly;
            // Mathematical functions of the library come before the kernel.
            var entry = text.IndexOf(".visible .entry", StringComparison.Ordinal);
            Assert.True(entry >= 0);
            Assert.DoesNotContain(".local", text[entry..]);
            Assert.Empty(OffsetBases(text[entry..]));
        }
    }

    /// <summary>
    /// ILGPU widens a 32-bit index without its sign. This is right for indices from the start of an array, which are
    /// never negative, and wrong for negative ones into a view with an offset; so every address has to be an array that
    /// the kernel was given, or memory that its group shares, plus one index.
    /// </summary>
    /// <returns>Addresses that something was added to before.</returns>
    private static IEnumerable<string> OffsetBases(string ptx)
    {
        var given = GivenAddress().Matches(ptx).Select(match => match.Groups[1].Value + match.Groups[2].Value)
            .ToHashSet();
        return IndexedAddress().Matches(ptx).Select(match => match.Groups[2].Value)
            .Where(register => !given.Contains(register));
    }

    [GeneratedRegex(@"ld\.param\.b64\s+(%rd\d+)|mov\.\w+\s+(%rd\d+), __shared_alloca")]
    private static partial Regex GivenAddress();

    [GeneratedRegex(@"mul\.wide\.u32\s+(%rd\d+),[^;]*;\s*add\.u64\s+%rd\d+, (%rd\d+), \1;")]
    private static partial Regex IndexedAddress();

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_kernel_compiles_to_OpenCL_that_calls_only_what_OpenCL_has(string kernel)
    {
        var source = ((CLCompiledKernel)Compile(backends.OpenCL, kernel)).Source;
        var called = Call().Matches(source).Select(match => match.Groups[1].Value)
            .Where(name => name != "if" && !name.StartsWith("Kernel_"));
        Assert.Empty(called.Except(KnownFunctions));
    }

    [Theory]
    [InlineData(nameof(IlgpuEntryPoints.FoldTogether))]
    [InlineData(nameof(IlgpuEntryPoints.FoldAlone))]
    public void The_last_stage_of_a_reduction_compiles(string name)
    {
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(typeof(IlgpuEntryPoints).GetMethod(name)!);
        Assert.All(backends.Ptx, ptx =>
            Assert.Contains(".visible .entry", ((PTXCompiledKernel)ptx.Compile(entry)).PTXAssembly));
        Assert.Contains("kernel", ((CLCompiledKernel)backends.OpenCL.Compile(entry)).Source);
    }

    [Fact]
    public void An_index_into_an_offset_view_is_seen()
    {
        var entry = EntryPointDescription.FromExplicitlyGroupedKernel(typeof(CompileTests)
            .GetMethod(nameof(BeforeOffset), BindingFlags.NonPublic | BindingFlags.Static)!);
        Assert.All(backends.Ptx, ptx =>
            Assert.NotEmpty(OffsetBases(((PTXCompiledKernel)ptx.Compile(entry)).PTXAssembly)));
    }

    private static void BeforeOffset(ArrayView<double> values) => values.SubView(4)[ILGPU.Group.IdxX - 4] = 1;

    private static CompiledKernel Compile(Compiler compiler, string kernel)
    {
        try
        {
            return compiler.Compile(EntryPoint(KernelCatalogue.Find(kernel)));
        }
        catch (Exception error)
        {
            throw new Xunit.Sdk.XunitException(
                $"{kernel} cannot be compiled by ILGPU: {error.GetBaseException().Message}");
        }
    }

    private static EntryPointDescription EntryPoint(Type kernel)
    {
        var number = KernelCatalogue.NumberOf(kernel);
        var place = KernelCatalogue.PlaceOf(kernel);
        var method = KernelCatalogue.IsReduction(kernel)
            ? Generic(nameof(IlgpuEntryPoints.ReducePoints), kernel, place)
            : Generic(nameof(IlgpuEntryPoints.Points), kernel, place, number == typeof(float) ? typeof(GpuFloat)
                : typeof(GpuDouble), number);
        return EntryPointDescription.FromExplicitlyGroupedKernel(method);
    }

    private static MethodInfo Generic(string name, params Type[] types) => typeof(IlgpuEntryPoints)
        .GetMethod(name)!.MakeGenericMethod(types);

    [GeneratedRegex(@"\b([A-Za-z_]\w*)\s*\(")]
    private static partial Regex Call();
}
#endif
