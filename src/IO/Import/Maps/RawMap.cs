using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>
/// Numbers without a header, x fastest. What the case leaves open is taken as usual, integers without a sign and little
/// endian, only where the file can hardly be anything else.
/// </summary>
internal static class RawMap
{
    private static readonly MapNumber[] Usual = [MapNumber.UInt8, MapNumber.UInt16, MapNumber.UInt32, MapNumber.UInt64];

    /// <summary>The map in the bytes of a file.</summary>
    /// <exception cref="InputException">The size does not fit, or the type is not said and not plain.</exception>
    public static VoxelMap Read(string path, byte[] bytes, MicrostructureCase microstructure, GridShape grid)
    {
        var extents = Extents(microstructure, grid);
        var voxels = (long)extents.X * extents.Y * extents.Z;
        if (microstructure.Type is { } said && bytes.Length != voxels * GrainIds.Width(said))
            throw new InputException(
                $"{path}: has {bytes.Length} bytes, expected {voxels * GrainIds.Width(said)}, "
                + $"{Bytes(GrainIds.Width(said))} for each of the {voxels} voxels{Hint(microstructure)}");
        var width = microstructure.Type is { } given ? GrainIds.Width(given)
            : WidthOf(path, bytes, voxels, microstructure);
        var type = microstructure.Type ?? Usual.First(usual => GrainIds.Width(usual) == width);
        var big = microstructure.ByteOrder == ByteOrder.Big;
        if (microstructure.Type is null)
            RequirePlain(path, bytes, width, microstructure.ByteOrder);
        var ids = GrainIds.Decode(bytes, type, big, path);
        if (microstructure.ByteOrder is null && width > 1)
            RequireOrder(path, bytes, type);
        return new(ids, extents);
    }

    private static (int X, int Y, int Z) Extents(MicrostructureCase microstructure, GridShape grid) =>
        microstructure.Voxels is not { } voxels ? grid.Cells
        : (grid.Has(0) ? voxels[0] : 1, grid.Has(1) ? voxels[1] : 1, voxels[^1]);

    private static int WidthOf(string path, byte[] bytes, long voxels, MicrostructureCase microstructure) =>
        bytes.Length % voxels == 0 && bytes.Length / voxels is 1 or 2 or 4 or 8
            ? (int)(bytes.Length / voxels)
            : throw new InputException(
                $"{path}: has {bytes.Length} bytes, which are not 1, 2, 4 or 8 for each of the {voxels} "
                + $"{(microstructure.Voxels is null ? "cells" : "voxels")}{Hint(microstructure)}");

    private static string Hint(MicrostructureCase microstructure) =>
        microstructure.Voxels is null ? "; a map that is coarser than the grid needs microstructure.voxels" : "";

    /// <summary>Refuses what may be text, floats, wider integers of a coarser grid, narrower ones of a finer grid, or
    /// big endian, where the type is not said.</summary>
    private static void RequirePlain(string path, byte[] bytes, int width, ByteOrder? order)
    {
        if (bytes.All(IsText))
            throw new InputException(
                $"{path}: holds text, expected raw integers; numpy.save writes an array as .npy; if these are bytes, "
                + "say microstructure.type: uint8");
        if (width == 1
            && Array.Find([2, 4, 8], step => bytes.Length % step == 0 && HasEmptyLane(bytes, step)) is > 1 and var step)
            throw Unplain(path, width,
                $"at one place of every {step} bytes all are 0, as in wider numbers for a coarser grid; say "
                + "microstructure.type: uint8 if they are ids");
        if (width == 1)
            return;
        if (bytes.Length >= width && IsFloats(bytes, width, order == ByteOrder.Big))
            throw Unplain(path, width,
                $"as floats they are whole numbers; say microstructure.type: float{8 * width}, or uint{8 * width}");
        var (dense, largest, kinds) = Density(bytes, width, order == ByteOrder.Big);
        var (swappedDense, swappedLargest, _) = Density(bytes, width, order != ByteOrder.Big);
        if (!dense)
            throw Unplain(path, width, $"they are {kinds} different numbers up to {largest}"
                + (swappedDense && order is null
                    ? $", up to {swappedLargest} with microstructure.byte_order: big; say it"
                    : $"; say microstructure.type, such as uint{8 * width}"));
    }

    /// <summary>Refuses numbers that are smaller with their bytes the other way round.</summary>
    private static void RequireOrder(string path, byte[] bytes, MapNumber type)
    {
        if (type is MapNumber.Float32 or MapNumber.Float64)
            return;
        var (little, big) =
            (Numbers(bytes, GrainIds.Width(type), false).Max, Numbers(bytes, GrainIds.Width(type), true).Max);
        if (big < little)
            throw new InputException(
                $"{path}: holds ids up to {little} if they are little endian, and up to {big} if they are big endian; "
                + "say microstructure.byte_order: big, or little");
    }

    /// <summary>The different numbers without a sign, less the one that stands for no grain.</summary>
    private static SortedSet<ulong> Numbers(byte[] bytes, int width, bool big)
    {
        // Those of 8 bytes are read with a sign first, because ids beyond 2^63 are refused.
        var type = width == 8 ? MapNumber.Int64 : Usual.First(usual => GrainIds.Width(usual) == width);
        return [.. GrainIds.Decode(bytes, type, big, "").Select(id => (ulong)id).Distinct()
            .Where(id => id is not ulong.MaxValue and not (1UL << 63))];
    }

    private static InputException Unplain(string path, int width, string why) =>
        new($"{path}: has {Bytes(width)} for each cell, but is not plainly a map of integers of that size: {why}");

    private static string Bytes(int width) => width == 1 ? "1 byte" : $"{width} bytes";

    private static bool IsText(byte letter) => letter is (>= 32 and < 127) or 9 or 10 or 13;

    /// <summary>Whether bytes at one place of every so many are all 0 and those at others are not.</summary>
    private static bool HasEmptyLane(byte[] bytes, int step)
    {
        var used = new bool[step];
        for (var i = 0; i < bytes.Length; i++)
            used[i % step] |= bytes[i] != 0;
        return used.Contains(false) && used.Contains(true);
    }

    private static bool IsFloats(byte[] bytes, int width, bool big)
    {
        if (width is not (4 or 8))
            return false;
        try
        {
            return GrainIds.Decode(bytes, width == 4 ? MapNumber.Float32 : MapNumber.Float64, big, "")
                .Any(id => id != 0);
        }
        catch (InputException)
        {
            return false;
        }
    }

    /// <summary>Whether ids are numbered without great gaps, as programs number grains.</summary>
    private static (bool IsDense, ulong Largest, int Kinds) Density(byte[] bytes, int width, bool big)
    {
        const int gaps = 2, few = 16;
        var numbers = Numbers(bytes, width, big);
        return (numbers.Max <= (ulong)(gaps * numbers.Count + few), numbers.Max, numbers.Count);
    }
}
