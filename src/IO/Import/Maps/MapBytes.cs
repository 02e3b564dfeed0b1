using MesoLiMg.Model;

namespace MesoLiMg.IO.Maps;

/// <summary>The bytes of the file of a grain map.</summary>
internal static class MapBytes
{
    /// <summary>All of a file.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    public static byte[] Of(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot be read: {Words.OneLine(e.Message)}", e);
        }
    }
}
