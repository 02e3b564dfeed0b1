using System.Globalization;
using MesoLiMg.Model;

namespace MesoLiMg.Tools;

/// <summary>What is free on a disk, and whether files will fit.</summary>
public static class DiskSpace
{
    /// <summary>
    /// Bytes that can still be written below a folder, which need not be there yet; null where the system does not say.
    /// </summary>
    public static long? Free(string folder)
    {
        try
        {
            var there = Path.GetFullPath(folder);
            while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
                there = above;
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(there)! : there);
            // What is no disk, such as /proc, has no size.
            return drive.TotalSize > 0 ? drive.AvailableFreeSpace : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Like <see cref="Free"/>, for a folder that need not be there yet.</summary>
    public static long? FreeAbove(string folder)
    {
        var above = Path.GetFullPath(folder);
        while (!Directory.Exists(above) && Path.GetDirectoryName(above) is { Length: > 0 } next)
            above = next;
        return Free(above);
    }

    /// <summary>Refuses files that do not fit.</summary>
    /// <param name="bytes">Of all of them.</param>
    /// <param name="free">Of the disk, with what they replace.</param>
    /// <param name="folder">Where they go.</param>
    /// <exception cref="InputException">The disk has less free.</exception>
    public static void Require(long bytes, long? free, string folder)
    {
        if (bytes > free)
            throw new InputException(
                $"the files to write are {Size(bytes)}, and the disk of '{folder}' has {Size(free.Value)} free; fewer "
                + $"--fields, a smaller --revolve, single snapshots or --compress need less");
    }

    /// <summary>A number of bytes for people.</summary>
    public static string Size(double bytes) => bytes < 1e9
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.###} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:#,0.0} GB");
}
