using System.Runtime.InteropServices;

namespace MesoLiMg.Cli.Process;

/// <summary>
/// The signals that ask a process to end: Ctrl+C and SIGTERM, SIGHUP when a terminal closes or a line is lost, and
/// SIGUSR1, SIGUSR2 and SIGXCPU, by which batch systems say that the time is up. One that was ignored when the process
/// began, as <c>nohup</c> does with SIGHUP, stays ignored.
/// </summary>
internal static class Signals
{
    // By their numbers, which .NET takes for signals that it has no names for. Linux and the others number the first
    // two in two ways.
    private static readonly PosixSignal User1 = (PosixSignal)(OperatingSystem.IsLinux() ? 10 : 30);
    private static readonly PosixSignal User2 = (PosixSignal)(OperatingSystem.IsLinux() ? 12 : 31);
    private const PosixSignal TimeIsUp = (PosixSignal)24;

    /// <summary>Calls a handler at each of these signals, until the registrations are disposed of.</summary>
    public static IReadOnlyList<IDisposable> Listen(Action<PosixSignalContext> handler)
    {
        PosixSignal[] everywhere = [PosixSignal.SIGINT, PosixSignal.SIGTERM];
        PosixSignal[] all = OperatingSystem.IsWindows() ? everywhere
            : [.. everywhere, PosixSignal.SIGHUP, User1, User2, TimeIsUp];
        return [.. all.Where(signal => !IsIgnored(signal))
            .Select(signal => PosixSignalRegistration.Create(signal, handler))];
    }

    /// <summary>
    /// Whether a signal that comes once more means that the process is to end at once. Not of the others: a shell and
    /// the system each send SIGHUP when a terminal closes, and batch systems repeat theirs.
    /// </summary>
    public static bool Insists(PosixSignal signal) => signal is PosixSignal.SIGINT or PosixSignal.SIGTERM;

    /// <summary>
    /// Whether the process was started with a signal ignored. (.NET itself leaves alone those with names.)
    /// </summary>
    private static bool IsIgnored(PosixSignal signal)
    {
        const string mask = "SigIgn:", status = "/proc/self/status";
        if (signal < 0 || !File.Exists(status))
            return false;
        var ignored = File.ReadLines(status).FirstOrDefault(line => line.StartsWith(mask, StringComparison.Ordinal));
        return ignored is not null
            && (Convert.ToUInt64(ignored[mask.Length..].Trim(), 16) >> ((int)signal - 1) & 1) == 1;
    }
}
