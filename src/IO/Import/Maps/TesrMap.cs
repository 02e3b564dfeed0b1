using System.Buffers.Binary;
using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>A raster tessellation of Neper, .tesr of the formats 2.0 to 2.2, its data as text or bytes, in the file or
/// in one beside it.</summary>
internal sealed class TesrMap
{
    private static readonly Dictionary<string, (MapNumber Type, bool Big)> Binaries = new()
    {
        ["binary8"] = (MapNumber.UInt8, false),
        ["binary16"] = (MapNumber.Int16, false),
        ["binary16_big"] = (MapNumber.Int16, true),
        ["binary32"] = (MapNumber.Int32, false),
        ["binary32_big"] = (MapNumber.Int32, true),
    };

    private readonly TesrText text;
    private readonly GridShape grid;
    private string version = "", formatOfAll = "";
    private int[] size = [];
    private double[] edges = [];
    private int? cells;
    private int[]? cellIds;
    private (TesrOrientations Of, double[] Numbers)? cellOrientations, voxelOrientations;
    private long[]? ids, isDefined;

    private TesrMap(TesrText text, GridShape grid) => (this.text, this.grid) = (text, grid);

    private long Voxels => size.Aggregate(1L, (product, n) => product * n);

    /// <summary>Whether two axes are x and z, those that the domain has, and not x and y.</summary>
    private bool IsUpright => size.Length == 2 && !grid.Has(1);

    private (int X, int Y, int Z) Extents =>
        size.Length == 3 ? (size[0], size[1], size[2]) : IsUpright ? (size[0], 1, size[1]) : (size[0], size[1], 1);

    /// <summary>The map in the bytes of a file.</summary>
    /// <exception cref="InputException">It is damaged, or does not fit the grid.</exception>
    public static VoxelMap Read(string path, byte[] bytes, GridShape grid)
    {
        var map = new TesrMap(new(path, bytes), grid);
        map.ReadAll();
        return map.ToMap();
    }

    private void ReadAll()
    {
        if (text.Next() != "***tesr")
            throw text.Fail("is no raster tessellation of Neper, which begins with ***tesr");
        while (text.Next() is var section && section != "***end")
        {
            switch (section)
            {
                case "**format": ReadFormat(); break;
                case "**general": ReadGeneral(); break;
                case "**cell": ReadCells(); break;
                case "**data": ids = ReadIds(section); break;
                case "**oridata": voxelOrientations = ReadOrientations(); break;
                case "**oridef": isDefined = ReadIds(section); break;
                default:
                    throw text.Fail(section == "" ? "ends before ***end; it is cut or damaged"
                    : $"expected a section such as **data, read {Words.Quote(section)}");
            }
        }
    }

    private void ReadFormat()
    {
        version = text.Next();
        if (version is not ("2.0" or "2.1" or "2.2"))
            throw text.Fail($"is of the format {Words.Quote(version)}, expected 2.0, 2.1 or 2.2");
        if (version == "2.0")
            formatOfAll = text.Next();
    }

    private void ReadGeneral()
    {
        var dimension = text.Count("dimension");
        if (dimension is not (2 or 3))
            throw text.Fail($"has the dimension {dimension}, expected 2 or 3");
        size = [.. Enumerable.Range(0, dimension).Select(_ => text.Count("size"))];
        MapShape.Require(Extents, grid, text.Path);
        edges = text.Numbers(dimension, "edges of voxels");
        for (; text.Peek() is ['*', not '*', ..]; text.SkipToKey())
            text.Next();
    }

    private void ReadCells()
    {
        if (text.Peek() is not ['*', ..])
            cells = text.Count("number of cells");
        if (cells > text.Length)
            throw text.Fail($"has {cells} cells, more than it is long; it is damaged");
        while (text.Peek() is ['*', not '*', ..])
        {
            var key = text.Next();
            if (key is "*id" or "*ori" && cells is null)
                throw text.Fail($"{key}: comes without a number of cells");
            if (key == "*id")
                cellIds = [.. Enumerable.Range(0, cells!.Value).Select(_ => text.Count(key))];
            else if (key == "*ori")
                cellOrientations = Of(
                    new(text, text.Next(), version), of => text.Numbers(cells!.Value * (long)of.Width, key));
            text.SkipToKey();
        }
    }

    private static (TesrOrientations, double[]) Of(
        TesrOrientations orientations, Func<TesrOrientations, double[]> numbers) =>
        (orientations, numbers(orientations));

