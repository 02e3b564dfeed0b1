using System.Runtime.ExceptionServices;

namespace MesoLiMg.IO;

/// <summary>
/// Does the writing of a run beside it, one task at a time. Whoever has another one waits for the end of the one before
/// it, and only then copies what is to be written, so that there is never more than one copy. After a failure nothing
/// more is written, and every call throws what happened.
/// </summary>
internal sealed class BackgroundWriter : IDisposable
{
    /// <summary>Bytes of a task from which on they are given back as soon as it is done.</summary>
    private const long Large = 64 << 20;

    private Thread? writer;
    private volatile ExceptionDispatchInfo? failure;

    /// <summary>Begins a task. To be called after <see cref="Wait"/>.</summary>
    public void Start(Action write)
    {
        writer = new Thread(() => Work(write)) { IsBackground = true, Name = "snapshots" };
        writer.Start();
    }

    /// <summary>Waits until all is written.</summary>
    public void Wait()
    {
        writer?.Join();
        Check();
    }

    /// <summary>Throws what has gone wrong so far.</summary>
    public void Check() => failure?.Throw();

    public void Dispose() => writer?.Join();

    private void Work(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }
        // Left to itself the collector lets several snapshots gather. There are few objects, so that this takes some
        // milliseconds.
        if (GC.GetAllocatedBytesForCurrentThread() > Large)
            GC.Collect();
    }
}
