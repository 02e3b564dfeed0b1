using System.Runtime.InteropServices;

namespace MesoLiMg.Cli.Process;

/// <summary>
/// The streams that the process was given. One that was closed (<c>&gt;&amp;-</c>) leaves its number free, and the
/// runtime then has something of its own under it, such as the pipe that signals come through: nothing may be written
/// there.
/// </summary>
internal static partial class StandardStreams
{
    private const int Input = 0, Output = 1, Error = 2;

    /// <summary>fcntl's F_GETFD and FD_CLOEXEC, the same on all systems.</summary>
    private const int GetFlags = 1, ClosesOnExec = 1;

    /// <summary>Whether there is a standard input.</summary>
    public static bool HasInput => IsOpen(Input);

    /// <summary>Puts in place of streams that were closed ones that say so when they are written to.</summary>
    public static void ReplaceClosed()
    {
        if (!IsOpen(Output))
            Console.SetOut(new ClosedWriter());
        if (!IsOpen(Error))
            Console.SetError(new ClosedWriter());
    }

    /// <summary>
    /// What the runtime opens is closed in child processes; what a process inherits cannot have this mark.
    /// </summary>
    private static bool IsOpen(int stream) => OperatingSystem.IsWindows()
        || Control(stream, GetFlags) is >= 0 and var flags && (flags & ClosesOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    private sealed class ClosedWriter : TextSink
    {
        protected override void Put(string text) => throw new IOException("it is closed");
    }
}
