using System.Diagnostics;
using MesoLiMg.Device;

namespace MesoLiMg.Tools.Bench;

/// <summary>Wall and CPU time of a piece of work.</summary>
/// <param name="Wall">Seconds that passed.</param>
/// <param name="Cpu">Seconds that all threads of the process worked.</param>
public readonly record struct Measurement(double Wall, double Cpu)
{
    /// <summary>Does the work once.</summary>
    public static Measurement Of(Action work)
    {
        var process = Process.GetCurrentProcess();
        var (wall, cpu) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        work();
        process.Refresh();
        return new(Stopwatch.GetElapsedTime(wall).TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds);
    }

    /// <summary>The least wall time of repetitions that take about a second together, after one that does not count.</summary>
    /// <param name="launch">Starts the work on the device.</param>
    public static double Best(Action launch, IDevice device)
    {
        void Work()
        {
            launch();
            device.Synchronize();
        }
        Work();
        var best = Of(Work).Wall;
        var repetitions = Math.Clamp((int)(1 / Math.Max(best, 1e-9)), 3, 2000);
        for (var i = 0; i < repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}

/// <summary>One row of the table of benchmarks; figures that a benchmark does not have are null.</summary>
/// <param name="Dofs">Unknowns.</param>
/// <param name="GbPerS">Bytes that the work has to move at least, per second.</param>
/// <param name="StreamGbPerS">Bandwidth of y ← a x + b y in the same process.</param>
/// <param name="BytesPerDof">Bytes that the device's arrays take, per unknown.</param>
public sealed record BenchmarkResult(
    string Name, string Device, int Threads, string Commit, long Dofs, int? Iterations, Measurement? SetUp, Measurement Solve, double MdofsPerS, double? GbPerS, double StreamGbPerS, double BytesPerDof, long PeakBytes)
{
    /// <summary>The keys of <c>--json</c> and the columns of <c>--append</c>.</summary>
    public IReadOnlyList<(string Key, object? Value)> Entries =>
    [
        ("benchmark", Name), ("device", Device), ("threads", Threads), ("commit", Commit), ("dofs", Dofs), ("iterations", Iterations),
        ("setup_wall_s", SetUp?.Wall), ("setup_cpu_s", SetUp?.Cpu), ("solve_wall_s", Solve.Wall), ("solve_cpu_s", Solve.Cpu),
        ("mdofs_per_s", MdofsPerS), ("gb_per_s", GbPerS), ("stream_gb_per_s", StreamGbPerS), ("stream_share", GbPerS / StreamGbPerS), ("bytes_per_dof", BytesPerDof), ("peak_bytes", PeakBytes),
    ];
}
