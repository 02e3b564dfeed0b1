using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>Reads the file of a grain map in its format.</summary>
internal static class MapFile
{
    /// <summary>The map of a microstructure of kind file, which fits the grid.</summary>
    /// <exception cref="InputException">It cannot be read, or does not fit.</exception>
    public static VoxelMap Read(MicrostructureCase microstructure, GridShape grid)
    {
        var path = microstructure.File!;
        return MapFormats.Of(microstructure) switch
        {
            MapFormat.Hdf5 => Hdf5Map.Read(path, microstructure, grid),
            MapFormat.Vti => VtkImageReader.Read(path, microstructure, grid),
            MapFormat.Npy => NpyMap.Read(path, MapBytes.Of(path), grid),
            MapFormat.Tesr => TesrMap.Read(path, MapBytes.Of(path), grid),
            _ => RawMap.Read(path, MapBytes.Of(path), microstructure, grid),
        };
    }
}
