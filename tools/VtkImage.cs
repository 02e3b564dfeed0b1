using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using MesoLiMg.IO;
using MesoLiMg.Model;

namespace MesoLiMg.Tools;

/// <summary>
/// A snapshot as VTK image data: raw appended, little endian, sizes of 64 bits. Cell fields become cell data, node fields point data; coordinates
/// are metres, and an axis that the domain lacks has no extent.
/// </summary>
public static class VtkImage
{
    /// <summary>Numbers held in memory at a time, at least a plane.</summary>
    private const long BufferLength = 1 << 20;

    public static void Write(SnapshotFile snapshot, string path)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("VTK files are written on little-endian machines only");
        AtomicFile.Write(path, temporary =>
        {
            using var stream = File.Create(temporary);
            stream.Write(Encoding.UTF8.GetBytes(Header(snapshot)));
            foreach (var field in snapshot.Cells)
                WriteData(stream, snapshot, field, snapshot.Grid.Cells);
            foreach (var field in snapshot.Nodes)
                WriteData(stream, snapshot, field, snapshot.Grid.Nodes);
            stream.Write("\n  </AppendedData>\n</VTKFile>\n"u8);
        });
    }

    /// <summary>The name under which a field appears, with its unit: <c>von_mises [Pa]</c>, <c>x [-]</c>.</summary>
    public static string ArrayName(SnapshotFieldInfo field) => $"{field.Name} [{(field.Unit == "1" ? "-" : field.Unit)}]";

    private static string[] ComponentNames(int components) => components switch
    {
        3 => ["X", "Y", "Z"],
        6 => ["XX", "YY", "ZZ", "XY", "YZ", "XZ"],
        _ => [],
    };

    /// <summary>The XML up to the place where the data begin.</summary>
    private static string Header(SnapshotFile snapshot)
    {
        var extent = Extent(snapshot.Grid);
        long offset = 0;
        XElement Arrays(string association, IReadOnlyList<SnapshotFieldInfo> fields) => new(association, fields.Select(field =>
        {
            var array = DataArray(field, offset);
            offset += sizeof(ulong) + Bytes(field);
            return array;
        }).ToArray());

        var xml = new XElement("VTKFile",
            new XAttribute("type", "ImageData"), new XAttribute("version", "1.0"),
            new XAttribute("byte_order", "LittleEndian"), new XAttribute("header_type", "UInt64"),
            new XElement("ImageData",
                new XAttribute("WholeExtent", extent), new XAttribute("Origin", $"0 0 {Number(snapshot.Grid.Origin.Z)}"), new XAttribute("Spacing", Spacing(snapshot.Grid)),
                new XElement("FieldData", new XElement("DataArray",
                    new XAttribute("type", "Float64"), new XAttribute("Name", "TimeValue"), new XAttribute("NumberOfTuples", 1),
                    new XAttribute("format", "ascii"), Number(snapshot.Time))),
                new XElement("Piece", new XAttribute("Extent", extent),
                    Arrays("CellData", snapshot.Cells),
                    Arrays("PointData", snapshot.Nodes)))).ToString();
        return xml[..xml.LastIndexOf("</VTKFile>", StringComparison.Ordinal)] + "  <AppendedData encoding=\"raw\">\n_";
    }

    private static XElement DataArray(SnapshotFieldInfo field, long offset) => new("DataArray",
        new XAttribute("type", field.IsInteger ? "Int32" : "Float64"),
        new XAttribute("Name", ArrayName(field)),
        new XAttribute("NumberOfComponents", field.Components),
        ComponentNames(field.Components).Select((name, i) => new XAttribute($"ComponentName{i}", name)),
        new XAttribute("format", "appended"),
        new XAttribute("offset", offset));

    private static void WriteData(Stream stream, SnapshotFile snapshot, SnapshotFieldInfo field, (int X, int Y, int Z) points)
    {
        stream.Write(BitConverter.GetBytes((ulong)Bytes(field)));
        var plane = (long)points.X * points.Y * field.Components;
        var planes = Math.Clamp(BufferLength / plane, 1, points.Z);
        Array buffer = field.IsInteger ? new int[planes * plane] : new double[planes * plane];
        for (long first = 0; first < points.Z; first += planes)
        {
            var count = Math.Min(planes, points.Z - first);
            snapshot.ReadPlanes(field, first, count, buffer);
            WriteNumbers(stream, buffer, count * plane);
        }
    }

    /// <summary>In pieces, because a plane can have more bytes than a span.</summary>
    private static void WriteNumbers(Stream stream, Array numbers, long count)
    {
        for (long start = 0; start < count; start += BufferLength)
        {
            var length = (int)Math.Min(BufferLength, count - start);
            stream.Write(numbers is int[] ids
                ? MemoryMarshal.AsBytes(ids.AsSpan((int)start, length))
                : MemoryMarshal.AsBytes(((double[])numbers).AsSpan((int)start, length)));
        }
    }

    private static long Bytes(SnapshotFieldInfo field) => field.Dataset.Count * (field.IsInteger ? sizeof(int) : sizeof(double));

    private static string Extent(GridShape grid) => string.Create(CultureInfo.InvariantCulture,
        $"0 {grid.Nodes.X - 1} 0 {grid.Nodes.Y - 1} 0 {grid.Nodes.Z - 1}");

    /// <summary>The spacing along an axis without extent means nothing; that along z keeps programs from taking the domain for a metre wide.</summary>
    private static string Spacing(GridShape grid)
    {
        double[] spacing = [grid.Spacing.X, grid.Spacing.Y, grid.Spacing.Z];
        return string.Join(' ', spacing.Select((h, axis) => Number(grid.Has(axis) ? h : grid.Spacing.Z)));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
