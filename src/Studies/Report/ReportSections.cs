using System.Runtime.InteropServices;
using MesoLiMg.IO;
using MesoLiMg.Model;
using MesoLiMg.Studies.Printing;
using MesoLiMg.Tools.Plots;

namespace MesoLiMg.Studies.Report;

/// <summary>A plane of cells through the film, or in a slab its line of cells.</summary>
/// <param name="Name">Where it lies.</param>
/// <param name="Across">Axis to the right; empty in a slab.</param>
/// <param name="Up">Axis upwards.</param>
/// <param name="Columns">Cells to the right.</param>
/// <param name="Rows">Cells upwards.</param>
/// <param name="Width">Length to the right [m].</param>
/// <param name="Height">Length upwards [m].</param>
public sealed record ReportSection(string Name, string Across, string Up, int Columns, int Rows, double Width,
    double Height);

/// <summary>A scalar field in all sections at all times.</summary>
/// <param name="Unit">In which it is shown.</param>
/// <param name="Low">Smallest value of all, in the unit shown.</param>
/// <param name="High">Largest value of all.</param>
/// <param name="Signed">Whether colours are symmetric about zero.</param>
/// <param name="Map">Name of its colours.</param>
/// <param name="OfLithium">Whether it does not exist in inert phases.</param>
/// <param name="Values">By section and time: cells as 16-bit numbers from low to high, little endian, the lowest row
/// first, in base 64.</param>
public sealed record ReportField(string Name, string Description, string Unit, double Low, double High, bool Signed,
    string Map, bool OfLithium, string[][] Values);

