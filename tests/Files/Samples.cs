using MesoLiMg.IO;
using MesoLiMg.Model;
using Xunit;

namespace MesoLiMg.Tests.Files;

/// <summary>Small snapshots with fields given by formulas.</summary>
internal static class Samples
{
    public static readonly GridShape Slab = new(DomainKind.Slab, (1, 1, 7), (1, 1, 20e-9));
    public static readonly GridShape Plate = new(DomainKind.Axisymmetric, (5, 1, 7), (20e-9, 1, 20e-9));
    public static readonly GridShape Strip = new(DomainKind.PlaneStrain, (4, 1, 3), (3e-9, 1, 7e-9));
    public static readonly GridShape Film = new(DomainKind.ThreeD, (3, 4, 5), (10e-9, 7e-9, 3e-9));

    public static TheoryData<string> Grids => ["slab", "plate", "strip", "film"];

    public static GridShape Grid(string name) =>
        name switch { "slab" => Slab, "plate" => Plate, "strip" => Strip, _ => Film };

    /// <summary>A field without kinks, one number per component.</summary>
    public static double Linear(double x, double y, double z, int component) =>
        0.3 + component + 2e7 * x - (3 + component) * 1e7 * y + 5e6 * z;

    /// <summary>The folder of a run with two snapshots.</summary>
    public static string Run(Scratch folder)
    {
        var run = folder["run"];
        Directory.CreateDirectory(Path.Combine(run, "snapshots"));
        for (var step = 0; step < 2; step++)
            SnapshotWriter.Write(Snapshot(Plate, step: step, time: step), RunFolder.SnapshotPath(run, step));
        return run;
    }

    public static Snapshot Snapshot(GridShape grid, Func<double, double, double, int, double>? field = null,
        long step = 42, double time = 1.0 / 3)
    {
        field ??= Linear;
        return new()
        {
            Grid = grid,
            Time = time,
            Step = step,
            CaseText = "title: µ-plate\ndomain: ...\n",
            ProgramVersion = "0.1.0",
            Commit = "abc1234",
            Device = "host",
            Host = "bench",
            Command = "mesolimg run plate.yaml -o out",
            Cells =
            [
                new("x", "1", "Li atoms per Mg atom", 1, AtCells(grid, 1, field)),
                new("von_mises", "Pa", "von Mises stress", 1, AtCells(grid, 1, field)),
                new("stress", "Pa", "stress", 6, AtCells(grid, 6, field)),
                new("flux", "mol/(m^2 s)", "lithium flux", 3, AtCells(grid, 3, field)),
                new("grain", "1", "grain id", 1, Enumerable.Range(0, (int)grid.CellCount).ToArray()),
            ],
            Nodes = [new("displacement", "m", "displacement", 3, AtNodes(grid, field))],
            Boundary = [new("x", "1", "Li atoms per Mg atom", 1, AtBoundary(grid, 1, field)),
                new("stress", "Pa", "stress", 6, AtBoundary(grid, 6, field))],
            State = [new("slip", "m", "slip", 1, new[] { 1.0, double.Epsilon, -0.0 }),
                new("counts", "1", "counts", 1, new[] { 7 }), new("none", "1", "nothing", 1, Array.Empty<double>())],
        };
    }

    /// <summary>Position of the middle of a cell, zero along an axis that the domain lacks.</summary>
    public static (double X, double Y, double Z) Centre(GridShape grid, int x, int y, int z) =>
        (grid.Has(0) ? (x + 0.5) * grid.Spacing.X : 0, grid.Has(1) ? (y + 0.5) * grid.Spacing.Y : 0,
            (z + 0.5) * grid.Spacing.Z);

    private static double[] AtCells(GridShape grid, int components, Func<double, double, double, int, double> field) =>
    [
        .. from z in Enumerable.Range(0, grid.Cells.Z)
           from y in Enumerable.Range(0, grid.Cells.Y)
           from x in Enumerable.Range(0, grid.Cells.X)
           from c in Enumerable.Range(0, components)
           let at = Centre(grid, x, y, z)
           select field(at.X, at.Y, at.Z, c),
    ];

    private static double[] AtNodes(GridShape grid, Func<double, double, double, int, double> field) =>
    [
        .. from z in Enumerable.Range(0, grid.Nodes.Z)
           from y in Enumerable.Range(0, grid.Nodes.Y)
           from x in Enumerable.Range(0, grid.Nodes.X)
           from c in Enumerable.Range(0, 3)
           select field(x * grid.Spacing.X, y * grid.Spacing.Y, z * grid.Spacing.Z, c),
    ];

    private static double[] AtBoundary(GridShape grid, int components, Func<double, double, double, int, double> field)
    {
        var closed = new ClosedGrid(grid);
        return
        [
            .. from point in closed.Boundary()
               from c in Enumerable.Range(0, components)
               select field(closed.Coordinate(0, point.X), closed.Coordinate(1, point.Y),
                   closed.Coordinate(2, point.Z), c),
        ];
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mesolimg-files-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public IEnumerable<string> Files => Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
