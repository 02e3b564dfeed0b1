using System.Text;
using HDF.PInvoke;

namespace MesoLiMg.IO.Hdf5;

/// <summary>What files of other programs have: long integers, any tree of groups, filters that are not at
/// hand.</summary>
public sealed partial class Hdf5File
{
    private const int Deepest = 6;

    /// <summary>A name from the root on: <c>grains</c>, as h5py writes it, is <c>/grains</c>.</summary>
    public static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;

    /// <summary>Reads a whole dataset of integers of any size; those without a sign from 2⁶³ on come out
    /// negative.</summary>
    public long[] ReadLongs(Hdf5Dataset dataset)
    {
        if (dataset is { Width: <= sizeof(int), IsUnsigned: false })
            return Array.ConvertAll((int[])Read(dataset), number => (long)number);
        var data = new long[dataset.Count];
        if (data.Length > 0)
            Transfer(dataset, [.. dataset.Shape.Select(_ => 0L)], dataset.Shape, data, H5D.read, "read");
        return data;
    }

    /// <summary>Whether there is a group of this name.</summary>
    public bool IsGroup(string path)
    {
        using (Hdf5Library.Enter())
        {
            var id = H5G.open(_id, path);
            if (id >= 0)
                H5G.close(id);
            return id >= 0;
        }
    }

    /// <summary>Names of all that is no group below a group, in the order of the file.</summary>
    public IEnumerable<string> Below(string group) => Below(group, 0);

    private IEnumerable<string> Below(string group, int depth)
    {
        foreach (var name in List(group))
        {
            var path = group == "/" ? $"/{name}" : $"{group}/{name}";
            if (!IsGroup(path))
                yield return path;
            else if (depth < Deepest)
                foreach (var inner in Below(path, depth + 1))
                    yield return inner;
        }
    }

    /// <summary>The reason of a failed read: the filters that the library lacks, or what it says itself.</summary>
    private static string Unpackable(long dataset, string reason)
    {
        using var properties = new Hdf5Handle(H5D.get_create_plist(dataset), H5P.close);
        var missing =
            Enumerable.Range(0, Math.Max(0, H5P.get_nfilters(properties)))
            .Select(i => Missing(properties, (uint)i)).OfType<string>().ToList();
        return missing.Count == 0 ? reason
            : $"it is packed by the filter {string.Join(" and ", missing)}, which the HDF5 library here does not have; "
                + "`h5repack` where it is there, or h5py with compression='gzip', writes it anew";
    }

    private static string? Missing(long properties, uint index)
    {
        var (flags, values, name, configuration) = (0u, (nint)0, new byte[256], 0u);
        var filter =
            H5P.get_filter(properties, index, ref flags, ref values, null, name.Length, name, ref configuration);
        if (H5Z.filter_avail(filter) > 0)
            return null;
        var end = Array.IndexOf(name, (byte)0);
        return end > 0 ? Encoding.UTF8.GetString(name, 0, end) : $"number {(int)filter}";
    }
}
