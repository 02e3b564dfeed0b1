using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>A grain map as its file has it, over voxels of its own.</summary>
/// <param name="Ids">Grain id of each voxel, x fastest; 0 is no grain, <see cref="GrainIds.Unset"/> the largest number
/// of an unsigned type.</param>
/// <param name="Extents">Voxels along x, y, z; 1 along an axis that the domain lacks.</param>
/// <param name="Name">What the ids are called in the file, <c>/a/FeatureIds</c>; empty where they have no name.</param>
internal sealed record VoxelMap(long[] Ids, (int X, int Y, int Z) Extents, string Name = "")
{
    /// <summary>Edges of a voxel along x, y, z in the file's own unit; null where it does not say, NaN along an axis of
    /// which it says nothing.</summary>
    public double[]? Edges { get; init; }

    /// <summary>How grains lie; null where the file does not say.</summary>
    public MapOrientations? Orientations { get; init; }

    /// <summary>What is allowed but probably not meant, without the file's name.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Orientations in a file.</summary>
/// <param name="Source">Where they are, for people.</param>
/// <param name="Of">That of a grain id.</param>
internal sealed record MapOrientations(string Source, Func<long, Orientation> Of)
{
    /// <summary>The first voxel of each grain.</summary>
    /// <param name="counts">Which voxels count.</param>
    public static IReadOnlyDictionary<long, int> FirstVoxels(long[] ids, Func<int, bool>? counts = null)
    {
        Dictionary<long, int> first = [];
        for (var i = 0; i < ids.Length; i++)
        {
            if (counts is null || counts(i))
                first.TryAdd(ids[i], i);
        }
        return first;
    }
}
