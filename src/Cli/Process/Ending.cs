using System.Runtime.InteropServices;
using MesoLiMg.Cli.Commands;
using MesoLiMg.IO;

namespace MesoLiMg.Cli.Process;

/// <summary>
/// Ctrl+C and other <see cref="Signals"/> while a command works that has nothing to bring to an end, because the same
/// command does all of it again.
/// </summary>
internal static class Ending
{
    /// <summary>
    /// Runs an action. A signal ends the process at once, with one line; what is being written is finished or, where
    /// the action looks at its token, given up before.
    /// </summary>
    /// <param name="error">Gets the line.</param>
    /// <param name="message">The line.</param>
    /// <param name="action">Gives the exit code.</param>
    public static int AtOnce(TextWriter error, string message, Func<CancellationToken, int> action)
    {
        var (source, insisted, ending) = (new CancellationTokenSource(), 0, 0);
        var registrations = Signals.Listen(End);
        try
        {
            return action(source.Token);
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested)
        {
            // The thread of the signal ends the process.
            Thread.Sleep(Timeout.Infinite);
            throw;
        }
        finally
        {
            foreach (var registration in registrations)
                registration.Dispose();
        }

        void End(PosixSignalContext context)
        {
            // Not cancelled, the second signal does what it does to any process.
            if (Signals.Insists(context.Signal) && Interlocked.Increment(ref insisted) > 1)
                return;
            context.Cancel = true;
            if (Interlocked.Exchange(ref ending, 1) > 0)
                return;
            source.Cancel();
            AtomicFile.WriteNoMore();
            error.WriteLine(message);
            Environment.Exit(Fail.Interrupted);
        }
    }
}
