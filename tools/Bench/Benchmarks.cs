using System.Diagnostics;
using MesoLiMg.Device;
using MesoLiMg.Kernels;
using MesoLiMg.Model;
using MesoLiMg.Solvers;

namespace MesoLiMg.Tools.Bench;

/// <summary>
/// The benchmarks: each opens its device, measures the bandwidth first, then its work, cold (the first time in the
/// process) and warm.
/// </summary>
/// <param name="open">Opens the device.</param>
/// <param name="threads">Threads of the host device.</param>
/// <param name="commit">Commit that was built.</param>
public sealed class Benchmarks(Func<IDevice> open, int threads, string commit)
{
    private const int StreamLength = 1 << 24;

    /// <summary>
    /// Bytes from memory per unknown that K u needs at least: u, K u (written and read before), λ and μ of a cell per
    /// three unknowns.
    /// </summary>
    private const double ApplyBytes = (3 * 24 + 16) / 3.0;

    /// <summary>
    /// Bytes from memory per unknown that an iteration of the solver moves at least, coarser grids included, as counted
    /// in docs/performance.md.
    /// </summary>
    private const double IterationBytes = 326;

    /// <summary>y ← a x + b y: three numbers moved for each.</summary>
    public IEnumerable<BenchmarkResult> Stream()
    {
        using var device = open();
        var seconds = StreamSeconds();
        yield return Result("stream", default, device, StreamLength, null, null, new(seconds, double.NaN),
            StreamLength / seconds / 1e6, 3 * 8.0 * StreamLength / seconds / 1e9, Bandwidth(seconds));
    }

    /// <summary>K u on the cube of grains.</summary>
    public IEnumerable<BenchmarkResult> Apply(int cells, int grains, double contrast)
    {
        using var device = open();
        var stream = Bandwidth(StreamSeconds());
        var cube = new GrainCube(device, new(cells, grains, contrast), 1e-8);
        var image = cube.Grid.NodeField<double>(3).Values;
        var seconds = Measurement.Best(() => cube.Solver.Operator.Apply(cube.Solver.Displacement, image), device);
        var dofs = cube.Grid.Unknowns;
        yield return Result("apply", new(cells, grains, contrast), device, dofs, null, null, new(seconds, double.NaN),
            dofs / seconds / 1e6, ApplyBytes * dofs / seconds / 1e9, stream);
    }

    /// <summary>
    /// The cube of grains solved from zero, cold, and warm: after small ones, for which the compiler takes its time.
    /// </summary>
    public IEnumerable<BenchmarkResult> Elasticity(int cells, int grains, double contrast, double tolerance)
    {
        var problem = new GrainCubeCells(cells, grains, contrast);
        foreach (var name in new[] { "elasticity cold", "elasticity warm" })
        {
            if (name == "elasticity warm")
                WarmUp(grains, contrast, tolerance);
            using var device = open();
            var stream = Bandwidth(StreamSeconds());
            GrainCube? cube = null;
            var setUp = Measurement.Of(() => (cube = new GrainCube(device, problem, tolerance)).Solver.SetUp());
            EquilibriumResult result = default;
            var solve = Measurement.Of(() => result = cube!.Solve());
            var dofs = cube!.Grid.Unknowns;
            yield return Result(name, new(cells, grains, contrast, tolerance), device, dofs, result.Iterations, setUp,
                solve, dofs / solve.Wall / 1e6, IterationBytes * dofs * result.Iterations / solve.Wall / 1e9, stream);
        }
    }

    /// <summary>Time steps of a case: lithium, stress, and what goes between them.</summary>
    /// <param name="name">Name of the row.</param>
    /// <param name="document">The case; its protocol ends after a few steps.</param>
    public IEnumerable<BenchmarkResult> Steps(string name, CaseDocument document)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            using var device = open();
            var stream = Bandwidth(StreamSeconds());
            Simulation? simulation = null;
            var setUp = Measurement.Of(
                () => simulation =
                new Simulation(device, document, new double[GridShape.Of(document.Case.Domain).CellCount]));
            var run = Measurement.Of(() => simulation!.Run(new Silent()));
            var (steps, cells) = (Math.Max(1, simulation!.Step), simulation.Shape.CellCount);
            var dofs = cells + (simulation.Mechanics is null ? 0 : simulation.Grid.Unknowns);
            yield return Result(
                $"{name} {(pass == 0 ? "cold" : "warm")}", new(document.Case.Domain.Cells[^1]), device, dofs,
                    (int)steps, setUp, new(run.Wall / steps, run.Cpu / steps), dofs * steps / run.Wall / 1e6,
                    null, stream);
        }
    }

    /// <summary>Solves a small cube until all that is often called has been compiled at its best.</summary>
    private void WarmUp(int grains, double contrast, double tolerance)
    {
        var (small, watch) = (new GrainCubeCells(16, grains, contrast), Stopwatch.StartNew());
        while (watch.Elapsed.TotalSeconds < 1)
        {
            using var device = open();
            var cube = new GrainCube(device, small, tolerance);
            cube.Solver.SetUp();
            cube.Solve();
        }
    }

    private BenchmarkResult Result(string name, BenchmarkProblem problem, IDevice device, long dofs, int? iterations,
        Measurement? setUp, Measurement solve, double rate, double? bandwidth, double stream)
    {
        var process = Process.GetCurrentProcess();
        return new(name, device.Name, threads, commit, dofs, iterations, setUp, solve, rate, bandwidth, stream,
            device.AllocatedBytes / (double)dofs, process.PeakWorkingSet64, DateTime.UtcNow, problem);
    }

    private static double Bandwidth(double seconds) => 3 * 8.0 * StreamLength / seconds / 1e9;

    private double StreamSeconds()
    {
        // A device of its own, so that the arrays do not count among those of the benchmark.
        using var own = open();
        var (x, y, box) = (Array(), Array(), FlatBox.Of(StreamLength));
        return Measurement.Best(() => own.Launch(new Axpby<Flat, double>(x, y, 0.5, 0.5), box), own);

        Field<Flat, double> Array() =>
            new(own.Allocate<double>(StreamLength), FlatBox.Of(StreamLength).Layout, 1);
    }

    private sealed class Silent : ISimulationObserver
    {
        public void Stepped(Simulation simulation, ReadOnlySpan<double?> row)
        {
        }

        public void Reached(Simulation simulation)
        {
        }
    }
}
