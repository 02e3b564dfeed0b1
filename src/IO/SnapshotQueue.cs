using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace MesoLiMg.IO;

/// <summary>
/// Does the writing of a run on a thread of its own while the next step computes, one task after the other. One may wait while another is written; whoever brings a third waits, so that memory stays bounded. After a failure
/// nothing more is written, and the next call throws what happened.
/// </summary>
internal sealed class SnapshotQueue : IDisposable
{
    private readonly BlockingCollection<Action> waiting = new(boundedCapacity: 1);
    private readonly Thread writer;
    private volatile ExceptionDispatchInfo? failure;

    public SnapshotQueue()
    {
        writer = new Thread(Work) { IsBackground = true, Name = "snapshots" };
        writer.Start();
    }

    /// <summary>Hands over a task, when there is room for it.</summary>
    public void Add(Action write)
    {
        Check();
        waiting.Add(write);
    }

    /// <summary>Throws what has gone wrong so far.</summary>
    public void Check() => failure?.Throw();

    /// <summary>Waits until all is written.</summary>
    public void Finish()
    {
        Dispose();
        Check();
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        writer.Join();
    }

    private void Work()
    {
        foreach (var write in waiting.GetConsumingEnumerable())
        {
            if (failure is not null)
                continue;
            try
            {
                write();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
