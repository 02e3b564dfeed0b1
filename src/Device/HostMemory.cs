using System.Runtime.InteropServices;

namespace MesoLiMg.Device;

/// <summary>
/// Memory of the host device: aligned for lanes; large blocks in huge pages where the system gives them, which takes a
/// sixth off the set-up of a large solver.
/// </summary>
internal static unsafe partial class HostMemory
{
    /// <summary>Alignment of every block, in bytes: one cache line, and the widest lane.</summary>
    public const int Alignment = 64;

    private const nuint HugePage = 2 << 20, WorthHugePages = 2 * HugePage;
    private const int AdviseHugePages = 14;

    /// <summary>A block that has not been touched.</summary>
    public static nint Allocate(nuint bytes)
    {
        if (bytes < WorthHugePages || !OperatingSystem.IsLinux())
            return (nint)NativeMemory.AlignedAlloc(bytes, Alignment);
        var address = (nint)NativeMemory.AlignedAlloc(bytes, HugePage);
        // Advice: where it is not taken, the pages are small and all else is the same.
        _ = Advise(address, bytes, AdviseHugePages);
        return address;
    }

    /// <summary>Gives a block back.</summary>
    public static void Free(nint address) => NativeMemory.AlignedFree((void*)address);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint bytes, int advice);
}

/// <summary>
/// Sets a block to zero; each thread is the first to touch its part, which makes the system give the pages in parallel.
/// </summary>
internal sealed class ClearJob : IJob
{
    public nint Address;
    public long Bytes;

    public unsafe void Run(int chunk, int chunks)
    {
        var (first, end) = (Bytes * chunk / chunks, Bytes * (chunk + 1) / chunks);
        NativeMemory.Clear((void*)(Address + first), (nuint)(end - first));
    }
}

/// <summary>Copies a block. Pages that nobody has touched come in parallel, as in <see cref="ClearJob"/>.</summary>
internal sealed class CopyJob : IJob
{
    public long From, To;
    public long Bytes;

    public unsafe void Run(int chunk, int chunks)
    {
        var (first, end) = (Bytes * chunk / chunks, Bytes * (chunk + 1) / chunks);
        NativeMemory.Copy((void*)(From + first), (void*)(To + first), (nuint)(end - first));
    }
}
