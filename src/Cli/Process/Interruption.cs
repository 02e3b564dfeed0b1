using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace MesoLiMg.Cli.Process;

/// <summary>
/// Ctrl+C and other <see cref="Signals"/> while something runs: the first asks it to stop in good order, a second
/// Ctrl+C or SIGTERM ends the process at once. Files stay intact then too, because each gets its name when it is whole.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Keeps registrations from being collected.</summary>
    private static readonly ConcurrentBag<Interruption> Ended = [];

    private readonly CancellationTokenSource source;
    private readonly IReadOnlyList<IDisposable> registrations;
    private int insisted;
    private volatile bool isSignalled;

    /// <summary>Listens to signals.</summary>
    /// <param name="cancel">Another reason to stop.</param>
    public Interruption(CancellationToken cancel)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        registrations = Signals.Listen(Stop);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        // The process is about to end, and a signal that comes again is not to end it with another code.
        if (isSignalled)
        {
            Ended.Add(this);
            return;
        }
        foreach (var registration in registrations)
            registration.Dispose();
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        // Not cancelled, the second signal does what it does to any process.
        if (Signals.Insists(context.Signal) && Interlocked.Increment(ref insisted) > 1)
            return;
        context.Cancel = true;
        isSignalled = true;
        source.Cancel();
    }
}
