using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>Refuses, before anything is computed, names under which nothing could be written.</summary>
public static class OutputPath
{
    /// <summary>Refuses a folder that cannot be made.</summary>
    /// <exception cref="InputException">A part of the name is a file.</exception>
    public static void RequireFolder(string folder)
    {
        if (File.Exists(Path.TrimEndingDirectorySeparator(folder)))
            throw new InputException($"'{folder}' is a file; give the name of a folder");
        if (FileAbove(folder) is { } file)
            throw new InputException($"the folder '{folder}' cannot be made: '{file}' is a file");
    }

    /// <summary>Makes a folder where there is none.</summary>
    /// <exception cref="InputException">That is not possible.</exception>
    public static void MakeFolder(string folder)
    {
        RequireFolder(folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the folder '{folder}' cannot be made: {WhyNot(e)}", e);
        }
    }

    /// <summary>Refuses a file that is a folder, or below something that is none.</summary>
    /// <exception cref="InputException">So it is.</exception>
    public static void RequireFile(string file)
    {
        if (Directory.Exists(file))
            throw new InputException($"'{file}' is a folder; give a file name");
        if (FileAbove(file) is { } inTheWay)
            throw new InputException($"cannot write '{file}': '{inTheWay}' is a file");
        var folder = Path.GetDirectoryName(file) is { Length: > 0 } above ? above : ".";
        if (!Directory.Exists(folder))
            throw new InputException($"cannot write '{file}': there is no folder '{folder}'");
    }

    /// <summary>
    /// Why a file or folder could not be made, for people: systems that let nothing be made, such as /proc, say that
    /// the new name was not found.
    /// </summary>
    internal static string WhyNot(Exception e) => e switch
    {
        UnauthorizedAccessException => "no permission",
        FileNotFoundException or DirectoryNotFoundException => "nothing can be made there",
        _ => e.Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };

    /// <summary>
    /// The file among the folders that a name goes through, as it is written there; null where there is none.
    /// </summary>
    private static string? FileAbove(string path)
    {
        var above = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        while (above is { Length: > 0 } && !File.Exists(above))
            above = Path.GetDirectoryName(above);
        return above is { Length: > 0 } ? above : null;
    }
}
