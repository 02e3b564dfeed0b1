namespace MesoLiMg.Model;

/// <summary>Formats of files with grain maps by their endings.</summary>
public static class MapFormats
{
    private static readonly Dictionary<string, MapFormat> Endings = new()
    {
        [".h5"] = MapFormat.Hdf5,
        [".hdf5"] = MapFormat.Hdf5,
        [".dream3d"] = MapFormat.Hdf5,
        [".vti"] = MapFormat.Vti,
        [".npy"] = MapFormat.Npy,
        [".tesr"] = MapFormat.Tesr,
        [".raw"] = MapFormat.Raw,
    };

    /// <summary>The endings that are known, for messages.</summary>
    public static string Known => string.Join(", ", Endings.Keys);

    /// <summary>The format that a microstructure gives its file, or that of the ending; null for an unknown
    /// one.</summary>
    public static MapFormat? Of(MicrostructureCase microstructure) => microstructure.Format
        ?? (Endings.TryGetValue(Path.GetExtension(microstructure.File ?? "").ToLowerInvariant(), out MapFormat format)
            ? format : null);
}