    private long[] ReadIds(string section)
    {
        if (size.Length == 0)
            throw text.Fail($"{section}: comes before **general");
        var format = version == "2.0" ? formatOfAll : text.Next();
        if (format == "binary" && section == "**oridef")
            format = "binary8";
        var from = Source(out var isOther);
        if (format == "ascii")
        {
            var words = new long[Voxels];
            for (var i = 0; i < words.Length; i++)
                words[i] = GrainIds.Parse(from.Next(), 0, i, $"{from.Path}: {section}");
            return words;
        }
        if (!Binaries.TryGetValue(format, out var binary))
            throw text.Fail(
                $"{section}: no format is called "
                + $"{Words.Quote(format)}{Words.Suggest(format, ["ascii", .. Binaries.Keys])}");
        return GrainIds.Decode(Data(from, isOther, Voxels * GrainIds.Width(binary.Type), section), binary.Type,
            binary.Big, from.Path);
    }

    /// <summary>Bytes of a section, from where they are.</summary>
    private ReadOnlySpan<byte> Data(TesrText from, bool isOther, long length, string section)
    {
        if (!isOther)
            return from.Block(length, section);
        var all = MapBytes.Of(from.Path);
        return all.Length == length ? all
            : throw text.Fail(
            $"{section}: *file: '{from.Path}' has {all.Length} bytes, expected {length} for {Voxels} voxels");
    }

    private (TesrOrientations, double[]) ReadOrientations()
    {
        if (size.Length == 0)
            throw text.Fail("**oridata: comes before **general");
        return Of(new(text, text.Next(), version), orientations =>
        {
            var isText = (version == "2.0" ? formatOfAll : text.Next()) == "ascii";
            var from = Source(out var isOther);
            var count = Voxels * orientations.Width;
            if (isText)
                return from.Numbers(count, "**oridata");
            var block = Data(from, isOther, count * sizeof(double), "**oridata");
            var numbers = new double[count];
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(block[(i * sizeof(double))..]);
            return numbers;
        });
    }

    /// <summary>Where data are: here, or in a file that is named.</summary>
    private TesrText Source(out bool isOther)
    {
        isOther = text.Peek() == "*file";
        if (!isOther)
            return text;
        text.Next();
        var other = Path.Combine(Path.GetDirectoryName(text.Path)!, text.Next());
        return File.Exists(other) ? new(other, MapBytes.Of(other))
            : throw text.Fail($"*file: there is no file '{other}'");
    }

    private VoxelMap ToMap()
    {
        if (ids is null)
            throw text.Fail("has no section **data");
        double[] along = size.Length == 3 ? edges
            : IsUpright ? [edges[0], double.NaN, edges[1]] : [edges[0], edges[1], double.NaN];
        var named = Named(ids);
        return new(named, Extents) { Edges = along, Orientations = Orientations(named) };
    }

    /// <summary>Data that count the cells of a list of ids stand for these.</summary>
    private long[] Named(long[] data) =>
        cellIds is { } list && data.All(id => id >= 0 && id <= list.Length)
        ? [.. data.Select(id => id == 0 ? 0L : list[id - 1])] : data;

    private MapOrientations? Orientations(long[] named)
    {
        if (cellOrientations is (var of, var numbers))
        {
            var rows =
                (cellIds ?? [.. Enumerable.Range(1, cells!.Value)]).Select((id, row) => (id, row))
                .DistinctBy(pair => pair.id).ToDictionary(pair => (long)pair.id, pair => pair.row);
            return new("*ori", id => rows.TryGetValue(id, out var row)
                ? of.Of(numbers.AsSpan(row * of.Width, of.Width), $"{text.Path}: *ori: grain {id}")
                : throw text.Fail(
                    $"*ori: has orientations of {rows.Count} cells, none for grain "
                    + $"{id}{(cellIds is null ? "; ids that are not 1, 2, ... need *id" : "")}"));
        }
        if (voxelOrientations is not (var each, var all))
            return null;
        var first = MapOrientations.FirstVoxels(named, i => isDefined is null || isDefined[i] != 0);
        return new("**oridata, the first voxel of each grain", id => first.TryGetValue(id, out var voxel)
            ? each.Of(all.AsSpan(voxel * each.Width, each.Width), $"{text.Path}: **oridata: grain {id}")
            : throw text.Fail($"**oridata: no voxel of grain {id} has an orientation"));
    }
}
