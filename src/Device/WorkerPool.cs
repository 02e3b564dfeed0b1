namespace MesoLiMg.Device;

/// <summary>A job that is done in parts, each by one thread.</summary>
internal interface IJob
{
    /// <summary>Does part <paramref name="part"/> of <paramref name="parts"/>.</summary>
    void Run(int part, int parts);
}

/// <summary>
/// Threads that wait for jobs: spinning for some microseconds, since launches follow each other closely, then asleep. The calling thread does part 0.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    private const int SpinsBeforeSleep = 2000;
    private readonly Thread[] threads;
    private readonly SemaphoreSlim[] wake;
    private readonly int[] asleep;
    private IJob? job;
    private volatile int generation;
    private volatile bool stopping;
    private int pending;
    private Exception? failure;

    /// <summary>A pool of <paramref name="parts"/> threads, the caller's included.</summary>
    public WorkerPool(int parts)
    {
        Parts = parts;
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

    /// <summary>Does all parts of a job and returns when they are done.</summary>
    public void Run(IJob work)
    {
        job = work;
        pending = threads.Length;
        Interlocked.Increment(ref generation);
        for (var i = 0; i < threads.Length; i++)
            if (Interlocked.Exchange(ref asleep[i], 0) == 1)
                wake[i].Release();
        work.Run(0, Parts);
        var spinner = new SpinWait();
        while (Volatile.Read(ref pending) > 0)
            spinner.SpinOnce(sleep1Threshold: -1);
        if (Interlocked.Exchange(ref failure, null) is { } error)
            throw error;
    }

    public void Dispose()
    {
        stopping = true;
        Interlocked.Increment(ref generation);
        foreach (var signal in wake)
            signal.Release();
        foreach (var thread in threads)
            thread.Join();
    }

    private void Work(int index)
    {
        var seen = 0;
        while (true)
        {
            Await(index, seen);
            if (stopping)
                return;
            seen = generation;
            try
            {
                job!.Run(index + 1, Parts);
            }
            catch (Exception error)
            {
                failure = error;
            }
            Interlocked.Decrement(ref pending);
        }
    }

    /// <summary>Waits for a generation other than the one seen. A thread may be woken late, for a job that it has already done: so it looks again.</summary>
    private void Await(int index, int seen)
    {
        while (true)
        {
            for (var spins = 0; spins < SpinsBeforeSleep; spins++)
            {
                if (generation != seen)
                    return;
                Thread.SpinWait(8);
            }
            // Announce the sleep first, then look once more: a job posted in between either sees the announcement or is seen here.
            Interlocked.Exchange(ref asleep[index], 1);
            if (generation != seen && Interlocked.Exchange(ref asleep[index], 0) == 1)
                return;
            wake[index].Wait();
        }
    }
}
