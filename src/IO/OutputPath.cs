using MesoLiMg.Model;

namespace MesoLiMg.IO;

/// <summary>Refuses, before anything is computed, names under which nothing could be written.</summary>
public static class OutputPath
{
    /// <summary>Refuses a folder that cannot be made.</summary>
    /// <exception cref="InputException">A part of the name is a file.</exception>
    public static void RequireFolder(string folder)
    {
        for (var above = Path.GetFullPath(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
                throw new InputException($"the folder '{folder}' cannot be used: '{Path.GetRelativePath(".", above)}' is a file");
        }
    }

    /// <summary>Refuses a folder that holds a run or a sweep, with whose files others would be mixed.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="what">What is to be written.</param>
    /// <exception cref="InputException">It holds one, or <see cref="RequireFolder"/> refuses it.</exception>
    public static void RequireNoRun(string folder, string what)
    {
        RequireFolder(folder);
        var (isRun, isSweep) = (File.Exists(RunFolder.CasePath(folder)) && File.Exists(RunFolder.HistoryPath(folder)), File.Exists(RunFolder.SweepPath(folder)));
        if (isRun || isSweep)
            throw new InputException($"the folder '{folder}' holds a {(isRun ? "run" : "sweep")}; choose another folder for {what}");
    }

    /// <summary>Refuses a file that is a folder, or below something that is none.</summary>
    /// <exception cref="InputException">So it is.</exception>
    public static void RequireFile(string file)
    {
        if (Directory.Exists(file))
            throw new InputException($"'{file}' is a folder; give a file name");
        var folder = Path.GetDirectoryName(file) is { Length: > 0 } above ? above : ".";
        RequireFolder(folder);
        if (!Directory.Exists(folder))
            throw new InputException($"cannot write '{file}': there is no folder '{folder}'");
    }
}
