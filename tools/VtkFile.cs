using System.Globalization;
using System.Text;
using System.Xml.Linq;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Tools;

/// <summary>
/// A snapshot as VTK image data, or as a structured grid where points are displaced or turned: appended, little endian,
/// sizes of 64 bits. Cell fields become cell data, node fields point data; an axis that the domain lacks has no extent.
/// At no time are more than some planes of a field in memory.
/// </summary>
public static class VtkFile
{
    private const string Displacement = "displacement";

    /// <summary>Writes a snapshot.</summary>
    /// <exception cref="InputException">The snapshot lacks a field, a displacement to warp by, or an axis to turn
    /// about.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and no part of the file was left.</exception>
    public static void Write(SnapshotFile snapshot, string path, VtkOptions? options = null,
        CancellationToken cancel = default)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("VTK files are written on little-endian machines only");
        options ??= new();
        Check(snapshot, options);
        var (points, cells, nodes) = Arrays(snapshot, options);
        AtomicFile.WriteLarge(path, temporary =>
        {
            using var stream = File.Create(temporary);
            var offsets = new Dictionary<VtkArray, long>(ReferenceEqualityComparer.Instance);
            byte[] Header() => Encoding.UTF8.GetBytes(Xml(snapshot, options, points, cells, nodes, offsets));
            stream.Write(Header());
            var (start, data) = (stream.Position, new VtkAppendedData(stream, options.Compress, cancel));
            foreach (var array in (points is null ? [] : new[] { points }).Concat(cells).Concat(nodes))
            {
                offsets[array] = stream.Position - start;
                data.Append(array);
            }
            stream.Write("\n  </AppendedData>\n</VTKFile>\n"u8);
            // Once more, with the offsets; they are written with so many digits that the length stays.
            stream.Position = 0;
            stream.Write(Header());
        });
    }

    /// <summary>Bytes of the data of a file that is not compressed.</summary>
    public static long Bytes(SnapshotFile snapshot, VtkOptions options)
    {
        var (points, cells, nodes) = Arrays(snapshot, options);
        return (points?.Bytes ?? 0) + cells.Concat(nodes).Sum(array => array.Bytes);
    }

    private static (VtkArray? Points, VtkArray[] Cells, VtkArray[] Nodes) Arrays(SnapshotFile snapshot,
        VtkOptions options) => (
        options.IsStructuredGrid ? Points(snapshot, options) : null,
        [.. Chosen(snapshot.Cells, options)
            .Select(field => Array(snapshot, field, snapshot.Grid.Cells, options, Revolution.OfCells))],
        [.. Chosen(snapshot.Nodes, options)
            .Select(field => Array(snapshot, field, snapshot.Grid.Nodes, options, Revolution.OfNodes))]);

    /// <summary>Refuses what the snapshot does not have.</summary>
    internal static void Check(SnapshotFile snapshot, VtkOptions options)
    {
        if (options.Revolve is not null && snapshot.Grid.Kind != DomainKind.Axisymmetric)
            throw new InputException(
                $"'{snapshot.Path}': only an axisymmetric domain can be turned about its axis, and this one is "
                + $"{SnapshotLayout.Word(snapshot.Grid.Kind)}");
        if (options.Warp is not null && snapshot.Nodes.All(field => field.Name != Displacement))
            throw new InputException($"'{snapshot.Path}' has no displacement to warp by");
        var known = snapshot.Cells.Concat(snapshot.Nodes).Select(field => field.Name).ToList();
        foreach (var name in options.Fields.Where(name => !known.Contains(name)))
            throw new InputException($"'{snapshot.Path}' has no field {Words.Quote(name)}{Words.Suggest(name, known)}");
    }

    internal static IEnumerable<SnapshotFieldInfo> Chosen(IEnumerable<SnapshotFieldInfo> fields, VtkOptions options) =>
        fields.Where(field => options.Fields.Count == 0 || options.Fields.Contains(field.Name));

    /// <summary>A field under the name and in the unit that it has in VTK files.</summary>
    /// <param name="snapshot">Its snapshot.</param>
    /// <param name="field">The field.</param>
    /// <param name="points">The lattice of the field.</param>
    /// <param name="options">The unit of lengths, and whether the domain is turned.</param>
    /// <param name="angles">Angles of the lattice when it is turned, by the number of cells round the axis.</param>
    internal static VtkArray Array(SnapshotFile snapshot, SnapshotFieldInfo field, (int X, int Y, int Z) points,
        VtkOptions options, Func<int, double[]> angles)
    {
        var isLength = field is { Unit: "m", IsInteger: false };
        var pieces = VtkArray.Planes(snapshot, field, points);
        if (isLength)
            pieces = pieces.Select(piece => Scaled(piece, options.Unit.PerMetre));
        var unit = isLength ? options.Unit.Name : field.Unit == "1" ? "-" : field.Unit;
        return Turned(new($"{field.Name} [{unit}]", field.IsInteger, field.Components, field.Dataset.Count, pieces),
            points.X, options, angles);
    }

    private static VtkPiece Scaled(VtkPiece piece, double factor)
    {
        foreach (ref var value in ((double[])piece.Numbers).AsSpan(0, checked((int)piece.Count)))
            value *= factor;
        return piece;
    }

    private static VtkArray Turned(VtkArray array, int radii, VtkOptions options, Func<int, double[]> angles)
    {
        if (options.Revolve is not { } cells)
            return array;
        var around = angles(cells);
        return array with
        {
            Count = array.Count * around.Length,
            Pieces = Revolution.Turn(array.Pieces, radii, around, array.Components)
        };
    }

    /// <summary>Positions of the nodes, displaced and turned as asked.</summary>
    private static VtkArray Points(SnapshotFile snapshot, VtkOptions options)
    {
        var nodes = snapshot.Grid.Nodes;
        return Turned(new("Points", false, 3, (long)nodes.X * nodes.Y * nodes.Z * 3, Positions(snapshot, options)),
            nodes.X, options, Revolution.OfNodes);
    }

    private static IEnumerable<VtkPiece> Positions(SnapshotFile snapshot, VtkOptions options)
    {
        var (grid, nodes) = (snapshot.Grid, snapshot.Grid.Nodes);
        var plane = nodes.X * nodes.Y * 3;
        var k = 0;
        var displacements = options.Warp is null
            ? Enumerable.Range(0, nodes.Z).Select(_ => new VtkPiece(new double[plane], plane))
            : VtkArray.Planes(snapshot, snapshot.Nodes.Single(field => field.Name == Displacement), nodes);
        foreach (var piece in displacements)
        {
            var values = (double[])piece.Numbers;
            for (long start = 0; start < piece.Count; start += plane, k++)
                AddLattice(values.AsSpan((int)start, plane), grid, k, options.Warp ?? 0, options.Unit.PerMetre);
            yield return piece;
        }
    }

    /// <summary>u becomes (X + factor u) perMetre in a plane of nodes.</summary>
    private static void AddLattice(Span<double> values, GridShape grid, int k, double factor, double perMetre)
    {
        var (hx, hy) = (grid.Has(0) ? grid.Spacing.X : 0, grid.Has(1) ? grid.Spacing.Y : 0);
        var z = grid.Origin.Z + k * grid.Spacing.Z;
        for (var node = 0; node < values.Length / 3; node++)
        {
            var u = values.Slice(3 * node, 3);
            u[0] = (node % grid.Nodes.X * hx + factor * u[0]) * perMetre;
            u[1] = (node / grid.Nodes.X * hy + factor * u[1]) * perMetre;
            u[2] = (z + factor * u[2]) * perMetre;
        }
    }

    /// <summary>The XML up to the place where the data begin.</summary>
    private static string Xml(SnapshotFile snapshot, VtkOptions options, VtkArray? points, VtkArray[] cells,
        VtkArray[] nodes, Dictionary<VtkArray, long> offsets)
    {
        var (grid, perMetre) = (snapshot.Grid, options.Unit.PerMetre);
        var kind = points is null ? "ImageData" : "StructuredGrid";
        var extent = string.Create(CultureInfo.InvariantCulture,
            $"0 {grid.Nodes.X - 1} 0 {options.Revolve ?? grid.Nodes.Y - 1} 0 {grid.Nodes.Z - 1}");
        XElement Data(VtkArray array) => DataArray(array, offsets.GetValueOrDefault(array));
        var xml = new XElement("VTKFile",
            new XAttribute("type", kind), new XAttribute("version", "1.0"),
            new XAttribute("byte_order", "LittleEndian"), new XAttribute("header_type", "UInt64"),
            options.Compress ? new XAttribute("compressor", "vtkZLibDataCompressor") : null,
            new XElement(kind,
                new XAttribute("WholeExtent", extent),
                points is null ? new[] { new XAttribute("Origin", $"0 0 {Number(grid.Origin.Z * perMetre)}"),
                    new XAttribute("Spacing", Spacing(grid, perMetre)) } : null,
                new XElement("FieldData", new XElement("DataArray",
                    new XAttribute("type", "Float64"), new XAttribute("Name", "TimeValue"),
                        new XAttribute("NumberOfTuples", 1),
                    new XAttribute("format", "ascii"), Number(snapshot.Time))),
                new XElement("Piece", new XAttribute("Extent", extent),
                    new XElement("CellData", cells.Select(Data)),
                    new XElement("PointData", nodes.Select(Data)),
                    points is null ? null : new XElement("Points", Data(points))))).ToString();
        return xml[..xml.LastIndexOf("</VTKFile>", StringComparison.Ordinal)] + "  <AppendedData encoding=\"raw\">\n_";
    }

    private static XElement DataArray(VtkArray array, long offset) => new("DataArray",
        new XAttribute("type", array.IsInteger ? "Int32" : "Float64"),
        new XAttribute("Name", array.Name),
        new XAttribute("NumberOfComponents", array.Components),
        ComponentNames(array.Components).Select((name, i) => new XAttribute($"ComponentName{i}", name)),
        new XAttribute("format", "appended"),
        new XAttribute("offset", offset.ToString("D19", CultureInfo.InvariantCulture)));

    private static string[] ComponentNames(int components) => components switch
    {
        3 => ["X", "Y", "Z"],
        6 => ["XX", "YY", "ZZ", "XY", "YZ", "XZ"],
        _ => [],
    };

    /// <summary>
    /// The spacing along an axis without extent means nothing; that along z keeps programs from taking the domain for a
    /// metre wide.
    /// </summary>
    private static string Spacing(GridShape grid, double perMetre)
    {
        double[] spacing = [grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z];
        return string.Join(' ', spacing.Select((h, axis) => Number((grid.Has(axis) ? h : grid.Spacing.Z) * perMetre)));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