/// <summary>
/// Sections through the film of a run: what a page can show without the snapshots. Layers are left out.
/// </summary>
/// <param name="Times">[s]</param>
/// <param name="Inert">Phases that hold no lithium.</param>
public sealed record ReportSections(IReadOnlyList<ReportSection> Sections, IReadOnlyList<double> Times,
    IReadOnlyList<ReportField> Fields, IReadOnlyList<int> Inert)
{
    private const int MostTimes = 61;

    /// <summary>Numbers on a page, which has 8/3 characters for each.</summary>
    private const long MostNumbers = 12_000_000;

    /// <summary>Numbers read at a time, at least a plane.</summary>
    private const long BufferLength = 1 << 20;

    /// <summary>Reads a run.</summary>
    /// <param name="paths">Its snapshots.</param>
    /// <param name="notice">Told of damaged snapshots, which are passed over.</param>
    /// <exception cref="InputException">None of them can be read.</exception>
    public static ReportSections Read(IReadOnlyList<string> paths, Action<string> notice)
    {
        (GridShape Grid, SnapshotFieldInfo[] Fields, int[] Inert)? first = null;
        var (times, frames) = (new List<double>(), new List<double[][][]>());
        IReadOnlyList<string> chosen = paths;
        for (var i = 0; i < chosen.Count; i++)
        {
            using var file = SnapshotFile.TryOpen(chosen[i], notice);
            if (file is null)
                continue;
            if (first is null)
            {
                first = (file.Grid, [.. file.Cells.Where(field => field.Components == 1)],
                    [.. SnapshotPhases.Inert(file).Keys]);
                var numbers = SectionsOf(file.Grid)
                    .Sum(section => (long)section.Columns * section.Rows) * first.Value.Fields.Length;
                chosen = Spread(paths, i, (int)Math.Clamp(MostNumbers / Math.Max(numbers, 1), 2, MostTimes));
                i = 0;
            }
            times.Add(file.Time);
            frames.Add([.. first.Value.Fields.Select(
                field => Read(file, file.Cells.First(found => found.Name == field.Name)))]);
        }
        if (first is not { } run)
            throw new InputException("none of the snapshots can be read");
        var phase = Array.FindIndex(run.Fields, field => field.Name == "phase");
        return new(SectionsOf(run.Grid), times,
            [.. run.Fields.Select(
            (field, f) => Encode(field, [.. frames.Select(frame => frame[f])], f == phase || phase < 0 ? null
            : frames[0][phase], run.Inert))], run.Inert);
    }

    /// <summary>So many paths, evenly spread, from a first one to the last.</summary>
    private static IReadOnlyList<string> Spread(IReadOnlyList<string> paths, int first, int most)
    {
        var last = paths.Count - 1;
        var count = Math.Min(most, last - first + 1);
        return count == 1 ? [paths[first]]
            : [.. Enumerable.Range(0, count).Select(k => paths[first + (int)((long)k * (last - first) / (count - 1))])];
    }

    private static ReportSection[] SectionsOf(GridShape stack)
    {
        var (grid, h) = (stack.Film, stack.Spacing);
        var (x, y, z) = (grid.Cells.X, grid.Cells.Y, grid.Cells.Z);
        return grid.Kind switch
        {
            DomainKind.Slab => [new("along z", "", "z", 1, z, 0, z * h.Z)],
            DomainKind.ThreeD =>
            [
                new("x-z, in the middle of y", "x", "z", x, z, x * h.X, z * h.Z),
                new("x-y, cells next to the collector", "x", "y", x, y, x * h.X, y * h.Y),
                new("x-y, cells next to the electrolyte", "x", "y", x, y, x * h.X, y * h.Y),
            ],
            _ => [new(grid.Kind == DomainKind.Axisymmetric ? "r-z" : "x-z", grid.Kind == DomainKind.Axisymmetric ? "r"
                : "x", "z", x, z, x * h.X, z * h.Z)],
        };
    }

    /// <summary>The sections of a field, slab by slab.</summary>
    private static double[][] Read(SnapshotFile file, SnapshotFieldInfo field)
    {
        var (below, grid) = (file.Grid.Layers.Below, file.Grid.Film);
        var (x, y, z) = grid.Cells;
        var (plane, middle) = (x * y, y / 2 * x);
        var upright = new double[x * z];
        var (bottom, top) = (Array.Empty<double>(), Array.Empty<double>());
        var planes = (int)Math.Clamp(BufferLength / plane, 1, z);
        Array buffer = field.IsInteger ? new int[planes * plane] : new double[planes * plane];
        for (var first = 0; first < z; first += planes)
        {
            var count = Math.Min(planes, z - first);
            file.ReadPlanes(field, below + first, count, buffer);
            for (var k = 0; k < count; k++)
                Numbers(buffer, k * plane + middle, x).CopyTo(upright, (first + k) * x);
            bottom = first == 0 ? Numbers(buffer, 0, plane) : bottom;
            top = Numbers(buffer, (count - 1) * plane, plane);
        }
        return grid.Kind == DomainKind.ThreeD ? [upright, bottom, top] : [upright];
    }

    private static double[] Numbers(Array buffer, int start, int count) =>
        buffer is int[] ids ? [.. ids.AsSpan(start, count).ToArray().Select(id => (double)id)]
            : ((double[])buffer)[start..(start + count)];

    /// <param name="frames">By time and section.</param>
    /// <param name="phases">By section; the range leaves out voids, whose phase is -1, and of what belongs to lithium
    /// inert phases, and the page what stands for them.</param>
    /// <param name="inert">Phases that hold no lithium.</param>
    private static ReportField Encode(SnapshotFieldInfo field, double[][][] frames, double[][]? phases, int[] inert)
    {
        var (unit, factor) = People.Scale(field.Unit);
        var shown = Quantity.Of(field.Name, field.Unit, 0);
        var (low, high) = Range(frames, phases, shown.OfLithium ? inert : []);
        var scale = high > low ? ushort.MaxValue / (high - low) : 0;
        string Text(double[] values) =>
            Convert.ToBase64String(
            MemoryMarshal.AsBytes<ushort>(
            [.. values.Select(value => (ushort)Math.Round((Math.Clamp(value, low, high) - low) * scale))]));
        return new(field.Name, field.Description, unit, low * factor, high * factor, shown.Signed, shown.Map.Name,
            shown.OfLithium,
            [.. Enumerable.Range(0, frames[0].Length)
                .Select(section => frames.Select(frame => Text(frame[section])).ToArray())]);
    }

    private static (double Low, double High) Range(double[][][] frames, double[][]? phases, int[] without)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var frame in frames)
        {
            for (var section = 0; section < frame.Length; section++)
            {
                for (var i = 0; i < frame[section].Length; i++)
                {
                    if (phases is null || (phases[section][i] >= 0 && !without.Contains((int)phases[section][i])))
                        (low, high) = (Math.Min(low, frame[section][i]), Math.Max(high, frame[section][i]));
                }
            }
        }
        return low <= high ? (low, high) : (0, 0);
    }
}
