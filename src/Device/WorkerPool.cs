namespace MesoLiMg.Device;

/// <summary>A job in chunks that may be done in any order by any thread.</summary>
internal interface IJob
{
    /// <summary>Does chunk <paramref name="chunk"/> of <paramref name="chunks"/>.</summary>
    void Run(int chunk, int chunks);
}

/// <summary>
/// Threads that take chunks of jobs beside the calling one. Launches follow each other closely, so that a waiting
/// thread spins for some microseconds before it sleeps. The caller never waits for a thread that has not begun: on a
/// busy machine it does the work alone.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int SpinsBeforeSleep = 2000;

    /// <summary>Integers that keep counters of different threads apart.</summary>
    private const int CacheLine = 32;

    // The door of a job: its number, whether it is open, and how many threads have come in, in one word so that coming
    // in and closing cannot overlap.
    private const long Open = 1L << 16, NextJob = 1L << 17, Visitors = Open - 1;

    private readonly Thread[] threads;
    private readonly SemaphoreSlim[] wake;
    private readonly int[] asleep;
    private readonly bool oversubscribed;
    private IJob? job;
    private readonly int[] taken;
    private int chunks, left;
    private long door;
    private volatile bool stopping;
    private Exception? failure;

    /// <summary>A pool of <paramref name="parts"/> threads, the caller's included.</summary>
    public WorkerPool(int parts)
    {
        Parts = parts;
        taken = new int[parts * CacheLine];
        oversubscribed = parts > Environment.ProcessorCount;
        threads = new Thread[parts - 1];
        wake = new SemaphoreSlim[parts - 1];
        asleep = new int[parts - 1];
        for (var i = 0; i < threads.Length; i++)
        {
            var index = i;
            wake[i] = new SemaphoreSlim(0);
            threads[i] = new Thread(() => Work(index)) { IsBackground = true, Name = $"mesolimg worker {i + 1}" };
            threads[i].Start();
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Parts { get; }

    /// <summary>Does all of a job and returns when it is done.</summary>
    /// <param name="pieces">Chunks.</param>
    public void Run(IJob work, int pieces)
    {
        (job, chunks) = (work, pieces);
        for (var part = 0; part < Parts; part++)
            Volatile.Write(ref taken[part * CacheLine], 0);
        Volatile.Write(ref left, 0);
        Interlocked.Exchange(ref door, (door & ~(Open | Visitors)) + NextJob + Open);
        for (var i = 0; i < threads.Length; i++)
        {
            if (Interlocked.Exchange(ref asleep[i], 0) == 1)
                wake[i].Release();
        }
        TakeChunks(0);
        var came = Interlocked.And(ref door, ~Open) & Visitors;
        var spinner = new SpinWait();
        while (Volatile.Read(ref left) < came)
            spinner.SpinOnce(sleep1Threshold: -1);
        if (Interlocked.Exchange(ref failure, null) is { } error)
            throw error;
    }

    public void Dispose()
    {
        stopping = true;
        foreach (var signal in wake)
            signal.Release();
        foreach (var thread in threads)
            thread.Join();
    }

    private void Work(int index)
    {
        var seen = 0L;
        while (true)
        {
            Await(index, seen);
            if (stopping)
                return;
            var now = Volatile.Read(ref door);
            if ((now & Open) == 0 || now / NextJob == seen
                || Interlocked.CompareExchange(ref door, now + 1, now) != now)
                continue;
            seen = now / NextJob;
            TakeChunks(index + 1);
            Interlocked.Increment(ref left);
        }
    }

    /// <summary>
    /// A thread's own chunks first, the same ones of every job, so that what it wrote in the last job is in its cache;
    /// then those that others have not begun.
    /// </summary>
    private void TakeChunks(int own)
    {
        try
        {
            for (var i = 0; i < Parts; i++)
            {
                var part = (own + i) % Parts;
                var (first, end) = ((int)((long)chunks * part / Parts), (int)((long)chunks * (part + 1) / Parts));
                for (int chunk; (chunk = first + Interlocked.Increment(ref taken[part * CacheLine]) - 1) < end;)
                    job!.Run(chunk, chunks);
            }
        }
        catch (Exception error)
        {
            failure = error;
        }
    }

    /// <summary>Returns when a job is open that this thread has not seen.</summary>
    private void Await(int index, long seen)
    {
        for (var spins = 0; spins < SpinsBeforeSleep; spins++)
        {
            if (stopping || HasNew(seen))
                return;
            if (oversubscribed)
                Thread.Yield();
            else
                Thread.SpinWait(8);
        }
        // Announce the sleep first, then look once more: a job posted in between either sees the announcement or is
        // seen here.
        Interlocked.Exchange(ref asleep[index], 1);
        if ((stopping || HasNew(seen)) && Interlocked.Exchange(ref asleep[index], 0) == 1)
            return;
        wake[index].Wait();
    }

    private bool HasNew(long seen)
    {
        var now = Volatile.Read(ref door);
        return (now & Open) != 0 && now / NextJob != seen;
    }
}
