using System.Runtime.InteropServices;

namespace MesoLiMg.IO;

/// <summary>
/// Takes a large file to the disk while it is written, and what is there out of the system's memory. The disk then
/// works from the start, what other programs have in memory stays, and the pages that are used again cost half the
/// processor time of fresh ones, docs/robustness.md. Where the system is not Linux it does nothing.
/// </summary>
internal sealed partial class WriteBehind : IDisposable
{
    private const int DontNeed = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.2);

    private readonly ManualResetEventSlim done = new();
    private readonly Thread thread;
    private string? failure;

    /// <param name="path">A file that is there.</param>
    public WriteBehind(string path)
    {
        thread = new(() => Run(path)) { IsBackground = true, Name = "write behind" };
        thread.Start();
    }

    /// <summary>Ends it when all is written.</summary>
    /// <exception cref="IOException">Something did not come to the disk: the system says so once only.</exception>
    public void Complete()
    {
        Dispose();
        if (failure is not null)
            throw new IOException(failure);
    }

    public void Dispose()
    {
        done.Set();
        thread.Join();
    }

    private void Run(string path)
    {
        // A small file is done before.
        if (!OperatingSystem.IsLinux() || done.Wait(Pause))
            return;
        var file = Open(path, 0);
        if (file < 0)
            return;
        do
        {
            if (Fsync(file) < 0)
                failure ??= Marshal.GetLastPInvokeErrorMessage();
            _ = Advise(file, 0, 0, DontNeed);
        }
        while (!done.Wait(Pause));
        _ = Close(file);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int file);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
