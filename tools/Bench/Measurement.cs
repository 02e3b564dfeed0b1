using System.Diagnostics;
using System.Globalization;
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

    /// <summary>
    /// The least wall time of repetitions that take about a second together, after one that does not count.
    /// </summary>
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

/// <summary>What was solved, as far as a benchmark lets one choose it.</summary>
/// <param name="Cells">Cells along an edge.</param>
/// <param name="Grains">Grains of the cube.</param>
/// <param name="Contrast">Largest modulus over the smallest.</param>
/// <param name="Tolerance">Relative residual of the solution.</param>
public readonly record struct BenchmarkProblem(int? Cells = null, int? Grains = null, double? Contrast = null,
    double? Tolerance = null);

/// <summary>One row of the table of benchmarks; figures that a benchmark does not have are null.</summary>
/// <param name="Dofs">Unknowns.</param>
/// <param name="GbPerS">Bytes that the work has to move at least, per second.</param>
/// <param name="StreamGbPerS">Bandwidth of y ← a x + b y in the same process.</param>
/// <param name="BytesPerDof">Bytes that the device's arrays take, per unknown.</param>
/// <param name="Date">When it was measured, UTC.</param>
public sealed record BenchmarkResult(
    string Name, string Device, int Threads, string Commit, long Dofs, int? Iterations, Measurement? SetUp,
        Measurement Solve, double MdofsPerS, double? GbPerS, double StreamGbPerS, double BytesPerDof, long PeakBytes,
    DateTime Date, BenchmarkProblem Problem)
{
    private static readonly (string Key, Func<BenchmarkResult, object?> Value)[] Columns =
    [
        ("benchmark", r => r.Name), ("device", r => r.Device), ("threads", r => r.Threads), ("commit", r => r.Commit),
            ("dofs", r => r.Dofs), ("iterations", r => r.Iterations),
        ("setup_wall_s", r => r.SetUp?.Wall), ("setup_cpu_s", r => r.SetUp?.Cpu), ("solve_wall_s", r => r.Solve.Wall),
            ("solve_cpu_s", r => r.Solve.Cpu),
        ("mdofs_per_s", r => r.MdofsPerS), ("gb_per_s", r => r.GbPerS), ("stream_gb_per_s", r => r.StreamGbPerS),
            ("stream_share", r => r.GbPerS / r.StreamGbPerS), ("bytes_per_dof", r => r.BytesPerDof),
            ("peak_bytes", r => r.PeakBytes),
        ("date", r => r.Date.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            ("cells", r => r.Problem.Cells), ("grains", r => r.Problem.Grains), ("contrast", r => r.Problem.Contrast),
            ("rtol", r => r.Problem.Tolerance),
    ];

    /// <summary>The keys of <c>--json</c> and the columns of <c>--append</c>.</summary>
    public static IReadOnlyList<string> Keys => [.. Columns.Select(column => column.Key)];

    /// <summary>The keys and their values.</summary>
    public IReadOnlyList<(string Key, object? Value)> Entries =>
        [.. Columns.Select(column => (column.Key, column.Value(this)))];
}
